"""Finds columns of shares whose base the table does not give: 持股数量 and 持股比例 of the largest shareholders.

Part ÷ share must come to one base in every row. Each row is set against the one that most others agree with, of these
the one that tells the base most finely.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from audit.claim import Kind
from audit.outline.tables.sheet import Number, Role, Sheet
from audit.outline.tables.words import words

_REACH = 4
"""How many columns from the shares the parts may stand."""
_FEWEST = 2
"""At least so many rows must agree with the row that they are set against …"""
_FEW = 3
"""… and at most one in so many may not."""
_BITS = 14
"""Agreement by chance must be less likely than one in 2**14."""
_MOST_ROWS = 60
_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Pair:
    """A part with its share, and the ends of the base that they imply."""

    part: Number
    share: Number
    low: Fraction
    high: Fraction

    @property
    def coarseness(self) -> Fraction:
        """How finely the base is told: the width over its upper end."""
        return (self.high - self.low) / self.high

    def meets(self, other: Pair) -> bool:
        """Whether both can have the same base."""
        return self.low <= other.high and other.low <= self.high


def one_base(sheet: Sheet, explained: Collection[int]) -> Iterator[tuple[Pair, Pair]]:
    """Each part and share of a table beside those that tell the base, for the columns of shares not yet `explained`."""
    for column, role in enumerate(sheet.roles):
        heading = sheet.grid.columns[column].heading
        if role is Role.SHARE and column not in explained and words().share.search(heading):
            readings = [found for n in _near(sheet, column) if (found := _set_against(_pairs(sheet, n, column)))]
            yield from max(readings, key=len, default=[])


def _near(sheet: Sheet, column: int) -> Iterator[int]:
    for away in range(1, _REACH + 1):
        for n in (column - away, column + away):
            if 0 <= n < sheet.width and sheet.roles[n] is Role.AMOUNT:
                yield n


def _pairs(sheet: Sheet, amounts: int, column: int) -> list[Pair]:
    rows = list(zip(sheet.column(amounts), sheet.column(column), strict=True))[:_MOST_ROWS]
    pairs = (_pair(part, share) for part, share in rows if isinstance(part, Number) and isinstance(share, Number))
    return [pair for pair in pairs if pair is not None]


def _pair(part: Number, share: Number) -> Pair | None:
    """The two with the base they imply, None where they imply none."""
    percent = share.figure.claim
    if percent.kind is not Kind.PERCENT or not 0 < percent.value < _WHOLE or part.figure.claim.kind is Kind.PERCENT:
        return None
    if part.value <= part.slack or share.value <= share.slack:
        return None
    low = Fraction(part.value - part.slack, share.value + share.slack)
    high = Fraction(part.value + part.slack, share.value - share.slack)
    return Pair(part, share, low, high)


def _set_against(pairs: Sequence[Pair]) -> list[tuple[Pair, Pair]]:
    """Each pair with the one that they are set against; [] where too few agree, or too few to be no chance."""
    if len({pair.part.value for pair in pairs}) <= _FEWEST:
        return []
    agreeing = [[other for other in pairs if other is not pair and other.meets(pair)] for pair in pairs]
    most = max(map(len, agreeing))
    finest = min((pair for pair, found in zip(pairs, agreeing, strict=True) if len(found) == most), key=_coarseness)
    found = next(found for pair, found in zip(pairs, agreeing, strict=True) if pair is finest)
    denying = len(pairs) - 1 - len(found)
    bits = sum(
        (pair.high / (pair.high - pair.low)).__ceil__().bit_length() - 1 for pair in found if pair.high > pair.low
    )
    if len(found) < _FEWEST or _FEW * denying > len(found) or bits < _BITS:
        return []
    return [(pair, finest) for pair in pairs if pair is not finest]


def _coarseness(pair: Pair) -> Fraction:
    return pair.coarseness
