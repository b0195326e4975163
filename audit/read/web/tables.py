"""Tables of a page while they are read: cells in their columns, and whether the table holds data or only a layout."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from audit.read.compose import Draft, Passage, TableCell, TableDraft

_WIDEST = 1000
_PROSE = 300
"""More text than this, in several paragraphs of one cell: the cell is a part of the page, not a value."""


@dataclass(slots=True)
class OpenCell:
    """A cell being read: its row and column, and the paragraphs and tables in it."""

    row: int
    column: int
    row_span: int
    column_span: int
    drafts: list[Draft] = field(default_factory=list)


@dataclass(slots=True)
class OpenTable:
    """A table being read."""

    rows: list[list[OpenCell]] = field(default_factory=list)
    taken: dict[int, int] = field(default_factory=dict)
    """column -> the first row that it is free in again"""
    captions: list[Passage] = field(default_factory=list)

    def begin_row(self) -> None:
        """Begins the next row."""
        self.rows.append([])

    def begin_cell(self, row_span: int, column_span: int) -> OpenCell:
        """A new cell in the first free column of the last row."""
        if not self.rows:
            self.begin_row()
        row = len(self.rows) - 1
        last = self.rows[-1][-1] if self.rows[-1] else None
        column = last.column + last.column_span if last is not None else 0
        while self.taken.get(column, 0) > row:
            column += 1
        column_span = max(1, min(column_span, _WIDEST))
        cell = OpenCell(row, column, max(1, row_span), column_span)
        if row_span > 1:
            self.taken.update((column + at, row + row_span) for at in range(column_span))
        self.rows[-1].append(cell)
        return cell

    def drafts(self) -> Iterator[Draft]:
        """The table with its captions; of one that only lays out a page, the paragraphs and tables in its cells."""
        yield from self.captions
        cells = [cell for row in self.rows for cell in row]
        if any(_is_layout(cell) for cell in cells):
            for cell in cells:
                yield from cell.drafts
            return
        rows = [row for row in self.rows if row]
        made = (tuple(_made(cell, at, len(rows)) for cell in row) for at, row in enumerate(rows))
        yield TableDraft(tuple(made))


def _is_layout(cell: OpenCell) -> bool:
    passages = [draft for draft in cell.drafts if isinstance(draft, Passage)]
    if len(passages) < len(cell.drafts):
        return True
    return len(passages) > 1 and sum(len(passage.text) for passage in passages) > _PROSE


def _made(cell: OpenCell, row: int, height: int) -> TableCell:
    passages = [draft for draft in cell.drafts if isinstance(draft, Passage)]
    text = "\n".join(passage.text.strip() for passage in passages)
    place = next((passage.place for passage in passages if passage.place), "")
    # rowspan="0" and spans beyond the table end with it
    span = min(cell.row_span, height - row)
    return TableCell(text, row, cell.column, span, cell.column_span, place)
