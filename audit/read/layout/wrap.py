"""Joins the lines of one paragraph where the layout shows that it was wrapped."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from audit.read.layout.line import Line, width
from audit.read.layout.marker import begins_anew, is_caption

_ENDS = re.compile(r"[。！？!?…；;：:][”’」』\"')）】]*\Z")
_CANNOT_BEGIN = frozenset("，。、；：？！）】》”’」』％,;)]}%")
_UNFINISHED = frozenset("，,、（(“‘《")
_COMMAS = frozenset("，,、")
_COLONS = ("其中：", "其中:")
_CLAUSE = re.compile(r"[，,；;]")
_SENTENCE = re.compile(r".*[。！？!?]", re.DOTALL)
# What cannot be broken: a number or a word, or one Chinese character, with the marks that must not begin a line.
_UNBREAKABLE = re.compile(r"(?:[!-~]+|.)[，。、；：？！）】》”’」』％]*")
_CUT = re.compile(r"[0-9０-９][.．,，]\Z")
_SPLIT = re.compile(r"[\u4e00-\u9fff][0-9][0-9.,]{0,12}\Z")
_REST = re.compile(r"[0-9]{1,6}(?:[.,][0-9]{1,6}){0,3}[%％\u4e00-\u9fff]")
_DECIMALS = re.compile(r"[.．][0-9０-９]")
_SPREAD = re.compile(r"\S(?: {2,}|\t|\u3000+)\S")
_MARK = re.compile("[，。；：、;:]|,(?![0-9])")
_CELL = re.compile(r"\s[-+]?[0-9][0-9,.]*[%％]?(?=\s|\Z)")
_LAST_CELL = re.compile(r"\s[-+]?[0-9][0-9,.]*[%％]?\Z")
_LAST_CELLS = re.compile(r"(?:\s[-+]?[0-9][0-9,.]*[%％]?){2}\Z")
_CELLS = 60
"""Two numbers at the end of a row stand within so many characters."""

_LEAST_WIDTH = 24
_SLACK = 4
"""Cells by which right edges differ on a page of proportional type."""
_HANGING = 2
"""Characters by which a line is longer for a mark that must not begin the next, or shorter for an indented first."""
_LONG = 40
_TAIL = 16
_MOST_GAP = 2


@dataclass(frozen=True, slots=True)
class Margin:
    """Where a text was wrapped: after so many cells, as on paper, or so many characters, as editors do."""

    at: int
    in_cells: bool

    def is_full(self, line: Line) -> bool:
        """Whether a line comes up to the margin."""
        return self._end(line) >= self.at - (_SLACK if self.in_cells else _HANGING)

    def has_room(self, line: Line, following: str) -> bool:
        """Whether what the next line begins with would have fitted into a line."""
        first = _unbreakable(following)
        if self.in_cells:
            return line.edge + width(first) <= self.at - _SLACK
        return line.reach + len(first) <= self.at - _HANGING

    def _end(self, line: Line) -> int:
        return line.edge if self.in_cells else line.reach


def right_margin(lines: Sequence[Line]) -> Margin | None:
    """Where the text was wrapped; None where the line lengths show no such place.

    Lines that break off in mid-sentence end together there, and hardly any line goes beyond.
    """
    prose = _prose(lines)
    broken = [line for line in prose if not _ENDS.search(line.text)]
    cells = _common_end([line.edge for line in prose], [line.edge for line in broken], _SLACK, _SLACK // 2)
    characters = _common_end([line.reach for line in prose], [line.reach for line in broken], _HANGING, _HANGING // 2)
    if max(cells, characters) == (0, 0):
        # Proportional type and blanks beside numbers move the ends of lines farther apart.
        running = [line.edge for line in broken if _MARK.search(line.text)]
        cells = _common_end([line.edge for line in prose], running, _SLACK, _SLACK)
    if max(cells, characters) == (0, 0):
        return None
    return Margin(cells[1], in_cells=True) if cells[0] >= characters[0] else Margin(characters[1], in_cells=False)


def _prose(lines: Sequence[Line]) -> list[Line]:
    """The lines without the rows of tables, and without titles and heads of tables: those have no marks of sentences
    and end anywhere, the latter before the margin."""
    prose = [line for line in lines if line.edge >= _LEAST_WIDTH and not is_spread(line.text)]
    prose = [line for line in prose if _MARK.search(line.text) or not _CELL.search(line.text)]
    edge, reach = _ninth_tenth([line.edge for line in prose]), _ninth_tenth([line.reach for line in prose])
    return [
        line for line in prose if _MARK.search(line.text) or line.edge * 5 >= edge * 4 or line.reach * 5 >= reach * 4
    ]


def _ninth_tenth(ends: Sequence[int]) -> int:
    """Where nine lines in ten have ended; 0 for no lines."""
    return sorted(ends)[len(ends) * 9 // 10] if ends else 0


def _common_end(ends: Sequence[int], broken: Sequence[int], slack: int, reach: int) -> tuple[int, int]:
    """(how many, where) of the broken lines that end together, give or take the reach: most of them, and hardly a line
    goes beyond by more than the slack; (0, 0) where there is no such place.

    Few lines are enough where all of them end at the very same place and none goes beyond.
    """
    edges = Counter(broken)
    if not edges:
        return 0, 0
    near = {edge: sum(edges[edge + off] for off in range(-reach, reach + 1)) for edge in edges}
    right = max(near, key=lambda edge: (near[edge], edges[edge], edge))
    if near[right] < 4 and (edges[right] < 2 or max(ends) > right or edges[right] < edges.total()):
        return 0, 0
    if near[right] * 2 < edges.total() or sum(end > right + slack for end in ends) * 10 > len(ends):
        return 0, 0
    return near[right], right


def continues(line: Line, following: Line, first: Line, right: Margin | None) -> bool:
    """Whether `following` goes on with the paragraph that began with `first` and has come to `line`."""
    if following.gap > _MOST_GAP:
        return False
    if following.text[0] in _CANNOT_BEGIN and not _ENDS.search(line.text):
        return True
    if _CUT.search(line.text) and following.text[0].isdecimal() and len(line.text) >= _TAIL:
        return True
    if line.text[-1].isdecimal() and _DECIMALS.match(following.text):
        return True
    if _SPLIT.search(line.text) and _REST.match(following.text) and _is_clause(line.text):
        return True
    if begins_anew(following.text) or is_caption(first.text) or is_spread(line.text) or is_spread(following.text):
        return False
    if _are_rows(line.text, following.text):
        return False
    if right is not None and not right.has_room(line, following.text):
        # A full line at the end of a sentence may end its paragraph: then the next one is indented.
        goes_on = _pauses(line, right) or line.text.endswith(_COLONS)
        return not _ENDS.search(line.text) or following.indent < first.indent or goes_on
    return breaks_off(line.text)


def ends_sentence(text: str) -> bool:
    """Whether a line ends as a sentence, or a clause that stands for one, does."""
    return _ENDS.search(text) is not None


def is_spread(text: str) -> bool:
    """Whether a line has gaps as between the columns of a table."""
    return _SPREAD.search(text) is not None


def _are_rows(line: str, following: str) -> bool:
    """Whether one of two lines ends in numbers set apart by single blanks, and has no marks of a sentence, as a table's
    row; a row of names and numbers by turns is none where the other line is prose."""
    unmarked = [text for text in (line, following) if not _MARK.search(text)]
    if any(_LAST_CELLS.search(text[-_CELLS:]) for text in unmarked):
        return True
    return len(unmarked) == 2 and _LAST_CELL.search(line[-_CELLS:]) is not None


def breaks_off(text: str) -> bool:
    """Whether a line of any width leaves its last sentence unfinished, as where a page or column ended.

    What follows the last full stop must be too long, and too much like a sentence, for a byline or a title.
    """
    last = text[-1]
    if last in _COMMAS or text.endswith(_COLONS):
        return True
    if not (last.isalnum() or last in _UNFINISHED):
        return False
    ended = _SENTENCE.match(text)
    tail = text[ended.end() :] if ended else text
    return len(text) >= _LONG and len(tail) >= _TAIL and _CLAUSE.search(tail) is not None


def _is_clause(text: str) -> bool:
    """Whether a line runs like a sentence, too long and too much divided for a title."""
    return len(text) >= _TAIL and _CLAUSE.search(text) is not None and not is_spread(text)


def _pauses(line: Line, right: Margin) -> bool:
    """Whether a full line ends in a semicolon, which seldom ends a paragraph."""
    return line.text[-1] in "；;" and right.is_full(line)


def _unbreakable(text: str) -> str:
    found = _UNBREAKABLE.match(text)
    return found[0] if found else text[:1]
