"""Finds ratios named after the two figures they compare: 城镇居民收入50300元，农村居民收入21500元，城乡收入比为2.34.

Nodes of kind `multiple` and form `named`: the first of the two is the `value`, the second the `base`. Features:
`hundred` where the second one counts as 100 (性别比104.52), `sole` where the figures before name each of the two once.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import count, islice, product

from audit.claim import Kind
from audit.outline.cues import one_of, table
from audit.outline.outline import Outline
from audit.outline.parts import LEVELS, SUMMABLE
from audit.outline.parts_of_year import part_of_year
from audit.outline.tree import Aspect, Figure, Node

_BACK = 12
"""How many figures back the two are looked for."""
_MOST = 6
"""So many pairs are tried."""
_NAME = re.compile("(?P<name>[^，。；：、]{2,24}?)(?:之)?(?:比|比值|比例|倍差|比率)(?:[由从].*)?[为是约达到]*$")
_WORD = 2
"""A word of a name that is made of two (在职退休比) has at least so many characters."""
_PLACE = re.compile("全[国省市县区州盟旗]")
_ONE = frozenset({"1", "１"})
_COLON = re.compile("[:：︰∶]")
_KINDS = frozenset({Kind.RATIO, Kind.COUNT, Kind.PERCENT, Kind.MULTIPLE})
_LEVELS = LEVELS | {Aspect.EACH}


@dataclass(frozen=True, slots=True)
class _Pair:
    """How two figures are called, and what both have in their names; `weighted` ones are hardly what the text states
    (a school's students and teachers are counted as full-time equivalents)."""

    first: re.Pattern[str]
    second: re.Pattern[str]
    both: str = ""
    hundred: bool = False
    weighted: bool = False


def find_named_ratios(outline: Outline) -> Iterator[Node]:
    """The named ratios of a document, in text order; several pairs are readings of one group."""
    groups = count()
    for sentence in outline.stating:
        for ratio in sentence.figures:
            name = _NAME.search(ratio.lead) if _is_ratio(ratio) else None
            if name is None:
                continue
            at = bisect_left(outline.main_starts, ratio.span.start)
            before = [f for f in outline.main[max(0, at - _BACK) : at][::-1] if _is_stated(f)]
            pairs = next((found for pair in _pairs(name["name"], ratio) if (found := _called(pair, before))), [])
            group = next(groups)
            for reading, (value, base, features) in enumerate(islice(pairs, _MOST)):
                if not _is_of_one_set(outline.text, name["name"], value, ratio):
                    features = features - {"sole"}
                if _is_turned(ratio):
                    value, base = base, value
                yield Node(
                    kind="multiple",
                    form="named",
                    span=value.span.cover(base.span).cover(ratio.span),
                    slots=(("base", (base,)), ("value", (value,)), ("multiple", (ratio,))),
                    features=features - _unsaid(ratio),
                    group=group,
                    reading=reading,
                )


def _is_ratio(figure: Figure) -> bool:
    claim = figure.claim
    if figure.aspect is Aspect.START:
        return False  # 由上年的2.17:1缩小到2.13:1: what a ratio was is that of other figures
    if claim.kind is Kind.RATIO:
        # 3:2 is what comes near; so many decimals to one have been divided.
        return bool(claim.interval.width) or (_is_turned(figure) and claim.value.denominator > 1)
    return claim.kind in _KINDS and claim.hedge is None and (claim.kind is not Kind.COUNT or not claim.unit)


def _unsaid(ratio: Figure) -> set[str]:
    """The features that do not hold of a ratio as it is printed: as to one it is no number to a hundred, and 1:3.5 may
    have been rounded."""
    if ratio.claim.kind is Kind.COUNT:
        return set()
    return {"hundred"} if ratio.claim.interval.width else {"hundred", "sole"}


def _is_stated(figure: Figure) -> bool:
    return figure.aspect in _LEVELS and figure.claim.kind in (*SUMMABLE, Kind.PER) and figure.claim.hedge is None


def _is_of_one_set(text: str, name: str, value: Figure, ratio: Figure) -> bool:
    """Whether nothing says that the ratio is of another place or another part of the year than the figures."""
    place = _PLACE.match(name)
    elsewhere = place is not None and place[0] not in value.lead
    return not elsewhere and part_of_year(text, value.span.start) == part_of_year(text, ratio.span.start)


def _is_turned(ratio: Figure) -> bool:
    """Whether the ratio is so many of the second to one of the first (投入产出比1:3.5)."""
    printed = _COLON.split(ratio.claim.text)
    return (
        ratio.claim.kind is Kind.RATIO
        and len(printed) > 1
        and printed[0].strip() in _ONE
        and printed[1].strip() not in _ONE
    )


def _pairs(name: str, ratio: Figure) -> Iterator[_Pair]:
    """The ways to read a name as that of two figures, those of a known word first; percentages have no other."""
    for row in _rows():
        if row[0].search(name):
            both = _measure().search(name)
            yield replace(row[1], both=both[0] if both else "")
            return
    if ratio.claim.kind is Kind.PERCENT:
        return
    joined = re.fullmatch("(?P<first>[^与和同]{2,12})[与和同](?P<second>[^与和同]{2,12})", name)
    if joined:
        yield _Pair(re.compile(re.escape(joined["first"])), re.compile(re.escape(joined["second"])))
    for at in range(_WORD, len(name) - _WORD + 1):
        yield _Pair(re.compile(re.escape(name[:at])), re.compile(re.escape(name[at:])))


def _called(pair: _Pair, before: Sequence[Figure]) -> list[tuple[Figure, Figure, frozenset[str]]]:
    """The figures of one unit that are called as the two, the nearest first."""
    firsts = [f for f in before if pair.first.search(f.lead) and pair.both in f.lead]
    seconds = [f for f in before if pair.second.search(f.lead) and pair.both in f.lead]
    alike = [
        (value, base)
        for value, base in product(firsts, seconds)
        if value is not base and value.claim.dimension == base.claim.dimension and base.claim.value > 0
    ]
    facts = {"hundred"} if pair.hundred else set()
    facts |= {"sole"} if len(alike) == 1 and not pair.weighted else set()
    return [(value, base, frozenset(facts)) for value, base in alike]


@cache
def _rows() -> tuple[tuple[re.Pattern[str], _Pair], ...]:
    return tuple(
        (
            re.compile(row["name"]),
            _Pair(
                re.compile(one_of(row["first"])),
                re.compile(one_of(row["second"])),
                hundred="hundred" in row,
                weighted="weighted" in row,
            ),
        )
        for row in table("multiples")["ratios"]["rows"]
    )


@cache
def _measure() -> re.Pattern[str]:
    """What is measured in town and country (收入, 支出)."""
    return re.compile(one_of(table("multiples")["ratios"]["measures"]))
