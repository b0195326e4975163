"""Finds averages with their total and their count: 共发放补贴36万元，惠及300人，人均1200元; 865户，2266人，户均2.62人.

A node of kind `average` has the slots `total`, `count` and `unit_value`. Forms: `sentence`, all from one sentence: the
total in the unit of the average, the count of what it is per, where several totals or counts are readings of one
group, the nearest first, and the feature `alone` says that there is but one of each; `named`, where the average names
both (平均每个家庭户的人口) or what is divided (人均耕地面积, 户均从业人员数), and its total or its people may stand a
little before the sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import count, product

from audit.claim import Kind
from audit.outline.naming import core, is_exactly, name_of
from audit.outline.outline import Outline
from audit.outline.parts import LEVELS
from audit.outline.priced import find_priced, price_of
from audit.outline.tree import Figure, Node

_OF_PEOPLE = {"人": ("person", "人次"), "户": ("household", "户次")}
_REACH = 8
"""How many figures before and after an average its total and count can stand."""
_BACK = 12
"""How many figures back a total and a count are looked for that the average names."""
_AVERAGE = re.compile("平均每[个家所座]?(?P<per>[^，的]{2,8}?)的(?P<what>[^，的]{2,8}?)[为达是约有]*")
_WHAT = re.compile("[人户]均(?P<what>[^，的]{2,10}?)[为达是约有]*$")
_MOST = 2
"""Of more totals or counts than this, none can be told to be the one."""


def find_averages_of_totals(outline: Outline) -> Iterator[Node]:
    """The averages of a document, in text order."""
    groups = count()
    yield from find_priced(outline, groups)
    for sentence in outline.stating:
        figures = sentence.figures
        for n, each in enumerate(figures):
            if each.claim.kind is not Kind.PER or not each.claim.per or price_of(each):
                continue
            near = [*reversed(figures[max(0, n - _REACH) : n]), *figures[n + 1 : n + 1 + _REACH]]
            totals, counts = _totals(each, near), _counts(each, near)
            yield from _of_named(outline, each, totals, counts, groups)
            only = len(totals) == len(counts) == 1 and not counts[0].claim.dimension.endswith("次")
            alone = frozenset({"alone"} if only else ())
            group = next(groups)
            if max(len(totals), len(counts)) > _MOST:
                continue
            for reading, (total, number) in enumerate(product(totals, counts)):
                yield _node("sentence", total, number, each, alone, group, reading)
        for each in figures:
            if found := _called(outline, each):
                yield _node("named", *found, each, frozenset(), next(groups))


def _node(
    form: str, total: Figure, number: Figure, each: Figure, facts: frozenset[str], group: int, reading: int = 0
) -> Node:
    return Node(
        kind="average",
        form=form,
        span=total.span.cover(number.span).cover(each.span),
        slots=(("total", (total,)), ("count", (number,)), ("unit_value", (each,))),
        features=facts,
        group=group,
        reading=reading,
    )


def _called(outline: Outline, each: Figure) -> tuple[Figure, Figure] | None:
    """The nearest total and count that an average names (家庭户…户，家庭户人口…人。平均每个家庭户的人口…人)."""
    name = _AVERAGE.fullmatch(each.lead)
    if name is None or each.claim.kind is not Kind.PER:
        return None
    at = bisect_left(outline.main_starts, each.span.start)
    before = [f for f in reversed(outline.main[max(0, at - _BACK) : at]) if f.aspect in LEVELS]
    counts = (f for f in before if f.claim.kind is Kind.COUNT and is_exactly(name["per"], name_of(f)))
    totals = (
        f
        for f in before
        if f.claim.dimension == each.claim.dimension and is_exactly(name["per"] + name["what"], name_of(f))
    )
    number, total = next(counts, None), next(totals, None)
    return (total, number) if number and total and number.claim.value > 1 else None


def _of_named(
    outline: Outline, each: Figure, totals: Sequence[Figure], counts: Sequence[Figure], groups: Iterator[int]
) -> Iterator[Node]:
    """The averages of what they name (人均耕地面积, 户均从业人员数) whose total or people stand before the sentence."""
    name = _WHAT.search(each.lead)
    if name is None or each.claim.per not in _OF_PEOPLE:
        return
    if counts and any(_is_called(name["what"], f) for f in totals):
        return  # both stand in the sentence
    at = bisect_left(outline.main_starts, each.span.start)
    before = [f for f in reversed(outline.main[max(0, at - _BACK) : at]) if f.order < each.order]
    called = [f for f in _totals(each, before) if _is_called(name["what"], f)]
    group = next(groups)
    pairs = product(called[:1], (counts or _counts(each, before))[:_MOST])
    for reading, (total, number) in enumerate(pairs):
        if total is not number:
            yield _node("named", total, number, each, frozenset(), group, reading)


def _is_called(what: str, total: Figure) -> bool:
    """Whether a figure is called by what an average is of, be it with fewer words (体育场地面积 for 场地面积)."""
    plain, name = re.sub("[数量额]$", "", core(what)), re.sub("[数量额]$", "", core(name_of(total)))
    return len(plain) > 1 and len(name) > 1 and (name.endswith(plain) or plain.endswith(name))


def _totals(each: Figure, near: Sequence[Figure]) -> list[Figure]:
    kinds = (Kind.AMOUNT, Kind.MEASURE, Kind.COUNT)
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
        and (f.claim.dimension in _OF_PEOPLE.get(per, ()) or f.claim.unit == per)
    ]
