"""What Wagtail does when a workflow ends. It reads this while its own models are still loading."""

from typing import Any


def publish_when_sound(workflow_state: Any, user: Any = None) -> None:
    """Raises ApprovedFaulty."""
    from modules.approval import publish_approved

    publish_approved(workflow_state, user)
