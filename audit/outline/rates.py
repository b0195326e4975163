"""Finds rates that share a base the text does not state: 开工4974户，完工4032户，开工率78.3%，完工率67.7%.

A node of kind `rates` has the slots `first_count`, `first_rate`, `second_count` and `second_rate`. The counts stand
before the rates in one sentence, and each rate is named after its count, so that both speak of one set (form
`parallel`); or they are households and people with the shares they are of all households and people of one place
(form `places`: 贫困户19782户、贫困人口40111人，分别占全县户、人总数的30.8%和21.8%);
and those of parallel_shares.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from audit.claim import Kind
from audit.outline.outline import Outline
from audit.outline.parallel_shares import find_parallel_shares
from audit.outline.parts import LEVELS
from audit.outline.share import given_together
from audit.outline.tree import Aspect, Figure, Node, Sentence

_STAGES = re.compile("(?:共|已|累计|计划|应)")
"""How the first count begins where the counts are stages of one set: 共开工…，完工…."""
_STEM = re.compile(r"(?P<stem>[^，、；]{2,6}?)率[为是达到已约]*$")


def find_rates(outline: Outline) -> Iterator[Node]:
    """The pairs of counts and rates of a document, in text order."""
    yield from find_parallel_shares(outline)
    for sentence in outline.stating:
        yield from _of_places(sentence)
        for (count, rate), (other_count, other_rate) in pairwise(_named_after(sentence)):
            yield Node(
                kind="rates",
                form="parallel",
                span=sentence.span,
                slots=(
                    ("first_count", (count,)),
                    ("first_rate", (rate,)),
                    ("second_count", (other_count,)),
                    ("second_rate", (other_rate,)),
                ),
            )


def _of_places(sentence: Sentence) -> Iterator[Node]:
    for n, figure in enumerate(sentence.figures):
        if figure.claim.kind is not Kind.PERCENT or figure.aspect is not Aspect.SHARE:
            continue
        pairs = {count.claim.dimension: (count, share) for count, share in given_together(sentence.figures, n)}
        if {"household", "person"} <= set(pairs):
            (households, share), (people, other) = pairs["household"], pairs["person"]
            yield Node(
                kind="rates",
                form="places",
                span=sentence.span,
                slots=(
                    ("first_count", (households,)),
                    ("first_rate", (share,)),
                    ("second_count", (people,)),
                    ("second_rate", (other,)),
                ),
            )


def _named_after(sentence: Sentence) -> list[tuple[Figure, Figure]]:
    """The counts of a sentence, each with the rate named after it; [] unless all stand in two parallel lists."""
    rates = [f for f in sentence.figures if f.claim.kind is Kind.PERCENT and f.aspect is Aspect.RATE]
    if len(rates) < 2:
        return []
    counts = [
        f for f in sentence.figures if f.aspect in LEVELS and f.claim.kind is Kind.COUNT and f.order < rates[0].order
    ]
    found = []
    for rate in rates:
        stem = _STEM.search(rate.lead)
        named = [c for c in counts if stem and c.lead.endswith(stem["stem"])]
        if len(named) == 1:
            found.append((named[0], rate))
    alike = {count.claim.dimension for count, _ in found}
    # 已整改130处，整改率97.0%，重大隐患整改46处，整改率93.9%: the second rate is not of the first count again
    apart = len({count.order for count, _ in found}) == len(found)
    whole = len(found) == len(rates) and len(alike) == 1 and apart
    return found if whole and _STAGES.match(found[0][0].lead) and len({_deed(c) for c, _ in found}) == 1 else []


def _deed(count: Figure) -> str:
    """The last character of what was done: 开工 and 完工 are stages of one work, 逮捕 and 起诉 are not."""
    return count.lead[-1:]
