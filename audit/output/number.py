"""Exact numbers as decimal strings, the only place where a Fraction becomes digits for a machine."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

SIGNIFICANT = 12
_ROUNDED = Context(prec=SIGNIFICANT, rounding=ROUND_HALF_EVEN)


def decimal_string(value: Fraction) -> str:
    """`value` without exponent: exact where its decimals end, else rounded to 12 significant digits, half to even."""
    places = _places(value.denominator)
    if places is None:
        rounded = _ROUNDED.divide(Decimal(value.numerator), Decimal(value.denominator))
        return _plain(format(rounded, "f"))
    digits = f"{abs(value.numerator) * 10**places // value.denominator:0{places + 1}d}"
    whole, part = digits[: len(digits) - places], digits[len(digits) - places :]
    sign = "-" if value < 0 else ""
    return sign + (f"{whole}.{part}" if part else whole)


def grouped(value: Fraction, places: int = 4) -> str:
    """`value` for a reader: thousands separators, at most `places` decimals, no trailing zeros."""
    rounded = round(value, places)
    sign, _, digits = decimal_string(rounded).rpartition("-")
    whole, point, part = digits.partition(".")
    return ("−" if sign or (value < 0 and rounded < 0) else "") + f"{int(whole):,}" + point + part


def _places(denominator: int) -> int | None:
    """How many decimals a fraction with this denominator needs; None where they never end."""
    twos = fives = 0
    while denominator % 2 == 0:
        denominator //= 2
        twos += 1
    while denominator % 5 == 0:
        denominator //= 5
        fives += 1
    return max(twos, fives) if denominator == 1 else None


def _plain(digits: str) -> str:
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
