"""Finds what tables assert: totals down and across, results after 减 and 加, balances, shares, growth and changes.

A node of kind `table` has the slots of its form. `sum`: total and parts. `net`: total, parts and less (rows or columns
taken off). `balance`: the same for an opening balance, what came in and what went out. `share`: part, base and share.
`base`: two parts and their shares, whose base is not given. `growth` and `change`: before, after and the change.
`rate`: after, the change and its growth rate. `margin`: revenue, cost and margin. `product`: quantity, unit_value and
total.

The feature `confirmed` says that other rows or columns bear the same structure out, `explicit` that words or numbering
mark it, `alone` that it is marked but nothing else bears it out, `unmarked` that nothing but the figures speaks for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audit.outline.outline import Outline
from audit.outline.tables.account import Account, Matrix, Outcome, Split
from audit.outline.tables.across import totals_across
from audit.outline.tables.cited import find_citations
from audit.outline.tables.cited_shares import find_cited_shares
from audit.outline.tables.declared import declared
from audit.outline.tables.facts import tables_of
from audit.outline.tables.loose import loose_totals
from audit.outline.tables.one_base import Pair, one_base
from audit.outline.tables.products import products
from audit.outline.tables.quotients import columns_of, quotients
from audit.outline.tables.ratios import FAILS, Ratio, changes, shares
from audit.outline.tables.shared import find_balanced, find_shared
from audit.outline.tables.sheet import Entry, Number, Role, Sheet, sheets_of
from audit.outline.tables.totals import inner_rows, totals_below
from audit.outline.tables.trees import totals_above
from audit.outline.tables.words import Rank
from audit.outline.tree import Figure, Node

CONFIRMED_BITS = 12
"""Other rows or columns confirm a structure when chance would bear it out less than once in 2**12 tries."""
_FEWEST = 2
_KINDRED = ("coded", "tree")
"""Forms whose splits in one table bear each other out."""
_SLOTS = {
    "share": ("part", "base", "share"),
    "growth": ("after", "before", "growth"),
    "change": ("after", "before", "change"),
    "margin": ("revenue", "cost", "margin"),
    "rate": ("after", "change", "growth"),
    "product": ("quantity", "unit_value", "total"),
}


def find_repeats_of_tables(outline: Outline) -> Iterator[Node]:
    """What text and tables, or several tables, state in common."""
    tables = tables_of(outline)
    yield from find_citations(outline, tables)
    yield from find_cited_shares(outline, tables)
    yield from find_shared(sheets_of(outline))
    yield from find_balanced(sheets_of(outline))


def find_tables(outline: Outline) -> Iterator[Node]:
    """The relations of a document's tables, table by table."""
    for sheet in sheets_of(outline):
        yield from _nodes(sheet)


def _nodes(sheet: Sheet) -> Iterator[Node]:
    yield from _down(sheet)
    yield from _across(sheet)
    ratios = [*shares(sheet), *changes(sheet)]
    ratios += quotients(sheet, columns_of(sheet, ratios))
    for ratio in (*ratios, *products(sheet)):
        if node := _ratio(ratio):
            yield node
    for pair, telling in one_base(sheet, columns_of(sheet, ratios)):
        yield _base(pair, telling)


def _down(sheet: Sheet) -> Iterator[Node]:
    """The rows that others make up, column by column."""
    below = totals_below(sheet)
    above = totals_above(sheet, {split.total for split, _ in below}, inner_rows(below))
    loose = loose_totals(sheet, (*below, *above))
    summed = [n for n, role in enumerate(sheet.roles) if role is not Role.RATE]
    kinds = {form: [found for split, found in (*below, *above) if split.form == form] for form in _KINDRED}
    for split, found in (*below, *above, *loose, *declared(sheet)):
        kin = [each for each in kinds.get(split.form, ()) if each is not found]
        for n in summed:
            features = _facts(split, found, n, summed, kin)
            if found.outcomes[n] is Outcome.HOLDS or (
                _is_told(sheet, found, n, features)
                and not _averaged(sheet, split, found, n)
                and ("unmarked" not in features or _is_like(sheet.columns, split, found, n))
            ):
                yield _total(sheet.entries, split, n, features)


def _across(sheet: Sheet) -> Iterator[Node]:
    """The columns that others make up, row by row."""
    rows = range(sheet.height)
    across = totals_across(sheet)
    blocks = [found for split, found in across if split.form == "block"]
    for split, found in across:
        kin = [each for each in blocks if each is not found] if split.form == "block" else ()
        for n in rows:
            features = _facts(split, found, n, rows, kin)
            if found.outcomes[n] is Outcome.HOLDS or (
                _is_told(sheet, found, n, features)
                and not sheet.labels[n].ratio
                and ("unmarked" not in features or _is_like(sheet.entries, split, found, n))
                and ("unmarked" not in features or sheet.labels[n].rank is Rank.PLAIN)
            ):
                yield _total(sheet.columns, split, n, features)


def _facts(
    split: Split, found: Account, crossing: int, among: Sequence[int], kin: Sequence[Account] = ()
) -> frozenset[str]:
    """The features of a split in one crossing.

    `kin` are the accounts of other splits that the table's numbering or a nomenclature makes in the same way.
    """
    others = [n for n in found.crossings(Outcome.HOLDS, among) if not found.repeats(n, crossing)]
    evidence = sum(found.bits[n] for n in others)
    plain = split.explicit and not split.minus and split.form in ("below", "plain", "across", "block")
    unmarked = not split.explicit and split.form in ("across", "loose", "three")
    confirmed = evidence >= CONFIRMED_BITS and (plain or len(others) >= len(found.crossings(Outcome.FAILS, among)))
    alike, once = _alike(kin, crossing, _FEWEST), split.explicit and _alike(kin, crossing, 1)
    features = {"explicit"} if split.explicit else {"unmarked"} if unmarked else set()
    if confirmed or (alike and split.explicit):
        features.add("confirmed")
    elif found.bits[crossing] and (plain or alike or once):
        features.add("alone")
    return frozenset(features)


def _is_told(sheet: Sheet, found: Account, crossing: int, features: frozenset[str]) -> bool:
    """Whether a total that does not come out even is worth telling.

    A table without a header may be the rest of one that began elsewhere: nothing is told of a total that stands alone.
    """
    if found.outcomes[crossing] is Outcome.SILENT or found.sums[crossing][1] < _FEWEST:
        return False
    return "confirmed" in features or ("alone" in features and bool(sheet.grid.header))


def _is_like(crossings: Sequence[Sequence[Entry]], split: Split, found: Account, crossing: int) -> bool:
    """Whether a crossing that does not come out even has figures only in lines that have some where others, which
    nothing marks, come out even: else what they leave out may be what is missing."""
    if split.form == "three":
        return False
    lines = (split.total, *split.plus, *split.minus)
    near = range(min(lines) - 1, max(lines) + 2) if split.form == "loose" else range(len(crossings[crossing]))
    even = [crossings[n] for n, outcome in enumerate(found.outcomes) if outcome is Outcome.HOLDS]
    return all(
        not _is_filled(entry) or any(_is_filled(line[n]) for line in even)
        for n, entry in enumerate(crossings[crossing])
        if n in near
    )


def _is_filled(entry: Entry) -> bool:
    return isinstance(entry, Number) and entry.value != 0


def _alike(kin: Sequence[Account], crossing: int, fewest: int) -> bool:
    """Whether at least so many splits made in the same way bear each other out, and few do not."""
    told = [each.outcomes[crossing] for each in kin if each.sums[crossing][1] > 1]
    holds = told.count(Outcome.HOLDS)
    return holds >= fewest and holds > 2 * told.count(Outcome.FAILS)


def _averaged(sheet: Sheet, split: Split, found: Account, column: int) -> bool:
    """Whether the total of a column lies among its parts, as an average does, in a column that nothing shows to be
    summed: it has no heading, or only columns that measure something else add up."""
    if split.minus:
        return False
    heading, measure = sheet.grid.columns[column].heading, sheet.measures[column]
    summed = [n for n in range(sheet.width) if n != column and found.outcomes[n] is Outcome.HOLDS]
    if heading and (not summed or any(sheet.measures[n] == measure for n in summed)):
        return False
    total = sheet.entries[split.total][column]
    values = [entry.value for row in split.plus if isinstance(entry := sheet.entries[row][column], Number)]
    return isinstance(total, Number) and len(values) > 1 and min(values) <= total.value <= max(values)


def _total(matrix: Matrix, split: Split, crossing: int, features: frozenset[str]) -> Node:
    total = _figures(matrix, (split.total,), crossing)
    parts, less = _figures(matrix, split.plus, crossing), _figures(matrix, split.minus, crossing)
    form = "balance" if split.form == "balance" else "net" if less else "sum"
    return _node(form, (("total", total), ("parts", parts), ("less", less)), features)


def _figures(matrix: Matrix, lines: Sequence[int], crossing: int) -> tuple[Figure, ...]:
    return tuple(entry.figure for line in lines if isinstance(entry := matrix[line][crossing], Number))


def _ratio(ratio: Ratio) -> Node | None:
    features = {"explicit"}
    if ratio.holds - (ratio.outcome != FAILS) >= 1 and ratio.holds >= 2 * ratio.fails:
        features.add("confirmed")
    elif ratio.outcome == FAILS:
        return None
    slots = tuple((name, (number.figure,)) for name, number in zip(_SLOTS[ratio.form], ratio.figures, strict=True))
    return _node(ratio.form, slots, frozenset(features))


def _base(pair: Pair, telling: Pair) -> Node:
    first, second = sorted((pair, telling), key=lambda each: each.part.figure.order)
    numbers = {
        "first_count": first.part,
        "first_rate": first.share,
        "second_count": second.part,
        "second_rate": second.share,
    }
    slots = tuple((name, (number.figure,)) for name, number in numbers.items())
    return _node("base", slots, frozenset({"explicit", "confirmed"}))


def _node(form: str, slots: tuple[tuple[str, tuple[Figure, ...]], ...], features: frozenset[str]) -> Node:
    figures = [figure for _, slot in slots for figure in slot]
    span = figures[0].span
    for figure in figures[1:]:
        span = span.cover(figure.span)
    return Node(kind="table", form=form, span=span, slots=slots, features=features)
