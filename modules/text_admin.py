"""Scenarios as text in the Wagtail admin, for editors only (modules/middleware.py)."""

from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from wagtail import hooks
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import Button
from wagtail.snippets.views.snippets import IndexView

from modules import wording
from modules.models import Scenario
from modules.scenario_import import NotAsSeen, Plan, plan, take_over
from modules.scenario_text import Told, write
from modules.yaml_text.problems import Unreadable
from modules.yaml_text.tree import MOST_BYTES, decoded, lines_of
from organisations.models import User

MOST_SHOWN = 40  # of what is wrong: one quote too few can make every line wrong
AROUND = 1  # lines shown before and after the one concerned
LIST = "wagtailsnippets_modules_scenario:list"
EDIT = "wagtailsnippets_modules_scenario:edit"


class TextForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml,.txt"}),
        help_text=gettext_lazy("A text file (YAML) with one scenario."),
    )
    text = forms.CharField(
        label=gettext_lazy("Or the text itself"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 20, "spellcheck": "false", "class": "scenario-text"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        file = cleaned.get("file")
        cleaned["source"] = file.read(MOST_BYTES + 1) if file else cleaned.get("text")
        if not cleaned["source"] and not self.errors:
            raise forms.ValidationError(_("Choose a file, or put the text in the field."))
        return cleaned


@dataclass(frozen=True)
class LineShown:
    number: int
    text: str
    is_meant: bool


@dataclass(frozen=True)
class ToldAtLine:
    """What is wrong at a line, with the lines around it."""

    line: int
    messages: list[str]
    lines: list[LineShown]


@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """What was last saved, published or not."""
    scenario = get_object_or_404(Scenario, pk=pk).get_latest_revision_as_object()
    name = f'attachment; filename="{scenario.slug}.yaml"'
    text = write(scenario)
    kind = "application/yaml; charset=utf-8"
    return HttpResponse(text, kind, headers={"Content-Disposition": name})


@require_http_methods(["GET", "POST"])
def read_in(request: HttpRequest) -> HttpResponse:
    """First what the text would do; saved only when that was looked at."""
    user = cast(User, request.user)
    if not user.has_perms(["modules.add_scenario", "modules.change_scenario"]):
        raise PermissionDenied
    form = TextForm(request.POST or None, request.FILES or None)
    if request.method == "GET" or not form.is_valid():
        return _page(request, form)
    source = form.cleaned_data["source"]
    if "save" in request.POST:
        try:
            scenario = take_over(source, seen=request.POST.get("seen", ""), by=user)
        except NotAsSeen:
            messages.warning(request, _("This is not what you looked at before. Look again."))
        else:
            said = _("“{title}” is saved as a draft. Nothing was published.")
            messages.success(request, said.format(title=scenario.title))
            return redirect(EDIT, scenario.pk)
    found = plan(source, by=user)
    text = _text(source)
    return _page(request, TextForm(initial={"text": text}), found, text)


def _page(
    request: HttpRequest, form: TextForm, found: Plan | None = None, text: str = ""
) -> HttpResponse:
    title = _("Read from text")
    context = {
        "header_title": title,
        "header_icon": "comment",
        "breadcrumbs_items": [
            *WagtailAdminTemplateMixin.breadcrumbs_items,
            {"url": reverse(LIST), "label": _("Scenarios")},
            {"url": "", "label": title},
        ],
        "form": form,
        "media": form.media,
        "plan": found,
        **(_told(found, text) if found else {}),
    }
    return render(request, "modules/scenario_import.html", context)


def _told(found: Plan, text: str) -> dict[str, Any]:
    problems = [one for one in found.reading.told if not one.may_be_in_a_draft]
    faults = [one for one in found.reading.told if one.may_be_in_a_draft]
    said = found.reading.said or {}
    changed = found.changes.fields if found.changes else ()
    names = {field.name: str(field.verbose_name) for field in Scenario._meta.fields}
    return {
        "problems": _at_lines(problems, text),
        "more_problems": max(0, len(problems) - MOST_SHOWN),
        "faults": _at_lines(faults, text),
        "more_faults": max(0, len(faults) - MOST_SHOWN),
        "said": said,
        "fields": [capfirst(names[key]) for key in changed],
    }


def _at_lines(told: list[Told], text: str) -> list[ToldAtLine]:
    lines, by_line = lines_of(text), dict[int, list[str]]()
    for one in told[:MOST_SHOWN]:
        by_line.setdefault(one.line, []).append(wording.text_problem(one))
    return [
        ToldAtLine(
            line,
            messages=texts,
            lines=[
                LineShown(number, lines[number - 1], is_meant=number == line)
                for number in range(max(1, line - AROUND), min(len(lines), line + AROUND) + 1)
            ],
        )
        for line, texts in by_line.items()
    ]


def _text(source: str | bytes) -> str:
    """As it can be shown and mended; nothing of a file that is no text."""
    try:
        return decoded(source)
    except Unreadable:
        return ""


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [
        path("scenario-text/", read_in, name="scenario_read_in"),
        path("scenario-text/<int:pk>/", download, name="scenario_text"),
    ]


def text_buttons(thing: Any) -> list[Button]:
    if not isinstance(thing, Scenario):
        return []
    url = reverse("scenario_text", args=[thing.pk])
    return [Button(_("Download as text"), url=url, icon_name="download", priority=42)]


def read_in_button() -> Button:
    url = reverse("scenario_read_in")
    return Button(_("Read from text"), url=url, icon_name="upload", priority=44)


@hooks.register("register_snippet_listing_buttons")
def listing_buttons(snippet: Any, user: Any, next_url: str | None = None) -> list[Button]:
    return text_buttons(snippet)


class ScenarioIndex(IndexView):  # type: ignore[misc]
    """The list of scenarios, with a way in for texts."""

    @property
    def header_more_buttons(self) -> list[Any]:
        return [*super().header_more_buttons, read_in_button()]
