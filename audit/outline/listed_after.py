"""Reads the list after the number that counts it: 三个环节：a、b、c, 三个县（甲、乙、丙）, 五大基地：一是…二是…."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audit.outline.counting import DASH, NOUN, Listing, Number, count_words, has_figures, parallel
from audit.outline.items import Reading, cuts, end_of_sentence, readings_of, trimmed
from audit.outline.lists import MarkedList
from audit.outline.markers import FIRST, OTHER
from audit.span import Span

_DASH = re.compile(DASH)
_MARKER = re.compile(r"[（(]?[一1１][)）、.．是]|①|第一|首先|一[方面]")
_INTRODUCTION = re.compile(
    rf"(?P<noun>[^，,。；;：:、\n“”‘’]{{0,{NOUN}}})(?P<quote>[”’]?)"
    rf"(?P<more>[^。；;：:\n]{{0,{NOUN}}})(?:(?P<colon>[：:])|[。；;])?[\s　（(]*"
)
_CLAUSE = re.compile(r"[，,、：:\s]*(?P<said>[^，,。；;：:\n]*)")


def listed_after(text: str, number: Number, block: Span) -> Listing | None:
    words = count_words()
    found = words.head.match(text, number.figure.span.end, block.end)
    if not found or number.coded or _MARKER.match(text, found.end(), block.end):
        return None
    start = found.end()
    end = end_of_sentence(text, start, block.end)
    if found["open"]:
        readings = readings_of(text, start, end)
        return Listing("bracket", readings) if readings else None
    if found["dash"] and (closing := _DASH.search(text, start, end)):
        end = closing.start()
    separators = cuts(text, start, end)
    stop = next((c.span.start for c in separators if c.mark in "，；"), end)
    last = max((c.span.end for c in separators if c.span.end <= stop), default=start)
    if words.open.search(text, last, stop):
        return None
    readings = readings_of(text, start, stop)
    head = text[found.start() : found.end()]
    closed = not found["dash"] and stop == end and text[end : end + 1] in "。；;" and not words.partly.search(head)
    facts = set[str]()
    listed = any(parallel(r.items, True) and not has_figures(text, r.items) for r in readings)
    if listed and closed and not words.not_noun.search(head):
        facts = {"likely", "certain"} if number.chinese and number.counter in words.sets else {"likely"}
    if stop != end:
        # Longer items, divided by commas or semicolons; two of them are as well two statements.
        readings += tuple(r for r in readings_of(text, start, end) if r.mark in "，；" and len(r) > 2)
        readings += _bearing(text, number, [c.span for c in separators if c.mark in "，；"], end)
    return Listing("after", readings, frozenset(facts)) if readings else None


def listed_by_markers(text: str, number: Number, marked: MarkedList) -> list[Listing]:
    """五大基地：一是…二是…: the list itself, and those of its items that bear the counted name."""
    gap = _INTRODUCTION.fullmatch(text, number.figure.span.end, marked.items[0].marker.start)
    if not gap:
        return []
    titles = tuple(_title(text, item.span) for item in marked.items)
    every = Reading(titles, "；")
    direct = not gap["more"] and not number.coded and (gap["colon"] or gap["quote"])
    sure = direct and _is_numbered(text, marked) and not _is_total(text, number, marked)
    facts = {"likely"} if sure else set[str]()
    listings = [Listing("marked", (every,), frozenset(facts))]
    noun = gap["noun"][-2:]
    bearing = tuple(title for title in titles if noun and noun in title.of(text))
    if 2 <= len(bearing) < len(titles):
        listings.append(Listing("bearing", (Reading(bearing, "；"),)))
    return listings


def _is_numbered(text: str, marked: MarkedList) -> bool:
    """Whether the markers number the items, so that none is missed; 首先 and 最后 also say when something happens."""
    first, second = (item.marker.of(text) for item in marked.items[:2])
    return marked.series not in (FIRST, OTHER) and first != second


def _is_total(text: str, number: Number, marked: MarkedList) -> bool:
    """Whether the number may be a total of what the items state (招聘5名：（1）教师3名；（2）医生2名) or counts what is
    named before it (完成项目12个：一是建成道路3条…)."""
    words = count_words()
    if not number.noun and number.counter not in words.sets | words.kinds:
        return True
    stated = re.compile(f"[0-9]{re.escape(number.counter)}")
    return any(stated.search(text, item.span.start, item.span.end) for item in marked.items)


def _bearing(text: str, number: Number, commas: Sequence[Span], end: int) -> tuple[Reading, ...]:
    """The lists in the clauses behind some commas of which every item ends with the counted noun (十大行动：方案明确，
    实施节能行动、交通行动…)."""
    noun = number.noun[-2:]
    ends = [*(comma.start for comma in commas[1:]), end]
    return tuple(
        reading
        for comma, until in zip(commas, ends, strict=True)
        for reading in readings_of(text, comma.end, until)
        if reading.mark == "、" and len(noun) == 2 and all(item.of(text).endswith(noun) for item in reading.items)
    )


def _title(text: str, item: Span) -> Span:
    """The first clause of a list item."""
    found = _CLAUSE.match(text, item.start, item.end)
    return trimmed(text, *found.span("said")) if found and found["said"] else item
