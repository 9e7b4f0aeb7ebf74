"""What the members of a zip say of themselves, before one is unpacked."""

import stat
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import BinaryIO

from modules.rules.h5p.caps import Caps
from modules.rules.h5p.directory import (
    LOCAL_SIGN,
    NOT_HERE,
    ZIP64,
    Directory,
    Entry,
    extra_fields,
    read_directory,
)
from modules.rules.h5p.reasons import Reasons, Stop, megabytes

LOCAL = struct.Struct("<4s5H3L2H")
STORED, DEFLATED, AES = 0, 8, 99
LOCKED, STREAMED = 0x1 | 0x40 | 0x2000, 0x8  # flags
TELLING = LOCKED | STREAMED | 0x800 | 0x20  # flags that both headers must agree on
DESCRIPTOR_SIGN = b"PK\x07\x08"


@dataclass(frozen=True)
class Archive:
    """A zip of which every byte has its place. Its members are not unpacked yet."""

    file: BinaryIO
    entries: tuple[Entry, ...]
    starts: dict[int, int]  # where the bytes of a member begin, by where its header does


def open_archive(file: BinaryIO, caps: Caps, reasons: Reasons) -> Archive:
    """Raises `Stop` when it is no zip; what is wrong with members is told in `reasons`."""
    directory = read_directory(file, caps)
    _tell_sizes(directory, caps, reasons)
    for entry in directory.entries:
        for code, facts in _wrong(entry):
            reasons.add(entry.shown, code, **facts)
    return Archive(file, directory.entries, _starts(file, directory, reasons))


def _tell_sizes(directory: Directory, caps: Caps, reasons: Reasons) -> None:
    for entry in directory.entries:
        if entry.size > caps.member_bytes:
            size, limit = megabytes(entry.size), megabytes(caps.member_bytes)
            reasons.add(entry.shown, "MEMBER_TOO_BIG", size=size, limit=limit)
        elif entry.size > max(caps.ratio_from, entry.packed_size * caps.ratio):
            reasons.add(entry.shown, "RATIO", limit=caps.ratio)
    total = sum(entry.size for entry in directory.entries)
    if total > caps.expanded_bytes:
        limit = megabytes(caps.expanded_bytes)
        reasons.add("", "TOO_BIG_UNPACKED", size=megabytes(total), limit=limit)


def _wrong(entry: Entry) -> Iterator[tuple[str, dict[str, object]]]:
    if entry.flags & LOCKED or entry.method == AES:
        yield "ENCRYPTED", {}
    elif entry.method not in {STORED, DEFLATED} or entry.flags & 0x20:
        yield "COMPRESSION", {"method": entry.method}
    elif entry.method == STORED and entry.size != entry.packed_size:
        yield "SIZE_LIES", {}
    if entry.has_two_names:
        yield "HEADER_DIFFERS", {}
    yield from ((code, {}) for code in _wrong_kind(entry))


def _wrong_kind(entry: Entry) -> Iterator[str]:
    kind = stat.S_IFMT(entry.mode)
    allowed = {0, stat.S_IFREG, stat.S_IFDIR} if entry.is_folder else {0, stat.S_IFREG}
    if kind == stat.S_IFLNK:
        yield "SYMLINK"
    elif kind not in allowed or (entry.is_folder and entry.size):
        yield "SPECIAL_FILE"


def _starts(file: BinaryIO, directory: Directory, reasons: Reasons) -> dict[int, int]:
    """Each member must begin where the one before ends, the first at the first byte."""
    entries = sorted(directory.entries, key=lambda entry: entry.at)
    places = [entry.at for entry in entries] + [directory.at]
    if places[0] != 0:
        raise Stop("EXTRA_BYTES")
    found = {}
    for entry, (_at, ends) in zip(entries, pairwise(places), strict=True):
        if entry.at >= ends:
            reasons.add(entry.shown, "OVERLAP")
            continue
        try:
            found[entry.at] = _start(file, entry, ends)
        except Stop as stop:
            reasons.add_stop(entry.shown, stop)
    return found


def _start(file: BinaryIO, entry: Entry, ends: int) -> int:
    file.seek(entry.at)
    head = file.read(LOCAL.size)  # never short: the directory stands behind it
    if not head.startswith(LOCAL_SIGN):
        raise Stop("HEADER_DIFFERS")
    _sign, _needs, flags, method, _time, _day, crc, packed, size, named, extra = LOCAL.unpack(head)
    name, more = file.read(named), file.read(extra)
    sizes = _sizes(packed, size, more)
    same = (flags & TELLING, method, name) == (entry.flags & TELLING, entry.method, entry.raw_name)
    told = (crc, *sizes) == (entry.crc, entry.packed_size, entry.size)
    is_later = bool(flags & STREAMED) and (crc, *sizes) == (0, 0, 0)
    if not same or not (told or is_later):
        raise Stop("HEADER_DIFFERS")
    start: int = entry.at + LOCAL.size + named + extra
    _check_end(file, entry, start + entry.packed_size, ends, may_be_bare=told)
    return start


def _sizes(packed: int, size: int, extra: bytes) -> tuple[int, int]:
    """As the header tells, or its extra field where they are large."""
    if NOT_HERE not in {packed, size}:
        return packed, size
    large = extra_fields(extra).get(ZIP64, b"")
    if len(large) < 16:
        raise Stop("HEADER_DIFFERS")
    return int.from_bytes(large[8:16], "little"), int.from_bytes(large[:8], "little")


def _check_end(file: BinaryIO, entry: Entry, at: int, ends: int, *, may_be_bare: bool) -> None:
    """Behind the bytes may only stand the sizes and checksum, when they were not known before."""
    left = ends - at
    if left < 0:
        raise Stop("OVERLAP")
    if left == 0 and may_be_bare:
        return
    if not entry.flags & STREAMED or left > 24:
        raise Stop("EXTRA_BYTES")
    file.seek(at)
    facts = file.read(left)
    if left in {16, 24}:
        facts = facts.removeprefix(DESCRIPTOR_SIGN)
    expected = {
        struct.pack(form, entry.crc, entry.packed_size, entry.size)
        for form in (["<LLL"] if entry.size < NOT_HERE else []) + ["<LQQ"]
    }
    if facts not in expected:
        raise Stop("HEADER_DIFFERS")
