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
from audit.rewriting import weights
from audit.rule.expression import EvaluationError, Expression, Name, Operation, interval, parts, value
from audit.slip import digits_of, printed_step
from audit.span import Span
from audit.working import stated_is_left

EXACT, TIGHT, LOOSE = Fraction(1), Fraction(1, 4), Fraction(1, 20)
"""By how well the figures then agree: to the last digit, in that the stated figure is the computed one rounded as
printed, or only somewhere within the intervals. A quotient is never exact, there a tight agreement is all there is."""
ANOTHER_VALUE = Fraction(1, 10)
"""A bound that a repair merely satisfies, one of many values that would."""
OVER_WHOLE = Fraction(1, 20)
"""A share of more than 100 %."""
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
    apart = {c.span for relation in broken.values() for c in relation.claims}
    weight = Fraction(weights()[edit])
    if new.text != claim.text:
        weight *= evidence.surviving(claim, new) * evidence.in_style(claim, new)
    if new.value != claim.value:
        weight *= max(_agreement(broken[i], claim, new, edit) for i in restores)
    if evidence.repeats(claim, apart):
        weight *= REPEATED
    if new.text == claim.text or not evidence.prints(new, apart):
        weight *= UNSEEN
    return weight


def _agreement(relation: Relation, claim: Claim, new: Claim, edit: str) -> Fraction:
    """How well a relation agrees once the claim is mended."""
    if relation.expectation.operator == "==":
        return _closeness(relation, claim, new, edit) * _within_whole(relation, {claim.span: new})
    agreements = [ANOTHER_VALUE * _size(claim, new)]
    if len(relation.claims) > 2:  # a total and its only part are hardly equal
        equalities = (e.that for e in relation.rule.expect if e.that.operator == "==")
        equal = (replace(relation, expectation=that) for that in equalities)
        agreements += (_closeness(other, claim, new, edit) for other in equal if _holds(other, {claim.span: new}))
    return max(agreements)


def _closeness(relation: Relation, claim: Claim, new: Claim, edit: str) -> Fraction:
    if edit == "rewrite":  # made to agree
        return LOOSE
    changed = {claim.span: new}
    if holds(relation, changed, exactly=True):
        return EXACT
    expected = relation.expectation
    stated, computed = expected.left, expected.right
    if not stated_is_left(expected):
        stated, computed = computed, stated
    roles = tuple((role, tuple(changed.get(c.span, c) for c in claims)) for role, claims in relation.roles)
    bound = replace(relation, roles=roles).environment
    try:
        is_close = value(computed, bound) in interval(stated, bound)
    except ZeroDivisionError:  # the growth of what was nothing before
        is_close = False
    if not is_close:
        return LOOSE * _fineness(claim, new)
    if not _is_quotient(computed):
        return TIGHT * _fineness(claim, new)
    is_stated = isinstance(stated, Name) and claim in dict(relation.roles)[stated.name]
    return EXACT if is_stated else _fineness(claim, new)


def _fineness(claim: Claim, new: Claim) -> Fraction:
    """How much less each figure that agrees is to be expected where the mended one has more digits, and so more do."""
    further = len(str(digits_of(new))) - len(str(digits_of(claim)))
    return Fraction(1, 10 ** max(further, 0))


def _size(claim: Claim, new: Claim) -> Fraction:
    """How much more or less a bounded figure is to be expected than the printed one.

    Of a total nothing is known but that it is no smaller than its parts, which lie anywhere up to it: the joint density
    of the two falls with the square of the total. A figure stands for as many numbers as its last digit is wide.
    """
    old_step, new_step = printed_step(claim), printed_step(new)
    width = new_step / old_step if old_step and new_step else Fraction(1)
    return width * min(abs(claim.value / new.value), Fraction(1)) ** 2


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
