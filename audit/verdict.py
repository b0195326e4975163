"""judge(Relation) -> Check: whether what a relation expects can hold, by exact interval arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from audit.quantity.interval import Interval
from audit.relation import Relation


class Verdict(StrEnum):
    """The outcome of a check; the values are those of the JSON contract."""

    EXACT = "exact"
    ROUNDING = "rounding"
    UNDECIDED = "undecided"
    INCONSISTENT = "inconsistent"


@dataclass(frozen=True, slots=True)
class Quantity:
    """One side of a comparison: its nominal value and its interval, in base units (percents as plain ratios)."""

    value: Fraction
    interval: Interval


@dataclass(frozen=True, slots=True)
class Check:
    """A relation and its verdict.

    `stated` is the side of the comparison that the text prints, `computed` the other; `difference` is computed −
    stated, in base units. `working` is the calculation as an auditor writes it; `reason` says why an undecided check
    is undecided, "" otherwise.
    """

    relation: Relation
    verdict: Verdict
    stated: Quantity
    computed: Quantity
    difference: Fraction
    working: str
    reason: str = ""
