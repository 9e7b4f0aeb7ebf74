"""Reads that cross models."""

from modules.models import ModulePage, Scenario


def live_modules_with(scenario: Scenario) -> list[ModulePage]:
    """Published modules with the scenario in one of their steps. Reads all published modules."""
    return [
        page
        for page in ModulePage.objects.live().order_by("pk")
        if any(
            block.block_type == "scenario" and block.value["scenario"] == scenario
            for block in page.steps
        )
    ]
