"""How much a check that holds says for one of its figures: how often chance would pass a figure printed like it.

A check that two random figures in three would pass confirms nothing; GRIM tests of means (Brown & Heathers 2017) are
reported with the same probability. Strong is what chance passes at most one time in ten.
"""

from __future__ import annotations

from fractions import Fraction

from audit.claim import Claim
from audit.diagnosis.solve import Unsolvable, needed
from audit.quantity.interval import Interval
from audit.relation import Relation
from audit.slip import printed_step

STRONG = Fraction(9, 10)
"""The power from which on a confirmation counts as strong."""


def chance(relation: Relation, claim: Claim) -> Fraction:
    """The share of figures printed like the claim with which the relation would hold as well, from 0 to 1.

    Figures like it have as many digits with as many decimals in the same unit, and its hedge: for 15.7亿 those from
    10.0亿 to 99.9亿. 1 where that cannot be told.
    """
    step = printed_step(claim)
    if step is None:
        return Fraction(1)
    try:
        window = needed(relation, claim)
    except Unsolvable:
        return Fraction(1)
    return _share(window, claim, step)


def _share(window: Interval, claim: Claim, step: Fraction) -> Fraction:
    units = abs(claim.value) / step
    first = 10 ** (len(str(int(units))) - 1)
    low, high = first * step, 10 * first * step
    if claim.value < 0:
        low, high = -high, -low
    own = claim.interval
    below = None if own.low is None else claim.value - own.low
    above = None if own.high is None else own.high - claim.value
    # A figure v is passed where [v − below, v + above] meets the window.
    if window.low is not None and above is not None:
        low = max(low, window.low - above)
    if window.high is not None and below is not None:
        high = min(high, window.high + below)
    passed = max((high - low) / step, Fraction(1))
    return min(passed / (9 * first), Fraction(1))
