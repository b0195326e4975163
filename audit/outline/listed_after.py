"""Reads the list after the number that counts it: 三个环节：a、b、c, 三个县（甲、乙、丙）, 五大基地：一是…二是…."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audit.outline.counting import DASH, NOUN, Listing, Number, count_words, has_figures, parallel
from audit.outline.items import Reading, cuts, end_of_sentence, readings_of, trimmed
from audit.outline.lists import MarkedList
from audit.outline.markers import AGAIN, FIRST, OTHER
from audit.span import Span

_DASH = re.compile(DASH)
_MARKER = re.compile(r"[（(]?[一1１][)）、.．是]|①|第一|首先|一[方面]")
_INTRODUCTION = re.compile(
    rf"(?P<noun>[^，,。；;：:、\n“”‘’]{{0,{NOUN}}})(?P<quote>[”’]?)"
    rf"(?P<more>[^。；;：:\n]{{0,{NOUN}}})(?:(?P<colon>[：:])|[。；;])?[\s　（(]*"
)
_CLAUSE_HEAD = re.compile("[^，,：:（(—－─-]*")
_NOUN = re.compile("[一-鿿]{2,}(?=[，,：:（(—－─”’-])")
"""A counted noun before what leads to its list."""
_BRACKET = re.compile("[（(]")
_SHORT = 16
"""Names in a list are no longer than this."""
_BEFORE = 4
"""Words that point back stand no farther before the number."""
_ENDED = re.compile("[，,](?!以及|还有|及|和|并|另|同时)[^、；;]*$")
"""A clause behind a list that does not go on with it."""
_HEAD = 10
"""A counted noun and the bracket that names what is counted are no longer than this."""
_CLAUSE = re.compile(r"[，,、：:\s]*(?P<said>[^，,。；;：:\n]*)")


def listed_after(text: str, number: Number, block: Span) -> Listing | None:
    words = count_words()
    found = words.head.match(text, number.figure.span.end, block.end)
    if not found or number.coded or _MARKER.match(text, found.end(), block.end):
        return None
    start = found.end()
    end = end_of_sentence(text, start, block.end)
    if found["open"]:
        readings = readings_of(text, start, end)
        facts = {"likely"} if _is_spelt_out(text, number, text[found.start() : start], readings) else set[str]()
        return Listing("bracket", readings, frozenset(facts)) if readings else None
    if found["dash"] and (closing := _DASH.search(text, start, end)):
        end = closing.start()
    separators = cuts(text, start, end)
    stop = next((c.span.start for c in separators if c.mark in "，；"), end)
    last = max((c.span.end for c in separators if c.span.end <= stop), default=start)
    if words.open.search(text, last, stop):
        return None
    readings = readings_of(text, start, stop)
    head = text[found.start() : found.end()]
    # 连续两次不合格：甲厂、乙厂、丙厂。
    closed = (
        number.counter != "次"
        and not found["dash"]
        and stop == end
        and text[end : end + 1] in "。；;"
        and not words.partly.search(head)
    )
    facts = set[str]()
    if naming := _naming(text, number, start, stop, end):
        told, named = naming
        noun = _CLAUSE_HEAD.match(head)
        sure = named and text[end : end + 1] == "。" and not (noun and words.not_noun.search(noun[0]))
        many = words.partly.search(head) or number.figure.claim.value > 2 * max(map(len, told))
        return Listing("after", told, frozenset(() if many else {"likely", "certain"} if sure else {"likely"}))
    listed = any(parallel(r.items, True) and not has_figures(text, r.items) for r in readings)
    if listed and closed and not words.not_noun.search(head):
        facts = {"likely", "certain"} if number.chinese and number.counter in words.sets else {"likely"}
    elif number.counter != "次" and text[end : end + 1] == "。" and not found["dash"]:
        plain = not words.partly.search(head) and not words.not_noun.search(head)
        facts = {"likely"} if plain and _is_whole(text, number, start, stop, end) else facts
    if stop != end:
        # Longer items, divided by commas or semicolons; two of them are as well two statements.
        readings += tuple(r for r in readings_of(text, start, end) if r.mark in "，；" and len(r) > 2)
        readings += _bearing(text, number, [c.span for c in separators if c.mark in "，；"], end)
    return Listing("after", readings, frozenset(facts)) if readings else None


def _naming(text: str, number: Number, start: int, stop: int, end: int) -> tuple[tuple[Reading, ...], bool] | None:
    """The readings of a sentence, or of its first clause, of which every item begins, or every item ends, with the word
    that is counted (六个严防，即严防甲、严防乙…, “三低”，即产品档次低、素质低、效益低), or ends with the last word of
    the counted noun (三个主要车间，即混合车间、装药车间、包装车间); and whether it is the word right behind the number.

    None where there are none. Words before the first item and behind the last are overlooked.
    """
    known = number.counter in count_words().counters
    word = number.noun[:2] if known else number.counter
    noun = _NOUN.match(text, number.figure.span.end, start)
    for told, size in ((word, 1 + known), (noun[0][-2:] if noun else "", 2)):
        for until in (end, stop):
            readings = readings_of(text, start, until)
            if len(told) == size and told not in text[until:end]:
                if any(r.plain and _repeat(text, told, r.items) for r in readings):
                    return readings, told == word
    return None


def _repeat(text: str, word: str, items: Sequence[Span]) -> bool:
    said = [item.of(text).lstrip("“‘").rstrip("”’") for item in items]
    begin = word in said[0] and all(item.startswith(word) for item in said[1:])
    return len(items) > 2 and (begin or (word in said[-1] and all(item.endswith(word) for item in said[:-1])))


def _is_whole(text: str, number: Number, start: int, stop: int, end: int) -> bool:
    """Whether a sentence lists names or clauses and nothing else, or says something of them behind a comma; a number
    that is more than twice as great counts more than is listed."""
    words = count_words()
    for reading in readings_of(text, start, end):
        if not reading.plain or has_figures(text, reading.items) or number.figure.claim.value > 2 * len(reading):
            continue
        # 心理学（含应用心理学）、教育学: one item stands for two.
        short = max(map(len, reading.items)) <= _SHORT and not any(_BRACKET.search(i.of(text)) for i in reading.items)
        last = reading.items[-1]
        # 甲；乙；丙和丁。
        joined = number.figure.claim.value == len(reading) + 1 and any(
            c.mark == "和" for c in cuts(text, last.start, last.end)
        )
        clauses = reading.mark == "；" and not joined and number.counter in words.sets | words.kinds | words.general
        if len(reading) > 2 and (clauses or (reading.mark == "、" and short)):
            return True
    names = [r.items for r in readings_of(text, start, stop) if r.plain and r.mark == "、"]
    few = number.figure.claim.value <= 2 * max(map(len, names), default=0)
    alike = any(parallel(items, True) and not has_figures(text, items) for items in names)
    # 四个车间：一车间、二车间、三车间，四车间在建。
    goes_on = any(item.of(text)[-2:] in text[stop:end] for items in names for item in items)
    return few and alike and not goes_on and _ENDED.match(text, stop, end) is not None


def _is_spelt_out(text: str, number: Number, head: str, readings: Sequence[Reading]) -> bool:
    """Whether the bracket behind a counted noun names what is counted (三家发钞银行（甲行、乙行、丙行）), not what its
    last word stands for (30个县（市、区）)."""
    words = count_words()
    if words.partly.search(head) or words.not_noun.search(head) or len(head) > _HEAD or number.coded:
        return False
    if len(number.noun) < 2 and number.counter not in words.sets:
        return False
    most = max(map(len, readings), default=0)
    return number.figure.claim.value <= 2 * most and any(
        r.plain
        and r.mark == "、"
        and min(map(len, r.items)) > 1
        and parallel(r.items, True)
        and not has_figures(text, r.items)
        and not words.open.search(text, r.items[-1].start, r.items[-1].end + 1)
        and not words.partly.match(text, r.items[0].start)
        and not any(item.of(text) in words.levels for item in r.items)
        for r in readings
    )


def listed_by_markers(text: str, number: Number, marked: MarkedList) -> list[Listing]:
    """五大基地：一是…二是…: the list itself, and those of its items that bear the counted name."""
    gap = _INTRODUCTION.fullmatch(text, number.figure.span.end, marked.items[0].marker.start)
    if not gap:
        return []
    titles = tuple(_title(text, item.span) for item in marked.items)
    every = Reading(titles, "；")
    direct = not number.coded and _leads_to(text, number, gap, marked)
    sure = direct and _is_numbered(text, marked) and not _is_total(text, number, marked)
    facts = {"likely"} if sure else set[str]()
    listings = [Listing("marked", (every,), frozenset(facts))]
    noun = gap["noun"][-2:]
    bearing = tuple(title for title in titles if noun and noun in title.of(text))
    if 2 <= len(bearing) < len(titles):
        listings.append(Listing("bearing", (Reading(bearing, "；"),)))
    return listings


def _leads_to(text: str, number: Number, gap: re.Match[str], marked: MarkedList) -> bool:
    """Whether nothing stands between the counted noun and its list but a colon, a quote or a comma, or a full stop
    where the noun is one that announces what is to be said (做好五项工作。一是…, 但听取了五个县的汇报。一是…)."""
    if gap["more"]:
        return gap["more"] in ("，", ",") and marked.series == AGAIN
    if gap["colon"] or gap["quote"]:
        return True
    words = count_words()
    said = number.counter + gap["noun"]
    told = words.told.search(text, max(0, number.figure.span.start - _BEFORE), number.figure.span.start)
    return words.shell.search(said) is not None and told is None


def _is_numbered(text: str, marked: MarkedList) -> bool:
    """Whether the markers number the items, so that none is missed; 首先 and 最后 also say when something happens."""
    first, second = (item.marker.of(text) for item in marked.items[:2])
    return marked.series not in (FIRST, OTHER) and first != second


def _is_total(text: str, number: Number, marked: MarkedList) -> bool:
    """Whether the number may be a total of what the items state (招聘5名：（1）教师3名；（2）医生2名) or counts what is
    named before it (完成项目12个：一是建成道路3条…)."""
    words = count_words()
    if not number.noun and number.counter not in words.sets | words.kinds:
        return True
    stated = re.compile(f"[0-9]{re.escape(number.counter)}")
    titles = (_title(text, item.span) for item in marked.items)
    return any(stated.search(text, title.start, title.end) for title in titles)


def _bearing(text: str, number: Number, commas: Sequence[Span], end: int) -> tuple[Reading, ...]:
    """The lists in the clauses behind some commas of which every item ends with the counted noun (十大行动：方案明确，
    实施节能行动、交通行动…)."""
    noun = number.noun[-2:]
    ends = [*(comma.start for comma in commas[1:]), end]
    return tuple(
        reading
        for comma, until in zip(commas, ends, strict=True)
        for reading in readings_of(text, comma.end, until)
        if reading.mark == "、" and len(noun) == 2 and all(item.of(text).endswith(noun) for item in reading.items)
    )


def _title(text: str, item: Span) -> Span:
    """The first clause of a list item."""
    found = _CLAUSE.match(text, item.start, item.end)
    return trimmed(text, *found.span("said")) if found and found["said"] else item
