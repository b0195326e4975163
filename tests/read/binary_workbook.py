"""Writes the smallest .xlsb that a reader takes: records of BIFF12 ([MS-XLSB] 2.1.4) in a package."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

_ROW, _REAL, _STRING = 0, 5, 6
_COLUMNS, _MERGED, _FORMAT, _XF, _BEGIN_XFS, _END_XFS = 60, 176, 44, 47, 617, 618
_BEGIN_STYLES, _END_STYLES, _BEGIN_FORMATS, _END_FORMATS = 278, 279, 615, 616
_BEGIN_COLUMNS, _END_COLUMNS, _BEGIN_MERGED, _END_MERGED = 390, 391, 177, 178
_BEGIN_SHEET, _END_SHEET, _DIMENSION, _BEGIN_DATA, _END_DATA = 129, 130, 148, 145, 146
_BEGIN_BOOK, _END_BOOK, _BEGIN_SHEETS, _END_SHEETS, _SHEET = 131, 132, 143, 144, 156
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


@dataclass(frozen=True, slots=True)
class Look:
    """How the sheet shows its cells: a number format a column, what is hidden, and merged ranges; all counted from 0.

    A range is (first row, last row, first column, last column).
    """

    formats: Sequence[str] = ()
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[int] = ()
    merged: Sequence[tuple[int, int, int, int]] = ()


def package(name: str, rows: Sequence[Sequence[str | float]], look: Look = Look()) -> bytes:
    """The bytes of a workbook with one sheet."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_TYPES}"><Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.'
            'macroEnabled.main"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
            'relationships+xml"/></Types>',
        )
        archive.writestr("_rels/.rels", _related(officeDocument="xl/workbook.bin"))
        related = _related(worksheet="worksheets/sheet1.bin", styles="styles.bin")
        archive.writestr("xl/_rels/workbook.bin.rels", related)
        sheet = _record(_SHEET, struct.pack("<II", 0, 1) + _wide("worksheet") + _wide(name))
        archive.writestr(
            "xl/workbook.bin",
            _record(_BEGIN_BOOK) + _within(_BEGIN_SHEETS, [sheet], _END_SHEETS, counted=False) + _record(_END_BOOK),
        )
        archive.writestr("xl/styles.bin", _styles(look.formats))
        archive.writestr("xl/worksheets/sheet1.bin", _sheet(rows, look))
    return stream.getvalue()


def _related(**targets: str) -> str:
    relations = "".join(
        f'<Relationship Id="{kind}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for kind, target in targets.items()
    )
    return f'<Relationships xmlns="{_RELATIONS}">{relations}</Relationships>'


def _styles(formats: Sequence[str]) -> bytes:
    defined = [_record(_FORMAT, struct.pack("<H", 164 + n) + _wide(said)) for n, said in enumerate(formats)]
    numbers = [0, *(164 + n for n in range(len(formats)))]
    styles = [_record(_XF, struct.pack("<HH", 0, number) + bytes(10) + b"\1\0") for number in numbers]
    return (
        _record(_BEGIN_STYLES)
        + _within(_BEGIN_FORMATS, defined, _END_FORMATS)
        + _within(_BEGIN_XFS, styles, _END_XFS)
        + _record(_END_STYLES)
    )


def _sheet(rows: Sequence[Sequence[str | float]], look: Look) -> bytes:
    parts = [_record(_BEGIN_SHEET)]
    parts.append(_record(_DIMENSION, struct.pack("<IIII", 0, len(rows) - 1, 0, max(map(len, rows)) - 1)))
    columns = [_record(_COLUMNS, struct.pack("<IIIIH", at, at, 2304, 0, 1)) for at in look.hidden_columns]
    parts.append(_within(_BEGIN_COLUMNS, columns, _END_COLUMNS, counted=False))
    parts.append(_record(_BEGIN_DATA))
    for number, row in enumerate(rows):
        flags = 0x10 if number in look.hidden_rows else 0
        parts.append(_record(_ROW, struct.pack("<IIHBBBI", number, 0, 300, 0, flags, 0, 0)))
        for column, value in enumerate(row):
            place = struct.pack("<II", column, column + 1 if column < len(look.formats) else 0)
            if isinstance(value, str):
                parts.append(_record(_STRING, place + _wide(value)))
            else:
                parts.append(_record(_REAL, place + struct.pack("<d", value)))
    parts.append(_record(_END_DATA))
    parts.append(
        _within(_BEGIN_MERGED, [_record(_MERGED, struct.pack("<IIII", *each)) for each in look.merged], _END_MERGED)
    )
    return b"".join([*parts, _record(_END_SHEET)])


def _within(begin: int, records: Sequence[bytes], end: int, *, counted: bool = True) -> bytes:
    """Records between those that begin and end them, nothing where there are none."""
    head = struct.pack("<I", len(records)) if counted else b""
    return _record(begin, head) + b"".join(records) + _record(end) if records else b""


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
