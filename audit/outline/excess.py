"""Tells which of the figures after a total are not its parts where they exceed it together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from audit.claim import Kind
from audit.outline.naming import core, name_of
from audit.outline.parts import LEVELS, SUMMABLE, common_grid, is_coordinated
from audit.outline.tree import Clause, Figure
from audit.slip import printed_step

_BY_A_DIGIT = 20
"""A digit too few or too many hardly makes a figure more than so many times smaller or larger."""
_BY_A_SCALE = 1000
_AT_LEAST = 2
"""A digit too few or too many makes it at least so many times smaller or larger."""
_SCALES = "万亿"
_MANY = 10
"""Fewer than this have no digit that could be too many or too few."""
_FINE = 100
"""Times as many steps as there are choices: a total of fewer steps is met by chance too often."""
_RESUMED = re.compile("(?:规模|金额|总额|数量|人数)?[约共已]?(?:达|达到|为|即|计|共计|共有)[约近]?")


def without_overlap(total: Figure, parts: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """The named parts without the one that the total leaves out, where the others make it up to the digit: it belongs
    to another split (护林员2146人，其中女性873人，30岁及以下412人，31岁至49岁1268人，50岁及以上466人)."""
    excess = sum(f.claim.value for f in parts) - total.claim.value
    if len(parts) < 3 or excess <= 0 or not all(map(is_named, parts)) or is_chance(total, parts):
        return parts
    rest = [tuple(f for f in parts if f is not other) for other in parts if other.claim.value == excess]
    return rest[0] if len(rest) == 1 else parts


def is_chance(total: Figure, parts: Sequence[Figure]) -> bool:
    """Whether a total so small or round has parts that make it up by chance where one of them may be left out or
    looked for elsewhere (教职工94人，其中教授21人，副教授30人，…)."""
    grid = common_grid([f.claim.value for f in (total, *parts)])
    return total.claim.value < _FINE * len(parts) * grid


def is_named(part: Figure) -> bool:
    """Whether the part is called something before its number (女性873人), not only behind it (9个县存在挪用问题)."""
    return bool(core(part.lead.removeprefix("其中")))


def up_to_excess(total: Figure, parts: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """The parts before the first later one that alone exceeds the total and begins a clause: it speaks of something
    else (安排资金3000万元，其中道路1200万元，带动社会投资5600万元)."""
    for n, part in enumerate(parts):
        if n and part.claim.value > total.claim.value and not is_coordinated(part):
            return parts[:n]
    return parts


def breaks_off(parts: Sequence[Figure], readings: Sequence[tuple[Figure, ...]]) -> bool:
    """Whether a longer reading goes on with a part that 、 joins to these: their list does not end here."""
    size = len(parts)
    return any(r[:size] == parts and is_coordinated(r[size]) for r in readings if len(r) > size)


def are_of_another(total: Figure, parts: tuple[Figure, ...]) -> bool:
    """Whether parts larger than a total from farther back, past other quantities, are called nothing like it: they
    count something else in the same unit (9个村停水，走访3460户，其中山区走访1815户，停水商铺74个)."""
    if max(p.claim.value for p in parts) <= total.claim.value:
        return False
    named = total.lead + total.claim.label
    return not any(name[-1:] in named for part in parts if (name := core(name_of(part)) or part.claim.label))


def holds_farther(totals: Sequence[Figure], total: Figure, parts: Sequence[Figure]) -> bool:
    """Whether parts larger than their total would fit a figure of the kind farther back in what is split."""
    largest = max(part.claim.value for part in parts)
    farther = (t for t in totals if t.order < total.order and t.claim.dimension == total.claim.dimension)
    return largest > total.claim.value and any(t.aspect is total.aspect and t.claim.value >= largest for t in farther)


def is_unfounded_excess(total: Figure, parts: Sequence[Figure], opening: Clause, apart: bool) -> bool:
    """Whether a part larger than its total is hardly one: it is not in the clause that opens the split, the two count
    things of other names, or no slip of the pen makes so much of a difference; where the text that splits the total
    is another sentence, moreover where the two are not counted alike or a slip would make more of a difference."""
    largest = max(parts, key=lambda f: f.claim.value)
    excess = largest.claim.value / total.claim.value if total.claim.value else 0
    if excess <= 1:
        return False
    scaled = any(scale in f.claim.text for f in (total, largest) for scale in _SCALES)
    slight = excess <= _BY_A_DIGIT * _coarser(total, largest) or (scaled and excess >= _BY_A_SCALE)
    if apart and (excess < _AT_LEAST or total.claim.value < _MANY or not _are_alike(total, largest)):
        return True
    return not (largest in opening.figures or resumes(largest)) or not slight or _are_other_things(total, largest)


def _coarser(total: Figure, part: Figure) -> Fraction:
    """How many times as coarsely as its total, up to a hundred, a part is printed that may have lost its point
    (6.82亿元，其中547亿元); 1 where it is not."""
    steps = printed_step(total.claim), printed_step(part.claim)
    return max(Fraction(1), min(steps[1] / steps[0], Fraction(100))) if steps[0] and steps[1] else Fraction(1)


def _are_alike(total: Figure, part: Figure) -> bool:
    """Whether both figures are in one unit, and neither is only about so much."""
    return total.claim.unit == part.claim.unit and total.claim.hedge is None is part.claim.hedge


def resumes(figure: Figure) -> bool:
    """Whether the figure goes on with what the clause before it speaks of (占55%，达650亿美元)."""
    return figure.claim.kind in SUMMABLE and figure.aspect in LEVELS and _RESUMED.fullmatch(figure.lead) is not None


def _are_other_things(total: Figure, part: Figure) -> bool:
    """Whether both figures count things by their names, which have nothing in common (6款机型, 10款外观)."""
    names = [f.claim.label if f.tail.startswith(f.claim.label) else "" for f in (total, part)]
    return total.claim.kind is Kind.COUNT and all(names) and not set(names[0]) & set(names[1])
