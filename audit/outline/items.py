"""Reads enumerations: the items of `a、b和c` before an offset or inside a span, in every way that the text allows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from audit.frozen import direct, unchecked
from audit.outline.cues import one_of, table
from audit.span import Span

REACH = 240
"""An enumeration is looked for in at most this many characters."""
MAX_ITEMS = 40
_PAIRS = dict(zip("“‘《〈（(【[［", "”’》〉）)】]］", strict=True))
_OPENERS = {close: open_ for open_, close in _PAIRS.items()}
_STOPS = frozenset("。；;！!？?：:\n|")
FULL_STOPS = frozenset("。！!？?")
_GOING_ON = frozenset("、，,；;和与及")
_COMMAS = frozenset("，,")
_BLANK = " \t\r\n\u3000\xa0"
_MARKS = {"、": "、", "，": "，", ",": "，", "；": "；", ";": "；"}
_CUT = re.compile(f"[{re.escape(''.join((*_MARKS, *_PAIRS, *'和与及以或暨')))}]")


@direct
@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read an enumeration: its items in text order, and what joins them (、 ， or ；).

    `plain` when nobody would read it otherwise at first sight: a conjunction divides only the last two items.
    """

    items: tuple[Span, ...]
    mark: str
    plain: bool = False

    def __len__(self) -> int:
        return len(self.items)


@direct
@dataclass(frozen=True, slots=True)
class Cut:
    """A place where two items may be told apart: the span of the separator and its kind (、 ， ； or 和)."""

    span: Span
    mark: str


_span = unchecked(Span)


@cache
def _conjunction() -> re.Pattern[str]:
    data = table("enumeration")["conjunctions"]
    return re.compile(f"(?P<whole>{one_of(data['whole'])})|(?P<and>{one_of(data['words'])})")


def start_of_clause(text: str, end: int, floor: int, stops: frozenset[str] = _STOPS | _COMMAS) -> int:
    """Where the clause that ends at `end` begins, punctuation inside quotes and brackets overlooked; not before `floor`
    and not more than REACH characters back."""
    at, floor = end, max(floor, end - REACH)
    while at > floor:
        char = text[at - 1]
        if char in _OPENERS:
            opening = text.rfind(_OPENERS[char], floor, at - 1)
            if opening < 0:
                return at
            at = opening
        elif char in stops or char in _PAIRS:
            return at
        else:
            at -= 1
    return at


def end_of_sentence(text: str, start: int, ceiling: int) -> int:
    """Where the sentence or bracket that goes on at `start` ends, quoted and bracketed text overlooked."""
    at, ceiling = start, min(ceiling, start + 4 * REACH)
    while at < ceiling:
        char = text[at]
        if char in _PAIRS:
            closing = text.find(_PAIRS[char], at + 1, ceiling)
            if closing >= 0 and text[closing - 1] in FULL_STOPS and text[closing + 1 : closing + 2] not in _GOING_ON:
                return closing + 1  # “会长大的。”龙家有……
            at = closing + 1 if closing >= 0 else at + 1
        elif char in FULL_STOPS or char in _OPENERS:
            return at
        else:
            at += 1
    return at


def opening_of(text: str, closing: int, floor: int) -> int:
    """Where the bracket or quote that closes at `closing` opens, -1 where it does not within REACH."""
    partner = _OPENERS.get(text[closing])
    return -1 if partner is None else text.rfind(partner, max(floor, closing - REACH), closing)


def cuts(text: str, start: int, end: int) -> tuple[Cut, ...]:
    """Every separator of a span outside quotes and brackets, in text order."""
    return tuple(_cuts(text, start, end))


def _cuts(text: str, start: int, end: int) -> Iterator[Cut]:
    conjunction = _conjunction()
    at = start
    while found := _CUT.search(text, at, end):
        at, behind = found.span()
        char = text[at]
        if char in _MARKS:
            yield Cut(_span(at, behind), _MARKS[char])
        elif char in _PAIRS:
            closing = text.find(_PAIRS[char], behind, end)
            behind = max(behind, closing + 1)
        else:
            words = (conjunction.match(text, n, end) for n in range(max(start, at - 2), at))
            match = next((w for w in words if w and w["whole"] and w.end() > at), None)
            if match is None:
                match = conjunction.match(text, at, end)
                if match and match["and"]:
                    yield Cut(match_span(match), "和")
            behind = match.end() if match else behind
        at = behind


def match_span(match: re.Match[str]) -> Span:
    """The span of a match."""
    return Span(match.start(), match.end())


def _symmetrical(marks: Sequence[Cut], conjunctions: Sequence[Cut]) -> bool:
    """Whether the conjunctions stand between groups of equally many items (甲镇3户、5人和乙镇2户、4人)."""
    bounds = [-1, *(c.span.start for c in conjunctions)]
    counts = [sum(low < m.span.start < high for m in marks) for low, high in pairwise([*bounds, marks[-1].span.end])]
    return len(set(counts)) == 1


def split_at(text: str, start: int, end: int, at: Sequence[Cut]) -> tuple[Span, ...]:
    """The pieces of a span between the given cuts, trimmed; an empty piece (、和) is left out."""
    pieces = []
    bounds = [start, *(b for cut in at for b in (cut.span.start, cut.span.end)), end]
    for left, right in zip(bounds[::2], bounds[1::2], strict=True):
        piece = trimmed(text, left, right)
        if len(piece):
            pieces.append(piece)
    return tuple(pieces)


def trimmed(text: str, start: int, end: int) -> Span:
    """The span without blanks at its ends."""
    while start < end and text[start] in _BLANK:
        start += 1
    while end > start and text[end - 1] in _BLANK:
        end -= 1
    return Span(start, end)


def readings_of(text: str, start: int, end: int) -> tuple[Reading, ...]:
    """The ways to read a span as an enumeration of at least two items, likeliest first.

    The coarsest separator present divides the items (；, else ，, else 、), finer ones are tried after it. A
    conjunction divides the last two items, or is part of an item.
    """
    found = cuts(text, start, end)
    readings: list[Reading] = []
    marks = [mark for mark in "；，、" if any(c.mark == mark for c in found)]
    for mark in marks:
        at = [c for c in found if c.mark == mark]
        ands = [c for c in found if c.mark == "和"]
        last = at[-1].span.end
        variants: list[Sequence[Cut]] = []
        usual = 1
        if mark == "、":
            closing = [c for c in ands if c.span.start > last]
            variants += [[*at, closing[-1]]] if closing else []
            variants += [at]
            usual = len(variants)
            variants += [sorted([*at, *ands], key=lambda c: c.span)] if len(ands) > 1 or (ands and not closing) else []
            variants += [[*at, closing[0]]] if len(closing) > 1 else []
            variants += [ands] if ands and _symmetrical(at, ands) else []
        else:
            variants += [at]
        known = {reading.items for reading in readings}
        for n, variant in enumerate(variants):
            items = split_at(text, start, end, variant)
            if 2 <= len(items) <= MAX_ITEMS and items not in known:
                readings.append(Reading(items, mark, plain=n < usual and mark == marks[0]))
                known.add(items)
    if not marks:
        for cut in (c for c in found if c.mark == "和"):
            reading = Reading(split_at(text, start, end, [cut]), "和")
            if len(reading) == 2:
                readings.append(reading)
    return tuple(readings)
