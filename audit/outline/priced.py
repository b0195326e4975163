"""Finds what so many things come to at a price: 发行1200万股，每股8.5元，募集资金1.02亿元; 每10股派2元，共派发240万元.

Nodes of kind `average` and form `priced`, with the slots `total`, `count` and `unit_value`; the price stands in money
per thing, or in shares per so many (每10股转增5股). Givens: `size`, how many things the price is for, and `each`, what
it is for one of them. Features: `single` where it is for one, `set` where the price is one that was set and so is
exact, `alone` where the sentence has but one price and one count, and its total is called the whole, `near` where the
product is the total if the price is rounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from audit.claim import Kind
from audit.outline.cues import one_of, table
from audit.outline.outline import Outline
from audit.outline.parts import LEVELS
from audit.outline.tree import Aspect, Figure, Node, Sentence

_THINGS = (Kind.COUNT, Kind.MEASURE)
_ASPECTS = LEVELS | {Aspect.CHANGE}
_PER = re.compile("(?P<size>[0-9]+|[十百千万])?(?P<unit>[^0-9]+)")
_SIZES = {"十": 10, "百": 100, "千": 1000, "万": 10000}
_MOST = 4
"""Of more counts or totals than this in a sentence the nearest are looked at."""


@dataclass(frozen=True, slots=True)
class _Words:
    """What tells a price, one that is no set price, one that is only a limit, a total, and what is no whole one."""

    price: re.Pattern[str]
    mean: re.Pattern[str]
    limit: re.Pattern[str]
    whole: re.Pattern[str]
    net: re.Pattern[str]


@cache
def _words() -> _Words:
    return _Words(**{name: re.compile(one_of(words)) for name, words in table("priced").items()})


@dataclass(frozen=True, slots=True)
class _Price:
    """A price: the figure, and for how many things of which unit it is."""

    figure: Figure
    size: int
    unit: str


def find_priced(outline: Outline, groups: Iterator[int]) -> Iterator[Node]:
    """The prices of a document with what they were paid for and what they come to, in text order."""
    for sentences in outline.streams:
        for index, sentence in enumerate(sentences):
            prices = [price for figure in sentence.figures if (price := price_of(figure))]
            for price in prices:
                beside = [*sentences[max(0, index - 1) : index], *sentences[index + 1 : index + 2]]
                yield from _of_price(price, prices, sentence, beside, groups)


def price_of(figure: Figure) -> _Price | None:
    """The price that a figure is, None for any other: money per thing that is not just an average of people, or so
    many shares for each ten."""
    claim = figure.claim
    found = _PER.fullmatch(claim.per) if claim.kind is Kind.PER and claim.per else None
    if found is None or claim.hedge or claim.value <= 0 or _words().limit.search(figure.lead):
        return None
    shares = claim.dimension == found["unit"]
    if shares and not found["size"]:
        return None
    if not shares and not ("/" in claim.unit or found["unit"] == "股" or _words().price.search(figure.lead)):
        return None
    size = found["size"] or "1"
    return _Price(figure, _SIZES.get(size) or int(size), found["unit"])


def _of_price(
    price: _Price, prices: Sequence[_Price], sentence: Sentence, beside: Sequence[Sentence], groups: Iterator[int]
) -> Iterator[Node]:
    counts = _near(price, [f for f in sentence.figures if _is_count(f, price)])
    totals = _near(price, [f for f in sentence.figures if _is_total(f, price)])
    elsewhere = [] if totals else [f for each in beside for f in each.figures if _is_total(f, price)][:_MOST]
    fitting = [
        (total, number)
        for number in counts
        for total in totals or elsewhere
        if _may_belong(total, number, price) and _fits(total, number, price)
    ]
    alone = len(prices) == 1 == len(counts)
    near = bool(fitting)
    if not fitting and alone:
        fitting = [(t, counts[0]) for t in totals if _is_called_whole(t) and _may_belong(t, counts[0], price)]
    for total, number in fitting[:1]:
        facts = {"alone"} if alone and _is_called_whole(total) and total in totals else set()
        if _is_set(price.figure):
            facts.add("set")
        if near:
            facts.add("near")
        if price.size == 1:
            facts.add("single")
        yield Node(
            kind="average",
            form="priced",
            span=total.span.cover(number.span).cover(price.figure.span),
            slots=(("total", (total,)), ("count", (number,)), ("unit_value", (price.figure,))),
            features=frozenset(facts),
            group=next(groups),
            givens=(("size", Fraction(price.size)), ("each", price.figure.claim.value / price.size)),
        )


def _near(price: _Price, figures: Sequence[Figure]) -> list[Figure]:
    """The figures nearest to a price, in text order."""
    nearest = sorted(figures, key=lambda figure: abs(figure.order - price.figure.order))[:_MOST]
    return sorted(nearest, key=lambda figure: figure.order)


def _is_count(figure: Figure, price: _Price) -> bool:
    claim = figure.claim
    return (
        claim.kind in _THINGS
        and claim.unit.startswith(price.unit)
        and figure.aspect in _ASPECTS
        and claim.hedge is None
        and claim.value > price.size
        and not _words().limit.search(figure.lead)
    )


def _is_total(figure: Figure, price: _Price) -> bool:
    claim = figure.claim
    return (
        claim.kind in (Kind.AMOUNT, *_THINGS)
        and claim.dimension == price.figure.claim.dimension
        and figure.aspect in _ASPECTS
        and claim.value > price.figure.claim.value
        and _words().net.search(figure.lead) is None
    )


def _may_belong(total: Figure, number: Figure, price: _Price) -> bool:
    """Whether a total and a count of one unit stand as 以…股为基数，每10股转增…，共计转增…: before and after."""
    if total is number:
        return False
    return total.claim.dimension != number.claim.dimension or number.order < price.figure.order < total.order


def _fits(total: Figure, number: Figure, price: _Price) -> bool:
    product = number.claim.interval * price.figure.claim.interval
    return product.meets(total.claim.interval.scaled(Fraction(price.size)))


def _is_called_whole(total: Figure) -> bool:
    return total.claim.hedge is None and _words().whole.search(total.lead) is not None


def _is_set(price: Figure) -> bool:
    """Whether a price is no average, and not given in ten thousands."""
    return not (_words().mean.search(price.lead) or re.search("[万亿]", price.claim.text))
