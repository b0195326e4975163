"""Tells which figures can count what a sentence lists, and judges how surely they do."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from audit.claim import Kind
from audit.frozen import direct
from audit.outline.cues import one_of, table
from audit.outline.items import Reading
from audit.outline.tree import Figure
from audit.plain import FILLER
from audit.span import Span

DASH = "[—－─]{2,}|-{2,}"
"""A dash, which may be printed longer than usual."""
MOST = 99
"""A greater number counts a quantity, not what a sentence lists."""
NOUN = 16
"""A counted noun, or what stands between it and the list, is no longer than this."""
_BETWEEN = 8
"""What stands between 是 and the number is no longer than this (甲、乙、丙是全县的三大特色)."""
_LONGEST = 16
"""Items of an unmistakable enumeration are no longer than this."""
_HEAD = 6
"""How many characters behind the number are looked at for its noun."""
_SHORT = 10
"""The last item before 这 is no longer than this."""
_BRIEF = 6
"""The last of two items is no longer than this where the two are taken for what a number counts."""
_BEFORE_LIST = re.compile(".*[由对为以在从将把是有括]")
"""What may stand before the first item of a list."""
_QUALIFIER = 3
"""What is joined to a qualifier of the next item (中药、药学考试) is no longer than this."""
_UNEVEN = 4
"""The lengths of its items differ by no more than this."""
_OPENING = frozenset("“《")
_CLOSING = frozenset("”》")
DIGIT = re.compile("[0-9０-９]")
_FIGURE = re.compile("[0-9０-９]|[一二两三四五六七八九十][个名次家项户万亿部台件所座]")
_CHINESE = re.compile("[一二两三四五六七八九十]+")
_HAN = re.compile("[一-鿿]+")
_NAMED_BEHIND = re.compile("[“”‘’：:]")
"""What may stand for the noun of the number: a name in quotes, or the list itself (主要有三点：一是…)."""
_STATED = re.compile("[了着过]")
_NO_NOUN = frozenset("和与及以在的是为已均都将被由从对向把让使等")
_CODE_BEFORE = re.compile("[一二两三四五六七八九十][一-鿿]$")
_CODE_AFTER = re.compile("[一-鿿]{0,2}[一二两三四五六七八九十](?![是体批])[一-鿿]")


@dataclass(frozen=True, slots=True)
class CountWords:
    open: re.Pattern[str]
    ending: re.Pattern[str]
    link: re.Pattern[str]
    point: re.Pattern[str]
    clause: re.Pattern[str]
    copula: re.Pattern[str]
    head: re.Pattern[str]
    action: re.Pattern[str]
    level: re.Pattern[str]
    levels: frozenset[str]
    level_counter: str
    final: re.Pattern[str]
    verb: re.Pattern[str]
    others: frozenset[str]
    opening: frozenset[str]
    partly: re.Pattern[str]
    not_noun: re.Pattern[str]
    shell: re.Pattern[str]
    told: re.Pattern[str]
    sets: frozenset[str]
    nouns: frozenset[str]
    alone: frozenset[str]
    kinds: frozenset[str]
    things: frozenset[str]
    general: frozenset[str]
    counted: frozenset[str]
    counters: frozenset[str]
    not_before: Mapping[str, str]


@cache
def count_words() -> CountWords:
    data = table("enumeration")
    counters, levels = data["counters"], data["levels"]["words"]
    opened = rf"(?<![{data['open']['not_after']}]){one_of(data['open']['words'])}"
    noun = rf"(?:[^，,。；;：:、（()\n]{{0,{NOUN}}}?[”’」』]?)"
    return CountWords(
        open=re.compile(opened),
        ending=re.compile(f"{opened}$"),
        point=re.compile(f"{one_of(data['links']['pointing'])}$"),
        link=re.compile(f"{one_of(data['links']['words'])}$"),
        clause=re.compile("|".join(data["links"]["clauses"])),
        copula=re.compile(f"{one_of(data['links']['copulas'])}[^、，,]{{0,{_BETWEEN}}}$"),
        head=re.compile(
            rf"{noun}\s*(?:(?P<open>[（(])|[：:]|(?P<dash>{DASH})|[，,]?{one_of(data['heads']['words'])}[：:]?)\s*"
        ),
        action=re.compile(one_of(data["actions"]["words"])),
        level=re.compile(rf"(?:{one_of(levels)}[、和及与]?{FILLER}*)*$"),
        levels=frozenset(levels),
        level_counter=data["levels"]["counter"],
        final=re.compile(f"(?:{one_of(data['final']['whole'])}(?P<whole>)|{one_of(data['final']['words'])})$"),
        verb=re.compile(f"{one_of(data['final']['verbs'])}$"),
        others=frozenset(data["final"]["others"]),
        opening=frozenset(data["final"]["opening"]),
        partly=re.compile(one_of(data["heads"]["partly"])),
        not_noun=re.compile(one_of(data["heads"]["not_noun"])),
        shell=re.compile(f"(?:{one_of(data['announced']['nouns'])})$"),
        told=re.compile(f"(?:{one_of(data['announced']['told'])})$"),
        sets=frozenset(counters["sets"]),
        nouns=frozenset(counters["nouns"]),
        alone=frozenset(counters["alone"]),
        kinds=frozenset(counters["kinds"]),
        things=frozenset([*counters["kinds"], *counters["things"]]),
        general=frozenset(counters["general"]),
        counted=frozenset(w for group in ("sets", "kinds", "things") for w in counters[group])
        - {"次", "位", "名", "人"},
        counters=frozenset(w for group in ("sets", "kinds", "things", "nouns") for w in counters[group]),
        not_before=counters["not_before"],
    )


@direct
@dataclass(frozen=True, slots=True)
class Number:
    """A figure that can count what a sentence lists: its classifier, whether it is a Chinese numeral, and its noun.

    `coded` when another number word stands beside it (四级三类, 一减四增), so that it counts a part only.
    """

    figure: Figure
    counter: str
    chinese: bool
    noun: str
    coded: bool


def number_of(text: str, figure: Figure, block: Span) -> Number | None:
    claim = figure.claim
    words = count_words()
    if (
        claim.kind not in (Kind.LIST_COUNT, Kind.COUNT)
        or claim.interval.low is None
        or claim.interval.low != claim.interval.high
        or claim.value.denominator != 1
        or not 2 <= claim.value <= MOST
        or claim.per
    ):
        return None
    counter = text[claim.numeral.end : claim.span.end].strip()
    following = text[claim.span.end : claim.span.end + 1]
    if (claim.kind is not Kind.LIST_COUNT and counter not in words.counters) or not _HAN.fullmatch(counter):
        return None
    if following and following in words.not_before.get(counter, ""):
        return None
    noun = "" if following in _NO_NOUN else text[claim.span.end : claim.span.end + _HEAD]
    noun = found[0] if (found := _HAN.match(noun)) else ""
    chinese = _CHINESE.fullmatch(claim.numeral.of(text)) is not None
    # 把握好以下三点。
    ends = chinese and counter in words.kinds and following == "。" and claim.span.end + 1 >= block.end
    if not noun and counter not in words.alone and not (ends or _NAMED_BEHIND.match(following)):
        return None
    around = text[max(block.start, claim.span.start - 3) : claim.span.start], text[claim.span.end : claim.span.end + 3]
    beside = _CODE_BEFORE.search(around[0]) or _CODE_AFTER.match(around[1])
    coded = chinese and counter not in words.things and beside is not None
    return Number(figure, counter, chinese, noun, coded)


def is_told_behind(text: str, number: Number, block: Span) -> bool:
    """Whether what is counted follows one by one (两条线路，一条是…，另一条是…)."""
    end = number.figure.span.end
    return re.compile(rf"[^，,。；;：:]{{0,{NOUN}}}[，,：:]一{number.counter}").match(text, end, block.end) is not None


@direct
@dataclass(frozen=True, slots=True)
class Listing:
    """The readings of one enumeration, likeliest first, and what is known of it."""

    form: str
    readings: tuple[Reading, ...]
    facts: frozenset[str] = frozenset()


def judged(text: str, number: Number, readings: Sequence[Reading], facts: set[str]) -> frozenset[str]:
    """The facts, with `likely` where the list can hardly be read otherwise, and `certain` where it cannot."""
    if "open" in facts:
        # 教育、医疗、养老等两项: there are more already than the number says.
        exceeded = min(map(len, readings), default=0) > number.figure.claim.value
        return frozenset(facts | ({"likely"} if exceeded else set()))
    if any(_bear_noun(text, number, r.items) for r in readings if r.plain) and not number.coded:
        return frozenset(facts | {"likely", "certain"})
    if _falls_short(text, number, readings, facts):
        facts = facts | {"likely"}
    if any(_may_join(text, r.items, number) for r in readings if r.plain):
        facts = facts | {"ragged"}
    lists = [r.items for r in readings if r.plain and not has_figures(text, r.items)]
    if facts & {"ragged", "linked"} or number.coded or not lists:
        return frozenset(facts)
    quoted, named = "quoted" in facts, "named" in facts
    if not (named or ends_well(text, lists[0])):
        return frozenset(facts)
    alike = any(parallel(items, quoted) for items in lists)
    if quoted:
        likely = alike or readings[0].mark == "、" or _same_starts(text, lists[0])
    elif "pointed" in facts:
        likely = len(lists[0][-1]) <= _SHORT
    else:
        likely = number.chinese and _is_counted(text, number, lists, alike, named)
    whole = quoted and readings[0].mark == "、" and max(map(len, lists[0])) <= _LONGEST
    stating = any(_STATED.search(text, item.start, item.end) for item in lists[0][1:])
    certain = likely and (alike or whole) and text[lists[0][-1].end - 1] != "的" and not (stating and not quoted)
    return frozenset(facts | ({"likely"} if likely else set()) | ({"certain"} if certain else set()))


def _falls_short(text: str, number: Number, readings: Sequence[Reading], facts: set[str]) -> bool:
    """Whether alike names stand right before the number, of which there are fewer than it says however they are read
    (甲县、乙县、丙县4个县), or two titles, of which there are not as many (《甲》、《乙》三篇文章).

    A number that is more than twice as great counts things of theirs (甲县、乙县、丙县12个乡), one that is twice as
    great two of each (小班、中班、大班6个班), and 个 anything that there are some more of.
    """
    value, most = number.figure.claim.value, max(map(len, readings), default=0)
    if facts & {"quoted", "linked", "named"} or number.coded or not most or value > 2 * most:
        return False
    lists = [r.items for r in readings if r.plain and r.mark == "、"]
    if any(_are_titles(text, items) for items in lists):
        return number.counter in count_words().counted and all(len(r) != value for r in readings)
    words = count_words()
    # 语文、数学、英语6名教师: most classifiers count what belongs to the names; 北欧五国: the number is part of a name.
    kinds = number.counter in words.sets | words.kinds | words.general
    if value != most + 1 and (not most < value < 2 * most or number.counter in words.general):
        return False
    return any(
        len(items) > 2
        and parallel(items, bounded=False)
        and (kinds or (number.counter in words.nouns and max(map(len, items[1:])) == 1))
        # 东、中、西部地区5种: what is joined are words before one noun.
        and len(items[-1]) <= max(map(len, items[1:-1])) + 1
        and text[items[-1].end - 1] != "的"
        and ends_well(text, items)
        and not has_figures(text, items)
        for items in lists
    )


def _are_titles(text: str, items: Sequence[Span]) -> bool:
    """Whether all items are titles or names in quotes; the first may have words before it."""
    return all(text[item.end - 1] in _CLOSING for item in items) and all(text[i.start] in _OPENING for i in items[1:])


def _may_join(text: str, items: Sequence[Span], number: Number) -> bool:
    """Whether there is one item too many, of which a short one may only qualify the next (中药、药学考试、…)."""
    if len(items) != number.figure.claim.value + 1:
        return False
    sizes = [len(_BEFORE_LIST.sub("", items[0].of(text))), *map(len, items[1:])]
    return any(size <= _QUALIFIER and following > 2 * size for size, following in pairwise(sizes))


def _is_counted(text: str, number: Number, lists: Sequence[Sequence[Span]], alike: bool, named: bool) -> bool:
    """Whether a list without quotes is what the Chinese number counts, whether or not the two agree."""
    words = count_words()
    items = lists[-1]  # the reading in which a conjunction divides nothing
    last = items[-1]
    kinds = number.counter in words.sets | words.kinds
    if text[last.end - 1] == "的":
        return len(items) > 2 and not named and _same_ends(text, items)
    if named:
        return alike or (len(items) > 2 and len(last) <= _LONGEST)
    if alike:
        return kinds or number.counter in words.general
    if len(items) > 2:
        even = len(last) <= max(map(len, items[:-1])) + _UNEVEN
        # The last of many short items may be a long one (助学、安老、扶残、助医以及考入大专院校的贫困学子).
        many = any(len(each) > 3 and parallel(each[:-1], bounded=False) for each in lists)
        return (kinds or number.counter in words.general) and (even or many)
    if kinds:
        return len(last) <= _BRIEF
    return _same_ends(text, items) and text[last.end - 1] in number.noun


def ends_well(text: str, items: Sequence[Span]) -> bool:
    """Whether the last item does not go on with a statement of its own (在教育、医疗、住房领域实施三项工程)."""
    last = items[-1]
    return len(last) <= 2 * _LONGEST and count_words().action.search(text, last.start + 1, last.end) is None


def has_figures(text: str, items: Sequence[Span]) -> bool:
    """Whether items state quantities themselves; what stands before the first is not asked (于2016年包保甲村、乙村)."""
    first = items[0]
    return any(_FIGURE.search(text, max(i.start, first.end - _UNEVEN) if i is first else i.start, i.end) for i in items)


def _same_ends(text: str, items: Sequence[Span]) -> bool:
    """Whether all items end with the same character (救治一批、管理一批、兜底一批的)."""
    return len({item.of(text).removesuffix("的")[-1:] for item in items}) == 1


def _bear_noun(text: str, number: Number, items: Sequence[Span]) -> bool:
    """Whether every item ends with the counted noun (救治一批、管理一批、兜底一批的三个一批), or, for a character that
    is no classifier, begins or ends with it (高储蓄、高外债、高增长的“三高”)."""
    said = [item.of(text).removesuffix("的") for item in items]
    noun = number.noun[:2]
    if len(noun) == 2 and all(item.endswith(noun) for item in said):
        return True
    word = number.counter
    if len(word) > 1 or word in count_words().counters or len(said) < 3:
        return False
    first, *others = said
    return word in first and (all(i.startswith(word) for i in others) or all(i.endswith(word) for i in others))


def _same_starts(text: str, items: Sequence[Span]) -> bool:
    """Whether all items begin with the same character and are about as long (在…上做文章，在…上出实招)."""
    lengths = [len(item) for item in items]
    return len({text[item.start] for item in items}) == 1 and max(lengths) - min(lengths) < _UNEVEN


def parallel(items: Sequence[Span], bounded: bool) -> bool:
    """Whether the items are alike: at least three, short, and of about one length.

    Unless the list is `bounded` by a quote, its first item may have other words before it.
    """
    lengths = [len(item) for item in (items if bounded else items[1:])]
    if len(items) < 3 or max(lengths) > _LONGEST or max(lengths) - min(lengths) > _UNEVEN:
        return False
    return len(items[0]) <= max(lengths) + NOUN
