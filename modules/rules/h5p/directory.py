"""The list of files at the end of a zip, read before anything is unpacked.

Nothing may stand before, between or behind: a file that is also something else is refused. What
passes is read the same way by `zipfile`, so there is one truth about what is in it.
"""

import os
import struct
from dataclasses import dataclass
from typing import BinaryIO

from modules.rules.h5p.caps import Caps
from modules.rules.h5p.magic import kind_of
from modules.rules.h5p.reasons import Stop, megabytes

LOCAL_SIGN, CENTRAL_SIGN, END_SIGN = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
END64_SIGN, LOCATOR_SIGN = b"PK\x06\x06", b"PK\x06\x07"
END = struct.Struct("<4s4H2LH")
END64 = struct.Struct("<4sQ2H2L4Q")
LOCATOR = struct.Struct("<4sLQL")
CENTRAL = struct.Struct("<4s6H3L5H2L")
LONGEST_COMMENT = 0xFFFF
IN_UTF8 = 0x800  # flag: the name is in UTF-8
ZIP64, UNICODE_PATH = 1, 0x7075  # extra fields
NOT_HERE = 0xFFFFFFFF  # a size that stands in an extra field


@dataclass(frozen=True)
class Entry:
    """A file or folder as the directory tells of it."""

    raw_name: bytes
    name: str | None  # None: not in the encoding that it says
    flags: int
    method: int
    crc: int
    packed_size: int
    size: int
    mode: int  # of Unix; 0 when it is not told
    at: int  # where its own header begins
    has_two_names: bool = False

    @property
    def shown(self) -> str:
        return self.name if self.name is not None else self.raw_name.decode("utf-8", "replace")

    @property
    def is_folder(self) -> bool:
        return self.raw_name.endswith(b"/")


@dataclass(frozen=True)
class Directory:
    entries: tuple[Entry, ...]
    at: int  # where it begins, and the last member ends


@dataclass(frozen=True)
class _End:
    """What the end of a zip says: how much directory there is, and where."""

    disks: set[int]
    here: int
    count: int
    size: int
    at: int


def read_directory(file: BinaryIO, caps: Caps) -> Directory:
    """Raises `Stop` when it is no zip, or one that no-one should read further."""
    total = file.seek(0, os.SEEK_END)
    if total == 0:
        raise Stop("EMPTY_FILE")
    if total > caps.archive_bytes:
        limit = megabytes(caps.archive_bytes)
        raise Stop("FILE_TOO_BIG", size=megabytes(total), limit=limit)
    end_at, end = _end(file, total)
    if end.disks != {0} or end.here != end.count:
        raise Stop("SPLIT_ZIP")
    if end.count > caps.members:
        raise Stop("TOO_MANY_FILES", count=end.count, limit=caps.members)
    if end.size > caps.directory_bytes or end.at + end.size > end_at:
        raise Stop("BROKEN_ZIP")
    if end.at + end.size < end_at:
        raise Stop("EXTRA_BYTES")
    file.seek(end.at)
    entries = _entries(file.read(end.size))
    if len(entries) != end.count:
        raise Stop("BROKEN_ZIP")
    return Directory(tuple(entries), end.at)


def _end(file: BinaryIO, total: int) -> tuple[int, _End]:
    """Where the end record begins (the older one of two), and what it says."""
    start = max(0, total - END.size - LONGEST_COMMENT)
    file.seek(0)
    head = file.read(512)
    file.seek(start)
    tail = file.read()
    found = _last_end(tail)
    if not head.startswith((LOCAL_SIGN, END_SIGN)):
        raise Stop("NOT_A_ZIP") if found < 0 else Stop("TWO_KINDS", kind=kind_of(head))
    if found < 0:
        raise Stop("TRUNCATED")
    _sign, *disks, here, count, size, at, comment = END.unpack_from(tail, found)
    if found + END.size + comment != len(tail):
        raise Stop("TRUNCATED" if found + END.size + comment > len(tail) else "EXTRA_BYTES")
    end = _End(set(disks), here, count, size, at)
    return _newer_end(file, start + found, end)


def _last_end(tail: bytes) -> int:
    """As `zipfile` looks for it: without a comment first, else the last that there is."""
    plain = len(tail) - END.size
    if plain >= 0 and tail.startswith(END_SIGN, plain) and tail.endswith(b"\0\0"):
        return plain
    found = tail.rfind(END_SIGN)
    return found if found <= plain else -1


def _newer_end(file: BinaryIO, end_at: int, end: _End) -> tuple[int, _End]:
    """The record for large zips, when there is one; both must say the same."""
    locator_at = end_at - LOCATOR.size
    at = locator_at - END64.size
    if at < 0:
        return end_at, end
    file.seek(at)
    read = file.read(END64.size + LOCATOR.size)
    sign, disk, told_at, disks = LOCATOR.unpack_from(read, END64.size)
    if sign != LOCATOR_SIGN:
        return end_at, end
    sign, length, _by, _needs, *numbers = END64.unpack_from(read)
    if sign != END64_SIGN or told_at != at or disks > 1 or length != END64.size - 12:
        raise Stop("BROKEN_ZIP")
    newer = _End({disk, numbers[0], numbers[1]}, *numbers[2:])
    pairs = [(end.here, newer.here), (end.count, newer.count)]
    if not all(old in {new, 0xFFFF} for old, new in pairs):
        raise Stop("BROKEN_ZIP")
    if not all(old in {new, NOT_HERE} for old, new in [(end.size, newer.size), (end.at, newer.at)]):
        raise Stop("BROKEN_ZIP")
    return at, newer


def _entries(directory: bytes) -> list[Entry]:
    found, at = [], 0
    while at < len(directory):
        if len(directory) - at < CENTRAL.size or directory[at : at + 4] != CENTRAL_SIGN:
            raise Stop("BROKEN_ZIP")
        lengths = CENTRAL.unpack_from(directory, at)[10:13]
        end = at + CENTRAL.size + sum(lengths)
        if end > len(directory):
            raise Stop("BROKEN_ZIP")
        found.append(_entry(directory[at:end]))
        at = end
    return found


def _entry(record: bytes) -> Entry:
    told = CENTRAL.unpack_from(record)
    name_end = CENTRAL.size + told[10]
    raw_name = record[CENTRAL.size : name_end]
    extra = extra_fields(record[name_end : name_end + told[11]])
    size, packed, at = _large([told[9], told[8], told[16]], extra)
    if told[13] not in {0, 0xFFFF}:
        raise Stop("SPLIT_ZIP")
    return Entry(
        raw_name,
        _decoded(raw_name, flags=told[3]),
        flags=told[3],
        method=told[4],
        crc=told[7],
        packed_size=packed,
        size=size,
        mode=told[15] >> 16,
        at=at,
        has_two_names=UNICODE_PATH in extra and extra[UNICODE_PATH][5:] != raw_name,
    )


def extra_fields(extra: bytes) -> dict[int, bytes]:
    """What stands behind a name, by number. Padding at the end is left."""
    found: dict[int, bytes] = {}
    while len(extra) >= 4:
        number, length = struct.unpack_from("<HH", extra)
        if length > len(extra) - 4 or (number == ZIP64 and number in found):
            raise Stop("BROKEN_ZIP")
        found[number] = extra[4 : 4 + length]
        extra = extra[4 + length :]
    return found


def _large(sizes: list[int], extra: dict[int, bytes]) -> list[int]:
    """Sizes that do not fit in four bytes stand in an extra field, in this order."""
    large = extra.get(ZIP64, b"")
    numbers = iter(struct.unpack_from(f"<{len(large) // 8}Q", large))
    found = [next(numbers, None) if size == NOT_HERE else size for size in sizes]
    known = [size for size in found if size is not None]
    if len(known) < len(sizes):
        raise Stop("BROKEN_ZIP")
    return known


def _decoded(name: bytes, flags: int) -> str | None:
    try:
        return name.decode("utf-8" if flags & IN_UTF8 else "ascii")
    except UnicodeDecodeError:
        return None
