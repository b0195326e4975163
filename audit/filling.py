"""choices(Selector, Node) -> figures: which figures of a node can take a role of a rule, and what bars the others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from audit.outline import Figure, Node
from audit.outline.cues import one_of
from audit.rule.schema import Selector
from audit.span import Span

Binding = Mapping[str, tuple[Figure, ...]]
"""The figures of the roles that are filled already."""


def choices(selector: Selector, node: Node, binding: Binding) -> Iterator[tuple[Figure, ...]]:
    """The ways to fill a role: one for most picks, one a figure for `each`, none where the selector is not met."""
    figures = [f for f in node.slot(selector.slot) if not misfit(selector, f, node, binding)]
    if selector.pick == "each":
        yield from ((f,) for f in figures)
        return
    if selector.pick == "only" and len(figures) > 1:
        return
    if selector.pick in ("first", "nearest"):
        figures = figures[:1]
    elif selector.pick == "last":
        figures = figures[-1:]
    if len(figures) >= selector.at_least and (selector.at_most is None or len(figures) <= selector.at_most):
        yield tuple(figures)
    elif selector.optional:
        yield ()


def misfit(selector: Selector, figure: Figure, node: Node, binding: Binding) -> str:
    """The first key of a selector that a figure does not meet, "" where it meets them all."""
    claim = figure.claim
    if selector.kinds and claim.kind not in selector.kinds:
        return "kind"
    if selector.aspects and figure.aspect not in selector.aspects:
        return "aspect"
    if selector.units and not any(claim.unit.endswith(unit) or claim.dimension == unit for unit in selector.units):
        return "unit"
    if selector.same_unit and any(f.claim.dimension != claim.dimension for f in binding.get(selector.same_unit, ())):
        return "same_unit"
    if selector.same_label and any(f.claim.label != claim.label for f in binding.get(selector.same_label, ())):
        return "same_label"
    for key, anchor in (("after", selector.after), ("before", selector.before)):
        if anchor is not None:
            place = _anchor(anchor, node, binding)
            if place is None or (figure.span.start < place.end if key == "after" else figure.span.end > place.start):
                return key
    if selector.lead and _words(selector.lead, "$").search(figure.lead) is None:
        return "lead"
    if selector.lead_without and _words(selector.lead_without).search(figure.lead) is not None:
        return "lead_without"
    if selector.tail and _words(selector.tail).match(figure.tail) is None:
        return "tail"
    if selector.tail_without and _words(selector.tail_without).match(figure.tail) is not None:
        return "tail_without"
    return ""


@cache
def _words(words: tuple[str, ...], end: str = "") -> re.Pattern[str]:
    return re.compile(one_of(words) + end)


def _anchor(name: str, node: Node, binding: Binding) -> Span | None:
    if name == "cue":
        return node.cue
    figures = binding.get(name, ())
    return figures[0].span.cover(figures[-1].span) if figures else None
