"""Zips of which every byte can be a lie, for tests of what checks them."""

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
DAY = (1 << 5) | 1  # 1 January 1980
STORED, DEFLATED = 0, 8
UTF8 = 0x800
FILE_MODE, LINK_MODE, FOLDER_MODE = 0o100644, 0o120777, 0o040755


@dataclass
class Member:
    """A member of a zip. What is None is as it should be."""

    name: str | bytes
    data: bytes = b""
    method: int = DEFLATED
    mode: int = FILE_MODE
    flags: int | None = None
    size: int | None = None  # as both headers tell
    packed_size: int | None = None
    crc: int | None = None
    local_name: str | bytes | None = None  # when the header before the bytes tells another
    local_size: int | None = None
    packed: bytes | None = None
    extra: bytes = b""
    comment: bytes = b""
    at: int | None = None  # where the directory says that it begins

    def bytes_packed(self) -> bytes:
        if self.packed is not None:
            return self.packed
        if self.method != DEFLATED:
            return self.data
        worker = zlib.compressobj(9, zlib.DEFLATED, -15)
        return worker.compress(self.data) + worker.flush()


def zipped(
    members: Iterable[Member],
    *,
    before: bytes = b"",
    between: bytes = b"",
    after: bytes = b"",
    comment: bytes = b"",
    count: int | None = None,
    directory_size: int | None = None,
    directory_at: int | None = None,
    shifted: bool = True,
) -> bytes:
    """`before` stands before the zip, `between` before its directory, `after` behind its end.

    `shifted`: the places in the directory reckon with what stands before.
    """
    body, directory, total = bytearray(before), bytearray(), 0
    base = 0 if shifted else len(before)
    for member in members:
        packed = member.bytes_packed()
        at = len(body) - base if member.at is None else member.at
        body += _local(member, packed) + packed
        directory += _central(member, packed, at)
        total += 1
    body += between
    start = len(body) - base if directory_at is None else directory_at
    told = len(directory) if directory_size is None else directory_size
    number = min(total if count is None else count, 0xFFFF)
    end = struct.pack("<4s4H2IH", END, 0, 0, number, number, told, start, len(comment))
    return bytes(body + directory) + end + comment + after


def _local(member: Member, packed: bytes) -> bytes:
    name = _name(member.name if member.local_name is None else member.local_name)
    size = member.size if member.local_size is None else member.local_size
    facts = _facts(member, packed, size)
    head = struct.pack("<4s5H3I2H", LOCAL, 20, *facts, len(name), len(member.extra))
    return head + name + member.extra


def _central(member: Member, packed: bytes, at: int) -> bytes:
    name = _name(member.name)
    facts = _facts(member, packed, member.size)
    lengths = (len(name), len(member.extra), len(member.comment))
    attributes = (0, 0, (member.mode << 16) & 0xFFFFFFFF, at)
    head = struct.pack("<4s6H3I5H2I", CENTRAL, 0x314, 20, *facts, *lengths, *attributes)
    return head + name + member.extra + member.comment


def _facts(member: Member, packed: bytes, size: int | None) -> tuple[int, ...]:
    crc = zlib.crc32(member.data) if member.crc is None else member.crc
    told = len(packed) if member.packed_size is None else member.packed_size
    real = len(member.data) if size is None else size
    return (_flags(member), member.method, 0, DAY, crc, told, real)


def _flags(member: Member) -> int:
    if member.flags is not None:
        return member.flags
    return 0 if isinstance(member.name, bytes) or member.name.isascii() else UTF8


def _name(name: str | bytes) -> bytes:
    return name if isinstance(name, bytes) else name.encode("utf-8", "surrogatepass")
