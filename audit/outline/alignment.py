"""Finds alignments: figures that follow 分别, and the list of what they belong to.

A node of kind `alignment` has the slot `right`, the figures after 分别, and either the slot `left`, the figures before
it (form `figures`), or the listed things before it (form `names`). Where the list can be read in several ways there is
one node for each, likeliest first, in one group.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count

from audit.claim import Kind
from audit.outline.counting import has_figures, parallel
from audit.outline.cues import one_of, table
from audit.outline.items import Reading, readings_of
from audit.outline.outline import Outline
from audit.outline.parts import SUMMABLE, is_coordinated
from audit.outline.tree import Aspect, Clause, Figure, Node, Sentence
from audit.span import Span

_LEVELS = frozenset({Aspect.LEVEL, Aspect.END, Aspect.START, Aspect.CHANGE})
_STRONG = frozenset("；;")
_WIDE = 20
"""Both sides stand within so many clauses of 分别."""
_FEW = 10
_LONGEST = 20
"""Items of a list that lacks one, or has one too many, are no longer than this."""
_ONE_YEAR = re.compile("[全每去今当上本]年|(?:19|20)[0-9]{2}年")
_SOME = re.compile("[0-9０-９一二两三四五六七八九十前后]|其中")
"""Words of a clause that says something of some of the figures before it (前两项分别增长…)."""
_DATE = re.compile("(?:19|20)[0-9]{2}(?![0-9])|[0-9]{1,2}月")
_BACK = 3
"""The list is looked for in the clause of 分别 and in this many clauses before it."""


@dataclass(frozen=True, slots=True)
class _Words:
    respectively: re.Pattern[str]
    coordination: frozenset[str]
    series: re.Pattern[str]
    pairs: re.Pattern[str]
    periods: re.Pattern[str]
    open: re.Pattern[str]
    splitting: re.Pattern[str]
    uncounted: re.Pattern[str]


@cache
def _words() -> _Words:
    data = table("alignment")
    words = data["respectively"]
    return _Words(
        respectively=re.compile(f"{one_of(words['words'])}(?!{one_of(words['not_before'])})"),
        coordination=frozenset(data["coordination"]["words"]),
        series=re.compile(one_of(data["series"]["words"])),
        pairs=re.compile(one_of(data["pairs"]["words"])),
        periods=re.compile(one_of(data["series"]["periods"])),
        open=re.compile(f"{one_of(data['open']['words'])}(?!于)"),
        splitting=re.compile(one_of(table("breakdowns")["qizhong"]["words"])),
        uncounted=re.compile(one_of(data["uncounted"]["words"])),
    )


def find_alignments(outline: Outline) -> Iterator[Node]:
    """The alignments of a document."""
    groups = count()
    for sentence in outline.stating:
        if not _words().respectively.search(outline.text, sentence.span.start, sentence.span.end):
            continue
        for n, clause in enumerate(sentence.clauses):
            for marked in _words().respectively.finditer(outline.text, clause.span.start, clause.span.end):
                cue = Span(*marked.span())
                right = _run(sentence, n, cue)
                if len(right) > 1:
                    yield from _nodes(outline.text, sentence.clauses[max(0, n - _WIDE) : n + 1], cue, right, groups)


def _run(sentence: Sentence, n: int, cue: Span) -> tuple[Figure, ...]:
    """The coordinated figures of which the first is the next one after the cue, in its clause."""
    figures = [f for clause in sentence.clauses[n : n + _WIDE] for f in clause.figures if f.span.start >= cue.end]
    run: list[Figure] = []
    for figure in figures:
        if run and (figure.lead not in _words().coordination or _runs_on(run[-1], figure)):
            break
        if run and figure.lead in ("", "，", ",") and figure.claim.kind is not run[0].claim.kind:
            break  # 分别增长6.4%和17.5%，三县合计…
        if not run and figure.span.start >= sentence.clauses[n].span.end:
            break
        run.append(figure)
    return tuple(run)


def _runs_on(first: Figure, second: Figure) -> bool:
    """Whether the second figure goes on from the first without a mark, or the clause of the first has ended with words
    of its own: then they are no list (分别两战两胜, 分别在25米池比赛中，两次刷新纪录)."""
    return not second.lead and (first.span.end == second.span.start or first.tail not in ("", first.claim.label))


def _nodes(
    text: str, clauses: Sequence[Clause], cue: Span, right: tuple[Figure, ...], groups: Iterator[int]
) -> Iterator[Node]:
    """The nodes for one run of figures: the figures before 分别 of the same number, else the lists before it."""
    group = next(groups)
    own = clauses[-1]
    lead = Span(own.span.start, cue.start)
    lists = _lists(text, lead)
    if len(right) == 2 and not lists and _words().pairs.search(text, lead.start, lead.end):
        return  # 城乡居民收入分别增长4.4%、5.6%: the two are named in one word
    before = _stated(_figures_before(clauses, cue), right)
    if 0 < len(before) < len(right):  # 总额155亿美元，其中出口27亿美元，进口128亿美元，分别增长…、…和…
        whole = _stated(_figures_before(clauses, cue, beyond=True), right)
        before = whole if len(whole) == len(right) else before
    elif len(before) > len(right) and len({f.claim.dimension for f in before}) == 1:
        # 教师900人，高级职称459人、硕士423人，分别占…和…: the first is what the others are part of
        near = _stated(next((c.figures for c in reversed(clauses[:-1]) if c.figures), ()), right)
        held = any(f.span.end <= cue.start for f in own.figures)
        before = before if held or len(near) != len(right) else near
    before = _without_whole(_of_one_unit(before, len(right)), len(right))
    if before and _words().uncounted.search(text, before[0].span.start, cue.start):
        before = ()
    # 分别上涨0.8%和2.8%，涨幅分别回落5.3和5.5个百分点: points are the change of rates.
    matched = len(before) == len(right) and right[-1].claim.kind is Kind.POINTS
    if len(before) > 1 and not lists and (matched or all(f.aspect in _LEVELS for f in before)):
        span = before[0].span.cover(right[-1].span)
        firm = cue.start - own.span.start < 2 and len({f.claim.kind for f in before}) == 1
        firm |= _differ_by_one(text, before, right, lead)
        features = frozenset({"firm"} if firm else ())
        yield Node("alignment", "figures", span, (("left", before), ("right", right)), cue, (), features, group)
        if len(before) == len(right):
            return
    readings = list(lists)
    firm = bool(lists) and _is_firm(text, lists, right, lead, clauses)
    if not lists and len(clauses) > 1:
        firm = _lacks_a_date(text, _lists(text, clauses[-2].span), right)
    for clause in reversed(clauses[max(0, len(clauses) - 1 - _BACK) : -1]):
        if clause.after in _STRONG:
            break
        readings += _lists(text, clause.span)
    for rank, reading in enumerate(readings):
        span = reading.items[0].cover(right[-1].span)
        features = frozenset({"firm"} if firm and rank == 0 else ())
        slots = (("right", right),)
        yield Node("alignment", "names", span, slots, cue, reading.items, features, group, rank)


def _of_one_unit(before: tuple[Figure, ...], size: int) -> tuple[Figure, ...]:
    """The last figures before 分别, where they are as many as those after it and alone of one unit (总动力128万千瓦，
    机耕186万亩、机播168万亩，分别占…和…); else all."""
    last, others = before[-size:], before[:-size]
    units = {figure.claim.dimension for figure in last}
    return last if len(units) == 1 and units.isdisjoint(f.claim.dimension for f in others) else before


def _without_whole(before: tuple[Figure, ...], size: int) -> tuple[Figure, ...]:
    """The figures before 分别 without the first or the last, where that is one too many and the sum of the others
    (独资12户、控股28户，合计40户，资产分别为…和…)."""
    if size > 1 and len(before) == size + 1 and len({figure.claim.dimension for figure in before}) == 1:
        for joint, whole, parts in ((before[-1], before[-1], before[:-1]), (before[1], before[0], before[1:])):
            if not is_coordinated(joint) and whole.claim.value == sum(part.claim.value for part in parts):
                return parts
    return before


def _differ_by_one(text: str, before: Sequence[Figure], right: Sequence[Figure], lead: Span) -> bool:
    """Whether figures of one unit are followed by one more or one less of another (余额分别为…、…和…，占比分别为…和…).

    A series has one growth less than it has levels (收入分别为…、…、…，分别增长…、…).
    """
    growing = right[0].aspect in (Aspect.GROWTH, Aspect.CHANGE) and len(right) < len(before)
    return (
        abs(len(before) - len(right)) == 1
        and all(len({f.claim.dimension for f in figures}) == 1 for figures in (before, right))
        and not (growing and not any(f.lead.strip("、和与及") for f in before[1:]))
        and _SOME.search(text, lead.start, lead.end) is None
    )


def _stated(figures: Sequence[Figure], right: Sequence[Figure]) -> tuple[Figure, ...]:
    """The figures without what others are per (172.6/10万), without those that count listed names (甲、乙两县), and
    without those that have not changed by the figures after 分别 (深水泊位730个，分别增加36个和15个)."""
    half = len(figures) // 2
    if half == len(right) and 2 * half == len(figures) and figures[half].aspect is Aspect.END:
        figures = figures[half:]  # 分别由3.2万元和1.3万元增加到4.1万元和1.9万元，分别增长…
    changed = {f.claim.dimension for f in right if f.aspect is Aspect.CHANGE and f.claim.kind in SUMMABLE}
    return tuple(
        f
        for f in figures
        if not (f.lead.endswith(("/", "／")) or ("、" in f.lead and _counts_names(f)))
        and (not changed or f.claim.dimension in changed)
    )


def _counts_names(figure: Figure) -> bool:
    return figure.claim.value <= _FEW and figure.claim.kind is Kind.COUNT and not figure.claim.text[0].isdigit()


def _figures_before(clauses: Sequence[Clause], cue: Span, beyond: bool = False) -> tuple[Figure, ...]:
    """The figures before the cue in its clause, else those of the clauses right before it that have some, no farther
    back than 其中 unless `beyond` it, and no levels before changes (举办48场，参加270人，减少12场、30人，分别下降20.0%
    和10.0%)."""
    own = tuple(f for f in clauses[-1].figures if f.span.end <= cue.start)
    if own:
        return own
    figures: tuple[Figure, ...] = ()
    for clause in reversed(clauses[:-1]):
        if not clause.figures or clause.after in _STRONG:
            break
        if told := _words().respectively.search(clause.text):
            behind = tuple(f for f in clause.figures if f.span.start >= clause.span.start + told.end())
            return figures or behind or clause.figures  # 分别完成3亿元和2亿元，分别增长5%和6%
        if figures and (clause.figures[-1].aspect is Aspect.CHANGE) != (figures[0].aspect is Aspect.CHANGE):
            break
        figures = (*clause.figures, *figures)
        if not beyond and _words().splitting.match(clause.text):
            break
    return figures


def _lists(text: str, place: Span) -> list[Reading]:
    """The lists of names in a clause; an open one (甲、乙等) names more than it lists."""
    if _words().open.search(text, place.start, place.end):
        return []
    lists = [
        r
        for r in readings_of(text, place.start, place.end)
        if r.mark in "、和" and not any("%" in item.of(text) or "％" in item.of(text) for item in r.items)
    ]
    return lists[:1] if lists and _are_dates(text, lists[0]) else lists


def _are_dates(text: str, reading: Reading) -> bool:
    """Whether a list is one of dates, which are told apart whatever joins them (其中2009年末、2008年末和2007年末)."""
    first, *others = reading.items
    return _DATE.search(text, first.start, first.end) is not None and all(
        _DATE.match(text, item.start, item.end) for item in others
    )


def _is_firm(
    text: str, lists: Sequence[Reading], right: Sequence[Figure], lead: Span, clauses: Sequence[Clause]
) -> bool:
    """Whether the list of the clause can be read in no other way: no series of periods, and alike items right before
    分别, or one item more or less than there are figures."""
    first = lists[0]
    if text.startswith("以", lead.end + len("分别")) or _words().periods.search(
        text, clauses[0].span.start, lead.start
    ):
        return False
    if len(right) % len(first) == 0:
        return False  # 两年甲、乙、丙三项分别为: three figures for each year
    if _are_dates(text, first):
        return _lacks_one(lists, right)
    if _is_series(text[lead.start : lead.end]):
        return False
    alike = len(lists) == 1 and parallel(first.items, bounded=False) and first.items[-1].end >= lead.end - 1
    short = max(map(len, first.items)) <= _LONGEST and not has_figures(text, first.items)
    return alike or (short and _lacks_one(lists, right))


def _lacks_a_date(text: str, lists: Sequence[Reading], right: Sequence[Figure]) -> bool:
    """Whether a clause that names dates is followed by one figure more or less; growth begins with the second date."""
    growing = right[0].aspect in (Aspect.GROWTH, Aspect.CHANGE)
    return bool(lists) and not growing and _are_dates(text, lists[0]) and _lacks_one(lists, right)


def _is_series(lead: str) -> bool:
    """Whether words before 分别 may stand for several figures (近三年甲、乙的余额分别为…); one year does not."""
    one = _ONE_YEAR.sub("", lead, count=1)
    return _words().series.search(one) is not None


def _lacks_one(lists: Sequence[Reading], right: Sequence[Figure]) -> bool:
    """Whether the list, however it is read, has not as many items as there are figures, but one more or less."""
    first = lists[0]
    return first.mark == "、" and abs(len(first) - len(right)) == 1 and all(len(r) != len(right) for r in lists)
