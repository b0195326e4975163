"""Finds price indices with the rise or fall that they say: 居民消费价格指数为101.7，同比上涨1.7%.

Nodes of kind `change` and form `index`, with the slots `after` (the index, the prices of the year before being 100) and
`growth`. Features: `fell`, `percent` where the index is printed as a percentage, `yearly` where the text says that the
growth is against the year before, as the index is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from audit.claim import Kind
from audit.outline.cues import one_of, table
from audit.outline.outline import Outline
from audit.outline.tree import Aspect, Figure, Node, Sentence

_INDEX = re.compile("(?<!定基)(?<!环比)指数[为是达到]*$")
_PRICES = "价格"
_HIGHEST = 1500
"""Indices beyond this are against another year than the one before, even with a digit too many."""


def find_indices(outline: Outline, sentence: Sentence, groups: Iterator[int]) -> Iterator[Node]:
    """The price indices of a sentence that their growth follows, in text order."""
    for index, growth in pairwise(sentence.figures):
        said = _growth().fullmatch(growth.lead) if _is_index(outline.text, sentence, index) else None
        if said is None or growth.claim.kind is not Kind.PERCENT or growth.aspect is not Aspect.GROWTH:
            continue
        told = {
            "fell": growth.sign < 0,
            "percent": index.claim.kind is Kind.PERCENT,
            "yearly": said["yearly"] is not None,
        }
        yield Node(
            kind="change",
            form="index",
            span=sentence.span,
            slots=(("after", (index,)), ("growth", (growth,))),
            features=frozenset(feature for feature, holds in told.items() if holds),
            group=next(groups),
        )


def _is_index(text: str, sentence: Sentence, figure: Figure) -> bool:
    """Whether the figure is an index of prices without a unit, or one printed as a percentage."""
    claim = figure.claim
    return (
        (claim.kind is Kind.PERCENT or claim.bare and not claim.unit)
        and 0 < claim.value < _HIGHEST
        and claim.hedge is None
        and _INDEX.search(figure.lead) is not None
        and _PRICES in text[sentence.span.start : claim.span.start]
    )


@cache
def _growth() -> re.Pattern[str]:
    """What the text says between the index and its growth where both are against the year before."""
    periods, change = table("periods")["yearly"], table("cues")["change"]
    moved = one_of([*change["rise"], *change["fall"]])
    return re.compile(f"即?(?P<yearly>{one_of(periods['words'])})?(?:总体)?{moved}了?")
