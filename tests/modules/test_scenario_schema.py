"""The schema that editors of text use says the same of the form as the reader."""

import json

import jsonschema
import pytest
import yaml
from django.conf import settings

from modules.scenario_text import read
from modules.scenario_text.form import CHOICE, CONTACTS, IMAGE, NODE, SCENARIO
from modules.yaml_text.problems import MESSAGES
from tests.modules.test_scenario_text import PROBLEMS
from tests.modules.texts import TEXT, changed

SCHEMA = json.loads((settings.CURRICULUM_DIR / "scenario.schema.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(
    SCHEMA, format_checker=jsonschema.FormatChecker(["date"])
)
OF_THE_FORM = {*MESSAGES, "WRONG_FORMAT", "NOT_A_QUALITY", "NO_SPEAKER"}
NOT_IN_A_SCHEMA = {"DUPLICATE_KEY", "BAD_CHARACTER"}


class AsEditorsReadIt(yaml.SafeLoader):
    """As YAML 1.2 has it: a day is text."""


AsEditorsReadIt.yaml_implicit_resolvers = {
    letter: [one for one in resolvers if one[0] != "tag:yaml.org,2002:timestamp"]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def fits_the_schema(text):
    return VALIDATOR.is_valid(yaml.load(text, AsEditorsReadIt))  # noqa: S506 - a SafeLoader


def fits_the_form(text):
    return not {one.code for one in read(text).told} & (OF_THE_FORM - NOT_IN_A_SCHEMA)


def test_the_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_they_agree_on_what_is_shipped(shipped_scenarios):
    assert len(shipped_scenarios) >= 10
    for file in shipped_scenarios:
        text = file.read_text("utf-8")
        assert fits_the_form(text), file.name
        assert fits_the_schema(text), file.name


BROKEN = [changed(old, new) for old, new, _at, _code in PROBLEMS] + [
    "title: x",
    "[]",
    "12",
    changed("    speaker: Sem\n", ""),
    changed("speaker: Sem", "speaker: ''"),
    changed("speaker: Sem", "speaker: Sem\n    choices: []"),
    changed("kind: end", "kind: end\n    next: gang"),
    changed("kind: end", "kind: end\n    image: {title: x}"),
    changed("kind: debrief", "kind: debrief\n    image: {alt: x}"),
    changed("takeaways:", "takeaways: 3\n    remark:"),
    changed("consult: true", "consult: 1"),
    changed("- id: vraag", "- id: {a: b}"),
    changed("why: U", "waarom: U"),
    TEXT.split("nodes:", maxsplit=1)[0] + "nodes: []\n",
]


@pytest.mark.parametrize("text", BROKEN)
def test_they_agree_on_what_is_broken(text):
    assert fits_the_schema(text) == fits_the_form(text)


WHOLE = [
    TEXT,
    changed("start: gang\n", ""),
    changed("note: Een jongere komt laat thuis.", "note:"),
    changed("        why: U vult niets in.\n", ""),
    changed('quality: "++"', "quality: 0"),
    changed("note: Een", "law_checked_on: 2028-02-29\nreviewed_on: '2028-01-01'\nnote: Een"),
    changed("- id: gang", "- id: naïef_1"),
    changed("kind: end", "kind: end\n    contact: police\n    remark: Nakijken."),
    changed("speaker: Sem", "speaker: Sem\n    image: {title: x, decoration: true}"),
]


@pytest.mark.parametrize("text", WHOLE)
def test_they_agree_on_what_is_whole(text):
    assert fits_the_form(text)
    assert fits_the_schema(text)


def test_the_broken_ones_are_broken():
    assert sum(not fits_the_form(text) for text in BROKEN) > 30


def test_the_schema_names_every_key_and_no_other():
    defs = SCHEMA["$defs"]
    assert set(SCHEMA["properties"]) == set(SCENARIO.keys)
    assert set(defs["choice"]["properties"]) == set(CHOICE.keys)
    assert set(defs["image"]["properties"]) == set(IMAGE.keys)
    for kind, fields in NODE.kinds.items():
        assert set(defs[kind]["properties"]) == set(fields.keys)
    contacts = defs["end"]["properties"]["contact"]["enum"]
    assert [one for one in contacts if one] == list(CONTACTS)
