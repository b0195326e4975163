"""Fractions whose operators know fractions and whole numbers first, and exact sums and quotients of them.

Those of Fraction ask at every step what kind of number the other one is, which takes most of their time. There is
only one kind between reading and rendering.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import gcd, lcm
from typing import Any

_new = object.__new__


class Exact(Fraction):
    """A fraction that is added, multiplied and compared in a third of the time; equal to the Fraction it is."""

    __slots__ = ()

    # The slots themselves: those of Fraction are behind properties.
    numerator: int = vars(Fraction)["_numerator"]
    denominator: int = vars(Fraction)["_denominator"]

    def __add__(self, other: Any) -> Any:
        return plus(self, other) if type(other) in _KNOWN else Fraction.__add__(self, other)

    def __radd__(self, other: Any) -> Any:
        return plus(self, other) if type(other) in _KNOWN else Fraction.__radd__(self, other)

    def __sub__(self, other: Any) -> Any:
        return minus(self, other) if type(other) in _KNOWN else Fraction.__sub__(self, other)

    def __rsub__(self, other: Any) -> Any:
        return minus(other, self) if type(other) in _KNOWN else Fraction.__rsub__(self, other)

    def __mul__(self, other: Any) -> Any:
        return times(self, other) if type(other) in _KNOWN else Fraction.__mul__(self, other)

    def __rmul__(self, other: Any) -> Any:
        return times(self, other) if type(other) in _KNOWN else Fraction.__rmul__(self, other)

    def __truediv__(self, other: Any) -> Any:
        return divided(self, other) if type(other) in _KNOWN else Fraction.__truediv__(self, other)

    def __rtruediv__(self, other: Any) -> Any:
        return divided(other, self) if type(other) in _KNOWN else Fraction.__rtruediv__(self, other)

    def __neg__(self) -> Exact:
        return quotient(-self.numerator, self.denominator)

    def __abs__(self) -> Exact:
        return self if self.numerator >= 0 else quotient(-self.numerator, self.denominator)

    def __bool__(self) -> bool:
        return self.numerator != 0

    def __eq__(self, other: Any) -> bool:
        if type(other) in _KNOWN:
            return bool(self.numerator == other.numerator and self.denominator == other.denominator)
        return Fraction.__eq__(self, other)

    def __lt__(self, other: Any) -> bool:
        return compared(self, other) < 0 if type(other) in _KNOWN else Fraction.__lt__(self, other)

    def __le__(self, other: Any) -> bool:
        return compared(self, other) <= 0 if type(other) in _KNOWN else Fraction.__le__(self, other)

    def __gt__(self, other: Any) -> bool:
        return compared(self, other) > 0 if type(other) in _KNOWN else Fraction.__gt__(self, other)

    def __ge__(self, other: Any) -> bool:
        return compared(self, other) >= 0 if type(other) in _KNOWN else Fraction.__ge__(self, other)

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(self.numerator) if self.denominator == 1 else Fraction.__hash__(self)

    def __repr__(self) -> str:
        return f"Fraction({self.numerator}, {self.denominator})"

    def __reduce__(self) -> tuple[Any, ...]:
        return quotient, (self.numerator, self.denominator)


_KNOWN = frozenset({Exact, Fraction, int})


def exact(numerator: int | Fraction, denominator: int = 1) -> Exact:
    """The fraction of two numbers; raises ZeroDivisionError."""
    return divided(numerator, denominator)


def quotient(numerator: int, denominator: int) -> Exact:
    """The fraction of two integers, the denominator positive."""
    common = gcd(numerator, denominator)
    if common > 1:
        numerator //= common
        denominator //= common
    made = _new(Exact)
    made._numerator = numerator  # type: ignore[attr-defined]
    made._denominator = denominator  # type: ignore[attr-defined]
    return made


def plus(a: Fraction | int, b: Fraction | int) -> Exact:
    """a + b."""
    over, under = a.denominator, b.denominator
    if over == under:
        return quotient(a.numerator + b.numerator, over)
    return quotient(a.numerator * under + b.numerator * over, over * under)


def minus(a: Fraction | int, b: Fraction | int) -> Exact:
    """a − b."""
    over, under = a.denominator, b.denominator
    if over == under:
        return quotient(a.numerator - b.numerator, over)
    return quotient(a.numerator * under - b.numerator * over, over * under)


def times(a: Fraction | int, b: Fraction | int) -> Exact:
    """a × b."""
    return quotient(a.numerator * b.numerator, a.denominator * b.denominator)


def divided(a: Fraction | int, b: Fraction | int) -> Exact:
    """a ÷ b; raises ZeroDivisionError."""
    numerator, denominator = a.numerator * b.denominator, a.denominator * b.numerator
    if denominator < 0:
        return quotient(-numerator, -denominator)
    if not denominator:
        raise ZeroDivisionError(f"{a} divided by zero")
    return quotient(numerator, denominator)


def total(numbers: Iterable[Fraction | int]) -> Exact:
    """The sum of any number of fractions."""
    pairs = [(number.numerator, number.denominator) for number in numbers]
    under = lcm(*{denominator for _, denominator in pairs})
    return quotient(sum(numerator * (under // denominator) for numerator, denominator in pairs), under)


def compared(a: Fraction | int, b: Fraction | int) -> int:
    """A number below, at or above zero, as a is below, at or above b."""
    return a.numerator * b.denominator - b.numerator * a.denominator
