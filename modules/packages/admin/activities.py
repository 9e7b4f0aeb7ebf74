"""H5P activities as Wagtail lists and chooses them.

What is made, changed or deleted otherwise goes through our own pages: an activity is its file.
"""

from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, gettext_lazy
from django.views import View
from django.views.decorators.http import require_safe
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets import Button, HeaderButton
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
)
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from modules.models import H5PPackage
from modules.packages.admin.standing import standing_of, with_standing
from modules.rules.h5p.found import LibraryRef

ON_WIDE_SCREENS = "h5p-on-wide-screens"  # the rest stands on the page of the activity


class StateColumn(Column):  # type: ignore[misc]
    cell_template_name = "modules/h5p/state_cell.html"

    class Media:
        css: ClassVar = {"all": ["modules/admin-h5p.css"]}

    def get_value(self, instance: Any) -> Any:
        return standing_of(instance)


def library_of(package: Any) -> str:
    """Of the newest version."""
    if package.library_name is None:
        return ""
    return str(LibraryRef(package.library_name, package.library_major, package.library_minor))


def version_of(package: Any) -> str:
    """The number that people get who begin now, or the newest that may be played one day."""
    number = package.playing or package.newest
    return "" if number is None else str(number)


def reports_of(package: Any) -> str:
    return "" if package.reports is None else gettext("yes") if package.reports else gettext("no")


def used_of(package: Any) -> str:
    return str(package.used_in)


def said_about() -> list[Column]:
    library = Column("library", gettext_lazy("Main library"), library_of, classname=ON_WIDE_SCREENS)
    return [library, StateColumn("state", gettext_lazy("State"))]


def more_about() -> list[Column]:
    columns = [
        ("version", gettext_lazy("Version"), version_of),
        ("reports", gettext_lazy("Reports a score"), reports_of),
        ("used_in", gettext_lazy("In published modules"), used_of),
    ]
    return [Column(*column, classname=ON_WIDE_SCREENS) for column in columns]


class ActivityIndex(IndexView):  # type: ignore[misc]
    """Without boxes to tick: nothing is done to several activities at once."""

    @cached_property
    def columns(self) -> list[Column]:
        return [self._get_title_column("title"), *said_about(), *more_about()]

    def get_list_buttons(self, instance: H5PPackage) -> list[Any]:
        return []

    @cached_property
    def header_buttons(self) -> list[Button]:
        url = reverse("h5p_upload")
        return [HeaderButton(gettext("Upload an H5P file"), url=url, icon_name="upload")]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        url = reverse("h5p_libraries")
        return [Button(gettext("H5P libraries"), url=url, icon_name="code")]


class WithState:
    """A list to choose from says which activities cannot be played yet."""

    def get_object_list(self) -> Any:
        return with_standing(super().get_object_list())  # type: ignore[misc]

    @property
    def columns(self) -> list[Column]:
        return [*super().columns, *said_about()]  # type: ignore[misc]


class ChooseActivity(WithState, ChooseView):  # type: ignore[misc]
    pass


class ChooseActivityResults(WithState, ChooseResultsView):  # type: ignore[misc]
    pass


class NotHere(View):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        raise Http404


class ActivityChooser(SnippetChooserViewSet):  # type: ignore[misc]
    choose_view_class = ChooseActivity
    choose_results_view_class = ChooseActivityResults
    create_view_class = NotHere


@require_safe
def to_upload(request: HttpRequest) -> HttpResponse:
    """An activity begins with a file."""
    return redirect("h5p_upload")


@require_safe
def to_activity(request: HttpRequest, pk: int) -> HttpResponse:
    return redirect("h5p_activity", get_object_or_404(H5PPackage, pk=pk).public_id)


@require_safe
def to_versions(request: HttpRequest, pk: int) -> HttpResponse:
    package = get_object_or_404(H5PPackage, pk=pk)
    return redirect(reverse("h5p_activity", args=[package.public_id]) + "#versions")


@require_safe
def to_uses(request: HttpRequest, pk: int) -> HttpResponse:
    package = get_object_or_404(H5PPackage, pk=pk)
    return redirect(reverse("h5p_activity", args=[package.public_id]) + "#used")


@require_safe
def to_deleting(request: HttpRequest, pk: int) -> HttpResponse:
    return redirect("h5p_delete", get_object_or_404(H5PPackage, pk=pk).public_id)


class H5PViewSet(SnippetViewSet):  # type: ignore[misc]
    model = H5PPackage
    icon = "media"
    menu_label = gettext_lazy("H5P")
    list_display = ["title"]
    search_fields = ["title"]
    ordering = ["title", "pk"]
    copy_view_enabled = False
    index_view_class = ActivityIndex
    index_template_name = "wagtailadmin/generic/index.html"
    chooser_viewset_class = ActivityChooser
    add_view = staticmethod(to_upload)
    edit_view = staticmethod(to_activity)
    delete_view = staticmethod(to_deleting)
    usage_view = staticmethod(to_uses)
    history_view = history_results_view = staticmethod(to_versions)

    def get_queryset(self, request: HttpRequest) -> Any:
        return with_standing(H5PPackage.objects.all())
