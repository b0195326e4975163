"""Interval arithmetic: what is possible is contained, what is contained is possible, and ends are open where due."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from audit.quantity.interval import Interval
from tests.intervals.strategies import intervals, members, numbers

F = Fraction
Member = tuple[Interval, Fraction]


@given(members(), members())
def test_arithmetic_contains_every_result(a: Member, b: Member) -> None:
    (left, x), (right, y) = a, b
    assert x + y in left + right
    assert x - y in left - right
    assert x * y in left * right
    assert -x in -left
    assert abs(x) in abs(left)
    assume(y != 0)
    assert x / y in left / right


@given(st.lists(members(), min_size=1, max_size=4))
def test_sums_and_choices_contain_every_result(several: list[Member]) -> None:
    spans, values = [i for i, _ in several], [v for _, v in several]
    assert sum(values, Fraction(0)) in Interval.total(spans)
    assert min(values) in Interval.least(spans)
    assert max(values) in Interval.greatest(spans)


@given(st.lists(intervals(), max_size=4))
def test_total_is_repeated_addition(several: list[Interval]) -> None:
    total = Interval.point(0)
    for interval in several:
        total = total + interval
    assert Interval.total(several) == total


@given(intervals(), intervals())
def test_addition_and_multiplication_commute(a: Interval, b: Interval) -> None:
    assert a + b == b + a
    assert a * b == b * a
    assert Interval.least([a, b]) == Interval.least([b, a])
    assert a.hull(b) == b.hull(a)


@given(intervals())
def test_neutral_elements(a: Interval) -> None:
    assert a + Interval.point(0) == a
    assert a * Interval.point(1) == a
    assert a / Interval.point(1) == a
    assert (-a).scaled(-1) == a
    assert a * Interval.point(-1) == -a


@given(intervals(), intervals())
def test_meeting_is_symmetric_and_has_a_witness(a: Interval, b: Interval) -> None:
    assert a.meets(b) == b.meets(a)
    witness = any(x in a and x in b for x in _witnesses(a, b))
    assert a.meets(b) == witness


@given(intervals(), intervals())
def test_below_excludes_meeting(a: Interval, b: Interval) -> None:
    assert not (a.below(b) and b.below(a))
    assert a.meets(b) == (not a.below(b) and not b.below(a))


@given(intervals(), members())
def test_within_means_every_number(a: Interval, member: Member) -> None:
    b, x = member
    if b.within(a):
        assert x in a
    assert a.within(a.hull(b))
    assert b.within(a.hull(b))


@given(intervals(), numbers)
def test_division_undoes_multiplication(a: Interval, factor: Fraction) -> None:
    assume(factor != 0)
    assert a.scaled(factor) / Interval.point(factor) == a


def _witnesses(a: Interval, b: Interval) -> list[Fraction]:
    ends = sorted({e for e in (a.low, a.high, b.low, b.high) if e is not None}) or [F(0)]
    middles = [(x + y) / 2 for x, y in pairwise(ends)]
    return [ends[0] - 1, *ends, *middles, ends[-1] + 1]


@pytest.mark.parametrize(
    ("dividend", "divisor", "quotient"),
    [
        (Interval.point(6), Interval(F(2), F(3)), Interval(F(2), F(3))),
        (Interval.point(6), Interval(F(0), F(3), low_open=True), Interval(F(2), None)),
        (Interval.point(6), Interval(F(-3), F(0), high_open=True), Interval(None, F(-2))),
        (Interval.point(6), Interval(F(0), F(3)), Interval(None, None)),
        (Interval.point(6), Interval(F(-1), F(1)), Interval(None, None)),
        (Interval.point(6), Interval.point(0), Interval(None, None)),
        (Interval.point(0), Interval(F(0), F(3), low_open=True), Interval.point(0)),
        (Interval.point(6), Interval(F(2), None), Interval(F(0), F(3), low_open=True)),
        (Interval.point(6), Interval(None, F(-2)), Interval(F(-3), F(0), high_open=True)),
        (Interval(F(1), F(2), high_open=True), Interval(F(1), F(2)), Interval(F(1, 2), F(2), high_open=True)),
    ],
)
def test_division(dividend: Interval, divisor: Interval, quotient: Interval) -> None:
    assert dividend / divisor == quotient


def test_zero_times_an_infinite_end_is_zero() -> None:
    assert Interval(F(0), F(1)) * Interval(F(1), None) == Interval(F(0), None)
    assert Interval(F(0), F(1), low_open=True) * Interval(F(1), None) == Interval(F(0), None, low_open=True)
    assert Interval.point(0) * Interval(None, None) == Interval.point(0)


def test_touching_intervals_meet_only_where_both_ends_are_closed() -> None:
    closed, upper = Interval(F(1), F(2)), Interval(F(2), F(3))
    half_open = Interval(F(1), F(2), high_open=True)
    assert closed.meets(upper)
    assert not half_open.meets(upper)
    assert half_open.below(upper)
    assert not closed.below(upper)


def test_no_empty_interval() -> None:
    with pytest.raises(ValueError, match="ends before it starts"):
        Interval(F(2), F(1))
    with pytest.raises(ValueError, match="holds nothing"):
        Interval(F(1), F(1), low_open=True)


def test_infinite_ends_are_open() -> None:
    line = Interval(None, None)
    assert line.low_open
    assert line.high_open
    assert F(10**30) in line
    assert line.width is None
    assert str(line) == "(-∞, ∞)"
    assert str(Interval(F(1), F(5, 2), high_open=True)) == "[1, 5/2)"
