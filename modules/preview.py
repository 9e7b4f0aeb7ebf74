"""What an editor sees before publishing: the module as learners get it, with the answers shown."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from modules import wording
from modules.compile import compile_module, compile_scenario, draft_story
from modules.models import ModulePage, Scenario
from modules.pictures import shown
from modules.rules.module_faults import review_faults, step_faults
from modules.rules.scenario_faults import faults
from modules.rules.scenario_graph import drawn


def module_preview(request: HttpRequest, page: ModulePage) -> HttpResponse:
    content = compile_module(page, show=shown, story_of=draft_story)
    found = step_faults(compile_module(page, show=shown).steps) + review_faults(content.review)
    return TemplateResponse(
        request,
        "modules/preview_module.html",
        {"content": content, "faults": wording.module_fault_texts(found)},
    )


def scenario_preview(request: HttpRequest, scenario: Scenario) -> HttpResponse:
    story = compile_scenario(scenario)
    return TemplateResponse(
        request,
        "modules/preview_scenario.html",
        {
            "scenario": story,
            "faults": [wording.scenario_fault_text(fault) for fault in faults(story)],
            "graph": drawn(story),
        },
    )
