"""judge(Relation) -> Check: whether what a relation expects can hold, by exact interval arithmetic."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from audit.frozen import direct
from audit.quantity.interval import Interval
from audit.relation import Relation
from audit.rule.expression import Environment, Expression, compares, interval, may_compare, value
from audit.span import squeeze
from audit.working import Outcome, asks_for_whole, calculation, rounding_remark, stated_is_left


class Verdict(StrEnum):
    """The outcome of a check; the values are those of the JSON contract."""

    EXACT = "exact"
    ROUNDING = "rounding"
    UNDECIDED = "undecided"
    INCONSISTENT = "inconsistent"


@direct
@dataclass(frozen=True, slots=True)
class Quantity:
    """One side of a comparison: its nominal value and its interval, in base units (percents as plain ratios)."""

    value: Fraction
    interval: Interval


@direct
@dataclass(frozen=True, slots=True)
class Check:
    """A relation and its verdict.

    `stated` is the side of the comparison that the text prints, `computed` the other; `difference` is computed −
    stated, in base units. `reason` says why an undecided check is undecided, "" otherwise, and `reason_en` says it in
    English. `text` is the document's, from which the working quotes listed things.
    """

    relation: Relation
    verdict: Verdict
    stated: Quantity
    computed: Quantity
    difference: Fraction
    reason: str = ""
    reason_en: str = ""
    text: str = field(default="", repr=False, compare=False)

    @property
    def working(self) -> str:
        """The calculation as an auditor writes it; few checks are ever asked for it."""
        return self.working_in("zh")

    def working_in(self, lang: str) -> str:
        """The calculation as an auditor writes it in a language, zh or en."""
        rounds = self.verdict is Verdict.ROUNDING
        outcome: Outcome = "holds" if self.verdict is Verdict.EXACT else "rounds" if rounds else "fails"
        remark = rounding_remark(self.relation, lang) if rounds else ""
        return calculation(self.relation, outcome, self.text, lang) + remark


_EVERYTHING = Interval(None, None)
_NONE = ("", "")
LAST_DIGITS = ("相差在末位，可能是四舍五入的尾差", "only the last digits differ, which may be rounding")
"""The reason where no trailing zeros, but the rounding of measured quantities may explain a difference."""


def judge(relation: Relation, text: str = "") -> Check:
    """The verdict on a relation; `text` is the document's text, for quoting listed things.

    The contract: `exact` when the nominal values satisfy the expectation (or it only asks for a whole number, and the
    intervals hold one), `rounding` when only the intervals do, `undecided` when it fails but the binding is in doubt,
    the trailing zeros of an integer or the last digit of a measured quantity may themselves be rounded, or a divisor
    is zero, `inconsistent` when it fails under every reading.
    """
    bound = relation.environment
    comparison = relation.expectation
    left, right = _quantity(comparison.left, bound), _quantity(comparison.right, bound)
    if left is None or right is None:
        verdict, reason = Verdict.UNDECIDED, ("除数为零，无法计算", "a divisor is zero")
    elif compares(comparison.operator, left.value, right.value):
        verdict, reason = Verdict.EXACT, _NONE
    elif may_compare(comparison.operator, left.interval, right.interval):
        # That a whole number lies within the rounding is all that was asked.
        verdict, reason = Verdict.EXACT if asks_for_whole(comparison) else Verdict.ROUNDING, _NONE
    else:
        reason = _doubt(relation, bound)
        verdict = Verdict.INCONSISTENT if reason == _NONE else Verdict.UNDECIDED
    left, right = left or Quantity(Fraction(0), _EVERYTHING), right or Quantity(Fraction(0), _EVERYTHING)
    stated, computed = (left, right) if stated_is_left(comparison) else (right, left)
    difference = computed.value - stated.value
    return Check(relation, verdict, stated, computed, difference, *reason, text)


def _quantity(side: Expression, bound: Environment) -> Quantity | None:
    try:
        return Quantity(value(side, bound), interval(side, bound))
    except ZeroDivisionError:
        return None


def _doubt(relation: Relation, bound: Environment) -> tuple[str, str]:
    """Why a failing relation is not certainly wrong, in Chinese and English; `_NONE` where nothing speaks for it."""
    if relation.doubts:
        return "；".join(d.because for d in relation.doubts), "; ".join(d.because_en for d in relation.doubts)
    comparison = relation.expectation
    loose_left = interval(comparison.left, bound, loose=True)
    loose_right = interval(comparison.right, bound, loose=True)
    if not may_compare(comparison.operator, loose_left, loose_right):
        return _NONE
    figures = list(dict.fromkeys(squeeze(c.text) for c in relation.claims if c.loose != c.interval))
    if not figures:
        return LAST_DIGITS
    return (
        f"{'、'.join(figures)}末尾的零可能也是约数，若是则相符",
        f"the trailing zeros of {', '.join(figures)} may themselves be rounded; if so, it holds",
    )
