"""Finds totals that come after their parts, and remainders.

A node of kind `summing` has the slots `total` and `parts`. Forms: `plus` (A，加上B，总数C), `after` (A…，B…，合计C),
`before` (总额C，A…，B…), `parallel` (three sentences of the same build of which the last begins 合计: each of its
figures is the sum of the figures in the same place before), `balance` (收入A，支出B，收支相抵，结余C: A is the total
of B and C), `difference` (送审A，审定B，核减C: the same by the names of the three), and those of accounts.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from itertools import count

from audit.claim import Kind
from audit.outline.accounts import find_accounts
from audit.outline.carried import has_opening
from audit.outline.cues import one_of, table
from audit.outline.differences import find_differences
from audit.outline.gathered import find_gathered
from audit.outline.outline import Outline
from audit.outline.parts import (
    LEVELS,
    MAX_PARTS,
    features_of_split,
    is_called_whole,
    is_sure_slip,
    make_up_another,
    may_sum,
    summed_as,
)
from audit.outline.tree import Clause, Figure, Node, Sentence
from audit.span import Span

_DIGITS = 3
"""How many digits a total must have that nothing but its arithmetic binds to the figures after it."""
_NOUN = 4
"""The noun behind a figure is no longer than this; more says what was done with so many."""
_BACK = 3
"""How many sentences back the parts of a sum or the sides of a balance are looked for."""


@dataclass(frozen=True, slots=True)
class _Cues:
    plus: re.Pattern[str]
    after: re.Pattern[str]
    bare: re.Pattern[str]
    balance: re.Pattern[str]
    recalled: re.Pattern[str]


@cache
def _cues() -> _Cues:
    data = table("breakdowns")
    return _Cues(
        plus=re.compile(rf"^{one_of(data['plus']['words'])}"),
        after=re.compile(rf"(?P<sum>{one_of(data['summing']['words'])})|{one_of(data['summing']['nouns'])}"),
        bare=re.compile(
            rf"^(?:{one_of(data['summing']['places'])})?{one_of(data['summing']['bare'])}(?:有|[^同享青、]{{0,2}})$"
        ),
        balance=re.compile(one_of(data["balance"]["words"])),
        recalled=re.compile(f"(?:{one_of(data['summing']['recalled'])})?"),
    )


def find_summings(outline: Outline) -> Iterator[Node]:
    """The sums of a document whose total comes last, in text order."""
    groups = count()
    for sentences in outline.streams:
        for index, sentence in enumerate(sentences):
            if not sentence.figures:
                continue
            yield from _in_sentence(sentences, index, groups)
            yield from _before_parts(sentence, groups)
            if _cues().after.match(sentence.clauses[0].text):
                yield from _parallel(sentences, index, groups)
            if _is_balance(sentence) and not has_opening(sentence):
                yield from _balance(sentences, index, groups)
    yield from find_accounts(outline, groups)
    yield from find_differences(outline, groups)
    yield from find_gathered(outline, groups)


def _levels(figures: Sequence[Figure]) -> list[Figure]:
    """The figures that can stand in such a sum; hedged ones fit too many."""
    return [f for f in figures if f.aspect in LEVELS and may_sum(f) and f.claim.hedge is None]


def _in_sentence(sentences: Sequence[Sentence], index: int, groups: Iterator[int]) -> Iterator[Node]:
    sentence, cues = sentences[index], _cues()
    before: list[Figure] = []
    pending: tuple[Figure, Figure] | None = None
    for clause in sentence.clauses:
        for figure in _levels(clause.figures):
            alike = [f for f in before if summed_as(f) == summed_as(figure)]
            if pending and figure.claim.dimension == pending[0].claim.dimension:
                yield _node("plus", figure, pending, sentence.span, next(groups))
                pending = None
            elif number := _number_summed(clause, figure):
                yield from _recalled(sentences, index, figure, alike, number, groups)
            elif len(alike) > 1 and (cues.after.search(figure.lead) or cues.bare.match(figure.lead)):
                yield from _after(sentence, figure, alike, next(groups))
            elif alike and cues.plus.match(clause.text):
                pending = (alike[-1], figure)
            before = [*before[-MAX_PARTS:], figure]


def _after(sentence: Sentence, total: Figure, alike: Sequence[Figure], group: int) -> Iterator[Node]:
    """The readings of a total whose parts stand before it: all figures of its kind, the last two, the last three."""
    likely = _is_sum(total)
    facts = frozenset({"summed"} if _is_announced(sentence, total, alike) else ())
    for reading, size in enumerate(dict.fromkeys((len(alike), 2, 3))):
        if size <= len(alike) and not make_up_another(alike[-size:], alike[:-size], total):
            node = _node("after", total, alike[-size:], sentence.span, group, reading, facts)
            yield node if likely or facts else _only_sure(node)


def _is_announced(sentence: Sentence, total: Figure, alike: Sequence[Figure]) -> bool:
    """Whether 共 or 合计 right behind a list says that the total is all of it: no other figure of the kind stands
    before it, and no clause between them names things without their figures (以及各地的捐助，总计256.3万元)."""
    if len(total.tail) > _NOUN or not (_cues().bare.match(total.lead) or _is_sum(total)):
        return False
    kind = [f for f in sentence.figures if summed_as(f) == summed_as(total) and f.order < total.order]
    start, end = alike[0].span.start, total.span.start
    named = all(c.figures for c in sentence.clauses if start < c.span.start < end)
    return named and len(kind) == len(alike)


def _number_summed(clause: Clause, total: Figure) -> int:
    """How many figures before it a total is said to be the sum of (以上三项共计4.3亿元), 0 where it is not said."""
    at = clause.figures.index(total)
    said = _cues().after.match(total.lead)
    if not at or said is None or not said["sum"]:
        return 0
    number = clause.figures[at - 1]
    counts = number.claim.kind in (Kind.LIST_COUNT, Kind.COUNT) and not number.tail.removeprefix(said[0])
    return int(number.claim.value) if counts and _cues().recalled.fullmatch(number.lead) else 0


def _recalled(
    sentences: Sequence[Sentence],
    index: int,
    total: Figure,
    alike: Sequence[Figure],
    number: int,
    groups: Iterator[int],
) -> Iterator[Node]:
    """The sum of so many figures before a total, be it in the sentences before."""
    first = index
    found = list(alike)
    while len(found) < number and first and index - first < _BACK:
        first -= 1
        found = [f for f in _levels(sentences[first].figures) if f.claim.dimension == total.claim.dimension] + found
    if 1 < number <= len(found):
        context = sentences[first].span.cover(sentences[index].span)
        facts = frozenset({"summed", "numbered"} if len(found) == number else ())
        node = _node("after", total, found[-number:], context, next(groups), facts=facts)
        yield node if facts else _only_sure(node)


def _is_sum(total: Figure) -> bool:
    """Whether a total is said to be a sum, not of things named in the same breath (住宿费、交通费合计6万元) nor by a
    word that may begin another count (共)."""
    summed = _cues().after.search(total.lead)
    if summed is None or (summed.start() and not summed["sum"]):
        return False
    return "、" not in total.lead[: summed.start()].lstrip("、")


def _only_sure(node: Node) -> Node:
    """The node without what speaks for a slip, unless it does so beyond chance: a total that is named for something
    (零售总额) need not be the sum of what stands before it."""
    ((_, (total,)), (_, parts)) = node.slots
    return node if is_sure_slip(total, parts) else replace(node, features=node.features - {"slip", "clear_slip"})


def _before_parts(sentence: Sentence, groups: Iterator[int]) -> Iterator[Node]:
    """A total directly followed by the figures that make it up (累计确诊335例，在院65例，治愈270例); only where its
    words call it a whole, the parts make it up to the digit, and it has digits enough for that to be no chance."""
    if len(sentence.figures) < 3:
        return
    levels = _levels(sentence.figures)[:MAX_PARTS]
    dimensions = {f.claim.dimension for f in levels}
    for dimension in sorted(dimensions):
        total, *following = [f for f in levels if f.claim.dimension == dimension]
        together = Fraction(0)
        for n, part in enumerate(following, 1):
            together += part.claim.value
            if together >= total.claim.value:
                if n > 1 and together == total.claim.value and _is_whole(total):
                    yield _node("before", total, following[:n], sentence.span, next(groups))
                break


def _is_whole(figure: Figure) -> bool:
    if not is_called_whole(figure):
        return False
    return sum(c.isdigit() for c in figure.claim.text.strip("0")) >= _DIGITS


def _parallel(sentences: Sequence[Sentence], index: int, groups: Iterator[int]) -> Iterator[Node]:
    totals = _levels(sentences[index].figures)
    rows = [_levels(s.figures) for s in sentences[max(0, index - _BACK) : index]]
    rows = [r for r in rows if len(r) == len(totals)]
    if not totals or len(rows) < 2:
        return
    context = sentences[index - len(rows)].span.cover(sentences[index].span)
    for total, *parts in zip(totals, *rows, strict=True):
        if all(p.claim.dimension == total.claim.dimension for p in parts):
            yield _node("parallel", total, parts, context, next(groups))


def _is_balance(sentence: Sentence) -> bool:
    """Whether the sentence calls its last level what is left, be it before a percentage (顺差2791亿元，扩大9%)."""
    said = _cues().balance.search
    last = _levels(sentence.figures)[-1:]
    return bool(
        said(sentence.clauses[0].text) or said(sentence.clauses[-1].text) or any(said(figure.lead) for figure in last)
    )


def _balance(sentences: Sequence[Sentence], index: int, groups: Iterator[int]) -> Iterator[Node]:
    """Every pair of levels before the balance that can be its two sides, nearest first."""
    rests = _levels(sentences[index].figures)
    earlier = [f for s in sentences[max(0, index - _BACK) : index] for f in _levels(s.figures)]
    if not rests:
        return
    rest = rests[-1]
    sides = [f for f in (*earlier, *rests[:-1]) if f.claim.dimension == rest.claim.dimension][-6:]
    group = next(groups)
    reading = 0
    for n in range(len(sides) - 1, 0, -1):
        for m in range(n - 1, -1, -1):
            larger, smaller = sorted((sides[m], sides[n]), key=lambda f: f.claim.value, reverse=True)
            context = sides[m].span.cover(sentences[index].span)
            yield _only_sure(_node("balance", larger, (smaller, rest), context, group, reading))
            # A digit too many or too few may have made the smaller side the larger one.
            yield _only_sure(_node("balance", smaller, (larger, rest), context, group, reading + 1))
            reading += 2


def _node(
    form: str,
    total: Figure,
    parts: Sequence[Figure],
    context: Span,
    group: int,
    reading: int = 0,
    facts: frozenset[str] = frozenset(),
) -> Node:
    features = features_of_split(total, parts, facts)
    if any(p.claim.value > total.claim.value for p in parts):
        features -= {"slip"}  # a figure smaller than one before it is hardly meant as the sum
    return Node(
        kind="summing",
        form=form,
        span=context,
        slots=(("total", (total,)), ("parts", tuple(parts)[:MAX_PARTS])),
        features=features,
        group=group,
        reading=reading,
    )
