"""How much a check that holds says for one of its figures: how often chance would pass a figure printed like it.

A check that two random figures in three would pass confirms nothing; GRIM tests of means (Brown & Heathers 2017) are
reported with the same probability. Strong is what chance passes at most one time in ten.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import cached_property

from audit.claim import Claim
from audit.diagnosis.solve import solver_of
from audit.quantity.exact import divided, exact, minus, plus, times
from audit.relation import Relation
from audit.slip import digits_of
from audit.solve import Solver, UnsolvableError

STRONG = Fraction(9, 10)
"""The power from which on a confirmation counts as strong."""
_ONE = exact(1)
CERTAIN = Fraction(1, 1000)
"""A chance so small that further confirmations are not added to it."""


class Chances:
    """How often chance would pass the figures of one relation that holds.

    Figures like the printed one have as many digits with as many decimals in the same unit, and its hedge: for 15.7亿
    those from 10.0亿 to 99.9亿.
    """

    def __init__(self, relation: Relation) -> None:
        self._relation = relation

    def of(self, claim: Claim) -> Fraction:
        """The share of figures printed like the claim with which the relation would hold as well, from 0 to 1.

        Where only an order is expected (a part does not exceed its total), the figure of the relation that passes most
        easily speaks for all. 1 where it cannot be told.
        """
        if self._relation.expectation.operator == "==":
            return _share(self._solver, claim)
        return self._easiest

    @cached_property
    def _solver(self) -> Solver:
        return solver_of(self._relation)

    @cached_property
    def _easiest(self) -> Fraction:
        easiest = Fraction(0)
        for member in self._relation.claims:
            easiest = max(easiest, _share(self._solver, member))
            if easiest == _ONE:
                break
        return easiest


def chance(relation: Relation, claim: Claim) -> Fraction:
    """The share of figures printed like the claim with which the relation would hold as well."""
    return Chances(relation).of(claim)


def power(confirming: Iterable[Relation], claim: Claim) -> Fraction:
    """The probability that relations which hold would have caught a figure printed like the claim, taken together."""
    missed = Fraction(1)
    for relation in confirming:
        missed *= chance(relation, claim)
    return 1 - missed


def _share(solver: Solver, claim: Claim) -> Fraction:
    digits = digits_of(claim)
    if not digits:
        return Fraction(1)
    try:
        window = solver.needed(claim)
    except UnsolvableError:
        return Fraction(1)
    value, own = claim.value, claim.interval
    step = divided(abs(value), digits)
    first = 10 ** (len(str(digits)) - 1)
    low, high = times(step, first), times(step, 10 * first)
    if value.numerator < 0:
        low, high = -high, -low
    # A figure v is passed where [v - below, v + above] meets the window.
    if window.low is not None and own.high is not None:
        low = max(low, plus(minus(window.low, own.high), value))
    if window.high is not None and own.low is not None:
        high = min(high, plus(minus(window.high, own.low), value))
    passed = max(divided(minus(high, low), step), _ONE)
    return min(divided(passed, 9 * first), _ONE)
