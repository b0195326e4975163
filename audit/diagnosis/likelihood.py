"""How likely one repair of one figure is, compared with others: the slip's frequency times what the document says."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from fractions import Fraction

from audit.claim import Claim
from audit.diagnosis.evidence import Evidence
from audit.diagnosis.solve import holds
from audit.relation import Relation
from audit.rule.expression import EvaluationError, Expression, Operation, interval, parts, value
from audit.slip import weights
from audit.span import Span
from audit.working import stated_is_left

EXACT, TIGHT, LOOSE = Fraction(1), Fraction(1, 4), Fraction(1, 20)
"""By how well the figures then agree: to the last digit, in that the stated figure is the computed one rounded as
printed, or only somewhere within the intervals. A quotient is never exact, there a tight agreement is all there is."""
ANOTHER_VALUE = Fraction(1, 10)
"""A bound that a repair merely satisfies, one of many values that would."""
OVER_WHOLE = Fraction(1, 20)
"""A share of more than 100 %."""
UNRESTORED = Fraction(1, 10)
"""For each broken relation of the figure that the repair leaves broken."""
REPEATED = Fraction(1, 5)
"""A figure that is printed alike elsewhere: slips are rarely made twice."""
UNSEEN = Fraction(1, 20)
"""A repaired figure that is printed nowhere else in the document."""


def likelihood(
    claim: Claim,
    new: Claim,
    edit: str,
    restores: AbstractSet[int],
    broken: Mapping[int, Relation],
    evidence: Evidence,
) -> Fraction:
    """The weight of the hypothesis that `claim` should read `new`, by which the given broken relations hold again."""
    weight = weights()[edit] * UNRESTORED ** (len(broken) - len(restores))
    if new.text != claim.text:
        weight *= evidence.surviving(claim, new) * evidence.in_style(claim, new)
        for i in restores:
            weight *= _agreement(broken[i], claim, new)
    if evidence.repeats(claim, {c.span for relation in broken.values() for c in relation.claims}):
        weight *= REPEATED
    if new.text == claim.text or not evidence.prints(new):
        weight *= UNSEEN
    return weight


def _agreement(relation: Relation, claim: Claim, new: Claim) -> Fraction:
    """How well a relation agrees once the claim is mended."""
    changed = {claim.span: new}
    if relation.expectation.operator == "==":
        return _closeness(relation, changed) * _within_whole(relation, changed)
    equal = [
        replace(relation, expectation=expected.that)
        for expected in relation.rule.expect
        if expected.that.operator == "=="
    ]
    # Of a total nothing is known but that it is no smaller than its parts, which lie anywhere up to it: the joint
    # density of the two falls with the square of the total.
    size = min(abs(claim.value / new.value), Fraction(1)) ** 2
    return max([ANOTHER_VALUE * size, *(_closeness(other, changed) for other in equal if _holds(other, changed))])


def _closeness(relation: Relation, changed: Mapping[Span, Claim]) -> Fraction:
    if holds(relation, changed, exactly=True):
        return EXACT
    expected = relation.expectation
    stated, computed = expected.left, expected.right
    if not stated_is_left(expected):
        stated, computed = computed, stated
    roles = tuple((role, tuple(changed.get(c.span, c) for c in claims)) for role, claims in relation.roles)
    bound = replace(relation, roles=roles).environment
    if value(computed, bound) not in interval(stated, bound):
        return LOOSE
    return EXACT if _is_quotient(computed) else TIGHT


def _is_quotient(expression: Expression) -> bool:
    return any(isinstance(part, Operation) and part.operator == "/" for part in parts(expression))


def _holds(relation: Relation, changed: Mapping[Span, Claim]) -> bool:
    try:
        return holds(relation, changed)
    except EvaluationError:
        return False


def _within_whole(relation: Relation, changed: Mapping[Span, Claim]) -> Fraction:
    shares = [changed.get(c.span, c) for role, claims in relation.roles if role == "share" for c in claims]
    return OVER_WHOLE if any(share.value * share.ratio > 1 for share in shares) else Fraction(1)
