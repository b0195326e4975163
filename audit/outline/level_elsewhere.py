"""Finds the level that a change with its rate led to where the text states it elsewhere under the same name."""

from __future__ import annotations

import re
from bisect import bisect_left

from audit.outline.change_said import verbs
from audit.outline.cues import one_of, table
from audit.outline.naming import core, likeness, name_of
from audit.outline.outline import Outline
from audit.outline.parts import LEVELS
from audit.outline.tree import Figure
from audit.slip import digits_of

_REACH = 60
"""How many figures on either side the level is looked for."""
_TELLING = 100
"""A rate of three digits fits no unrelated level by chance."""


def level_elsewhere(outline: Outline, first: Figure, change: Figure, growth: Figure) -> Figure | None:
    """The nearest level of the change's name and kind that the change and its rate fit; None where there is none, or
    the rate is too coarse to tell (接待费支出减少0.15万元，下降27.78%, and elsewhere 接待费支出0.39万元)."""
    if digits_of(growth.claim) < _TELLING or growth.claim.hedge or change.claim.hedge:
        return None
    subject = _final().sub("", core(verbs().sub("", first.lead)))
    if len(subject) < 2:
        return None
    at = bisect_left(outline.main_starts, change.span.start)
    near = outline.main[max(0, at - _REACH) : at + _REACH]
    fitting = [f for f in near if _is_named(f, subject) and _fits(f, change, growth)]
    return min(fitting, key=lambda f: abs(f.order - change.order), default=None)


def _final() -> re.Pattern[str]:
    """How a name ends that says in which account the figure stands (支出决算数)."""
    return re.compile(f"{one_of(table('cues')['change']['accounts'])}+$")


def _is_named(figure: Figure, subject: str) -> bool:
    name = _final().sub("", core(name_of(figure)))
    return figure.aspect in LEVELS and (likeness(name, subject) > 1 or likeness(subject, name) > 1)


def _fits(level: Figure, change: Figure, growth: Figure) -> bool:
    claim = level.claim
    if claim.dimension != change.claim.dimension or claim.hedge or claim.value <= 0:
        return False
    moved = change.claim.interval
    before = claim.interval + moved if change.sign < 0 else claim.interval - moved
    if before.low is None or before.low <= 0:
        return False
    return (moved / before).meets(growth.claim.interval.scaled(growth.claim.ratio))
