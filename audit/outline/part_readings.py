"""Tells which figures of the text behind a total are its parts, as far as its clauses and their first words say."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from audit.outline.cues import one_of, table
from audit.outline.parts import MAX_PARTS, MAX_SLIP_PARTS
from audit.outline.tree import Clause, Figure

STRONG = frozenset({";", "；"})
"""Marks that divide a sentence into parts of their own."""


@dataclass(frozen=True, slots=True)
class _Words:
    """How a clause begins that splits the part before it, that speaks of a sub-part, or of something else."""

    qizhong: re.Pattern[str]
    subset: re.Pattern[str]
    closing: re.Pattern[str]


@cache
def _words() -> _Words:
    data = table("breakdowns")
    return _Words(
        qizhong=re.compile(rf"(?:在)?{one_of(data['qizhong']['words'])}"),
        subset=re.compile(one_of(data["subset"]["words"])),
        closing=re.compile(rf"(?:{one_of(data['closing']['words'])}|[12][0-9]{{3}}\s?年)"),
    )


def part_readings(clauses: Sequence[Clause], fits: Callable[[Figure], bool]) -> list[tuple[Figure, ...]]:
    """Which figures are parts, likeliest first; none where the text up to the first semicolon names no part.

    A clause without figures (主要用于…) and a sub-part (仅…, 其中…) end a chain of parts until the next semicolon.
    """
    words = _words()
    chained: list[Figure] = []
    every: list[Figure] = []
    leading: list[Figure] = []
    open_chain = fresh = True
    for n, clause in enumerate(clauses):
        if n and clause.before in STRONG:
            if not every:
                return []
            open_chain = fresh = True
        fitting = [f for f in clause.figures if fits(f)]
        every += fitting
        owned = n + 1 < len(clauses) and words.qizhong.match(clauses[n + 1].text)
        over = fitting and clause.before not in STRONG and (owned or words.closing.match(clause.text))
        if n and (over or words.subset.match(clause.text)):
            open_chain = False
            continue
        if not clause.figures and not fresh:
            open_chain = False
        if fitting and open_chain:
            chained += fitting
            if fresh:
                leading.append(fitting[0])
            fresh = False
    readings = [tuple(parts[:MAX_PARTS]) for parts in (chained, leading, every) if parts]
    # …；其他支出40亿元，其中人员经费25亿元；公用经费15亿元: what an inner 其中 began may go on to the end.
    # A complete list is over, whatever the next clause says (其中短期120亿元、中长期202亿元，存款余额412亿元).
    return readings + [
        tuple(parts[:n]) for parts in (chained, leading) for n in range(min(len(parts), MAX_SLIP_PARTS) - 1, 1, -1)
    ]
