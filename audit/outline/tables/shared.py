"""Finds figures that several tables of a document state: the same row name and period, the same value; and the totals
on which the two sides of one table balance."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from audit.outline.tables.facts import Period, period_in
from audit.outline.tables.sheet import Number, Role, Sheet
from audit.outline.tables.words import Rank
from audit.outline.tree import Node

_DIGITS = 5
"""Figures of fewer digits are equal by chance too often."""
_EARLIER = 4
"""A figure is compared with the last few of its name and period."""

_SIDES = re.compile("(?:收入|支出|资产|负债(?:[和及与].{2,20})?|(?:资金)?(?:来源|运用))?总计")
"""What the totals are called on which the two sides of a table balance."""

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


def find_balanced(sheets: Sequence[Sheet]) -> Iterator[Node]:
    """The totals at the foot of two panels that stand side by side: 收入 and 支出, 资产 and 负债 balance."""
    for left, right in pairwise(sheets):
        if left.grid.span != right.grid.span or left.height != right.height or left.width != right.width:
            continue
        row = left.height - 1
        names = left.labels[row].name, right.labels[row].name
        if not all(_SIDES.fullmatch(name) for name in names):
            continue
        for one, other in zip(left.entries[row], right.entries[row], strict=True):
            if isinstance(one, Number) and isinstance(other, Number):
                yield _node(one, other)


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
