"""The looks of the sheets of an .xlsb workbook: the few records of BIFF12 that tell them ([MS-XLSB] 2.3.2 and 2.4)."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
from collections.abc import Iterator

from lxml import etree

from audit.read.limits import Limits, too_many_cells
from audit.read.sheet.look import Look, Place
from audit.read.sheet.number_format import CUSTOM, builtin

_ROW, _COLUMNS, _MERGED = 0, 60, 176
_CELLS = range(1, 12)
"""BrtCellBlank to BrtFmlaError."""
_SHEET = 156
_FORMAT, _XF, _BEGIN_XFS, _END_XFS = 44, 47, 617, 618
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_BOOK = "xl/workbook.bin"
_MOST_COLUMNS = 16384

Record = tuple[int, bytes]


def looks_of_xlsb(path: str, data: bytes, limits: Limits) -> dict[str, Look]:
    """The look of each sheet by its name.

    Raises ReadError for more cells than allowed; ValueError, KeyError or struct.error for what is damaged.
    """
    looks: dict[str, Look] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        targets = _targets(archive)
        styles = next((target for target in targets.values() if target.endswith("styles.bin")), "")
        formats = _formats(archive.read(styles)) if styles else []
        cells = 0
        for kind, content in _records(archive.read(_BOOK)):
            if kind == _SHEET:
                relation, end = _string(content, 8)
                name, _ = _string(content, end)
                look, count = _look(archive.read(targets[relation]), formats)
                looks[name] = look
                cells += count
                if cells > limits.cells:
                    raise too_many_cells(path, cells)
    return looks


def _targets(archive: zipfile.ZipFile) -> dict[str, str]:
    """The parts of the workbook by the names of their relations."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    relations = etree.fromstring(archive.read("xl/_rels/workbook.bin.rels"), parser)
    return {
        each.get("Id", ""): posixpath.normpath(posixpath.join("/xl", each.get("Target", ""))).lstrip("/")
        for each in relations.iter(_RELATION)
    }


def _records(data: bytes) -> Iterator[Record]:
    """The records of a part; raises ValueError where one ends beyond it."""
    at = 0
    while at < len(data):
        kind, at = _number(data, at, 2)
        size, at = _number(data, at, 4)
        if at + size > len(data):
            raise ValueError("a record is cut short")
        yield kind, data[at : at + size]
        at += size


def _number(data: bytes, at: int, most: int) -> tuple[int, int]:
    """(number, where it ends): seven bits a byte, the lowest first, the high bit set in all bytes but the last."""
    number = 0
    for n, byte in enumerate(data[at : at + most]):
        number |= (byte & 0x7F) << 7 * n
        if byte < 0x80:
            return number, at + n + 1
    raise ValueError("a record has no size")


def _string(content: bytes, at: int) -> tuple[str, int]:
    """(text, where it ends)"""
    (length,) = struct.unpack_from("<I", content, at)
    end = at + 4 + 2 * length
    if end > len(content):
        raise ValueError("a text is cut short")
    return content[at + 4 : end].decode("utf-16-le"), end


def _formats(data: bytes) -> list[str]:
    """The number formats of the styles that cells name by their index."""
    custom: dict[int, str] = {}
    found: list[int] = []
    of_cells = False
    for kind, content in _records(data):
        if kind == _FORMAT:
            custom[struct.unpack_from("<H", content)[0]] = _string(content, 2)[0]
        elif kind in (_BEGIN_XFS, _END_XFS):
            of_cells = kind == _BEGIN_XFS
        elif kind == _XF and of_cells:
            found.append(struct.unpack_from("<H", content, 2)[0])
    return [custom.get(each) or (builtin(each) if each < CUSTOM else "General") for each in found]


def _look(data: bytes, formats: list[str]) -> tuple[Look, int]:
    """The look of a sheet, and how many cells it has."""
    cells: dict[Place, str] = {}
    merged: dict[Place, tuple[int, int]] = {}
    rows: set[int] = set()
    columns: set[int] = set()
    row = count = 0
    for kind, content in _records(data):
        if kind in _CELLS:
            column, style = struct.unpack_from("<II", content)
            style &= 0xFFFFFF
            count += 1
            if style < len(formats) and formats[style] != "General":
                cells[row, column + 1] = formats[style]
        elif kind == _ROW:
            row = struct.unpack_from("<I", content)[0] + 1
            if content[11] & 0x10:  # fDyZero
                rows.add(row)
        elif kind == _COLUMNS:
            first, last, _, _, flags = struct.unpack_from("<IIIIH", content)
            if flags & 1:  # fHidden
                columns.update(range(first + 1, min(last + 1, _MOST_COLUMNS) + 1))
        elif kind == _MERGED:
            top, bottom, left, right = struct.unpack_from("<IIII", content)
            merged[top + 1, left + 1] = bottom - top + 1, right - left + 1
    return Look({}, cells, merged, frozenset(rows), frozenset(columns)), count
