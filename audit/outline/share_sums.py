"""Finds percentages that are sums of others: 高级职称占48.2%，其中正高级占16.1%、副高级占32.1%.

A node of kind `composition` and form `within` (the parts after 其中) or `summed` (before the sum), with the slots
`total` and `parts`. Which of the percentages are parts the text does not say: those in a row that make up the total;
else the node has all of them, without the feature `even`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from audit.claim import Kind
from audit.outline.cues import one_of, table
from audit.outline.outline import Outline
from audit.outline.parts import MAX_SLIP_PARTS, is_even
from audit.outline.tree import Aspect, Figure, Node, Sentence

_STRONG = frozenset({";", "；"})
_SHARES = frozenset({Aspect.SHARE, Aspect.LEVEL})
_TOTALS = _SHARES | {Aspect.RATE}


@cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data = table("breakdowns")
    summing = one_of([*data["summing"]["words"], *data["plus"]["sums"]])
    return re.compile(one_of(data["qizhong"]["words"])), re.compile(summing)


def find_share_sums(outline: Outline, groups: Iterator[int]) -> Iterator[Node]:
    """The percentages of a document that are sums of others in their sentence, in text order."""
    for sentence in outline.stating:
        percents = [f for f in sentence.figures if _is_share(f, _TOTALS)]
        if len(percents) > 2:
            yield from _within(sentence, percents, groups)
            yield from _summed(sentence, percents, groups)


def _is_share(figure: Figure, aspects: frozenset[Aspect]) -> bool:
    return figure.claim.kind is Kind.PERCENT and figure.aspect in aspects and figure.claim.hedge is None


def _within(sentence: Sentence, percents: Sequence[Figure], groups: Iterator[int]) -> Iterator[Node]:
    qizhong, _ = _words()
    for n, clause in enumerate(sentence.clauses):
        before = [f for f in percents if f.span.end <= clause.span.start]
        if not before or not qizhong.match(clause.text):
            continue
        rest = sentence.clauses[n:]
        end = next((c.span.start for c in rest[1:] if c.before in _STRONG), sentence.span.end)
        parts = [f for f in percents if clause.span.start <= f.span.start < end and f.aspect in _SHARES]
        yield from _nodes("within", sentence, before[-1], parts, groups)


def _summed(sentence: Sentence, percents: Sequence[Figure], groups: Iterator[int]) -> Iterator[Node]:
    _, summing = _words()
    for n, total in enumerate(percents):
        if n > 1 and total.aspect is Aspect.SHARE and summing.search(total.lead):
            parts = [f for f in percents[:n] if f.aspect is Aspect.SHARE]
            yield from _nodes("summed", sentence, total, parts[::-1], groups)


def _nodes(
    form: str, sentence: Sentence, total: Figure, parts: Sequence[Figure], groups: Iterator[int]
) -> Iterator[Node]:
    """The first parts in a row, at least two, that make up the total; else all of them."""
    parts = parts[:MAX_SLIP_PARTS]
    even = next((n for n in range(2, len(parts) + 1) if is_even(total, parts[:n])), 0)
    if len(parts) > 1:
        yield Node(
            kind="composition",
            form=form,
            span=sentence.span,
            slots=(("total", (total,)), ("parts", tuple(sorted(parts[: even or None], key=lambda f: f.order)))),
            features=frozenset({"even"} if even else ()),
            group=next(groups),
        )
