"""The unit in which a working is written down for a reader."""

from __future__ import annotations

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
    """The unit in which a working is written: that of its stated figure, 万 or 亿 where the figure has it."""

    factor: Fraction = Fraction(1)
    word: str = ""
    like: Claim | None = None
    lang: str = "zh"

    @classmethod
    def of(cls, check: Check, lang: str) -> Scale:
        """The unit of a check's stated figure."""
        like = measured_like(check)
        if like is None or like.kind in _PRINTED:
            return cls(like=like, lang=lang)
        if header := header_scale(like):
            return cls(Fraction(header[0]), header[1], like, lang)
        least = min((abs(c.value) for c in check.relation.claims if c.value and c.unit == like.unit), default=None)
        for word, factor in (("亿", 10**8), ("万", 10**4)):
            # A part below a hundredth of the unit would be read as nothing.
            if word in like.text and least is not None and least * 100 >= factor:
                return cls(Fraction(factor), word, like, lang)
        return cls(like=like, lang=lang)

    def of_claim(self, claim: Claim) -> tuple[str, str, str]:
        """(value, unit, interval) of a claim, in this unit where it is measured alike."""
        same = self.like is not None and claim.unit == self.like.unit and claim.kind not in _PRINTED
        factor, word = (self.factor, self.word) if same else (Fraction(1), "")
        unit = word + (_unit_word(claim.kind, self.lang) or claim.unit)
        return grouped(claim.value / factor), unit, _interval(claim.interval, factor)

    def side(self, value: Fraction, interval: Interval) -> Sided:
        """A computed or stated quantity in this unit."""
        return Sided(grouped(value / self.factor), self._unit(), _interval(interval, self.factor))

    def gap(self, value: Fraction) -> Sided:
        """A difference in this unit; that of two percents is in points."""
        points = self.like is not None and self.like.kind is Kind.PERCENT
        unit = _unit_word(Kind.POINTS, self.lang) if points else self._unit()
        return Sided(grouped(value / self.factor), unit)

    def _unit(self) -> str:
        return "" if self.like is None else self.word + (_unit_word(self.like.kind, self.lang) or self.like.unit)


_UNITS = {Kind.PERCENT: ("%", "%"), Kind.POINTS: ("个百分点", "pp"), Kind.MULTIPLE: ("倍", "×")}


def _unit_word(kind: Kind, lang: str) -> str:
    """The unit of a bare ratio; "" for kinds whose unit is the document's own."""
    return _UNITS.get(kind, ("", ""))[LANGUAGES.index(lang)]


_PRINTED = (Kind.PERCENT, Kind.POINTS, Kind.MULTIPLE, Kind.RATIO, Kind.FRACTION)


def _interval(interval: Interval, factor: Fraction) -> str:
    """[low, high) as printed numbers; one number where the interval is a point."""
    if interval.low is not None and interval.low == interval.high:
        return ""
    low = "−∞" if interval.low is None else grouped(interval.low / factor, 6)
    high = "∞" if interval.high is None else grouped(interval.high / factor, 6)
    return f"{'(' if interval.low_open else '['}{low}, {high}{')' if interval.high_open else ']'}"
