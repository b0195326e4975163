"""Finds columns and rows of shares and changes: a percentage beside the amounts that it is worked out from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audit.claim import Kind
from audit.outline.tables.sheet import Number, Role, Sheet
from audit.outline.tables.words import Rank, words

FEWEST = 2
"""A ratio is believed when at least so many rows bear it out."""
_REACH = 8
"""How many columns to the left of a ratio its amounts may stand."""
_PLACES = 8
"""A ratio is told from chance when its figures have this many bits between them."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """Figures that should be in proportion: part ÷ base = share, (after − before) ÷ before = growth,
    after − before = change, or number × price = worth.

    `outcome` is HOLDS, NEAR (off by one unit of last digits) or FAILS; `holds` and `fails` are how many like it in the
    same columns come out even, and how many do not.
    """

    form: str
    figures: tuple[Number, ...]
    outcome: int
    holds: int = 0
    fails: int = 0


HOLDS, NEAR, FAILS = 2, 1, 0


def shares(sheet: Sheet) -> list[Ratio]:
    """The shares of a table's columns and rows."""
    found: list[Ratio] = []
    for column, role in enumerate(sheet.roles):
        if role is Role.SHARE:
            found += believed(best(_column_shares(sheet, column)))
    found += _row_shares(sheet)
    return found


def changes(sheet: Sheet) -> list[Ratio]:
    """The growth rates and changes of a table's columns."""
    found: list[Ratio] = []
    for column, role in enumerate(sheet.roles):
        heading = sheet.grid.columns[column].heading
        if role is Role.CHANGE or (role is Role.RATE and words().growth.search(heading)):
            found += believed(best(_column_changes(sheet, column)))
    return found


def best(candidates: Iterator[list[Ratio]]) -> list[Ratio]:
    """Of several readings of the same columns the one that most rows bear out, of equals the one that fewest deny."""
    found: list[Ratio] = []
    most = (0, 0)
    for each in candidates:
        holds, fails = count(each)
        if (holds, -fails) > most:
            found, most = each, (holds, -fails)
    return found


def count(ratios: Sequence[Ratio]) -> tuple[int, int]:
    """How many ratios hold and how many fail; those with the figures of another one count once."""
    outcomes = {tuple(n.value for n in r.figures): r.outcome for r in ratios if any(n.value for n in r.figures)}
    held = list(outcomes.values())
    return sum(o == HOLDS for o in held), sum(o == FAILS for o in held)


def believed(ratios: list[Ratio]) -> list[Ratio]:
    """The ratios with what speaks for and against them; none where too few rows bear them out."""
    holds, fails = count(ratios)
    if holds < FEWEST or holds <= fails:
        return []
    return [Ratio(r.form, r.figures, r.outcome, holds, fails) for r in ratios]


# ---------------------------------------------------------------- shares
def _column_shares(sheet: Sheet, column: int) -> Iterator[list[Ratio]]:
    """For each amount column to the left, the shares read as parts of it; the base is the nearest row with 100 %."""
    shares_of = sheet.column(column)
    whole = [row for row, entry in enumerate(shares_of) if isinstance(entry, Number) and _is_whole(entry)]
    bases = [row for row in whole if sheet.labels[row].rank is not Rank.PLAIN] or whole
    if not bases:
        return
    for amounts in _amounts_left(sheet, column):
        values = sheet.column(amounts)
        ratios: list[Ratio] = []
        for row, (part, share) in enumerate(zip(values, shares_of, strict=True)):
            base = values[next((r for r in bases if r >= row), bases[-1])]
            if row in bases or not isinstance(base, Number) or not base.value:
                continue
            if not isinstance(part, Number) or not isinstance(share, Number):
                continue
            if share.figure.claim.kind is Kind.PERCENT and same(part, base):
                outcome = compare(part, base, share, sheet.scale)
                if outcome == HOLDS or row not in whole:
                    ratios.append(Ratio("share", (part, base, share), outcome))
        yield ratios


def _row_shares(sheet: Sheet) -> list[Ratio]:
    """Rows of shares (占收入的比例) below the row of the parts; the base is the total row."""
    totals = [row for row, label in enumerate(sheet.labels) if label.rank is not Rank.PLAIN]
    found: list[Ratio] = []
    for row, label in enumerate(sheet.labels):
        if not row or not words().share.search(label.name) or not totals or row - 1 in totals:
            continue
        candidates = []
        for total in sorted(totals, key=lambda t: (t < row, abs(t - row)))[:2]:
            ratios = []
            for part, share, whole in zip(
                sheet.entries[row - 1], sheet.entries[row], sheet.entries[total], strict=True
            ):
                if isinstance(part, Number) and isinstance(share, Number) and isinstance(whole, Number):
                    if share.figure.claim.kind is Kind.PERCENT and whole.value and same(part, whole):
                        ratios.append(Ratio("share", (part, whole, share), compare(part, whole, share, sheet.scale)))
            candidates.append(ratios)
        found += believed(best(iter(candidates)))
    return found


def _is_whole(share: Number) -> bool:
    return share.figure.claim.value == 100


# ---------------------------------------------------------------- changes
def _column_changes(sheet: Sheet, column: int) -> Iterator[list[Ratio]]:
    """For each pair of columns, the figures read as the change from one to the other."""
    stated = sheet.column(column)
    left = [n for n in range(max(0, column - _REACH), column) if sheet.roles[n] is not Role.CHANGE]
    right = [n for n in range(column + 1, min(sheet.width, column + 3)) if sheet.roles[n] is Role.AMOUNT]
    near = left + right
    for after in near:
        for before in near:
            if after == before or sheet.roles[after] is not sheet.roles[before]:
                continue
            ratios: list[Ratio] = []
            for new, old, change in zip(sheet.column(after), sheet.column(before), stated, strict=True):
                if isinstance(new, Number) and isinstance(old, Number) and isinstance(change, Number):
                    ratio = _change(new, old, change, sheet.scale)
                    if ratio is not None:
                        ratios.append(ratio)
            yield ratios


def _change(new: Number, old: Number, change: Number, scale: int) -> Ratio | None:
    if not same(new, old):
        return None
    percent = change.figure.claim.kind is Kind.PERCENT
    if percent and new.figure.claim.kind is not Kind.PERCENT:
        if old.value <= 0:
            return None
        whole = Number(change.value + 100 * scale, change.slack, change.figure)
        return Ratio("growth", (new, old, change), compare(new, old, whole, scale))
    if not same(new, change):
        return None
    off, slack = abs(new.value - old.value - change.value), new.slack + old.slack + change.slack
    return Ratio("change", (new, old, change), HOLDS if off <= slack else NEAR if off <= 2 * slack else FAILS)


# ---------------------------------------------------------------- arithmetic
def _amounts_left(sheet: Sheet, column: int) -> Iterator[int]:
    for n in range(column - 1, max(-1, column - 1 - _REACH), -1):
        if sheet.roles[n] is Role.AMOUNT:
            yield n


def same(one: Number, other: Number) -> bool:
    return one.figure.claim.dimension == other.figure.claim.dimension


def compare(part: Number, whole: Number, stated: Number, scale: int) -> int:
    """Whether a printed percentage can be the quotient of two figures: as printed, or with every figure off by one
    unit of its last digit.

    Percentages count in units of the scale, as all numbers do; the comparison is one of whole numbers.
    """
    for outcome, reach in ((HOLDS, 1), (NEAR, 2)):
        if _meets(part, whole, stated, scale, reach):
            return outcome
    return FAILS


def _meets(part: Number, whole: Number, stated: Number, scale: int, reach: int) -> bool:
    sign = 1 if whole.value > 0 else -1
    low, high = sign * part.value - reach * part.slack, sign * part.value + reach * part.slack
    least, most = abs(whole.value) - reach * whole.slack, abs(whole.value) + reach * whole.slack
    if least <= 0:
        return True
    under = stated.value + reach * stated.slack
    over = stated.value - reach * stated.slack
    hundred = 100 * scale
    meets_above = low * hundred <= under * (most if low >= 0 else least)
    return meets_above and over * (most if high < 0 else least) <= high * hundred
