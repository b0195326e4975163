"""Finds totals that are named again where they are split: 全县有在校学生8万人。在校学生中，走读5万人，寄宿3万人."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from audit.outline.cues import one_of, table
from audit.outline.mention import significance
from audit.outline.naming import is_exactly, name_of
from audit.outline.outline import Outline
from audit.outline.parts import LEVELS, MAX_PARTS, is_even, may_sum
from audit.outline.tree import Clause, Figure, Sentence
from audit.span import Span

_BACK = 60
"""How many figures back the total is looked for that the cue names."""
_TELLING = 5
"""So many digits of a total are made up by no parts that are not its own."""
_NEAR = 12
"""The same for a total of which the cue only has some characters (新收劳动争议案件3852件。收案中，…)."""


@dataclass(frozen=True, slots=True)
class Restated:
    """A clause that names a total given before, the figures it may mean, nearest first, and the clauses of its parts.

    `sure` says that the name is the same, not just made of characters of the other one; `others` are figures of other
    names with so many digits that no parts make them up by chance.
    """

    sure: bool
    totals: tuple[Figure, ...]
    clauses: tuple[Clause, ...]
    cue: Span
    others: tuple[Figure, ...] = ()


@cache
def _cue() -> re.Pattern[str]:
    """X中 at the start of a clause, where it stands alone or before the first part's name."""
    words = table("breakdowns")["restated"]
    return re.compile(
        rf"(?:{one_of(words['before'])})?(?P<name>[^，,、；;：:0-9０-９]{{2,16}}?){one_of(words['behind'])}(?P<rest>.*)$"
    )


def find_restated(outline: Outline) -> Iterator[Restated]:
    """The totals of a document that a later clause names again to split them, in text order."""
    for sentence in outline.stating:
        for n in range(len(sentence.clauses)):
            split = _split(outline, sentence.clauses[n : n + MAX_PARTS])
            if split is not None:
                yield split
                break


def is_of_set(sentence: Sentence) -> bool:
    """Whether the sentence begins with the set that it speaks of (在从业人员中，…)."""
    first = sentence.clauses[0]
    return not first.figures and _cue().fullmatch(first.text) is not None


def _split(outline: Outline, clauses: Sequence[Clause]) -> Restated | None:
    first = clauses[0]
    found = _cue().match(first.figures[0].lead if first.figures else first.text)
    if not found:
        return None
    run = clauses if found["rest"] else clauses[1:]
    if not any(clause.figures for clause in run[:1]):
        return None
    at = bisect_left(outline.main_starts, first.span.start)
    before = outline.main[max(0, at - _BACK) : at][::-1]
    wanted = {f.claim.dimension for clause in run for f in clause.figures}
    fitting = [f for f in before if f.claim.dimension in wanted and f.aspect in LEVELS and may_sum(f)]
    named = tuple(f for f in fitting if _is_named(found["name"], f))
    alike = tuple(f for f in before[:_NEAR] if f in fitting and _has_all(found["name"], f))
    totals = named or alike
    others = tuple(f for f in fitting if f not in totals and significance(f) >= _TELLING)
    return Restated(bool(named), totals, tuple(run), first.span, others) if totals else None


def _is_named(phrase: str, figure: Figure) -> bool:
    return is_exactly(phrase, name_of(figure)) or is_exactly(phrase, figure.claim.label)


def _has_all(phrase: str, figure: Figure) -> bool:
    """Whether the name of a figure has all characters of a phrase in their order."""
    rest = iter(name_of(figure))
    return all(c in rest for c in phrase)


def wholes_in_a_row(total: Figure, parts: Sequence[Figure]) -> list[tuple[Figure, ...]]:
    """The runs of parts that make up the total one after another (男性, 女性; 14岁以下, 15至64岁, 65岁以上)."""
    runs: list[tuple[Figure, ...]] = []
    run: list[Figure] = []
    for part in parts[:MAX_PARTS]:
        run.append(part)
        if len(run) > 1 and is_even(total, run):
            runs.append(tuple(run))
            run = []
    return runs
