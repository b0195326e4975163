"""Hedges that stand before a figure, and its sign."""

from __future__ import annotations

from functools import cache

from audit.extract.mention import Mention
from audit.quantity.hedge import Hedge, hedges
from audit.quantity.unit import unit_named

_ROUND = frozenset("百千万亿半")
_SIGNS = "-−－﹣"
_MINUS_AFTER = frozenset(" \t\u3000(（:：,，为是比达率速幅额长降至到了约|")
_TIMES = frozenset({"time", "months"})


@cache
def _endings() -> dict[str, tuple[str, ...]]:
    known = hedges()
    endings: dict[str, list[str]] = {}
    for word in [*known.before, *known.before_round]:
        endings.setdefault(word[-1], []).append(word)
    return {last: tuple(sorted(words, key=len, reverse=True)) for last, words in endings.items()}


def take_hedges(text: str, mention: Mention, floor: int) -> None:
    """Adds the hedges directly before the figure to it, at most two, and moves its left end before them; `floor` is
    where what stands before it ends."""
    endings = _endings()
    for _ in range(2):
        at = mention.left
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


def _is_balance(before: str, unit: str) -> bool:
    """Whether a minus sign may stand between this character and a figure in this unit (亏损-5.2亿元)."""
    return "一" <= before <= "鿿" and bool(unit) and unit_named(unit).kind in ("amount", "percent", "points")


def take_sign(text: str, mention: Mention, floor: int) -> None:
    """Marks a figure behind a minus sign or 负 as negative."""
    at = mention.start
    if at <= floor:
        return
    sign = text[at - 1]
    if sign == "负" or (
        sign in _SIGNS and (at == 1 or text[at - 2] in _MINUS_AFTER or _is_balance(text[at - 2], mention.unit))
    ):
        mention.negative = True
        mention.left = min(mention.left, at - 1)
