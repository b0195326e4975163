"""Finds households and people side by side: 1579户3182人, 120户、300人, 648户，受灾人口1092人.

A node of kind `households` has the slots `households` and `others`, the figure that follows. Forms: `people` (people of
these households), `households` (a second count of households for one set, where people are meant: 5.47万户、12.42万
贫困户). The features: `joined` when nothing stands between the two, `twice` for the second form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from itertools import pairwise

from audit.claim import Kind
from audit.outline.cues import one_of, table
from audit.outline.outline import Outline
from audit.outline.tree import Aspect, Figure, Node

_MOST = Fraction(10)
"""A household has at most so many people; what would be more is no slip of 人 for 户 either."""
_APART = 8
"""What stands between the two is no longer than this."""
_LEVELS = frozenset({Aspect.LEVEL, Aspect.END})


def find_households(outline: Outline) -> Iterator[Node]:
    """The pairs of households and people of a document, in text order."""
    for first, second in pairwise(outline.figures):
        if second.span.start - first.span.end > _APART or not (_is_count(first) and _is_count(second)):
            continue
        gap = outline.text[first.span.end : second.span.start].strip()
        if not _between().fullmatch(gap):
            continue
        if first.claim.dimension == "person":
            first, second = second, first  # 受灾对象1092人、648户
        one, other = first.claim, second.claim
        if one.dimension != "household" or not {first.aspect, second.aspect} <= _LEVELS:
            continue
        if other.dimension == "person":
            form = "people"
        elif gap in ("", "、") and _is_households(other.unit) and one.unit != other.unit:
            if not 1 < other.value / one.value <= _MOST:
                continue
            form = "households"
        else:
            continue
        features = frozenset({*(["joined"] if not gap else []), *(["twice"] if form == "households" else [])})
        slots = (("households", (first,)), ("others", (second,)))
        yield Node("households", form, first.span.cover(second.span), slots, features=features)


@cache
def _between() -> re.Pattern[str]:
    words = table("household")["people"]
    return re.compile(f"[、，,]?(?:{one_of(words['before'])}?{one_of(words['names'])})?")


def _is_count(figure: Figure) -> bool:
    claim = figure.claim
    return claim.kind is Kind.COUNT and claim.value > 0 and not claim.per


def _is_households(unit: str) -> bool:
    words = table("household")["households"]
    return unit.endswith(words["ending"]) and not unit.endswith(tuple(words["others"]))
