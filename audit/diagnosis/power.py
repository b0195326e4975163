"""How much a check that holds says for one of its figures: how often chance would pass a figure printed like it.

A check that two random figures in three would pass confirms nothing; GRIM tests of means (Brown & Heathers 2017) are
reported with the same probability. Strong is what chance passes at most one time in ten.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from audit.claim import Claim
from audit.diagnosis.solve import UnsolvableError, needed
from audit.relation import Relation
from audit.slip import printed_step

STRONG = Fraction(9, 10)
"""The power from which on a confirmation counts as strong."""


def chance(relation: Relation, claim: Claim) -> Fraction:
    """The share of figures printed like the claim with which the relation would hold as well, from 0 to 1.

    Figures like it have as many digits with as many decimals in the same unit, and its hedge: for 15.7亿 those from
    10.0亿 to 99.9亿. Where only an order is expected (a part does not exceed its total), the figure of the relation
    that passes most easily speaks for all. 1 where it cannot be told.
    """
    if relation.expectation.operator == "==":
        return _share(relation, claim)
    return max(_share(relation, member) for member in relation.claims)


def power(confirming: Iterable[Relation], claim: Claim) -> Fraction:
    """The chance that relations which hold would have caught a figure printed like the claim, taken together."""
    missed = Fraction(1)
    for relation in confirming:
        missed *= chance(relation, claim)
    return 1 - missed


def _share(relation: Relation, claim: Claim) -> Fraction:
    step = printed_step(claim)
    if step is None:
        return Fraction(1)
    try:
        window = needed(relation, claim)
    except UnsolvableError:
        return Fraction(1)
    first = int(10 ** (len(str(int(abs(claim.value) / step))) - 1))
    low, high = first * step, 10 * first * step
    if claim.value < 0:
        low, high = -high, -low
    own = claim.interval
    # A figure v is passed where [v - below, v + above] meets the window.
    if window.low is not None and own.high is not None:
        low = max(low, window.low - (own.high - claim.value))
    if window.high is not None and own.low is not None:
        high = min(high, window.high + (claim.value - own.low))
    passed = max((high - low) / step, Fraction(1))
    return min(passed / (9 * first), Fraction(1))
