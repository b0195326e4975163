"""Tells which figures can be a total or a part at all, from the words and the figures beside them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise

from audit.claim import Kind
from audit.outline.cues import one_of, table
from audit.outline.naming import core
from audit.outline.tree import Figure
from audit.quantity.unit import unit_named

_RATED = frozenset({"power", "tonnage", "physics"})
"""Families of units in which one of several things is rated (两台33万千瓦机组)."""

_OPERATORS = ("+", "＋", "×", "÷", "=", "＝", "*")
"""Signs between the figures of a printed calculation."""


@cache
def _undivided() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = table("breakdowns")["average"]
    average = f"{one_of(words['words'])}|{one_of(words['extremes'])}[为达是]?$"
    return re.compile(average), re.compile(f"{one_of(words['densities'])}|{one_of(words['indices'])}[为达是]?$")


def divisible(fits: Callable[[Figure], bool], beside: Sequence[Figure]) -> Callable[[Figure], bool]:
    """Those that fit without averages, without what the next figure is of (计划数48.5亿元的86.3%), without who does
    what is counted (由4个界别、800人组成的委员会), and without ratings and groups among the figures `beside`."""
    _, density = _undivided()
    pairs = list(pairwise(beside))
    others = {a for a, b in pairs if _is_group(a, b) or _is_rating_of(a, b)} | {b for a, b in pairs if _is_rating(a, b)}
    return lambda figure: (
        fits(figure)
        and figure not in others
        and figure.tail != "的"
        and not (figure.lead.endswith(_OPERATORS) or figure.tail.startswith(_OPERATORS))
        and not (figure.lead.endswith("由") and not figure.tail.endswith("组成"))
        and not (is_average(figure) or density.search(figure.lead + figure.claim.label))
    )


def is_average(figure: Figure) -> bool:
    """Whether the text calls the figure an average, a speed or a value of one of several."""
    return _undivided()[0].search(figure.lead) is not None


def is_named_in(figure: Figure, text: str) -> bool:
    """Whether a text has a word of what the figure is called before or behind it (外资100亿元，仅去年外资17亿元)."""
    name, said = core(figure.lead) + core(figure.tail), core(text)
    return any(first + second in said for first, second in pairwise(name) if _is_word(first) and _is_word(second))


def _is_word(character: str) -> bool:
    return "一" <= character <= "鿿"


def _is_rating(first: Figure, second: Figure) -> bool:
    """Whether the second figure says what each of the things counted right before it can do (两台33万千瓦机组)."""
    adjoining = second.order == first.order + 1 and not first.tail and not second.lead
    return adjoining and first.claim.kind is Kind.COUNT and unit_named(second.claim.unit).family in _RATED


def _is_rating_of(first: Figure, second: Figure) -> bool:
    """Whether the first figure says what each of the things can do that the second one counts (70万千瓦机组32台)."""
    adjoining = second.order == first.order + 1 and first.tail == second.lead != ""
    return adjoining and second.claim.kind is Kind.COUNT and unit_named(first.claim.unit).family in _RATED


def _is_group(first: Figure, second: Figure) -> bool:
    """Whether the first figure counts what the second one's things are in (其中有6个项目17个小项)."""
    return (
        second.order == first.order + 1
        and first.claim.dimension == second.claim.dimension
        and first.tail == second.lead == first.claim.label != ""
        and not core(first.lead.removeprefix("其中"))
    )
