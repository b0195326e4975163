"""Finds averages with their total and their count: 共发放补贴36万元，惠及300人，人均1200元.

A node of kind `average` has the slots `total`, `count` and `unit_value`, all from one sentence: the total in the unit
of the average, the count of what it is per. Several totals or counts are readings of one group, the nearest first; the
feature `alone` says that there is but one of each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, count, product

from audit.claim import Kind
from audit.outline.outline import Outline
from audit.outline.parts import LEVELS
from audit.outline.tree import Figure, Node

_OF_PEOPLE = {"人": "person", "户": "household"}
_REACH = 6
"""How many figures before and after an average its total and count can stand."""
_MOST = 2
"""Of more totals or counts than this, none can be told to be the one."""


def find_averages_of_totals(outline: Outline) -> Iterator[Node]:
    """The averages of a document, in text order."""
    groups = count()
    for sentence in chain.from_iterable(outline.streams):
        figures = sentence.figures
        for n, each in enumerate(figures):
            if each.claim.kind is not Kind.PER or not each.claim.per:
                continue
            near = [*reversed(figures[max(0, n - _REACH) : n]), *figures[n + 1 : n + 1 + _REACH]]
            totals, counts = _totals(each, near), _counts(each, near)
            alone = frozenset({"alone"} if len(totals) == len(counts) == 1 else ())
            group = next(groups)
            if max(len(totals), len(counts)) > _MOST:
                continue
            for reading, (total, number) in enumerate(product(totals, counts)):
                yield Node(
                    kind="average",
                    form="sentence",
                    span=sentence.span,
                    slots=(("total", (total,)), ("count", (number,)), ("unit_value", (each,))),
                    features=alone,
                    group=group,
                    reading=reading,
                )


def _totals(each: Figure, near: Sequence[Figure]) -> list[Figure]:
    kinds = (Kind.AMOUNT, Kind.MEASURE)
    return [
        f
        for f in near
        if f.claim.kind in kinds
        and f.claim.unit == each.claim.unit
        and f.aspect in LEVELS
        and f.claim.value > each.claim.value
    ]


def _counts(each: Figure, near: Sequence[Figure]) -> list[Figure]:
    per = each.claim.per
    return [
        f
        for f in near
        if f.claim.kind in (Kind.COUNT, Kind.MEASURE)
        and f.aspect in LEVELS
        and f.claim.value > 1
        and (f.claim.dimension == _OF_PEOPLE.get(per) or f.claim.unit == per)
    ]
