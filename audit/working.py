"""The calculation of a check as an auditor writes it: figures as printed, results in the style of the stated figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Literal

from audit.claim import Claim, Kind
from audit.quantity.interval import Interval
from audit.relation import Relation
from audit.rule.expression import (
    Call,
    Comparison,
    Environment,
    Expression,
    Name,
    Negative,
    Number,
    Operand,
    Operation,
    interval,
    value,
)
from audit.span import Span, squeeze
from audit.style import PERCENT, PLAIN, Style, render, style_of

Outcome = Literal["holds", "rounds", "fails"]

_SHOWN = {"==": "=", "!=": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥"}
_FLIPPED = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_DENIED = {"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_SIGNS = {"+": "+", "-": "−", "*": "×", "/": "÷"}
_ITEMS = "items"  # the role under which expressions count the listed things of a node
_LONGEST_ITEM = 24
_Roles = Mapping[str, Sequence[Claim]]


def stated_is_left(comparison: Comparison) -> bool:
    """Whether the left side is the one the text prints: a single figure, or else a constant against a calculation."""
    left, right = comparison.left, comparison.right
    if isinstance(left, Name) or isinstance(right, Name):
        return isinstance(left, Name)
    return isinstance(left, Number) and not isinstance(right, Number)


def asks_for_whole(comparison: Comparison) -> bool:
    """Whether all that is expected of an expression is that it can be a whole number."""
    return comparison.right == Call("whole", (comparison.left,))


def calculation(relation: Relation, outcome: Outcome, text: str = "", lang: str = "zh") -> str:
    """`8200万元 + 10.85亿元 = 11.67亿元 ≠ 15.7亿元` for the relation's expectation.

    `text` is the document's text, from which listed things are quoted. A result is marked ≈ where it is shown rounded.
    """
    comparison = relation.expectation
    roles = dict(relation.roles)
    bound = relation.environment
    writer = _Writer(roles, relation.items, text, lang)
    sign = {
        "holds": "" if asks_for_whole(comparison) else comparison.operator,
        "fails": _DENIED[comparison.operator],
    }.get(outcome, "")
    left, right = comparison.left, comparison.right
    if stated_is_left(comparison) and not _printed_whole(left, right, roles):
        left, right, sign = right, left, _FLIPPED.get(sign, "")
    shown = _SHOWN.get(sign, "≈")
    parts = [writer.write(left)]
    style = _style(right, roles) or _style(left, roles) or PLAIN
    values = _value(left, bound), _value(right, bound)
    if values[0] is None or values[1] is None:
        undefined = writer.write(left if values[0] is None else right)
        return undefined + ("（除数为零）" if lang == "zh" else " (division by zero)")
    told = outcome == "holds" and shown == "=" and not _calculated(right, roles)
    if _calculated(left, roles) and not told:
        parts += _result(values[0], style, values[1])
    parts.append(shown)
    if _calculated(right, roles):
        result = _result(values[1], style, values[0])
        parts += [result[1], result[0]]
    if asks_for_whole(Comparison("==", left, right)):
        return " ".join(parts[:-1])
    parts.append(writer.write(right))
    return " ".join(parts)


def _result(result: Fraction, style: Style, against: Fraction) -> list[str]:
    digits, exact = render(result, style, against)
    return ["=" if exact else "≈", digits]


def _value(expression: Expression, bound: Environment) -> Fraction | None:
    try:
        return value(expression, bound)
    except ZeroDivisionError:
        return None


def _calculated(expression: Expression, roles: _Roles) -> bool:
    """Whether the text of the expression leaves something to work out: neither one figure nor a count."""
    match expression:
        case Name() | Number() | Call("count"):
            return False
        case Call("sum" | "min" | "max", (Name(name),)):
            return len(roles.get(name, ())) != 1
        case _:
            return True


def _printed_whole(left: Expression, right: Expression, roles: _Roles) -> bool:
    return not _calculated(left, roles) and not _calculated(right, roles) and not isinstance(right, Call)


def rounding_remark(relation: Relation, lang: str = "zh") -> str:
    """Why a check holds although its nominal values do not: the wording allows it, or the rounding of the figures.

    A rounding that is out of the ordinary is said: the gap is wider than twice the standard uncertainty of figures
    rounded independently and evenly (u = width/√12 each, added in quadrature, coverage factor 2; GUM, JCGM 100:2008,
    4.3.7 and 5.1.2), so that it holds only if most roundings lean to one side.
    """
    hedges = dict.fromkeys(c.hedge for c in relation.claims if c.hedge)
    ranges = any(c.kind is Kind.RANGE for c in relation.claims)
    if hedges or ranges:
        words = "".join(f"“{hedge}”" for hedge in hedges)
        if lang == "zh":
            return f"（在{words}所容许的范围内）" if words else "（在所给范围内）"
        return f" (within what {words} allows)" if words else " (within the stated range)"
    if _only_at_worst(relation):
        if lang == "zh":
            return "（尾差；超出通常的舍入误差，只在各项舍入大多同向时成立）"
        return " (rounding; wider than usual, holds only if most roundings lean to one side)"
    return "（尾差）" if lang == "zh" else " (rounding)"


def _only_at_worst(relation: Relation) -> bool:
    comparison = relation.expectation
    if comparison.operator != "==" or len(relation.claims) < 4:
        return False
    bound = relation.environment
    gap = Operation("-", comparison.left, comparison.right)
    whole = interval(gap, bound)
    if whole.low is None or whole.high is None:
        return False
    squares = Fraction(0)
    nominal = {
        role: tuple(Operand(o.value, Interval.point(o.value), o.loose) for o in operands)
        for role, operands in bound.items()
    }
    for role, operands in bound.items():
        # Members of one role that are equally wide contribute alike, so that one of them stands for all.
        alike: dict[Fraction | None, list[int]] = {}
        for index, operand in enumerate(operands):
            alike.setdefault(operand.interval.width, []).append(index)
        for first, *others in alike.values():
            alone = {**nominal, role: (*nominal[role][:first], operands[first], *nominal[role][first + 1 :])}
            width = interval(gap, alone).width
            if width is None:
                return False
            squares += width * width * (1 + len(others))
    middle = (whole.low + whole.high) / 2
    return middle * middle > squares / 3


class _Writer:
    """Writes expressions with the figures of their roles."""

    def __init__(self, roles: _Roles, items: Sequence[Span], text: str, lang: str) -> None:
        self._roles = roles
        self._items = items
        self._text = text
        self._chinese = lang == "zh"

    def write(self, expression: Expression, level: int = 0) -> str:
        """The expression's text, bracketed where a stronger operator stands around it."""
        match expression:
            case Name(name):
                figures = (self._added if level else self._printed)(name)
                return figures[0] if figures else name
            case Number():
                return str(expression)
            case Negative(operand):
                return f"−{self.write(operand, 3)}"
            case Operation(sign, left, right):
                own = 1 if sign in "+-" else 2
                line = f"{self.write(left, own)} {_SIGNS[sign]} {self.write(right, own + 1)}"
                return f"({line})" if own < level else line
            case Call("sum", (Name(name),)):
                figures = self._added(name) if level or len(self._roles.get(name, ())) > 1 else self._printed(name)
                line = " + ".join(figures or ["0"])
                return f"({line})" if len(figures) > 1 and level > 1 else line
            case Call("count", (Name(name),)):
                return self._count(name)
            case Call("abs", (inner,)):
                return f"|{self.write(inner)}|"
            case Call("whole", (inner,)):
                return f"取整({self.write(inner)})" if self._chinese else f"whole({self.write(inner)})"
            case Call("power", (base, exponent)):
                written = self.write(base)
                return f"({written})^{exponent}" if isinstance(base, Operation) else f"{written}^{exponent}"
            case Call(function, (Name(name),)):
                return self._choice(function, self._printed(name))
            case Call(function, arguments):
                return self._choice(function, [self.write(a) for a in arguments])

    def _printed(self, role: str) -> list[str]:
        return [squeeze(claim.text) for claim in self._roles.get(role, ())]

    def _added(self, role: str) -> list[str]:
        """The figures of a role as terms of a sum: negative ones in brackets."""
        claims = self._roles.get(role, ())
        return [
            f"({text})" if claim.value < 0 else text for claim, text in zip(claims, self._printed(role), strict=True)
        ]

    def _choice(self, function: str, members: list[str]) -> str:
        if len(members) == 1:
            return members[0]
        word = {"min": "最小者", "max": "最大者"}[function] if self._chinese else function
        return f"{word}({', '.join(members)})"

    def _count(self, role: str) -> str:
        if role == _ITEMS and self._items:
            things = [_shortened(span.of(self._text)) for span in self._items] if self._text else []
        else:
            things = self._printed(role)
        number = len(self._items) if role == _ITEMS and self._items else len(things)
        if self._chinese:
            return f"所列 {'、'.join(things)} 共{number}项" if things else f"所列共{number}项"
        return f"listed: {', '.join(things)} ({number} items)" if things else f"{number} items listed"


def _shortened(thing: str) -> str:
    thing = squeeze(thing)
    return thing if len(thing) <= _LONGEST_ITEM else thing[: _LONGEST_ITEM - 1] + "…"


def _style(expression: Expression, roles: _Roles) -> Style | None:
    """The style in which the expression's value is written; None where its figures do not tell."""
    match expression:
        case Name(name) | Call("sum" | "min" | "max", (Name(name),)):
            claims = roles.get(name, ())
            return style_of(claims[0]) if claims else None
        case Number(_, percent):
            return PERCENT if percent else PLAIN
        case Negative(operand) | Call("abs", (operand,)):
            return _style(operand, roles)
        case Operation("+" | "-", left, right):
            return _style(left, roles) or _style(right, roles)
        case Operation("*", left, right):
            styles = [s for s in (_style(left, roles), _style(right, roles)) if s and s not in (PLAIN, PERCENT)]
            return max(styles, key=lambda s: s.weight, default=None)
        case _:
            return None
