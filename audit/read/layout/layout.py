"""text -> blocks: tables first, then paragraphs and what their first words and their neighbours make of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audit.document import Block, BlockKind, Table
from audit.read.layout.columns import column_table, has_columns
from audit.read.layout.line import Line, read_lines
from audit.read.layout.marker import PLAIN_LEVEL, hashes, is_caption, is_note, is_title, numbering
from audit.read.layout.markup import html_tables
from audit.read.layout.pipes import pipe_table, table_end
from audit.read.layout.wrap import Margin, continues, right_margin
from audit.span import Span

Piece = tuple[Line, ...] | Table
"""One paragraph of lines, or a table."""


def lay_out(text: str) -> tuple[Block, ...]:
    """The blocks of a text, in order and disjoint, in time linear in its length.

    They cover everything but blanks and the number signs of Markdown headings.
    """
    return tuple(blocks_of(list(_pieces(text))))


def _pieces(text: str) -> Iterator[Piece]:
    tables = html_tables(text)
    starts = [0, *(table.span.end for table in tables)]
    ends = [*(table.span.start for table in tables), len(text)]
    parts = [read_lines(text, Span(start, end)) for start, end in zip(starts, ends, strict=True)]
    right = right_margin([line for part in parts for line in part if not line.text.startswith("|")])
    for number, part in enumerate(parts):
        yield from _in_lines(part, right)
        if number < len(tables):
            yield tables[number]


def _in_lines(lines: Sequence[Line], right: Margin | None) -> Iterator[Piece]:
    at = looked = 0
    while at < len(lines):
        end = table_end(lines, at)
        if end > at:
            table = pipe_table(lines[at:end])
            # Bars around single words frame a line; they make no table.
            if max(map(len, table.rows), default=0) > 1:
                yield table
            else:
                yield from ((line,) for line in lines[at:end])
            at = end
            continue
        if has_columns(lines[at]) and at >= looked:
            looked, set_out = column_table(lines, at)
            if set_out is not None:
                yield set_out
                at = looked
                continue
        end = at + 1
        while (
            end < len(lines)
            and table_end(lines, end) == end
            and continues(lines[end - 1], lines[end], lines[at], right)
        ):
            end += 1
        yield tuple(lines[at:end])
        at = end


def blocks_of(pieces: Sequence[Piece]) -> Iterator[Block]:
    """The block that each piece is, in their order."""
    for at, piece in enumerate(pieces):
        if isinstance(piece, Table):
            yield Block(BlockKind.TABLE, piece.span, table=piece)
            continue
        span = piece[0].span.cover(piece[-1].span)
        kind, level = BlockKind.PARAGRAPH, 0
        if is_note(piece[0].text):
            kind = BlockKind.FOOTNOTE
        elif is_caption(piece[0].text) or _heads_table(pieces, at):
            kind = BlockKind.CAPTION
        elif len(piece) == 1:
            level = _level(pieces, at)
            kind = BlockKind.HEADING if level else kind
        if kind is BlockKind.HEADING:
            span = _without_marks(piece[0])
        yield Block(kind, span, level)


def _without_marks(line: Line) -> Span:
    """The span of a heading's words; the number signs of Markdown around them are none of the text."""
    marks = hashes(line.text)
    if marks is None:
        return line.span
    words = line.text.rstrip("#").rstrip()
    return Span(line.span.start + marks[1], line.span.start + max(len(words), marks[1]))


def _heads_table(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a short line stands directly above a table, or above the unit line of one."""
    piece = pieces[at]
    if isinstance(piece, Table) or len(piece) > 1 or not is_title(piece[0].text) or numbering(piece[0].text):
        return False
    following = pieces[at + 1] if at + 1 < len(pieces) else None
    if following is not None and not isinstance(following, Table) and is_caption(following[0].text):
        following = pieces[at + 2] if at + 2 < len(pieces) else None
    return isinstance(following, Table)


def _level(pieces: Sequence[Piece], at: int) -> int:
    """The level of a heading, 0 where the line is none: numbered, or short with a paragraph below it."""
    text = _text(pieces[at])
    marks = hashes(text)
    if marks:
        return marks[0]
    if not is_title(text):
        return 0
    below = pieces[at + 1] if at + 1 < len(pieces) else None
    number = numbering(text)
    if number:
        # A line that its next number follows at once is an item of a list or of a table of contents.
        following = numbering(_text(below)) if below is not None else None
        return 0 if following and following[0] == number[0] else number[0]
    if below is None or isinstance(below, Table) or any(mark in text for mark in "，,、") or len(text) < 4:
        return 0
    if at == 0:
        return 1
    return PLAIN_LEVEL if sum(len(line.text) for line in below) > max(2 * len(text), 40) else 0


def _text(piece: Piece) -> str:
    return "" if isinstance(piece, Table) else piece[0].text
