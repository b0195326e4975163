"""How one printed figure is read: kind, value, intervals, unit and the steps that led there."""

from __future__ import annotations

from enum import IntEnum
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from audit.claim import Kind
from audit.quantity.exact import exact
from audit.quantity.hedge import Hedge, intervals
from audit.quantity.interval import Interval
from audit.quantity.numeral import Numeral, read_numeral
from audit.quantity.unit import Unit, unit_named

_WHOLE = exact(100)
_HALF = exact(1, 2)
_KINDS = {kind.value: kind for kind in Kind}
_ONE_NAME = frozenset({"money", "percent", "points", "multiple"})
_QUOTIENTS = frozenset({Kind.PERCENT, Kind.POINTS, Kind.FRACTION})


class Sense(IntEnum):
    """What the context adds to a figure's own form."""

    PLAIN = 0
    RATE = 1  # so much per household; a norm, or a count of single things
    AVERAGE = 2  # a rate that is a quotient, rounded where it ends
    MEAN = 3  # an average over time (年均, 日均): rounded where it ends, but no rate
    LISTED = 4  # counts what is listed
    ADDED = 5  # so many times more, not so many times as much
    PART = 6  # one part of a ratio of three and more


class Figure(NamedTuple):
    """A figure as read; `value` and the intervals are in `unit`."""

    kind: Kind
    value: Fraction
    interval: Interval
    loose: Interval
    unit: str
    dimension: str
    hedge: str | None
    reading: tuple[tuple[str, str], ...]


@lru_cache(maxsize=1 << 15)
def read_figure(
    numeral: str,
    unit: str = "",
    hedged: tuple[Hedge, ...] = (),
    sense: Sense = Sense.PLAIN,
    negative: bool = False,
    half: bool = False,
) -> Figure:
    """The figure of a numeral in a unit ("" for none) with its hedges; raises ValueError when the numeral is none.

    `half` adds one half of the unit (一年半). Its interval follows the rounding contract.
    """
    number = read_numeral(numeral)
    own = _unit(unit)
    kind = own.kind
    if own.doubled:
        number = _doubled(number)
    if half:
        number = Numeral(number.value + _HALF, _HALF, _HALF, True, False)
    if negative:
        number = number.times(Fraction(-1))
    if own.factor is not None:
        number = number.times(own.factor)
    exact = _is_exact(number, kind, sense)
    interval, loose = intervals(number, tuple([hedge.mode for hedge in hedged]) if hedged else (), exact)
    value = number.value
    if number.high is not None:
        value = (value + number.high) / 2
        if not number.vague:
            kind = Kind.RANGE
    dimension = own.dimension
    if sense is Sense.LISTED:
        kind, loose = Kind.LIST_COUNT, interval
    elif sense is Sense.PART:
        kind, dimension = Kind.RATIO, dimension or "ratio"
    elif (sense is Sense.RATE or sense is Sense.AVERAGE) and kind not in _QUOTIENTS:
        kind = Kind.PER
    words = "…".join([hedge.word for hedge in hedged]) if hedged else None
    reading = _reading(own.kind, sense, numeral, unit, hedged, exact, number)
    return Figure(kind, value, interval, loose, own.printed, dimension, words, reading)


class _Unit(NamedTuple):
    """What a unit makes of a figure: its kind, the name of the unit that its value is given in, its dimension, the
    factor that converts it, None for none, and whether it counts doublings."""

    kind: Kind
    printed: str
    dimension: str
    factor: Fraction | None
    doubled: bool


@lru_cache(maxsize=1 << 12)
def _unit(name: str) -> _Unit:
    if not name:
        return _Unit(Kind.COUNT, "", "", None, False)
    unit = unit_named(name)
    factor = unit.factor if unit.converted else None
    return _Unit(_KINDS[unit.kind], unit_printed(unit), unit.dimension, factor, name == "番")


def _is_exact(number: Numeral, kind: Kind, sense: Sense) -> bool:
    """Whether an unhedged figure is as printed and not rounded at its last digit.

    Integers without a scale word are counted one by one; percents, tenths and averages are quotients. Grouped amounts
    (27,203,319,000元) come from ledgers kept to the 分 and are rounded to the 元. 100 % is a whole, not a quotient.
    """
    if kind in _QUOTIENTS:
        return kind is Kind.PERCENT and number.integer and number.value == _WHOLE
    if sense in (Sense.AVERAGE, Sense.MEAN) or (kind is Kind.AMOUNT and number.grouped):
        return False
    return number.integer and not number.scaled


def unit_printed(unit: Unit | None) -> str:
    """The name of the unit that values are given in, "" for none."""
    if unit is None or unit.family == "fraction":
        return ""
    return unit.base if unit.family in _ONE_NAME else unit.name


def _doubled(number: Numeral) -> Numeral:
    """翻两番 is twice doubled: four times as much."""
    times = number.value
    if times.denominator != 1 or not 0 < times <= 10:
        raise ValueError("“番”前面的数不是翻番的次数")
    return Numeral(Fraction(2) ** int(times), Fraction(1), Fraction(1), True, False)


_EXACT, _ROUNDED = ("interval", "exact"), ("interval", "rounded")


def _reading(
    kind: Kind, sense: Sense, numeral: str, unit: str, hedged: tuple[Hedge, ...], exact: bool, number: Numeral
) -> tuple[tuple[str, str], ...]:
    steps = [("numeral", numeral)]
    if kind is Kind.MULTIPLE:
        steps.append(("multiple", "added" if sense is Sense.ADDED else "level"))
    if unit:
        steps.append(("unit", unit))
    if hedged:
        steps += [("hedge", f"{hedge.word}: {hedge.mode}") for hedge in hedged]
    if number.high is not None:
        steps.append(("interval", "vague" if number.vague else "range"))
    elif not hedged:
        steps.append(_EXACT if exact else _ROUNDED)
    return tuple(steps)


@lru_cache(maxsize=1 << 12)
def read_range(first: str, second: str, unit: str, hedged: tuple[Hedge, ...]) -> Figure:
    """The figure of a range (3-5户): both ends included, its value the middle; raises ValueError when it is none."""
    low, high = read_numeral(first), read_numeral(second)
    own = unit_named(unit) if unit else None
    if own and own.converted:
        low, high = low.times(own.factor), high.times(own.factor)
    end = high.value if high.high is None else high.high
    if low.value > end:
        raise ValueError(f"“{first}—{second}”的起点大于终点")
    interval = Interval(low.value, end)
    return Figure(
        Kind.RANGE,
        (low.value + end) / 2,
        interval,
        interval,
        unit_printed(own),
        own.dimension if own else "",
        "…".join(hedge.word for hedge in hedged) or None,
        (("range", f"{first} – {second}"), ("unit", unit)),
    )


def ratio_figure(value: Fraction, printed: str, step: Fraction = Fraction(0)) -> Figure:
    """The figure of a ratio without unit, exact (1:0.5), or rounded to a step (2.31:1)."""
    interval = Interval(value - step / 2, value + step / 2, high_open=step > 0)
    return Figure(Kind.RATIO, value, interval, interval, "", "ratio", None, (("ratio", printed),))


def fraction_figure(part: Fraction, whole: Fraction, hedged: tuple[Hedge, ...], printed: str) -> Figure:
    """The figure of a fraction (三分之一, 1/4), exact but for its hedges; `whole` is not zero."""
    step = 1 / whole
    number = Numeral(part / whole, step, step, True, False)
    interval, loose = intervals(number, tuple(hedge.mode for hedge in hedged), True)
    words = "…".join(hedge.word for hedge in hedged) or None
    return Figure(Kind.FRACTION, number.value, interval, loose, "", "fraction", words, (("fraction", printed),))
