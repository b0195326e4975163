"""Claims and relations made by hand, read by the rounding contract and nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from audit.claim import Claim, Kind
from audit.quantity.interval import Interval
from audit.relation import Relation
from audit.rule.load import read_rule
from audit.rule.parse import parse_comparison
from audit.rule.schema import Doubt
from audit.span import Span

_RULE, _ = read_rule(
    """
id: by-hand
title: 手工构造的关系
why: 供测试使用。
severity: error
confidence: high
applies_to: {document: "*"}
bind: {total: {quote: "共{}"}}
expect: total == total
examples: {pass: 共3户, fail: 共4户}
""",
    "by-hand.yaml",
)
_FIGURE = re.compile(r"(?P<hedge>约?)(?P<digits>[0-9,]+(?:\.[0-9]+)?)(?P<scale>[亿万]?)(?P<unit>.*)")
_SCALES = {"": 1, "万": 10**4, "亿": 10**8}


def claim(text: str, kind: Kind | None = None) -> Claim:
    """A claim as printed: exact where it is a plain integer, else rounded at its last digit; 约 is ±10 %."""
    match = _FIGURE.fullmatch(text)
    assert match is not None, text
    digits, unit = match["digits"].replace(",", ""), match["unit"]
    value = Fraction(digits) * _SCALES[match["scale"]]
    step = Fraction(_SCALES[match["scale"]], 10 ** len(digits.partition(".")[2]))
    if kind is None:
        kind = Kind.PERCENT if unit == "%" else Kind.AMOUNT if unit == "元" else Kind.COUNT
    exact = not match["scale"] and "." not in digits and kind is not Kind.PERCENT
    interval = Interval.point(value) if exact else _around(value, step)
    zeros = len(digits) - len(digits.rstrip("0")) if "." not in digits else 0
    loose = interval if exact else interval.hull(_around(value, step * 10**zeros))
    if match["hedge"]:
        interval = loose = Interval(value * Fraction(9, 10), value * Fraction(11, 10))
    span = Span(0, len(text))
    return Claim(span, span, text, kind, value, interval, loose, unit, unit, hedge=match["hedge"] or None)


def _around(value: Fraction, step: Fraction) -> Interval:
    return Interval(value - step / 2, value + step / 2, high_open=True)


def relation(
    expectation: str,
    *,
    items: Sequence[Span] = (),
    doubts: Sequence[str] = (),
    **roles: str | Claim | Sequence[str],
) -> Relation:
    """A relation over figures given as printed."""
    assert _RULE is not None
    bound = []
    for role, figures in roles.items():
        several = [figures] if isinstance(figures, (str, Claim)) else figures
        bound.append((role, tuple(f if isinstance(f, Claim) else claim(f) for f in several)))
    return Relation(
        rule=_RULE,
        roles=tuple(bound),
        expectation=parse_comparison(expectation),
        evidence=Span(0, 1),
        items=tuple(items),
        doubts=tuple(Doubt(None, doubt, f"({doubt})") for doubt in doubts),
    )
