"""Finds two counts of things that are paired off: 103个厅局单位定点帮扶103个贫困嘎查村.

A node of kind `pairing` has the slots `first` and `second`. The feature `explicit` says that the wording speaks of
pairs (一对一).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from audit.claim import Kind
from audit.outline.cues import one_of, table
from audit.outline.outline import Outline
from audit.outline.tree import Figure, Node

_COUNTS = frozenset({Kind.COUNT, Kind.LIST_COUNT})


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data = table("pairing")
    return re.compile(one_of(data["verbs"]["words"])), re.compile(one_of(data["explicit"]["words"]))


def find_pairings(outline: Outline) -> Iterator[Node]:
    """The pairings of a document."""
    verbs, explicit = _patterns()
    for clause in (clause for sentence in outline.stating for clause in sentence.clauses):
        for first, second in pairwise(clause.figures):
            if _is_count(first) and _is_count(second) and verbs.search(second.lead + second.tail):
                features = frozenset({"explicit"} if explicit.search(clause.text) else ())
                slots = (("first", (first,)), ("second", (second,)))
                yield Node("pairing", "verb", first.span.cover(second.span), slots, features=features)


def _is_count(figure: Figure) -> bool:
    claim = figure.claim
    return claim.kind in _COUNTS and claim.value > 1 and not claim.per and claim.hedge is None
