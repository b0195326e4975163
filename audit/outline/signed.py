"""Finds totals whose parts go both ways: 收入增加78.0亿元，其中税收增加81.7亿元，非税减少3.7亿元.

A node of kind `signed` has the slots `total`, `parts` (what goes the total's way) and `less` (what goes the other).
Forms: `changes` (rises and falls), `results` (profits and losses: 盈利, 亏损).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import count

from audit.outline.cues import one_of, table
from audit.outline.outline import Outline
from audit.outline.parts import LEVELS, MAX_PARTS, may_sum
from audit.outline.tree import Aspect, Figure, Node, Sentence
from audit.span import Span

_BACK = 12
"""So many clauses before the first part are looked through for the total."""


@cache
def _qizhong() -> re.Pattern[str]:
    return re.compile(rf"(?:在)?{one_of(table('breakdowns')['qizhong']['words'])}")


@cache
def _loss() -> re.Pattern[str]:
    return re.compile(one_of(table("breakdowns")["results"]["loss"]))


def find_signed(outline: Outline) -> Iterator[Node]:
    """The totals of a document that have parts of both signs, in text order."""
    groups = count()
    for sentences in outline.streams:
        for index, sentence in enumerate(sentences):
            for n, clause in enumerate(sentence.clauses):
                if _qizhong().match(clause.text):
                    apart = not n and index
                    whole = sentences[index - 1] if apart else sentence
                    near = sentence.clauses[max(0, n - _BACK) : n]
                    before = whole.figures if apart else [f for c in near for f in c.figures]
                    yield from _nodes(before, _parts(sentence, n), whole.span.cover(sentence.span), groups)


def _parts(sentence: Sentence, at: int) -> list[Figure]:
    """The figures from a clause on that may be summed."""
    rest = sentence.clauses[at : at + MAX_PARTS]
    return [f for clause in rest for f in clause.figures if may_sum(f)]


def _nodes(before: Sequence[Figure], parts: Sequence[Figure], span: Span, groups: Iterator[int]) -> Iterator[Node]:
    for form, aspects, less in (("changes", {Aspect.CHANGE}, _falls), ("results", LEVELS, _loses)):
        for dimension in dict.fromkeys(f.claim.dimension for f in parts):
            alike = [f for f in parts if f.claim.dimension == dimension and f.aspect in aspects]
            totals = [f for f in before if f.claim.dimension == dimension and f.aspect in aspects and may_sum(f)]
            if not totals or len(alike) < 2 or any(f.claim.hedge for f in (totals[-1], *alike)):
                continue
            total = totals[-1]
            against = [f for f in alike if less(f) != less(total)]
            if against and len(against) < len(alike):
                with_it = tuple(f for f in alike if f not in against)
                slots = (("total", (total,)), ("parts", with_it), ("less", tuple(against)))
                yield Node("signed", form, span, slots, group=next(groups))


def _falls(figure: Figure) -> bool:
    return figure.sign < 0


def _loses(figure: Figure) -> bool:
    return _loss().search(figure.lead) is not None
