"""Figures as mentions of facts: what stands on either side of them, and how much two mentions have in common."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from audit.claim import Kind
from audit.document import BlockKind
from audit.frozen import direct
from audit.outline.counting import count_words
from audit.outline.cues import one_of, table
from audit.outline.outline import Outline
from audit.outline.tree import Figure
from audit.span import Span

WINDOW = 24
"""How many characters on either side of a figure are compared."""
_NEAR = 12
"""A name that two mentions share stands within this many characters of both."""
_DROPPED = dict.fromkeys(map(ord, " \t\r\n\u3000\xa0\x1f，,。；;：:、！!？?（）()"))
_CLAUSE_END = re.compile("[，,。；;：:！!？?](?![0-9])")
_NUMBER = re.compile("[0-9０-９.,，．]*[0-9０-９]")
_YEAR = re.compile(r"(?:19|20)\d\d(?=\s?年)")
_DATE = re.compile(
    r"(?:19|20)\d\d\s?年(?:\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?日)?|末|底|初|度|上半年|下半年)?|[去今上本明]年|同期|[上下]半年"
)
_HAN = re.compile("[一-鿿]{2}")
_CHARACTERS = re.compile("[一-鿿A-Za-z]+")
_QUOTED = re.compile("[“”《》]")
_ORDER = frozenset({"届", "号", "位", "次", "期", "轮"})
_RANKED = frozenset("前第居")
_RATES = frozenset({Kind.PERCENT, Kind.POINTS})


@direct
@dataclass(frozen=True, slots=True)
class Surroundings:
    """The text on either side of a figure, without punctuation and with other numbers as `#`.

    The first `own` characters of `right` belong to the figure's clause. `years` are those that its sentence names,
    `date` the last date before it.
    """

    left: str
    right: str
    own: int
    years: frozenset[str]
    date: str


@direct
@dataclass(frozen=True, slots=True, eq=False)
class Mention:
    """A figure in a sentence (counted from 1) of a block of `text`; `caption` when it stands below a picture,
    `heading` when it stands in a heading."""

    figure: Figure
    sentence: int
    section: int
    caption: bool
    heading: bool
    text: str
    block: Span
    said: Span

    @property
    def before(self) -> str:
        """The character before the figure, "" at the start of its block."""
        at = self.figure.span.start
        return self.text[at - 1] if at > self.block.start else ""

    @property
    def around(self) -> Surroundings:
        """What stands around the figure; most figures are never asked for it."""
        return _surroundings(self)


_Pieces = tuple[tuple[str, ...], tuple[str, ...]]
"""What stands near a figure on its left and on its right, in pieces."""


@lru_cache(maxsize=1)
def mentions_of(outline: Outline) -> tuple[Mention, ...]:
    """A mention for each figure of the running text, in text order; the last outline's are kept."""
    return tuple(_mentions(outline))


@cache
def _caption() -> re.Pattern[str]:
    data = table("repeat")["caption"]
    return re.compile(rf"{one_of(data['words'])}|{one_of(data['ends'])}[）)。\s]*$")


def _mentions(outline: Outline) -> Iterator[Mention]:
    text, figures = outline.text, outline.figures
    at = ordinal = 0
    for paragraph in outline.paragraphs:
        block = paragraph.span
        if at == len(figures) or figures[at].span.start >= block.end:
            ordinal += len(paragraph.sentences)
            continue
        below = paragraph.block.kind is BlockKind.CAPTION
        below = below or _caption().search(text, block.start, block.end) is not None
        heading = paragraph.block.kind is BlockKind.HEADING
        for sentence in paragraph.sentences:
            ordinal += 1
            while at < len(figures) and figures[at].span.start < sentence.span.end:
                yield Mention(figures[at], ordinal, paragraph.section, below, heading, text, block, sentence.span)
                at += 1


@lru_cache(maxsize=4096)
def _surroundings(mention: Mention) -> Surroundings:
    text, span, block = mention.text, mention.figure.span, mention.block
    ahead = text[max(block.start, span.start - 2 * WINDOW) : span.start]
    behind = text[span.end : min(block.end, span.end + 2 * WINDOW)]
    dates = _DATE.findall(text, max(mention.said.start, span.start - 4 * WINDOW), span.start)
    return Surroundings(
        left=_plain(ahead)[-WINDOW:],
        right=_plain(behind)[:WINDOW],
        own=len(_plain(_CLAUSE_END.split(behind, maxsplit=1)[0])),
        years=_years(text, mention.said.start, mention.said.end),
        date=dates[-1] if dates else "",
    )


@lru_cache(maxsize=256)
def _years(text: str, start: int, end: int) -> frozenset[str]:
    """The years that a sentence names; all its figures ask for them."""
    return frozenset(_YEAR.findall(text, start, end))


def _plain(text: str) -> str:
    return _NUMBER.sub("#", text.translate(_DROPPED))


def is_comparable(mention: Mention) -> bool:
    """Whether the figure states a quantity; times, ranks and the like fit many facts (三年来, 前10名, 两村)."""
    claim = mention.figure.claim
    return not (
        not claim.value
        or claim.interval.low is None
        or claim.interval.high is None
        or claim.dimension.startswith(("months", "time", "age"))
        or claim.unit in _ORDER
        or (claim.value < 10 and claim.unit in count_words().nouns)
        or mention.before in _RANKED
    )


def one_fact(first: Mention, second: Mention) -> bool:
    """Whether two equal figures state one fact: the fewer digits they have, the longer the name they must share."""
    if not may_be_one_fact(first, second):
        return False
    a = first.figure.claim
    if a.kind is Kind.LIST_COUNT:
        return said_behind(first, second) > 1 and _HAN.match(first.around.right) is not None
    digits = min(significance(first.figure), significance(second.figure))
    if a.kind in _RATES:
        return digits > 2 and (shared_name(first, second) > 3 or _said_around(first, second) > 7)
    if digits > 2:
        return shared_name(first, second) > 2 or _said_around(first, second) > 5
    if digits == 2:
        named = shared_name(first, second, beside=True) > 2 or shared_name(first, second) > 3
        return named or _said_around(first, second) > 7
    if _counts_other_things(first, second):
        return False
    # A round number is often a target, set again for the next year.
    return shared_name(first, second, beside=True) > (7 if a.value >= 100 else 4) or _said_around(first, second) > 9


def _counts_other_things(first: Mention, second: Mention) -> bool:
    """Whether other nouns stand behind two counts (面积31.4平方公里，辖8个社区; 面积48.6平方公里，辖8个行政村)."""
    counted = [m.around.own and _HAN.match(m.around.right) for m in (first, second)]
    return first.figure.claim.kind is Kind.COUNT and all(counted) and not said_behind(first, second)


def may_be_one_fact(first: Mention, second: Mention) -> bool:
    """Whether nothing says that two figures state two facts: they stand in sentences that name no different years, and
    speak of a level or a change both."""
    if (
        first.sentence == second.sentence
        or first.figure.claim.per != second.figure.claim.per
        or first.figure.aspect is not second.figure.aspect
    ):
        return False
    years, others = first.around.years, second.around.years
    return not (years and others and not years & others)


def same_time(first: Mention, second: Mention) -> bool:
    """Whether nothing says that the two mentions speak of different times."""
    return not (first.around.date and second.around.date and first.around.date != second.around.date) and not (
        first.around.years and second.around.years and not first.around.years & second.around.years
    )


def significance(figure: Figure) -> int:
    """How many digits the figure has without the zeros at its ends."""
    value = figure.claim.value
    return len(str(abs(value.numerator) * 10**6 // value.denominator).strip("0"))


def shared_name(first: Mention, second: Mention, beside: bool = False) -> int:
    """How specific the longest text is that stands near both mentions: its length, and 4 more where it has a quote.

    Words that say nothing of the fact are left out. Where the same text goes on differently towards the two figures
    (地方财政收入263亿元, 地方财政支出252亿元), they have two names. `beside` asks for text right beside both figures.
    """
    return _shared_name(_pieces(first.around, beside), _pieces(second.around, beside))


# What a text says again it says in the same words: what was compared once is known. Each figure is compared with a few.
_remembered = lru_cache(maxsize=4096)


@_remembered
def _shared_name(first: _Pieces, second: _Pieces) -> int:
    (left, right), (other_left, other_right) = first, second
    lefts = ((a[::-1], b[::-1], True) for a in left for b in other_left)
    rights = ((a, b, True) for a in right for b in other_right)
    crossed = ((a, b, False) for x, y in ((left, other_right), (right, other_left)) for a in x for b in y)
    return max((_longest(*pair) for pair in (*lefts, *rights, *crossed)), default=0)


@cache
def _generic() -> re.Pattern[str]:
    return re.compile(one_of(table("repeat")["generic"]["words"]) + "|#")


def _pieces(around: Surroundings, beside: bool) -> _Pieces:
    left = _telling(around.left[-_NEAR:])
    right = _telling(around.right[: min(_NEAR, around.own)])
    if beside:
        left, right = left[-1:], right[:1]
    return tuple([p for p in left if len(p) > 1]), tuple([p for p in right if len(p) > 1])


@_remembered
def _telling(text: str) -> tuple[str, ...]:
    """The pieces of a text between the words that say nothing of a fact."""
    return tuple([piece for piece in _generic().split(text) if piece])


def _longest(a: str, b: str, same_side: bool) -> int:
    """The longest text that both have; two texts of one side begin at their figures."""
    best = 0
    for start in range(len(a)):
        if len(a) - start + 4 <= best:
            break
        for end in range(len(a), start + 1, -1):
            piece = a[start:end]
            at = b.find(piece)
            if at >= 0:
                if not (same_side and start and at):
                    best = max(best, len(piece) + 4 * bool(_QUOTED.search(piece)))
                break
    return best


def before(first: Mention, second: Mention) -> int:
    """How many characters right before the two figures are the same."""
    return _common(first.around.left[::-1], second.around.left[::-1])


def said_before(first: Mention, second: Mention) -> int:
    """How many characters of what stands right before both figures say something of the fact."""
    return _said_at_end(first.around.left, second.around.left)


def said_behind(first: Mention, second: Mention) -> int:
    """How many characters of what stands right behind both figures say something of the fact."""
    return _said_at_start(first.around.right, second.around.right)


def _said_around(first: Mention, second: Mention) -> int:
    return said_before(first, second) + said_behind(first, second)


@_remembered
def _said_at_end(one: str, other: str) -> int:
    common = _common(one[::-1], other[::-1])
    return _said(one[-common:]) if common else 0


@_remembered
def _said_at_start(one: str, other: str) -> int:
    return _said(one[: _common(one, other)])


def _said(text: str) -> int:
    return sum(map(len, _CHARACTERS.findall(_generic().sub("", text))))


def _common(a: str, b: str) -> int:
    if a == b:
        return len(a)
    for n, (x, y) in enumerate(zip(a, b, strict=False)):
        if x != y:
            return n
    return min(len(a), len(b))
