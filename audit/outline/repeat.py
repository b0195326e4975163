"""Finds repeats: two figures that state one fact.

A node of kind `repeat` has the slots `first` and `second`, the later mention second. Forms: `same` (the same value
with the same name beside it), `anchored` (other figures beside it are the same in both places: 注册资金11000万元，出资
5390万元 and 注册资金11000万元，出资5300万元), `caption` (the text below a picture retells the text above it), `heading`
(the text below a headline retells it), `name` (a quoted name with another number in it), `slip` (the same name and
time, and values that one slip tells apart). The feature `certain` says that the wording leaves no room for another
fact, `likely` that it leaves little.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from audit.claim import Claim, Kind
from audit.outline.mention import (
    Mention,
    before,
    is_comparable,
    may_be_one_fact,
    mentions_of,
    one_fact,
    said_before,
    said_behind,
    same_time,
    shared_name,
    significance,
)
from audit.outline.outline import Outline
from audit.outline.parts import LEVELS
from audit.outline.tree import Node
from audit.quantity.interval import Interval
from audit.slip import TELLING_SLIPS, mends

_EARLIER = 4
"""A mention is compared with this many earlier mentions of its value."""
_ANCHOR = 3
"""The figures beside a repeated one must have so many digits together that chance does not make them equal."""
_RETOLD = 6
"""A caption repeats at least this many telling characters before its figure."""
_ABOUT = 60
"""A caption is compared with so many figures on either side of it."""
_NAME = re.compile("[^“”‘’，,。；;：:、（(]{5,12}(?=[”’])")
_LABEL = 4
"""Figures of two mentions that differ have a name of so many characters, and so many in common right beside them."""
_RETOLD_BELOW = 3
"""The text below a headline shares a name of so many characters with it; it is about what the headline says."""
_HEADLINE = 40
"""A headline is no longer than this."""
_STOP = re.compile("[，,。；;：:](?![0-9])")
_TELLING = 4
"""Figures with so many digits are hardly one slip apart by chance."""
_RATES = frozenset({Kind.PERCENT, Kind.POINTS})
_UNTELLING = frozenset({Kind.LIST_COUNT, Kind.RATIO, *_RATES})
"""Small numbers, whatever their quotient (6:4), and rates, which differ less than what they are rates of."""


def find_repeats(outline: Outline) -> Iterator[Node]:
    """The repeats of a document."""
    mentions = mentions_of(outline)
    by_value: dict[object, list[int]] = defaultdict(list)
    matched: set[int] = set()
    for at, mention in enumerate(mentions):
        claim = mention.figure.claim
        if not is_comparable(mention):
            continue
        earlier = by_value[claim.dimension, claim.kind in _RATES, claim.value]
        same = [n for n in reversed(earlier[-_EARLIER:]) if one_fact(mentions[n], mention)]
        told = same or [n for n in reversed(earlier[-_EARLIER:]) if _retold(mentions, n, at)]
        if told:
            matched |= {at, told[0]}
            yield _node("same", mentions[told[0]], mention)
        for n in same:
            yield from _anchored(mentions, n, at)
        earlier.append(at)
    yield from _slips(mentions, matched)
    yield from _captions(mentions, matched)
    yield from _headings(mentions, matched)
    yield from _names(outline.text, mentions)


def _node(form: str, first: Mention, second: Mention, certain: bool = False) -> Node:
    slots = (("first", (first.figure,)), ("second", (second.figure,)))
    span = first.figure.span.cover(second.figure.span)
    features = {"certain"} if certain else {"likely"} if form in ("name", "slip", "heading") else set()
    return Node("repeat", form, span, slots, features=frozenset(features))


def _retold(mentions: Sequence[Mention], n: int, at: int) -> bool:
    """Whether two equal figures are hardly equal by chance, though too little of their names is the same for what
    stands beside them to be compared: they have many digits, or the figures next to them are equal as well, or a
    heading is retold."""
    first, second = mentions[n], mentions[at]
    if not may_be_one_fact(first, second) or first.figure.claim.kind in _UNTELLING:
        return False  # nor are rates: two things may grow alike (两项收费同比均增长164.2%)
    digits = min(significance(first.figure), significance(second.figure))
    if digits > 2 and any(_equal_beside(mentions, n, at, side) for side in (-1, 1)):
        return True
    named = max(shared_name(first, second), said_before(first, second), said_behind(first, second))
    return named > 1 and digits + 2 * (first.heading or second.heading) >= _TELLING


def _equal_beside(mentions: Sequence[Mention], n: int, at: int, side: int) -> bool:
    """Whether the next figures on one side of two equal ones are equal too, and tell as much."""
    beside = _beside(mentions, n, at, side)
    if beside is None:
        return False
    a, b = (m.figure.claim for m in beside)
    if a.dimension != b.dimension or a.value != b.value or a.kind in _RATES:
        return False  # equal parts are equal shares
    return significance(beside[0].figure) > 1


def _differ(first: Mention, second: Mention) -> bool:
    """Whether two figures are of one kind and say the same of their subject, but are not equal."""
    a, b = first.figure.claim, second.figure.claim
    alike = first.figure.aspect is second.figure.aspect or {first.figure.aspect, second.figure.aspect} <= LEVELS
    return alike and a.dimension == b.dimension and a.kind is b.kind and a.per == b.per and a.value != b.value


def _anchored(mentions: Sequence[Mention], n: int, at: int) -> Iterator[Node]:
    """The figures beside two equal ones that state one fact, where they differ.

    A slip changes one figure: where those on both sides differ, the text states two facts that agree in one figure.
    """
    beside = {side: pair for side in (-1, 1) if (pair := _beside(mentions, n, at, side)) and _differ(*pair)}
    for side, pair in beside.items() if len(beside) < 2 else ():
        if not same_time(*pair):
            continue
        first, second = pair
        if _told_beside(mentions, at + side, first) or _told_beside(mentions, n + side, second):
            continue
        outer = _beside(mentions, n + side, at + side, side)
        if outer is not None and _differ(*outer) and _listed(first, outer[0], side) and _listed(second, outer[1], side):
            continue  # 分别增长14.8%、27.6%和35.2%, 分别增长8.3%、21.7%和35.2%: more than a slip
        both = (
            outer is not None
            and outer[0].figure.claim.value == outer[1].figure.claim.value
            and significance(outer[0].figure) > 1  # 99元一位, 49元一位: one says nothing
        )
        if mentions[n].figure.claim.kind in _RATES and not both:
            continue  # rates in a row have the same words around them (四项指标分别下降28.4%、36.7%、41.9%和19.3%)
        digits = significance(mentions[n].figure) + (significance(outer[0].figure) if outer and both else 0)
        touching = all(_touch(mentions[i], mentions[i + side], side) for i in (n, at))
        if outer is not None and _differ(*outer) and not touching:  # another figure differs too: two facts
            continue
        if digits >= _ANCHOR and (touching or max(said_before(first, second), said_behind(first, second)) > 1):
            told = said_before(first, second) >= _RETOLD
            yield _node("anchored", first, second, certain=touching or both or told)


def _told_beside(mentions: Sequence[Mention], at: int, other: Mention) -> bool:
    """Whether a figure equal to another mention's stands close by in the sentence of a mention, which then speaks of
    something else (64GB售5499元，256GB售6799元; 64GB售5499元，128GB售5999元，256GB售6799元)."""
    wanted = other.figure.claim
    return any(
        m.sentence == mentions[at].sentence
        and m.figure.claim.dimension == wanted.dimension
        and m.figure.claim.value == wanted.value
        for m in mentions[max(0, at - _EARLIER) : at + _EARLIER + 1]
    )


def _beside(mentions: Sequence[Mention], n: int, at: int, side: int) -> tuple[Mention, Mention] | None:
    if not (0 <= n + side < len(mentions) and 0 <= at + side < len(mentions)):
        return None
    first, second = mentions[n + side], mentions[at + side]
    if first.sentence != mentions[n].sentence or second.sentence != mentions[at].sentence:
        return None
    return first, second


def _listed(one: Mention, other: Mention, side: int) -> bool:
    """Whether two neighbouring figures stand in one list."""
    return (one if side < 0 else other).figure.lead in ("、", "和", "与", "及", "以及")


def _touch(one: Mention, other: Mention, side: int) -> bool:
    """Whether nothing stands between two neighbouring figures (1579户3182人)."""
    left, right = (other, one) if side < 0 else (one, other)
    return right.figure.span.start - left.figure.span.end < 2


def _slips(mentions: Sequence[Mention], matched: AbstractSet[int]) -> Iterator[Node]:
    """Figures of one name and time that a slip tells apart which chance hardly would: digits swapped, doubled or left
    out, the point or the scale word another; not one digit for another, by which neighbouring years differ too."""
    named: dict[tuple[str, bool, str], list[int]] = defaultdict(list)
    for at, mention in enumerate(mentions):
        claim = mention.figure.claim
        if at in matched or len(claim.label) < _LABEL or not is_comparable(mention):
            continue
        if significance(mention.figure) < _TELLING:
            continue
        earlier = named[claim.dimension, claim.kind in _RATES, claim.label[-_LABEL:]]
        for n in reversed(earlier[-_EARLIER:]):
            if _told_beside(mentions, at, mentions[n]) or _told_beside(mentions, n, mention):
                continue
            if _told_twice(mentions[n], mention) and _one_slip(mentions[n], mention):
                yield _node("slip", mentions[n], mention)
                break
        earlier.append(at)


def _told_twice(first: Mention, second: Mention) -> bool:
    return (
        first.sentence != second.sentence
        and first.figure.aspect is second.figure.aspect
        and (first.figure.claim.hedge is None) == (second.figure.claim.hedge is None)
        and _differ(first, second)
        and same_time(first, second)
        and max(said_before(first, second), said_behind(first, second)) >= _LABEL
    )


def _one_slip(first: Mention, second: Mention) -> bool:
    return not _slips_between(first, second).isdisjoint(TELLING_SLIPS)


def _slips_between(first: Mention, second: Mention) -> frozenset[str]:
    """The slips of the pen that tell two figures apart."""
    a, b = first.figure.claim, second.figure.claim
    both = ((a, b), (b, a))
    return frozenset(m.edit for claim, other in both for m in mends(claim, Interval.point(other.value)))


def _captions(mentions: Sequence[Mention], matched: set[int]) -> Iterator[Node]:
    """The figures of captions that no figure of their section equals, with the one that the wording repeats."""
    sections: dict[int, list[int]] = defaultdict(list)
    for at, mention in enumerate(mentions):
        if not mention.caption:
            sections[mention.section].append(at)
    for at, mention in enumerate(mentions):
        if not mention.caption or at in matched or not is_comparable(mention):
            continue
        told = [
            (said_before(mentions[n], mention) + _quoted(mentions[n], mention), n)
            for n in _nearest(sections[mention.section], at)
            if n not in matched and _differ(mentions[n], mention) and same_time(mentions[n], mention)
        ]
        best, n = max(told, default=(0, 0))
        if best >= _RETOLD:
            first, second = sorted((mentions[n], mention), key=lambda m: m.figure.order)
            yield _node("caption", first, second, certain=before(first, second) >= _RETOLD + 2)


def _headings(mentions: Sequence[Mention], matched: AbstractSet[int]) -> Iterator[Node]:
    """The figures of headlines that no figure of the text below equals, with the one that the wording repeats and a
    slip tells apart."""
    for at, mention in enumerate(mentions):
        if at in matched or not _is_headline(mention):
            continue
        below = [m for m in mentions[at + 1 : at + 1 + _ABOUT] if m.section == mention.section and not m.heading]
        a = mention.figure.claim
        if any(_agree(a, m.figure.claim) for m in below):
            continue
        told = [
            (max(said_before(mention, m), said_behind(mention, m), shared_name(mention, m)), -n)
            for n, m in enumerate(below)
            if _differ(mention, m) and mention.figure.aspect is m.figure.aspect and _slips_between(mention, m)
        ]
        best, n = max(told, default=(0, 0))
        if best >= _RETOLD_BELOW:
            yield _node("heading", mention, below[-n])


def _is_headline(mention: Mention) -> bool:
    """Whether a figure stands in a headline, not in a sentence set as a heading, and is no rate, which grow alike."""
    block = mention.block.of(mention.text)
    return (
        mention.heading
        and len(block) <= _HEADLINE
        and not _STOP.search(block)
        and is_comparable(mention)
        and mention.figure.claim.kind not in _UNTELLING
        and significance(mention.figure) > 1
        and mention.before not in ("（", "(")  # 农工党（24人）: the head of a list
    )


def _agree(a: Claim, b: Claim) -> bool:
    """Whether two figures may be one, in whatever units they are counted."""
    if None in (a.interval.low, a.interval.high, b.interval.low, b.interval.high) or a.dimension != b.dimension:
        return False
    return a.interval.meets(b.interval)


def _nearest(places: Sequence[int], at: int) -> Sequence[int]:
    middle = bisect_left(places, at)
    return places[max(0, middle - _ABOUT) : middle + _ABOUT]


def _quoted(first: Mention, second: Mention) -> int:
    """What a quoted name right beside both figures adds (400平方米“玉耳”大棚)."""
    name = shared_name(first, second, beside=True)
    return name if name > _RETOLD - 1 else 0


def _names(text: str, mentions: Sequence[Mention]) -> Iterator[Node]:
    """Quoted names that differ in nothing but their number word (“五种帮扶模式”, “六种帮扶模式”)."""
    seen: dict[str, Mention] = {}
    for mention in mentions:
        claim = mention.figure.claim
        found = _NAME.match(text, claim.numeral.end) if mention.before in ("“", "‘") else None
        if claim.kind is Kind.LIST_COUNT and found:
            first = seen.setdefault(found[0], mention)
            if first.figure.claim.value != claim.value:
                yield _node("name", first, mention)
