"""Whatever a file holds, the check says so: it never breaks off, and takes only what is sound."""

import io
import zipfile
from contextlib import suppress
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from modules.rules.h5p.caps import Caps
from modules.rules.h5p.json_text import read_json
from modules.rules.h5p.reasons import Stop
from tests.h5p_packages import QUESTION, as_json, members_of, package
from tests.h5p_zips import Member, zipped
from tests.modules.h5p_checking import checked, with_members

SOUND = package()
NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40)
PARTS = st.sampled_from(
    ["..", ".", "", "content", "a", "a.png", "x.php", "\\", " ", "C:", "A", "é"]
)
PATHS = st.lists(PARTS, min_size=1, max_size=5).map("/".join)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.just("../x"),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
FIELDS = st.sampled_from(
    [
        "title",
        "mainLibrary",
        "machineName",
        "majorVersion",
        "minorVersion",
        "patchVersion",
        "preloadedDependencies",
        "dynamicDependencies",
        "preloadedJs",
        "preloadedCss",
        "coreApi",
        "license",
        "language",
        "runnable",
    ]
)


def is_plain(name):
    """Said in another way than the check does."""
    parts = name.split("/")
    return not any(part in {"", ".", ".."} or part.rstrip() != part for part in parts) and not any(
        sign in name for sign in "\\:\0"
    )


@given(st.binary(max_size=400))
def test_any_bytes(data):
    assert checked(data).verdict == "refused"


@given(st.binary(max_size=200), st.integers(0, 3))
def test_any_bytes_that_look_like_a_zip(data, where):
    signs = [b"PK\x03\x04", b"PK\x05\x06", b"PK\x01\x02", b"PK\x06\x06"]
    assert checked(b"PK\x03\x04" + data + signs[where] + data).verdict == "refused"


@settings(max_examples=300)
@given(st.integers(0, len(SOUND) - 1))
def test_any_truncation(length):
    assert checked(SOUND[:length]).verdict == "refused"


@settings(max_examples=300)
@given(st.integers(0, len(SOUND) - 1), st.integers(1, 255))
def test_any_byte_changed(at, change):
    """What is taken then, holds the same: only times, versions and permissions may differ."""
    found = checked(SOUND[:at] + bytes([SOUND[at] ^ change]) + SOUND[at + 1 :])
    if found.verdict != "refused":
        assert (found.files, found.libraries) == (checked(SOUND).files, checked(SOUND).libraries)


@settings(max_examples=200)
@given(st.lists(st.integers(0, len(SOUND) - 1), min_size=2, max_size=2), st.binary(max_size=30))
def test_any_part_replaced(between, data):
    start, end = sorted(between)
    found = checked(SOUND[:start] + data + SOUND[end:])
    assert found.verdict == "refused" or SOUND[start:end] == data or len(data) == end - start


@given(PATHS | NAMES)
def test_any_name(name):
    found = checked(with_members(Member(name, b"x")))
    if found.verdict != "refused":
        assert is_plain(name.removesuffix("/"))
        assert not name.endswith((".php", ".svg"))


@given(NAMES)
def test_a_name_in_content_that_is_taken_is_the_name_that_others_read(name):
    data = with_members(Member(f"content/{name}.txt", b"x"))
    found = checked(data)
    if found.verdict != "refused":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert all(archive.read(one.member) is not None for one in found.files)


@given(st.data())
def test_any_lie_about_a_member(data):
    lies = {
        "method": st.integers(0, 99),
        "mode": st.integers(0, 0xFFFF),
        "flags": st.integers(0, 0xFFFF),
        "size": st.integers(0, 2**32 - 1),
        "packed_size": st.integers(0, 2**32 - 1),
        "crc": st.integers(0, 2**32 - 1),
        "local_name": NAMES,
        "at": st.integers(0, 2**32 - 1),
        "extra": st.binary(max_size=40),
        "packed": st.binary(max_size=40),
    }
    members = members_of()
    index = data.draw(st.integers(0, len(members) - 1))
    name = data.draw(st.sampled_from(sorted(lies)))
    value = data.draw(lies[name])
    members[index] = replace(members[index], **{name: value})
    found = checked(zipped(members))
    if found.verdict != "refused":
        assert found.files == checked(SOUND).files


@given(FIELDS, VALUES)
def test_any_value_in_h5p_json(field, value):
    checked(package(description={field: value}))


@given(FIELDS, VALUES)
def test_any_value_in_library_json(field, value):
    told = as_json({**QUESTION.described, field: value})
    checked(package(members={f"{QUESTION.folder}/library.json": told}))


@given(VALUES)
def test_any_content(value):
    found = checked(package(members={"content/content.json": as_json(value)}))
    assert isinstance(value, dict) or found.verdict == "refused"


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_any_text_as_json(text):
    with suppress(Stop):
        read_json(text, Caps())
