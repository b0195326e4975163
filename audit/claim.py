"""A numeric claim: one figure of a document as printed, and how it was read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from audit.frozen import direct
from audit.quantity.exact import exact
from audit.quantity.interval import Interval
from audit.span import Span


class Kind(StrEnum):
    """What a figure states; the values are those of the JSON contract."""

    AMOUNT = "amount"  # money
    COUNT = "count"  # 户 人 个 家 …
    MEASURE = "measure"  # 亩 公里 千瓦 …
    PERCENT = "percent"
    POINTS = "points"  # 个百分点
    RATIO = "ratio"  # 1:0.5
    MULTIPLE = "multiple"  # 3倍
    FRACTION = "fraction"  # 三分之一, 七成
    PER = "per"  # 每户3.2万元, 人均…
    LIST_COUNT = "list_count"  # 4种模式, 五大基地
    RANGE = "range"  # 3-5户


_PERCENTS = (Kind.PERCENT, Kind.POINTS)
_HUNDREDTH, _ONE = exact(1, 100), exact(1)


@direct
@dataclass(frozen=True, slots=True)
class Claim:
    """One figure as printed.

    `span` covers the claim with its hedge and unit, `numeral` the number proper inside it.
    `value` is in base units (元, 户, 平方米 …), percents and points as the printed percent; for a range it is the
    middle. `interval` follows the rounding contract; `loose` also lets trailing zeros of an integer be rounded
    (8200万 → [8150万, 8250万)). `unit` is the base unit with the head noun where a classifier has one (个贫困村);
    `dimension` says which units may be compared ("money", "household", "person", "area", …; for open classifiers
    the classifier itself). `label` is the noun phrase the figure is about, "" where there is none. `per` is what a
    rate is per (户, 人, 亩 …). `bare` says that the printed figure has no unit of its own (table cells, lists with
    one unit at the end). `reading` lists how it was read, for `claims --explain`.
    """

    span: Span
    numeral: Span
    text: str
    kind: Kind
    value: Fraction
    interval: Interval
    loose: Interval
    unit: str
    dimension: str
    hedge: str | None = None
    label: str = ""
    per: str = ""
    bare: bool = False
    reading: tuple[tuple[str, str], ...] = ()

    @property
    def ratio(self) -> Fraction:
        """What the factor is that turns `value` into the number arithmetic uses: 1/100 for percents and points."""
        return _HUNDREDTH if self.kind in _PERCENTS else _ONE


@direct
@dataclass(frozen=True, slots=True)
class Rejected:
    """A number in the text that is no claim (a date, a name, a list marker …), and the reason."""

    span: Span
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """What extraction found in one document: claims and rejected numbers, each in text order, disjoint."""

    claims: tuple[Claim, ...]
    rejected: tuple[Rejected, ...]
