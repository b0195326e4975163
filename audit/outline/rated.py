"""Finds the counts that a named rate is the quotient of, where the text does not say so.

Nodes of kind `share` and form `rate`, with the slots `part`, `base` and `share`. The part is the count that the rate
is named after (处理474件，处理率94.61%), or the last one before it. The base is a count of the same sentence that is no
smaller (feature `near`), or one stated before (`distant`): of the places that each have one of what the part counts
(全县111个村, 村卫生室97个), or of the same set of people (贫困对象13660人, 贫困家庭参保10159人).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

from audit.claim import Kind
from audit.outline.cues import one_of, table
from audit.outline.naming import core, name_of
from audit.outline.outline import Outline
from audit.outline.parts import LEVELS
from audit.outline.tree import Aspect, Figure, Node, Sentence

_STEM = re.compile(r"(?P<stem>[^，、；\d]{1,6}?)率[为是达到已约高]*$")
_REACH = 160
"""How many figures back a base is looked for."""
_READINGS = 3


def find_rated(outline: Outline, sentences: Sequence[Sentence], index: int, groups: Iterator[int]) -> Iterator[Node]:
    """The rates of one sentence with their counts; several possible bases are readings of one group."""
    figures = sentences[index].figures
    for n, rate in enumerate(figures):
        stem = _STEM.search(rate.lead)
        if rate.claim.kind is not Kind.PERCENT or rate.aspect is not Aspect.RATE or stem is None:
            continue
        counts = [f for f in figures[:n] if f.aspect in LEVELS and f.claim.kind is Kind.COUNT]
        if not counts or not 0 < rate.claim.value < 100:
            continue
        part = next((c for c in reversed(counts) if c.lead.endswith(stem["stem"])), None)
        named = part is not None
        part = part or counts[-1]
        bases = [(b, "near") for b in reversed(counts) if named and b.order < part.order and _may_be_base(b, part)]
        if not bases and part is figures[n - 1]:
            bases = [(b, "distant") for b in _earlier(outline, sentences[index]) if _is_set_of(b, part)]
        group = next(groups)
        for reading, (base, feature) in enumerate(bases[:_READINGS]):
            yield Node(
                kind="share",
                form="rate",
                span=base.span.cover(rate.span),
                slots=(("part", (part,)), ("base", (base,)), ("share", (rate,))),
                features=frozenset({feature}),
                group=group,
                reading=reading,
            )


def _may_be_base(base: Figure, part: Figure) -> bool:
    return base.claim.dimension == part.claim.dimension and base.claim.value >= part.claim.value


def _earlier(outline: Outline, sentence: Sentence) -> Iterator[Figure]:
    """The counts before a sentence, nearest first."""
    end = bisect_left(outline.main_starts, sentence.span.start)
    for figure in reversed(outline.main[max(0, end - _REACH) : end]):
        if figure.claim.kind is Kind.COUNT and figure.aspect in LEVELS:
            yield figure


def _is_set_of(base: Figure, part: Figure) -> bool:
    """Whether the base counts all the places, or the set of people, that the part is counted among."""
    if not _may_be_base(base, part):
        return False
    if part.claim.dimension == "person":
        return bool(_sets(name_of(base)) & _sets(name_of(part)))
    place = base.claim.label
    return bool(place) and part.claim.label.startswith(place) and part.claim.label != place and _is_whole(base)


def _is_whole(figure: Figure) -> bool:
    """Whether the figure counts all of a place: 全县111个村."""
    return re.search("全[^，]$", figure.lead) is not None


@cache
def _people() -> re.Pattern[str]:
    words = table("naming")["people"]
    return re.compile(f"(?=([一-鿿]{{2}}){one_of([*words['words'], *words['households']])})")


def _sets(name: str) -> frozenset[str]:
    """The sets of people that a name speaks of, by what tells them from others: 贫困 of 贫困家庭参加养老保险."""
    return frozenset(_people().findall(core(name)))
