"""What a grouping (从公有和非公有看, 分地域看) and the names around it say of its total and its parts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from audit.outline.naming import core, name_of
from audit.outline.parts import LEVELS
from audit.outline.tree import Clause, Figure

_VIEW = re.compile("(?:其中)?[分按从依以](?P<names>.+?)(?:来?看|分|划分|分类|统计)")
_AND = re.compile("[、和与及]")
_LONGEST = 12
"""No more of two names is compared."""
_PRODUCT = re.compile("生产总值|GDP|ＧＤＰ")


def names_parts(view: str, clauses: Sequence[Clause]) -> bool:
    """Whether a grouping names all parts that follow, in their order (从城镇和乡村看，城镇…；乡村…)."""
    said = _VIEW.fullmatch(view)
    names = _AND.split(said["names"]) if said else []
    first = first_part(clauses)
    if len(names) < 2 or first is None:
        return False
    parts = [f for c in clauses for f in c.figures if f.aspect in LEVELS and f.claim.dimension == first.claim.dimension]
    return len(parts) == len(names) and all(name in part.lead for name, part in zip(names, parts, strict=True))


def first_part(clauses: Sequence[Clause]) -> Figure | None:
    """The first level that clauses state."""
    return next((f for c in clauses for f in c.figures if f.aspect in LEVELS), None)


def called_alike(totals: Sequence[Figure], part: Figure, parts: AbstractSet[int] = frozenset()) -> tuple[Figure, ...]:
    """The figures called most like the total of a part (零售总额 of 城镇零售额, 生产总值 of 工业增加值), () where these
    have several values; of two called alike, one told to be a part itself, by its order in `parts`, is not meant."""
    likeness = {f: _likeness(f, part) for f in totals if f.claim.dimension == part.claim.dimension}
    most = max(likeness.values(), default=0)
    found = [f for f, shared in likeness.items() if shared == most > 1]
    found = [f for f in found if f.order not in parts] or found
    return tuple(found) if len({f.claim.value for f in found}) == 1 else ()


def _likeness(total: Figure, part: Figure) -> int:
    """How many characters at the end of their names a total and a part have in common, but for 总."""
    if total.aspect not in LEVELS:
        return 0
    if _PRODUCT.search(total.lead):
        return _LONGEST if "增加值" in part.lead else 0
    ours, theirs = (core(name_of(f)).replace("总", "")[-_LONGEST:] for f in (part, total))
    return next((n for n in range(min(len(ours), len(theirs)), 0, -1) if ours[-n:] == theirs[-n:]), 0)
