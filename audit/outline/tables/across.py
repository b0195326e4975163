"""Finds the columns of a table that sum up other columns: 合计 columns, and opening + in − out = closing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from audit.outline.tables.account import Account, Outcome, Split, account
from audit.outline.tables.sheet import Entry, Number, Role, Sheet
from audit.outline.tables.words import words

BITS = 12
_MOST = 14
_MIDDLE = 4
"""A balance is followed through at most so many columns of changes."""


def totals_across(sheet: Sheet) -> list[tuple[Split, Account]]:
    """The splits of columns, each with its account by row."""
    columns = sheet.columns
    amounts = [n for n, role in enumerate(sheet.roles) if role in (Role.AMOUNT, Role.CHANGE) and _numbers(columns[n])]
    found: list[tuple[Split, Account]] = []
    for total in amounts:
        best = None
        if words().strong.search(sheet.measures[total]) or words().strong.search(sheet.grid.columns[total].heading):
            best = _best(columns, _runs(amounts, total), sheet)
        if best is None:
            best = _best(columns, _balances(sheet, amounts, total), sheet)
        if best is not None:
            found.append(best)
    return found


def _numbers(column: Sequence[Entry]) -> int:
    return sum(isinstance(entry, Number) for entry in column)


def _best(columns: Sequence[Sequence[Entry]], splits: Iterator[Split], sheet: Sheet) -> tuple[Split, Account] | None:
    best: tuple[Split, Account] | None = None
    rows = range(sheet.height)
    most = (0, 0)
    for tried, split in enumerate(splits, 1):
        found = account(columns, split, sheet.scale)
        holds, fails = len(found.crossings(Outcome.HOLDS, rows)), len(found.crossings(Outcome.FAILS, rows))
        if holds > fails and found.evidence(rows) >= BITS + tried.bit_length() and (holds, -fails) > most:
            most = holds, -fails
            best = split, found
    return best


def _runs(amounts: Sequence[int], total: int) -> Iterator[Split]:
    """The columns directly before or directly after a total column."""
    at = amounts.index(total)
    before, after = amounts[max(0, at - _MOST) : at], amounts[at + 1 : at + 1 + _MOST]
    for start in range(len(before) - 2, -1, -1):
        yield Split(total, tuple(before[start:]), form="across", explicit=True)
    for end in range(2, len(after) + 1):
        yield Split(total, tuple(after[:end]), form="across", explicit=True)


def _balances(sheet: Sheet, amounts: Sequence[int], closing: int) -> Iterator[Split]:
    """An opening balance, changes and the closing balance, side by side."""
    w = words()
    headings = [column.heading for column in sheet.grid.columns]
    at = amounts.index(closing)
    for start in range(at - 2, max(-1, at - 2 - _MIDDLE), -1):
        opening, changes = amounts[start], amounts[start + 1 : at]
        marked = [
            w.increase.search(headings[n]) is not None or w.decrease.search(headings[n]) is not None for n in changes
        ]
        if not all(marked) or not (w.balance.search(headings[opening]) and w.balance.search(headings[closing])):
            continue
        for signs in product(*(_signs(headings[n]) for n in changes)):
            plus = (opening, *(n for n, sign in zip(changes, signs, strict=True) if sign > 0))
            minus = tuple(n for n, sign in zip(changes, signs, strict=True) if sign < 0)
            yield Split(closing, plus, minus, form="balance", explicit=True)


def _signs(heading: str) -> tuple[int, ...]:
    """Which way a column of changes can go, the likelier way first."""
    w = words()
    out, into = w.decrease.search(heading), w.increase.search(heading)
    if out and into:
        return (-1, 1) if out.end() >= into.end() else (1, -1)
    return (-1, 1) if out else (1, -1)
