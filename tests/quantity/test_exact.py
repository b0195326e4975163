"""Exact fractions are the Fractions they equal, whatever is done with them."""

from __future__ import annotations

import operator
import pickle
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.quantity.exact import Exact, compared, exact, quotient, total

OPERATORS = (
    *(operator.add, operator.sub, operator.mul, operator.truediv, operator.floordiv, operator.mod),
    *(operator.eq, operator.ne, operator.lt, operator.le, operator.gt, operator.ge),
)
fractions = st.fractions(max_denominator=1000)


def made(value: Fraction) -> Exact:
    return quotient(value.numerator, value.denominator)


@pytest.mark.parametrize("operate", OPERATORS)
@given(a=fractions, b=st.one_of(fractions, st.integers(-9, 9)))
def test_operators_give_what_those_of_fractions_give(operate: Callable[[Any, Any], Any], a: Fraction, b: Any) -> None:
    fast = made(b) if isinstance(b, Fraction) else b
    for first, second in ((made(a), b), (made(a), fast), (b, made(a)), (fast, made(a))):
        left, right = Fraction(first), Fraction(second)
        try:
            wanted = operate(left, right)
        except ZeroDivisionError:
            with pytest.raises(ZeroDivisionError):
                operate(first, second)
        else:
            assert operate(first, second) == wanted


@given(fractions)
def test_an_exact_fraction_is_the_fraction(value: Fraction) -> None:
    fast = made(value)
    assert (fast, -fast, abs(fast), bool(fast), hash(fast)) == (value, -value, abs(value), bool(value), hash(value))
    assert (str(fast), repr(fast), round(fast)) == (str(value), repr(value), round(value))
    copy = pickle.loads(pickle.dumps(fast))
    assert (type(copy), copy) == (Exact, value)
    assert (fast**2, fast < 0.5, fast == float(value)) == (value**2, value < 0.5, value == float(value))


@given(st.lists(fractions, max_size=5))
def test_a_total_is_the_sum(values: list[Fraction]) -> None:
    assert total(values) == sum(values, Fraction(0))


@given(fractions, fractions)
def test_numbers_are_compared(a: Fraction, b: Fraction) -> None:
    assert (compared(a, b) > 0, compared(a, b) < 0) == (a > b, a < b)
    if b:
        assert exact(a.numerator, a.denominator) / b == a / b
