"""Tables that a text sets with blanks: rows whose cells stand below one another, two blanks or a tab apart."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from audit.document import Cell, Table
from audit.plain import FILLER
from audit.read.layout.line import Line, advance, width
from audit.read.layout.marker import is_caption, is_note
from audit.read.layout.wrap import ends_sentence
from audit.span import Span

_PIECE = re.compile(rf"\S+(?:(?: |{FILLER}+ ?{FILLER}*)\S+)*")
_FIGURE = re.compile(r"[-+−—(（]?[0-9０-９][0-9０-９,，.．]*[%％‰]?[)）]?\Z")
_ROWS = 3
_MOST_GAP = 2
_FRAGMENTS = 3
"""How many lines with a single cell at the left may stand between two rows: a label that took several lines."""
_FRAGMENT = 40
_INDENTED = 8


@dataclass(frozen=True, slots=True)
class _Piece:
    """What may be a cell: its span and the page cells [left, right) it takes."""

    span: Span
    left: int
    right: int
    figure: bool


def column_table(lines: Sequence[Line], start: int) -> tuple[int, Table | None]:
    """(the index behind the last line looked at, the table that those lines are or None) for a line with columns.

    At least three rows, and figures below one another in at least one column: names and dates set side by side are no
    table.
    """
    end = _end(lines, start)
    rows = [_pieces(line) for line in lines[start:end]]
    figures = [piece for row in rows if len(row) > 1 for piece in row if piece.figure]
    if sum(len(row) > 1 for row in rows) < _ROWS or not _stacked(figures):
        return end, None
    columns = _column_edges(rows)
    cells = tuple(tuple(_placed(row, number, columns)) for number, row in enumerate(rows))
    return end, Table(lines[start].span.cover(lines[end - 1].span), cells)


def has_columns(line: Line) -> bool:
    """Whether a line falls into several pieces."""
    first = _PIECE.match(line.text)
    return first is not None and first.end() < len(line.text)


def _end(lines: Sequence[Line], start: int) -> int:
    """The index behind the last row of the run of rows that begins at `start`; single cells at its end are left out."""
    end = at = start + 1
    fragments = 0
    while at < len(lines) and fragments <= _FRAGMENTS and lines[at].gap <= _MOST_GAP:
        line = lines[at]
        fragments += line.indent < _INDENTED
        if has_columns(line):
            end, fragments = at + 1, 0
        elif ends_sentence(line.text) or len(line.text) > _FRAGMENT or is_caption(line.text) or is_note(line.text):
            break
        at += 1
    return end


def _pieces(line: Line) -> list[_Piece]:
    pieces = []
    at, column = 0, line.indent
    for found in _PIECE.finditer(line.text):
        column = advance(column, line.text[at : found.start()])
        right = column + width(found[0])
        span = Span(line.span.start + found.start(), line.span.start + found.end())
        pieces.append(_Piece(span, column, right, _FIGURE.match(found[0]) is not None))
        at, column = found.end(), right
    return pieces


def _stacked(figures: Sequence[_Piece]) -> bool:
    """Whether most figures share their left or right edge, give or take a cell, with another one."""
    if len(figures) < 2:
        return False
    sharing = 0
    lefts, rights = sorted(f.left for f in figures), sorted(f.right for f in figures)
    for figure in figures:
        sharing += any(
            bisect_right(edges, edge + 1) - bisect_left(edges, edge - 1) > 1
            for edges, edge in ((lefts, figure.left), (rights, figure.right))
        )
    return sharing * 2 > len(figures)


def _column_edges(rows: Sequence[Sequence[_Piece]]) -> list[tuple[int, int]]:
    """The columns as [left, right), disjoint and in order: the shadows of the figures, then of text between them.

    Text that reaches over several columns of figures is a heading of them all and makes no column.
    """
    columns = _merged([(p.left, p.right) for row in rows for p in row if p.figure])
    lefts, rights = [left for left, _ in columns], [right for _, right in columns]
    free = [
        (p.left, p.right)
        for row in rows
        if len(row) > 1
        for p in row
        if not p.figure and bisect_left(lefts, p.right) <= bisect_right(rights, p.left)
    ]
    return sorted([*columns, *_merged(free)])


def _merged(shadows: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for left, right in sorted(shadows):
        if merged and left < merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], right)
        else:
            merged.append((left, right))
    return merged


def _placed(row: Sequence[_Piece], number: int, columns: Sequence[tuple[int, int]]) -> list[Cell]:
    """The row's cells, each in the columns it covers, always to the right of its neighbour."""
    covered = [_covered(piece, columns) for piece in row]
    cells: list[Cell] = []
    for at, piece in enumerate(row):
        first, last = covered[at]
        taken = cells[-1].column + cells[-1].column_span if cells else 0
        following = covered[at + 1][0] if at + 1 < len(row) else last + 1
        column = max(first, taken)
        cells.append(Cell(piece.span, number, column, 1, max(1, min(last, following - 1) - column + 1)))
    return cells


def _covered(piece: _Piece, columns: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """(first, last) column of which the piece covers half, or which covers half of the piece; proportional type
    lets a long label reach a little into the column beside it.
    """
    start = bisect_right(columns, piece.left, key=lambda column: column[1])
    end = bisect_left(columns, piece.right, key=lambda column: column[0])
    shared = {n: min(piece.right, columns[n][1]) - max(piece.left, columns[n][0]) for n in range(start, end)}
    length = piece.right - piece.left
    full = [n for n, cells in shared.items() if cells * 2 >= min(length, columns[n][1] - columns[n][0])]
    if not full:
        return (start, start)
    best = max(full, key=lambda n: shared[n])
    return (best, best) if piece.figure else (full[0], full[-1])
