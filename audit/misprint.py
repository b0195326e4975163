"""Whether one slip of the pen explains why a comparison fails, and how often chance would offer such a slip."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

from audit.claim import Claim
from audit.rule.expression import (
    Comparison,
    Environment,
    EvaluationError,
    Operand,
    interval,
    may_compare,
    value,
)
from audit.slip import Mend, changes, mended, mends
from audit.solve import EVERYTHING, NotIsolatedError, Roles, Solver, UnsolvableError, around

MOST_FIGURES = 8
"""Comparisons of more figures are not searched; with so many, chance explains most gaps."""
_SPREAD = 5
"""Over how many natural logarithms the quotient of figures that have nothing to do with each other spreads: from a
tenth to ten times what is stated, or a little more."""
_FARTHEST = 12
"""How many times as large a slip may make a figure to stay within that spread."""
_NEAR = 30
"""How many times the relative width the mended sides may lie apart for the exact comparison to be worth making: a
mended figure may have a digit fewer than the printed one, which makes it ten times as wide; the rest is margin."""


def odds_against_chance(comparison: Comparison, environment: Environment, roles: Roles) -> Fraction:
    """How many unrelated figures it would take until one slip makes one such comparison hold by chance; 0 where no
    single slip makes this one hold.

    Each of the E slips that would change a figure by more than the relative width w of the two sides, and not beyond
    the spread, meets the stated side with a chance of about w/_SPREAD if the figures have nothing to do with each
    other: the odds are _SPREAD/(E·w). They weigh a comparison whose figures may be unrelated; whether named parts are
    complete is weighed by `parts.slip_odds`, against lists that leave parts out.
    """
    claims = [claim for _, figures in roles for claim in figures]
    if comparison.operator != "==" or len(claims) > MOST_FIGURES or any(claim.hedge for claim in claims):
        return Fraction(0)
    try:
        width = _relative_width(comparison, environment)
        if not width:
            return Fraction(0)
        if not _is_mendable(comparison, environment, roles, width):
            return Fraction(0)
    except (EvaluationError, ZeroDivisionError):
        return Fraction(0)
    return _SPREAD / (max(sum(_far(claim, width) for claim in claims), 1) * width)


def _far(claim: Claim, width: Fraction) -> int:
    """How many slips would change the claim by more than the relative width and not beyond the spread."""
    found = changes(claim)
    if found is None:
        return 0
    step, slips = found
    size = abs(claim.value) / step
    return slips.between(floor(width * size), ceil(_FARTHEST * size))


def _is_mendable(comparison: Comparison, environment: Environment, roles: Roles, width: Fraction) -> bool:
    """Whether one slip makes the comparison hold; only those slips are tried that lead to where it can."""
    solver = Solver(comparison, roles, environment)
    for role, figures in roles:
        for index, claim in enumerate(figures):
            try:
                window = solver.needed(claim)
            except NotIsolatedError:
                window = EVERYTHING
            except UnsolvableError:
                continue
            if any(
                _mends(comparison, environment, role, index, claim, mend, width)
                for mend in mends(claim, around(window, claim))
            ):
                return True
    return False


def _relative_width(comparison: Comparison, environment: Environment) -> Fraction | None:
    """The widths of both sides together over the larger side; None where a side is open or nothing is stated."""
    widths = [interval(side, environment).width for side in (comparison.left, comparison.right)]
    size = max(abs(value(side, environment)) for side in (comparison.left, comparison.right))
    if not size or None in widths:
        return None
    return sum((width for width in widths if width is not None), Fraction(0)) / size


def _mends(
    comparison: Comparison,
    environment: Environment,
    role: str,
    index: int,
    claim: Claim,
    mend: Mend,
    width: Fraction,
) -> bool:
    point = Operand(mend.value * claim.ratio, environment[role][index].interval, environment[role][index].loose)
    tried = _with(environment, role, index, point)
    left, right = value(comparison.left, tried), value(comparison.right, tried)
    if abs(left - right) > max(abs(left), abs(right)) * width * _NEAR:
        return False
    new = mended(claim, mend)
    whole = Operand(new.value * claim.ratio, new.interval.scaled(claim.ratio), new.loose.scaled(claim.ratio))
    tried = _with(environment, role, index, whole)
    return may_compare(comparison.operator, interval(comparison.left, tried), interval(comparison.right, tried))


def _with(environment: Environment, role: str, index: int, operand: Operand) -> Environment:
    operands = environment[role]
    return {**environment, role: (*operands[:index], operand, *operands[index + 1 :])}
