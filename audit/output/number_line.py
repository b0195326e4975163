"""Two intervals and the gap between them, placed on a line from 0 to 100 for an SVG."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from audit.quantity.interval import Interval
from audit.verdict import Quantity

_MARGIN = Fraction(1, 8)  # of the shown range, left free on each side
_LEAST = Fraction(1)  # an exact number is drawn this wide, so that it can be seen


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of the line; `left` and `width` are percent of it, as attribute text."""

    left: str
    width: str


@dataclass(frozen=True, slots=True)
class NumberLine:
    """The bars of the computed and the stated interval and of the gap between them, None where there is none to see.

    `apart` says whether the intervals share no value: they may touch and yet not meet, where an end is open.
    """

    computed: Bar
    stated: Bar
    gap: Bar | None
    apart: bool


def number_line(computed: Quantity, stated: Quantity) -> NumberLine:
    """The line that shows both intervals whole; an infinite end runs to the edge."""
    sides = (computed, stated)
    ends = [e for q in sides for e in (q.interval.low, q.interval.high, q.value) if e is not None]
    low, high = min(ends), max(ends)
    reach = high - low or Fraction(1)
    low, high = low - reach * _MARGIN, high + reach * _MARGIN

    def at(value: Fraction | None, edge: int) -> Fraction:
        return Fraction(edge) if value is None else (value - low) / (high - low) * 100

    def bar(interval: Interval) -> tuple[Fraction, Fraction]:
        left, right = at(interval.low, 0), at(interval.high, 100)
        if right - left < _LEAST:
            left, right = left - (_LEAST - right + left) / 2, right + (_LEAST - right + left) / 2
        return left, right

    drawn = [bar(q.interval) for q in sides]
    first, second = sorted(drawn)
    apart = computed.interval.below(stated.interval) or stated.interval.below(computed.interval)
    gap = _bar(first[1], second[0]) if apart and first[1] < second[0] else None
    return NumberLine(_bar(*drawn[0]), _bar(*drawn[1]), gap, apart)


def _bar(left: Fraction, right: Fraction) -> Bar:
    return Bar(_percent(left), _percent(right - left))


def _percent(value: Fraction) -> str:
    hundredths = round(value * 100)
    return f"{hundredths // 100}.{hundredths % 100:02d}"
