"""What a formula comes to, for sums, differences, products and quotients of cells on one sheet."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

from audit.read.sheet.grid import column_name

_TOKEN = re.compile(
    r"\s*(?:(?P<range>\$?[A-Z]{1,3}\$?[0-9]{1,7}(?::\$?[A-Z]{1,3}\$?[0-9]{1,7})?)(?![A-Z0-9_(!])"
    r"|(?P<number>[0-9]+(?:\.[0-9]+)?)|(?P<sum>SUM\()|(?P<mark>[-+*/(),]))"
)
_CELL = re.compile(r"\$?([A-Z]+)\$?([0-9]+)")
_MOST_CELLS = 100_000
_DEEPEST = 50

Lookup = Callable[[int, int], Fraction | None]
"""The number in a cell by (row, column); None for text and for empty cells."""


class NotComputedError(Exception):
    """A formula of other kinds, or one that no number comes of."""


def computed(formula: str, lookup: Lookup) -> Fraction:
    """The value of a formula such as =SUM(B2:B6)-C7*2; raises NotComputedError for what is not known here."""
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
        while mark := self._next("*", "/"):
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
        if self.at >= len(self._tokens):
            raise NotComputedError
        kind, said = self._tokens[self.at]
        self.at += 1
        if kind == "number":
            return Fraction(said)
        if kind == "range" and ":" not in said:
            found = self._lookup(*_place(said))
            if found is None:
                raise NotComputedError
            return found
        if kind == "sum":
            return self._all(depth)
        raise NotComputedError

    def _all(self, depth: int) -> Fraction:
        total = Fraction(0)
        while True:
            kind, said = self._tokens[self.at] if self.at < len(self._tokens) else ("", "")
            if kind == "range" and ":" in said:
                self.at += 1
                total += self._over(said)
            else:
                total += self.sum(depth + 1)
            if not self._next(","):
                break
        if not self._next(")"):
            raise NotComputedError
        return total

    def _over(self, said: str) -> Fraction:
        (top, left), (bottom, right) = map(_place, said.split(":"))
        if (abs(bottom - top) + 1) * (abs(right - left) + 1) > _MOST_CELLS:
            raise NotComputedError
        rows, columns = range(min(top, bottom), max(top, bottom) + 1), range(min(left, right), max(left, right) + 1)
        return sum((self._lookup(row, column) or Fraction(0) for row in rows for column in columns), Fraction(0))


def _place(said: str) -> tuple[int, int]:
    found = _CELL.fullmatch(said)
    if found is None:
        raise NotComputedError
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    assert column_name(column) == found[1]
    return int(found[2]), column
