"""Parts of the edit pages that show something instead of asking it."""

from typing import Any

from wagtail.admin.panels import Panel

from modules import wording


class VersionPanel(Panel):  # type: ignore[misc]
    """Which version of the module learners get now."""

    class BoundPanel(Panel.BoundPanel):  # type: ignore[misc]
        template_name = "modules/panels/version.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["version"] = self.instance.current_version if self.instance.pk else None
            return context


class ScenarioFaultsPanel(Panel):  # type: ignore[misc]
    """What still keeps the scenario, as it was last saved, from being published."""

    class BoundPanel(Panel.BoundPanel):  # type: ignore[misc]
        template_name = "modules/panels/scenario_faults.html"

        def is_shown(self) -> bool:
            return bool(super().is_shown() and self.instance.pk and not self.form.errors)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            blocks = {block.value["name"]: block.id for block in self.instance.nodes}
            context["faults"] = [
                (wording.scenario_fault_text(fault), blocks.get(fault.node_id))
                for fault in self.instance.faults
            ]
            return context
