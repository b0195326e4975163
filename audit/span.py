"""Half-open code-point spans, and the only place that knows lines and columns."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from audit.frozen import direct, unchecked

_BREAK = re.compile(r"\r\n|\r|\n")


def squeeze(text: str) -> str:
    """The text without any blanks and line breaks."""
    return "".join(text.split())


@direct
@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The characters text[start:end], counted in code points; `end` is not included."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"no span: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The characters of `text` that the span covers."""
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        """Whether every character of `other` lies in this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share a character; touching spans do not."""
        return self.start < other.end and other.start < self.end

    def cover(self, other: Span) -> Span:
        """The smallest span that contains both."""
        start, end = self.start, self.end
        return _span(start if start < other.start else other.start, end if end > other.end else other.end)


_span = unchecked(Span)


class LineIndex:
    """Line and column of offsets into one text; both count from 1, columns in code points.

    A line ends with \\n, \\r\\n or a lone \\r, as editors count them.
    """

    def __init__(self, text: str) -> None:
        starts = [0, *(m.end() for m in _BREAK.finditer(text))]
        self._starts = starts

    def place(self, offset: int) -> tuple[int, int]:
        """(line, column) of the character at `offset`."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def line_span(self, line: int, text: str) -> Span:
        """The span of a line without its line break."""
        start = self._starts[line - 1]
        end = self._starts[line] if line < len(self._starts) else len(text)
        while end > start and text[end - 1] in "\r\n":
            end -= 1
        return Span(start, end)
