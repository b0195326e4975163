"""Compares the names of quantities: does a phrase of the text speak of this figure?"""

from __future__ import annotations

import re
from functools import cache

from audit.outline.cues import one_of, table
from audit.outline.tree import Figure


@cache
def _ignored() -> re.Pattern[str]:
    data = table("naming")
    return re.compile(one_of([*data["determiners"]["words"], *data["particles"]["words"]]) + r"|[0-9０-９]+年?|\s")


@cache
def core(phrase: str) -> str:
    """The phrase without determiners, particles and years; the phrase itself where nothing would remain."""
    return _ignored().sub("", phrase) or phrase


def name_of(figure: Figure) -> str:
    """What the figure's clause calls it: the words before it, else its label."""
    return figure.lead if len(core(figure.lead)) > 1 else figure.lead + figure.claim.label


def likeness(phrase: str, name: str) -> int:
    """How well a phrase names a quantity: 2 when the name contains it, 1 when the name only puts words between
    (第一产业增加值 in 第一产业实现增加值), 0 when it is another name."""
    wanted, offered = core(phrase), core(name)
    if len(wanted) < 2 or len(offered) < 2:
        return 0
    if wanted in offered:
        return 2
    if wanted[-2:] not in offered:
        return 0
    rest = iter(offered)
    return 1 if all(c in rest for c in wanted) else 0
