"""Ruled tables: lines of a page -> cells, by pdfplumber's geometry."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from audit.read.pdf.page import Box, Char, Page

_NEAR = 3.0
"""Points within which lines are one, as pdfplumber's own default has it."""
_MOST_EDGES = 4000


@dataclass(frozen=True, slots=True)
class RuledCell:
    """One cell: its place in the table from 0, and its box on the page."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table's box and its cells, row by row."""

    box: Box
    cells: tuple[RuledCell, ...]


def ruled_tables(page: Page) -> list[RuledTable]:
    """The tables that lines frame on a page, top to bottom: those of at least two columns with text in them."""
    if len(page.lines) < 4:
        return []
    from pdfplumber import table as geometry

    edges = geometry.merge_edges(
        [_edge(line) for line in page.lines][:_MOST_EDGES],
        snap_x_tolerance=_NEAR,
        snap_y_tolerance=_NEAR,
        join_x_tolerance=_NEAR,
        join_y_tolerance=_NEAR,
    )
    edges = [edge for edge in edges if max(edge["x1"] - edge["x0"], edge["bottom"] - edge["top"]) >= _NEAR]
    crossings = geometry.edges_to_intersections(edges, _NEAR, _NEAR)
    groups = geometry.cells_to_tables(geometry.intersections_to_cells(crossings))
    tables = [_table(page, cells) for cells in groups]
    found = [table for table in tables if table is not None]
    return sorted(found, key=lambda table: (table.box.top, table.box.left))


def _edge(line: tuple[float, float, float, float]) -> dict[str, object]:
    x0, top, x1, bottom = line
    upright = bottom - top > x1 - x0
    return {
        "x0": x0,
        "x1": x0 if upright else x1,
        "top": top,
        "bottom": bottom if upright else top,
        "width": 0 if upright else x1 - x0,
        "height": bottom - top if upright else 0,
        "orientation": "v" if upright else "h",
        "object_type": "line",
    }


def _table(page: Page, cells: Sequence[tuple[float, float, float, float]]) -> RuledTable | None:
    xs, ys = _steps([x for cell in cells for x in (cell[0], cell[2])]), _steps([y for c in cells for y in (c[1], c[3])])
    if len(xs) < 3 or len(cells) < 2:
        return None
    made = []
    for x0, top, x1, bottom in sorted(cells, key=lambda cell: (_at(ys, cell[1]), cell[0])):
        row, column = _at(ys, top), _at(xs, x0)
        spans = max(1, _at(ys, bottom) - row), max(1, _at(xs, x1) - column)
        made.append(RuledCell(row, column, *spans, Box(page.number, x0, top, x1, bottom)))
    return RuledTable(Box(page.number, xs[0], ys[0], xs[-1], ys[-1]), tuple(made))


def _steps(values: Sequence[float]) -> list[float]:
    ordered = sorted(set(values))
    return ordered[:1] + [after for before, after in pairwise(ordered) if after - before > 1]


def _at(steps: Sequence[float], value: float) -> int:
    return bisect_left(steps, value - 1)


def cell_of(tables: Sequence[RuledTable], char: Char) -> tuple[int, int] | None:
    """(table, cell) that a character's middle stands in, None outside all of them."""
    x, y = (char.box.left + char.box.right) / 2, char.box.middle
    for number, table in enumerate(tables):
        if table.box.left <= x <= table.box.right and table.box.top <= y <= table.box.bottom:
            for index, cell in enumerate(table.cells):
                if cell.box.left <= x <= cell.box.right and cell.box.top <= y <= cell.box.bottom:
                    return number, index
    return None
