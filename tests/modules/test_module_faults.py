from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from modules.rules import module_faults, scenario_faults
from modules.rules.content import Item, Option, Review, Step
from modules.rules.module_faults import ModuleFault, review_faults, step_faults
from modules.rules.scenario_faults import Fault
from modules.wording import module_fault_text, scenario_fault_text
from tests.modules.scenarios import dishes, with_choice

RIGHT, WRONG = Option("a", "Ja", is_correct=True), Option("b", "Nee")
ITEM = Item("v1", "Klopt dit?", (RIGHT, WRONG), "Daarom.")
CHECK = Step("s1", "knowledge_check", "Toets", items=(ITEM,))
STORY = Step("s2", "scenario", "Verhaal", scenario=dishes())
TEXT = Step("s3", "explanation", "Uitleg", html="<p>Zo.</p>")


def codes(*steps):
    return [(fault.code, fault.number) for fault in step_faults(steps)]


def test_a_sound_module_has_no_faults():
    assert codes(CHECK, STORY, TEXT, Step("s4", "self_rating", "Hoe nu?", occasion="before")) == []


def test_a_module_without_steps():
    assert codes() == [("NO_STEPS", 0)]


def test_faults_carry_the_number_of_the_step():
    assert codes(CHECK, replace(TEXT, title=" ")) == [("NO_TITLE", 2)]


@pytest.mark.parametrize("kind", ["explanation", "reflection", "references"])
def test_a_step_that_is_its_text_needs_one(kind):
    assert codes(Step("s", kind, "Titel")) == [("NO_TEXT", 1)]


def test_a_scenario_step_without_a_published_scenario():
    assert codes(replace(STORY, scenario=None)) == [("NO_SCENARIO", 1)]


def test_the_faults_of_the_scenario_are_named_in_the_module():
    faulty = replace(STORY, scenario=with_choice("beloof", "eerlijk", next="weg"))
    (fault,) = step_faults([faulty])
    assert fault.code == "SCENARIO_FAULTY"
    assert "beloof" in fault.message_en


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"question": ""}, "NO_QUESTION"),
        ({"options": (RIGHT,)}, "FEW_OPTIONS"),
        ({"options": (RIGHT, replace(WRONG, text=" "))}, "EMPTY_OPTION"),
        ({"options": (WRONG, replace(WRONG, id="c"))}, "NOT_ONE_CORRECT"),
        ({"options": (RIGHT, replace(RIGHT, id="c"))}, "NOT_ONE_CORRECT"),
        ({"explanation": ""}, "NO_EXPLANATION"),
    ],
)
def test_questions(change, code):
    assert codes(replace(CHECK, items=(replace(ITEM, **change),))) == [(code, 1)]


def test_a_check_without_questions():
    assert codes(replace(CHECK, items=())) == [("NO_QUESTIONS", 1)]


def test_reviewed_needs_a_role_and_a_day():
    whole = Review("reviewed", "jurist", date(2026, 3, 2))
    assert review_faults(whole) == ()
    assert review_faults(Review()) == ()
    assert review_faults(replace(whole, by_role="")) == (ModuleFault("NO_REVIEWER"),)
    assert review_faults(replace(whole, on=None)) == (ModuleFault("NO_REVIEWER"),)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_fault_has_words_in_both_languages(language):
    with translation.override(language):
        for code in scenario_faults.MESSAGES:
            text = scenario_fault_text(Fault(code, "knoop", "keuze", "doel", 7))
            assert "{" not in text
            assert (text == Fault(code, "knoop", "keuze", "doel", 7).message_en) == (
                language == "en"
            )
        for code in module_faults.MESSAGES:
            text = module_fault_text(ModuleFault(code, 3, "Stap", "vraag"))
            assert "{" not in text
            assert (text == ModuleFault(code, 3, "Stap", "vraag").message_en) == (language == "en")
