"""The lines of a text that are not blank, with their place on the page in character cells (Han: 2, ASCII: 1)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from audit.plain import FILLER
from audit.span import Span

# A form feed ends a page, vertical tab and U+2028/2029 are the soft breaks of word processors: lines end there too.
_LINE = re.compile(r"([^\r\n\v\f\u2028\u2029]*)(\r\n|[\r\n\v\f\u2028\u2029]|\Z)")
_TAB = 8


@dataclass(frozen=True, slots=True)
class Line:
    """One line without the blanks around it.

    `indent` and `edge` are the cells before its first and up to its last character, `reach` counts characters up to
    the last one, `gap` blank lines before it.
    """

    span: Span
    text: str
    gap: int
    indent: int
    reach: int
    edge: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "edge", self.indent + width(self.text))


def read_lines(text: str, within: Span) -> list[Line]:
    """The lines in a part of the text, in order."""
    lines = []
    gap = 0
    for found in _LINE.finditer(text, within.start, within.end):
        raw = found[1]
        content = raw.strip()
        if content:
            lead = len(raw) - len(raw.lstrip())
            start = found.start() + lead
            blank = raw[:lead].replace(FILLER, "")
            span = Span(start, start + len(content))
            lines.append(Line(span, content, gap, advance(0, blank), len(blank) + len(content)))
            gap = 0
        elif found[0] != "\f":
            gap += 1
    return lines


def width(text: str) -> int:
    """How many cells the text takes; GBK has two bytes for what is printed two cells wide."""
    return len(text) if text.isascii() else len(text.encode("gbk", "replace"))


def advance(cells: int, blank: str) -> int:
    """The cell that blanks beginning at a cell lead to; a tab goes on to the next multiple of eight."""
    if blank.isspace() and blank.isascii() and "\t" not in blank:
        return cells + len(blank)
    for character in blank:
        if character == "\t":
            cells += _TAB - cells % _TAB
        else:
            cells += 2 if character == "\u3000" else 1
    return cells
