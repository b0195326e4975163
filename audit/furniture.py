"""What a page of paper has beside its text: page numbers and running heads that stand between two lines of it.

A number between bars or with 第…页 is a page number wherever it stands alone in a line. A bare number is one where it
counts on from page to page. A running head is a line that comes back word for word, at the tops or bottoms of pages or,
where no page numbers show these, in the middle of sentences.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_N = "[0-9０-９]{1,4}"
_NUMBERED = re.compile(
    rf"[-—–－·]{{1,2}}[ \t]?{_N}[ \t]?[-—–－·]{{1,2}}"
    rf"|第[ ]?{_N}[ ]?[页頁](?:[ ,，/／]{{0,2}}共[ ]?{_N}[ ]?[页頁])?"
    rf"|[Pp](?:age|\.)?[ ]?{_N}(?:[ ]?(?:of|/)[ ]?{_N})?"
)
_BARE = re.compile(rf"({_N})(?:[ ]?[/／][ ]?{_N})?")
_LINE = re.compile(r"[^\n]*[^\s][^\n]*")
_LABEL = re.compile(r"(?:金额|计量|货币)?单位\s*[：:]|[续附]?[表图]|[|（(]|[^A-Za-z\u4e00-\u9fff]+\Z")
_ENDS = frozenset("。！？!?…；;：:”’」』）)")
_COMMAS = frozenset("，,、")
_CLAUSE = re.compile("[，。；、]")
_APART = 4
"""From one page number to the next there are more lines of text than this."""
_PROSE = 16
"""A line that goes on on the next page is no shorter."""
_HEAD = 60
"""A running head is no longer."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that is not blank, without the blanks around it; `opens` says that a form feed stands before it."""

    start: int
    end: int
    said: str
    opens: bool

    @property
    def breaks_off(self) -> bool:
        """Whether it is a line of prose that leaves a sentence unfinished."""
        return len(self.said) >= _PROSE and self.said[-1] not in _ENDS and _CLAUSE.search(self.said) is not None


def furniture(text: str) -> Iterator[tuple[int, int]]:
    """Where page numbers and running heads stand between two lines of the text, with the blank lines around them.

    The line before keeps its end, and rows of a table that goes on stay apart.
    """
    lines = _lines(text)
    found = _page_numbers(lines)
    found |= _heads(lines, found)
    free = 0
    for first, last in _runs(sorted(found)):
        start, end = lines[first].start, lines[last].end
        while start > free and text[start - 1].isspace():
            start -= 1
        while end < len(text) and text[end].isspace() and text[end] != "\u3000":
            end += 1
        start = text.find("\n", start, end) + 1
        if start > max(free, 1) and end < len(text) and "|" not in (text[start - 2], text[end]):
            yield start, end
        free = end


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    for found in _LINE.finditer(text):
        said = found[0].strip()
        start = found.start() + found[0].index(said)
        lines.append(_Line(start, start + len(said), said, "\f" in text[lines[-1].end if lines else 0 : start]))
    return lines


def _page_numbers(lines: Sequence[_Line]) -> set[int]:
    """The lines that are page numbers."""
    found = {at for at, line in enumerate(lines) if len(line.said) <= _PROSE and _NUMBERED.fullmatch(line.said)}
    bare = [(at, number) for at, line in enumerate(lines) if (number := _BARE.fullmatch(line.said))]
    for (at, number), (following, another) in pairwise(bare):
        if int(another[1]) == int(number[1]) + 1 and following - at > _APART:
            found |= {at, following}
    return found


def _heads(lines: Sequence[_Line], numbers: set[int]) -> set[int]:
    """The lines that are running heads."""
    times = Counter(line.said for line in lines if len(line.said) <= _HEAD)
    again = [
        at
        for at, line in enumerate(lines)
        if times[line.said] > 1 and line.said[-1] not in _ENDS | _COMMAS and not _LABEL.match(line.said)
    ]
    beside = [at for at in again if at - 1 in numbers or at + 1 in numbers or lines[at].opens]
    within = [at for at in again if 0 < at < len(lines) - 1 and lines[at - 1].breaks_off]
    at_pages = Counter(lines[at].said for at in beside)
    inside = Counter(lines[at].said for at in within)
    running = {said for said, count in inside.items() if count > 1 and times[said] > 2}
    return {at for at in beside if at_pages[lines[at].said] > 1} | {at for at in again if lines[at].said in running}


def _runs(found: Sequence[int]) -> Iterator[tuple[int, int]]:
    """(first, last) of the numbers that follow one another."""
    start = 0
    for at in range(1, len(found) + 1):
        if at == len(found) or found[at] != found[at - 1] + 1:
            yield found[start], found[at - 1]
            start = at
