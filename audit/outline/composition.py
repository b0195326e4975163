"""Finds compositions: percentages in one sentence or list that together make up a whole.

A node of kind `composition` has the slot `parts`. The feature `closed` says that the text calls them shares and
that their names are a known partition or end in the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from audit.claim import Kind
from audit.outline.cues import table
from audit.outline.itemized import line_lists
from audit.outline.outline import Outline
from audit.outline.parts import MAX_PARTS, features_of_parts
from audit.outline.share import streams_of
from audit.outline.tree import Aspect, Figure, Node

_ASPECTS = frozenset({Aspect.SHARE, Aspect.LEVEL, Aspect.CONTRIBUTION})


def find_compositions(outline: Outline) -> Iterator[Node]:
    """The compositions of a document: each run of at least two percentages of one aspect."""
    groups = count()
    for sentences in streams_of(outline):
        for index, sentence in enumerate(sentences):
            shares = [f for f in sentence.figures if _is_share(f)]
            yield from _node("sentence", shares, next(groups))
            if index and len(shares) == 1:
                earlier = [f for s in sentences[max(0, index - 5) : index] for f in s.figures if _is_share(f)]
                run = [f for f in earlier if f.aspect is shares[0].aspect or _is_rest(shares[0])][-5:] + shares
                yield from _node("sentences", run, next(groups))
    for _, columns, _ in line_lists(outline):
        first = (next((f for f in column if _is_share(f)), None) for column in columns)
        yield from _node("lines", [f for f in first if f is not None], next(groups))


def _is_rest(figure: Figure) -> bool:
    """Whether the percentage is what the others leave (其他的44.2%), which needs no 占."""
    return figure.lead.startswith(tuple(table("breakdowns")["remainder"]["words"]))


def _says_share(figure: Figure) -> bool:
    """Whether the wording says that the percentage is part of a whole; 利率3.26% has a partition's names as well."""
    return figure.aspect in (Aspect.SHARE, Aspect.CONTRIBUTION)


def _is_share(figure: Figure) -> bool:
    return figure.claim.kind is Kind.PERCENT and figure.aspect in _ASPECTS and figure.claim.hedge is None


def _node(form: str, shares: Sequence[Figure], group: int) -> Iterator[Node]:
    parts = tuple(shares[:MAX_PARTS])
    if len(parts) < 2 or len({f.aspect for f in parts[:-1]} | {parts[-1].aspect}) > 1 and not _is_rest(parts[-1]):
        return
    yield Node(
        kind="composition",
        form=form,
        span=parts[0].span.cover(parts[-1].span),
        slots=(("parts", parts),),
        features=features_of_parts(parts) - (set() if _says_share(parts[0]) else {"closed"}),
        group=group,
    )
