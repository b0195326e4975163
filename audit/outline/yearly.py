"""Finds growth against a year whose value the text states elsewhere, under the same name.

1955年……各项税收共收到127亿元。……1956年各项税收为140亿元，比1955年决算数增长9.84%。 Nodes of kind `change` and
form `years`: `before` is the value stated for the year compared with, `after` the one that the growth speaks of.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from audit.claim import Kind
from audit.outline.change_said import is_same_subject
from audit.outline.cues import one_of, table
from audit.outline.naming import core, name_of
from audit.outline.outline import Outline
from audit.outline.parts import LEVELS, SUMMABLE
from audit.outline.tree import Aspect, Figure, Node, Sentence

_YEAR = re.compile(r"((?:19|20)[0-9]{2})\s?年")
_COMPARING = frozenset("比较同与和至到—-")
_SHORTEST = 4
"""Names of fewer characters, determiners included, are said of too many things."""
_REACH = 4
"""How many figures back the level is looked for that a growth speaks of."""


@dataclass(frozen=True, slots=True)
class _Cues:
    reference: re.Pattern[str]
    stating: re.Pattern[str]
    last: re.Pattern[str]
    partial: re.Pattern[str]


@cache
def _cues() -> _Cues:
    data = table("periods")
    last = one_of(data["last_year"]["words"])
    return _Cues(
        reference=re.compile(f"{one_of(data['against']['words'])}(?:{_YEAR.pattern}|{last})"),
        stating=re.compile(f"{one_of(data['stating']['words'])}+$"),
        last=re.compile(last),
        partial=re.compile(one_of(data["partial"]["words"])),
    )


def find_yearly(outline: Outline, groups: Iterator[int]) -> Iterator[Node]:
    """The growth rates of a document whose two values it states, each for its year, in text order."""
    values: dict[str, dict[int, Figure]] = {}
    year: int | None = None
    for paragraph in outline.paragraphs:
        for sentence in paragraph.sentences:
            for clause in sentence.clauses:
                if "年" in clause.text:
                    said = clause.text
                    named = (int(m[1]) for m in _YEAR.finditer(said) if not _is_compared(said, m.start()))
                    year = next(named, year)
                if year is None or not clause.figures or _cues().partial.search(clause.text):
                    continue
                for figure in clause.figures:
                    if figure.aspect in LEVELS and figure.claim.kind in SUMMABLE:
                        about = year - bool(_cues().last.search(figure.lead))
                        if name := _name(figure):
                            values.setdefault(name, {})[about] = figure
                    elif figure.aspect is Aspect.GROWTH and figure.claim.kind is Kind.PERCENT:
                        yield from _growth(sentence, figure, year, values, groups)


def _growth(
    sentence: Sentence, growth: Figure, year: int, values: dict[str, dict[int, Figure]], groups: Iterator[int]
) -> Iterator[Node]:
    against = _cues().reference.search(growth.lead)
    bare = against is None and is_same_subject(growth)
    after = _level(sentence.figures, growth) if against or bare else None
    if after is None:
        return
    before_year = int(against[1]) if against is not None and against[1] else year - 1
    before = values.get(_name(after), {}).get(before_year)
    if before is None or before.claim.dimension != after.claim.dimension or before_year >= year:
        return
    yield Node(
        kind="change",
        form="years",
        span=sentence.span,
        slots=(("before", (before,)), ("after", (after,)), ("change", ()), ("growth", (growth,))),
        features=frozenset({"distant", *(["fell"] if growth.sign < 0 else [])}),
        group=next(groups),
    )


def _level(figures: Sequence[Figure], growth: Figure) -> Figure | None:
    """The nearest figure before the growth that states an amount, if nothing but rates stands between."""
    at = bisect_left(figures, growth.order, key=lambda figure: figure.order)
    for figure in reversed(figures[max(0, at - _REACH) : at]):
        if figure.aspect in LEVELS and figure.claim.kind in SUMMABLE:
            return figure
        if figure.claim.kind not in (Kind.PERCENT, Kind.POINTS):
            return None
    return None


def _is_compared(said: str, at: int) -> bool:
    """Whether the year at an offset is the one compared with, or the end of a span of years."""
    return said[at - 1 : at] in _COMPARING


def _name(figure: Figure) -> str:
    """What the figure's quantity is called, without the verb that states it."""
    said = re.split("[：:、）)]", _YEAR.sub("", name_of(figure)))[-1]
    return core(name) if len(name := _cues().stating.sub("", said)) >= _SHORTEST else ""
