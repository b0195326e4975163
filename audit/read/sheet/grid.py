"""Cells of a sheet -> paragraphs and tables: lines above and below a table are its title, its unit and its notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from audit.document import BlockKind
from audit.read.compose import UNPRINTED, Draft, Passage, TableCell, TableDraft

_UNNAMED = re.compile(r"(?:sheet|工作表|表)\s*[0-9]*", re.IGNORECASE)
_LONG = 40
"""A single text of more characters is a paragraph, whatever stands around it."""


@dataclass(frozen=True, slots=True)
class SheetCell:
    """What a cell shows, whether as a number, and how many rows and columns it takes."""

    text: str
    number: bool = False
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's name and its cells by (row, column) from 1; the rows and columns that are hidden."""

    name: str
    cells: Mapping[tuple[int, int], SheetCell]
    hidden: bool = False
    hidden_rows: frozenset[int] = field(default=frozenset())
    hidden_columns: frozenset[int] = field(default=frozenset())

    def place(self, row: int, column: int) -> str:
        """A cell's address, with a mark where the cell is hidden."""
        hidden = self.hidden or row in self.hidden_rows or column in self.hidden_columns
        return f"{self.name}!{column_name(column)}{row}" + ("（隐藏）" if hidden else "")


def column_name(number: int) -> str:
    """The letters of a column counted from 1."""
    said = ""
    while number:
        number, digit = divmod(number - 1, 26)
        said = chr(ord("A") + digit) + said
    return said


def drafts_of(sheet: Sheet) -> Iterator[Draft]:
    """The paragraphs and tables of a sheet, top to bottom, below its name where someone gave it one."""
    rows: dict[int, list[tuple[int, SheetCell]]] = {}
    for (row, column), cell in sorted(sheet.cells.items()):
        if cell.text.strip():
            rows.setdefault(row, []).append((column, cell))
    if rows and not _UNNAMED.fullmatch(sheet.name):
        yield Passage(sheet.name, sheet.name, BlockKind.HEADING, 1)
    block: list[int] = []
    covered = 0
    for row in rows:
        if block and row > covered + 1:
            yield from _block(sheet, rows, block)
            block = []
        block.append(row)
        covered = max([row, *(row + cell.row_span - 1 for _, cell in rows[row])])
    yield from _block(sheet, rows, block)


def _block(sheet: Sheet, rows: Mapping[int, Sequence[tuple[int, SheetCell]]], block: Sequence[int]) -> Iterator[Draft]:
    """Rows without an empty one between them: lines of one text before and behind the table, and the table."""
    full = [row for row in block if not _is_line(rows[row])]
    table: list[int] = []
    for row in block:
        inside = full and full[0] < row < full[-1] and not _is_paragraph(rows[row])
        if row in full[:1] or row in full[-1:] or inside or row in full:
            table.append(row)
            continue
        yield from _table(sheet, rows, table)
        table = []
        column, cell = rows[row][0]
        yield Passage(UNPRINTED.sub("", cell.text), sheet.place(row, column), source=(sheet.name, row, column))
    yield from _table(sheet, rows, table)


def _is_line(row: Sequence[tuple[int, SheetCell]]) -> bool:
    return len(row) == 1 and not row[0][1].number


def _is_paragraph(row: Sequence[tuple[int, SheetCell]]) -> bool:
    return _is_line(row) and len(row[0][1].text) > _LONG


def _table(sheet: Sheet, rows: Mapping[int, Sequence[tuple[int, SheetCell]]], table: Sequence[int]) -> Iterator[Draft]:
    if not table:
        return
    left = min(column for row in table for column, _ in rows[row])
    first = table[0]
    made = []
    for row in range(first, table[-1] + 1):
        made.append(
            tuple(
                TableCell(
                    UNPRINTED.sub("", cell.text),
                    row - first,
                    column - left,
                    min(cell.row_span, table[-1] + 1 - row),
                    cell.column_span,
                    sheet.place(row, column),
                    (sheet.name, row, column),
                )
                for column, cell in rows.get(row, ())
            )
        )
    yield TableDraft(tuple(made))
