"""Finds shares whose base is printed right before the percentage (占果园总面积126.4万亩的6.5%, 占全省68个县的58.8%,
占总股本（1618820股）的3.9%).

Nodes of kind `share` and form `named`, with the slots `part`, `base` and `share`. The part is the figure before the
clause; nothing but how that figure changed may stand between.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from audit.claim import Kind
from audit.outline.cues import one_of, table
from audit.outline.parts import LEVELS, may_sum
from audit.outline.tree import Aspect, Figure, Node, Sentence

_OF = re.compile("[^，。；]{0,8}的[约近超]?")
_BESIDE = 3
"""How many characters stand between the bracket's inside and the percentage: ）的."""
_ASIDE = frozenset({Aspect.CHANGE, Aspect.GROWTH})


def find_printed(sentence: Sentence, groups: Iterator[int]) -> Iterator[Node]:
    """The shares of one sentence whose base is printed with them."""
    figures = sentence.figures
    bracketed = _in_brackets(sentence)
    for n, share in enumerate(figures[1:], 1):
        if share.claim.kind is not Kind.PERCENT:
            continue
        at = n
        base = bracketed.get(share.order)
        if base is None:
            at, base = n - 1, figures[n - 1]
            if base.tail != share.lead or not _OF.fullmatch(share.lead) or not _opens().match(base.lead):
                continue
        part = _part(figures[:at])
        if part is None or not may_sum(base) or part.claim.value == base.claim.value:
            continue
        if part.claim.dimension == base.claim.dimension:
            yield Node(
                kind="share",
                form="named",
                span=part.span.cover(share.span),
                slots=(("part", (part,)), ("base", (base,)), ("share", (share,))),
                features=frozenset({"near", "exact"}),
                group=next(groups),
            )


def _in_brackets(sentence: Sentence) -> dict[int, Figure]:
    """The figure alone in brackets right before what a share is of, by the share's order."""
    found = {}
    for clause in sentence.clauses:
        share = clause.figures[0] if clause.figures else None
        for bracket in clause.brackets:
            inside = bracket.figures
            if share is None or len(inside) != 1 or inside[0].lead + inside[0].tail or not _opens().match(share.lead):
                continue
            if 0 <= share.span.start - bracket.span.end <= _BESIDE and share.lead.endswith("的"):
                found[share.order] = inside[0]
    return found


@cache
def _opens() -> re.Pattern[str]:
    """How a clause begins that says what the figure before it is a share of."""
    return re.compile(f"[已仅只约共也均]{{0,2}}{one_of(table('shares')['verb']['words'])}")


def _part(before: Sequence[Figure]) -> Figure | None:
    """The level stated last, if only its changes follow it."""
    last = next((f for f in reversed(before) if f.aspect not in _ASIDE), None)
    return last if last is not None and last.aspect in LEVELS and last.tail != "的" else None
