"""Finds numbers of years: average yearly growth over a span of years, and spans that name their first and last year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from itertools import count, pairwise

from audit.claim import Kind
from audit.outline.cues import one_of, table
from audit.outline.outline import Outline
from audit.outline.tree import Aspect, Figure, Node, Sentence
from audit.span import Span

_CHINESE = str.maketrans("零〇一二三四五六七八九", "00123456789")
_NEAR = 24
"""How far from a number of years its first and last year can stand."""
_LONGEST = 60
"""Longer spans than this are no plans and have no yearly average."""


@cache
def _between() -> re.Pattern[str]:
    return re.compile(table("periods")["between"]["pattern"])


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
            figures = [f for f in sentence.figures if f.aspect is Aspect.GROWTH and f.claim.kind is Kind.PERCENT]
            for growth, average in pairwise(figures):
                if years and _average().search(average.lead) and not _average().search(growth.lead):
                    yield Node(
                        kind="change",
                        form="average",
                        span=sentence.span,
                        slots=(("growth", (growth,)), ("average", (average,))),
                        givens=(("years", Fraction(years)),),
                        group=next(groups),
                    )


def _years_of(outline: Outline, sentence: Sentence) -> int | None:
    """How many years a sentence speaks of: 1957年比1952年, 五年内; None where it does not say."""
    said = outline.text[sentence.span.start : sentence.span.start + 200]
    if "比" in said and (match := _between().search(said)) and match[2] == "比":
        return _within(abs(_year(match[1]) - _year(match[3])))
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


def _year(printed: str) -> int:
    return int(printed.translate(_CHINESE))


def find_year_spans(outline: Outline) -> Iterator[Node]:
    """Numbers of years that stand beside their first and last year (三年行动方案（2018—2020年）), in text order."""
    groups = count()
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
        first, last = _year(matches[0][1]), _year(matches[0][3])
        last += first // 100 * 100 if last < 100 else 0
        if first < last:
            yield Node(
                kind="years",
                form="beside",
                span=window,
                slots=(("stated", (figure,)),),
                givens=(("first", Fraction(first)), ("last", Fraction(last))),
                group=next(groups),
            )
