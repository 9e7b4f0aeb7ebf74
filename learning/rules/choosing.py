"""Whether a choice may be made now, and which one stands already."""

from modules.rules.scenario import Choice, Made, Scenario, play


class NotOffered(Exception):
    """The conversation has not come to this decision, or does not offer this choice there."""


def standing(made: Made, node_id: str, visit: int) -> str | None:
    """The choice that was made at this visit of the decision, if one was."""
    choices = made.get(node_id, ())
    return choices[visit - 1] if 0 < visit <= len(choices) else None


def choice_offered(scenario: Scenario, made: Made, node_id: str, visit: int, choice: str) -> Choice:
    """The choice, if it is open at the decision that waits. Raises `NotOffered`."""
    run = play(scenario, made)
    if run.decision is None or (run.decision.id, run.visit) != (node_id, visit):
        raise NotOffered
    found = next((one for one in run.offered if one.id == choice), None)
    if found is None:
        raise NotOffered
    return found
