"""What a formula comes to: arithmetic, sums, averages, extremes and rounding of cells on any sheet of the workbook."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from fractions import Fraction

from audit.read.sheet.grid import column_name

_PLACE = r"\$?[A-Z]{1,3}\$?[0-9]{1,7}"
_TOKEN = re.compile(
    rf"\s*(?:(?P<range>(?:(?:'(?:[^']|'')+'|[\w.]+)!)?{_PLACE}(?::{_PLACE})?)(?![A-Z0-9_(!])"
    r"|(?P<number>[0-9]+(?:\.[0-9]+)?)|(?P<function>[A-Z]+)\(|(?P<mark>[-+*/(),%]))"
)
_CELL = re.compile(r"\$?([A-Z]+)\$?([0-9]+)")
_MOST_CELLS = 100_000
_DEEPEST = 50
_FEWEST_DIGITS, _MOST_DIGITS = -15, 15
"""ROUND is computed to so many places, before or behind the point."""

Lookup = Callable[[str, int, int], Fraction | None]
"""The number in a cell by (sheet, row, column); the sheet is "" for the formula's own, else its name in capitals. None
for text and for empty cells."""


class NotComputedError(Exception):
    """A formula of other kinds, or one that no number comes of."""


def computed(formula: str, lookup: Lookup) -> Fraction:
    """The value of a formula such as =SUM(B2:B6)-C7*2.

    Raises NotComputedError for what is not known here: conditions, lookups, dates.
    """
    tokens: list[tuple[str, str]] = []
    text = formula.removeprefix("=").upper().strip()
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise NotComputedError(formula)
        tokens.append((found.lastgroup or "", found[found.lastgroup or 0]))
        at = found.end()
    reader = _Reader(tokens, lookup)
    value = reader.sum(0)
    if reader.at != len(tokens):
        raise NotComputedError(formula)
    return value


class _Reader:
    """Reads the tokens of one formula by recursive descent."""

    def __init__(self, tokens: list[tuple[str, str]], lookup: Lookup) -> None:
        self._tokens = tokens
        self._lookup = lookup
        self.at = 0

    def _next(self, *wanted: str) -> str:
        if self.at < len(self._tokens) and self._tokens[self.at][1] in wanted:
            self.at += 1
            return self._tokens[self.at - 1][1]
        return ""

    def sum(self, depth: int) -> Fraction:
        if depth > _DEEPEST:
            raise NotComputedError
        total = self._product(depth)
        while mark := self._next("+", "-"):
            part = self._product(depth)
            total = total + part if mark == "+" else total - part
        return total

    def _product(self, depth: int) -> Fraction:
        total = self._value(depth)
        while mark := self._next("*", "/", "%"):
            if mark == "%":
                total /= 100
                continue
            part = self._value(depth)
            if mark == "/" and not part:
                raise NotComputedError
            total = total * part if mark == "*" else total / part
        return total

    def _value(self, depth: int) -> Fraction:
        if self._next("-"):
            return -self._value(depth + 1) if depth < _DEEPEST else Fraction(0)
        if self._next("("):
            value = self.sum(depth + 1)
            if not self._next(")"):
                raise NotComputedError
            return value
        kind, said = self._tokens[self.at] if self.at < len(self._tokens) else ("", "")
        self.at += 1
        if kind == "number":
            return Fraction(said)
        if kind == "range" and ":" not in said:
            (found,) = self._numbers(said) or (None,)
            if found is None:
                raise NotComputedError
            return found
        if kind == "function" and said in _FUNCTIONS:
            return _FUNCTIONS[said](self._arguments(depth))
        raise NotComputedError

    def _arguments(self, depth: int) -> list[Fraction]:
        """The numbers in the brackets of a function; empty cells and text of a range count for nothing."""
        numbers: list[Fraction] = []
        while True:
            kind, said = self._tokens[self.at] if self.at < len(self._tokens) else ("", "")
            if kind == "range" and ":" in said:
                self.at += 1
                numbers += self._numbers(said)
            else:
                numbers.append(self.sum(depth + 1))
            if not self._next(","):
                break
        if not self._next(")"):
            raise NotComputedError
        return numbers

    def _numbers(self, said: str) -> list[Fraction]:
        """The numbers in a cell or range, perhaps on another sheet."""
        sheet, _, places = said.rpartition("!")
        if sheet.startswith("'"):
            sheet = sheet[1:-1].replace("''", "'")
        first, _, last = places.partition(":")
        (top, left), (bottom, right) = _place(first), _place(last or first)
        if (abs(bottom - top) + 1) * (abs(right - left) + 1) > _MOST_CELLS:
            raise NotComputedError
        rows, columns = range(min(top, bottom), max(top, bottom) + 1), range(min(left, right), max(left, right) + 1)
        found = (self._lookup(sheet, row, column) for row in rows for column in columns)
        return [number for number in found if number is not None]


def _product_of(numbers: Sequence[Fraction]) -> Fraction:
    product = Fraction(1)
    for number in numbers:
        product *= number
    return product


def _average(numbers: Sequence[Fraction]) -> Fraction:
    if not numbers:
        raise NotComputedError
    return sum(numbers, Fraction(0)) / len(numbers)


def _absolute(numbers: Sequence[Fraction]) -> Fraction:
    if len(numbers) != 1:
        raise NotComputedError
    return abs(numbers[0])


def _rounded(numbers: Sequence[Fraction]) -> Fraction:
    """Half away from zero, as Excel rounds."""
    if len(numbers) != 2 or numbers[1].denominator != 1 or not _FEWEST_DIGITS <= numbers[1] <= _MOST_DIGITS:
        raise NotComputedError
    unit = Fraction(10) ** -int(numbers[1])
    whole = (2 * abs(numbers[0]) + unit) // (2 * unit) * unit
    return whole if numbers[0] >= 0 else -whole


_FUNCTIONS: dict[str, Callable[[Sequence[Fraction]], Fraction]] = {
    "SUM": lambda numbers: sum(numbers, Fraction(0)),
    "PRODUCT": _product_of,
    "AVERAGE": _average,
    "MIN": lambda numbers: min(numbers, default=Fraction(0)),
    "MAX": lambda numbers: max(numbers, default=Fraction(0)),
    "COUNT": lambda numbers: Fraction(len(numbers)),
    "ABS": _absolute,
    "ROUND": _rounded,
}


def _place(said: str) -> tuple[int, int]:
    found = _CELL.fullmatch(said)
    if found is None:
        raise NotComputedError
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    assert column_name(column) == found[1]
    return int(found[2]), column
