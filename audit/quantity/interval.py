"""Intervals of rational numbers with open or closed, finite or infinite ends, and exact arithmetic on them.

Arithmetic treats every operand as independent of the others (conservative where a figure stands twice).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from audit.frozen import direct, unchecked
from audit.quantity.exact import compared, divided, minus, plus, times, total

_ZERO = Fraction(0)


@direct
@dataclass(frozen=True, slots=True)
class Interval:
    """The rationals between `low` and `high`; None is an infinite end, which is always open."""

    low: Fraction | None
    high: Fraction | None
    low_open: bool = False
    high_open: bool = False

    def __post_init__(self) -> None:
        if self.low is None:
            object.__setattr__(self, "low_open", True)
        if self.high is None:
            object.__setattr__(self, "high_open", True)
        if self.low is not None and self.high is not None and self.low >= self.high:
            if self.low > self.high:
                raise ValueError(f"interval ends before it starts: {self.low} > {self.high}")
            if self.low_open or self.high_open:
                raise ValueError(f"interval holds nothing: both ends are {self.low} and one is open")

    @classmethod
    def point(cls, value: Fraction | int) -> Interval:
        """The closed interval that holds one number."""
        v = value if isinstance(value, Fraction) else Fraction(value)
        return _interval(v, v, False, False)

    def __contains__(self, value: Fraction) -> bool:
        return (self.low is None or self.low < value or (self.low == value and not self.low_open)) and (
            self.high is None or value < self.high or (self.high == value and not self.high_open)
        )

    def __add__(self, other: Interval) -> Interval:
        return _interval(
            None if self.low is None or other.low is None else plus(self.low, other.low),
            None if self.high is None or other.high is None else plus(self.high, other.high),
            self.low_open or other.low_open,
            self.high_open or other.high_open,
        )

    def __neg__(self) -> Interval:
        return _interval(
            None if self.high is None else -self.high,
            None if self.low is None else -self.low,
            self.high_open,
            self.low_open,
        )

    def __sub__(self, other: Interval) -> Interval:
        return _interval(
            None if self.low is None or other.high is None else minus(self.low, other.high),
            None if self.high is None or other.low is None else minus(self.high, other.low),
            self.low_open or other.high_open,
            self.high_open or other.low_open,
        )

    def __mul__(self, other: Interval) -> Interval:
        a, b, c, d = self.low, self.high, other.low, other.high
        if a is not None and b is not None and c is not None and d is not None and a.numerator > 0 < c.numerator:
            low_open, high_open = self.low_open or other.low_open, self.high_open or other.high_open
            return _interval(times(a, c), times(b, d), low_open, high_open)
        ends = [_product(a_end, b_end) for a_end in _ends(self) for b_end in _ends(other)]
        low = min(ends, key=lambda e: (e[0], e[1], e[2]))
        high = max(ends, key=lambda e: (e[0], e[1], not e[2]))
        return Interval(
            low[1] if low[0] == 0 else None,
            high[1] if high[0] == 0 else None,
            low[2],
            high[2],
        )

    def __truediv__(self, other: Interval) -> Interval:
        """The quotients; the whole line where the divisor may be zero."""
        a, b, c, d = self.low, self.high, other.low, other.high
        if a is not None and b is not None and c is not None and d is not None and a.numerator > 0 < c.numerator:
            low_open, high_open = self.low_open or other.high_open, self.high_open or other.low_open
            return _interval(divided(a, d), divided(b, c), low_open, high_open)
        if _ZERO in other:
            return Interval(None, None)
        if other.low is not None and other.low >= 0:
            inverse = Interval(
                Fraction(0) if other.high is None else 1 / other.high,
                1 / other.low if other.low else None,
                other.high_open,
                other.low_open,
            )
            return self * inverse
        return -(self / -other)

    def __abs__(self) -> Interval:
        if self.low is not None and self.low >= 0:
            return self
        if self.high is not None and self.high <= 0:
            return -self
        reach = self.hull(-self)
        return Interval(Fraction(0), reach.high, False, reach.high_open)

    def power(self, exponent: int) -> Interval:
        """The powers of a number of the interval, the same number in every factor; exponent from 1, low end from 0."""
        if self.low is None or self.low < 0:
            return Interval(None, None)
        high = None if self.high is None else self.high**exponent
        return Interval(self.low**exponent, high, self.low_open, self.high_open)

    def whole(self) -> Interval:
        """From the least to the greatest whole number in the interval; the one nearest to its middle where none is in
        it, the interval itself where an end is open."""
        if self.low is None or self.high is None:
            return self
        first, last = ceil(self.low), floor(self.high)
        first += self.low_open and first == self.low
        last -= self.high_open and last == self.high
        if first > last:
            first = last = round((self.low + self.high) / 2)
        return Interval(Fraction(first), Fraction(last))

    @property
    def bounded(self) -> bool:
        """Whether both ends are finite."""
        return self.low is not None and self.high is not None

    def meets(self, other: Interval) -> bool:
        """Whether a number lies in both; touching ends meet only where both are closed."""
        return not self.below(other) and not other.below(self)

    def below(self, other: Interval) -> bool:
        """Whether every number of this interval is smaller than every number of the other."""
        if self.high is None or other.low is None:
            return False
        gap = compared(other.low, self.high)
        return gap > 0 or (not gap and (self.high_open or other.low_open))

    def within(self, other: Interval) -> bool:
        """Whether every number of this interval lies in the other."""
        low_fits = other.low is None or (
            self.low is not None
            and (self.low > other.low or (self.low == other.low and (self.low_open or not other.low_open)))
        )
        high_fits = other.high is None or (
            self.high is not None
            and (self.high < other.high or (self.high == other.high and (self.high_open or not other.high_open)))
        )
        return low_fits and high_fits

    def hull(self, other: Interval) -> Interval:
        """The smallest interval that contains both."""
        lows = [(i.low, i.low_open) for i in (self, other)]
        highs = [(i.high, i.high_open) for i in (self, other)]
        low = min(lows, key=lambda e: (e[0] is not None, e[0] if e[0] is not None else 0, e[1]))
        high = max(highs, key=lambda e: (e[0] is None, e[0] if e[0] is not None else 0, not e[1]))
        return Interval(low[0], high[0], low[1], high[1])

    @classmethod
    def total(cls, intervals: Sequence[Interval]) -> Interval:
        """The sums of independent numbers, one from each interval; zero where there is none."""
        lows = [i.low for i in intervals if i.low is not None]
        highs = [i.high for i in intervals if i.high is not None]
        return _interval(
            total(lows) if len(lows) == len(intervals) else None,
            total(highs) if len(highs) == len(intervals) else None,
            any(i.low_open for i in intervals),
            any(i.high_open for i in intervals),
        )

    @classmethod
    def least(cls, intervals: Sequence[Interval]) -> Interval:
        """What the smallest of several independent numbers can be, one from each interval; at least one interval."""
        lows = [(i.low, i.low_open) for i in intervals]
        highs = [(i.high, i.high_open) for i in intervals]
        low = min(lows, key=lambda e: (e[0] is not None, e[0] if e[0] is not None else 0, e[1]))
        high = min(highs, key=lambda e: (e[0] is None, e[0] if e[0] is not None else 0, not e[1]))
        return cls(low[0], high[0], low[1], high[1])

    @classmethod
    def greatest(cls, intervals: Sequence[Interval]) -> Interval:
        """What the greatest of several independent numbers can be, one from each interval; at least one interval."""
        return -cls.least([-i for i in intervals])

    def scaled(self, factor: Fraction | int) -> Interval:
        """Every number times `factor`."""
        if factor <= 0:
            return self * Interval.point(factor)
        by = factor if isinstance(factor, Fraction) else Fraction(factor)
        return _interval(
            None if self.low is None else times(self.low, by),
            None if self.high is None else times(self.high, by),
            self.low_open,
            self.high_open,
        )

    @property
    def width(self) -> Fraction | None:
        """high − low; None when an end is infinite."""
        return None if self.low is None or self.high is None else minus(self.high, self.low)

    def __str__(self) -> str:
        left = "(" if self.low_open else "["
        right = ")" if self.high_open else "]"
        low = "-∞" if self.low is None else str(self.low)
        high = "∞" if self.high is None else str(self.high)
        return f"{left}{low}, {high}{right}"


_interval = unchecked(Interval)
"""What arithmetic makes of intervals that were checked needs no check of its own."""

# An end as (sign of infinity or 0, value, open); the value of an infinite end is 0.
_End = tuple[int, Fraction, bool]


def _ends(interval: Interval) -> tuple[_End, _End]:
    return (
        (0, interval.low, interval.low_open) if interval.low is not None else (-1, Fraction(0), True),
        (0, interval.high, interval.high_open) if interval.high is not None else (1, Fraction(0), True),
    )


def _product(a: _End, b: _End) -> _End:
    (a_inf, a_value, a_open), (b_inf, b_value, b_open) = a, b
    a_zero, b_zero = not a_inf and a_value == 0, not b_inf and b_value == 0
    if a_zero or b_zero:  # zero times any end, an infinite one included, is zero
        return 0, Fraction(0), (a_open if a_zero else True) and (b_open if b_zero else True)
    if a_inf or b_inf:
        a_sign = a_inf or (1 if a_value > 0 else -1)
        b_sign = b_inf or (1 if b_value > 0 else -1)
        return a_sign * b_sign, Fraction(0), True
    return 0, a_value * b_value, a_open or b_open
