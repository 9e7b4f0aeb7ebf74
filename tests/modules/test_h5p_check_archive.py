"""Rows 1 to 3 of the cases: what is no sound zip is refused before anything is unpacked."""

import hashlib
import io
import json
import zipfile
import zlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modules.rules.h5p import unpacking
from modules.rules.h5p.reasons import Reasons
from tests.h5p_packages import PNG, members_of, package
from tests.h5p_zips import FOLDER_MODE, LINK_MODE, STORED, Member, zipped
from tests.modules.h5p_checking import checked, is_taken, short, told, with_lie, with_members

GIF = b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"
CONTENT = "content/content.json"
MB = 1024 * 1024


@pytest.fixture
def unpacks_nothing(monkeypatch):
    def refused(*arguments):
        raise AssertionError("something was unpacked")

    monkeypatch.setattr("modules.rules.h5p.reading.unpacked", refused)


def test_a_sound_package_is_taken():
    assert is_taken(package())


def test_a_sound_package_of_another_writer_is_taken():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.mkdir("content")
        for member in members_of():
            archive.writestr(str(member.name), member.data)
        archive.comment = b"made by hand"
    assert is_taken(made.getvalue())


class OneWay(io.BytesIO):
    """As a pipe: who writes cannot go back to fill in the sizes."""

    def seekable(self):
        return False

    def tell(self):
        raise io.UnsupportedOperation

    def seek(self, *arguments):
        raise io.UnsupportedOperation


@pytest.mark.parametrize("large", [False, True])
def test_sizes_may_stand_behind_the_bytes(large):
    made = OneWay()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in members_of():
            with archive.open(str(member.name), "w", force_zip64=large) as into:
                into.write(member.data)
    assert is_taken(made.getvalue())


def test_the_form_for_large_zips_is_read(monkeypatch):
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 2)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for member in members_of():
            archive.writestr(str(member.name), member.data)
    data = made.getvalue()
    assert b"PK\x06\x06" in data
    assert is_taken(data)
    at = data.index(b"PK\x06\x06") + 32  # the number of members
    assert told(data[:at] + b"\x63" + data[at + 1 :]) == [("", "BROKEN_ZIP")]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "EMPTY_FILE"),
        (b"a text", "NOT_A_ZIP"),
        (b"PK nothing", "NOT_A_ZIP"),
        (PNG, "NOT_A_ZIP"),
        (b"\0" * 100, "NOT_A_ZIP"),
        (zipped([]), "NO_H5P_JSON"),
        (GIF + package(), "TWO_KINDS"),
        (zipped(members_of(), before=GIF), "TWO_KINDS"),
        (zipped(members_of(), before=GIF, shifted=False), "TWO_KINDS"),
        (b"<script></script>" + package(), "TWO_KINDS"),
        (package()[1:], "TWO_KINDS"),
        (package()[:-1], "TRUNCATED"),
        (package()[: len(package()) // 2], "TRUNCATED"),
        (package()[:4], "TRUNCATED"),
        (package() + b"<html>", "EXTRA_BYTES"),
        (package() + GIF, "EXTRA_BYTES"),
        (package() + package(), "EXTRA_BYTES"),
        (zipped(members_of(), between=b"<html>"), "EXTRA_BYTES"),
        (zipped(members_of(), before=b"PK\x03\x04"), "EXTRA_BYTES"),
        (zipped(members_of(), count=3), "BROKEN_ZIP"),
        (zipped(members_of(), directory_at=0), "EXTRA_BYTES"),
        (zipped(members_of(), directory_at=2**31), "BROKEN_ZIP"),
        (zipped(members_of(), directory_size=10), "EXTRA_BYTES"),
    ],
    ids=short,
)
def test_what_is_no_whole_zip_and_nothing_else(data, code, unpacks_nothing):
    assert [found for _file, found in told(data)] == [code]


def test_what_it_begins_as_is_said():
    [reason] = checked(GIF + package()).reasons
    assert reason.facts == {"kind": "a picture"}
    [reason] = checked(b" \n<!DOCTYPE html>" + package()).reasons
    assert reason.facts == {"kind": "a web page or script"}


def test_a_comment_with_an_end_in_it_is_refused():
    assert told(zipped(members_of(), comment=b"PK\x05\x06" + b"\0" * 18)) == [("", "EXTRA_BYTES")]


def test_bytes_between_members_are_refused():
    first, *rest = members_of()
    hidden = replace(
        first, packed=first.bytes_packed() + b"<html>", packed_size=len(first.bytes_packed())
    )
    assert told(zipped([hidden, *rest])) == [("h5p.json", "EXTRA_BYTES")]


def test_members_across_each_other_are_refused():
    members = members_of()
    members[1].at = 0
    assert ("h5p.json", "OVERLAP") in told(zipped(members))


def test_a_member_that_reaches_into_the_next_is_refused():
    data = zipped([replace(it, method=STORED) for it in members_of()])
    first = len(members_of()[0].data)
    larger = (first + 5).to_bytes(4, "little")
    longer = data.replace(first.to_bytes(4, "little") * 2, larger * 2)
    assert ("h5p.json", "OVERLAP") in told(longer)


def test_a_bomb_is_refused_before_it_is_unpacked(unpacks_nothing):
    bomb = Member("content/images/groot.png", b"\0" * (MB // 2), size=300 * MB)
    found = checked(with_members(bomb))
    assert [(one.file, one.code) for one in found.reasons] == [
        (bomb.name, "MEMBER_TOO_BIG"),
        ("", "TOO_BIG_UNPACKED"),
    ]
    assert found.reasons[0].facts == {"size": "300", "limit": "120"}


def test_a_member_that_grows_too_much_is_refused(unpacks_nothing):
    grown = Member("content/images/groot.png", b"\0" * (2 * MB))
    assert told(with_members(grown)) == [(grown.name, "RATIO")]


def test_what_is_small_may_grow():
    assert is_taken(with_members(Member("content/nul.txt", b"\0" * (MB - 1))))


def test_many_members_that_are_too_much_together(unpacks_nothing):
    parts = [Member(f"content/{n}.txt", b"x" * 1000, method=STORED) for n in range(30)]
    assert told(with_members(*parts), expanded_bytes=30_000) == [("", "TOO_BIG_UNPACKED")]


def test_12000_members_are_refused_by_what_the_end_says(unpacks_nothing):
    many = zipped(Member(f"content/{n}.txt", method=STORED) for n in range(12_000))
    found = checked(many)
    assert [(one.code, one.facts["count"]) for one in found.reasons] == [
        ("TOO_MANY_FILES", "12000")
    ]


def test_a_file_over_the_cap_is_not_read(unpacks_nothing):
    assert told(package(), archive_bytes=1000) == [("", "FILE_TOO_BIG")]


def test_a_list_of_members_over_the_cap_is_not_read():
    assert told(package(), directory_bytes=100) == [("", "BROKEN_ZIP")]


@pytest.mark.parametrize("size", [1, 10, 1_000_000])
@pytest.mark.parametrize("name", [CONTENT, "Voorbeeld.Basis-1.1/css/basis.css"])
def test_a_size_that_lies_is_found(name, size):
    assert (name, "SIZE_LIES") in told(with_lie(name, size=size))


def test_no_more_is_unpacked_than_was_told(monkeypatch):
    """Of a member that grows endlessly only the first piece is made."""
    monkeypatch.setattr(unpacking, "PIECE", 100)
    made, original = [], zlib.crc32

    def counted(piece, crc=0):
        made.append(len(piece))
        return original(piece, crc)

    lie = with_members(Member("content/a.txt", b"\0" * 100_000, size=150))
    monkeypatch.setattr(unpacking.zlib, "crc32", counted)
    assert told(lie) == [("content/a.txt", "SIZE_LIES")]
    assert max(made) <= 100


def test_a_wrong_checksum_is_found():
    assert told(with_lie(CONTENT, crc=1)) == [(CONTENT, "BAD_CRC")]


def test_a_wrong_checksum_is_found_in_what_would_be_left_out():
    left_out = Member("Voorbeeld.Basis-1.1/LICENSE", b"MIT", crc=1)
    assert told(with_members(left_out)) == [(left_out.name, "BAD_CRC")]


@pytest.mark.parametrize("packed", [b"\xff\xff\xff", b"", b"\x4b"])
def test_a_damaged_member_is_found(packed):
    found = told(with_lie(CONTENT, packed=packed))
    assert found == [(CONTENT, "BROKEN_MEMBER")]


def test_bytes_behind_the_end_of_a_packed_member_are_found():
    [content] = [one for one in members_of() if one.name == CONTENT]
    assert told(with_lie(CONTENT, packed=content.bytes_packed() + b"more")) == [
        (CONTENT, "SIZE_LIES")
    ]


def test_two_headers_that_differ_are_refused(unpacks_nothing):
    assert told(with_lie(CONTENT, local_name="content/content.jsan")) == [
        (CONTENT, "HEADER_DIFFERS")
    ]
    assert told(with_lie(CONTENT, local_size=3)) == [(CONTENT, "HEADER_DIFFERS")]


def test_a_second_name_in_an_extra_field_is_refused(unpacks_nothing):
    second = b"\x75\x70" + (5 + 5).to_bytes(2, "little") + b"\1\0\0\0\0" + b"x.php"
    assert told(with_lie(CONTENT, extra=second)) == [(CONTENT, "HEADER_DIFFERS")]


@pytest.mark.parametrize("flags", [0x1, 0x41, 0x2000])
def test_a_member_with_a_password_is_refused(flags, unpacks_nothing):
    assert told(with_lie(CONTENT, flags=flags)) == [(CONTENT, "ENCRYPTED")]


@pytest.mark.parametrize("method", [1, 9, 12, 14, 93])
def test_other_ways_of_packing_are_refused(method, unpacks_nothing):
    [reason] = checked(with_lie(CONTENT, method=method)).reasons
    assert (reason.file, reason.code, reason.facts) == (
        CONTENT,
        "COMPRESSION",
        {"method": str(method)},
    )


def test_a_member_that_mends_another_is_refused(unpacks_nothing):
    assert told(with_lie(CONTENT, flags=0x20)) == [(CONTENT, "COMPRESSION")]


@pytest.mark.parametrize(
    ("mode", "code"),
    [
        (LINK_MODE, "SYMLINK"),
        (FOLDER_MODE, "SPECIAL_FILE"),
        (0o020666, "SPECIAL_FILE"),
        (0o060666, "SPECIAL_FILE"),
        (0o010666, "SPECIAL_FILE"),
        (0o140777, "SPECIAL_FILE"),
    ],
)
def test_links_and_devices_are_refused(mode, code, unpacks_nothing):
    link = Member("content/images/a.png", b"../../../etc/passwd", mode=mode)
    assert told(with_members(link)) == [(link.name, code)]


def test_a_folder_holds_no_bytes():
    assert told(with_members(Member("content/images/", b"x"))) == [
        ("content/images/", "SPECIAL_FILE")
    ]
    assert is_taken(with_members(Member("content/images/", mode=FOLDER_MODE)))


def test_all_that_is_wrong_with_members_is_told():
    wrong = [
        Member("content/a.png", method=99),
        Member("content/b.png", mode=LINK_MODE),
        Member("content/c.png", b"c", local_name="content/d.png"),
    ]
    assert told(with_members(*wrong)) == [
        ("content/a.png", "ENCRYPTED"),
        ("content/b.png", "SYMLINK"),
        ("content/c.png", "HEADER_DIFFERS"),
    ]


def test_of_very_many_faults_the_first_are_told():
    found = told(with_members(*[Member(f"content/{n}.php") for n in range(300)]))
    assert len(found) == 101
    assert found[-1] == ("", "TOO_MANY_REASONS")


def test_a_reason_that_is_found_again_is_no_other_reason():
    reasons = Reasons(1)
    reasons.add("a", "NO_ENDING")
    reasons.add("a", "NO_ENDING")
    assert [one.code for one in reasons.told()] == ["NO_ENDING"]


@given(st.binary(max_size=50), st.integers(0, 400), st.integers(1, 9))
def test_every_byte_comes_out_whatever_the_pieces(data, times, piece):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(unpacking, "PIECE", piece)
        name = "content/a.txt"
        found = checked(with_members(Member(name, data * times)), ratio_from=MB)
    [kept] = [one for one in found.files if one.member == name]
    assert kept.sha256 == hashlib.sha256(data * times).hexdigest()


def measured():
    """What a sound package takes of each cap, counted in another way than the check does."""
    members = members_of(files={"a.txt": b"x" * 20_000})
    data = zipped(members)
    texts = [one.data for one in members if str(one.name).endswith(".json")]
    return data, {
        "archive_bytes": len(data),
        "members": len(members),
        "directory_bytes": sum(46 + len(one.name) for one in members),
        "expanded_bytes": sum(len(one.data) for one in members),
        "member_bytes": 20_000,
        "path_length": max(len(one.name) for one in members),
        "json_bytes": max(map(len, texts)),
        "described_bytes": max(map(len, described(members))),
        "json_total_bytes": sum(map(len, texts)),
        "json_depth": max(depth(json.loads(text)) for text in texts),
        "libraries": 2,
    }


def described(members):
    names = ("h5p.json", "library.json")
    return [one.data for one in members if str(one.name).endswith(names)]


def depth(value):
    inner = (
        value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    )
    return 0 if inner is None else 1 + max(map(depth, inner), default=0)


@pytest.mark.parametrize("cap", measured()[1])
def test_a_cap_is_what_is_still_allowed(cap):
    data, taken = measured()
    assert is_taken(data, **{cap: taken[cap]})
    assert told(data, **{cap: taken[cap] - 1})
