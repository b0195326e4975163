"""Finds shares that several parts have together: 教师1240人，其中教授310人，副教授434人，教授、副教授占60.0%.

Nodes of kind `share` and form `joint`: the slot `part` has every figure that the percentage names, `base` the figure
that they are parts of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from audit.claim import Kind
from audit.outline.naming import core
from audit.outline.parts import LEVELS, may_sum
from audit.outline.tree import Aspect, Figure, Node, Sentence

_TOGETHER = "(?:合计|合起来|总共|共|两项|两者|二者)*"
_SUBJECT = re.compile(f"(?P<names>[^占]+?){_TOGETHER}所?(?:占.*|的?(?:占比|比例|比重).*)$")
_AND = re.compile("[、和与及]")
_SIBLINGS = 6
"""So many figures before the last of several parts can share a percentage with it."""


def find_joint_shares(
    sentence: Sentence, totals: Mapping[int, Sequence[Figure]], groups: Iterator[int]
) -> Iterator[Node]:
    """The shares of one sentence that name several figures before them, all parts of one of the `totals`, which are
    told by the order of each part."""
    figures = sentence.figures
    for n, share in enumerate(figures):
        if share.claim.kind is not Kind.PERCENT or share.aspect is not Aspect.SHARE or n < 2:
            continue
        said = _SUBJECT.match(share.lead)
        names = _AND.split(said["names"]) if said else []
        parts = [_called(name, figures[:n]) for name in names]
        known = [part for part in parts if part is not None]
        if len(known) < 2 or len(known) < len(parts) or len(set(known)) < len(known):
            continue
        shared = set.intersection(*({t.order for t in totals.get(part.order, ())} for part in known))
        base = next((t for t in totals.get(known[0].order, ()) if t.order in shared), None)
        if base is not None:
            yield Node(
                kind="share",
                form="joint",
                span=sentence.span,
                slots=(("part", tuple(known)), ("base", (base,)), ("share", (share,))),
                group=next(groups),
            )


def _called(name: str, before: Sequence[Figure]) -> Figure | None:
    """The nearest level that is called just so."""
    wanted = core(name)
    fitting = (f for f in reversed(before) if f.aspect in LEVELS and may_sum(f))
    return next((f for f in fitting if wanted and core(f.lead.removeprefix("其中")) == wanted), None)


def is_of_several(node: Node, before: Sequence[Figure]) -> bool:
    """Whether a percentage does not fit the figure right before it, but fits that and the ones before it together:
    then it may be told of them all (教师900人，其中教授135人、副教授324人，占51.0%)."""
    part, base, share = (node.slot(name) for name in ("part", "base", "share"))
    if not (len(part) == len(base) == len(share) == 1) or not before or part[0] is not before[-1]:
        return False
    stated, whole = share[0].claim.interval.scaled(share[0].claim.ratio), base[0].claim.interval
    together = part[0].claim.interval
    if whole.low is None or whole.low <= 0 or (together / whole).meets(stated):
        return False
    for figure in reversed(before[-1 - _SIBLINGS : -1]):
        same = figure.claim.dimension == part[0].claim.dimension
        if figure is base[0] or figure.aspect not in LEVELS or not same:
            return False
        together = together + figure.claim.interval
        if (together / whole).meets(stated):
            return True
    return False
