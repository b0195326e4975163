"""Finds what the text says about figures that stand in tables near it.

A node of kind `citation`: `repeat` has the slots first and second (a figure of the text and the one of the table, in
text order); `change` and `growth` have before and after (two periods of one row) and the change or growth that the text
states, `rate` the change and the growth of the text and the earlier figure of the table. The feature `fell` says that
the text speaks of a fall, `certain` that other figures of the same statement agree with the table.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache

from audit.claim import Kind
from audit.outline.cues import one_of, table
from audit.outline.outline import Outline
from audit.outline.tables.facts import WHEN, Fact, Period, Table, period_key
from audit.outline.tree import Aspect, Figure, Node, Sentence
from audit.span import squeeze

_PERIOD = re.compile(WHEN)
_AGAINST = re.compile(rf"({WHEN})[^。；]{{0,40}}?[比较同]({WHEN})")
_WINDOW = 160
"""So many characters before a figure are read for its name and its periods."""
_NEAR = 4000
_SOON = 600
"""A table is near when it ends so many characters before a paragraph, or begins so many behind it."""
_DIGITS = 3
_CANDIDATES = 50
AND = frozenset({"、", "和", "及", "与", "以及", "，", ","})
"""What may stand between the figures of an enumeration."""
_OR = "或、，,和及即"
_LEVELS = frozenset({Aspect.LEVEL, Aspect.END, Aspect.START, Aspect.SHARE, Aspect.RATE})
_KINDS = frozenset({Kind.AMOUNT, Kind.COUNT, Kind.MEASURE, Kind.PERCENT})


@cache
def _between() -> re.Pattern[str]:
    cues, data = table("cues"), table("tables")
    verbs = [*cues["change"]["rise"], *cues["change"]["fall"], *cues["change"]["fillers"]]
    return re.compile(f"{WHEN}|{one_of([*data['cited']['between'], *verbs])}")


def find_citations(outline: Outline, tables: Sequence[Table]) -> Iterator[Node]:
    """The citations of a document, in text order."""
    if not tables:
        return
    starts = [t.start for t in tables]
    for paragraph in outline.paragraphs:
        at = bisect_left(starts, paragraph.span.start)
        near = [t for t in tables[max(0, at - 2) : at] if paragraph.span.start - t.end <= _NEAR]
        near += [t for t in tables[at : at + 1] if t.start - paragraph.span.end <= _SOON]
        if near:
            for sentence in paragraph.sentences:
                yield from _of_sentence(outline.text, paragraph.span.start, sentence, near)


def _of_sentence(text: str, start: int, sentence: Sentence, near: Sequence[Table]) -> Iterator[Node]:
    figures = sentence.figures
    cited: dict[int, tuple[Fact, Table]] = {}
    told = start
    at = 0
    while at < len(figures):
        figure = figures[at]
        at += 1
        if figure.aspect in _LEVELS:
            if found := _cited(figure, _before(text, start, figure), near):
                cited[at - 1] = found
                yield _repeat(figure, found[0], certain=True)
        elif figure.aspect in (Aspect.CHANGE, Aspect.GROWTH):
            pair = _compared(figure, _before(text, told, figure), near)
            following = figures[at] if at < len(figures) else None
            if pair is not None and _goes_on(figure, following):
                assert following is not None
                yield from _stated(figure, following, *pair)
                at += 1
            elif pair is not None:
                yield _changed(figure, *pair, certain=False)
            told = figures[at - 1].span.end
    if cited:
        yield from _misquoted(text, start, figures, cited)


def _goes_on(change: Figure, following: Figure | None) -> bool:
    """Whether a growth rate follows a change and speaks of the same (增加119.98亿元或22.97%)."""
    if following is None or change.claim.kind is Kind.PERCENT:
        return False
    joined = not following.lead.strip(_OR) or following.lead.strip(_OR + "增长加幅度为减少下降") == ""
    return following.aspect is Aspect.GROWTH and following.claim.kind is Kind.PERCENT and joined


def _before(text: str, start: int, figure: Figure) -> str:
    """The text before a figure, without blanks."""
    return squeeze(text[max(start, figure.span.start - _WINDOW) : figure.span.start])


def periods_before(text: str, start: int, figure: Figure) -> list[Period]:
    """The periods that the text names before a figure."""
    keys = map(period_key, _PERIOD.findall(_before(text, start, figure)))
    return [key for key in keys if key is not None]


def _misquoted(
    text: str, start: int, figures: Sequence[Figure], cited: dict[int, tuple[Fact, Table]]
) -> Iterator[Node]:
    """The figures of an enumeration over several periods that differ from the row which the others repeat."""
    at = 0
    while at < len(figures):
        end = at + 1
        while end < len(figures) and figures[end].lead in AND and figures[end].aspect in _LEVELS:
            end += 1
        known = [n for n in range(at, end) if n in cited]
        if end - at > 1 and known and len(known) < end - at:
            fact, one = cited[known[0]]
            periods = periods_before(text, start, figures[at])[at - end :]
            name = next((name for name in fact.names if (name, fact.period) in one.named), "")
            row = [one.named.get((name, period)) for period in periods]
            if len(row) == end - at and all(row[n - at] is cited[n][0] for n in known):
                for n in range(at, end):
                    other = row[n - at]
                    if n not in cited and other is not None and _alike(figures[n], other):
                        yield _repeat(figures[n], other, certain=len(known) > 1)
        at = end


def _alike(figure: Figure, fact: Fact) -> bool:
    claim = fact.number.figure.claim
    return claim.dimension == figure.claim.dimension and claim.kind is figure.claim.kind


def _cited(figure: Figure, before: str, near: Sequence[Table]) -> tuple[Fact, Table] | None:
    """The figure of a table that one of the text repeats: the same value under a name that stands before it."""
    claim = figure.claim
    if claim.kind not in _KINDS or claim.interval.low is None or claim.interval.high is None:
        return None
    if len(re.sub(r"\D", "", claim.text).strip("0")) < _DIGITS:
        return None
    sentence = before[before.rfind("。") + 1 :]
    years = {period_key(found) for found in _PERIOD.findall(before)}
    best: tuple[int, int, Fact, Table] | None = None
    for order, one in enumerate(reversed(near)):
        known = one.values.get(claim.dimension, [])
        reach = (claim.interval.high - claim.interval.low) * 1000
        low = bisect_left(known, claim.interval.low - reach, key=_value)
        high = bisect_right(known, claim.interval.high + reach, key=_value)
        for _, n in known[low : min(high, low + _CANDIDATES)]:
            fact = one.facts[n]
            if not claim.interval.meets(fact.number.figure.claim.interval):
                continue
            name = max((len(name) for name in fact.names if name in sentence), default=0)
            dated = fact.period is None or fact.period in years or (not years and len(one.periods) < 2)
            if name > 1 and dated and (best is None or (name, -order) > best[:2]):
                best = name, -order, fact, one
    return best[2:] if best is not None else None


def _value(known: tuple[Fraction, int]) -> Fraction:
    return known[0]


def _compared(figure: Figure, before: str, near: Sequence[Table]) -> tuple[Fact, Fact] | None:
    """(the later, the earlier figure of the row) that a change in the text compares."""
    sentence = before[max(before.rfind(end) for end in "。；") + 1 :]
    compared = list(_AGAINST.finditer(sentence))
    if not compared:
        return None
    new, old = period_key(compared[-1][1]), period_key(compared[-1][2])
    if new is None or old is None or new == old:
        return None
    for one in reversed(near):
        for name in one.names:
            at = sentence.rfind(name)
            if at < 0 or _between().sub("", sentence[at + len(name) :]):
                continue
            later, earlier = one.named.get((name, new)), one.named.get((name, old))
            if later is not None and earlier is not None and _agree(figure, later):
                return later, earlier
    return None


def _agree(figure: Figure, fact: Fact) -> bool:
    claim = fact.number.figure.claim
    if figure.claim.kind is Kind.PERCENT:
        return claim.kind is not Kind.PERCENT and claim.value > 0
    return claim.dimension == figure.claim.dimension


# ---------------------------------------------------------------- nodes
def _repeat(figure: Figure, fact: Fact, *, certain: bool) -> Node:
    first, second = sorted((figure, fact.number.figure), key=lambda f: f.span.start)
    return _node("repeat", (("first", first), ("second", second)), figure, certain)


def _changed(figure: Figure, later: Fact, earlier: Fact, *, certain: bool) -> Node:
    form = "growth" if figure.claim.kind is Kind.PERCENT else "change"
    slots = (("after", later.number.figure), ("before", earlier.number.figure), (form, figure))
    return _node(form, slots, figure, certain)


def _stated(change: Figure, growth: Figure, later: Fact, earlier: Fact) -> Iterator[Node]:
    """A change and the growth rate beside it: each is certain to speak of the table where the other one does."""
    new, old = later.number.figure.claim.interval, earlier.number.figure.claim.interval
    moved = (new - old).scaled(change.sign)
    by_change = moved.meets(change.claim.interval)
    by_growth = (moved / old).meets(growth.claim.interval.scaled(growth.claim.ratio))
    yield _changed(change, later, earlier, certain=by_growth)
    yield _changed(growth, later, earlier, certain=by_change)
    slots = (("change", change), ("before", earlier.number.figure), ("growth", growth))
    yield _node("rate", slots, growth, by_change or by_growth)


def _node(form: str, slots: Sequence[tuple[str, Figure]], told: Figure, certain: bool) -> Node:
    span = told.span
    for _, figure in slots:
        span = span.cover(figure.span)
    features = {name for name, holds in (("fell", told.sign < 0), ("certain", certain)) if holds}
    filled = tuple((name, (figure,)) for name, figure in slots)
    return Node("citation", form, span, filled, features=frozenset(features))
