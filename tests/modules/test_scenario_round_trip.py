"""Writing a scenario and reading it again changes nothing, whatever an editor left in a draft."""

import json
import uuid
from dataclasses import asdict

import pytest
import yaml
from django.core.files.base import ContentFile
from hypothesis import given
from hypothesis import strategies as st
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file

from modules import pictures
from modules.compile import compile_scenario
from modules.library import library_of_the_site
from modules.models import Recording, Scenario
from modules.pictures import Picture
from modules.rules import scenario as story
from modules.scenario_text import Library, read, write
from modules.scenario_text.blocks import raw_nodes
from modules.scenario_text.form import CHOICE, CONTACTS, KINDS, NODE
from modules.scenario_text.story import scenario_of
from modules.scenario_text.writing import text_of
from modules.yaml_text.emitting import mapping
from tests.modules.texts import TEXT

pytestmark = pytest.mark.django_db  # the choices of a block are the competencies there are

LIBRARY = Library(competencies=("C1", "C2", "C3"))
letters = st.one_of(
    st.text(max_size=30),
    st.text("ab ‘’\"':-#&*!|>%@`,[]{}?~\n\t\r\x85\u2028\xa0\ufeff\x07é😀", max_size=30),
    st.sampled_from(
        ["", "ja", "no", "null", "12", "-", "++", "2026-02-29", "x" * 300, "a b " * 60]
    ),
    st.text("aab \t", min_size=90, max_size=250),
)
texts = letters.map(lambda text: text.replace("\x00", "").encode("utf-8", "ignore").decode())
names = st.sampled_from(["a", "b", "c", "wat-nu", "naïef", "no", "0"])
choices = st.fixed_dictionaries(
    {},
    optional={
        "id": st.one_of(names, st.uuids().map(str)),
        "text": texts,
        "quality": st.sampled_from(["++", "+", "0", "-"]),
        "consult": st.just(True),
        "consequence": texts,
        "why": texts,
        "alternative": texts,
        "competencies": st.lists(st.sampled_from(["C1", "C2", "C3"]), max_size=3),
        "next": names,
    },
)


@st.composite
def any_node(draw):
    kind = draw(st.sampled_from(KINDS))
    by_key = {
        "speaker": st.text("Noor u", max_size=10),
        "text": texts,
        "next": names,
        "contact": st.sampled_from(CONTACTS),
        "remark": texts,
        "takeaways": st.lists(texts, max_size=3),
        "choices": st.lists(choices, max_size=4),
    }
    wanted = {key: by_key[key] for key in NODE.kinds[kind].keys if key in by_key}
    return {"id": draw(names), "kind": kind} | draw(st.fixed_dictionaries({}, optional=wanted))


any_said = st.fixed_dictionaries(
    {
        "format": st.just(1),
        "slug": st.sampled_from(["x", "een-twee"]),
        "title": st.sampled_from(["Titel", "no", "‘Dom, hè: dit’", "#1"]),
        "purpose": st.sampled_from(["practice", "reference"]),
        "nodes": st.lists(any_node(), min_size=1, max_size=4),
    },
    optional={
        "note": texts,
        "start": names,
        "law_checked_on": st.dates().map(str),
        "reviewed_by_role": st.just("jurist"),
        "reviewed_on": st.dates().map(str),
    },
)


def as_model(said):
    days = {key: said.get(key) for key in ("law_checked_on", "reviewed_on")}
    return Scenario(
        slug=said["slug"],
        title=said["title"],
        purpose=said["purpose"],
        note=said.get("note", ""),
        start=said.get("start", ""),
        reviewed_by_role=said.get("reviewed_by_role", ""),
        nodes=json.dumps(raw_nodes(said, LIBRARY)),
        **{key: Scenario._meta.get_field(key).to_python(day) for key, day in days.items()},
    )


def tidied(scenario):
    """Without white space around texts, which a text does not keep."""

    def tidy(value):
        if isinstance(value, str):
            return value.replace("\r\n", "\n").replace("\r", "\n").strip()
        if isinstance(value, dict):
            return {key: tidy(one) for key, one in value.items()}
        if isinstance(value, (list, tuple)):
            return [one for one in map(tidy, value) if one != ""]
        return value

    return tidy(asdict(scenario))


@given(any_said)
def test_written_and_read_again_is_the_same_scenario(said):
    scenario = as_model(said)
    text = write(scenario)
    reading = read(text, LIBRARY)
    assert reading.can_be_a_draft, (reading.told, text)
    assert text_of(reading.said) == text
    again = as_model(reading.said)
    assert write(again) == text
    assert tidied(compile_scenario(again)) == tidied(compile_scenario(scenario))
    assert tidied(scenario_of(reading.said)) == tidied(compile_scenario(again))


@given(any_said)
def test_ids_of_choices_survive(said):
    scenario = as_model(said)
    again = as_model(read(write(scenario), LIBRARY).said)
    assert ids(again) == ids(scenario)


def ids(scenario):
    return [[choice.id for choice in node.choices] for node in compile_scenario(scenario).nodes]


@given(st.dictionaries(st.sampled_from("abc"), st.one_of(texts, st.lists(texts, max_size=3))))
def test_whatever_is_emitted_is_read_back(values):
    clean = {key: tidy_value(value) for key, value in values.items()}
    filled = {key: value for key, value in clean.items() if value not in ("", [])}
    assert (yaml.safe_load("\n".join(mapping(clean))) or {}) == filled


def tidy_value(value):
    def tidy(text):
        return text.replace("\r\n", "\n").replace("\r", "\n").strip()

    return tidy(value) if isinstance(value, str) else [tidy(one) for one in value if tidy(one)]


def test_an_id_from_its_place_is_left_out_and_another_is_written():
    own = str(uuid.uuid4())
    said = read(TEXT, LIBRARY).said
    said["nodes"][2]["choices"][0]["id"] = own
    del said["nodes"][2]["choices"][1]["id"]
    first, second = read(write(as_model(said)), LIBRARY).said["nodes"][2]["choices"]
    assert first["id"] == own
    assert "id" not in second


def test_the_shipped_texts_come_back_as_they_read(shipped_scenarios):
    for file in shipped_scenarios:
        said = read(file.read_bytes()).said
        assert read(text_of(said)).said == said


def test_the_forms_hold_what_the_blocks_hold():
    from modules.blocks.node_fields import CONTACTS as BLOCK_CONTACTS
    from modules.blocks.nodes import NodesBlock

    said_otherwise = {"name": "id", "is_consult": "consult"}
    for kind, block in NodesBlock().child_blocks.items():
        keys = {said_otherwise.get(name, name) for name in block.child_blocks}
        assert keys | {"kind"} == set(NODE.kinds[kind].keys)
    choice = NodesBlock().child_blocks["decision"].child_blocks["choices"].child_block
    keys = {said_otherwise.get(name, name) for name in choice.child_blocks}
    assert keys | {"id"} == set(CHOICE.keys)
    assert [code for code, _name in BLOCK_CONTACTS] == list(CONTACTS)


def test_pictures_and_recordings_go_by_their_title(monkeypatch):
    Image.objects.create(title="Keuken", file=get_test_image_file())
    Recording.objects.create(
        title="Sem praat", file=ContentFile(b"x", "sem.mp3"), transcript="Niks aan de hand."
    )
    added = "kind: situation\n    image: {title: Keuken, alt: Een keuken}\n    recording: Sem praat"
    library = library_of_the_site()
    said = read(
        TEXT.replace("kind: situation", added).replace("competencies: [C3, C4]", ""), library
    )
    assert said.is_sound, said.told
    scenario = as_model(said.said | {"nodes": []})
    scenario.nodes = json.dumps(raw_nodes(said.said, library))
    monkeypatch.setattr(pictures, "shown", lambda image: Picture("/x.png", 1, 2))
    node = compile_scenario(scenario, show=pictures.shown).nodes[0]
    assert node.picture == story.Picture("/x.png", 1, 2, alt="Een keuken")
    assert node.recording.transcript == "Niks aan de hand."
    again = read(write(scenario), library).said
    assert [node.get("image") for node in again["nodes"][:2]] == [
        {"title": "Keuken", "alt": "Een keuken"},
        None,
    ]
    assert again["nodes"][0]["recording"] == "Sem praat"
