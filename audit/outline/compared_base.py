"""Finds changes against a base that stands on its own, in brackets or in another sentence than the level it led to.

Nodes of kind `change` and form `difference`: 常住人口与2010年的361907人相比，增加24635人 (feature `named`: the level is
stated before under that name), 常住人口386542人。同2010年的361907人相比，增加24635人 (the sentence before states one
level of the kind), 新增样本386万个，相比上年（642万个）下降39.9%.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

from audit.claim import Kind
from audit.outline.change_said import change_node, is_growth, without_spans
from audit.outline.cues import one_of, table
from audit.outline.divisible import is_average
from audit.outline.naming import is_exactly, name_of
from audit.outline.outline import Outline
from audit.outline.tree import Aspect, Bracket, Clause, Figure, Node, Sentence

_REACH = 20
"""How many figures back the level is looked for that is named."""
_LEVELS = frozenset({Aspect.LEVEL, Aspect.END, Aspect.RATE, Aspect.SHARE, Aspect.EACH})
_AMOUNTS = frozenset({Kind.AMOUNT, Kind.COUNT, Kind.MEASURE})
_BLANK = re.compile(r"[\s为约]*")


def find_compared(outline: Outline, sentences: Sequence[Sentence], index: int, groups: Iterator[int]) -> Iterator[Node]:
    """The changes of one sentence against bases of that kind."""
    yield from _with_base_first(outline, sentences, index, groups)
    for clause in sentences[index].clauses:
        for bracket in clause.brackets:
            yield from _with_base_in_brackets(outline.text, sentences, index, clause, bracket, groups)


def _with_base_first(
    outline: Outline, sentences: Sequence[Sentence], index: int, groups: Iterator[int]
) -> Iterator[Node]:
    sentence = sentences[index]
    base, change, *_ = (*without_spans(sentence.figures), None, None)
    if base is None or change is None or (base.aspect, change.aspect) != (Aspect.START, Aspect.CHANGE):
        return
    if change.claim.dimension != base.claim.dimension:
        return
    if subject := _named().match(base.lead):
        at = bisect_left(outline.main_starts, sentence.span.start)
        before = reversed(outline.main[max(0, at - _REACH) : at])
        level = next((f for f in before if _is_level(f, base) and is_exactly(subject["name"], name_of(f))), None)
        facts = frozenset({"named"})
    else:
        level = _level_before(sentences, index, base) if reference().match(base.lead) else None
        facts = frozenset()
    if level is not None:
        context = level.span.cover(sentence.span)
        yield change_node("difference", (base,), (level,), (change,), (), context, next(groups), 0, facts)


def _with_base_in_brackets(
    text: str, sentences: Sequence[Sentence], index: int, clause: Clause, bracket: Bracket, groups: Iterator[int]
) -> Iterator[Node]:
    base = bracket.figures[0] if bracket.host is None and len(bracket.figures) == 1 else None
    said = text[clause.span.start : bracket.span.start - 1]
    if base is None or base.claim.kind not in _AMOUNTS or not _dated().search(said):
        return
    around = text[bracket.span.start : base.span.start] + text[base.span.end : bracket.span.end]
    change = next((f for f in clause.figures if f.order > base.order), None)
    if change is None or not _BLANK.fullmatch(around):
        return
    rate = is_growth(change)
    if not rate and (change.aspect is not Aspect.CHANGE or change.claim.dimension != base.claim.dimension):
        return
    earlier = [f for f in sentences[index].figures if f.order < base.order]
    level = earlier[-1] if earlier else _level_before(sentences, index, base)
    if level is not None and _is_level(level, base):
        context = level.span.cover(sentences[index].span)
        moved, growth = ((), (change,)) if rate else ((change,), ())
        yield change_node("difference", (base,), (level,), moved, growth, context, next(groups))


def _level_before(sentences: Sequence[Sentence], index: int, base: Figure) -> Figure | None:
    """The only level of the kind in the sentence right before, averages left out."""
    before = sentences[index - 1].figures if index else ()
    levels = [f for f in before if _is_level(f, base) and not is_average(f)]
    return levels[0] if len(levels) == 1 else None


def _is_level(figure: Figure, base: Figure) -> bool:
    return figure.claim.dimension == base.claim.dimension and figure.aspect in _LEVELS


@cache
def _references() -> str:
    return one_of([*table("cues")["change"]["references"], "与", "和"])


@cache
def reference() -> re.Pattern[str]:
    """How a clause begins that compares what the clause before it states."""
    return re.compile(f"(?:而|也|均|却)?{_references()}")


@cache
def _named() -> re.Pattern[str]:
    """How a clause begins that compares a quantity which it names with another value of it."""
    return re.compile(f"(?P<name>[^，]{{3,20}}?){_references()}.")


@cache
def _dated() -> re.Pattern[str]:
    """How a text names, right before a bracket, the period that it compares with."""
    return re.compile(f"(?:{_references()}|相比)[^，。；（(]{{0,12}}(?:年|月|季度|季|周|期)(?:同期|末|底|初|度)?$")
