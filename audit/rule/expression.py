"""The closed language of expectations: its syntax trees, their canonical text, and their exact evaluation.

A tree is evaluated over an environment that gives each role its operands. There are three readings of it: the nominal
values, the intervals of the rounding contract, and the loose intervals (trailing zeros may be rounded). Interval
evaluation treats every mention of a role as independent, which is conservative where a role stands twice.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Generic, TypeVar

from audit.frozen import direct
from audit.quantity.exact import divided, exact, minus, plus, times, total
from audit.quantity.interval import Interval

FUNCTIONS = ("sum", "count", "min", "max", "abs", "power", "whole")
WORDS = (*(f for f in FUNCTIONS if f != "count"), "and", "or", "not")
"""Words of the language itself; no role may be called one of them, but for `count`, which is a role of products too."""


@direct
@dataclass(frozen=True, slots=True)
class Operand:
    """One figure as arithmetic sees it; percents are plain ratios (12 % is 0.12)."""

    value: Fraction
    interval: Interval
    loose: Interval


Environment = Mapping[str, Sequence[Operand]]


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written; `value` of 12 % is 0.12."""

    value: Fraction
    percent: bool = False

    def __str__(self) -> str:
        return _decimal(self.value * 100) + "%" if self.percent else _decimal(self.value)


@dataclass(frozen=True, slots=True)
class Name:
    """A role; `position` is where it stands in the text it was read from."""

    name: str
    position: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Call:
    """A function applied to roles (sum, count) or to expressions (min, max, abs, power, whole)."""

    function: str
    arguments: tuple[Expression, ...]

    def __str__(self) -> str:
        return f"{self.function}({', '.join(map(str, self.arguments))})"

    @property
    def over_role(self) -> bool:
        """Whether its one argument is a role that may have several claims."""
        return self.function not in ("abs", "whole") and len(self.arguments) == 1


@dataclass(frozen=True, slots=True)
class Negative:
    """An expression with the sign changed."""

    operand: Expression

    def __str__(self) -> str:
        return f"-{_inside(self.operand, 3)}"


@dataclass(frozen=True, slots=True)
class Operation:
    """Two expressions joined by + - * or /."""

    operator: str
    left: Expression
    right: Expression

    def __str__(self) -> str:
        level = _LEVEL[self.operator]
        return f"{_inside(self.left, level)} {self.operator} {_inside(self.right, level + 1)}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two expressions joined by == != < <= > or >=."""

    operator: str
    left: Expression
    right: Expression

    def __str__(self) -> str:
        return f"{self.left} {self.operator} {self.right}"


@dataclass(frozen=True, slots=True)
class Feature:
    """A fact about the node that a rule looks at."""

    name: str
    position: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Not:
    """A condition that must not hold."""

    condition: Condition

    def __str__(self) -> str:
        return f"not ({self.condition})" if isinstance(self.condition, Joined) else f"not {self.condition}"


@dataclass(frozen=True, slots=True)
class Joined:
    """Two conditions joined by `and` or `or`."""

    word: str
    left: Condition
    right: Condition

    def __str__(self) -> str:
        left, right = (
            f"({c})" if isinstance(c, Joined) and (c.word != self.word or c is self.right) else str(c)
            for c in (self.left, self.right)
        )
        return f"{left} {self.word} {right}"


Expression = Number | Name | Call | Negative | Operation
Condition = Comparison | Feature | Not | Joined
Tree = Expression | Condition

_LEVEL = {"+": 1, "-": 1, "*": 2, "/": 2}


def _inside(expression: Expression, level: int) -> str:
    loose = isinstance(expression, Operation) and _LEVEL[expression.operator] < level
    return f"({expression})" if loose else str(expression)


def _decimal(value: Fraction) -> str:
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
    digits = str(abs(value * 10**places).numerator).zfill(places + 1)
    sign = "-" if value < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


class EvaluationError(ValueError):
    """A role has no claim, or several, where the expression needs exactly one."""


def parts(tree: Tree) -> Iterator[Tree]:
    """The tree and everything in it, from left to right."""
    yield tree
    match tree:
        case Call(_, arguments):
            below: tuple[Tree, ...] = arguments
        case Operation(_, left, right) | Comparison(_, left, right):
            below = (left, right)
        case Joined(_, left_condition, right_condition):
            below = (left_condition, right_condition)
        case Negative(operand):
            below = (operand,)
        case Not(condition):
            below = (condition,)
        case _:
            below = ()
    for part in below:
        yield from parts(part)


def names(tree: Tree) -> tuple[Name, ...]:
    """Every mention of a role, from left to right."""
    return tuple(part for part in parts(tree) if isinstance(part, Name))


def single_names(tree: Tree) -> tuple[Name, ...]:
    """Every mention of a role that must have exactly one claim there: those outside sum, count, min and max."""
    lists = {id(p.arguments[0]) for p in parts(tree) if isinstance(p, Call) and p.over_role}
    return tuple(name for name in names(tree) if id(name) not in lists)


def measured(tree: Tree) -> frozenset[str]:
    """The roles whose values an expression reads; of those that it only counts it asks how many claims they have."""
    counted = {id(p.arguments[0]) for p in parts(tree) if isinstance(p, Call) and p.function == "count"}
    return frozenset(name.name for name in names(tree) if id(name) not in counted)


def features(condition: Condition) -> tuple[Feature, ...]:
    """Every mention of a node feature, from left to right."""
    return tuple(part for part in parts(condition) if isinstance(part, Feature))


N = TypeVar("N", Fraction, Interval)


@dataclass(frozen=True, slots=True)
class _Reading(Generic[N]):
    """How an operand and a constant are read, and the functions that Python has only for numbers."""

    of: Callable[[Operand], N]
    constant: Callable[[Fraction], N]
    total: Callable[[Sequence[N]], N]
    power: Callable[[N, int], N]
    least: Callable[[Sequence[N]], N]
    greatest: Callable[[Sequence[N]], N]
    whole: Callable[[N], N]
    operations: Mapping[str, Callable[[N, N], N]]


def _reading(of: Callable[[Operand], Interval]) -> _Reading[Interval]:
    return _Reading(
        of,
        Interval.point,
        Interval.total,
        Interval.power,
        Interval.least,
        Interval.greatest,
        Interval.whole,
        {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv},
    )


_NOMINAL: _Reading[Fraction] = _Reading(
    operator.attrgetter("value"),
    lambda v: v,
    total,
    lambda b, n: b**n,
    min,
    max,
    lambda v: Fraction(round(v)),
    {"+": plus, "-": minus, "*": times, "/": divided},
)
_INTERVAL = _reading(operator.attrgetter("interval"))
_LOOSE = _reading(operator.attrgetter("loose"))


def value(expression: Expression, environment: Environment) -> Fraction:
    """The nominal value.

    Raises EvaluationError where a role does not have the claims the expression needs, ZeroDivisionError where the
    nominal divisor is zero.
    """
    return _evaluate(expression, environment, _NOMINAL)


def interval(expression: Expression, environment: Environment, *, loose: bool = False) -> Interval:
    """The values that are possible when every operand lies in its (loose) interval; raises EvaluationError."""
    return _evaluate(expression, environment, _LOOSE if loose else _INTERVAL)


def _evaluate(expression: Expression, environment: Environment, reading: _Reading[N]) -> N:
    if isinstance(expression, Name):
        operands = environment.get(expression.name, ())
        if len(operands) != 1:
            raise EvaluationError(f"role {expression.name!r} has {len(operands)} claims where one is needed")
        return reading.of(operands[0])
    if isinstance(expression, Operation):
        left, right = (_evaluate(side, environment, reading) for side in (expression.left, expression.right))
        return reading.operations[expression.operator](left, right)
    if isinstance(expression, Call):
        return _call(expression.function, expression.arguments, environment, reading)
    if isinstance(expression, Number):
        return reading.constant(expression.value)
    return -_evaluate(expression.operand, environment, reading)


def _call(function: str, arguments: tuple[Expression, ...], environment: Environment, reading: _Reading[N]) -> N:
    first = arguments[0]
    if function == "power":
        return reading.power(_evaluate(first, environment, reading), _exponent(arguments[1]))
    if function == "whole":
        return reading.whole(_evaluate(first, environment, reading))
    if isinstance(first, Name) and len(arguments) == 1 and function != "abs":
        members = [reading.of(operand) for operand in environment.get(first.name, ())]
    else:
        members = [_evaluate(argument, environment, reading) for argument in arguments]
    if function == "count":
        return reading.constant(exact(len(members)))
    if function == "sum":
        return reading.total(members)
    if not members:
        raise EvaluationError(f"{function}({first}) has nothing to choose from: the role has no claim")
    if function == "abs":
        return abs(members[0])
    return reading.least(members) if function == "min" else reading.greatest(members)


def _exponent(expression: Expression) -> int:
    if not isinstance(expression, Number) or expression.value.denominator != 1 or not 1 <= expression.value <= 100:
        raise EvaluationError(f"the exponent {expression} is no whole number from 1 to 100")
    return expression.value.numerator


def with_givens(comparison: Comparison, givens: Mapping[str, Fraction]) -> Comparison:
    """The comparison with the numbers that a node gives put in for their names."""
    return Comparison(comparison.operator, _filled(comparison.left, givens), _filled(comparison.right, givens))


def _filled(expression: Expression, givens: Mapping[str, Fraction]) -> Expression:
    match expression:
        case Name(name) if name in givens:
            return Number(givens[name])
        case Operation(sign, left, right):
            return Operation(sign, _filled(left, givens), _filled(right, givens))
        case Negative(operand):
            return Negative(_filled(operand, givens))
        case Call(function, arguments):
            return Call(function, tuple(_filled(argument, givens) for argument in arguments))
        case _:
            return expression


_COMPARE: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def compares(sign: str, left: Fraction, right: Fraction) -> bool:
    """Whether the comparison holds of two numbers."""
    return _COMPARE[sign](left, right)


def may_compare(sign: str, left: Interval, right: Interval) -> bool:
    """Whether the comparison holds of some number of the left and some number of the right interval."""
    match sign:
        case "==":
            return left.meets(right)
        case "!=":
            return not (left.width == 0 and left == right)
        case "<=":
            return not right.below(left)
        case ">=":
            return not left.below(right)
        case "<":
            return left.low is None or right.high is None or left.low < right.high
        case _:
            return right.low is None or left.high is None or right.low < left.high


def applies(condition: Condition, node_features: AbstractSet[str], environment: Environment) -> bool:
    """Whether a condition holds of a node's features and, by nominal values, of the bound claims.

    A comparison that cannot be worked out (a role without a claim, a divisor of zero) does not hold.
    """
    if isinstance(condition, Feature):
        return condition.name in node_features
    if isinstance(condition, Not):
        return not applies(condition.condition, node_features, environment)
    if isinstance(condition, Joined):
        left = applies(condition.left, node_features, environment)
        if left is (condition.word == "or"):
            return left
        return applies(condition.right, node_features, environment)
    try:
        return compares(condition.operator, value(condition.left, environment), value(condition.right, environment))
    except (EvaluationError, ZeroDivisionError):
        return False
