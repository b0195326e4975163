"""Finds multiples with both figures stated: 产值达到121.4亿元，是2015年40亿元的3.0倍.

A node of kind `multiple` has the slots `base`, `value` and `multiple`. The feature `integral` says that the multiple is
printed as a whole number, which writers round more freely than its digits tell. Form `named`: see named_ratios.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import count

from audit.claim import Kind
from audit.outline.cues import one_of, table
from audit.outline.named_ratios import find_named_ratios
from audit.outline.outline import Outline
from audit.outline.parts import LEVELS, SUMMABLE
from audit.outline.tree import Aspect, Figure, Node
from audit.slip import printed_step

_LEVELS = LEVELS | {Aspect.EACH, Aspect.RATE}
_KINDS = SUMMABLE | {Kind.PER, Kind.PERCENT}


def find_multiples(outline: Outline) -> Iterator[Node]:
    """The multiples of a document, in text order."""
    yield from find_named_ratios(outline)
    groups = count()
    for sentence in outline.stating:
        figures = sentence.figures
        for value, base, multiple in zip(figures, figures[1:], figures[2:], strict=False):
            if multiple.claim.kind is Kind.MULTIPLE and multiple.lead == "的" and _is_compared(value, base):
                yield Node(
                    kind="multiple",
                    form="of-base",
                    span=sentence.span,
                    slots=(("base", (base,)), ("value", (value,)), ("multiple", (multiple,))),
                    features=frozenset({"integral"} if _is_integral(multiple) else ()),
                    group=next(groups),
                )


def _is_integral(multiple: Figure) -> bool:
    """Whether the multiple has no decimals (10倍, 三倍; not 3.0倍)."""
    step = printed_step(multiple.claim)
    return step is None or step >= 1


def _is_compared(value: Figure, base: Figure) -> bool:
    """Whether the second figure is what the first one is so many times of."""
    return (
        value.claim.kind in _KINDS
        and value.claim.dimension == base.claim.dimension
        and value.aspect in _LEVELS
        and _copula().match(base.lead) is not None
    )


@cache
def _copula() -> re.Pattern[str]:
    return re.compile(one_of(table("multiples")["copula"]["words"]))
