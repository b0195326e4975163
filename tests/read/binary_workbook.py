"""Writes the smallest .xlsb that a reader takes: records of BIFF12 ([MS-XLSB] 2.1.4) in a package."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Sequence

_ROW, _REAL, _STRING = 0, 5, 6
_BEGIN_SHEET, _END_SHEET, _DIMENSION, _BEGIN_DATA, _END_DATA = 129, 130, 148, 145, 146
_BEGIN_BOOK, _END_BOOK, _BEGIN_SHEETS, _END_SHEETS, _SHEET = 131, 132, 143, 144, 156
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


def package(name: str, rows: Sequence[Sequence[str | float]]) -> bytes:
    """The bytes of a workbook with one sheet."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_TYPES}"><Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.'
            'macroEnabled.main"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
            'relationships+xml"/></Types>',
        )
        archive.writestr("_rels/.rels", _related("officeDocument", "xl/workbook.bin"))
        archive.writestr("xl/_rels/workbook.bin.rels", _related("worksheet", "worksheets/sheet1.bin"))
        sheet = _record(_SHEET, struct.pack("<II", 0, 1) + _wide("rId1") + _wide(name))
        book = [(_BEGIN_BOOK, b""), (_BEGIN_SHEETS, b"")]
        archive.writestr(
            "xl/workbook.bin",
            b"".join(_record(*each) for each in book) + sheet + _record(_END_SHEETS) + _record(_END_BOOK),
        )
        archive.writestr("xl/worksheets/sheet1.bin", _sheet(rows))
    return stream.getvalue()


def _related(kind: str, target: str) -> str:
    relation = f'<Relationship Id="rId1" Type="{_OFFICE}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{_RELATIONS}">{relation}</Relationships>'


def _sheet(rows: Sequence[Sequence[str | float]]) -> bytes:
    parts = [_record(_BEGIN_SHEET)]
    parts.append(_record(_DIMENSION, struct.pack("<IIII", 0, len(rows) - 1, 0, max(map(len, rows)) - 1)))
    parts.append(_record(_BEGIN_DATA))
    for number, row in enumerate(rows):
        parts.append(_record(_ROW, struct.pack("<I", number) + bytes(13)))
        for column, value in enumerate(row):
            place = struct.pack("<II", column, 0)
            if isinstance(value, str):
                parts.append(_record(_STRING, place + _wide(value)))
            else:
                parts.append(_record(_REAL, place + struct.pack("<d", value)))
    return b"".join([*parts, _record(_END_DATA), _record(_END_SHEET)])


def _record(kind: int, content: bytes = b"") -> bytes:
    return _variable(kind) + _variable(len(content)) + content


def _variable(number: int) -> bytes:
    """Seven bits a byte, the lowest first, the high bit set in all but the last."""
    found = bytearray()
    while True:
        number, low = number >> 7, number & 0x7F
        found.append(low | (0x80 if number else 0))
        if not number:
            return bytes(found)


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")
