"""What the names and values of parts say of a breakdown: whether it is complete, whether its parts can overlap, and
whether a slip of the pen explains a gap."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import gcd, lcm

from audit.outline.cues import one_of, table
from audit.outline.tree import Figure
from audit.quantity.interval import Interval
from audit.slip import mends

MAX_SLIP_PARTS = 12
"""Breakdowns of more parts are not searched for slips; with so many figures chance explains most gaps."""
MAX_CHANCE = Fraction(1, 50)
"""How often chance may explain a gap that is taken for a slip; partial breakdowns are about as common as slips are rare."""
_MAY_OVERLAP = frozenset({"person", "household"})


@dataclass(frozen=True, slots=True)
class _Cues:
    remainder: re.Pattern[str]
    overlapping: re.Pattern[str]
    partitions: tuple[tuple[str, ...], ...]


@cache
def _cues() -> _Cues:
    data = table("breakdowns")
    return _Cues(
        remainder=re.compile(one_of(data["remainder"]["words"])),
        overlapping=re.compile(one_of(data["overlapping"]["words"])),
        partitions=tuple(tuple(row) for row in data["partitions"]["rows"]),
    )


def features_of_parts(parts: Sequence[Figure]) -> frozenset[str]:
    """What the names of parts say of them: `open` (等), `remainder` (其余), `partition` (a known one), `overlapping`, and
    `closed` where they make up a whole."""
    cues = _cues()
    names = [f.lead + f.claim.label for f in parts]
    features = set()
    if any(f.tail.startswith("等") for f in parts):
        features.add("open")
    if any(cues.remainder.match(n.lstrip("、和及，")) for n in names[1:]):
        features.add("remainder")
    if any(_is_partition(names, row) for row in cues.partitions):
        features.add("partition")
    if any(cues.overlapping.search(n) for n in names):
        features.add("overlapping")
    if features & {"partition", "remainder"} and "open" not in features:
        features.add("closed")
    return frozenset(features)


def features_of_split(total: Figure, parts: Sequence[Figure], facts: frozenset[str]) -> frozenset[str]:
    """The features of a total and its parts: those of the parts, and `disjoint` or `separate` where the parts cannot or
    hardly overlap, `slip` where one slip explains the gap; `facts` are what the construction itself says."""
    features = set(facts) | features_of_parts(parts)
    if total.claim.dimension not in _MAY_OVERLAP or "partition" in features:
        features.add("disjoint")
    elif "overlapping" not in features:
        features.add("separate")
    complete = "full" in features or ("pairs" in features and len(parts) > 1 and "disjoint" in features)
    if complete and "open" not in features:
        features.add("closed")
    if len(parts) > 1 and one_slip_away(total, parts):
        features.add("slip")
    return frozenset(features)


def is_even(total: Figure, parts: Sequence[Figure]) -> bool:
    """Whether the parts can add up to the total within rounding."""
    together = Interval.point(0)
    for part in parts:
        together = together + part.claim.interval
    return together.meets(total.claim.interval)


def one_slip_away(total: Figure, parts: Sequence[Figure]) -> bool:
    """Whether one slip of the pen in one figure explains why the parts miss the total, and chance hardly does.

    Chance is the share of all sums on the figures' common grid, up to twice the gap away, that some slip would make
    even; the bar is MAX_CHANCE.
    """
    if len(parts) > MAX_SLIP_PARTS or any(f.claim.hedge for f in (total, *parts)):
        return False
    gap = total.claim.value - sum(f.claim.value for f in parts)
    if not gap:
        return False
    reach = {mend.value - total.claim.value for mend in mends(total.claim)}
    for part in parts:
        reach |= {part.claim.value - mend.value for mend in mends(part.claim)}
    if -gap not in reach:
        return False
    grid = _common_grid([total.claim.value, *(f.claim.value for f in parts)])
    near = abs(gap)
    rivals = sum(1 for r in reach if abs(r) <= 2 * near and (r / grid).denominator == 1)
    return rivals * grid / (4 * near) <= MAX_CHANCE


def _common_grid(values: Sequence[Fraction]) -> Fraction:
    """The largest number that all values are whole multiples of: the fineness to which they are printed."""
    denominator = lcm(*(v.denominator for v in values))
    return Fraction(gcd(*(int(v * denominator) for v in values)) or 1, denominator)


def _is_partition(names: Sequence[str], row: Sequence[str]) -> bool:
    if len(names) != len(row):
        return False
    if all(sum(word in name for name in names) == 1 for word in row):
        return True
    return all(word in name for word, name in zip(row, names, strict=True))
