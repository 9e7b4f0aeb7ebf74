"""What we add to the Wagtail admin."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import LiveStatusTagColumn, UpdatedAtColumn
from wagtail.admin.widgets import BaseChooser
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from modules import author_views
from modules.admin_api import NoDocuments
from modules.h5p import admin as h5p_admin  # noqa: F401  # its hooks are registered by being imported
from modules.models import Competency, ModuleVersion, Recording, Scenario
from modules.packages.admin import hooks as h5p_hooks  # noqa: F401  # registered likewise
from modules.packages.admin.activities import H5PViewSet
from modules.scenario_edit import ScenarioEdit
from modules.text_admin import ScenarioIndex

# How content is reviewed is fixed by migration 0007; what waits stands on the start page and under
# the reports.
HIDDEN_SETTINGS = {
    "users",
    "groups",
    "sites",
    "collections",
    "redirects",
    "workflows",
    "workflow-tasks",
}


class ScenarioViewSet(SnippetViewSet):  # type: ignore[misc]
    model = Scenario
    icon = "comment"
    menu_label = gettext_lazy("Scenarios")
    list_display = ["title", LiveStatusTagColumn(), UpdatedAtColumn()]
    search_fields = ["title", "slug"]
    copy_view_enabled = False  # results are kept under the short name, which must be unique
    index_view_class = ScenarioIndex
    edit_view_class = ScenarioEdit


class CompetencyViewSet(SnippetViewSet):  # type: ignore[misc]
    model = Competency
    icon = "list-ul"
    menu_label = gettext_lazy("Competencies")
    list_display = ["code", "name_nl", "name_en"]
    copy_view_enabled = False


class RecordingViewSet(SnippetViewSet):  # type: ignore[misc]
    model = Recording
    icon = "media"
    menu_label = gettext_lazy("Recordings")
    list_display = ["title", "file"]
    search_fields = ["title", "transcript"]
    copy_view_enabled = False


class LibraryViewSetGroup(SnippetViewSetGroup):  # type: ignore[misc]
    items = [ScenarioViewSet, H5PViewSet, CompetencyViewSet, RecordingViewSet]
    menu_label = gettext_lazy("Building blocks")
    menu_icon = "folder-inverse"
    menu_order = 200


register_snippet(LibraryViewSetGroup)


@hooks.register("construct_admin_api")
def name_the_missing_documents(router: Any) -> None:
    router.register_endpoint("documents", NoDocuments)


@hooks.register("register_admin_urls")
def our_admin_urls() -> list[URLPattern]:
    return [path("scenario-hints/", author_views.scenario_hints, name="scenario_hints")]


@hooks.register("insert_global_admin_js")
def our_admin_scripts() -> str:
    names = ["admin-dates", "admin-names", "admin-choosers"]
    scripts = [(static(f"modules/{name}.js"),) for name in names]
    return format_html_join("", '<script src="{}"></script>', scripts)


def render_chooser(
    self: BaseChooser, name: str, value: Any, attrs: dict[str, Any], renderer: Any = None
) -> str:
    """As Wagtail's own, but what its inline script starts is started by admin-choosers.js."""
    data = self.get_value_data(value)
    return format_html(
        '{}<span hidden data-chooser-class="{}" data-field="{}" data-options="{}"></span>',
        self.render_html(name, data, attrs),
        self.js_constructor,
        attrs["id"],
        json.dumps(self.get_js_init_options(attrs["id"], name, data)),
    )


BaseChooser.render = render_chooser  # the script stands in Wagtail's Python, in no template


@hooks.register("register_admin_menu_item")
def the_decision_tree() -> MenuItem:
    return MenuItem(
        gettext_lazy("Decision tree"), reverse("tree:tree"), icon_name="help", order=9000
    )


@hooks.register("construct_settings_menu")
def hide_what_is_kept_elsewhere(request: HttpRequest, items: list[Any]) -> None:
    items[:] = [item for item in items if item.name not in HIDDEN_SETTINGS]


@hooks.register("before_delete_page")
def keep_modules_with_versions(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Attempts rest on versions: such a module can be taken offline, never deleted."""
    if not _have_versions([page]):
        return None
    messages.error(request, _("This was published before, so it stays. You can unpublish it."))
    return redirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))


@hooks.register("before_bulk_action")
def keep_modules_with_versions_in_bulk(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    pages = [item for item in objects if isinstance(item, Page)]
    if action_type != "delete" or not _have_versions(pages):
        return None
    messages.error(request, _("This was published before, so it stays. You can unpublish it."))
    return redirect(reverse("wagtailadmin_explore_root"))


def _have_versions(pages: list[Page]) -> bool:
    return any(
        ModuleVersion.objects.filter(module__path__startswith=page.path).exists() for page in pages
    )
