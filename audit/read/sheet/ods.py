"""The looks of the sheets of an .ods workbook (OASIS OpenDocument 1.3 Part 3, 9.1 and 19.6)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from audit.read.limits import Limits, too_many_cells
from audit.read.sheet.look import Look, Place

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_VALUE_TYPE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}value-type"
_PARAGRAPH = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}p"
_CELLS = frozenset({_TABLE + "table-cell", _TABLE + "covered-table-cell"})
_SHEET, _COLUMN, _ROW = _TABLE + "table", _TABLE + "table-column", _TABLE + "table-row"
_MOST_COLUMNS = 16384


@dataclass(slots=True)
class _Sheet:
    """A sheet being read, at the next row and column."""

    row: int = 1
    column: int = 1
    texts: dict[Place, str] = field(default_factory=dict)
    merged: dict[Place, tuple[int, int]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def look(self) -> Look:
        rows, columns = frozenset(self.hidden_rows), frozenset(self.hidden_columns)
        return Look(self.texts, {}, self.merged, rows, columns)


def looks_of_ods(path: str, data: bytes, limits: Limits) -> dict[str, Look]:
    """The look of each sheet by its name; raises ReadError for more cells than allowed, and what its parsers raise."""
    looks: dict[str, Look] = {}
    cells = depth = 0
    sheet = _Sheet()
    for event, element in _elements(data):
        if element.tag == _SHEET:
            depth += 1 if event == "start" else -1
            if depth == 1 and event == "start":
                sheet = _Sheet()
            elif depth == 0:
                looks[element.get(_TABLE + "name", "")] = sheet.look()
        elif event == "end" and depth == 1:  # a table within a cell is a part of the cell
            if element.tag == _COLUMN:
                _add_columns(element, sheet)
                continue
            cells += sum(count for *_, count in _filled(element)) * _times(element, "rows-repeated")
            if cells > limits.cells:
                raise too_many_cells(path, cells)
            _add_row(element, sheet)
            element.clear()
    return looks


def _elements(data: bytes) -> Iterator[tuple[str, etree._Element]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("content.xml") as stream:
        yield from etree.iterparse(
            stream,
            events=("start", "end"),
            tag=(_SHEET, _COLUMN, _ROW),
            resolve_entities=False,
            no_network=True,
            huge_tree=True,
        )


def _add_columns(element: etree._Element, sheet: _Sheet) -> None:
    count = _times(element, "columns-repeated")
    if _is_hidden(element):
        sheet.hidden_columns.update(range(sheet.column, min(sheet.column + count, _MOST_COLUMNS + 1)))
    sheet.column += count


def _add_row(element: etree._Element, sheet: _Sheet) -> None:
    count = _times(element, "rows-repeated")
    for cell, first, times in _filled(element):
        # A number shows what its paragraphs say; text is read with its blanks by the reader of values.
        said = "\n".join("".join(map(str, each.itertext())) for each in cell.findall(_PARAGRAPH))
        spans = _times(cell, "rows-spanned"), _times(cell, "columns-spanned")
        for row in range(sheet.row, sheet.row + count):
            if _is_hidden(element):
                sheet.hidden_rows.add(row)
            for column in range(first, first + times):
                if said and cell.get(_VALUE_TYPE) != "string":
                    sheet.texts[row, column] = said
                if spans != (1, 1):
                    sheet.merged[row, column] = spans
    sheet.row += count


def _filled(row: etree._Element) -> Iterator[tuple[etree._Element, int, int]]:
    """(cell, its first column, how often it is repeated) of the cells of a row that hold something."""
    column = 1
    for cell in row:
        if cell.tag in _CELLS:
            count = _times(cell, "columns-repeated")
            if cell.get(_VALUE_TYPE) is not None:
                yield cell, column, count
            column += count


def _times(element: etree._Element, name: str) -> int:
    return max(1, int(element.get(f"{_TABLE}number-{name}", "1")))


def _is_hidden(element: etree._Element) -> bool:
    return element.get(_TABLE + "visibility", "visible") != "visible"
