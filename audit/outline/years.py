"""Finds numbers of years: average yearly growth over a span of years, and spans that name their first and last year.

Nodes of kind `change` with the given `years`: form `average`, growth over several years and the yearly average that the
text says it is; form `average-ends`, two values and the average growth from the one to the other. Where the text gives
only the first and the last year of a period, its years may be counted with or without the first: two readings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from itertools import count, pairwise, takewhile
from operator import sub

from audit.claim import Kind
from audit.outline.change_said import verbs
from audit.outline.cues import one_of, table
from audit.outline.naming import core
from audit.outline.outline import Outline
from audit.outline.tree import Aspect, Figure, Node, Sentence
from audit.span import Span

_CHINESE = str.maketrans("零〇一二三四五六七八九", "00123456789")
_RATES = frozenset({Kind.PERCENT, Kind.MULTIPLE})
_YEAR = re.compile("((?:19|20)[0-9]{2}|[一二][零〇一二三四五六七八九]{3})年")
_PLAN = 5
"""The years of a five-year plan."""
_NEAR = 24
"""How far from a number of years its first and last year can stand."""
_NAMED_YEAR = re.compile("([12][0-9]{3})年")
_REACH = 60
"""The year since which something goes on stands no farther before the number of years in their sentence."""
_PARAGRAPHS = 6
"""… and in no earlier paragraph than this."""
_DATED = 5
"""The line that dates a text is one of so many at its beginning or its end."""
_LINE = 40
"""A line that dates the text has no more characters."""
_LONGEST = 60
"""Longer spans than this are no plans and have no yearly average."""


@cache
def _between() -> re.Pattern[str]:
    return re.compile(table("periods")["between"]["pattern"])


@cache
def _start() -> re.Pattern[str]:
    return re.compile(table("periods")["since"]["start"])


@cache
def _date() -> re.Pattern[str]:
    return re.compile(table("periods")["since"]["date"])


@cache
def _average() -> re.Pattern[str]:
    return re.compile(one_of(table("periods")["average"]["words"]))


def find_averages(outline: Outline, groups: Iterator[int]) -> Iterator[Node]:
    """Growth over several years and the yearly average that the text says it is; nodes of kind `change`, form
    `average`, with the slots `growth` and `average` and the given `years`."""
    for paragraph in outline.paragraphs:
        years: int | None = None
        for sentence in paragraph.sentences:
            years = _years_of(outline, sentence) or years
            figures = [f for f in sentence.figures if f.aspect is Aspect.GROWTH and f.claim.kind in _RATES]
            for growth, average in pairwise(figures):
                one_way = growth.sign == average.sign
                if years and one_way and is_average(average) and not _average().search(growth.lead):
                    yield Node(
                        kind="change",
                        form="average",
                        span=sentence.span,
                        slots=(("growth", (growth,)), ("average", (average,))),
                        features=frozenset({"fell"} if growth.sign < 0 else ()),
                        givens=(("years", Fraction(years)),),
                        group=next(groups),
                    )


def is_average(figure: Figure) -> bool:
    """Whether a growth is a yearly average of what was spoken of before."""
    said = _average().search(figure.lead)
    return (
        said is not None
        and figure.claim.kind is Kind.PERCENT
        and figure.aspect is Aspect.GROWTH
        and len(core(verbs().sub("", figure.lead.replace(said[0], "").removeprefix("即")))) < 2
    )


def find_average_of_ends(outline: Outline, sentence: Sentence, n: int, groups: Iterator[int]) -> Iterator[Node]:
    """The average growth that a sentence states of its figures `n` and `n` + 1, the ends of a change."""
    start, end, *following = sentence.figures[n : n + 5]
    stated = takewhile(lambda f: f.aspect in (Aspect.CHANGE, Aspect.GROWTH), following)
    average = next(filter(is_average, stated), None)
    if (
        average is None
        and n
        and start.lead.startswith(("从", "由"))
        and _average().search(sentence.figures[n - 1].lead)
    ):
        average = sentence.figures[n - 1] if sentence.figures[n - 1].claim.kind is Kind.PERCENT else None
    if average is None or start.claim.kind is Kind.PERCENT:
        return
    group = next(groups)
    for reading, years in enumerate(_years_between(outline, sentence, start, end)):
        yield average_node(sentence, start, end, average, years, group, reading)


def average_node(
    sentence: Sentence, start: Figure, end: Figure, average: Figure, years: int, group: int, reading: int = 0
) -> Node:
    """The node of two values, so many years apart, and the average growth between them."""
    return Node(
        kind="change",
        form="average-ends",
        span=start.span.cover(sentence.span),
        slots=(("before", (start,)), ("after", (end,)), ("average", (average,))),
        features=frozenset({"fell"} if average.sign < 0 else ()),
        givens=(("years", Fraction(years)),),
        group=group,
        reading=reading,
    )


def _years_between(outline: Outline, sentence: Sentence, start: Figure, end: Figure) -> tuple[int, ...]:
    """How many years can lie between two values: those from the year of the one to that of the other, else the span
    that the sentence names before them."""
    first, last = _YEAR.search(start.lead), _YEAR.search(end.lead)
    if first and last:
        years = int(last[1].translate(_CHINESE)) - int(first[1].translate(_CHINESE))
        return (years,) if _within(years) else ()
    if first or last:
        return ()
    said = outline.text[sentence.span.start : start.span.start][-200:]
    if _plan_period().search(said):
        return (_PLAN,)
    if spoken := _years_of(outline, sentence):
        return (spoken,)
    match = _between().search(said)
    span = _within(abs(sub(*ends_of(match)))) if match and match[2] != "比" else None
    return (span, span + 1) if span else ()


@cache
def _plan_period() -> re.Pattern[str]:
    return re.compile(table("periods")["plan"]["pattern"])


def _years_of(outline: Outline, sentence: Sentence) -> int | None:
    """How many years a sentence speaks of: 1957年比1952年, 五年内; None where it does not say."""
    said = outline.text[sentence.span.start : sentence.span.start + 200]
    if "比" in said and (match := _between().search(said)) and match[2] == "比":
        first, last = ends_of(match)
        return _within(abs(first - last))
    for figure in sentence.figures[:4]:
        if _is_years(figure) and figure.tail.startswith(("内", "来", "间", "累计", "共", "时间", "中")):
            return _within(int(figure.claim.value))
    return None


def _within(years: int) -> int | None:
    return years if 1 < years <= _LONGEST else None


def _is_years(figure: Figure) -> bool:
    claim = figure.claim
    return (
        claim.unit.endswith("年")
        and claim.kind is Kind.MEASURE
        and claim.hedge is None
        and claim.value.denominator == 1
    )


def ends_of(between: re.Match[str]) -> tuple[int, int]:
    """The two years of a match of the pattern of spans, the second in the first one's century if it has two digits."""
    first, last = (int(printed.translate(_CHINESE)) for printed in between.group(1, 3))
    return first, last + (first // 100 * 100 if last < 100 else 0)


def _another_between(outline: Outline, figure: Figure, place: Span) -> bool:
    """Whether another figure stands between a number of years and a first and last year, which may be of that one."""
    others = outline.figures[max(0, figure.order - 1) : figure.order + 2]
    return any(
        other is not figure and figure.span.cover(place).start <= other.span.start < figure.span.cover(place).end
        for other in others
    )


def find_years(outline: Outline) -> Iterator[Node]:
    """Numbers of years with the first and last year that they span: nodes of kind `years`."""
    groups = count()
    yield from _beside(outline, groups)
    yield from _since(outline, groups)


def _since(outline: Outline, groups: Iterator[int]) -> Iterator[Node]:
    """Numbers of years up to the date of the text, form `since`: 于2016年初开始…。三年来，…."""
    last = _year_of_text(outline)
    start: tuple[int, int] | None = None  # a year and the paragraph that names it
    seen: set[tuple[int, Fraction]] = set()
    for n, paragraph in enumerate(outline.paragraphs if last else ()):
        for sentence in paragraph.sentences:
            for figure in filter(_is_up_to_now, sentence.figures):
                said = outline.text[max(sentence.span.start, figure.span.start - _REACH) : figure.span.start]
                near = start if start and n - start[1] <= _PARAGRAPHS else (last, n)
                first = max(map(int, _NAMED_YEAR.findall(said)), default=near[0])
                told = first, figure.claim.value
                if first < last and told not in seen:  # what says it again repeats it
                    yield _node("since", figure, sentence.span, first, last, groups)
                    seen.add(told)
            if found := _start().search(outline.text, sentence.span.start, sentence.span.end):
                start = int(found[1]), n


def _is_up_to_now(figure: Figure) -> bool:
    words = table("periods")["since"]
    return _is_years(figure) and (
        figure.tail.startswith(tuple(words["behind"])) or figure.lead.endswith(tuple(words["before"]))
    )


def _year_of_text(outline: Outline) -> int:
    """The year of the line that dates the text, near its beginning or its end; 0 where none does."""
    paragraphs = outline.paragraphs
    for paragraph in (*paragraphs[:_DATED], *paragraphs[-_DATED:]):
        if len(paragraph.span) <= _LINE and (found := _date().search(paragraph.span.of(outline.text))):
            return int(found[1] or found[2])
    return 0


def _beside(outline: Outline, groups: Iterator[int]) -> Iterator[Node]:
    """Numbers of years that stand beside their first and last year, form `beside`: 三年行动方案（2018—2020年）."""
    for figure in outline.figures:
        if not _is_years(figure):
            continue
        window = Span(max(0, figure.span.start - _NEAR), min(len(outline.text), figure.span.end + _NEAR + 12))
        said = window.of(outline.text)
        matches = [m for m in _between().finditer(said) if m[2] != "比"]
        if len(matches) != 1:
            continue
        place = Span(window.start + matches[0].start(), window.start + matches[0].end())
        if re.search(r"[。，；\n]", figure.span.cover(place).of(outline.text)):
            continue
        if _another_between(outline, figure, place):
            continue  # 35年可分为四个时期：从1945年到1952年为第一期
        first, last = ends_of(matches[0])
        if first < last:
            yield _node("beside", figure, window, first, last, groups)


def _node(form: str, figure: Figure, span: Span, first: int, last: int, groups: Iterator[int]) -> Node:
    givens = (("first", Fraction(first)), ("last", Fraction(last)))
    features = frozenset({"beside"} if form == "beside" else ())
    return Node("years", form, span, (("stated", (figure,)),), givens=givens, features=features, group=next(groups))
