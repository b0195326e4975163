"""A document without the line breaks inside its paragraphs, and the way back to where everything stands in the file."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from audit.claim import Claim, Rejected
from audit.document import Block, Document, Table
from audit.extract.pattern import goes_on_with
from audit.plain import FILLER
from audit.span import LineIndex, Span


class Unbroken:
    """A document as it is read: words, numbers and units that the end of a line broke stand in one piece again.

    `document` is what to read, the given one itself where it has no breaks. Between two digits a break stays, as
    FILLER, unless what they make together is measured or dated: two numbers may as well stand there.
    """

    def __init__(self, printed: Document) -> None:
        self.printed = printed
        self._starts: list[int] = []  # in the unbroken text, where something was taken out
        self._ends: list[int] = []  # in the printed text, where it ends
        self._taken = [0]  # how much, up to each of them
        self.document = self._document() if printed.breaks else printed
        self._claims: dict[int, tuple[Claim, Claim]] = {}  # by identity, which holds while they are kept

    def _document(self) -> Document:
        printed = self.printed
        kept = [FILLER if _parts_numbers(printed.plain, span) else "" for span in printed.breaks]
        for span, filler in zip(printed.breaks, kept, strict=True):
            self._taken.append(self._taken[-1] + len(span) - len(filler))
            self._starts.append(span.end - self._taken[-1])
            self._ends.append(span.end)
        return Document(
            path=printed.path,
            text=_without(printed.text, printed.breaks, kept),
            sha256=printed.sha256,
            blocks=tuple(map(self._block, printed.blocks)),
            media_type=printed.media_type,
            plain=_without(printed.plain, printed.breaks, kept),
            index=_Lines(self),
        )

    def _block(self, block: Block) -> Block:
        return replace(block, span=self.place(block.span), table=block.table and self._table(block.table))

    def _table(self, table: Table) -> Table:
        rows = tuple(tuple(replace(cell, span=self.place(cell.span)) for cell in row) for row in table.rows)
        return Table(self.place(table.span), rows)

    def place(self, span: Span) -> Span:
        """Where a span of the printed text stands in the unbroken one."""
        return Span(self._place(span.start), self._place(span.end))

    def _place(self, offset: int) -> int:
        return offset - self._taken[bisect_right(self._ends, offset)]

    def back(self, span: Span) -> Span:
        """Where a span of the unbroken text stands in the printed one; a break at either of its ends is none of it."""
        start = self.offset(span.start)
        return Span(start, max(start, span.end + self._taken[bisect_left(self._starts, span.end)]))

    def offset(self, offset: int) -> int:
        """Where a character of the unbroken text stands in the printed one."""
        return offset + self._taken[bisect_right(self._starts, offset)]

    def claim(self, claim: Claim) -> Claim:
        """A claim of the unbroken text as it is printed, the same one each time."""
        if self.document is self.printed:
            return claim
        _, known = self._claims.get(id(claim), (claim, None))
        if known is None:
            span = self.back(claim.span)
            known = replace(claim, span=span, numeral=self.back(claim.numeral), text=span.of(self.printed.text))
            self._claims[id(claim)] = claim, known
        return known

    def rejected(self, rejected: Rejected) -> Rejected:
        """A rejected number of the unbroken text as it is printed."""
        span = self.back(rejected.span)
        return replace(rejected, span=span, text=span.of(self.printed.text))


class _Lines(LineIndex):
    """Line and column, as printed, of offsets into an unbroken text."""

    def __init__(self, unbroken: Unbroken) -> None:
        self._unbroken = unbroken

    def place(self, offset: int) -> tuple[int, int]:
        return self._unbroken.printed.lines.place(self._unbroken.offset(offset))


def _without(text: str, breaks: Sequence[Span], kept: Sequence[str]) -> str:
    """The text with what is kept of its breaks in place of them."""
    parts = []
    position = 0
    for span, filler in zip(breaks, kept, strict=True):
        parts += [text[position : span.start], filler]
        position = span.end
    return "".join([*parts, text[position:]])


def _parts_numbers(text: str, span: Span) -> bool:
    """Whether a break stands between digits that need not make one number."""
    beside = text[span.start - 1 : span.start] + text[span.end : span.end + 1]
    return len(beside) == 2 and beside.isdecimal() and not goes_on_with(text, span.end)
