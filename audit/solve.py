"""Which values one figure may have if a comparison is to hold while its other figures stay as printed.

The comparison is solved for the figure by carrying the interval that its side must meet down the expression tree
(the backward step of the HC4 contractor, Benhamou et al. 1999); exact where every figure stands once.
"""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from audit.claim import Claim
from audit.frozen import direct
from audit.quantity.exact import minus, total
from audit.quantity.interval import Interval
from audit.rule.expression import (
    Call,
    Comparison,
    Environment,
    EvaluationError,
    Expression,
    Name,
    Negative,
    Number,
    Operand,
    Operation,
    interval,
    names,
    value,
)

Roles = Sequence[tuple[str, tuple[Claim, ...]]]
EVERYTHING = Interval(None, None)
_ONE = Number(Fraction(1))
_ZERO = Fraction(0)


class UnsolvableError(ValueError):
    """No value of the figure makes the comparison hold, or none can be told."""


class NotIsolatedError(UnsolvableError):
    """The figure stands where the comparison cannot be solved for it; whether a value would do must be tried."""


@direct
@dataclass(frozen=True, slots=True)
class _Unknown:
    """The figure to solve for: one member of a role."""

    role: str
    index: int


class Solver:
    """One comparison of bound figures, solved for one of them at a time.

    `nominal` takes every other figure at its printed value instead of its interval.
    """

    def __init__(
        self, comparison: Comparison, roles: Roles, environment: Environment, *, nominal: bool = False
    ) -> None:
        self._comparison, self._mentions = _form(comparison)
        self._places: dict[int, list[tuple[str, int]]] = {}
        for role, claims in roles:
            for index, claim in enumerate(claims):
                self._places.setdefault(claim.span.start, []).append((role, index))
        self._sums: dict[str, _Sum] = {}
        self._targets: dict[bool, Interval] = {}
        self._bound = environment
        if nominal:
            self._bound = {role: tuple(map(_nominal, operands)) for role, operands in environment.items()}

    def needed(self, claim: Claim) -> Interval:
        """The values that the claim's interval must meet, in its base units. Raises UnsolvableError."""
        places = self._places.get(claim.span.start, ())
        if len(places) != 1:
            raise UnsolvableError(f"the figure stands {len(places)} times in the comparison")
        unknown = _Unknown(*places[0])
        comparison = self._comparison
        on_left, on_right = (mentions[unknown.role] for mentions in self._mentions)
        if on_left + on_right != 1:
            raise NotIsolatedError(f"role {unknown.role!r} stands {on_left + on_right} times in {comparison}")
        try:
            side = comparison.left if on_left else comparison.right
            found = self._descend(side, self._target(bool(on_left)), unknown)
        except (ZeroDivisionError, EvaluationError) as error:
            raise UnsolvableError(str(error)) from error
        return found if claim.ratio == 1 else found.scaled(1 / claim.ratio)

    def _target(self, is_left: bool) -> Interval:
        """What the left or the right side must meet."""
        if is_left not in self._targets:
            sign, other = self._comparison.operator, self._comparison.right
            if not is_left:
                sign, other = _MIRRORED[sign], self._comparison.left
            self._targets[is_left] = _target(sign, interval(other, self._bound))
        return self._targets[is_left]

    def _descend(self, expression: Expression, target: Interval, unknown: _Unknown) -> Interval:
        """The values of the unknown for which the expression meets the target."""
        bound = self._bound
        match expression:
            case Name():
                return target
            case Negative(operand):
                return self._descend(operand, -target, unknown)
            case Operation(sign, left, right) if _mentions(left, unknown.role):
                return self._descend(left, _LEFT[sign](target, interval(right, bound)), unknown)
            case Operation(sign, left, right):
                return self._descend(right, _RIGHT[sign](target, interval(left, bound)), unknown)
            case Call("abs", (operand,)):
                return self._descend(operand, target if value(operand, bound) >= 0 else -target, unknown)
            case Call("sum", (Name(name),)):
                return target - self._sum(name).without(unknown.index)
            case Call("min" | "max" as function, (Name(name),)) if len(bound[name]) > 1:
                rest = [o.interval for i, o in enumerate(bound[name]) if i != unknown.index]
                return _extreme(function, target, rest)
            case Call("min" | "max", (Name(),)):
                return target
            case _:
                raise NotIsolatedError(f"{expression} cannot be solved for the figure")

    def _sum(self, role: str) -> _Sum:
        if role not in self._sums:
            self._sums[role] = _Sum([operand.interval for operand in self._bound[role]])
        return self._sums[role]


class _Sum:
    """The sum of some intervals, from which one can be taken out without adding up the others again."""

    def __init__(self, intervals: Sequence[Interval]) -> None:
        self._intervals = intervals
        self._low = total(i.low for i in intervals if i.low is not None)
        self._high = total(i.high for i in intervals if i.high is not None)
        self._endless = [sum(i.low is None for i in intervals), sum(i.high is None for i in intervals)]
        self._open = [sum(i.low_open for i in intervals), sum(i.high_open for i in intervals)]

    def without(self, index: int) -> Interval:
        """The sums of all but one."""
        own = self._intervals[index]
        low = None if self._endless[0] > (own.low is None) else minus(self._low, own.low or _ZERO)
        high = None if self._endless[1] > (own.high is None) else minus(self._high, own.high or _ZERO)
        return Interval(low, high, self._open[0] > own.low_open, self._open[1] > own.high_open)


def around(window: Interval, claim: Claim) -> Interval:
    """Where a mended figure must lie to meet a window once its own rounding or hedge is allowed for."""
    width = claim.interval.width
    if width is None:
        return EVERYTHING
    low, high = window.low, window.high
    # A mended figure may be coarser by one digit than the printed one, or its hedge wider in proportion.
    farthest = max((abs(end) for end in (low, high) if end is not None), default=Fraction(0))
    slack = 10 * width + (farthest / 5 if claim.hedge else 0)
    return Interval(None if low is None else low - slack, None if high is None else high + slack)


def _nominal(operand: Operand) -> Operand:
    point = Interval.point(operand.value)
    return Operand(operand.value, point, point)


def _mentions(side: Expression, role: str) -> int:
    return sum(name.name == role for name in names(side))


@lru_cache(maxsize=256)
def _form(comparison: Comparison) -> tuple[Comparison, tuple[Counter[str], Counter[str]]]:
    """The comparison with each figure standing once where that can be, and how often each side then names each role."""
    single = _single(comparison)
    return single, (Counter(n.name for n in names(single.left)), Counter(n.name for n in names(single.right)))


def _single(comparison: Comparison) -> Comparison:
    return Comparison(comparison.operator, _reduced(comparison.left), _reduced(comparison.right))


def _reduced(expression: Expression) -> Expression:
    """The same number with each figure standing once, for the quotients that shares and growth rates are made of."""
    if not isinstance(expression, Operation):
        return expression
    match expression:
        case Operation("/", Operation("+" | "-" as sign, first, second), base) if second == base:
            return Operation(sign, Operation("/", first, base), _ONE)
        case Operation("/", Operation("+" | "-" as sign, first, second), base) if first == base:
            return Operation(sign, _ONE, Operation("/", second, base))
        case Operation("/", part, Operation("+" | "-" as sign, first, second)) if first == part:
            return Operation("/", _ONE, Operation(sign, _ONE, Operation("/", second, part)))
        case Operation("/", part, Operation("+" | "-" as sign, first, second)) if second == part:
            return Operation("/", _ONE, Operation(sign, Operation("/", first, part), _ONE))
        case _:
            return Operation(expression.operator, _reduced(expression.left), _reduced(expression.right))


# What the left and the right operand must meet, from what the whole must meet and the other operand.
_Inverse = Callable[[Interval, Interval], Interval]
_LEFT: dict[str, _Inverse] = {"+": operator.sub, "-": operator.add, "*": operator.truediv, "/": operator.mul}
_RIGHT: dict[str, _Inverse] = {
    "+": operator.sub,
    "-": lambda whole, left: left - whole,
    "*": operator.truediv,
    "/": lambda whole, left: left / whole,
}
_MIRRORED = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


def _target(sign: str, other: Interval) -> Interval:
    """What the left side of `left sign other` must meet."""
    match sign:
        case "==":
            return other
        case "<=":
            return Interval(None, other.high, True, other.high_open)
        case "<":
            return Interval(None, other.high, True, True)
        case ">=":
            return Interval(other.low, None, other.low_open, True)
        case ">":
            return Interval(other.low, None, True, True)
        case _:
            return EVERYTHING


def _extreme(function: str, target: Interval, rest: Sequence[Interval]) -> Interval:
    """What one more number must meet for the smallest or greatest of all to meet the target."""
    if function == "min":
        return -_extreme("max", -target, [-i for i in rest])
    greatest = Interval.greatest(rest)
    if target.below(greatest):
        raise UnsolvableError("another figure lies beyond what is needed")
    if greatest.meets(target):  # anything that does not exceed the target leaves it met
        return Interval(None, target.high, True, target.high_open)
    return target
