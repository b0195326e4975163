"""HTML tables inside a text; their cells' spans point into the text, markup inside a cell included."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from audit.document import Cell, Table
from audit.span import Span

# A tag ends before the next one begins, so that unclosed ones cost no second look at the text.
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)([^<>]*)>")
_SPAN = re.compile(r"\b(row|col)span\s*=\s*[\"']?\s*([0-9]{1,4})", re.IGNORECASE)
_WRAPPERS = frozenset({"html", "body", "div", "center", "figure"})
_PARTS = frozenset({"table", "tr", "td", "th"})


@dataclass(slots=True)
class _Open:
    """A table being read: its rows so far, and where its open cell began."""

    start: int
    rows: list[list[Cell]] = field(default_factory=list)
    taken: set[tuple[int, int]] = field(default_factory=set)
    cell: tuple[int, str] | None = None

    def begin_row(self) -> None:
        self.rows.append([])

    def end_cell(self, text: str, end: int) -> None:
        if self.cell is None:
            return
        if not self.rows:
            self.begin_row()
        start, attributes = self.cell
        self.cell = None
        content = text[start:end].strip()
        start = text.index(content, start) if content else start
        spans = {name.lower(): max(1, int(number)) for name, number in _SPAN.findall(attributes)}
        row, column = len(self.rows) - 1, 0
        while (row, column) in self.taken:
            column += 1
        height, breadth = spans.get("row", 1), spans.get("col", 1)
        self.rows[-1].append(Cell(Span(start, start + len(content)), row, column, height, breadth))
        self.taken.update((row + down, column + right) for down in range(height) for right in range(breadth))


def html_tables(text: str) -> list[Table]:
    """The tables of a text in order, a nested one as part of its cell; one that is never closed is none."""
    tables: list[Table] = []
    table: _Open | None = None
    depth = 0
    wrapped = -1  # where the wrapping tags began that stand directly before
    behind = 0
    for found in _tags(text):
        closing, name = bool(found[1]), found[2].lower()
        if table is None:
            if name in _WRAPPERS:
                if closing and tables and not text[behind : found.start()].strip():
                    tables[-1] = Table(Span(tables[-1].span.start, found.end()), tables[-1].rows)
                elif not closing and (wrapped < 0 or text[behind : found.start()].strip()):
                    wrapped = found.start()
            elif name == "table" and not closing:
                begins = wrapped >= 0 and not text[behind : found.start()].strip()
                table, depth = _Open(wrapped if begins else found.start()), 1
            else:
                wrapped = -1
            behind = found.end()
            continue
        if name == "table":
            depth += -1 if closing else 1
            if depth == 0:
                table.end_cell(text, found.start())
                tables.append(Table(Span(table.start, found.end()), tuple(tuple(row) for row in table.rows if row)))
                table, wrapped, behind = None, -1, found.end()
        elif depth == 1 and name in _PARTS:
            table.end_cell(text, found.start())
            if name == "tr" and not closing:
                table.begin_row()
            elif name != "tr" and not closing:
                table.cell = found.end(), found[3]
    return tables


def _tags(text: str) -> Iterator[re.Match[str]]:
    return _TAG.finditer(text) if "<table" in text or "<TABLE" in text else iter(())
