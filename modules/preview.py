"""What an editor sees before publishing: the module as learners get it, with the answers shown."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse

from modules import wording
from modules.compile import compile_module, draft_story
from modules.models import ModulePage, Scenario
from modules.models.scenario import PREVIEW_MODES
from modules.overview import Overview
from modules.pictures import shown
from modules.preview_play import play_from
from modules.rules.module_faults import review_faults, step_faults

OF_PLAYING = {"mode", "at", "made", "seen"}


def module_preview(request: HttpRequest, page: ModulePage) -> HttpResponse:
    content = compile_module(page, show=shown, story_of=draft_story)
    found = step_faults(compile_module(page, show=shown).steps) + review_faults(content.review)
    return TemplateResponse(
        request,
        "modules/preview_module.html",
        {"content": content, "faults": wording.module_fault_texts(found)},
    )


def scenario_preview(request: HttpRequest, scenario: Scenario, mode: str) -> HttpResponse:
    """In one of its modes, which the address may name. Links keep what else is in the address."""
    mode = request.GET.get("mode", mode)
    mode = mode if mode in dict(PREVIEW_MODES) else PREVIEW_MODES[0][0]
    kept = [(key, str(request.GET[key])) for key in request.GET if key not in OF_PLAYING]
    overview = Overview(scenario)
    context = {
        "overview": overview,
        "scenario": overview.story,
        "mode": mode,
        "modes": [(key, label, _address(kept, mode=key)) for key, label in PREVIEW_MODES],
        "play_from": f"{_address(kept, mode='play')}&at=",
        "edit_url": _edit_url(scenario),
    }
    if mode == "play":
        context["playing"] = play_from(overview.story, request.GET, kept)
    return TemplateResponse(request, f"modules/preview_scenario_{mode}.html", context)


def _address(kept: list[tuple[str, str]], **more: str) -> str:
    return f"?{urlencode([*kept, *more.items()])}"


def _edit_url(scenario: Scenario) -> str:
    try:
        return reverse("wagtailsnippets_modules_scenario:edit", args=[scenario.pk])
    except NoReverseMatch:  # not saved yet
        return ""
