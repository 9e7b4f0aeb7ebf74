import subprocess
import sys

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from modules import wording
from modules.scenario_text import Library, Sound, read
from modules.scenario_text.story import scenario_of
from modules.scenario_text.writing import text_of
from tests.modules.texts import TEXT, changed, line_with

SITE = Library(
    images={"Keuken": (3,), "Gang": (4, 5)},
    recordings={"Sem aan de deur": Sound(7, "Niks aan de hand.")},
    competencies=("C3", "C4"),
)


def told(text, library=SITE):
    return [(one.line, one.code) for one in read(text, library).told]


def test_a_sound_text_says_what_it_says():
    reading = read(TEXT, SITE)
    assert reading.is_sound
    scenario = scenario_of(reading.said, SITE)
    assert (scenario.id, scenario.start, len(scenario.nodes)) == ("de-tas", "gang", 5)
    assert scenario.node("gang").text == (
        "Kwart over negen. Sem komt binnen.\n\nHij houdt zijn tas vast."
    )
    first = scenario.node("kies").choices[0]
    assert (first.quality, first.competencies, first.is_consult) == ("++", ("C3", "C4"), False)


def test_a_mark_of_the_encoding_and_other_line_ends_are_read():
    windows = ("\ufeff" + TEXT.replace("\n", "\r\n")).encode()
    assert read(windows, SITE) == read(TEXT, SITE)


UNREADABLE = {
    "nothing": ("", 1, "EMPTY"),
    "only a remark": ("# later\n", 1, "EMPTY"),
    "not a mapping": ("- a\n- b\n", 1, "NOT_A_MAPPING"),
    "not utf-8": (b"format: 1\ntitle: caf\xe9\n", 2, "NOT_UTF8"),
    "utf-16": ("format: 1".encode("utf-16"), 1, "NOT_UTF8"),
    "too large": ("a" * 500_001, 1, "TOO_LARGE"),
    "a control character": ("format: 1\ntitle: \x07\n", 2, "BAD_CHARACTER"),
    "an escape of no character": ('"\\U0011ffff"', 1, "BAD_CHARACTER"),
    "a colon in a text": ("a: b\ntitle: De tas: deel 1\n", 2, "YAML_COLON"),
    "a tab": ("nodes:\n\t- id: a\n", 2, "YAML_TAB"),
    "an at sign": ("title: @sem\n", 1, "YAML_START"),
    "a quote that stays open": ("format: 1\ntitle: 'De tas\nslug: x\n", 2, "YAML_QUOTE"),
    "a line that sticks out": ("nodes:\n  - id: a\n kind: end\n", 3, "YAML_INDENT"),
    "two documents": ("format: 1\n---\nformat: 1\n", 2, "YAML_MORE"),
    "a key without a colon": ("format: 1\ntitle\nslug: x\n", 2, "YAML_KEY"),
    "an alias": ("title: &a X\nslug: *a\n", 1, "ANCHOR"),
    "an alias alone": ("a: 1\nslug: *a\n", 2, "ANCHOR"),
    "a tag": ("title: !!python/name:os.system x\n", 1, "TAG"),
    "a deep list": ("title: " + "[" * 10_000, 1, "TOO_DEEP"),
    "a bare hyphen as quality": ("a: 1\nquality: -\n", 2, "NOT_A_QUALITY"),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_what_is_no_tree_is_told_with_its_line(case):
    text, line, code = UNREADABLE[case]
    assert told(text) == [(line, code)]
    assert not read(text, SITE).can_be_a_draft


def big(nodes: int, choices: int) -> str:
    head = TEXT.split("nodes:", maxsplit=1)[0] + "nodes:\n"
    several = ", ".join(f"{{next: weg-{n}}}" for n in range(choices))
    return head + "".join(
        f"- {{id: n{n}, kind: decision, choices: [{several}]}}\n" for n in range(nodes)
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (big(501, 1), "TOO_MANY"),
        (big(2, 21), "TOO_MANY"),
        (big(500, 20), "MISSING_TARGET"),
        ("".join(f"k{n}: x\n" for n in range(6_000)), "UNKNOWN_KEY"),
        ("a: " + "[a," * 17 + "[" + "a," * 20_000, "BAD_YAML"),
        ("- " * 10_000, "TOO_DEEP"),
    ],
    ids=["moments", "choices", "faults", "keys", "wide", "hyphens"],
)
def test_a_large_text_is_read_to_an_end(text, code):
    assert code in {one.code for one in read(text, SITE).told}


def test_what_was_meant_is_looked_for_in_the_first_problems_only():
    text = "".join(f"titel{n}: x\n" for n in range(80))
    assert sum(bool(one.problem.suggestion) for one in read(text, SITE).told) == 50


def test_an_empty_part_of_a_list_is_no_part():
    said = read(changed("- Wees stil.", "- ''"), SITE).said
    assert said["nodes"][3]["takeaways"] == ["Vraag open."]


def test_ten_lines_that_would_make_a_million_are_refused():
    laughs = "a0: &a0 [ha]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10)
    )
    assert told(laughs) == [(1, "ANCHOR")]


PROBLEMS = [
    ("format: 1", "format: 2", "format", "WRONG_FORMAT"),
    ("format: 1", "format: een", "format", "NOT_A_NUMBER"),
    ("format: 1\n", "", "slug", "MISSING_KEY"),
    ("slug: de-tas", "slug: De tas", "slug", "NOT_A_NAME"),
    ("slug: de-tas", f"slug: {'x' * 61}", "slug", "TOO_LONG"),
    ("title: De tas", "title:", "title", "MISSING_KEY"),
    ("title: De tas", "title: 12", "title", "NOT_TEXT"),
    ("title: De tas", "title: no", "title", "NOT_TEXT"),
    ("title: De tas", "title: [De tas]", "title", "NOT_TEXT"),
    ("title: De tas", 'title: "De\\0tas"', "title", "BAD_CHARACTER"),
    ("purpose: practice", "purpose: oefenen", "purpose", "UNKNOWN_VALUE"),
    ("note: Een", "law_checked_on: 2026-02-29\nnote: Een", "law_", "NOT_A_DATE"),
    ("note: Een", "law_checked_on: 1 maart\nnote: Een", "law_", "NOT_A_DATE"),
    ("note: Een", "title: Nog een\nnote: Een", "title: Nog", "DUPLICATE_KEY"),
    ("note: Een", "notitie: x\nnote: Een", "notitie", "UNKNOWN_KEY"),
    ("kind: debrief", "kind: terugblik", "kind: terugblik", "UNKNOWN_VALUE"),
    ("- id: terug", "- id: te rug", "id: te rug", "NOT_A_NAME"),
    ("- id: terug\n    kind", "- kind", "- kind", "MISSING_KEY"),
    ('quality: "++"', "quality: --", "quality: --", "NOT_A_QUALITY"),
    ('quality: "++"', "quality: 3", "quality: 3", "NOT_A_QUALITY"),
    ("consult: true", "consult: ja", "consult", "NOT_YES_NO"),
    ("[C3, C4]", "[C3, C9]", "[C3, C9]", "UNKNOWN_COMPETENCY"),
    ("[C3, C4]", "C3", "competencies: C3", "NOT_A_LIST"),
    ("      - Vraag open.", "      - Vraag: open", "Vraag: open", "NOT_TEXT"),
    ("speaker: Sem", "speaker: Sem\n    contact: police", "contact", "UNKNOWN_KEY"),
    ("text: Tot hier.", "contact: politie", "contact", "UNKNOWN_VALUE"),
    ("speaker: Sem", "speaker: Sem\n    image: {title: Zolder, alt: x}", "Zolder", "NO_IMAGE"),
    ("speaker: Sem", "speaker: Sem\n    image: {title: Gang, alt: x}", "Gang", "MANY_IMAGES"),
    ("speaker: Sem", "speaker: Sem\n    image: Keuken", "Keuken", "NOT_A_MAPPING"),
    ("speaker: Sem", "speaker: Sem\n    recording: Sem", "recording", "NO_RECORDING"),
]


@pytest.mark.parametrize(("old", "new", "at", "code"), PROBLEMS)
def test_a_problem_stands_at_its_line_and_keeps_the_text_out(old, new, at, code):
    text = changed(old, new)
    line = 1 if (at, code) == ("slug", "MISSING_KEY") else line_with(at, text)
    assert (line, code) in told(text)
    assert not read(text, SITE).can_be_a_draft


FAULTS = [
    ("next: kies", "next: keis", "next: keis", "MISSING_TARGET"),
    ("    next: kies\n", "", "id: sem-zegt", "NO_TARGET"),
    ("next: terug", "next: weg", "next: weg", "MISSING_TARGET"),
    ("start: gang", "start: hal", "start", "NO_START"),
    ("- id: einde", "- id: terug", "- id: terug\n    kind: end", "DUPLICATE_NODE"),
    ("- id: overleg", "- id: vraag", "- id: vraag", "DUPLICATE_CHOICE"),
    ("        consult: true\n", "", "choices", "NO_CONSULT"),
    ('quality: "+"', 'quality: "0"', 'quality: "0"', "CONSULT_TOO_LOW"),
    ('        quality: "++"\n', "", "- id: vraag", "NO_QUALITY"),
    ("        why: U vult niets in.\n", "", "- id: vraag", "NO_FEEDBACK"),
    ("    text: Niks aan de hand.\n", "", "id: sem-zegt", "NO_TEXT"),
    ("    speaker: Sem\n", "", "id: sem-zegt", "NO_SPEAKER"),
    ("purpose: practice", "purpose: reference", "purpose", "NO_LAW_DATE"),
    ("speaker: Sem", "speaker: Sem\n    image: {title: Keuken}", "image", "NO_ALT"),
]


@pytest.mark.parametrize(("old", "new", "at", "code"), FAULTS)
def test_a_fault_of_the_scenario_stands_at_its_line_and_may_be_in_a_draft(old, new, at, code):
    text = changed(old, new)
    line = text[: text.index(at)].count("\n") + 1
    assert (line, code) in told(text)
    assert read(text, SITE).can_be_a_draft


def test_a_fault_names_the_moment_that_it_lies_in():
    [fault] = read(changed("why: U vult niets in.", "why:"), SITE).told
    assert (fault.node, fault.line) == ("kies", line_with("why:"))
    problem = read(changed("consult: true", "consult: ja"), SITE).told[0]
    assert (problem.node, problem.code) == ("kies", "NOT_YES_NO")


@pytest.mark.parametrize(
    ("old", "new", "meant"),
    [
        ("speaker: Sem", "speeker: Sem", "speaker"),
        ("kind: decision", "kind: dicision", "decision"),
        ("next: kies", "next: keis", "kies"),
        ("start: gang", "start: gagn", "gang"),
        ("text: Tot hier.", "contact: polise", "police"),
    ],
)
def test_it_says_what_was_probably_meant(old, new, meant):
    suggestions = [one.problem.suggestion for one in read(changed(old, new), SITE).told]
    assert meant in suggestions


def test_what_follows_from_another_problem_is_not_told():
    codes = {code for _line, code in told(changed("- id: kies\n    kind", "- id: ki es\n    kind"))}
    assert codes == {"NOT_A_NAME"}


@pytest.mark.parametrize("bare", ["++", "+", "0"])
def test_a_quality_without_quotes_is_read_where_it_can_only_be_that(bare):
    reading = read(changed('"++"', bare), SITE)
    assert reading.said["nodes"][2]["choices"][0]["quality"] == bare


def test_without_a_library_names_are_not_looked_up():
    text = changed(
        "speaker: Sem", "speaker: Sem\n    recording: Iets\n    image: {title: X, alt: y}"
    )
    assert read(text).is_sound


def test_every_message_can_be_said():
    texts = [case[0] for case in UNREADABLE.values()]
    texts += [changed(old, new) for old, new, _at, _code in PROBLEMS + FAULTS]
    for text in texts:
        for one in read(text, SITE).told:
            assert "{" not in wording.text_problem(one).replace("{title", "")


def test_it_needs_nothing_of_django():
    code = (
        "import sys; from modules.scenario_text import read; read('a: 1');"
        "sys.exit(any(name.split('.')[0] in {'django', 'wagtail'} for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=settings.BASE_DIR, check=False)
    assert done.returncode == 0


@given(st.one_of(st.binary(), st.text()))
def test_no_text_makes_the_reader_stumble(text):
    assert read(text, SITE).told


words = st.sampled_from(
    ["format", "slug", "nodes", "id", "kind", "next", "choices", "quality", "image", "title"]
    + ["decision", "turn", "end", "situation", "gang", "", "x y", "-", "C3", "text", "takeaways"]
)
values = st.recursive(
    st.one_of(words, st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(words, inner, max_size=6)),
    max_leaves=30,
)


@given(values)
def test_no_yaml_makes_the_reader_stumble(value):
    import yaml

    reading = read(yaml.safe_dump(value, allow_unicode=True), SITE)
    if reading.said is not None:
        text_of(reading.said | {"nodes": [n for n in reading.said.get("nodes", ()) if "kind" in n]})


@given(st.lists(st.sampled_from(TEXT.split("\n")), max_size=40), st.randoms())
def test_no_shuffled_text_makes_the_reader_stumble(lines, random):
    random.shuffle(lines)
    read("\n".join(lines), SITE)
