"""How much a difference in the last printed digit counts: the rounding policies."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from audit.claim import Claim, Kind
from audit.quantity.interval import Interval
from audit.relation import environment_of
from audit.rule.expression import interval, may_compare
from audit.verdict import Check, Verdict


class Rounding(StrEnum):
    """The policies; the values are those of the configuration.

    `standard` confirms what rounding explains. `strict` confirms it too, but reports it (尾差). `lenient` also confirms
    what is explained by every rounded figure being off by one unit of its last digit, which is what yearbooks warn of:
    their parts are cut or rounded from unpublished figures and 未作机械调整.
    """

    STANDARD = "standard"
    STRICT = "strict"
    LENIENT = "lenient"


def forgiven(check: Check) -> Check:
    """The check, within rounding where it holds once each rounded figure may be off by one unit of its last digit."""
    if check.verdict not in (Verdict.INCONSISTENT, Verdict.UNDECIDED):
        return check
    relation = check.relation
    roles = [(role, tuple(map(_widened, claims))) for role, claims in relation.roles]
    bound = environment_of(roles, relation.items)
    comparison = relation.expectation
    try:
        holds = may_compare(comparison.operator, interval(comparison.left, bound), interval(comparison.right, bound))
    except ZeroDivisionError:
        return check
    if not holds:
        return check
    return replace(check, verdict=Verdict.ROUNDING, reason="", reason_en="")


def _widened(claim: Claim) -> Claim:
    """The claim with its rounding interval twice as wide; an exact or a hedged figure and a range stay as they are."""
    low, high = claim.interval.low, claim.interval.high
    if low is None or high is None or low == high or claim.hedge or claim.kind is Kind.RANGE:
        return claim
    half = (high - low) / 2
    return replace(claim, interval=Interval(low - half, high + half))
