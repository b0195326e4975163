"""Finds shares that the text states of a quantity which only a table gives: 费用4.34亿元，占营业收入的比重为0.68%."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from audit.claim import Kind
from audit.outline.outline import Outline
from audit.outline.tables.cited import AND, periods_before
from audit.outline.tables.facts import Fact, Table
from audit.outline.tree import Aspect, Figure, Node, Sentence

_OF = re.compile(
    r"占(?:当期|同期|当年|全部|公司|各期|本公司)*(?P<base>[^占，。；0-9%]{2,14}?)(?:总额|总量|总数|合计)?的?(?:比重|比例|份额|比率)?"
    r"(?:分别|依次|均)*(?:为|达到?|是)?$"
)
_NEAREST = 4
"""The base is looked for in so many of the tables that name it."""
_AMOUNTS = frozenset({Kind.AMOUNT, Kind.COUNT, Kind.MEASURE})
_STATED = frozenset({Aspect.LEVEL, Aspect.END})


def find_cited_shares(outline: Outline, tables: Sequence[Table]) -> Iterator[Node]:
    """The shares in the text with their parts, also in the text, and their bases, in tables; in text order."""
    naming: dict[str, list[Table]] = defaultdict(list)
    for one in tables:
        for name in {name for name, _ in one.named}:
            naming[name].append(one)
    if not naming:
        return
    for paragraph in outline.paragraphs:
        for sentence in paragraph.sentences:
            yield from _of_sentence(outline.text, paragraph.span.start, sentence, naming)


def _of_sentence(text: str, start: int, sentence: Sentence, naming: Mapping[str, Sequence[Table]]) -> Iterator[Node]:
    parts: list[Figure] = []
    for group in _enumerations(sentence.figures):
        if group[0].claim.kind in _AMOUNTS and group[0].aspect in _STATED:
            parts = group
            continue
        told = _OF.search(group[0].lead) if group[0].claim.kind is Kind.PERCENT else None
        if told is None or len(parts) != len(group):
            continue
        periods = periods_before(text, start, parts[0])[-len(parts) :]
        if len(periods) != len(parts):
            continue
        rows = [[one.named.get((told["base"], period)) for period in periods] for one in naming.get(told["base"], ())]
        near = sorted(
            (abs(row[0].number.figure.span.start - start), n) for n, row in enumerate(rows) if row[0] is not None
        )
        yield from _shares(parts, group, [rows[n] for _, n in near[:_NEAREST]])


def _enumerations(figures: Sequence[Figure]) -> Iterator[list[Figure]]:
    """The figures of a sentence in runs of one kind that only commas and conjunctions part."""
    run: list[Figure] = []
    for figure in figures:
        if run and (figure.lead not in AND or figure.claim.kind is not run[0].claim.kind):
            yield run
            run = []
        run.append(figure)
    if run:
        yield run


def _shares(parts: Sequence[Figure], shares: Sequence[Figure], rows: Sequence[Sequence[Fact | None]]) -> Iterator[Node]:
    """The shares over the bases of the row that bears most of them out; none where no row does."""
    best: list[tuple[Figure, Figure, Figure, bool]] = []
    for row in rows:
        found = []
        for part, share, fact in zip(parts, shares, row, strict=True):
            if fact is not None and fact.number.figure.claim.dimension == part.claim.dimension:
                base = fact.number.figure
                found.append((part, base, share, _holds(part, base, share)))
        if sum(held for *_, held in found) > sum(held for *_, held in best):
            best = found
    certain = frozenset({"certain"} if sum(held for *_, held in best) > 1 else ())
    for part, base, share, _ in best:
        slots = (("part", (part,)), ("base", (base,)), ("share", (share,)))
        yield Node("citation", "share", base.span.cover(part.span).cover(share.span), slots, features=certain)


def _holds(part: Figure, base: Figure, share: Figure) -> bool:
    stated = share.claim.interval.scaled(share.claim.ratio)
    return (part.claim.interval / base.claim.interval).meets(stated)
