"""Finds changes between two values of a quantity that stand side by side, each with its period.

上年税收收入120.5亿元，今年132.6亿元，增长10.0%; 营业收入50.85亿元（上年同期45.20亿元），同比增长12.5%. Nodes of kind
`change` and form `stated`: `before` is the value whose period is over, and the change or growth stands right after the
two.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from audit.claim import Kind
from audit.outline.change_said import amounts_after, change_node
from audit.outline.cues import one_of, table
from audit.outline.multiplied import find_multiplied
from audit.outline.naming import core
from audit.outline.outline import Outline
from audit.outline.tree import Aspect, Figure, Node, Sentence
from audit.span import squeeze

_KINDS = frozenset({Kind.AMOUNT, Kind.COUNT, Kind.MEASURE, Kind.PERCENT, Kind.PER})
_LEVELS = frozenset({Aspect.LEVEL, Aspect.END, Aspect.RATE, Aspect.SHARE, Aspect.EACH})
_MOVES = frozenset({Aspect.CHANGE, Aspect.GROWTH})
_SAID = 60
"""How many characters before a figure tell its period."""
_YEAR = re.compile(r"(?<![比较同与])((?:19|20)[0-9]{2}|[一二][零〇一二三四五六七八九]{3})年")
_PLACE = re.compile("全[国省市县区州盟旗镇乡村]")
_DIGITS = str.maketrans("零〇一二三四五六七八九", "00123456789")


@dataclass(frozen=True, slots=True)
class _Cues:
    flow: re.Pattern[str]
    stock: re.Pattern[str]
    present: re.Pattern[str]
    partial: re.Pattern[str]
    planned: re.Pattern[str]
    moving: re.Pattern[str]
    period: re.Pattern[str]
    stating: re.Pattern[str]
    same: re.Pattern[str]
    since: re.Pattern[str]
    short: re.Pattern[str]
    gross: re.Pattern[str]
    yearly: re.Pattern[str]
    parts: re.Pattern[str]


@cache
def _cues() -> _Cues:
    data, periods = table("stated"), table("periods")
    flow, stock, present = data["past"]["flow"], data["past"]["stock"], data["present"]["words"]
    parts = data["partial"]["parts"]
    open_ended = f"(?!{one_of(data['since']['words'])})"
    shorter = f"(?!{one_of(['末', '底', '初'])})"
    return _Cues(
        flow=re.compile(f"(?<![比较同与]){one_of(flow)}{shorter}{open_ended}"),
        stock=re.compile(f"(?<![比较同与]){one_of(stock)}{open_ended}"),
        present=re.compile(one_of(present)),
        partial=re.compile(one_of(data["partial"]["words"])),
        planned=re.compile(one_of(data["planned"]["words"])),
        moving=re.compile(f"^{one_of(data['moving']['words'])}"),
        period=re.compile(
            f"{one_of([*flow, *stock, *present])}|{_YEAR.pattern}[末底度初]?|{data['partial']['parts']}|同期"
        ),
        stating=re.compile(f"{one_of(periods['stating']['words'])}+$"),
        same=re.compile(one_of(data["reference"]["flow"])),
        since=re.compile(one_of(data["reference"]["stock"])),
        gross=re.compile(one_of(data["reference"]["gross"])),
        yearly=re.compile(one_of(data["reference"]["yearly"])),
        parts=re.compile(parts),
        short=re.compile(one_of(data["reference"]["short"])),
    )


@dataclass(frozen=True, slots=True)
class _Value:
    """A value with what the text says before it, the year this names, and whether its period is said to be over."""

    figure: Figure
    said: str
    year: int | None
    past: bool
    stock: bool

    @property
    def name(self) -> str:
        """What the value's clause calls the quantity, "" where it only says when."""
        return core(_cues().stating.sub("", _cues().period.sub("", self.figure.lead)))


def find_stated(outline: Outline, sentence: Sentence, groups: Iterator[int]) -> Iterator[Node]:
    """The changes of one sentence between two values that stand next to each other."""
    figures = sentence.figures
    starts = (sentence.span.start, *(figure.span.end for figure in figures))
    values = [_value(outline, start, figure) for start, figure in zip(starts, figures, strict=False)]
    for n, (first, second) in enumerate(pairwise(values)):
        if first and second and _one_quantity(first, second):
            pair = (first, second) if _is_earlier(first, second) else (second, first)
            if _is_earlier(*pair):
                yield from _moved(outline, sentence, *pair, n + 2, groups)
    for n, present in enumerate(values):
        m = n + 1
        while m < len(figures) and figures[m].aspect in _MOVES:
            m += 1
        past = values[m] if n + 1 < m < len(figures) else None
        # 50.85亿元，同比增长12.5%，上年同期为45.20亿元
        if present and past and not past.name and _one_quantity(present, past) and _is_earlier(past, present):
            yield from _moved(outline, sentence, past, present, n + 1, groups)
    for clause in sentence.clauses:
        for bracket in clause.brackets:
            if bracket.host is None or len(bracket.figures) != 1:
                continue
            n = bisect_left(figures, bracket.host.order, key=lambda figure: figure.order)
            while 0 < n < len(figures) and figures[n].aspect in _MOVES:
                n -= 1  # 50.85亿元，同比增长12.5%（上年同期45.20亿元）
            past = _value(outline, bracket.span.start, bracket.figures[0])
            present = values[n] if n < len(values) else None
            if present and past and not past.name and _is_earlier(past, present):
                yield from _moved(outline, sentence, past, present, n + 1, groups)


def starts_from(level: Figure, change: Figure) -> bool:
    """Whether a change of the present period is said to start from a level, that of the period before it (上年末用户
    1200万户，今年净增120万户)."""
    cues = _cues()
    over = cues.stock.search(level.lead) or cues.flow.search(level.lead)
    if over is None or cues.present.search(change.lead) is None:
        return False
    return cues.present.search(level.lead.replace(over[0], "")) is None


def without_past(levels: list[Figure]) -> list[Figure]:
    """Levels without the last one, where it is said to be of an earlier period than the one before it (50.85亿元，上年
    同期45.20亿元)."""
    if len(levels) < 2:
        return levels
    years = [_YEAR.search(figure.lead) for figure in levels[-2:]]
    past = _cues().flow.search(levels[-1].lead) is not None
    if all(years):
        newer, older = (int(year[1].translate(_DIGITS)) for year in years if year)
        past = older < newer
    return levels[:-1] if past else levels


def _value(outline: Outline, start: int, figure: Figure) -> _Value | None:
    """A level with its period, which the text from `start` on tells; None for any other figure."""
    if figure.claim.kind not in _KINDS or figure.aspect not in _LEVELS or figure.tail.startswith("的"):
        return None
    said = squeeze(outline.text[max(start, figure.span.start - _SAID) : figure.span.start])
    years = [*_YEAR.finditer(said)]
    stock = _cues().stock.search(said) is not None
    return _Value(
        figure=figure,
        said=said,
        year=int(years[-1][1].translate(_DIGITS)) if len(years) == 1 else None,
        past=stock or _cues().flow.search(said) is not None,
        stock=stock,
    )


def _one_quantity(first: _Value, second: _Value) -> bool:
    """Whether two figures side by side are values of one quantity: of one name, or the second without a name."""
    return (
        first.figure.claim.dimension == second.figure.claim.dimension
        and (first.figure.claim.kind is second.figure.claim.kind)
        and first.figure.claim.per == second.figure.claim.per
        and second.name in ("", first.name)
        and set(_PLACE.findall(second.said)) <= set(_PLACE.findall(first.said))
    )


def _is_earlier(past: _Value, present: _Value) -> bool:
    """Whether the text says that one value is the earlier of the two."""
    cues = _cues()
    if present.past or cues.moving.search(present.name) or cues.moving.search(past.name):
        return False
    if cues.planned.search(past.said) and not cues.planned.search(present.said):
        return False
    if past.year and present.year:
        return past.year < present.year
    return past.past or bool(past.year and cues.present.search(present.said))


def _moved(
    outline: Outline, sentence: Sentence, past: _Value, present: _Value, at: int, groups: Iterator[int]
) -> Iterator[Node]:
    """The node of two values and the change or growth given after them, if it speaks of the two."""
    until = max(past.figure.span.start, present.figure.span.start)
    said = outline.text[max(sentence.span.start, until - 2 * _SAID) : until]
    whole_year = past.past and not past.stock and "同期" not in past.said and not _cues().partial.search(past.said)
    if whole_year and _cues().partial.search(said):
        return
    following = [f for f in sentence.figures[at : at + 2] if _speaks_of(f, past, present)]
    yield from find_multiplied(past.figure, present.figure, next(iter(following), None), groups)
    change, growth = amounts_after(following, present.figure, 0, past.year)
    if (change or growth) and not any("分别" in f.lead for f in following):
        context = past.figure.span.cover(present.figure.span).cover((growth or change)[0].span)
        group = next(groups)
        yield change_node("stated", (past.figure,), (present.figure,), change, growth, context, group)


def _speaks_of(moved: Figure, past: _Value, present: _Value) -> bool:
    """Whether a change is not said to be against another period or a plan, nor to be what went in or out of a stock."""
    cues = _cues()
    if cues.planned.search(moved.lead) or cues.short.search(moved.lead) and not cues.short.search(past.said):
        return False
    if cues.yearly.search(moved.lead) and not _are_a_year_apart(past, present):
        return False
    if past.stock:
        return not (cues.same.search(moved.lead) or cues.gross.search(moved.lead))
    return not (past.past and cues.since.search(moved.lead))


def _are_a_year_apart(past: _Value, present: _Value) -> bool:
    """Whether nothing says that two values are not of the same part of two years that follow each other."""
    parts = [_cues().parts.findall(value.said) for value in (past, present)]
    if all(parts) and parts[0] != parts[1]:
        return False
    return not past.year or not present.year or present.year - past.year == 1
