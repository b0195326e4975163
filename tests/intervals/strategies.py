"""Random intervals and numbers in them."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from audit.quantity.interval import Interval

# Small numerators and denominators: equal ends, zero ends and touching intervals must turn up often.
numbers = st.builds(Fraction, st.integers(-6, 6), st.sampled_from([1, 2, 3]))


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    """Any interval: open or closed, finite or not, often touching zero."""
    low, high = sorted((draw(numbers), draw(numbers)))
    if low == high:
        return Interval.point(low)
    return Interval(
        draw(st.sampled_from([low, None])),
        draw(st.sampled_from([high, high, None])),
        draw(st.booleans()),
        draw(st.booleans()),
    )


@st.composite
def members(draw: st.DrawFn) -> tuple[Interval, Fraction]:
    """An interval with one of its numbers, often one of its ends or close to it."""
    interval = draw(intervals())
    low = interval.low if interval.low is not None else (interval.high or Fraction(0)) - 20
    high = interval.high if interval.high is not None else low + 40
    share = draw(st.sampled_from([Fraction(n, 1000) for n in (0, 1, 100, 500, 900, 999, 1000)]))
    number = low + (high - low) * share
    if number not in interval:
        number = (low + high) / 2
    return interval, number
