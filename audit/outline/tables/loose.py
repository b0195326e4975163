"""Finds rows that nothing marks as totals but that the rows below or near them make up in column after column:
能源消费总量 above its sectors, 3年以上 above 3至4年 and the rest, 负债 and 权益 near 资产."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from audit.outline.tables.account import Account, Outcome, Split, Sums, account
from audit.outline.tables.hand import UNMARKED_BITS
from audit.outline.tables.sheet import Number, Role, Sheet
from audit.outline.tables.triples import triples
from audit.outline.tables.words import Mark, Rank, words

_LONGEST = 20
"""A row is followed by at most so many parts."""
_FEWEST = 2
"""Parts, and columns that must come out even."""
_FEW = 3
"""At most one column in so many may fail."""
_SPARE = 8
"""So many bits more than for a total at the end of its parts: more readings are tried."""
_NAMED_BITS = 12
"""A single column is enough below a name such as 总量, where chance would bear it out less than once in 2**12 tries."""
_TALLEST = 300
"""Longer tables are lists: no row of theirs is made up by two others."""
_OFF = re.compile(r"[（(][-－−—–][)）]$")
"""The end of a label whose row is taken off: 出口量(-)."""


def loose_totals(sheet: Sheet, told: Sequence[tuple[Split, Account]]) -> list[tuple[Split, Account]]:
    """The splits of rows that nothing marks, beside those already told."""
    known = [frozenset((split.total, *split.plus, *split.minus)) for split, _ in told]
    inner = {row for split, _ in told for row in (*split.plus, *split.minus)}
    found: list[tuple[Split, Account]] = []
    for row in range(sheet.height - 2, -1, -1):
        start = row + 1
        while (new := _run(sheet, row, start, inner)) is not None:
            rows = _rows(new[0])
            if not any(rows <= each for each in known):
                found.append(new)
                known.append(rows)
            inner |= rows - {row}
            start = max(rows) + 1
            if start == sheet.height or not sheet.grid.rows[start].heads:
                break
    if sheet.height <= _TALLEST:
        found += _threes(sheet, known)
    return found


def _rows(split: Split) -> frozenset[int]:
    return frozenset((split.total, *split.plus, *split.minus))


def _summed(sheet: Sheet) -> list[int]:
    return [n for n, role in enumerate(sheet.roles) if role is not Role.RATE]


# ---------------------------------------------------------------- parts below
def _run(sheet: Sheet, row: int, start: int, inner: Collection[int]) -> tuple[Split, Account] | None:
    """The rows from `start` on that make up a row above them; None where none do."""
    label = sheet.labels[row]
    if label.ratio or not any(isinstance(entry, Number) for entry in sheet.entries[row]):
        return None
    sums = Sums(sheet.width)
    total = sheet.entries[row]
    sought = [(n, e.value, e.slack) for n in _summed(sheet) if isinstance(e := total[n], Number)]
    plus: list[int] = []
    minus: list[int] = []
    for tried, below in enumerate(_below(sheet, row, start, inner), 1):
        off = _is_off(sheet, below)
        sums.add(sheet.entries[below], -1 if off else 1)
        (minus if off else plus).append(below)
        if tried < _FEWEST or not plus or not sums.touches(sought):
            continue
        found = sums.against(total, sheet.scale)
        if _borne_out(sheet, found, tried, named=label.rank is not Rank.PLAIN):
            return Split(row, tuple(plus), tuple(minus), form="loose", tried=tried), found
    return None


def _below(sheet: Sheet, row: int, start: int, inner: Collection[int]) -> Iterator[int]:
    """The rows from `start` on that may be parts of a row: up to a total, a heading or a row numbered like it."""
    level = sheet.labels[row].level
    begun = False
    for at in range(start, min(sheet.height, start + _LONGEST)):
        label = sheet.labels[at]
        if label.rank is Rank.STRONG or (level and 0 < label.level <= level):
            return
        if sheet.grid.rows[at].heads:
            if begun:
                return
            continue
        if label.mark is Mark.OF or label.ratio or (at in inner and begun):
            continue
        begun = True
        yield at


def _is_off(sheet: Sheet, row: int) -> bool:
    if sheet.labels[row].mark is Mark.LESS:
        return True
    marked = _OFF.search(sheet.grid.rows[row].name) is not None
    return marked and not any(isinstance(e, Number) and e.value < 0 for e in sheet.entries[row])


def _borne_out(sheet: Sheet, found: Account, tried: int, *, named: bool) -> bool:
    summed = _summed(sheet)
    holds, fails = found.crossings(Outcome.HOLDS, summed), found.crossings(Outcome.FAILS, summed)
    telling = sum(found.bits[n] > 0 for n in holds)
    evidence = found.evidence(summed) - tried.bit_length()
    if named and len(summed) == 1:
        return telling == 1 and evidence >= _NAMED_BITS
    return telling >= max(_FEWEST, _FEW * len(fails)) and evidence >= UNMARKED_BITS + _SPARE


# ---------------------------------------------------------------- two rows near by
def _threes(sheet: Sheet, known: Sequence[frozenset[int]]) -> Iterator[tuple[Split, Account]]:
    """The rows that two others near them make up: nothing is told where they do not, as a third may belong to them."""
    net = words().net
    rows = [n for n, label in enumerate(sheet.labels) if not label.ratio and not sheet.grid.rows[n].heads]
    results = frozenset(n for n in rows if net.search(sheet.labels[n].name) and sheet.labels[n].rank is Rank.PLAIN)
    summed = _summed(sheet)
    matrix = [[line[n] for n in summed] for line in sheet.entries]
    for split in triples(matrix, rows, results):
        if any(_rows(split) <= each for each in known):
            continue
        found = account(sheet.entries, split, sheet.scale)
        if _borne_out(sheet, found, sheet.height**2, named=False):
            yield Split(split.total, split.plus, split.minus, form="three"), found
