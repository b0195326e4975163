"""Joins the lines of one paragraph where the layout shows that it was wrapped."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

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
_DECIMALS = re.compile(r"[.．][0-9０-９]")
_SPREAD = re.compile(r"\S(?: {2,}|\t|\u3000+)\S")

_LEAST_WIDTH = 24
_SLACK = 4
"""Cells by which right edges differ on a page of proportional type."""
_LONG = 40
_TAIL = 16
_MOST_GAP = 2


def right_edge(lines: Sequence[Line]) -> int | None:
    """The cell at which the text was wrapped; None where the line lengths show no such edge.

    Lines that break off in mid-sentence end together there, and hardly any line goes beyond.
    """
    prose = [line for line in lines if line.edge >= _LEAST_WIDTH and not is_spread(line.text)]
    edges = Counter(line.edge for line in prose if not _ENDS.search(line.text))
    if not edges:
        return None
    near = {edge: sum(edges[edge + off] for off in range(-_SLACK // 2, _SLACK // 2 + 1)) for edge in edges}
    right = max(near, key=lambda edge: (near[edge], edges[edge], edge))
    beyond = sum(line.edge > right + _SLACK for line in prose)
    if near[right] < 4 or near[right] * 2 < edges.total() or beyond * 10 > len(prose):
        return None
    return right


def continues(line: Line, following: Line, first: Line, right: int | None) -> bool:
    """Whether `following` goes on with the paragraph that began with `first` and has come to `line`."""
    if following.gap > _MOST_GAP:
        return False
    if following.text[0] in _CANNOT_BEGIN and not _ENDS.search(line.text):
        return True
    if _CUT.search(line.text) and following.text[0].isdecimal() and len(line.text) >= _TAIL:
        return True
    if line.text[-1].isdecimal() and _DECIMALS.match(following.text):
        return True
    if begins_anew(following.text) or is_caption(first.text) or is_spread(line.text) or is_spread(following.text):
        return False
    if right is not None and line.edge + width(_unbreakable(following.text)) > right - _SLACK:
        # A full line at the end of a sentence may end its paragraph: then the next one is indented.
        return not _ENDS.search(line.text) or following.indent < first.indent
    return breaks_off(line.text)


def ends_sentence(text: str) -> bool:
    """Whether a line ends as a sentence, or a clause that stands for one, does."""
    return _ENDS.search(text) is not None


def is_spread(text: str) -> bool:
    """Whether a line has gaps as between the columns of a table."""
    return _SPREAD.search(text) is not None


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


def _unbreakable(text: str) -> str:
    found = _UNBREAKABLE.match(text)
    return found[0] if found else text[:1]
