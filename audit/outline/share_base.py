"""Finds the figures before a part that its percentage may be of where it does not say (其中教育2.4亿元，占33.2%)."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from audit.claim import Kind
from audit.outline.naming import name_of
from audit.outline.outline import Outline
from audit.outline.parts import LEVELS, SUMMABLE
from audit.outline.tree import Aspect, Figure, Node, Sentence
from audit.quantity.interval import Interval
from audit.slip import digits_of
from audit.span import Span

_TELLING = 100
"""A percentage of three digits fits no unrelated base by chance."""
_NEAR = 12
"""How many figures back a base is looked for that only its place speaks for, and how many bases a paragraph shares."""
_GUESSES = 3
_ALIKE = 4
"""Two parts of one set are named alike from so many characters on."""


def bases_above(outline: Outline, part: Figure, share: Figure, shared: Sequence[Figure] = ()) -> list[Figure]:
    """The nearest figures before the part that it can be a share of, as far as their units and sizes tell, and those
    that are known to be the base of other percentages nearby."""
    nearest = _bases(part, share, _before(outline, part.span))[:_GUESSES]
    return nearest + [base for base in _bases(part, share, shared) if base.order < part.order and base not in nearest]


def shared_bases(outline: Outline, sentences: Sequence[Sentence]) -> tuple[Figure, ...]:
    """The figures that at least two percentages of these sentences fit as their base, be it before the part or before
    its sentence (全市商户中，个体…户，占68.42%；其他企业…户，占31.58%)."""
    fitting: Counter[int] = Counter()
    found: dict[int, Figure] = {}
    for sentence in sentences:
        above = _before(outline, sentence.span)
        for part, share in zip(sentence.figures, sentence.figures[1:], strict=False):
            if share.claim.kind is Kind.PERCENT and share.aspect is Aspect.SHARE and part.aspect in LEVELS:
                bases = {b.order: b for b in (*bases_above(outline, part, share), *_bases(part, share, above))}
                bases = {order: base for order, base in bases.items() if fits(part, (base,), share)}
                fitting.update(bases.keys())
                found.update(bases)
    return tuple(found[order] for order, times in fitting.most_common(_NEAR) if times > 1)


def _before(outline: Outline, span: Span) -> Sequence[Figure]:
    """The figures before a place, nearest first."""
    at = bisect_left(outline.main_starts, span.start)
    return outline.main[max(0, at - _NEAR) : at][::-1]


def _bases(part: Figure, share: Figure, figures: Sequence[Figure]) -> list[Figure]:
    """Those of some figures that the part can be a share of, as far as their units and sizes tell."""
    if not is_telling(share) or share.claim.hedge or part.claim.hedge:
        return []
    return [
        figure
        for figure in figures
        if figure.claim.dimension == part.claim.dimension
        and figure.claim.kind in SUMMABLE
        and figure.claim.hedge is None
        and figure.aspect in LEVELS
        and figure.claim.value > part.claim.value
    ]


def confirmed(shares: Iterable[Node]) -> Iterator[Node]:
    """The given shares, with the feature `confirmed` where at least two others fit the same base, and `twin` where the
    one right before does whose part is named alike (贫困家庭参保10159人，参保率74.4%；贫困家庭低保6312人，占46.2%).
    """
    nodes = list(shares)
    fitting: dict[tuple[int, ...], dict[int, Figure]] = {}
    for node in nodes:
        base, (part,), (share,) = node.slot("base"), node.slot("part"), node.slot("share")
        if base and is_telling(share) and fits(part, base, share):
            fitting.setdefault(tuple(f.order for f in base), {})[share.order] = part
    for node in nodes:
        (part,), (share,) = node.slot("part"), node.slot("share")
        known = fitting.get(tuple(f.order for f in node.slot("base")), {})
        features = {"confirmed"} if len(known.keys() - {share.order}) > 1 else set()
        twin = known.get(part.order - 1)
        if twin is not None and name_of(twin)[:_ALIKE] == name_of(part)[:_ALIKE]:
            features.add("twin")
        yield replace(node, features=node.features | features) if features else node


def is_telling(share: Figure) -> bool:
    """Whether a percentage is printed so finely that it hardly fits an unrelated base."""
    return digits_of(share.claim) >= _TELLING


def fits(part: Figure, base: Sequence[Figure], share: Figure) -> bool:
    """Whether a part can be that percentage of a base, given as the figures that make it up."""
    quotient = part.claim.interval / Interval.total([f.claim.interval for f in base])
    return quotient.meets(share.claim.interval.scaled(share.claim.ratio))
