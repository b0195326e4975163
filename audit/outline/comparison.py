"""Finds figures that the text says are above or below another one.

A node of kind `comparison` has the slots `value` and `bound`, and one of the features `above` and `below`. Forms:
`round`, an exact figure beside the round number that it is past or short of (突破400亿元，达403.4亿元); `compared`, a
figure and the one that it is compared with (1115亿元，超过上年的1110亿元); `limit`, debt and the limit that it is
said to keep within (债务限额810亿元，债务余额801亿元，控制在限额内).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from audit.claim import Kind
from audit.outline.cues import one_of, table
from audit.outline.outline import Outline
from audit.outline.parts import LEVELS
from audit.outline.tree import Aspect, Figure, Node, Sentence

_KINDS = frozenset({Kind.AMOUNT, Kind.COUNT, Kind.MEASURE, Kind.PERCENT, Kind.PER})
_BACK = 2
"""So many sentences before the one that says so the debt and its limit are looked for."""
_STATED = frozenset({Aspect.LEVEL, Aspect.END, Aspect.RATE, Aspect.SHARE, Aspect.EACH, Aspect.GROWTH})


def find_comparisons(outline: Outline) -> Iterator[Node]:
    """The comparisons of a document, in text order."""
    for sentence in outline.stating:
        value: Figure | None = None
        for first, second in pairwise(sentence.figures):
            # 5.8%，低于上年的6.9%，但高于5.5%的目标: both are said of the first figure
            value = value if value is not None and _cues().verb.match(first.lead) else first
            if _are_alike(value, second) and first.tail in ("", second.lead):
                yield from _round(sentence, first, second)
                yield from _compared(sentence, value, second)
    for sentences in outline.streams:
        for index, sentence in enumerate(sentences):
            if _limit().search(outline.text, sentence.span.start, sentence.span.end):
                before = [f for s in sentences[max(0, index - _BACK) : index + 1] for f in s.figures]
                yield from _limits(sentence, before)


def _limits(sentence: Sentence, figures: Sequence[Figure]) -> Iterator[Node]:
    """The last debt that has a limit of the same kind, and that limit."""
    words = table("comparison")["limit"]
    value, bound = ([f for f in figures if any(name in f.lead for name in words[role])] for role in ("value", "bound"))
    for debt in reversed(value):
        kinds = _kinds_of_debt(debt)
        alike = [f for f in bound if _kinds_of_debt(f) == kinds and _are_alike(debt, f) and f.claim.hedge is None]
        if alike:
            yield _node("limit", sentence, debt, alike[-1], "below")
            return


def _kinds_of_debt(figure: Figure) -> list[str]:
    return re.findall(table("comparison")["limit"]["kinds"], figure.lead)


def _are_alike(first: Figure, second: Figure) -> bool:
    a, b = first.claim, second.claim
    alike = a.kind is b.kind and a.dimension == b.dimension and a.per == b.per
    return alike and a.kind in _KINDS and first.aspect in _STATED


@dataclass(frozen=True, slots=True)
class _Cues:
    stating: re.Pattern[str]
    adverbs: re.Pattern[str]
    verb: re.Pattern[str]
    compared: re.Pattern[str]
    levels: re.Pattern[str]


@cache
def _cues() -> _Cues:
    data, compared = table("comparison"), table("comparison")["compared"]
    adverbs = f"、?{one_of(data['round']['adverbs'])}*"
    verb = f"{one_of(compared['adverbs'])}*(?:(?P<above>{one_of(compared['above'])})|{one_of(compared['below'])})了?"
    return _Cues(
        stating=re.compile(f"{adverbs}{one_of(data['round']['stating'])}了?"),
        adverbs=re.compile(adverbs),
        verb=re.compile(verb),
        compared=re.compile(f"{verb}(?P<base>[^，；]{{1,24}})"),
        levels=re.compile(one_of(compared["levels"])),
    )


@cache
def _limit() -> re.Pattern[str]:
    return re.compile(table("comparison")["limit"]["said"])


def _round(sentence: Sentence, first: Figure, second: Figure) -> Iterator[Node]:
    cues = _cues()
    if _side(first) == "above" and second.claim.hedge is None and cues.stating.fullmatch(second.lead):
        if first.aspect in LEVELS:  # 下降超过50%，达到20%: by how much, and to what
            yield _node("round", sentence, second, first, "above")
    elif _side(second) and first.claim.hedge is None and cues.adverbs.fullmatch(second.lead):
        # 动辄10万元，超过50万元: without a word for a mark that is passed, the two may be apart
        told = bool(second.lead.strip("、")) or first.claim.value in second.claim.interval
        mark = second.tail in table("comparison")["round"]["marks"]
        if _is_definite(first) and (mark or told and not second.tail):
            yield _node("round", sentence, first, second, _side(second))


def _side(figure: Figure) -> str:
    """On which side of a figure lies what a hedge before it says (突破400亿元, 近500家), "" where none does."""
    claim = figure.claim
    if claim.hedge is None or claim.span.start == claim.numeral.start:
        return ""
    return "above" if claim.interval.low == claim.value else "below" if claim.interval.high == claim.value else ""


def _is_definite(figure: Figure) -> bool:
    """Whether a figure is neither bounded on one side only (2.8%以下) nor vague (几十万)."""
    claim, interval = figure.claim, figure.claim.interval
    if interval.low is None or interval.high is None:
        return False
    return not interval.width or claim.value not in (interval.low, interval.high) and 2 * interval.width < claim.value


def _compared(sentence: Sentence, value: Figure, other: Figure) -> Iterator[Node]:
    said = _cues().compared.fullmatch(other.lead)
    if said is None or other.claim.hedge is not None or "不" in said["base"] or not _is_definite(value):
        return
    if said["base"].endswith("的") and not other.tail or _cues().levels.match(other.tail):
        yield _node("compared", sentence, value, other, "above" if said["above"] else "below")


def _node(form: str, sentence: Sentence, value: Figure, bound: Figure, side: str) -> Node:
    slots = (("value", (value,)), ("bound", (bound,)))
    return Node("comparison", form, sentence.span, slots, features=frozenset({form, side}))
