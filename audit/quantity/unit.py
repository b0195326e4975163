"""Units of measure and classifiers: their dimension, kind and exact factor, from audit/data/units.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit: `factor` is how many of the dimension's `base` one of it is; `kind` is what a claim in it states."""

    name: str
    dimension: str
    kind: str
    base: str
    factor: Fraction


@dataclass(frozen=True, slots=True)
class Units:
    """All units by name, and the characters behind which a unit is part of a longer word."""

    by_name: dict[str, Unit]
    not_before: dict[str, str]


@cache
def units() -> Units:
    """The units of the data file, read once."""
    data = tomllib.loads(resources.files("audit.data").joinpath("units.toml").read_text(encoding="utf-8"))
    by_name = {}
    for dimension in data["dimension"]:
        for name, factor in [*((same, "1") for same in dimension["same"]), *dimension.get("other", {}).items()]:
            by_name[name] = Unit(name, dimension["name"], dimension["kind"], dimension["base"] or name, Fraction(factor))
    return Units(by_name, data["not_before"])


def comparable(unit: Unit) -> str:
    """The name under which figures in this unit may be added and compared as they stand.

    Units with the factor of the dimension's base share the dimension's name; any other unit is named beside it.
    """
    if unit.base == unit.name and unit.dimension in ("classifier", "currency", "physics"):
        return unit.name
    if unit.factor == 1 or unit.kind in ("amount", "percent", "points", "fraction", "multiple"):
        return unit.dimension
    return f"{unit.dimension}:{unit.name}"


def convert(value: Fraction, source: str, target: str) -> Fraction:
    """`value` in the unit `target`; raises ValueError when the two units do not measure the same thing."""
    known = units().by_name
    if source not in known or target not in known or known[source].dimension != known[target].dimension:
        raise ValueError(f"“{source}”不能换算成“{target}”")
    if known[source].base != known[target].base:
        raise ValueError(f"“{source}”不能换算成“{target}”")
    return value * known[source].factor / known[target].factor
