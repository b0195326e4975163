"""Finds figures that several tables of a document state: the same row name and period, the same value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from audit.outline.tables.facts import Period, period_in
from audit.outline.tables.sheet import Number, Role, Sheet
from audit.outline.tables.words import Rank
from audit.outline.tree import Node

_DIGITS = 5
"""Figures of fewer digits are equal by chance too often."""
_EARLIER = 4
"""A figure is compared with the last few of its name and period."""

_Place = tuple[int, Number]


def find_shared(sheets: Sequence[Sheet]) -> Iterator[Node]:
    """The figures that repeat one of an earlier table, each with the latest one.

    Totals without a name of their own are compared where their tables share another figure.
    """
    named: dict[tuple[str, Period], list[_Place]] = defaultdict(list)
    totals: dict[Period, list[_Place]] = defaultdict(list)
    kin: set[tuple[int, int]] = set()
    for n, sheet in enumerate(sheets):
        for name, period, number in _figures(sheet):
            if not name:
                totals[period].append((n, number))
                continue
            known = named[name, period]
            for m, other in reversed(known[-_EARLIER:]):
                if m != n and _equal(number, other):
                    kin.add((m, n))
                    yield _node(other, number)
                    break
            known.append((n, number))
    for places in totals.values():
        for at, (n, number) in enumerate(places):
            for m, other in reversed(places[max(0, at - _EARLIER) : at]):
                if (m, n) in kin and _equal(number, other):
                    yield _node(other, number)
                    break


def _figures(sheet: Sheet) -> Iterator[tuple[str, Period, Number]]:
    """(name of the row, "" for a total without one; period; number) of every amount with enough digits."""
    for row, label in enumerate(sheet.labels):
        name = "" if label.rank is Rank.STRONG and len(label.name) <= 2 else label.name
        for column, entry in enumerate(sheet.entries[row]):
            if not isinstance(entry, Number) or sheet.roles[column] is not Role.AMOUNT:
                continue
            period = period_in(sheet, column)
            if period is not None and sum(c.isdecimal() for c in entry.figure.claim.text.strip("0.,")) >= _DIGITS:
                yield name, period, entry


def _equal(one: Number, other: Number) -> bool:
    a, b = one.figure.claim, other.figure.claim
    return a.dimension == b.dimension and a.interval.meets(b.interval)


def _node(first: Number, second: Number) -> Node:
    slots = (("first", (first.figure,)), ("second", (second.figure,)))
    return Node("citation", "tables", first.figure.span.cover(second.figure.span), slots)
