"""Finds enumerations: a number word and the things that the text lists for it.

A node of kind `enumeration` has the slot `stated` (one figure) and the listed things. Where the text can be read in
several ways (和 between two items or inside one, a comma between items or before the list) it yields one node for
each, likeliest first, in one group.

Forms: `before` a、b和c三项, `quoted` “a、b、c”3个平台, `levels` 省市县三级, `previous` a、b、c，是三大特色, `after` 三个环节：a、b、c,
`bracket` 三县（甲、乙、丙）, `marked` 五大基地：一是…五是….
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count

from audit.claim import Kind
from audit.outline.cues import one_of, table
from audit.outline.items import (
    Reading,
    cuts,
    end_of_sentence,
    opening_of,
    readings_of,
    split_at,
    start_of_clause,
    trimmed,
)
from audit.outline.lists import MarkedList
from audit.outline.outline import Outline
from audit.outline.tree import Figure, Node
from audit.span import Span

MOST = 30
"""A greater number counts a quantity, not what a sentence lists."""
_LONGEST = 16
"""Items of an unmistakable enumeration are no longer than this."""
_UNEVEN = 4
"""The lengths of its items differ by no more than this."""
_NOUN = 14
"""At most this many characters stand between the number and the list that follows it."""
_QUOTES = "“‘「『\"'"
_CLOSING = "”’」』\"'"
_CHINESE = re.compile("[一二两三四五六七八九十]+")


@dataclass(frozen=True, slots=True)
class _Words:
    open: re.Pattern[str]
    opened: re.Pattern[str]
    link: re.Pattern[str]
    clause: re.Pattern[str]
    head: re.Pattern[str]
    action: re.Pattern[str]
    levels: re.Pattern[str]
    kinds: frozenset[str]
    things: frozenset[str]
    level_counter: str


@cache
def _words() -> _Words:
    data = table("enumeration")
    opens = one_of(data["open"]["words"])
    return _Words(
        open=re.compile(f"{opens}$"),
        opened=re.compile(opens),
        link=re.compile(f"{one_of(data['links']['words'])}$"),
        clause=re.compile(f"{one_of(data['links']['clauses'])}"),
        head=re.compile(f"{one_of(data['heads']['words'])}"),
        action=re.compile(one_of(data["actions"]["words"])),
        levels=re.compile(one_of(data["levels"]["words"])),
        kinds=frozenset(data["counters"]["kinds"]),
        things=frozenset(data["counters"]["things"]),
        level_counter=data["levels"]["counter"],
    )


@dataclass(frozen=True, slots=True)
class _Listing:
    """The readings of one enumeration, likeliest first, and what is known of it."""

    form: str
    readings: tuple[Reading, ...]
    span: Span
    facts: frozenset[str] = frozenset()


def find_enumerations(outline: Outline) -> Iterator[Node]:
    """The enumerations of a document, in the order of their number words."""
    groups = count()
    lists = sorted((m.items[0].marker.start, m) for m in outline.lists)
    starts = [start for start, _ in lists]
    for paragraph in outline.paragraphs:
        block = paragraph.span
        for figure in outline.figures_in(block):
            if not _counts(figure):
                continue
            at = bisect_left(starts, figure.span.end)
            following = lists[at][1] if at < len(lists) else None
            for listing in _listings(outline.text, figure, block, following):
                yield from _nodes(figure, listing, next(groups))


def _counts(figure: Figure) -> bool:
    claim = figure.claim
    words = _words()
    return (
        claim.kind in (Kind.LIST_COUNT, Kind.COUNT)
        and claim.value.denominator == 1
        and 2 <= claim.value <= MOST
        and claim.hedge is None
        and not claim.per
        and (claim.kind is Kind.LIST_COUNT or claim.unit in words.kinds or claim.unit in words.things)
    )


def _listings(text: str, figure: Figure, block: Span, following: MarkedList | None) -> Iterator[_Listing]:
    if listing := _listed_before(text, figure, block):
        yield listing
    if listing := _listed_after(text, figure, block):
        yield listing
    if following is not None and (listing := _marked_after(text, figure, block, following)):
        yield listing


def _nodes(figure: Figure, listing: _Listing, group: int) -> Iterator[Node]:
    for rank, reading in enumerate(listing.readings):
        yield Node(
            kind="enumeration",
            form=listing.form,
            span=listing.span,
            slots=(("stated", (figure,)),),
            listed=reading.items,
            features=listing.facts,
            group=group,
            reading=rank,
        )
