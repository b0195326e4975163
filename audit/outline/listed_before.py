"""Reads the list that stands before the number that counts it: a、b和c三项, “a、b、c”3个平台, 省市县三级."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audit.outline.counting import (
    DIGIT,
    NOUN,
    Listing,
    Number,
    count_words,
    ends_well,
    has_figures,
    is_told_behind,
    judged,
    parallel,
)
from audit.outline.items import (
    FULL_STOPS,
    REACH,
    Reading,
    cuts,
    opening_of,
    readings_of,
    split_at,
    start_of_clause,
    trimmed,
)
from audit.plain import FILLER
from audit.span import Span

_BETWEEN = 12
"""A word that links a list to its number stands no farther before it."""
_TAIL = 8
"""The words between a list and its number are no longer than this."""
_BACK = 4
"""以上三项 and the like look at this many clauses before them."""
_LONGEST_OF_TWO = 12
"""The second of two items is no longer than this."""
_NUMERALS = frozenset("0123456789一二两三四五六七八九十百千万多余几")
_CLOSING = frozenset("”’")
_QUANTITY = re.compile("[0-9０-９](?![0-9]*[A-Za-z])")
"""A digit that belongs to no name (5G)."""
_CLAUSE_ENDS = re.compile("(?:(?![的之中])[一-鿿]){1,8}(?<!部分)(?=[，,。；;]|$)")
"""The noun of a number that ends its clause."""
_NAMED = re.compile("[“‘][^，,。、“”‘’]{0,2}$")


def listed_before(text: str, number: Number, block: Span) -> Listing | None:
    words = count_words()
    at = number.figure.span.start
    floor = max(block.start, at - REACH)
    end, facts = at, set[str]()
    if named := _NAMED.search(text, max(floor, end - _TAIL), end):
        end = named.start()
        facts.add("named")
    end = trimmed(text, floor, end).end
    if pointed := words.point.search(text, max(floor, end - _TAIL), end):
        end = trimmed(text, floor, pointed.start()).end
        facts.add("pointed")
    if linked := words.link.search(text, max(floor, end - _TAIL), end):
        end = trimmed(text, floor, linked.start()).end
        facts.add("linked")
    if opened := words.ending.search(text, max(floor, end - _TAIL), end):
        end = opened.start()
        facts.add("open")
    if end > floor + 1 and text[end - 1] == "的" and text[end - 2] in _CLOSING:
        end -= 1  # “公平、公正、公开”的三条原则, but also “能文能武、德才兼备”的两名干部
        facts.add("ragged")
    if end > floor and text[end - 1] in _CLOSING:
        if text[end - 2] in FULL_STOPS:
            return None  # 曰：“…，…，…。”二人: speech, not a list
        opening = opening_of(text, end - 1, floor)
        inside = readings_of(text, opening + 1, end - 1) if opening >= 0 else ()
        if inside:
            return Listing("quoted", inside, judged(text, number, inside, facts | {"quoted"}))
    start = start_of_clause(text, end, floor)
    if start == end and facts & {"linked", "pointed"}:
        return _above(text, end, floor)
    if start == end or number.coded:
        return None
    if linking := words.copula.search(text, max(start, end - _BETWEEN), end):
        readings = tuple(r for r in readings_of(text, start, linking.start()) if r.mark == "、" and len(r) > 2)
        if readings:
            names_all = _names_all(text, number, readings, start, block)
            return Listing("previous", readings, frozenset({"likely"} if names_all else ()))
    if _is_object(text, number, start, end) or is_told_behind(text, number, block):
        return None
    if "、" not in text[start:end] and "open" not in facts:
        if number.counter == words.level_counter and (levels := _level_readings(text, start, end)):
            return Listing("levels", levels, _levels_judged(number, levels))
        if words.clause.match(text, start) and start > floor and text[start - 1] in "，,":
            return _previous(text, number, start, floor)
    return _bare(text, number, start, end, facts)


def _names_all(text: str, number: Number, readings: Sequence[Reading], start: int, block: Span) -> bool:
    """Whether a sentence that begins with a list of alike names says of all of them that they are so many, and no more
    (甲、乙和丙是全县三大特色, but 甲、乙、丙是三大特色之一)."""
    words = count_words()
    whole = (
        number.chinese
        and number.counter in words.sets | words.kinds
        and _CLAUSE_ENDS.match(text, number.figure.span.end, block.end)
    )
    begins = start == block.start or text[start - 1] in "。！？!?\n"
    return bool(
        whole
        and begins
        and number.figure.claim.value <= 2 * max(map(len, readings))
        and any(r.plain and parallel(r.items, bounded=False) and not has_figures(text, r.items) for r in readings)
    )


def _is_object(text: str, number: Number, start: int, end: int) -> bool:
    """Whether what stands before the number says that it counts something else.

    乙各2个, and a verb that is an item of its own or stands before Arabic figures (坚持、落实两个, 园区新增2个).
    """
    final = count_words().final.search(text, max(start, end - _TAIL), end)
    if final and final["whole"] is None:
        return True
    verb = count_words().verb.search(text, max(start, end - _TAIL), end)
    if verb and text[start : max(start, text.rfind("、", start, end))].endswith(verb[0]):
        return False  # 个人引进、专项引进、团队引进3个类别
    return verb is not None and (not number.chinese or verb.start() == start or text[verb.start() - 1] in "、和与及")


def _levels_judged(number: Number, readings: Sequence[Reading]) -> frozenset[str]:
    """Two neighbouring levels may be one (市区街乡三级), but no more than two, and none is left out."""
    value, most = number.figure.claim.value, max(map(len, readings))
    return frozenset({"likely", "certain"} if value > most else {"likely"} if 2 * value < most else ())


def _above(text: str, end: int, floor: int) -> Listing | None:
    """以上三个项目: the lists of the clauses before, the nearest first."""
    readings: list[Reading] = []
    for _ in range(_BACK):
        end = trimmed(text, floor, end - 1).end if end > floor else floor
        start = start_of_clause(text, end, floor)
        opened = count_words().open.search(text, start, end)
        for reading in readings_of(text, start, opened.start() if opened else end):
            if reading.mark == "、" and not any(DIGIT.search(text, item.start, item.end) for item in reading.items):
                readings.append(reading)
        end = start
    return Listing("above", tuple(readings)) if readings else None


def _bare(text: str, number: Number, start: int, end: int, facts: set[str]) -> Listing | None:
    """The list that runs up to the number without quotes; how far it reaches to the left is to be told."""
    words = count_words()
    found = cuts(text, start, end)
    if found and found[-1].span.end == end:
        return None  # 矿山、建筑、“九小场所”: the number is in an item itself
    level = number.counter == words.level_counter
    others = split_at(text, start, found[-1].span.start, found[:-1]) if found else ()
    if others and not level and end - found[-1].span.end == 1 and min(map(len, others)) > 2:
        return None  # 京津冀、长三角和东三省: the number is part of a name
    separators = [cut.span for cut in found if cut.mark == "、"]
    last = separators[-1].end if separators else start
    if separators and words.open.search(text, last, end):
        return None  # 教育、医疗等领域的三项改革: the list has ended before
    for separator in reversed(separators[:-1]):
        if opened := list(words.open.finditer(text, separator.end, last)):
            start = opened[-1].end()
            break
    readings = [r for r in readings_of(text, start, end) if _plausible(text, number, r, facts)]
    pair = next((c for c in reversed(found) if c.mark == "和" and c.span.start > last), None) if separators else None
    if pair is not None and number.figure.claim.value == 2 and "named" not in facts:
        # Two may be the last two of a list (中心、工作站、甲厂和乙厂两个研究院) or its two halves (a、b的补贴和c两项).
        couple = split_at(text, last, end, [pair])
        if len(couple) == 2 and abs(len(couple[0]) - len(couple[1])) < 3:
            readings.append(Reading(couple, "和"))
            facts = facts | {"ragged"}
    for n in range(1, len(separators)):
        pieces = split_at(text, separators[n - 1].end, end, [c for c in found if c.span in separators[n:]])
        # A piece longer than all that follow it may begin with text that is no item: 加强领导、推进省、市、县三级联动.
        excess = len(pieces[0]) - max(map(len, pieces[1:])) if len(pieces) > 1 else 0
        longer = excess > (0 if text[pieces[0].start] in words.opening else 1)
        if longer and (number.chinese or not _have_digits(text, pieces)):
            readings.append(Reading(pieces, "、"))
            facts = facts | {"ragged"}
    judgement = judged(text, number, readings, facts)
    if level and (levels := _level_readings(text, start, end)):
        readings += levels
        judgement |= _levels_judged(number, levels)
    return Listing("before", tuple(readings), judgement) if readings else None


def _have_digits(text: str, items: Sequence[Span]) -> bool:
    """Whether items have Arabic figures; of what stands before the first only as much is asked as the others are long
    (1月6日在法院承认犯有诈骗、勒索和挪用公款等3项罪名)."""
    first, *others = items
    within = Span(max(first.start, first.end - max(map(len, others), default=len(first)) - 1), first.end)
    return any(_QUANTITY.search(text, item.start, item.end) for item in (within, *others))


def _plausible(text: str, number: Number, reading: Reading, facts: set[str]) -> bool:
    """Whether a reading can be what the number counts at all."""
    items = reading.items
    if _have_digits(text, items) and not number.chinese and "open" not in facts:
        return False  # 公厕30个、村屯路14公里、新建4个广场: quantities in a row
    if len(items) == 2 and _counts_alike(text, number, items[0]):
        return False  # 出售4家企业和出租两家: quantities in a row
    if items[-1].of(text) in count_words().others:
        return False  # 甲与另外两名
    if len(items) == 2 and "named" in facts and len(items[1]) < 3:
        return False  # 坚持和落实“两个毫不动摇”: two verbs of one object
    longest = 2 * _LONGEST_OF_TWO if reading.mark == "、" else _LONGEST_OF_TWO
    if len(items) == 2 and (len(items[1]) > longest or not ends_well(text, items)):
        return False  # 甲和乙做的第一件事就是留下的两个: most sentences have a 和 somewhere
    if reading.mark == "和" and number.counter in count_words().nouns:
        return any(text[item.end - 1] == number.counter[-1] for item in items)
    return True


def _counts_alike(text: str, number: Number, item: Span) -> bool:
    """Whether an item has a count in the number's own classifier."""
    found = item.of(text).find(number.counter)
    return found > 0 and item.of(text)[found - 1] in _NUMERALS


def _level_readings(text: str, start: int, end: int) -> tuple[Reading, ...]:
    """省市县三级: levels that stand together without separators."""
    words = count_words()
    found = words.level.search(text, start, end)
    if not found or found.start() == end:
        return ()
    whole: list[Span] = []
    single = [Span(i, i + 1) for i in range(found.start(), end) if text[i] in words.levels]
    for piece in split_at(text, found.start(), end, [c for c in cuts(text, found.start(), end) if c.mark in "、和"]):
        at = piece.start
        while at < piece.end:
            if text[at] == FILLER:
                at += 1
                continue
            size = next((n for n in (3, 2, 1) if at + n <= piece.end and text[at : at + n] in words.levels), 0)
            if not size:
                return ()
            whole.append(Span(at, at + size))
            at += size
    readings = [Reading(tuple(whole), "、")]
    if len(single) == sum(map(len, whole)) != len(whole):
        readings.append(Reading(tuple(single), "、"))
    return tuple(r for r in readings if len(r) > 1)


def _previous(text: str, number: Number, start: int, floor: int) -> Listing | None:
    """甲、乙、丙，是全县的三大特色: the clause before lists what this one counts."""
    end = start - 1
    before = start_of_clause(text, end, floor)
    if number.figure.span.start - start > NOUN or count_words().open.search(text, before, end):
        return None
    readings = tuple(r for r in readings_of(text, before, end) if r.mark == "、")
    return Listing("previous", readings, judged(text, number, readings, set())) if readings else None
