"""Finds columns of percentages that two columns of amounts make, whatever their headings: 完成预算的%, 毛利率, and
growth rates beside an amount and its change."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import permutations

from audit.claim import Kind
from audit.outline.tables.ratios import HOLDS, Ratio, compare, count, same
from audit.outline.tables.sheet import Number, Role, Sheet
from audit.outline.tables.words import words

_REACH = 8
_FEWEST = 3
"""A quotient is believed when at least so many rows bear it out …"""
_FEW = 3
"""… at most one in so many denies it …"""
_BITS = 16
"""… and chance would do so less than once in 2**16 tries."""


def quotients(sheet: Sheet, explained: Collection[int]) -> list[Ratio]:
    """The quotients of a table's columns; `explained` are the columns already known for shares or changes."""
    found: list[Ratio] = []
    for column, role in enumerate(sheet.roles):
        if role in (Role.SHARE, Role.RATE) and column not in explained:
            found += _best(sheet, column)
    return found


def _best(sheet: Sheet, column: int) -> list[Ratio]:
    best: list[Ratio] = []
    most = (0, 0)
    for tried, ratios in enumerate(_candidates(sheet, column), 1):
        holds, fails = count(ratios)
        if (
            (holds, -fails) > most
            and holds >= max(_FEWEST, _FEW * fails)
            and sum(_bits(r) for r in ratios if r.outcome == HOLDS) >= _BITS + tried.bit_length()
        ):
            best = [Ratio(r.form, r.figures, r.outcome, holds, fails) for r in ratios]
            most = holds, -fails
    return best


def _candidates(sheet: Sheet, column: int) -> Iterator[list[Ratio]]:
    """The readings of a column as a quotient, a margin or the growth that goes with a change."""
    near = range(max(0, column - _REACH), min(sheet.width, column + _REACH + 1))
    amounts = [n for n in near if sheet.roles[n] is Role.AMOUNT]
    moved = [n for n in near if sheet.roles[n] is Role.CHANGE]
    if words().growth.search(sheet.grid.columns[column].heading):
        pairs = [("rate", amount, change) for change in moved for amount in amounts]
    else:
        pairs = [(form, one, other) for form in ("share", "margin") for one, other in permutations(amounts, 2)]
    for form, one, other in pairs:
        yield [ratio for row in range(sheet.height) if (ratio := _read(sheet, form, row, one, other, column))]


def _read(sheet: Sheet, form: str, row: int, one: int, other: int, column: int) -> Ratio | None:
    line = sheet.entries[row]
    first, second, stated = line[one], line[other], line[column]
    if not (isinstance(first, Number) and isinstance(second, Number) and isinstance(stated, Number)):
        return None
    if (
        stated.figure.claim.kind is not Kind.PERCENT
        or not same(first, second)
        or first.figure.claim.kind is Kind.PERCENT
    ):
        return None
    part, whole = {
        "share": (first, second),
        "margin": (_less(first, second), first),
        "rate": (second, _less(first, second)),
    }[form]
    if not whole.value:
        return None
    return Ratio(form, (first, second, stated), compare(part, whole, stated, sheet.scale))


def _less(one: Number, other: Number) -> Number:
    """The difference of two numbers, in the place of the first."""
    return Number(one.value - other.value, one.slack + other.slack, one.figure)


def _bits(ratio: Ratio) -> int:
    """How hard a stated percentage is to hit by chance; 0 for none and for the whole."""
    stated = ratio.figures[-1]
    if not stated.value or stated.figure.claim.value == 100:
        return 0
    return (abs(stated.value) // max(1, 2 * stated.slack)).bit_length()


def columns_of(sheet: Sheet, ratios: Sequence[Ratio]) -> frozenset[int]:
    """The columns in which the percentages or changes of ratios stand."""
    stated = {id(ratio.figures[-1]) for ratio in ratios}
    return frozenset(n for n in range(sheet.width) if any(id(entry) in stated for entry in sheet.column(n)))
