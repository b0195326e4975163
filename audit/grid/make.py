"""document -> grids: tables cut at their header rows, joined over page breaks, aligned and labelled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from audit.document import BlockKind, Document
from audit.grid.align import Alignment, Stub, align, code_columns, stub_of, stubs_of, values_of
from audit.grid.cut import Line, is_year, lines_of, numbers_columns, restore
from audit.grid.grid import Column, Grid, Row, Slot, Sort
from audit.grid.header import headings
from audit.span import Span

_PAGE_BREAK = 40
"""Tables with no more text than this between them may be one table cut by the edge of a page."""
_PIECE = 8
"""A label of at most this many characters without values may be the rest of the label above it."""
_PANEL = 3
"""How many rows must have text in a column for it to label the values to its right."""


@dataclass(slots=True)
class _Segment:
    """The lines below one header."""

    span: Span
    header: list[Line] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)


_last: tuple[Document, tuple[Grid, ...]] | None = None


def grids_of(document: Document) -> tuple[Grid, ...]:
    """The grids of a document's tables in text order; tables without values give none. Linear in the text's length.

    Those of the last document asked for are kept, as claims and outline both need them.
    """
    global _last
    if _last is None or _last[0] is not document:
        _last = document, tuple(grid for segment in _segments(document) for grid in _grids(segment))
    return _last[1]


def _segments(document: Document) -> Iterator[_Segment]:
    open_segment: _Segment | None = None
    gap = 0
    for block in document.blocks:
        if block.kind is not BlockKind.TABLE or block.table is None:
            gap += len(block.span)
            continue
        lines = [
            line for line in lines_of(block.table, document.plain) if line.slots and not numbers_columns(_said(line))
        ]
        restore(lines)
        for segment in _cut(lines, block.span):
            if open_segment is not None:
                if gap <= _PAGE_BREAK and _heads(open_segment, segment):
                    segment.header = [*open_segment.header, *open_segment.body]
                    open_segment, gap = segment, 0
                    continue
                if gap <= _PAGE_BREAK and _continues(open_segment, segment):
                    open_segment.body += segment.body
                    open_segment.span = open_segment.span.cover(segment.span)
                    gap = 0
                    continue
                yield open_segment
            open_segment, gap = segment, 0
    if open_segment is not None:
        yield open_segment


def _cut(lines: Sequence[Line], span: Span) -> Iterator[_Segment]:
    """The segments of one table: a row of headings among the values begins a new one, unless it repeats the header."""
    used = {c for line in lines for c in line.values}
    header, at = _header(lines, 0)
    segment = _Segment(span, header)
    while at < len(lines):
        if segment.body and _is_header(lines[at], used):
            header, end = _header(lines, at)
            if header:
                if [_said(row) for row in header] != [_said(row) for row in segment.header]:
                    yield segment
                    segment = _Segment(span, header)
                at = end
                continue
        segment.body.append(lines[at])
        at += 1
    if segment.body:
        yield segment


def _header(lines: Sequence[Line], start: int) -> tuple[list[Line], int]:
    """(the header rows that begin at `start`, the index behind them)."""
    end = start
    last = start
    while end < len(lines) and not _has_values(lines[end]):
        end += 1
        if len(lines[end - 1].slots) > 1:
            last = end
    if end == len(lines):
        return [], start
    # A single text below the last row of several is the heading of the rows that follow.
    return list(lines[start:last]), last


def _has_values(line: Line) -> bool:
    stub = stub_of(line)
    values = [line.slots[c] for c in values_of(line, stub)]
    return any(slot.sort is not Sort.NIL for slot in values) and not all(is_year(slot) for slot in values)


def _is_header(line: Line, used: set[int]) -> bool:
    if line.values:
        return False
    return sum(column in used for column in line.slots) > 1


def _said(line: Line) -> list[str]:
    return [slot.text for slot in line.slots.values()]


def _heads(first: _Segment, second: _Segment) -> bool:
    """Whether a table is nothing but the header of the next one, which has none and as many cells a row."""
    if second.header or any(_has_values(line) for line in first.body):
        return False
    return max(line.cells for line in first.body) == max(line.cells for line in second.body) > 1


def _continues(first: _Segment, second: _Segment) -> bool:
    """Whether a table goes on in another one: the same header, or none and as many cells a row, but other rows."""
    if second.body and stub_of(second.body[0]).label in {stub_of(line).label for line in first.body}:
        return False
    if second.header:
        return [_said(row) for row in first.header] == [_said(row) for row in second.header]
    if not first.header or not second.body:
        return False
    return max(line.cells for line in first.body) == max(line.cells for line in second.body)


def _grids(segment: _Segment) -> Iterator[Grid]:
    codes = _take_codes(segment.body)
    rows = list(zip(segment.body, stubs_of(segment.body, segment.header), strict=True))
    headed = frozenset(column for line in segment.header for column in line.slots)
    alignment = align(rows, headed)
    if alignment is None:
        return
    names = headings(segment.header, alignment)
    for first, last, stubs in _panels(rows, alignment, codes):
        body = _rows(rows, alignment, first, last, stubs)
        columns = tuple(Column(name) for name in names[first:last])
        yield Grid(segment.span, columns, tuple(body), _whole_header(segment))


def _whole_header(segment: _Segment) -> str:
    return " ".join(slot.text for line in segment.header for slot in line.slots.values())


def _take_codes(lines: Sequence[Line]) -> list[dict[int, str]]:
    """Takes the codes of columns other than the first out of the lines: they are no values. The codes by line and
    column."""
    taken: list[dict[int, str]] = [{} for _ in lines]
    for column in code_columns(lines):
        for line, codes in zip(lines, taken, strict=True):
            if column in line.slots and column != min(line.slots) and line.slots[column].sort is not Sort.TEXT:
                codes[column] = line.slots.pop(column).text
    return taken


_Stubs = list[tuple[str, tuple[str, ...]]]
"""The codes and labels of a panel's rows."""


def _panels(
    rows: Sequence[tuple[Line, Stub]], alignment: Alignment, codes: Sequence[dict[int, str]]
) -> Iterator[tuple[int, int, _Stubs | None]]:
    """(first column, column behind the last, stubs) of the parts of a table that stand side by side."""
    if alignment.physical is None:
        yield 0, alignment.count, None
        return
    physical = alignment.physical
    start = 0
    stubs: _Stubs | None = None
    for n in range(1, len(physical) + 1):
        between = range(physical[n - 1] + 1, physical[n]) if n < len(physical) else range(0)
        own = [
            (
                next((taken[c] for c in between if c in taken), ""),
                tuple(line.slots[c].text for c in between if c in line.slots and line.slots[c].sort is Sort.TEXT),
            )
            for (line, _), taken in zip(rows, codes, strict=True)
        ]
        if n == len(physical):
            yield start, n, stubs
        elif sum(bool(label) for _, label in own) >= _PANEL:
            yield start, n, stubs
            start, stubs = n, own


def _rows(
    rows: Sequence[tuple[Line, Stub]],
    alignment: Alignment,
    first: int,
    last: int,
    stubs: _Stubs | None,
) -> list[Row]:
    made: list[Row] = []
    for n, (line, stub) in enumerate(rows):
        columns = values_of(line, stub)
        placed = alignment.place(columns, stub.first)
        slots: list[Slot | None] = [None] * alignment.count
        trusted = placed is not None
        for column, position in zip(columns, placed or (), strict=trusted):
            if position >= 0:
                slots[position] = line.slots[column]
            elif line.slots[column].sort is not Sort.NIL:
                trusted = False
        code, label = stub.code, stub.label
        if stubs is not None and (stubs[n][1] or not any(slots[first:last])):
            code, label = stubs[n]
        made.append(Row(label, code, tuple(slots[first:last]), trusted))
    return _joined(made)


def _joined(rows: Sequence[Row]) -> list[Row]:
    """The rows with labels made whole that were cut into several lines."""
    made: list[Row] = []
    for row in rows:
        above = made[-1] if made else None
        if above is not None and not any(above.slots) and above.trusted and not above.label and row.label:
            made.pop()
        if (
            row.heads
            and above is not None
            and any(above.slots)
            and len(row.name) <= _PIECE
            and not row.code
            and _is_rest(above.name, row.name)
        ):
            made[-1] = Row((above.name + row.name,), above.code, above.slots, above.trusted)
        else:
            made.append(row)
    return made


_WHOLE = ("合计", "总计", "小计", "净额", "净增加额", "总额")


def _is_rest(above: str, rest: str) -> bool:
    """Whether a label and the one below it are one: together they are the word for a total, or the lower one is too
    short to be the heading of a group."""
    if not above or (len(rest) <= 2 and not rest.endswith(("：", ":"))):
        return True
    return (above + rest).endswith(_WHOLE) and rest not in _WHOLE and not above.endswith(_WHOLE)
