"""Finds what tables assert: totals down and across, results after 减 and 加, balances, shares, growth and changes.

A node of kind `table` has the slots of its form. `sum`: total and parts. `net`: total, parts and less (rows or columns
taken off). `balance`: the same for an opening balance, what came in and what went out. `share`: part, base and share.
`growth` and `change`: before, after and the change. The feature `confirmed` says that other rows or columns bear the
same structure out, `explicit` that words or numbering mark it, `alone` that it is marked but nothing else bears it out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audit.grid import grids_of
from audit.outline.outline import Outline
from audit.outline.tables.account import Account, Matrix, Outcome, Split
from audit.outline.tables.across import totals_across
from audit.outline.tables.ratios import FAILS, Ratio, changes, shares
from audit.outline.tables.sheet import Number, Role, Sheet, sheet_of
from audit.outline.tables.totals import totals_below
from audit.outline.tables.trees import totals_above
from audit.outline.tree import Figure, Node

CONFIRMED_BITS = 12
"""Other rows or columns confirm a structure when chance would bear it out less than once in 2**12 tries."""
_SLOTS = {
    "share": ("part", "base", "share"),
    "growth": ("after", "before", "growth"),
    "change": ("after", "before", "change"),
}


def find_tables(outline: Outline) -> Iterator[Node]:
    """The relations of a document's tables, table by table."""
    claims = outline.extraction.claims
    starts = [claim.span.start for claim in claims]
    for grid in grids_of(outline.document):
        sheet = sheet_of(grid, claims, starts)
        if sheet is not None:
            yield from _nodes(sheet)


def _nodes(sheet: Sheet) -> Iterator[Node]:
    below = totals_below(sheet)
    inner = {row for split, _ in below for row in (*split.plus, *split.minus)}
    above = totals_above(sheet, {split.total for split, _ in below}, inner)
    summed = [n for n, role in enumerate(sheet.roles) if role is not Role.RATE]
    for split, found in (*below, *above):
        for n in summed:
            if features := _facts(split, found, n, summed, _averaged(sheet, split, found, n)):
                yield _total(sheet.entries, split, n, features)
    rows = range(sheet.height)
    for split, found in totals_across(sheet):
        for n in rows:
            if features := _facts(split, found, n, rows, sheet.labels[n].ratio):
                yield _total(sheet.columns, split, n, features)
    for ratio in (*shares(sheet), *changes(sheet)):
        if node := _ratio(ratio):
            yield node


def _facts(
    split: Split, found: Account, crossing: int, among: Sequence[int], averaged: bool
) -> frozenset[str] | None:
    """The features of a split in one crossing; None where nothing is to be said of it."""
    outcome = found.outcomes[crossing]
    if outcome is Outcome.SILENT:
        return None
    others = [n for n in found.crossings(Outcome.HOLDS, among) if not found.repeats(n, crossing)]
    evidence = sum(found.bits[n] for n in others)
    fails = found.crossings(Outcome.FAILS, among)
    plain = split.explicit and not split.minus and split.form in ("below", "plain", "across")
    confirmed = evidence >= CONFIRMED_BITS and (plain or len(others) >= len(fails))
    features = {"explicit"} if split.explicit else set()
    if confirmed:
        features.add("confirmed")
    elif split.explicit and not split.minus:
        features.add("alone")
    if outcome is Outcome.HOLDS:
        return frozenset(features)
    parts = len(split.plus) + len(split.minus)
    if averaged or parts < 2 or not features & {"confirmed", "alone"}:
        return None
    return frozenset(features)


def _averaged(sheet: Sheet, split: Split, found: Account, column: int) -> bool:
    """Whether the total of a column lies among its parts, as an average does, and no other column measures the same."""
    heading, measure = sheet.grid.columns[column].heading, sheet.measures[column]
    if heading and any(
        found.outcomes[n] is Outcome.HOLDS and sheet.measures[n] == measure for n in range(sheet.width) if n != column
    ):
        return False
    total = sheet.entries[split.total][column]
    parts = [entry for row in split.plus if isinstance(entry := sheet.entries[row][column], Number)]
    if not isinstance(total, Number) or len(parts) < 2:
        return not heading
    values = [part.value for part in parts]
    return min(values) <= total.value <= max(values)


def _total(matrix: Matrix, split: Split, crossing: int, features: frozenset[str]) -> Node:
    total = _figures(matrix, (split.total,), crossing)
    parts, less = _figures(matrix, split.plus, crossing), _figures(matrix, split.minus, crossing)
    form = "balance" if split.form == "balance" else "net" if less else "sum"
    return _node(form, (("total", total), ("parts", parts), ("less", less)), features)


def _figures(matrix: Matrix, lines: Sequence[int], crossing: int) -> tuple[Figure, ...]:
    return tuple(entry.figure for line in lines if isinstance(entry := matrix[line][crossing], Number))


def _ratio(ratio: Ratio) -> Node | None:
    features = {"explicit"}
    if ratio.holds - (ratio.outcome != FAILS) >= 1 and ratio.holds > 2 * ratio.fails:
        features.add("confirmed")
    elif ratio.outcome == FAILS:
        return None
    slots = tuple((name, (number.figure,)) for name, number in zip(_SLOTS[ratio.form], ratio.figures, strict=True))
    return _node(ratio.form, slots, frozenset(features))


def _node(form: str, slots: tuple[tuple[str, tuple[Figure, ...]], ...], features: frozenset[str]) -> Node:
    figures = [figure for _, slot in slots for figure in slot]
    span = figures[0].span
    for figure in figures[1:]:
        span = span.cover(figure.span)
    return Node(kind="table", form=form, span=span, slots=slots, features=features)
