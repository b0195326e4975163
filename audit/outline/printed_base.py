"""Finds shares whose base is printed right before the percentage (占公路总里程484.65万公里的3.5%).

Nodes of kind `share` and form `named`, with the slots `part`, `base` and `share`. The part is the figure before the
clause; nothing but how that figure changed may stand between.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from audit.claim import Kind
from audit.outline.cues import one_of, table
from audit.outline.parts import LEVELS
from audit.outline.tree import Aspect, Figure, Node, Sentence

_OF = re.compile("的[约近超]?")
_ASIDE = frozenset({Aspect.CHANGE, Aspect.GROWTH})


def find_printed(sentence: Sentence, groups: Iterator[int]) -> Iterator[Node]:
    """The shares of one sentence whose base is printed with them."""
    figures = sentence.figures
    for n, share in enumerate(figures[2:], 2):
        base = figures[n - 1]
        if share.claim.kind is not Kind.PERCENT or not _OF.fullmatch(share.lead) or not _opens().match(base.lead):
            continue
        part = _part(figures[: n - 1])
        if part is not None and part.claim.dimension == base.claim.dimension:
            yield Node(
                kind="share",
                form="named",
                span=part.span.cover(share.span),
                slots=(("part", (part,)), ("base", (base,)), ("share", (share,))),
                features=frozenset({"near", "exact"}),
                group=next(groups),
            )


@cache
def _opens() -> re.Pattern[str]:
    """How a clause begins that says what the figure before it is a share of."""
    return re.compile(f"[已仅只约共也均]{{0,2}}{one_of(table('shares')['verb']['words'])}")


def _part(before: Sequence[Figure]) -> Figure | None:
    """The level stated last, if only its changes follow it."""
    last = next((f for f in reversed(before) if f.aspect not in _ASIDE), None)
    return last if last is not None and last.aspect in LEVELS and last.tail != "的" else None
