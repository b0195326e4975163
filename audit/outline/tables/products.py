"""Finds columns in which a number times a price makes an amount: 数量, 单价 and 总价 of a list of purchases."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from audit.outline.tables.ratios import FAILS, HOLDS, NEAR, Ratio, believed, best
from audit.outline.tables.sheet import Number, Role, Sheet
from audit.outline.tables.words import Rank, words

_FEWEST = 3
"""Products are believed when at least so many rows bear them out."""
_MOST = 8


def products(sheet: Sheet) -> list[Ratio]:
    """The products of a table whose header speaks of prices and of what they come to."""
    w = words()
    said = sheet.grid.header
    if not w.price.search(said) or not w.worth.search(said):
        return []
    found = believed(best(_candidates(sheet)))
    return found if found and found[0].holds >= _FEWEST else []


def _candidates(sheet: Sheet) -> Iterator[list[Ratio]]:
    columns = [n for n, role in enumerate(sheet.roles) if role in (Role.AMOUNT, Role.RATE)][:_MOST]
    for first, second, third in combinations(columns, 3):
        ratios: list[Ratio] = []
        for row, (one, other, whole) in enumerate(
            zip(sheet.column(first), sheet.column(second), sheet.column(third), strict=True)
        ):
            if sheet.labels[row].rank is not Rank.PLAIN:
                continue
            if isinstance(one, Number) and isinstance(other, Number) and isinstance(whole, Number):
                ratios.append(Ratio("product", (one, other, whole), _compare(one, other, whole, sheet.scale)))
        yield [ratio for ratio in ratios if _telling(ratio, sheet.scale)] and ratios


def _telling(ratio: Ratio, scale: int) -> bool:
    """Whether neither factor is one, so that the product says something."""
    return all(number.value not in (0, scale) for number in ratio.figures[:2])


def _compare(one: Number, other: Number, whole: Number, scale: int) -> int:
    off = abs(one.value * other.value - whole.value * scale)
    slack = abs(one.value) * other.slack + abs(other.value) * one.slack + one.slack * other.slack + whole.slack * scale
    return HOLDS if off <= slack else NEAR if off <= 2 * slack else FAILS
