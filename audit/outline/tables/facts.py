"""What the tables of a document say, as facts that text can cite: a figure with its names and its period."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache

from audit.document import BlockKind
from audit.outline.cues import one_of, table
from audit.outline.outline import Outline
from audit.outline.tables.sheet import Number, Role, Sheet, sheets_of
from audit.outline.tables.words import Rank, period_of
from audit.span import squeeze

WHEN = (
    r"(?:(?:19|20)[0-9]{2}年?(?:度|末|初|底)?(?:1[-—－–~至]6月|上半年|1?[0-9]月(?:[0-3]?[0-9]日)?)?"
    r"|本期末?|报告期末?|上期末?|上年末?(?:同期)?|去年末?(?:同期)?|年初|期初|期末)"
)
"""A pattern of the periods that text names."""
_HALF = re.compile(r"1[-—－–~至]6月|6月30日|上半年|6[-./]30|6个月")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_NUMBERING = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十0-9]{1,3}[)）、.．]|表\s*[0-9一二三四五六七八九十.．－-]+[：:]?|[①-⑳]|#+)+"
)
_UNIT = re.compile(r"[（(]?(?:金额)?单位[:：].*$")
_BREAKS = re.compile(r"[。；：:，,！？\n]")
_TOTAL = re.compile(r"(?:合计|总计|小计|共计)数?$")
_TITLE = 16
_ABOVE = 3
_WINDOW = 160
_NAMES = 300
"""So many names of one table are looked for in the text."""

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
    """The facts of one table, and where it stands.

    `values` are the facts of each dimension by value, `named` those of amounts by name and period; `names` are the
    longest first.
    """

    start: int
    end: int
    facts: list[Fact] = field(default_factory=list)
    values: dict[str, list[tuple[Fraction, int]]] = field(default_factory=dict)
    named: dict[tuple[str, Period], Fact] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    periods: set[Period] = field(default_factory=set)


@cache
def _titles() -> re.Pattern[str]:
    return re.compile(f"{WHEN}|{one_of(table('tables')['cited']['titles'])}")


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
    if len(one.names) < _NAMES:
        one.names += [name for name in fact.names if name not in one.names[-_ABOVE:]]


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
    if not outline.tables:
        return above
    for block in outline.document.blocks:
        if block.kind is BlockKind.TABLE:
            above[block.span.start] = tuple(dict.fromkeys(reversed(last[-_ABOVE:])))
            last = []
            continue
        said = squeeze(block.span.of(outline.text)[-_WINDOW:])
        if block.kind is BlockKind.HEADING or (block.kind is BlockKind.PARAGRAPH and not said.endswith(("：", ":"))):
            last = []
        clause = _UNIT.sub("", _BREAKS.split(_UNIT.sub("", said.rstrip("：:。")))[-1])
        name = _titles().sub("", _NUMBERING.sub("", clause)).strip("的（()）.、")
        if 1 < len(name) <= _TITLE and not any(c.isdecimal() for c in name):
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
