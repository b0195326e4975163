"""Units of measure and classifiers: their dimension, kind and exact factor, from audit/data/units.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib import resources

from audit.frozen import direct
from audit.quantity.exact import exact


@direct
@dataclass(frozen=True, slots=True)
class Unit:
    """One unit: `factor` is how many of its family's `base` one of it is; `kind` is what a claim in it states.

    `converted` says that values in this unit are given in the base (角 in 元, ‰ in %, 七成 as 0.7).
    `dimension` names the figures that may be added to one in this unit and compared with it as they stand.
    """

    name: str
    family: str
    kind: str
    base: str
    factor: Fraction
    dimension: str
    converted: bool = False


@dataclass(frozen=True, slots=True)
class Units:
    """All units by name, other spellings of them, signs of currencies before an amount, and the characters behind which
    a unit is part of a longer word."""

    by_name: dict[str, Unit]
    spelling: dict[str, str]
    symbols: dict[str, str]
    not_before: dict[str, str]


_SINGLE = ("currency", "physics", "classifier")
_CONVERTED = ("money", "percent", "points", "fraction")
"""Families whose values are given in the base unit: 角 in 元, ‰ in %, 七成 as 0.7."""


@cache
def units() -> Units:
    """The units of the data file, read once."""
    data = tomllib.loads(resources.files("audit.data").joinpath("units.toml").read_text(encoding="utf-8"))
    by_name: dict[str, Unit] = {}
    for family in data["dimension"]:
        for name, factor in [*((same, "1") for same in family["same"]), *family.get("other", {}).items()]:
            by_name[name] = _unit(name, family, exact(Fraction(factor)))
    spelling = dict(data["spelling"])
    for printed, name in spelling.items():
        by_name[printed] = by_name[name]
    return Units(by_name, spelling, data["symbols"], data["not_before"])


def _unit(name: str, family: dict[str, str], factor: Fraction) -> Unit:
    base = family["base"] or name
    dimension = family["name"]
    if dimension in _SINGLE:
        dimension = name
    elif factor != 1 and dimension not in _CONVERTED:
        dimension = f"{dimension}:{name}"
    converted = factor != 1 and family["name"] in _CONVERTED
    return Unit(name, family["name"], family["kind"], base, factor, dimension, converted)


@cache
def unit_named(name: str) -> Unit:
    """The unit of that name; a name the data file lacks is an open noun (128万网店) that counts itself."""
    return units().by_name.get(name) or Unit(name, "noun", "count", name, Fraction(1), name)


def is_amount(name: str) -> bool:
    """Whether a unit is one of money."""
    unit = units().by_name.get(name)
    return unit is not None and unit.kind == "amount"


def convert(value: Fraction, source: str, target: str) -> Fraction:
    """`value` in the unit `target`; raises ValueError when the two units do not measure the same thing."""
    known = units().by_name
    a, b = known.get(source), known.get(target)
    if a is None or b is None or a.family != b.family or a.base != b.base:
        raise ValueError(f"“{source}”不能换算成“{target}”")
    return value * a.factor / b.factor
