"""Fields of the Wagtail admin that are ours. The scripts stand in static/modules/admin-*.js."""

from typing import Any

from django import forms
from django.utils.functional import cached_property
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.telepath import register
from wagtail.admin.telepath.widgets import WidgetAdapter


class MomentSelect(forms.TextInput):
    """Pick a moment of the scenario. The value is its name; the script fills in what there is."""

    template_name = "modules/widgets/moment_select.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["id"] = context["widget"]["attrs"].pop("id", "")
        return context


class MomentSelectAdapter(WidgetAdapter):  # type: ignore[misc]
    js_constructor = "opmerkzaam.widgets.MomentSelect"

    @cached_property
    def media(self) -> forms.Media:
        return forms.Media(
            js=[
                versioned_static("wagtailadmin/js/telepath/widgets.js"),
                "modules/admin-moment-select.js",
            ]
        )


register(MomentSelectAdapter(), MomentSelect)
