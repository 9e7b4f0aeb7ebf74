"""The bytes of one member, in pieces, held against what the zip says of them."""

import zlib
from collections.abc import Iterator
from typing import BinaryIO

from modules.rules.h5p.directory import Entry
from modules.rules.h5p.members import STORED, Archive
from modules.rules.h5p.reasons import Stop

PIECE = 64 * 1024


def unpacked(archive: Archive, entry: Entry) -> Iterator[bytes]:
    """Never more bytes than were told. Raises `Stop` as soon as something is not as told."""
    packed = _packed(archive.file, archive.starts[entry.at], entry.packed_size)
    pieces = packed if entry.method == STORED else _inflated(packed)
    size, crc = 0, 0
    for piece in pieces:
        size += len(piece)
        if size > entry.size:
            raise Stop("SIZE_LIES")
        crc = zlib.crc32(piece, crc)
        yield piece
    if size != entry.size:
        raise Stop("SIZE_LIES")
    if crc != entry.crc:
        raise Stop("BAD_CRC")


def _packed(file: BinaryIO, at: int, left: int) -> Iterator[bytes]:
    while left:
        file.seek(at)
        piece = file.read(min(PIECE, left))
        if not piece:
            raise Stop("BROKEN_MEMBER")
        at += len(piece)
        left -= len(piece)
        yield piece


def _inflated(packed: Iterator[bytes]) -> Iterator[bytes]:
    worker = zlib.decompressobj(-zlib.MAX_WBITS)
    for piece in packed:
        if worker.eof:
            raise Stop("SIZE_LIES")
        left = piece
        while True:
            try:
                made = worker.decompress(left, PIECE)
            except zlib.error as error:
                raise Stop("BROKEN_MEMBER") from error
            left = worker.unconsumed_tail
            yield made
            if worker.eof or (not left and len(made) < PIECE):
                break
    if not worker.eof:
        raise Stop("BROKEN_MEMBER")
    if worker.unused_data:
        raise Stop("SIZE_LIES")
