"""Finds quantities that a text states for several periods, and what it says of them for those periods.

2009年末、2008年末和2007年末公司在建工程账面金额分别为19,686万元、6,664万元和2,298万元，占非流动资产的比例分别为31.16%、14.77%和6.01%。
…2008年末在建工程账面余额较2007年末增加189.93%。 Growth between two periods makes nodes of kind `change`, shares of
another such quantity nodes of kind `share`, both of the form `periods`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import count

from audit.claim import Kind
from audit.outline.change_said import is_growth, is_same_subject
from audit.outline.cues import one_of, table
from audit.outline.naming import core
from audit.outline.outline import Outline
from audit.outline.parts import SUMMABLE
from audit.outline.tree import Aspect, Figure, Node, Sentence
from audit.outline.years import average_node, ends_of, is_average
from audit.span import squeeze

Period = tuple[int, str]
"""A year, and which part of it ("" for the whole year or its end)."""
_STATED = frozenset({Aspect.LEVEL, Aspect.END, Aspect.START})
_COORDINATIONS = frozenset({"、", "和", "及", "与", "以及"})
_LONGEST = 8
"""Runs of more figures than this are no series of periods."""


@dataclass(frozen=True, slots=True)
class _Cues:
    period: re.Pattern[str]
    span: re.Pattern[str]
    half: re.Pattern[str]
    previous: re.Pattern[str]
    against: re.Pattern[str]
    yearly: re.Pattern[str]
    same: re.Pattern[str]
    respectively: re.Pattern[str]
    base: re.Pattern[str]
    verb: re.Pattern[str]


@cache
def _cues() -> _Cues:
    data = table("periods")
    change = table("cues")["change"]
    previous = one_of(data["previous"]["words"])
    period = data["period"]["pattern"]
    return _Cues(
        period=re.compile(period),
        span=re.compile(data["between"]["pattern"]),
        half=re.compile(one_of(data["period"]["half"])),
        previous=re.compile(previous),
        against=re.compile(f"{one_of(data['against']['words'])}(?:{period}|{previous})"),
        yearly=re.compile(f"{one_of(data['against']['words'])}(?:{previous})?"),
        same=re.compile(one_of(data["same_quantity"]["words"])),
        respectively=re.compile(f"{one_of(data['respectively']['words'])}$"),
        base=re.compile(data["base"]["pattern"]),
        verb=re.compile(f"{one_of([*change['rise'], *change['fall']])}{one_of(change['fillers'])}*$"),
    )


class _Series:
    """The values of each quantity by period, as far as the text has been read."""

    def __init__(self) -> None:
        self._values: dict[str, dict[Period, Figure]] = {}
        self.latest: dict[Period, Figure] = {}

    def add(self, name: str, period: Period, figure: Figure) -> None:
        """Keeps the figure as the latest one stated for the quantity and period."""
        if len(name) > 1:
            self._values.setdefault(name, {})[period] = figure

    def find(self, name: str, *periods: Period) -> tuple[Figure, ...]:
        """The figures of a quantity for the periods; () unless all are known in one dimension."""
        values = self._values.get(name, {})
        found = tuple(values[p] for p in periods if p in values)
        if len(found) < len(periods) or len({f.claim.dimension for f in found}) > 1:
            return ()
        return found


def find_series(outline: Outline, kind: str, groups: Iterator[int]) -> Iterator[Node]:
    """What the text claims of quantities whose values for the periods it states before: growth (nodes of kind
    `change`) and shares (`share`), in text order."""
    return (replace(node, group=next(groups)) for node in _nodes(outline) if node.kind == kind)


@lru_cache(maxsize=1)
def _nodes(outline: Outline) -> tuple[Node, ...]:
    """The nodes of both kinds: one reading of the text finds them; the last outline's are kept."""
    return tuple(_found(outline, count()))


def _found(outline: Outline, groups: Iterator[int]) -> Iterator[Node]:
    series = _Series()
    for paragraph in outline.paragraphs:
        for sentence in paragraph.sentences:
            if sentence.figures:
                yield from _growth(outline, sentence, series, groups)
                yield from _collect(outline, sentence, series, groups)
                yield from _grown(sentence, series, groups)


def _collect(outline: Outline, sentence: Sentence, series: _Series, groups: Iterator[int]) -> Iterator[Node]:
    """Adds what a sentence states, one value for each of the periods it lists; its shares of known quantities."""
    stated: dict[Period, Figure] = {}
    for run in _runs(sentence.figures):
        before = squeeze(outline.text[max(sentence.span.start, run[0].span.start - 200) : run[0].span.start])
        periods, end = _listed(before, len(run))
        if not len(periods) == len(run) == len(set(periods)):
            continue
        if run[0].claim.kind in SUMMABLE and run[0].aspect in _STATED:
            name = _name(re.split("[，,]", before[end:].strip("，,"))[-1])
            stated = dict(zip(periods, run, strict=True))
            for period, figure in stated.items():
                series.add(name, period, figure)
            series.latest = stated
        elif run[0].claim.kind is Kind.PERCENT and stated and (base := _cues().base.search(before)):
            name = _name(base[1] or base[2])
            for period, share in zip(periods, run, strict=True):
                yield from _share(series.find(name, period), stated.get(period), share, sentence, groups)


def _share(
    bases: Sequence[Figure], part: Figure | None, share: Figure, sentence: Sentence, groups: Iterator[int]
) -> Iterator[Node]:
    for base in bases:
        if part is not None and base is not part and base.claim.dimension == part.claim.dimension:
            yield Node(
                kind="share",
                form="periods",
                span=base.span.cover(sentence.span),
                slots=(("part", (part,)), ("base", (base,)), ("share", (share,))),
                features=frozenset({"exact", "distant"}),
                group=next(groups),
            )


def _listed(before: str, count: int) -> tuple[list[Period], int]:
    """The periods that a text lists, or the years of the one span of years that it names if they are `count`, and
    where in the text they end."""
    spans = [m for m in _cues().span.finditer(before) if m[2] != "比"]
    if len(spans) == 1:
        first, last = ends_of(spans[0])
        if last - first + 1 == count:
            return [(year, "") for year in range(first, last + 1)], spans[0].end()
    listed = list(_cues().period.finditer(before))
    return [_period(m) for m in listed], listed[-1].end() if listed else 0


def _grown(sentence: Sentence, series: _Series, groups: Iterator[int]) -> Iterator[Node]:
    """What is said right after a series, in its sentence, of its growth: the rates of all its periods but the first or
    of those that are named, or the yearly average from its first value to its last."""
    stated = series.latest
    last = max((f.order for f in stated.values()), default=-1)
    run = next((r for r in _runs(sentence.figures) if r[0].order == last + 1), ())
    if len(stated) < 2 or not run or run[0] is sentence.figures[0]:
        return
    if any(f.aspect is not Aspect.GROWTH or f.claim.kind is not Kind.PERCENT for f in run):
        return
    first, end = min(stated), max(stated)
    if len(run) == 1 and is_average(run[0]):
        if end[0] - first[0] > 1:
            yield average_node(sentence, stated[first], stated[end], run[0], end[0] - first[0], next(groups))
        return
    periods = [_period(m) for m in _cues().period.finditer(run[0].lead)] or [p for p in stated if p != first]
    if len(periods) == len(run) and len(core(_cues().period.sub("", _bare(run[0].lead)))) < 2:
        for period, growth in zip(periods, run, strict=True):
            before, after = stated.get((period[0] - 1, period[1])), stated.get(period)
            if before is not None and after is not None:
                yield _between(before, after, sentence, groups, (), (growth,))


def _bare(said: str) -> str:
    """What stands before a growth besides its verb, and that it is against the period before."""
    cues = _cues()
    return cues.respectively.sub("", cues.yearly.sub("", cues.verb.sub("", said)))


def _moved(sentence: Sentence, first: Figure) -> tuple[tuple[Figure, ...], tuple[Figure, ...]]:
    """The change and the growth that begin with a figure (增加3.85亿元或22.75%), empty where it is neither."""
    if first.aspect is Aspect.GROWTH and first.claim.kind is Kind.PERCENT:
        return (), (first,)
    if first.aspect is not Aspect.CHANGE or first.claim.kind not in SUMMABLE:
        return (), ()
    at = bisect_left(sentence.figures, first.order, key=lambda figure: figure.order)
    rest = sentence.figures[at + 1 : at + 2]
    same = bool(rest) and is_growth(rest[0]) and rest[0].claim.kind is Kind.PERCENT and rest[0].sign == first.sign
    return (first,), rest if same and is_same_subject(rest[0]) else ()


def _between(
    before: Figure,
    after: Figure,
    sentence: Sentence,
    groups: Iterator[int],
    change: tuple[Figure, ...],
    growth: tuple[Figure, ...],
) -> Node:
    return Node(
        kind="change",
        form="periods",
        span=before.span.cover(sentence.span),
        slots=(("before", (before,)), ("after", (after,)), ("change", change), ("growth", growth)),
        features=frozenset({"distant", *(["fell"] if (change or growth)[0].sign < 0 else [])}),
        group=next(groups),
    )


def _runs(figures: Sequence[Figure]) -> Iterator[Sequence[Figure]]:
    """Figures given together (A、B和C), single ones included."""
    start = 0
    for n in range(1, len(figures) + 1):
        if n == len(figures) or figures[n].lead not in _COORDINATIONS:
            if n - start <= _LONGEST:
                yield figures[start:n]
            start = n


def _growth(outline: Outline, sentence: Sentence, series: _Series, groups: Iterator[int]) -> Iterator[Node]:
    cues = _cues()
    for clause in sentence.clauses:
        for figure in clause.figures[:1]:
            change, growth = _moved(sentence, figure)
            if not change and not growth:
                continue
            said = squeeze(outline.text[max(sentence.span.start, clause.span.start) : figure.span.start])
            against = cues.against.search(said)
            if against is None:
                continue
            periods = [_period(m) for m in cues.period.finditer(said[: against.start()])]
            if len(periods) != 1:
                continue
            after = periods[0]
            compared = cues.period.search(against[0])
            before = _period(compared) if compared else (after[0] - 1, after[1])
            subject = cues.period.sub("", said[: against.start()]) + said[against.end() :]
            name = _name(cues.verb.sub("", subject))
            if values := series.find(name, before, after):
                if not change or change[0].claim.dimension == values[0].claim.dimension:
                    yield _between(values[0], values[1], sentence, groups, change, growth)


def _period(match: re.Match[str]) -> Period:
    part = match[2] or ""
    return int(match[1]), part if _cues().half.search(part) else ""


def _name(said: str) -> str:
    """What a quantity is called, without what may differ between two mentions."""
    name = _cues().respectively.sub("", said.strip("，,。：: "))
    return core(_cues().same.sub("", name)) or name
