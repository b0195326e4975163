"""Finds by how much a whole and all its parts grew: 进出口326.4亿元，增长12.1%，其中出口183.1亿元，增长20.9%；
进口143.3亿元，增长2.5%.

Nodes of kind `mixture` and form `growth` with the slots `growth`, that of the total, and `parts`, that of those parts
that went the same way. The feature `unmixed` says that all of them did.
"""

from __future__ import annotations

from collections.abc import Iterator

from audit.claim import Kind
from audit.outline.breakdown import find_breakdowns
from audit.outline.outline import Outline
from audit.outline.parts import is_even
from audit.outline.tree import Aspect, Figure, Node

_WITHIN = 3
"""So many figures behind a level its growth can stand, past the amount that it grew by."""
_PARTS = frozenset({"partition", "full"})


def find_mixtures(outline: Outline) -> Iterator[Node]:
    """The growth of wholes with that of all their parts, in no particular order."""
    for node in find_breakdowns(outline):
        (total,), parts = node.slot("total"), node.slot("parts")
        complete = "closed" in node.features and node.features & _PARTS
        if len(parts) < 2 or total.aspect is Aspect.CHANGE or not (complete or is_even(total, parts)):
            continue
        whole = _growth_of(outline, total)
        growths = [growth for part in parts if (growth := _growth_of(outline, part))]
        if whole is None or len(growths) < len(parts):
            continue
        alike = tuple(growth for growth in growths if growth.sign == whole.sign)
        if alike:
            features = frozenset({"unmixed"} if len(alike) == len(growths) else ())
            slots = (("growth", (whole,)), ("parts", alike))
            yield Node("mixture", "growth", node.span.cover(whole.span), slots, features=features)


def _growth_of(outline: Outline, level: Figure) -> Figure | None:
    """The percentage right behind a level by which it grew; None where another level or percentage stands before it."""
    for figure in outline.figures[level.order + 1 : level.order + 1 + _WITHIN]:
        if figure.claim.kind is Kind.PERCENT:
            return figure if figure.aspect is Aspect.GROWTH and figure.claim.hedge is None else None
        if figure.aspect is not Aspect.CHANGE:
            return None
    return None
