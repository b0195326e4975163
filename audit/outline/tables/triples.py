"""Finds lines of which two make up a third, however they stand and whatever they are called: 收入, 成本 and 毛利."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import combinations

from audit.outline.tables.account import Matrix, Split
from audit.outline.tables.sheet import Number

_REACH = 8
"""The three lines stand within so many lines of one another."""
_TASTED = 6
"""So many crossings decide whether three lines are worth a full account …"""
_EVEN = 2
"""… and so many of them must come out even."""


def triples(matrix: Matrix, lines: Sequence[int], results: Collection[int]) -> Iterator[Split]:
    """The splits of a line by two others that come out even wherever a look at some crossings tells.

    `lines` are the lines to look at, in order; `results` are those that by their names are what is left of others:
    among equals they are made the total, so that 毛利 is 收入 less 成本.
    """
    for at, first in enumerate(lines):
        for second, third in combinations(lines[at + 1 : at + _REACH], 2):
            if (total := _total(matrix, (first, second, third))) is not None:
                yield oriented(total, [n for n in (first, second, third) if n != total], results)


def _total(matrix: Matrix, trio: Sequence[int]) -> int | None:
    """The line of three that the two others sum up to; None where none is."""
    tasted = 0
    alive = set(trio)
    for entries in zip(*(matrix[line] for line in trio), strict=True):
        if not all(isinstance(entry, Number) and entry.value for entry in entries):
            continue
        numbers = {line: entry for line, entry in zip(trio, entries, strict=True) if isinstance(entry, Number)}
        whole, slack = sum(n.value for n in numbers.values()), sum(n.slack for n in numbers.values())
        even = {line for line, number in numbers.items() if abs(whole - 2 * number.value) <= slack}
        tasted += 1
        if even & alive:
            alive &= even
        elif tasted <= _EVEN:
            return None
        if tasted == _TASTED:
            break
    return alive.pop() if tasted >= _EVEN and len(alive) == 1 else None


def oriented(total: int, parts: Sequence[int], results: Collection[int]) -> Split:
    """The split of a line by two others, turned round where one of the two is what is left (毛利 = 收入 less 成本)."""
    left = [part for part in parts if part in results]
    if total in results or len(left) != 1:
        return Split(total, tuple(parts), form="across")
    (other,) = (part for part in parts if part != left[0])
    return Split(left[0], (total,), (other,), form="across")
