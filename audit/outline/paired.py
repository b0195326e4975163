"""Finds several quantities that a text says at once to have changed: 分别由3.2万元和1.3万元增加到4.1万元和1.9万元.

Nodes of kind `change` and form `from-to`, one for each, with the changes and rates that follow in the same order.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile

from audit.outline.change_said import change_node, is_growth
from audit.outline.cues import table
from audit.outline.tree import Aspect, Figure, Node, Sentence

_FROM = re.compile("[从由自][^，、；]{0,12}$")
_Run = tuple[tuple[Figure, ...], tuple[Figure, ...]]


def paired_runs(figures: Sequence[Figure]) -> Iterator[_Run]:
    """What several quantities were and what they became, as two lists of one length."""
    for n, end in enumerate(figures):
        if end.aspect is not Aspect.END or _is_coordinated(end):
            continue
        ends = (end, *takewhile(lambda f: f.aspect is Aspect.END and _is_coordinated(f), figures[n + 1 :]))
        starts = tuple(figures[max(0, n - len(ends)) : n])
        if len(ends) < 2 or len(starts) != len(ends) or not _FROM.search(starts[0].lead):
            continue
        alike = all(a.claim.dimension == b.claim.dimension for a, b in zip(starts, ends, strict=True))
        if alike and all(map(_is_coordinated, starts[1:])):
            yield starts, ends


def find_paired(sentence: Sentence, groups: Iterator[int]) -> Iterator[Node]:
    """The changes of a sentence that are stated at once, in text order."""
    for starts, ends in paired_runs(sentence.figures):
        at = bisect_right(sentence.figures, ends[-1].order, key=lambda figure: figure.order)
        following = sentence.figures[at : at + 2 * len(ends) + 1]
        changes = _list(following, len(ends), lambda f: f.aspect is Aspect.CHANGE)
        growths = _list(following[len(changes) :], len(ends), is_growth)
        for n, (start, end) in enumerate(zip(starts, ends, strict=True)):
            change, growth = changes[n : n + 1], growths[n : n + 1]
            if any(f.sign != end.sign for f in (*change, *growth)):
                change, growth = (), ()
            yield change_node("from-to", (start,), (end,), change, growth, sentence.span, next(groups))


def _list(figures: Sequence[Figure], size: int, is_wanted: Callable[[Figure], bool]) -> tuple[Figure, ...]:
    """The list of so many figures that the given ones begin with; () where they begin with no such list."""
    found = tuple(figures[:size])
    fits = len(found) == size and all(map(is_wanted, found)) and all(map(_is_coordinated, found[1:]))
    return found if fits and not any(map(_is_coordinated, figures[size : size + 1])) else ()


def _is_coordinated(figure: Figure) -> bool:
    return figure.lead in table("cues")["coordination"]["words"]
