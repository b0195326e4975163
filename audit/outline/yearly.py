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
from audit.outline.change_said import change_node, is_same_subject
from audit.outline.cues import one_of, table
from audit.outline.naming import core, name_of
from audit.outline.outline import Outline
from audit.outline.parts import LEVELS, SUMMABLE
from audit.outline.tree import Aspect, Figure, Node, Sentence

_YEAR = re.compile(r"((?:19|20)[0-9]{2})\s?年")
_COMPARING = frozenset("比较同与和至到—-")
_MOVES = SUMMABLE | {Kind.PERCENT}
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
        reference=re.compile(
            f"(?:{one_of(data['against']['words'])}|[同与和](?=[^，]{{4,16}}比))(?:{_YEAR.pattern}|{last})"
        ),
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
                    elif figure.aspect in (Aspect.GROWTH, Aspect.CHANGE) and figure.claim.kind in _MOVES:
                        yield from _moved(sentence, figure, year, values, groups)


def _moved(
    sentence: Sentence, moved: Figure, year: int, values: dict[str, dict[int, Figure]], groups: Iterator[int]
) -> Iterator[Node]:
    rate = moved.claim.kind is Kind.PERCENT
    against = _cues().reference.search(moved.lead)
    bare = rate and against is None and is_same_subject(moved)
    after = _level(sentence.figures, moved) if against or bare else None
    if after is None or not rate and moved.claim.dimension != after.claim.dimension:
        return
    before_year = int(against[1]) if against is not None and against[1] else year - 1
    before = values.get(_name(after), {}).get(before_year)
    if before is None or before.claim.dimension != after.claim.dimension or before_year >= year:
        return
    change, growth = (() if rate else (moved,)), ((moved,) if rate else ())
    facts = frozenset({"distant"})
    yield change_node("years", (before,), (after,), change, growth, sentence.span, next(groups), 0, facts)


def _level(figures: Sequence[Figure], moved: Figure) -> Figure | None:
    """The nearest figure before a change or growth that states an amount, if only rates and changes stand between."""
    at = bisect_left(figures, moved.order, key=lambda figure: figure.order)
    for figure in reversed(figures[max(0, at - _REACH) : at]):
        if figure.aspect in LEVELS and figure.claim.kind in SUMMABLE:
            return figure
        if figure.claim.kind not in (Kind.PERCENT, Kind.POINTS) and figure.aspect is not Aspect.CHANGE:
            return None
    return None


def _is_compared(said: str, at: int) -> bool:
    """Whether the year at an offset is the one compared with, or the end of a span of years."""
    return said[at - 1 : at] in _COMPARING


def _name(figure: Figure) -> str:
    """What the figure's quantity is called, without the verb that states it."""
    said = re.split("[：:、）)]", _YEAR.sub("", name_of(figure)))[-1]
    return core(name) if len(name := _cues().stating.sub("", said)) >= _SHORTEST else ""
