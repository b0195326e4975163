"""Finds growth that the text says is above or below other growth: 工业增8.2%，制造业增15.6%，高于工业增速7.4个百分点.

Nodes of kind `change` and form `gap`: `after` is the growth that is compared, `before` the one it is compared with,
`change` by how many points they differ. The feature `fell` says that it is below, `sole` that the text states but one
value of what it is compared with, `near` that it stands close by and is growth of the same part of a year.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import takewhile

from audit.claim import Kind
from audit.outline.cues import one_of, table
from audit.outline.naming import core
from audit.outline.outline import Outline
from audit.outline.parts_of_year import part_of_year
from audit.outline.tree import Aspect, Figure, Node, Sentence

_BACK = 30
"""How many figures back the other growth is looked for."""
_NEAR = 300
"""What is compared with growth so many characters before is hardly compared with that of another period."""
_MOST = 4
"""So many of its values are tried."""


def find_gaps(outline: Outline, sentence: Sentence, groups: Iterator[int]) -> Iterator[Node]:
    """The gaps that a sentence states, in text order; several given together have one reference."""
    figures = sentence.figures
    for n, gap in enumerate(figures):
        said = _said().fullmatch(gap.lead) if n and gap.claim.kind is Kind.POINTS else None
        if said is None:
            continue
        gaps = [gap, *takewhile(_goes_on, figures[n + 1 :])]
        values = [f for f in figures[max(0, n - _BACK) : n] if f.claim.kind is not Kind.POINTS][-len(gaps) :]
        others = _called(outline, said["ref"] or said["other"], values[0]) if len(values) == len(gaps) else []
        if not others or not all(map(_is_growth, values)):
            continue
        facts = frozenset({"sole"} if len({f.claim.value for f in others}) == 1 else ())
        facts |= {"fell"} if said["below"] or said["lower"] else set()
        for value, points in zip(values, gaps, strict=True):
            group = next(groups)
            period = part_of_year(outline.text, value.span.start)
            for reading, other in enumerate(f for f in others if _may_compare(value, f)):
                near = gap.span.start - other.span.end < _NEAR
                near = near and part_of_year(outline.text, other.span.start) == period
                yield Node(
                    kind="change",
                    form="gap",
                    span=other.span.cover(sentence.span),
                    slots=(("before", (other,)), ("after", (value,)), ("change", (points,))),
                    features=facts | ({"near"} if near else set()),
                    group=group,
                    reading=reading,
                )


@cache
def _said() -> re.Pattern[str]:
    """How the text says before a figure what growth exceeds or falls short of: 增速高于规模以上工业, 比工业增速快."""
    data = table("comparison")["gap"]
    growth, above, below = one_of(data["growth"]), one_of(data["above"]), one_of(data["below"])
    more, less = one_of(data["more"]), one_of(data["less"])
    name = r"[^，；：高快低慢]{2,20}?"
    return re.compile(
        rf"{growth}?(?:分别|均|也)?(?:(?:(?P<above>{above})|(?P<below>{below}))(?P<ref>{name})的?{growth}?"
        rf"|[比较](?P<other>{name})的?{growth}?(?:(?P<higher>{more})|(?P<lower>{less})))"
    )


def _goes_on(figure: Figure) -> bool:
    return figure.claim.kind is Kind.POINTS and figure.lead in table("cues")["coordination"]["words"]


def _is_growth(figure: Figure) -> bool:
    return (
        figure.aspect is Aspect.GROWTH
        and figure.claim.kind is Kind.PERCENT
        and figure.sign > 0
        and figure.claim.hedge is None
    )


def _called(outline: Outline, name: str, value: Figure) -> list[Figure]:
    """The growth stated before a value of what has that name, be it with the word for what is measured (规模以上工业
    for 规模以上工业增加值), the nearest first."""
    at = bisect_left(outline.main_starts, value.span.start)
    before: Sequence[Figure] = outline.main[max(0, at - _BACK) : at]
    place = _place().match(name)
    wanted = _plain(name)
    called = re.compile(f"(?:{_place().pattern})?{re.escape(wanted)}{one_of(table('comparison')['gap']['measured'])}?")
    found = [
        f
        for f in reversed(before)
        if _is_growth(f)
        and called.fullmatch(_plain(f.claim.label))
        and (place is None or f.claim.label.startswith(place[0]))
    ]
    return found[:_MOST] if len(wanted) > 1 else []


def _may_compare(value: Figure, other: Figure) -> bool:
    """Whether nothing says that growth is that of another measure (利润增长12%，高于规模以上工业增加值)."""
    ours, theirs = (_measure().search(f.claim.label) for f in (value, other))
    return not ours or not theirs or ours[0] == theirs[0]


@cache
def _measure() -> re.Pattern[str]:
    data = table("comparison")["gap"]
    return re.compile(f"{one_of([*data['measured'], *data['others']])}$")


@cache
def _place() -> re.Pattern[str]:
    """A place or its level before the name of what grows (全省, 某市): growth elsewhere is other growth."""
    return re.compile("[^，、]{0,4}?[国省市县区州镇乡]")


def _plain(name: str) -> str:
    """A name without particles, with the short words for enterprises above a size."""
    return core(name).replace("规模以上", "规上").replace("限额以上", "限上")
