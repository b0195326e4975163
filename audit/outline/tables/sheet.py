"""A grid with its figures: whole numbers on one scale, so that sums are exact and fast."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import lcm

from audit.claim import Claim, Kind
from audit.grid import Grid, Row, Slot, Sort, grids_of
from audit.outline.outline import Outline
from audit.outline.tables.words import Label, Rank, measure_of, period_of, read_label, words
from audit.outline.tree import Aspect, Figure


@dataclass(frozen=True, slots=True, eq=False)
class Number:
    """A figure in a cell: its value and how far it may be off either way, in units of the sheet's scale."""

    value: int
    slack: int
    figure: Figure


class Role(StrEnum):
    """What the numbers of a line say."""

    AMOUNT = "amount"
    SHARE = "share"
    RATE = "rate"  # anything that must not be summed: rates, prices, growth
    CHANGE = "change"  # an amount by which something changed


BROKEN = "broken"
"""Stands in a cell whose digits could not be read as one figure."""
Entry = Number | str | None


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """The figures of a grid by row and column.

    An entry is a number, None where nothing (or a dash) is printed, or BROKEN. `labels` belong to the rows, `roles`,
    `periods` and `measures` to the columns. `scale` is how many units of the numbers make one base unit.
    """

    grid: Grid
    entries: tuple[tuple[Entry, ...], ...]
    labels: tuple[Label, ...]
    roles: tuple[Role, ...]
    periods: tuple[str, ...]
    measures: tuple[str, ...]
    scale: int
    columns: tuple[tuple[Entry, ...], ...]

    @property
    def height(self) -> int:
        """How many rows there are."""
        return len(self.entries)

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.roles)

    def column(self, index: int) -> tuple[Entry, ...]:
        """The entries of a column, top to bottom."""
        return self.columns[index]


_last: tuple[Outline, tuple[Sheet, ...]] | None = None


def sheets_of(outline: Outline) -> tuple[Sheet, ...]:
    """The sheets of a document, in text order; those of the last outline asked for are kept."""
    global _last
    if _last is None or _last[0] is not outline:
        claims = outline.extraction.claims
        starts = [claim.span.start for claim in claims]
        sheets = (sheet_of(grid, claims, starts) for grid in grids_of(outline.document))
        _last = outline, tuple(sheet for sheet in sheets if sheet is not None)
    return _last[1]


def sheet_of(grid: Grid, claims: Sequence[Claim], starts: Sequence[int]) -> Sheet | None:
    """The sheet of a grid, None where it has fewer than two rows of numbers; `starts` are the claims' offsets."""
    found: list[list[Claim | str | None]] = [
        [_claim(slot, claims, starts) if _is_whole(row) else BROKEN for slot in row.slots] for row in grid.rows
    ]
    present = [c for row in found for c in row if isinstance(c, Claim)]
    if len(present) < 2:
        return None
    scale = 2 * lcm(*{d for c in present for d in _denominators(c)})
    places = {c.span.start: bisect_left(starts, c.span.start) for c in present}
    labels = tuple(read_label(row) for row in grid.rows)
    periods = _periods([column.heading for column in grid.columns])
    entries = tuple(
        tuple(
            _number(c, places[c.span.start], scale, row.name, grid.columns[n].heading) if isinstance(c, Claim) else c
            for n, c in enumerate(line)
        )
        for row, line in zip(grid.rows, found, strict=True)
    )
    roles = tuple(_role(column.heading, n, entries, labels) for n, column in enumerate(grid.columns))
    measures = tuple(measure_of(column.heading) for column in grid.columns)
    return Sheet(grid, entries, labels, roles, periods, measures, scale, tuple(zip(*entries, strict=True)))


def _is_whole(row: Row) -> bool:
    """Whether a row's values stand in their columns and none of them is cut or run together with another."""
    return row.trusted and not any(slot is not None and slot.sort is Sort.BROKEN for slot in row.slots)


def _claim(slot: Slot | None, claims: Sequence[Claim], starts: Sequence[int]) -> Claim | str | None:
    """The one claim of a cell; None for an empty cell or a dash, BROKEN where the cell is not that claim alone."""
    if slot is None or slot.sort in (Sort.NIL, Sort.TEXT):
        return None
    at = bisect_left(starts, slot.span.start)
    if slot.sort is Sort.BROKEN or at == len(starts) or starts[at] != slot.span.start:
        return BROKEN
    claim = claims[at]
    ends = claim.interval.low is None or claim.interval.high is None
    whole = claim.span.end == slot.span.end and claim.kind not in (Kind.RANGE, Kind.RATIO, Kind.LIST_COUNT)
    return claim if whole and not ends and claim.hedge is None else BROKEN


def _denominators(claim: Claim) -> tuple[int, int, int]:
    low, high = _ends(claim)
    return claim.value.denominator, low.denominator, high.denominator


def _ends(claim: Claim) -> tuple[Fraction, Fraction]:
    assert claim.interval.low is not None
    assert claim.interval.high is not None
    return claim.interval.low, claim.interval.high


def _number(claim: Claim, order: int, scale: int, row: str, heading: str) -> Number:
    figure = Figure(claim, order, row or heading, "", Aspect.LEVEL)
    low, high = (_units(end, scale) for end in _ends(claim))
    return Number(_units(claim.value, scale), (high - low) // 2, figure)


def _units(value: Fraction, scale: int) -> int:
    return value.numerator * (scale // value.denominator)


def _periods(headings: Sequence[str]) -> tuple[str, ...]:
    """The period of each column; a column without one has that of its left neighbour."""
    periods: list[str] = []
    for heading in headings:
        periods.append(period_of(heading) or (periods[-1] if periods else ""))
    return tuple(periods)


def _role(heading: str, column: int, entries: Sequence[Sequence[Entry]], labels: Sequence[Label]) -> Role:
    w = words()
    numbers = [(row, entry) for row, line in enumerate(entries) if isinstance(entry := line[column], Number)]
    percents = sum(entry.figure.claim.kind is Kind.PERCENT for _, entry in numbers)
    percent = percents * 2 > len(numbers) or "%" in heading or "％" in heading or "‰" in heading
    if w.growth.search(heading):
        return Role.RATE if percent else Role.CHANGE
    if percent:
        # A column of rates may show 100 in its total by chance; a part of the whole is never more than the whole.
        whole = all(entry.figure.claim.value <= 100 for _, entry in numbers) and any(
            entry.figure.claim.value == 100 and (labels[row].rank is not Rank.PLAIN or row == len(entries) - 1)
            for row, entry in numbers
        )
        return Role.SHARE if whole or w.share.search(heading) else Role.RATE
    if w.share.search(heading) and numbers and all(0 <= e.figure.claim.value <= 100 for _, e in numbers):
        return Role.SHARE
    return Role.RATE if w.ratio.search(measure_of(heading)) else Role.AMOUNT
