"""Finds stocks at two dates and what came and went between them: 2016年初7329户, 2016年实现1579户脱贫, 2017年初5767户.

A node of kind `rollforward` has the slots `opening`, `exits`, `entries` and `closing`; of exits and entries one may be
empty. The feature `close` says that what is left over is small against the stock, as late corrections are. Forms:
`years`, `sentence` of carried.py and `event` of around_event.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import count, islice

from audit.claim import Kind
from audit.outline.around_event import find_around_events
from audit.outline.carried import find_carried
from audit.outline.cues import one_of, table
from audit.outline.mention import WINDOW, Mention, mentions_of, shared_name
from audit.outline.outline import Outline
from audit.outline.tree import Aspect, Figure, Node
from audit.span import Span

_NAME = 4
"""Stock and flow must share so long a name."""
_SMALL = Fraction(1, 100)
"""A remainder below this part of the closing stock may be a correction; a greater one is a flow left untold."""
_MANY = 60
"""So many stocks and so many flows are looked at; a longer series is a table in prose."""
_JOINED = frozenset({"", "、", "和"})
_STOP = re.compile("[，,、。；;：:！!？?\\n]")
_STOCKS = frozenset({Aspect.LEVEL, Aspect.START, Aspect.END})


@dataclass(frozen=True, slots=True)
class _Words:
    begin: re.Pattern[str]
    end: re.Pattern[str]
    year: re.Pattern[str]
    exits: re.Pattern[str]
    entries: re.Pattern[str]


@cache
def _words() -> _Words:
    data = table("rollforward")
    year = r"(?:(?P<year>(?:19|20)\d\d)|今)"
    return _Words(
        begin=re.compile(year + one_of(data["dates"]["begin"])),
        end=re.compile(year + one_of(data["dates"]["end"])),
        year=re.compile(r"(?P<year>(?:19|20)\d\d)年(?![初末底])"),
        exits=re.compile(one_of(data["exits"]["words"])),
        entries=re.compile(one_of(data["entries"]["words"])),
    )


@dataclass(frozen=True, slots=True)
class _Stock:
    """A stock and the year at whose beginning it was taken."""

    mention: Mention
    year: int


@dataclass(frozen=True, slots=True)
class _Flow:
    """What left a stock in a year, or what joined it."""

    mention: Mention
    year: int
    leaving: bool


def find_rollforwards(outline: Outline) -> Iterator[Node]:
    """The stocks of a document that can be carried forward from one date to the next."""
    groups = count()
    yield from find_carried(outline, groups)
    yield from find_around_events(outline, groups)
    words = _words()
    dates = sum(1 for pattern in (words.begin, words.end) for _ in pattern.finditer(outline.text))
    if dates < 2:
        return
    mentions = [m for m in mentions_of(outline) if m.figure.claim.kind in (Kind.COUNT, Kind.AMOUNT)]
    stocks = list(islice(_stocks(mentions), _MANY))
    flows = list(islice(_flows(outline.text, mentions), _MANY)) if len(stocks) > 1 else []
    for opening in stocks:
        for closing in stocks:
            if closing.year == opening.year + 1 and _alike(opening.mention, closing.mention):
                yield from _nodes(opening, closing, flows, groups)


def _stocks(mentions: Sequence[Mention]) -> Iterator[_Stock]:
    words = _words()
    last: tuple[Mention, int] | None = None
    for mention in mentions:
        figure = mention.figure
        dated = words.begin.search(figure.lead), words.end.search(figure.lead)
        found = next((d for d in dated if d), None)
        year: int | None = None
        if found and figure.aspect in _STOCKS:
            if found["year"]:
                year = int(found["year"]) + (found is dated[1])
            elif last is not None and last[0].sentence == mention.sentence:
                year = last[1] + 1  # 2016年初…、今年初…: a series goes on
        elif last is not None and figure.lead in _JOINED and figure.order == last[0].figure.order + 1:
            year = last[1]
        last = (mention, year) if year is not None else None
        if year is not None:
            yield _Stock(mention, year)


def _flows(text: str, mentions: Sequence[Mention]) -> Iterator[_Flow]:
    words = _words()
    for mention in mentions:
        clause = _clause(text, mention.figure.span)
        found = words.year.search(clause)
        leaving, joining = words.exits.search(clause), words.entries.search(clause)
        if found and bool(leaving) != bool(joining):
            yield _Flow(mention, int(found["year"]), leaving is not None)


def _clause(text: str, span: Span) -> str:
    before = _STOP.split(text[max(0, span.start - WINDOW * 2) : span.start])[-1]
    behind = _STOP.split(text[span.end : span.end + WINDOW], maxsplit=1)[0]
    return before + behind


def _alike(first: Mention, second: Mention) -> bool:
    a, b = first.figure.claim, second.figure.claim
    return a.dimension == b.dimension and a.kind is b.kind and shared_name(first, second) >= _NAME


def _nodes(opening: _Stock, closing: _Stock, flows: Sequence[_Flow], groups: Iterator[int]) -> Iterator[Node]:
    """One node for each way to take one flow out of the year, and one in where the text names it."""
    of_year = [f for f in flows if f.year == opening.year and _alike(opening.mention, f.mention)]
    leaving: list[Figure | None] = [f.mention.figure for f in of_year if f.leaving]
    joining: list[Figure | None] = [f.mention.figure for f in of_year if not f.leaving]
    group = next(groups)
    start, end = opening.mention.figure, closing.mention.figure
    rank = 0
    for out in leaving or [None]:
        for into in joining or [None]:
            moved = [f for f in (out, into) if f is not None]
            if not moved or start in moved or end in moved:
                continue
            left = start.claim.value - (out.claim.value if out else 0) + (into.claim.value if into else 0)
            features = frozenset({"close"} if abs(end.claim.value - left) <= _SMALL * end.claim.value else ())
            span = start.span
            for figure in (end, *moved):
                span = span.cover(figure.span)
            yield Node(
                kind="rollforward",
                form="years",
                span=span,
                slots=(
                    ("opening", (start,)),
                    ("exits", (out,) if out else ()),
                    ("entries", (into,) if into else ()),
                    ("closing", (end,)),
                ),
                features=features,
                group=group,
                reading=rank,
            )
            rank += 1
