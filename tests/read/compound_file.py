"""Writes the smallest compound file of one stream that a reader takes ([MS-CFB])."""

from __future__ import annotations

import struct

_SECTOR = 512
_END, _TABLE, _FREE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_LEAST = 4096
"""Shorter streams would stand in a stream of their own kind."""


def compound_file(name: str, stream: bytes) -> bytes:
    """The bytes of a file with one stream, filled up with zeros; first its table of sectors, then its directory."""
    stream = stream.ljust(_LEAST, b"\0")
    sectors = -(-len(stream) // _SECTOR)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, _LEAST, _END, 0, _END, 0)
    head += struct.pack("<109I", 0, *[_FREE] * 108)
    chain = [*range(3, 2 + sectors), _END]
    table = struct.pack("<128I", _TABLE, _END, *chain, *[_FREE] * (126 - sectors))
    directory = _entry("Root Entry", 5, 1, _END, 0) + _entry(name, 2, _FREE, 2, len(stream))
    return head + table + directory.ljust(_SECTOR, b"\0") + stream.ljust(sectors * _SECTOR, b"\0")


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    said = name.encode("utf-16-le")
    named = said.ljust(64, b"\0") + struct.pack("<HBB", len(said) + 2, kind, 1)
    return named + struct.pack("<III", _FREE, _FREE, child) + bytes(36) + struct.pack("<IQ", start, size)
