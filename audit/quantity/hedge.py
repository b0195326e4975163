"""Hedges (约 近 超 余 以上 …) and the intervals they stand for, from audit/data/hedges.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib import resources
from typing import NamedTuple

from audit.frozen import unchecked
from audit.quantity.exact import exact, quotient
from audit.quantity.interval import Interval
from audit.quantity.numeral import Numeral

_interval = unchecked(Interval)


class Hedge(NamedTuple):
    """A hedge as printed, and the name of its mode."""

    word: str
    mode: str


@dataclass(frozen=True, slots=True)
class Mode:
    """How one family of hedges widens a figure: the ends as (factor of the value, factor of its lowest unit)."""

    name: str
    reason: str
    low: tuple[Fraction, Fraction] | None
    high: tuple[Fraction, Fraction] | None
    low_open: bool
    high_open: bool

    def interval(self, value: Fraction, unit: Fraction) -> Interval:
        """The numbers meant by a figure of this value whose lowest non-zero digit counts `unit`."""
        if value.numerator < 0:  # 亏损超5亿元 as −5亿: the loss is what is hedged
            return -self.interval(-value, unit)
        low = None if self.low is None else _at(self.low, value, unit)
        high = None if self.high is None else _at(self.high, value, unit)
        return Interval(low, high, self.low_open, self.high_open)


def _at(end: tuple[Fraction, Fraction], value: Fraction, unit: Fraction) -> Fraction:
    """An end, (factor of the value, factor of the unit); most factors are one or zero."""
    of_value, of_unit = end
    at = value if of_value == 1 else of_value * value
    return at + of_unit * unit if of_unit else at


@dataclass(frozen=True, slots=True)
class Hedges:
    """The words of every position with the mode they stand for, and what rules a `before` word out."""

    modes: dict[str, Mode]
    before: dict[str, str]
    before_round: dict[str, str]
    inside: dict[str, str]
    after: dict[str, str]
    not_after: dict[str, str]

    def after_mode(self, word: str) -> str:
        """The mode of a hedge behind the unit, whatever brackets and 及, 或 it carries ((含)以上, 及以上)."""
        return self.after.get(word) or self.after[word[-2:]]


def _end(data: list[float] | None) -> tuple[Fraction, Fraction] | None:
    return None if data is None else (exact(Fraction(str(data[0]))), exact(Fraction(str(data[1]))))


@cache
def hedges() -> Hedges:
    """The hedges of the data file, read once."""
    data = tomllib.loads(resources.files("audit.data").joinpath("hedges.toml").read_text(encoding="utf-8"))
    known = Hedges({}, {}, {}, {}, {}, {})
    for entry in data["hedge"]:
        name, open_ends = entry["mode"], entry["open"]
        known.modes[name] = Mode(
            name,
            entry["reason"],
            _end(entry.get("low")),
            _end(entry.get("high")),
            open_ends in ("low", "both"),
            open_ends in ("high", "both"),
        )
        known.before.update(dict.fromkeys(entry.get("before", ()), name))
        known.before_round.update(dict.fromkeys(entry.get("before_round", ()), name))
        known.inside.update(dict.fromkeys(entry.get("inside", ()), name))
        known.after.update(dict.fromkeys(entry.get("after", ()), name))
        known.not_after[name] = entry.get("not_after", "")
    return known


def rounded(value: Fraction, step: Fraction) -> Interval:
    """The numbers that print as `value` when rounded half up to whole `step`s: [v − step/2, v + step/2)."""
    # One fraction an end, of integers: this is done for most figures of a text.
    numerator, denominator = value.as_integer_ratio()
    above, below = step.as_integer_ratio()
    double, half, whole = 2 * numerator * below, above * denominator, 2 * denominator * below
    return _interval(quotient(double - half, whole), quotient(double + half, whole), False, True)


def intervals(numeral: Numeral, modes: tuple[str, ...], exact: bool) -> tuple[Interval, Interval]:
    """What a figure may be, and what it may be if its trailing zeros were rounded as well.

    `modes` are its hedges. Two hedges that leave something in common mean both (约300余 is (300, 330]); two that
    exclude each other (近500余) mean either. `exact` says that an unhedged figure is as printed, not rounded.
    """
    value = numeral.value
    if numeral.high is not None:
        vague = Interval(value, numeral.high, False, numeral.vague)
        return vague, vague
    if not modes:
        zeros = numeral.integer and numeral.low > numeral.step
        if exact:
            own = _interval(value, value, False, False)
            return own, rounded(value, numeral.low) if zeros else own
        own = rounded(value, numeral.step)
        return own, rounded(value, numeral.low) if zeros else own
    known = hedges().modes
    result = known[modes[0]].interval(value, numeral.low)
    for name in modes[1:]:
        other = known[name].interval(value, numeral.low)
        result = _both(result, other) if result.meets(other) else result.hull(other)
    return result, result


def _both(a: Interval, b: Interval) -> Interval:
    lows = [(i.low, i.low_open) for i in (a, b) if i.low is not None]
    highs = [(i.high, i.high_open) for i in (a, b) if i.high is not None]
    low = max(lows, default=(None, True), key=lambda e: (e[0], e[1]))
    high = min(highs, default=(None, True), key=lambda e: (e[0], not e[1]))
    return Interval(low[0], high[0], low[1], high[1])
