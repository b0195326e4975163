"""Finds the figures that a named rate is the quotient of, where the text does not say so.

Nodes of kind `share` and form `rate`, with the slots `part`, `base` and `share`. The part is the figure that the rate
is named after (办结386件，办结率96.5%; 负债总额38.7亿元，资产负债率64.5%), or the last one before it. The base is a
figure of the part's unit in the same sentence (feature `near`), in the one before it (no feature), or further back
(`distant`) a count of the places that each have one of what the part counts (全县111个村, 村卫生室97个), or of the same
set of people (贫困对象13660人, 贫困家庭参保10159人). Features: `called` where the rate is named after the part, `both`
where it is named after the base as well (资产负债率), `sole` where no other figure of the sentence can be the base.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from audit.claim import Kind
from audit.outline.cues import one_of, table
from audit.outline.naming import core, name_of
from audit.outline.outline import Outline
from audit.outline.parts import LEVELS, may_sum
from audit.outline.tree import Aspect, Figure, Node, Sentence

_STEM = re.compile(r"(?P<stem>[^，、；\d]{1,10}?)[率面][为是达到已约高]*$")
_REACH = 160
"""How many figures back a set or its places are looked for."""
_NEAR = 8
"""How many figures before and after a rate its part and base can stand."""
_READINGS = 6
_WHOLE = 100
_MOST = 10 * _WHOLE
"""A percentage above this is no rate of a part to a base."""
_NOUN = 4
"""What is counted has no longer a noun behind the word of the rate: 失业人数 has, 失业人员再就业 counts others."""
_PENDING = re.compile("(?:正在|尚|未|不|待|拟|没有|无|应|计划|任务)[^，]{0,4}$")
"""What is said of things not done, or not done yet, before the word that a rate is named after."""

_ADJUSTED = re.compile("[剔扣]除|不含|调整|可比|加权|平均|母公司")
"""How a rate is called that other figures than those of its name were taken for (剔除预收款后的资产负债率)."""


@dataclass(frozen=True, slots=True)
class _Stem:
    """What a rate is called, in pieces of two characters: what it is a rate of (负债), and of what (资产)."""

    part: str
    base: str


def find_rated(outline: Outline, sentences: Sequence[Sentence], index: int, groups: Iterator[int]) -> Iterator[Node]:
    """The rates of one sentence with their figures; several possible bases are readings of one group."""
    figures = sentences[index].figures
    for n, rate in enumerate(figures):
        stem = _stem(rate)
        if stem is None or not 0 < rate.claim.value < _MOST:
            continue
        around = [*reversed(figures[max(0, n - _NEAR) : n]), *figures[n + 1 : n + 1 + _NEAR]]
        levels = [f for f in around if f.aspect in LEVELS and may_sum(f)]
        before = sentences[index - 1].figures[-_NEAR:] if index else ()
        earlier = [f for f in reversed(before) if f.aspect in LEVELS and may_sum(f)]
        readings = [*_named(stem, rate, levels, earlier), *_beside(rate, levels), *_before(stem, rate, earlier)]
        if n and levels and levels[0] is figures[n - 1] and rate.claim.value < _WHOLE:
            readings = [*readings[:_READINGS], *_of_sets(outline, sentences[index], levels[0])]
        group = next(groups)
        for reading, (part, base, features) in enumerate(readings[: 2 * _READINGS]):
            yield Node(
                kind="share",
                form="rate",
                span=base.span.cover(part.span).cover(rate.span),
                slots=(("part", (part,)), ("base", (base,)), ("share", (rate,))),
                features=features,
                group=group,
                reading=reading,
            )


_Reading = tuple[Figure, Figure, frozenset[str]]


def _stem(rate: Figure) -> _Stem | None:
    """What the percentage is called as a rate, None where it is not called one."""
    match = _STEM.search(rate.lead)
    if rate.claim.kind is not Kind.PERCENT or rate.aspect is not Aspect.RATE or rate.claim.hedge or match is None:
        return None
    stem = match["stem"].rpartition("的")[2].removesuffix("化")
    return _Stem(stem[-2:], stem[:-2])


def _named(stem: _Stem, rate: Figure, levels: Sequence[Figure], earlier: Sequence[Figure]) -> Iterator[_Reading]:
    """The readings whose part the rate is named after, those with a base that it is named after too first."""
    found: list[tuple[bool, bool, bool, _Reading]] = []
    plain = _ADJUSTED.search(rate.lead) is None
    for part in (f for f in levels if _is_called(stem.part, f) or _is_called(stem.base[:2], f)):
        alike = [f for f in levels if _are_alike(f, part)]
        fitting = [f for f in alike if _is_of_size(f, part, rate)]
        # What the rate is of is told by its last characters: 有效回收率 is first of all one of 回收.
        second = not _is_called(stem.part, part)
        for base in alike:
            fits = base in fitting  # A slip may have made the base the smaller of the two.
            both = not second and (_is_called(stem.base[:2], base) or _is_called(stem.base[-2:], base))
            told = {"called": not second, "both": both, "sole": len(fitting if fits else alike) == 1}
            features = frozenset({"near", *(feature for feature, holds in told.items() if holds and plain)})
            if fits or (not second and (both or len(alike) == 1) and not _is_called(stem.part, base)):
                found.append((not fits, second, not both, (part, base, features)))
        outside = [f for f in earlier if _may_be_base(f, part, rate)]
        found += [(False, second, True, (part, base, frozenset())) for base in outside]
    found.sort(key=lambda f: f[:3])
    return (reading for *_, reading in found[:_READINGS])


def _before(stem: _Stem, rate: Figure, earlier: Sequence[Figure]) -> Iterator[_Reading]:
    """The readings whose part and base both stand in the sentence before (招生1562人，录取1561人。录取率99.94%)."""
    for part, base, features in _named(stem, rate, earlier, ()):
        yield part, base, features - {"near"}


def _beside(rate: Figure, levels: Sequence[Figure]) -> Iterator[_Reading]:
    """The reading that the last two figures before the rate are its base and its part."""
    before = [f for f in levels if f.order < rate.order]
    if len(before) > 1 and _may_be_base(before[1], before[0], rate):
        yield before[0], before[1], frozenset({"near"})


def _is_called(name: str, figure: Figure) -> bool:
    """Whether the words around a figure have a name in them, and do not say that it is still to come."""
    if not name:
        return False
    return any(_has_name(each, figure) for each in (name, *_other_names().get(name, ())))


@cache
def _other_names() -> Mapping[str, Sequence[str]]:
    """How else the text calls what a rate is named after."""
    return {row["rate"]: row["called"] for row in table("shares")["rated"]["rows"]}


def _has_name(name: str, figure: Figure) -> bool:
    at = figure.lead.rfind(name)
    if at >= 0:
        counted = len(core(figure.lead[at + len(name) :])) <= _NOUN
        return counted and _PENDING.search(figure.lead[:at]) is None
    return name in figure.tail


def _may_be_base(base: Figure, part: Figure, rate: Figure) -> bool:
    """Whether one figure can be what the other is counted among, or measured against where the rate exceeds 100%."""
    return _are_alike(base, part) and _is_of_size(base, part, rate)


def _are_alike(base: Figure, part: Figure) -> bool:
    return base is not part and base.claim.dimension == part.claim.dimension


def _is_of_size(base: Figure, part: Figure, rate: Figure) -> bool:
    return base.claim.value >= part.claim.value if rate.claim.value <= _WHOLE else base.claim.value <= part.claim.value


def _of_sets(outline: Outline, sentence: Sentence, part: Figure) -> Iterator[_Reading]:
    """The readings that a part is counted among places or people that the text counts before; where all its places are
    fewer, which a slip may have made them, that it is counted among those."""
    if part.claim.kind is not Kind.COUNT:
        return
    sets = [base for base in _earlier(outline, sentence) if _is_set_of(base, part)]
    bases = [base for base in sets if base.claim.value >= part.claim.value][: _READINGS // 2]
    if not bases and part.claim.dimension != "person":
        bases = sets[:1]
    yield from ((part, base, frozenset({"distant"})) for base in bases)


def _earlier(outline: Outline, sentence: Sentence) -> Iterator[Figure]:
    """The counts before a sentence, nearest first."""
    end = bisect_left(outline.main_starts, sentence.span.start)
    for figure in reversed(outline.main[max(0, end - _REACH) : end]):
        if figure.claim.kind is Kind.COUNT and figure.aspect in LEVELS:
            yield figure


def _is_set_of(base: Figure, part: Figure) -> bool:
    """Whether the base counts all the places, or the set of people, that the part is counted among."""
    if base.claim.dimension != part.claim.dimension:
        return False
    if part.claim.dimension == "person":
        return bool(_sets(name_of(base)) & _sets(name_of(part)))
    place = base.claim.label
    return bool(place) and part.claim.label.startswith(place) and part.claim.label != place and _is_whole(base)


def _is_whole(figure: Figure) -> bool:
    """Whether the figure counts all of a place: 全县111个村."""
    return re.search("全[^，]$", figure.lead) is not None


@cache
def _people() -> re.Pattern[str]:
    words = table("naming")["people"]
    return re.compile(f"(?=([一-鿿]{{2}}){one_of([*words['words'], *words['households']])})")


def _sets(name: str) -> frozenset[str]:
    """The sets of people that a name speaks of, by what tells them from others: 贫困 of 贫困家庭参加养老保险."""
    return frozenset(_people().findall(core(name)))
