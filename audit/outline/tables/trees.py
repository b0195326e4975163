"""Finds totals above their parts: a total in the first row, and rows that a nomenclature puts under one another."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cache

from audit.outline.cues import table
from audit.outline.tables.account import Account, Outcome, Split, account
from audit.outline.tables.hand import EXPLICIT_BITS
from audit.outline.tables.sheet import Role, Sheet
from audit.outline.tables.words import Mark, Rank

_FEWEST = 2


def totals_above(sheet: Sheet, explained: Collection[int], inner: Collection[int]) -> list[tuple[Split, Account]]:
    """The splits of totals in front of their parts.

    `explained` are rows already known for totals, `inner` rows known for parts of another row than the total sought.
    """
    found: list[tuple[Split, Account]] = []
    first = next((n for n, line in enumerate(sheet.entries) if any(entry is not None for entry in line)), -1)
    if first >= 0 and sheet.labels[first].rank is Rank.STRONG and first not in explained:
        found += [each for each in _sections(sheet, first, inner) if _borne_out(sheet, each[1])]
    for split in _trees(sheet):
        if split.total not in explained:
            found.append((split, account(sheet.entries, split, sheet.scale)))
    return found


def _sections(sheet: Sheet, total: int, inner: Collection[int]) -> Iterator[tuple[Split, Account]]:
    """The splits of a total in the first row by the groups of rows below it, each headed by a row of its own."""
    rows: list[int] = []
    for row in range(total + 1, sheet.height + 1):
        ends = row == sheet.height or sheet.grid.rows[row].heads or sheet.labels[row].rank is Rank.STRONG
        if ends:
            if len(rows) >= _FEWEST:
                split = Split(total, tuple(rows), form="above", explicit=True)
                yield split, account(sheet.entries, split, sheet.scale)
            rows = []
            if row < sheet.height and sheet.labels[row].rank is Rank.STRONG:
                return
        elif row not in inner and sheet.labels[row].mark is Mark.NONE and not sheet.labels[row].ratio:
            rows.append(row)


def _borne_out(sheet: Sheet, found: Account) -> bool:
    summed = [n for n, role in enumerate(sheet.roles) if role is not Role.RATE]
    holds = found.crossings(Outcome.HOLDS, summed)
    return len(holds) > len(found.crossings(Outcome.FAILS, summed)) and found.evidence(summed) >= EXPLICIT_BITS


@cache
def _nomenclature() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row) for row in table("tables")["trees"]["rows"])


def _trees(sheet: Sheet) -> Iterator[Split]:
    """The splits that names give away: 第一产业, 第二产业 and 第三产业 make up the row above the first, and what stands
    between two of them belongs to the upper one."""
    names = [label.name for label in sheet.labels]
    for siblings in _nomenclature():
        at = 0
        while (rows := _find(names, siblings, at)) is not None:
            at = rows[-1] + 1
            if any(_heads_between(sheet, rows)) or (rows[0] and sheet.labels[rows[0] - 1].ratio):
                continue
            if rows[0] and not sheet.grid.rows[rows[0] - 1].heads and sheet.labels[rows[0]].mark is Mark.NONE:
                yield Split(rows[0] - 1, tuple(rows), form="tree", explicit=True)
            for row, end in zip(rows, [*rows[1:], _end(sheet, rows[-1])], strict=True):
                below = tuple(r for r in range(row + 1, end) if sheet.labels[r].mark is Mark.NONE)
                if len(below) >= _FEWEST and len(below) == end - row - 1:
                    yield Split(row, below, form="tree")


def _find(names: Sequence[str], wanted: Sequence[str], start: int) -> list[int] | None:
    rows: list[int] = []
    for row in range(start, len(names)):
        if names[row] == wanted[len(rows)]:
            rows.append(row)
            if len(rows) == len(wanted):
                return rows
        elif rows and names[row] == wanted[0]:
            rows = [row]
    return None


def _heads_between(sheet: Sheet, rows: Sequence[int]) -> Iterator[bool]:
    return (sheet.grid.rows[r].heads or sheet.labels[r].rank is Rank.STRONG for r in range(rows[0], rows[-1]))


def _end(sheet: Sheet, row: int) -> int:
    """The index behind the last row that can belong to a row: before the next heading, total or other table."""
    end = row + 1
    while end < sheet.height and not sheet.grid.rows[end].heads and sheet.labels[end].rank is Rank.PLAIN:
        end += 1
    return end
