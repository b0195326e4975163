"""Which values one figure may have if a relation is to hold, and whether it holds with some figures replaced."""

from __future__ import annotations

from collections.abc import Mapping

from audit.claim import Claim
from audit.quantity.interval import Interval
from audit.relation import Relation, operand_of
from audit.rule.expression import compares, interval, may_compare, value
from audit.solve import EVERYTHING, NotIsolatedError, Solver, UnsolvableError
from audit.span import Span

__all__ = ["EVERYTHING", "NotIsolatedError", "UnsolvableError", "holds", "needed", "solver_of"]


def solver_of(relation: Relation, *, nominal: bool = False) -> Solver:
    """The relation's expectation, to be solved for one of its figures at a time."""
    return Solver(relation.expectation, relation.roles, relation.environment, nominal=nominal)


def needed(relation: Relation, claim: Claim, *, nominal: bool = False) -> Interval:
    """The values that the claim's interval must meet for the relation to hold, in the claim's base units.

    `nominal` takes every other figure at its printed value instead of its interval. Raises UnsolvableError.
    """
    return solver_of(relation, nominal=nominal).needed(claim)


def holds(relation: Relation, changed: Mapping[Span, Claim], *, exactly: bool = False) -> bool:
    """Whether the relation holds with the claims at some places replaced; `exactly` by nominal values alone."""
    environment = {
        role: tuple(operand_of(changed.get(claim.span, claim)) for claim in claims) for role, claims in relation.roles
    }
    if relation.items:
        environment["items"] = tuple(relation.environment["items"])
    comparison = relation.expectation
    left, right, sign = comparison.left, comparison.right, comparison.operator
    try:
        if exactly:
            return compares(sign, value(left, environment), value(right, environment))
        return may_compare(sign, interval(left, environment), interval(right, environment))
    except ZeroDivisionError:
        return False
