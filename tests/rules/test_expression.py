"""The expression language: what parses, what it evaluates to, and how it says no."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.quantity.interval import Interval
from audit.rule.expression import (
    Call,
    Comparison,
    Condition,
    EvaluationError,
    Expression,
    Feature,
    Joined,
    Name,
    Negative,
    Not,
    Number,
    Operand,
    Operation,
    applies,
    compares,
    features,
    interval,
    may_compare,
    names,
    single_names,
    value,
)
from audit.rule.parse import MAX_DEPTH, ExpressionError, parse_comparison, parse_condition
from tests.intervals.strategies import intervals, members

SINGLE = ("total", "base", "占比")
LISTS = ("parts", "各项")
SIGNS = ("==", "!=", "<", "<=", ">", ">=")


def _operand(member: tuple[Interval, Fraction]) -> Operand:
    return Operand(member[1], member[0], member[0].hull(Interval.point(member[1] + 1)))


operands = members().map(_operand)
full_environments = st.fixed_dictionaries(
    {
        **{name: operands.map(lambda o: (o,)) for name in SINGLE},
        **{name: st.lists(operands, min_size=1, max_size=4).map(tuple) for name in LISTS},
    }
)

numbers = st.builds(
    Number, st.builds(Fraction, st.integers(0, 99999), st.sampled_from([1, 10, 100, 1000])), st.booleans()
)
single_roles = st.sampled_from(SINGLE).map(Name)
list_roles = st.sampled_from(LISTS).map(Name)
expressions: st.SearchStrategy[Expression] = st.recursive(
    numbers
    | single_roles
    | st.builds(lambda f, r: Call(f, (r,)), st.sampled_from(["sum", "count", "min", "max"]), list_roles),
    lambda inner: (
        st.builds(Operation, st.sampled_from("+-*/"), inner, inner)
        | st.builds(Negative, inner)
        | inner.map(lambda e: Call("abs", (e,)))
        | st.builds(lambda f, a, b: Call(f, (a, b)), st.sampled_from(["min", "max"]), inner, inner)
    ),
    max_leaves=8,
)
comparisons = st.builds(Comparison, st.sampled_from(SIGNS), expressions, expressions)
conditions: st.SearchStrategy[Condition] = st.recursive(
    comparisons | st.sampled_from(["closed", "open", "listed"]).map(Feature),
    lambda inner: inner.map(Not) | st.builds(Joined, st.sampled_from(["and", "or"]), inner, inner),
    max_leaves=5,
)


@given(comparisons)
def test_comparison_survives_printing(comparison: Comparison) -> None:
    if len(str(comparison)) <= 500:
        assert parse_comparison(str(comparison)) == comparison


@given(conditions)
def test_condition_survives_printing(condition: Condition) -> None:
    if len(str(condition)) <= 500:
        assert parse_condition(str(condition)) == condition


def _python(expression: Expression, env: dict[str, tuple[Operand, ...]]) -> Fraction:
    """The value by Python's own arithmetic, from the printed text."""
    scope: dict[str, object] = {n: env[n][0].value for n in SINGLE}
    scope |= {n: [o.value for o in env[n]] for n in LISTS}
    scope |= {"count": lambda role: Fraction(len(role)), "F": Fraction}
    text = _as_python(expression)
    return Fraction(eval(text, {"__builtins__": {"sum": sum, "min": min, "max": max, "abs": abs}}, scope))


def _as_python(expression: Expression) -> str:
    match expression:
        case Number(number):
            return f"F({number.numerator}, {number.denominator})"
        case Name(name):
            return name
        case Negative(operand):
            return f"(-{_as_python(operand)})"
        case Operation(sign, left, right):
            return f"({_as_python(left)} {sign} {_as_python(right)})"
        case Call(function, arguments):
            return f"{function}({', '.join(map(_as_python, arguments))})"


@given(expressions, full_environments)
def test_value_agrees_with_fraction_arithmetic(expression: Expression, env: dict[str, tuple[Operand, ...]]) -> None:
    try:
        expected = _python(expression, env)
    except ZeroDivisionError:
        with pytest.raises(ZeroDivisionError):
            value(expression, env)
    else:
        assert value(expression, env) == expected


@given(expressions, full_environments)
def test_interval_contains_the_value(expression: Expression, env: dict[str, tuple[Operand, ...]]) -> None:
    try:
        nominal = value(expression, env)
    except ZeroDivisionError:
        return
    tight, loose = interval(expression, env), interval(expression, env, loose=True)
    assert nominal in tight
    assert tight.within(loose)


@given(st.sampled_from(SIGNS), members(), members())
def test_what_holds_may_hold(sign: str, a: tuple[Interval, Fraction], b: tuple[Interval, Fraction]) -> None:
    if compares(sign, a[1], b[1]):
        assert may_compare(sign, a[0], b[0])


@given(st.sampled_from(SIGNS), intervals(), intervals())
def test_one_of_a_comparison_and_its_denial_may_hold(sign: str, a: Interval, b: Interval) -> None:
    denial = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}[sign]
    assert may_compare(sign, a, b) or may_compare(denial, a, b)
    if a.width == 0 and b.width == 0:
        assert may_compare(sign, a, b) != may_compare(denial, a, b)


def _env(**roles: int | list[int]) -> dict[str, tuple[Operand, ...]]:
    return {
        role: tuple(
            Operand(Fraction(v), Interval.point(v), Interval.point(v)) for v in (vs if isinstance(vs, list) else [vs])
        )
        for role, vs in roles.items()
    }


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("sum(parts) == total", True),
        ("total - parts_left == 4", True),
        ("total / 2 + 1 × 3 = 8", None),
        ("total ÷ 2 + 1 × 3 == 8", True),
        ("（total＋2）×3 ≥ 36", True),
        ("2 - 3 - 4 == -5", True),
        ("-total * 2 == -20", True),
        ("100 / 10 / 5 == 2", True),
        ("30% * total == 3", True),
        ("count(parts) ≠ 4", False),
        ("max(parts) - min(parts) == 6", True),
        ("min(total, 3) < max(1, 2, 4)", True),
        ("abs(3 - total) == 7", True),
    ],
)
def test_meaning(text: str, holds: bool | None) -> None:
    env = _env(total=10, parts=[1, 3, 6, 0], parts_left=6)
    if holds is None:
        with pytest.raises(ExpressionError):
            parse_comparison(text)
        return
    assert applies(parse_comparison(text), frozenset(), env) is holds


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("closed", True),
        ("not open", True),
        ("not closed or open", False),
        ("not (closed and open)", True),
        ("closed and not open and sum(parts) >= 0.5 * total", True),
        ("open and closed or closed", True),
        ("open and (closed or closed)", False),
        ("count(rest) > 0", False),
        ("rest > 0", False),
        ("not rest > 0", True),
        ("total / nothing > 0", False),
    ],
)
def test_condition(text: str, holds: bool) -> None:
    env = _env(total=10, parts=[1, 4], nothing=0)
    assert applies(parse_condition(text), {"closed"}, env) is holds


@pytest.mark.parametrize(
    ("text", "position", "told"),
    [
        ("", 0, "没有写完"),
        ("a ==", 4, "没有写完"),
        ("a = b", 2, "=="),
        ("a == b == c", 7, "两边"),
        ("a b == c", 2, "运算符号"),
        ("a == b amd c", 7, "and"),
        ("sum(a == b", 4, "数值"),
        ("sum(a + b) == c", 0, "角色名"),
        ("sum == c", 0, "sum(parts)"),
        ("som(a) == c", 0, "sum"),
        ("abs(a, b) == c", 0, "一个式子"),
        ("a == 100万", 8, "10000"),
        ("a == b; import os", 6, "不认识的字符"),
        ("a.b == c", 1, "不认识的字符"),
        ("(a == b) + 1 == 2", 0, "数值"),
        ("a and b", 0, "when"),
        ("a + b", 5, "比较符号"),
        ("(" * 30 + "a", MAX_DEPTH, "嵌套"),
        ("a" * 501, 500, "字符"),
    ],
)
def test_errors_carry_place_and_remedy(text: str, position: int, told: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse_comparison(text)
    assert caught.value.position == position
    assert told in caught.value.message
    assert caught.value.message_en


@given(st.text(alphabet="ab(),.+-*/=<>! 1%notsumrd×（", max_size=40))
def test_any_text_parses_or_is_refused(text: str) -> None:
    parsers: tuple[Callable[[str], Condition], ...] = (parse_comparison, parse_condition)
    for parse in parsers:
        tree = None
        try:
            tree = parse(text)
        except ExpressionError as error:
            place = error.position
        assert parse(str(tree)) == tree if tree is not None else 0 <= place <= len(text)


def test_deep_text_ends_in_an_error_not_a_crash() -> None:
    for text in ("(" * 499, "-" * 499, "not " * 124 + "a", "a" + "+a" * 249):
        with pytest.raises(ExpressionError):
            parse_comparison(text)


def test_names_and_features_are_found() -> None:
    comparison = parse_comparison("sum(parts) + rest - max(parts, other) == min(each) * abs(total)")
    assert [n.name for n in names(comparison)] == ["parts", "rest", "parts", "other", "each", "total"]
    assert [n.name for n in single_names(comparison)] == ["rest", "parts", "other", "total"]
    assert [n.position for n in names(comparison)][:2] == [4, 13]
    assert [f.name for f in features(parse_condition("a and not (b or sum(c) > 1)"))] == ["a", "b"]


def test_a_role_needs_exactly_one_claim_where_it_stands_alone() -> None:
    comparison = parse_comparison("parts == total")
    with pytest.raises(EvaluationError, match="2 claims"):
        value(comparison.left, _env(parts=[1, 2]))
    with pytest.raises(EvaluationError, match="0 claims"):
        interval(comparison.left, {})
    with pytest.raises(EvaluationError, match="nothing to choose"):
        value(parse_comparison("max(parts) == 1").left, {})
    assert value(parse_comparison("sum(parts) == 1").left, {}) == 0
