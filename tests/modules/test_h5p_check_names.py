"""Rows 1 and 7 of the cases: names that lead elsewhere, or mean two things."""

import unicodedata

import pytest

from tests.h5p_zips import UTF8, Member
from tests.modules.h5p_checking import checked, is_taken, told, with_members

E_COMPOSED = "content/caf\u00e9.txt"
E_APART = unicodedata.normalize("NFD", E_COMPOSED)


def codes(name, **options):
    return [code for _file, code in told(with_members(Member(name, **options)))]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("../kwaad.txt", "NAME_OUTSIDE"),
        ("content/../../kwaad.txt", "NAME_OUTSIDE"),
        ("content/./a.txt", "NAME_OUTSIDE"),
        ("content/..", "NAME_OUTSIDE"),
        ("content/.. /a.txt", "NAME_OUTSIDE"),
        ("/etc/passwd.txt", "NAME_ABSOLUTE"),
        ("C:/kwaad.txt", "NAME_ABSOLUTE"),
        ("content/a.txt:b.php", "NAME_ABSOLUTE"),
        ("content\\kwaad.txt", "NAME_BACKSLASH"),
        ("content//a.txt", "NAME_EMPTY_PART"),
        ("content/a\0.txt", "NAME_CONTROL"),
        ("content/a\x1b[2J.txt", "NAME_CONTROL"),
        ("content/a\x7f.txt", "NAME_CONTROL"),
        ("content/a\u202egnp.txt", "NAME_CONTROL"),
        ("content/a\u2028.txt", "NAME_CONTROL"),
        ("content/x.php.", "NAME_DOT_END"),
        ("content/x.php ", "NAME_DOT_END"),
        ("content/x.php\u00a0", "NAME_DOT_END"),
        ("content/map./a.txt", "NAME_DOT_END"),
        ("content/x.", "NAME_DOT_END"),
        ("content/" + "a" * 200 + ".txt", "NAME_TOO_LONG"),
    ],
)
def test_a_name_that_is_not_plain_is_refused(name, code):
    assert codes(name) == [code]


def test_a_name_can_be_wrong_in_several_ways():
    assert codes("/..\\a.txt") == ["NAME_BACKSLASH", "NAME_ABSOLUTE"]
    assert codes("//../a.txt") == ["NAME_ABSOLUTE", "NAME_EMPTY_PART", "NAME_OUTSIDE"]


def test_an_empty_name_is_refused():
    assert codes("") == ["NAME_EMPTY_PART"]


@pytest.mark.parametrize(
    ("name", "flags"),
    [
        (b"content/\xff.txt", UTF8),
        (b"content/caf\xe9.txt", 0),
        (b"content/\xed\xa0\x80.txt", UTF8),
        ("content/café.txt".encode(), 0),  # in UTF-8, and the zip does not say so
    ],
)
def test_a_name_in_another_encoding_is_refused(name, flags):
    assert codes(name, flags=flags) == ["NAME_NOT_UTF8"]


def test_what_cannot_be_seen_in_a_name_is_written_out():
    [reason] = checked(with_members(Member("content/a\x1b[2J\u202e.txt"))).reasons
    assert reason.file == r"content/a\x1b[2J\u202e.txt"


def test_a_very_long_name_is_told_in_short_and_soon():
    parts = Member("content/" + "a/" * 30_000 + "b.txt")
    [reason] = checked(with_members(parts)).reasons
    assert (reason.code, len(reason.file)) == ("NAME_TOO_LONG", 201)


def test_names_of_all_languages_are_taken():
    assert is_taken(with_members(Member("content/naïef/猫 en Ж (1).txt"), Member(E_COMPOSED)))


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        ("content/a.txt", "content/a.txt", "NAME_TWICE"),
        ("content/a.txt", "content/A.TXT", "NAME_TWICE_ALIKE"),
        ("content/straße.txt", "content/STRASSE.txt", "NAME_TWICE_ALIKE"),
        (E_COMPOSED, E_APART, "NAME_TWICE_ALIKE"),
        ("a", "a", "NAME_TWICE"),
        ("content/map/", "content/map/", "NAME_TWICE"),
        ("content/map/", "content/map", "FILE_AND_FOLDER"),
        ("content/map", "content/map/a.txt", "FILE_AND_FOLDER"),
        ("content/map", "content/MAP/dieper/a.txt", "FILE_AND_FOLDER"),
    ],
)
def test_names_that_are_the_same_somewhere_are_refused(first, second, code):
    found = told(with_members(Member(first), Member(second)))
    assert [one for _file, one in found] == [code]


def test_which_names_are_alike_is_said():
    [reason] = checked(with_members(Member("content/Content.json"))).reasons
    assert reason.facts == {"other": "content/content.json"}
    assert reason.file == "content/Content.json"


def test_h5p_json_twice_is_refused():
    assert told(with_members(Member("h5p.json", b"{}"))) == [("h5p.json", "NAME_TWICE")]
