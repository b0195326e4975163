"""Hedges that stand before a figure, and its sign."""

from __future__ import annotations

import re
from functools import cache

from audit.extract.mention import Mention
from audit.plain import FILLER
from audit.quantity.hedge import Hedge, hedges
from audit.quantity.trie import any_of
from audit.quantity.unit import unit_named, units

_ROUND = frozenset("百千万亿半")
_SIGNS = "-−－﹣"
_NEGATIVE = frozenset(f"{_SIGNS}负")
_MINUS_AFTER = frozenset(" \x1f\t\u3000(（:：,，、为是比达率速幅额长降至到了约和与及|")
_FURTHEST = 14
_TIMES = frozenset({"time", "months"})
_BLANKS = frozenset(" " + FILLER)
_MOST_BLANKS = 12


@cache
def _endings() -> dict[str, tuple[str, ...]]:
    known = hedges()
    endings: dict[str, list[str]] = {}
    for word in [*known.before, *known.before_round]:
        endings.setdefault(word[-1], []).append(word)
    return {last: tuple(sorted(words, key=len, reverse=True)) for last, words in endings.items()}


@cache
def tells_before() -> frozenset[str]:
    """The characters directly before a figure that may be its sign or the end of a hedge or of a currency."""
    return _NEGATIVE.union(_endings(), (symbol[-1] for symbol in units().symbols), "的")


def take_before(text: str, mention: Mention, floor: int, first: bool) -> None:
    """Adds the currency, the sign and the hedges directly before a figure to it; `floor` is where what stands before
    them ends, `first` says that nothing does."""
    if not mention.unit:
        _take_currency(text, mention, floor)
    if first or mention.left - 1 > floor:  # 1.5亿-2亿元 is a range
        _take_sign(text, mention, floor)
    _take_hedges(text, mention, floor)
    if not mention.hedges and mention.unit and text[mention.left - 1] == "的":
        _take_bound(text, mention, floor)


@cache
def _bounds() -> re.Pattern[str]:
    words = [word for word in hedges().before if word.startswith("不")]
    return re.compile(rf"({any_of(words)})[^，。；：,;:0-9０-９]{{1,{_FURTHEST}}}的$")


def _take_bound(text: str, mention: Mention, floor: int) -> None:
    """Adds the bound of a share, of which the whole stands between (不超过总额的30%, 不到总数的一成)."""
    if unit_named(mention.unit).kind in ("percent", "fraction", "multiple"):
        found = _bounds().search(text, max(floor, mention.left - _FURTHEST - 6), mention.left)
        if found:
            mention.hedges = (Hedge(found[1], hedges().before[found[1]]),)


def _take_currency(text: str, mention: Mention, floor: int) -> None:
    known = units().symbols
    for length in (3, 2, 1):
        at = mention.start - length
        if at >= floor and (unit := known.get(text[at : mention.start])):
            mention.unit, mention.left = unit, at
            return


def skip_blanks(text: str, at: int, floor: int) -> int:
    """Where the word before an offset ends, a few blanks between them left out; not before `floor`."""
    lowest = max(floor, at - _MOST_BLANKS)
    while at > lowest and text[at - 1] in _BLANKS:
        at -= 1
    return at


def _take_hedges(text: str, mention: Mention, floor: int) -> None:
    """Adds the hedges directly before the figure to it, at most two, and moves its left end before them; `floor` is
    where what stands before it ends."""
    endings = _endings()
    for _ in range(2):
        at = skip_blanks(text, mention.left, floor)
        if at <= floor or text[at - 1] not in endings:
            return
        hedge = _hedge(text, at, endings[text[at - 1]], mention, floor)
        if hedge is None:
            return
        mention.hedges = (hedge, *mention.hedges)
        mention.left = at - len(hedge.word)


def _hedge(text: str, at: int, words: tuple[str, ...], mention: Mention, floor: int) -> Hedge | None:
    known = hedges()
    for word in words:
        start = at - len(word)
        if start < floor or not text.startswith(word, start):
            continue
        mode = known.before.get(word)
        if mode is None:
            if text[mention.start] not in _ROUND:
                continue
            mode = known.before_round[word]
        before = text[start - 1] if start else ""
        if before and before in known.not_after[mode]:
            continue
        if word == "近" and mention.unit and unit_named(mention.unit).family in _TIMES:
            return None  # 近三年 are the last three years
        return Hedge(word, mode)
    return None


def _is_balance(before: str, mention: Mention) -> bool:
    """Whether a minus sign may stand between this character and a figure (亏损-5.2亿元, 净投放-266亿)."""
    if not "一" <= before <= "鿿":
        return False
    if not mention.unit:
        return bool(mention.tail.scale)
    return unit_named(mention.unit).kind in ("amount", "percent", "points")


def _take_sign(text: str, mention: Mention, floor: int) -> None:
    """Marks a figure behind a minus sign or 负 as negative."""
    at = mention.left
    if at <= floor:
        return
    sign = text[at - 1]
    if sign == "负" or (
        sign in _SIGNS and (at == 1 or text[at - 2] in _MINUS_AFTER or _is_balance(text[at - 2], mention))
    ):
        mention.negative = True
        mention.left = min(mention.left, at - 1)
