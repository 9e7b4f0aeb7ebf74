"""The edit page of a scenario."""

from functools import cached_property
from typing import Any

from wagtail.snippets.views.snippets import EditView

from modules.h5p.admin import export_buttons
from modules.overview import Overview
from modules.text_admin import read_in_button, text_buttons

HYDRATES = "_w_hydrate_create_view"  # Wagtail asks this after it first saved a new one by itself


class ScenarioEdit(EditView):  # type: ignore[misc]
    """Wagtail saves by itself while somebody types; the drawing on the page follows."""

    partials_template_name = "modules/scenario_edit_partials.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if self.expects_json_response or HYDRATES in self.request.GET:
            context["overview"] = Overview(self.object)
        return context

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        ours = [*export_buttons(self.object), *text_buttons(self.object), read_in_button()]
        return [*super().header_more_buttons, *ours]
