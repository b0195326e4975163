"""Finds what the text says about figures that stand in tables near it.

A node of kind `citation`: `repeat` has the slots first and second (a figure of the text and the one of the table, in
text order); `change` and `growth` have before and after (two periods of one row) and the change or growth that the text
states, `rate` the change and the growth of the text and the earlier figure of the table. The feature `fell` says that
the text speaks of a fall.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache

from audit.claim import Kind
from audit.document import BlockKind
from audit.outline.cues import one_of, table
from audit.outline.outline import Outline
from audit.outline.tables.sheet import Number, Role, Sheet, sheets_of
from audit.outline.tables.words import Rank, period_of
from audit.outline.tree import Aspect, Figure, Node, Sentence

_WHEN = (
    r"(?:(?:19|20)[0-9]{2}年?(?:度|末|初|底)?(?:1[-—－–~至]6月|上半年|1?[0-9]月(?:[0-3]?[0-9]日)?)?"
    r"|本期末?|报告期末?|上期末?|上年末?(?:同期)?|去年末?(?:同期)?|年初|期初|期末)"
)
_PERIOD = re.compile(_WHEN)
_AGAINST = re.compile(rf"({_WHEN})[^。；]{{0,40}}?[比较同]({_WHEN})")
_HALF = re.compile(r"1[-—－–~至]6月|6月30日|上半年|6[-./]30|6个月")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_NUMBERING = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十0-9]{1,3}[)）、.．]|表\s*[0-9一二三四五六七八九十.．－-]+[：:]?|[①-⑳]|#+)+"
)
_UNIT = re.compile(r"[（(]?(?:金额)?单位[:：].*$")
_BREAKS = re.compile(r"[。；：:，,！？\n]")
_TOTAL = re.compile(r"(?:合计|总计|小计|共计)数?$")
_LONGEST = 16
_BEFORE = 3
_WINDOW = 160
_NEAR = 4000
_SOON = 600
_DIGITS = 3
AND = frozenset({"、", "和", "及", "与", "以及", "，", ","})
_LEVELS = frozenset({Aspect.LEVEL, Aspect.END, Aspect.START, Aspect.SHARE, Aspect.RATE})
_MONEY = frozenset({Kind.AMOUNT, Kind.COUNT, Kind.MEASURE, Kind.PERCENT})

Period = tuple[str, str]
"""A year, or now or then, and the part of it: h1 for its first half, "" for the whole."""


@dataclass(frozen=True, slots=True, eq=False)
class Fact:
    """A figure of a table with the names it may be called by, the best first, and its period."""

    number: Number
    names: tuple[str, ...]
    period: Period | None
    role: Role


@dataclass(slots=True)
class Table:
    """The facts of one table: by value within a dimension, and by name and period."""

    start: int
    end: int
    values: dict[str, list[tuple[Fraction, int]]] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)
    named: dict[tuple[str, Period], Fact] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    periods: set[Period] = field(default_factory=set)


@cache
def _between() -> re.Pattern[str]:
    cues, data = table("cues"), table("tables")
    verbs = [*cues["change"]["rise"], *cues["change"]["fall"], *cues["change"]["fillers"]]
    return re.compile(f"{_WHEN}|{one_of([*data['cited']['between'], *verbs])}")


@cache
def _titles() -> re.Pattern[str]:
    return re.compile(f"{_WHEN}|{one_of(table('tables')['cited']['titles'])}")


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


# ---------------------------------------------------------------- facts
def tables_of(outline: Outline) -> list[Table]:
    """The tables of a document with their facts, in text order."""
    titles = _titles_above(outline)
    found: dict[int, Table] = {}
    for sheet in sheets_of(outline):
        start = sheet.grid.span.start
        one = found.setdefault(start, Table(start, sheet.grid.span.end))
        for fact in _facts(sheet, titles.get(start, ())):
            _add(one, fact)
    for one in found.values():
        for known in one.values.values():
            known.sort()
        one.names.sort(key=len, reverse=True)
    return [found[start] for start in sorted(found)]


def _add(one: Table, fact: Fact) -> None:
    claim = fact.number.figure.claim
    one.values.setdefault(claim.dimension, []).append((claim.value, len(one.facts)))
    one.facts.append(fact)
    if fact.period is not None:
        one.periods.add(fact.period)
        if fact.role is not Role.SHARE:
            for name in fact.names:
                one.named.setdefault((name, fact.period), fact)
    one.names += [name for name in fact.names if name not in one.names[-_BEFORE:]]


def _facts(sheet: Sheet, titles: Sequence[str]) -> Iterator[Fact]:
    for row, label in enumerate(sheet.labels):
        own = _TOTAL.sub("", label.name) if label.rank is Rank.STRONG else label.name
        names = [name for name in ((own,) if own else titles) if len(name) > 1]
        if not names:
            continue
        for column, entry in enumerate(sheet.entries[row]):
            if isinstance(entry, Number) and entry.value and sheet.roles[column] is not Role.CHANGE:
                yield Fact(entry, tuple(names), period_in(sheet, column), sheet.roles[column])


def _titles_above(outline: Outline) -> dict[int, tuple[str, ...]]:
    """What each table is about: the captions and the line that introduces it, up to the heading above them, bare of
    everything but the name."""
    above: dict[int, tuple[str, ...]] = {}
    last: list[str] = []
    for block in outline.document.blocks:
        if block.kind is BlockKind.TABLE:
            above[block.span.start] = tuple(dict.fromkeys(reversed(last[-_BEFORE:])))
            last = []
            continue
        said = "".join(block.span.of(outline.text)[-_WINDOW:].split())
        if block.kind is BlockKind.HEADING or (block.kind is BlockKind.PARAGRAPH and not said.endswith(("：", ":"))):
            last = []
        clause = _UNIT.sub("", _BREAKS.split(_UNIT.sub("", said.rstrip("：:。")))[-1])
        name = _titles().sub("", _NUMBERING.sub("", clause)).strip("的（()）.、")
        if 1 < len(name) <= _LONGEST and not any(c.isdecimal() for c in name):
            last.append(name)
    return above


def period_in(sheet: Sheet, column: int) -> Period | None:
    """The period of a column: of its heading, or of a heading to its left where its own names none."""
    heading = sheet.grid.columns[column].heading
    return period_key(heading if period_of(heading) else sheet.periods[column])


def period_key(text: str) -> Period | None:
    """The period that a heading or a phrase names, None for none."""
    part = "h1" if _HALF.search(text) else ""
    if year := _YEAR.search(text):
        return year[0], part
    if any(word in text for word in ("上期", "上年", "去年", "年初", "期初", "同期")):
        return "then", part
    return ("now", part) if any(word in text for word in ("本期", "本年", "报告期", "期末", "年末")) else None


# ---------------------------------------------------------------- what the text says
def _of_sentence(text: str, start: int, sentence: Sentence, near: Sequence[Table]) -> Iterator[Node]:
    changed: tuple[Figure, Fact, Fact] | None = None
    cited: dict[int, tuple[Fact, Table]] = {}
    told = start
    for n, figure in enumerate(sentence.figures):
        if figure.aspect in _LEVELS:
            if found := _cited(figure, _before(text, start, figure), near):
                cited[n] = found
                yield _repeat(figure, found[0])
        elif figure.aspect in (Aspect.CHANGE, Aspect.GROWTH):
            known = changed if changed is not None and not figure.lead.strip("或、，和及即") else None
            if known is not None and figure.claim.kind is Kind.PERCENT:
                yield from _growths(figure, known)
            elif pair := _compared(figure, _before(text, told, figure), near):
                yield from _changes(figure, pair)
                changed = (figure, *pair) if figure.claim.kind is not Kind.PERCENT else None
            told = figure.span.end
    if cited:
        yield from _misquoted(text, start, sentence.figures, cited)


def _before(text: str, start: int, figure: Figure) -> str:
    """The text before a figure, without blanks."""
    return "".join(text[max(start, figure.span.start - _WINDOW) : figure.span.start].split())


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
                        yield _repeat(figures[n], other)
        at = end


def _alike(figure: Figure, fact: Fact) -> bool:
    claim = fact.number.figure.claim
    return claim.dimension == figure.claim.dimension and claim.kind is figure.claim.kind


def _cited(figure: Figure, before: str, near: Sequence[Table]) -> tuple[Fact, Table] | None:
    """The figure of a table that one of the text repeats: the same value under a name that stands before it."""
    claim = figure.claim
    if claim.kind not in _MONEY or claim.interval.low is None or claim.interval.high is None:
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
        for _, n in known[low:high]:
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
def _repeat(figure: Figure, fact: Fact) -> Node:
    first, second = sorted((figure, fact.number.figure), key=lambda f: f.span.start)
    return _node("repeat", (("first", first), ("second", second)), figure)


def _changes(figure: Figure, pair: tuple[Fact, Fact]) -> Iterator[Node]:
    later, earlier = (fact.number.figure for fact in pair)
    form = "growth" if figure.claim.kind is Kind.PERCENT else "change"
    yield _node(form, (("after", later), ("before", earlier), (form, figure)), figure)


def _growths(figure: Figure, known: tuple[Figure, Fact, Fact]) -> Iterator[Node]:
    change, later, earlier = known[0], known[1].number.figure, known[2].number.figure
    yield _node("growth", (("after", later), ("before", earlier), ("growth", figure)), figure)
    yield _node("rate", (("change", change), ("before", earlier), ("growth", figure)), figure)


def _node(form: str, slots: Sequence[tuple[str, Figure]], told: Figure) -> Node:
    span = told.span
    for _, figure in slots:
        span = span.cover(figure.span)
    fell = frozenset({"fell"}) if told.sign < 0 else frozenset[str]()
    return Node("citation", form, span, tuple((name, (figure,)) for name, figure in slots), features=fell)
