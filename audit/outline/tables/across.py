"""Finds the columns of a table that sum up other columns: 合计 columns, opening + in − out = closing, and columns that
nothing marks but that come out even in row after row (总人口 beside 男 and 女, 收入 less 支出 and 结余)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import product, takewhile

from audit.claim import Kind
from audit.outline.tables.account import Account, Outcome, Split, account
from audit.outline.tables.hand import EXPLICIT_BITS
from audit.outline.tables.sheet import Entry, Number, Role, Sheet
from audit.outline.tables.triples import oriented, triples
from audit.outline.tables.words import words

BITS = 12
_UNMARKED_BITS = 24
"""Columns that nothing marks are believed when chance would bear them out less than once in 2**24 tries."""
_ROWS = 3
"""… and at least so many rows do."""
_MOST = 14
_MIDDLE = 4
"""A balance is followed through at most so many columns of changes."""
_TASTED = 12
"""So many rows are looked at before all are."""
_UPPER = 2
"""The heading over a block of columns has at least so many characters."""
_PASSES = 3
"""Totals of totals are looked for so many levels deep."""

_Found = tuple[Split, Account]
_Merit = Callable[[Sheet, Account, int], tuple[int, int] | None]


def totals_across(sheet: Sheet) -> list[_Found]:
    """The splits of columns, each with its account by row."""
    amounts = [n for n, role in enumerate(sheet.roles) if role in (Role.AMOUNT, Role.CHANGE) and _numbers(sheet, n)]
    found = _marked(sheet, amounts)
    for group in _groups(sheet):
        _add_unmarked(sheet, group, found)
    return found


def _marked(sheet: Sheet, amounts: Sequence[int]) -> list[_Found]:
    """The splits of 合计 columns, subtotals first, and the balances."""
    found: dict[int, _Found] = {}
    for _ in range(_PASSES):
        inner = {n for split, _ in found.values() for n in (*split.plus, *split.minus)}
        new: dict[int, _Found] = {}
        for total in amounts:
            if total in found:
                continue
            live = [n for n in amounts if n == total or n not in inner]
            marked = _best(sheet, _runs(live, total), _borne_out) if _is_total(sheet, total) else None
            if best := marked or _best(sheet, _balances(sheet, amounts, total), _borne_out):
                new[total] = best
        found |= new
        if not new:
            break
    for split in list(_repeated(sheet, [split for split, _ in found.values() if split.form == "across"], amounts)):
        outcome = account(sheet.columns, split, sheet.scale)
        if split.total not in found and len(outcome.crossings(Outcome.FAILS, range(sheet.height))) <= 1:
            found[split.total] = split, outcome
    blocks = [(split, account(sheet.columns, split, sheet.scale)) for split in _blocks(sheet, amounts, found)]
    told = [outcome for _, each in blocks for outcome, bits in zip(each.outcomes, each.bits, strict=True) if bits]
    if told.count(Outcome.HOLDS) > told.count(Outcome.FAILS):
        found |= {split.total: (split, each) for split, each in blocks}
    return [found[total] for total in sorted(found)]


def _blocks(sheet: Sheet, amounts: Sequence[int], known: Collection[int]) -> Iterator[Split]:
    """The splits of 合计 columns that end what one upper heading covers, where too few rows bear them out otherwise."""
    headings = [column.heading for column in sheet.grid.columns]
    for at, total in enumerate(amounts):
        upper = words().strong.sub("", headings[total])
        if total in known or len(upper) < _UPPER or upper == headings[total]:
            continue
        covered = [headings[n].startswith(upper) for n in amounts[:at]]
        parts = amounts[max((n + 1 for n, inside in enumerate(covered) if not inside), default=0) : at]
        if len(parts) > 1:
            yield Split(total, tuple(parts), form="block", explicit=True)


def _repeated(sheet: Sheet, known: Sequence[Split], amounts: Sequence[int]) -> Iterator[Split]:
    """The splits that groups of columns repeat: what holds of the columns under 预算数 is looked for under 决算数."""
    headings = [column.heading for column in sheet.grid.columns]
    for split in known:
        for total in amounts:
            shift = total - split.total
            if shift and _headed_alike(headings, [split.total, *split.plus], shift):
                yield Split(total, tuple(n + shift for n in split.plus), form="across", explicit=True)


def _headed_alike(headings: Sequence[str], columns: Sequence[int], shift: int) -> bool:
    """Whether the columns and those `shift` further on have the same headings below two different ones."""
    if not all(0 <= n + shift < len(headings) for n in columns):
        return False
    one, other = headings[columns[0]], headings[columns[0] + shift]
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one[::-1], other[::-1], strict=False)))
    upper, others = one[: len(one) - same], other[: len(other) - same]
    return bool(same and upper and others) and all(
        headings[n].startswith(upper) and headings[n + shift] == others + headings[n][len(upper) :] for n in columns
    )


def _is_total(sheet: Sheet, column: int) -> bool:
    strong = words().strong
    return any(map(strong.search, (sheet.measures[column], sheet.grid.columns[column].heading)))


def _numbers(sheet: Sheet, column: int) -> int:
    return sum(isinstance(entry, Number) for entry in sheet.column(column))


def _borne_out(sheet: Sheet, found: Account, tried: int) -> tuple[int, int] | None:
    """(rows that hold, rows that fail with a minus sign) of a marked split, None where it is not to be believed."""
    rows = range(sheet.height)
    holds, fails = len(found.crossings(Outcome.HOLDS, rows)), len(found.crossings(Outcome.FAILS, rows))
    bits = BITS if fails or holds > 1 else EXPLICIT_BITS
    believed = holds > fails and found.evidence(rows) >= bits + tried.bit_length()
    return (holds, -fails) if believed else None


def _comes_out(sheet: Sheet, found: Account, tried: int) -> tuple[int, int] | None:
    """The same of a split that nothing marks."""
    rows = range(sheet.height)
    holds = sum(found.bits[n] > 0 for n in found.crossings(Outcome.HOLDS, rows))
    fails = len(found.crossings(Outcome.FAILS, rows))
    believed = holds >= max(_ROWS, 3 * fails) and found.evidence(rows) >= _UNMARKED_BITS + tried.bit_length()
    return (holds, -fails) if believed else None


def _best(sheet: Sheet, splits: Iterator[Split], merit: _Merit) -> _Found | None:
    best: _Found | None = None
    most = (0, 0)
    for tried, split in enumerate(splits, 1):
        found = account(sheet.columns, split, sheet.scale)
        worth = merit(sheet, found, tried)
        if worth is not None and worth > most:
            most = worth
            best = split, found
    return best


def _runs(amounts: Sequence[int], total: int, *, marked: bool = True) -> Iterator[Split]:
    """The columns directly before or directly after a total column."""
    at = amounts.index(total)
    before, after = amounts[max(0, at - _MOST) : at], amounts[at + 1 : at + 1 + _MOST]
    for start in range(len(before) - 2, -1, -1):
        yield Split(total, tuple(before[start:]), form="across", explicit=marked)
    for end in range(2, len(after) + 1):
        yield Split(total, tuple(after[:end]), form="across", explicit=marked)


# ---------------------------------------------------------------- columns that nothing marks
def _groups(sheet: Sheet) -> list[list[int]]:
    """The columns that measure the same, changes and growth left out."""
    groups: dict[tuple[str, Kind], list[int]] = defaultdict(list)
    for n in range(sheet.width):
        first = next((entry for entry in sheet.column(n) if isinstance(entry, Number)), None)
        if first is not None and not words().growth.search(sheet.grid.columns[n].heading):
            groups[first.figure.claim.dimension, first.figure.claim.kind].append(n)
    return [group for group in groups.values() if len(group) > 2]


def _add_unmarked(sheet: Sheet, group: Sequence[int], found: list[_Found]) -> None:
    """Adds the columns of a group that others make up: runs beside them, then any two of them."""
    known = {_columns(split) for split, _ in found}
    inner = {n for split, _ in found for n in (*split.plus, *split.minus)}
    results = _results(sheet)
    for _ in range(_PASSES):
        new = [each for total in group if (each := _beside(sheet, group, total, inner, known)) is not None]
        for split, _account in new:
            inner |= set(split.plus)
            known.add(_columns(split))
        found += [_turned(sheet, each, results) for each in new]
        if not new:
            break
    for split in triples(sheet.columns, group, results):
        if not any(_columns(split) <= each for each in known):
            outcome = account(sheet.columns, split, sheet.scale)
            if _comes_out(sheet, outcome, len(group) ** 2):
                known.add(_columns(split))
                found.append((split, outcome))


def _beside(
    sheet: Sheet, group: Sequence[int], total: int, inner: Collection[int], known: Collection[frozenset[int]]
) -> _Found | None:
    """The best run beside a column, columns left out that are parts of others; None where it is already known."""
    live = [n for n in group if n == total or n not in inner]
    step = -(-sheet.height // _TASTED)
    some = [column[::step] for column in sheet.columns]
    splits = (
        split
        for split in _runs(live, total, marked=_is_total(sheet, total))
        if _columns(split) not in known and _tastes(some, split, sheet.scale)
    )
    return _best(sheet, splits, _comes_out)


def _tastes(some: Sequence[Sequence[Entry]], split: Split, scale: int) -> bool:
    """Whether a split comes out even in some of a few rows, so that it is worth while to look at all of them."""
    return Outcome.HOLDS in account(some, split, scale).outcomes


def _turned(sheet: Sheet, found: _Found, results: Collection[int]) -> _Found:
    split, _ = found
    if split.explicit or len(split.plus) != 2:
        return found
    split = oriented(split.total, split.plus, results)
    return split, account(sheet.columns, split, sheet.scale)


def _columns(split: Split) -> frozenset[int]:
    return frozenset((split.total, *split.plus, *split.minus))


def _results(sheet: Sheet) -> frozenset[int]:
    """The columns that by their headings are what is left of others, or sums of them."""
    w = words()
    return frozenset(n for n, said in enumerate(sheet.measures) if w.net.search(said) or w.strong.search(said))


# ---------------------------------------------------------------- balances
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
