"""Parts of the edit pages that show something instead of asking it."""

from typing import Any

from wagtail.admin.panels import Panel


class VersionPanel(Panel):  # type: ignore[misc]
    """Which version of the module learners get now."""

    class BoundPanel(Panel.BoundPanel):  # type: ignore[misc]
        template_name = "modules/panels/version.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["version"] = self.instance.current_version if self.instance.pk else None
            return context


class OverviewPanel(Panel):  # type: ignore[misc]
    """The scenario drawn, with what still keeps it from being published; of the last save.

    Saving by itself renews it too (templates/modules/scenario_edit_partials.html). When publishing
    was refused it shows what was refused.
    """

    class BoundPanel(Panel.BoundPanel):  # type: ignore[misc]
        template_name = "modules/panels/overview.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            from modules.overview import Overview

            context: dict[str, Any] = super().get_context_data(parent_context)
            context["overview"] = Overview(getattr(self.form, "refused", None) or self.instance)
            context["asked"] = changes_asked_of(self.instance)
            return context


def changes_asked_of(scenario: Any) -> Any:
    """What a colleague said who did not approve it, while that waits; else None."""
    state = scenario.current_workflow_state if scenario.pk else None
    if state is None or state.status != state.STATUS_NEEDS_CHANGES:
        return None
    return state.current_task_state
