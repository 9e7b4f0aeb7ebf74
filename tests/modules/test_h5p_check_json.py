"""Row 5 of the cases: JSON that is not sound, named by file."""

import time

import pytest

from modules.rules.h5p.caps import Caps
from modules.rules.h5p.json_text import read_json
from modules.rules.h5p.reasons import Stop
from tests.h5p_packages import QUESTION, as_json, package
from tests.modules.h5p_checking import checked, is_taken, short, told

FILES = [
    "h5p.json",
    "content/content.json",
    "content/meer.json",
    "Voorbeeld.Basis-1.1/library.json",
    "Voorbeeld.Vraag-1.2/semantics.json",
    "Voorbeeld.Vraag-1.2/language/nl.json",
]
DESCRIPTIONS = {"h5p.json", "Voorbeeld.Basis-1.1/library.json"}
MB = 1024 * 1024


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "JSON_BAD"),
        (b"{", "JSON_BAD"),
        (b"{'a': 1}", "JSON_BAD"),
        (b'{"a": 1,}', "JSON_BAD"),
        (b'{"a": 1} {}', "JSON_BAD"),
        (b'{"a": "\n"}', "JSON_BAD"),
        ('{"a": 1}'.encode("utf-16"), "JSON_UTF16"),
        ('{"a": 1}'.encode("utf-16-le"), "JSON_UTF16"),
        ('{"a": 1}'.encode("utf-32-be"), "JSON_UTF16"),
        (b'{"a": "\xe9"}', "JSON_NOT_UTF8"),
        (b'{"a": "\xed\xa0\x80"}', "JSON_NOT_UTF8"),
        (b'{"a": NaN}', "JSON_NUMBER"),
        (b'{"a": [-Infinity]}', "JSON_NUMBER"),
        (b'{"a": 1e400}', "JSON_NUMBER"),
        (b'{"a": -1e400}', "JSON_NUMBER"),
        (b'{"a": ' + b"9" * 5000 + b"}", "JSON_NUMBER"),
        (rb'{"a": "\ud83d"}', "JSON_CHARACTER"),
        (rb'{"\udc00": 1}', "JSON_CHARACTER"),
        (rb'{"a": ["x\u0000"]}', "JSON_CHARACTER"),
        (b'{"a": ' + b"[" * 200_000 + b"]" * 200_000 + b"}", "JSON_TOO_DEEP"),
        (b'{"a":' * 200_000, "JSON_TOO_DEEP"),
        (b'{"a": [' + b"0," * 300_000 + b"0]}", "JSON_TOO_MANY"),
    ],
    ids=short,
)
def test_json_that_is_not_sound_is_refused_by_name(name, data, code):
    assert (name, code) in told(package(members={name: data}))


@pytest.mark.parametrize("name", FILES)
def test_40_megabytes_are_refused_by_name(name):
    noise = b'{"a": "' + bytes(range(35, 91)) * (4 * MB // 56 + 1) + b'"}'
    found = checked(package(members={name: noise}), ratio=10**6)
    assert (name, "JSON_TOO_BIG") in [(one.file, one.code) for one in found.reasons]
    limit = "1" if name in DESCRIPTIONS else "4"
    assert found.reasons[-1].facts == {"size": "5", "limit": limit}
    huge = b'{"a": "' + b"x" * (40 * MB) + b'"}'
    assert told(package(members={name: huge})) == [(name, "RATIO")]


def test_json_can_be_too_much_together():
    many = {f"Voorbeeld.Vraag-1.2/language/{n}.json": b"{}" + b" " * 1000 for n in "abcdefghij"}
    assert is_taken(package(members=many))
    found = told(package(members=many), json_total_bytes=10_000)
    assert {code for _file, code in found} == {"JSON_TOO_MUCH"}
    assert 1 < len(found) < 10


@pytest.mark.parametrize("name", FILES[:2] + FILES[3:4])
@pytest.mark.parametrize("data", [b"[]", b"null", b"1", b'"text"'])
def test_what_must_be_an_object_is_one(name, data):
    assert (name, "JSON_NOT_OBJECT") in told(package(members={name: data}))


def test_a_mark_of_utf_8_may_stand_before_it():
    marked = {
        "content/content.json": b"\xef\xbb\xbf" + as_json(QUESTION.content),
        "Voorbeeld.Vraag-1.2/semantics.json": b"\xef\xbb\xbf[]",
    }
    assert is_taken(package(members=marked))


def test_json_of_a_library_that_is_not_read_may_be_anything():
    assert is_taken(package(members={"Voorbeeld.Vraag-1.2/package.json": b"{"}))


def test_of_h5p_json_that_cannot_be_read_nothing_is_told():
    found = checked(package(members={"h5p.json": b"{"}))
    assert (found.title, found.main_library, found.description) == ("", None, {})


def test_where_it_goes_wrong_is_said():
    [reason] = checked(package(members={"content/content.json": b'{\n "a": x}'})).reasons
    assert reason.facts == {"line": "2", "column": "7"}


def test_all_files_that_are_wrong_are_told():
    wrong = dict.fromkeys(FILES[1:], b"{")
    assert {(file, "JSON_BAD") for file in FILES[1:]} == set(told(package(members=wrong)))


@pytest.mark.parametrize(
    "text",
    [
        b'{"a": 1.5, "b": -0, "c": 1e300, "d": true, "e": null, "f": []}',
        rb'{"a": "\ud83d\ude00 \u00e9 \\ud800 \" [[[["}',
        b'"' + b"[" * 1000 + b'"',
        b"[" * 64 + b"]" * 64,
    ],
    ids=short,
)
def test_sound_json_is_read(text):
    read_json(text, Caps())


def test_65_levels_are_too_deep():
    with pytest.raises(Stop, match="JSON_TOO_DEEP"):
        read_json(b"[" * 65 + b"]" * 65, Caps())


@pytest.mark.parametrize(
    "text",
    [
        b'"' * 1_000_001,
        b'"' + rb"\"" * 1_000_000,
        rb"\"" * 1_000_000,
        b'"' + b"\\" * 2_000_001,
        b"]" * 2_000_000,
        b'{"a": ' + b"1" * 2_000_000,
        b'{"a": 0.' + b"1" * 2_000_000 + b"}",
        b" " * 2_000_000,
    ],
    ids=short,
)
def test_hostile_text_takes_time_in_proportion(text):
    """A second of the processor is hundreds of times what it takes; quadratic takes minutes."""
    began = time.process_time()
    with pytest.raises(Stop):
        read_json(text, Caps())
    assert time.process_time() - began < 5
