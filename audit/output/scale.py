"""The unit in which a working is written down for a reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from audit.claim import Claim, Kind
from audit.explanation import header_scale, measured_like
from audit.output.number import grouped
from audit.output.words import LANGUAGES
from audit.quantity.interval import Interval
from audit.verdict import Check


@dataclass(frozen=True, slots=True)
class Sided:
    """A computed, stated or missing quantity of a working, in the unit of the working."""

    value: str
    unit: str
    interval: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """The unit in which a working is written: that of its stated figure, 万 or 亿 where the figure has it.

    Where a ratio is stated, the figures it is worked out from have the unit of the first of them. `factor` and `word`
    hold for figures of `unit`; `like` is a figure that is measured as the check's two sides are.
    """

    factor: Fraction = Fraction(1)
    word: str = ""
    unit: str = ""
    like: Claim | None = None
    lang: str = "zh"

    @classmethod
    def of(cls, check: Check, lang: str) -> Scale:
        """The unit of a check's stated figure."""
        like, claims = measured_like(check), check.relation.claims
        measured = next((c for c in (like, *claims) if c is not None and c.kind not in _PRINTED), None)
        if measured is None:
            return cls(like=like, lang=lang)
        factor, word = _scale_of(measured, claims)
        return cls(Fraction(factor), word, measured.unit, like, lang)

    def of_claim(self, claim: Claim) -> tuple[str, str, str]:
        """(value, unit, interval) of a claim, in this unit where it is measured alike."""
        same = bool(self.unit) and claim.unit == self.unit and claim.kind not in _PRINTED
        factor, word = (self.factor, self.word) if same else (Fraction(1), "")
        unit = word + (_unit_word(claim.kind, self.lang) or claim.unit)
        return grouped(claim.value / factor), unit, _interval(claim.interval, factor)

    def side(self, value: Fraction, interval: Interval) -> Sided:
        """A computed or stated quantity in this unit."""
        return Sided(grouped(value / self._side), self._unit(), _interval(interval, self._side))

    def gap(self, value: Fraction) -> Sided:
        """A difference in this unit; that of two percents is in points."""
        points = self.like is not None and self.like.kind is Kind.PERCENT
        unit = _unit_word(Kind.POINTS, self.lang) if points else self._unit()
        return Sided(grouped(value / self._side), unit)

    @property
    def _side(self) -> Fraction:
        return self.factor if self.like is not None and self.like.kind not in _PRINTED else Fraction(1)

    def _unit(self) -> str:
        if self.like is None or self.like.kind in _PRINTED:
            return "" if self.like is None else _unit_word(self.like.kind, self.lang) or self.like.unit
        return self.word + self.like.unit


_UNITS = {Kind.PERCENT: ("%", "%"), Kind.POINTS: ("个百分点", "pp"), Kind.MULTIPLE: ("倍", "×")}


def _unit_word(kind: Kind, lang: str) -> str:
    """The unit of a bare ratio; "" for kinds whose unit is the document's own."""
    return _UNITS.get(kind, ("", ""))[LANGUAGES.index(lang)]


_PRINTED = (Kind.PERCENT, Kind.POINTS, Kind.MULTIPLE, Kind.RATIO, Kind.FRACTION)


def _scale_of(measured: Claim, claims: Sequence[Claim]) -> tuple[int, str]:
    """(factor, word) of the unit in which figures measured like one are written."""
    if header := header_scale(measured):
        return header
    least = min((abs(c.value) for c in claims if c.value and c.unit == measured.unit), default=None)
    for word, factor in (("亿", 10**8), ("万", 10**4)):
        # A part below a hundredth of the unit would be read as nothing.
        if word in measured.text and least is not None and least * 100 >= factor:
            return factor, word
    return 1, ""


def _interval(interval: Interval, factor: Fraction) -> str:
    """[low, high) as printed numbers; one number where the interval is a point."""
    if interval.low is not None and interval.low == interval.high:
        return ""
    low = "−∞" if interval.low is None else grouped(interval.low / factor, 6)
    high = "∞" if interval.high is None else grouped(interval.high / factor, 6)
    return f"{'(' if interval.low_open else '['}{low}, {high}{')' if interval.high_open else ']'}"
