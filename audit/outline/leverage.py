"""Finds funds that are told by the ratio at which they add to others: 省级补助500万元，县级按1:1的比例配套500万元.

Nodes of kind `leverage` with the slots `base`, `value`, `multiple`. Forms: `matched`, funds that match others at a
ratio; `standard`, own funds behind others, compared with the ratio asked for (自筹4700万元，超过1:0.5的配套标准;
`above` or `below`); `levered`, funds that a base is said to have brought about so many times over, be they named before
the multiple (财政投入2亿元，撬动社会资本10亿元，放大5倍) or, with the feature `later`, behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from audit.claim import Kind
from audit.outline.cues import one_of, table
from audit.outline.outline import Outline
from audit.outline.parts import LEVELS
from audit.outline.tree import Aspect, Figure, Node, Sentence

_TIMES = frozenset({Kind.MULTIPLE, Kind.RATIO})


@dataclass(frozen=True, slots=True)
class _Cues:
    matched: re.Pattern[str]
    asked: re.Pattern[str]
    own: re.Pattern[str]
    above: re.Pattern[str]
    below: re.Pattern[str]
    levered: re.Pattern[str]
    brought: re.Pattern[str]


@cache
def _cues() -> _Cues:
    data, compared = table("leverage"), table("comparison")["compared"]
    return _Cues(
        matched=re.compile(one_of(data["matched"]["words"])),
        asked=re.compile(f"的?[^，]{{0,4}}?{one_of(data['matched']['asked'])}"),
        own=re.compile(one_of(data["matched"]["own"])),
        above=re.compile(one_of(compared["above"])),
        below=re.compile(one_of(compared["below"])),
        levered=re.compile(one_of(data["levered"]["words"])),
        brought=re.compile(one_of(data["levered"]["brought"])),
    )


def find_leverages(outline: Outline) -> Iterator[Node]:
    """The ratios at which funds add to others, in text order."""
    for sentence in outline.stating:
        figures = sentence.figures
        for n, times in enumerate(figures):
            if times.claim.kind in _TIMES and n:
                before = [f for f in figures[:n] if _is_money(f)][-2:]
                after = [f for f in figures[n + 1 :] if _is_money(f)][:1]
                yield from _of_ratio(outline.text, sentence, times, before, after)
                yield from _of_multiple(sentence, times, before, after)


def _is_money(figure: Figure) -> bool:
    return figure.claim.kind is Kind.AMOUNT and figure.aspect in LEVELS


def _of_ratio(
    text: str, sentence: Sentence, ratio: Figure, before: Sequence[Figure], after: Sequence[Figure]
) -> Iterator[Node]:
    cues = _cues()
    if ratio.claim.kind is not Kind.RATIO or not before:
        return
    if after and cues.matched.search(ratio.tail) and cues.matched.search(after[0].lead):
        yield _node("matched", sentence, before[-1], after[0], ratio)
    elif len(before) > 1 and cues.asked.match(ratio.tail) and cues.own.search(before[-1].lead):
        said = ratio.lead + ratio.span.of(text)
        side = "above" if cues.above.search(said) else "below" if cues.below.search(said) else ""
        if side and cues.matched.search(said + ratio.tail):
            yield _node("standard", sentence, before[-2], before[-1], ratio, side)


def _of_multiple(
    sentence: Sentence, times: Figure, before: Sequence[Figure], after: Sequence[Figure]
) -> Iterator[Node]:
    said = _cues().levered.search(times.lead)
    if said is None or not before or times.aspect is Aspect.GROWTH:
        return
    if len(before) > 1 and _cues().brought.search(before[1].lead):
        yield _node("levered", sentence, before[0], before[1], times)
    elif after and _are_called_alike(times, after[0]):
        yield _node("levered", sentence, before[-1], after[0], times, "later")


def _are_called_alike(times: Figure, funds: Figure) -> bool:
    """Whether the funds are of the kind that the multiple is said of (10倍信贷规模, 贷款1.7亿元)."""
    return bool(set(times.tail) & set(funds.lead + funds.claim.label) & set(table("leverage")["levered"]["funds"]))


def _node(form: str, sentence: Sentence, base: Figure, value: Figure, multiple: Figure, *features: str) -> Node:
    slots = (("base", (base,)), ("value", (value,)), ("multiple", (multiple,)))
    return Node("leverage", form, sentence.span, slots, features=frozenset(features))
