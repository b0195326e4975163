"""Frozen dataclasses and fractions made without their checks, for the values that are made by the thousand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from fractions import Fraction
from math import gcd
from typing import Any, TypeVar

T = TypeVar("T")


def unchecked(cls: type[T]) -> Callable[..., T]:
    """A constructor of a frozen, slotted dataclass that takes every field by position and checks nothing.

    It takes a third of the time: the dataclass's own looks every field up by its name, and then checks them. Like that
    one, it is compiled from a text with one line for each field.
    """
    names = [field.name for field in fields(cls)]  # type: ignore[arg-type]
    lines = [f"def make({', '.join(names)}):", "    made = new(cls)"]
    lines += [f"    set_{name}(made, {name})" for name in names]
    scope: dict[str, Any] = {f"set_{name}": vars(cls)[name].__set__ for name in names}
    scope |= {"new": object.__new__, "cls": cls}
    exec("\n".join([*lines, "    return made"]), scope)
    make: Callable[..., T] = scope["make"]
    return make


_new = object.__new__


def quotient(numerator: int, denominator: int) -> Fraction:
    """The fraction of two integers, the denominator positive, in a third of the time that Fraction takes to check."""
    common = gcd(numerator, denominator)
    if common > 1:
        numerator //= common
        denominator //= common
    made = _new(Fraction)
    made._numerator = numerator  # type: ignore[attr-defined]
    made._denominator = denominator  # type: ignore[attr-defined]
    return made
