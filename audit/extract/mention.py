"""A figure as the pattern found it, before its neighbours and its context are looked at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from audit.extract.pattern import AFTER, HALF, INSIDE, INSIDE_SCALED, NUMBER, PER, SCALE, UNIT
from audit.quantity.hedge import Hedge, hedges
from audit.quantity.unit import units

_TELLING = frozenset("、，。；：）)是至到—-－～~–大化有清级位提补免增减去不保转改通创联") | {""}
_TELLING_BEFORE = frozenset('“‘"第一至到—-～~、')


class Tail(NamedTuple):
    """What stands behind the digits of a figure: `size` characters with the scale word, the printed unit ("" for none),
    what stands behind a slash, and the hedges; `half` adds one half of the unit. The numeral goes on with `suffix`, the
    scale word and a 几 before it."""

    size: int = 0
    suffix: str = ""
    scale: str = ""
    unit: str = ""
    per: str = ""
    half: bool = False
    hedges: tuple[Hedge, ...] = ()


_SOME = ("几", "幾")
_NO_TAIL = Tail()


@dataclass(slots=True)
class Mention:
    """One numeral with scale word, unit and the hedges behind it.

    text[start:end] is all of it, text[start:digits] the digits; `left` is where it begins with its sign and the hedges
    before it. `numeral` is the numeral with its scale word. `shared` marks a unit that stands at another figure.
    """

    start: int
    end: int
    digits: int
    left: int
    numeral: str
    chinese: bool
    tail: Tail
    unit: str
    hedges: tuple[Hedge, ...]
    negative: bool = False
    shared: bool = False

    @property
    def bare(self) -> bool:
        """Whether nothing but Arabic digits was found."""
        return not (self.unit or self.tail.scale or self.chinese)

    def count(self, noun: str) -> None:
        """Makes the words directly behind the figure its unit."""
        self.unit = noun
        self.end += len(noun)


def mention_of(match: re.Match[str]) -> Mention:
    """The mention a match of the figure pattern is."""
    text = match.string
    start, end = match.span()
    digits = match.end(NUMBER)
    numeral = text[start:digits]
    first = numeral[0]
    chinese = first > "9" and not "０" <= first <= "９"
    tail = _NO_TAIL if digits == end else _tail_of(match, text[digits:end])
    if chinese and len(numeral) > 1 and numeral[-1] in "千两" and (found := _unit_within(text, start, digits)):
        digits -= 1
        tail = tail._replace(unit=found, size=max(tail.size + 1 if tail.hedges else 0, len(found)))
        numeral = numeral[:-1]
    if tail.suffix:
        numeral += tail.suffix
    return Mention(start, digits + tail.size, digits, start, numeral, chinese, tail, tail.unit, tail.hedges)


_tails: dict[str, Tail] = {}
_MOST_TAILS = 4096


def _tail_of(match: re.Match[str], printed: str) -> Tail:
    """The tail of a figure, read once for all that are printed alike: a text has few of them."""
    tail = _tails.get(printed)
    if tail is None:
        if len(_tails) >= _MOST_TAILS:
            _tails.clear()
        tail = _tails[printed] = _read_tail(match)
    return tail


def _read_tail(match: re.Match[str]) -> Tail:
    inside, scale, inside_scaled, unit, half, per, after = match.group(
        INSIDE, SCALE, INSIDE_SCALED, UNIT, HALF, PER, AFTER
    )
    known = hedges()
    found: tuple[Hedge, ...] = ()
    suffix = scale = scale or ""
    end = match.end(SCALE) if scale else match.end(NUMBER)
    if inside in _SOME and (unit or scale):
        suffix = f"几{scale}"
        end = max(end, match.end(INSIDE))
    elif inside and inside not in _SOME and (unit or scale or inside != "来"):
        found = (Hedge(inside, known.inside[inside]),)
        end = max(end, match.end(INSIDE))
    if inside_scaled and (unit or inside_scaled != "来"):
        found += (Hedge(inside_scaled, known.inside[inside_scaled]),)
        end = match.end(INSIDE_SCALED)
    if unit:
        end = match.end(PER) if per else match.end(HALF) if half else max(end, match.end(UNIT))
    if after and match.start(AFTER) == end:
        found += (Hedge(after, known.after_mode(after)),)
        end = match.end(AFTER)
    halved = bool(half and unit)
    if unit and len(unit) > 2 and unit[0] == "个":  # 3个半月, 5个多月
        if unit[1] == "半":
            halved = True
        elif unit[1] in "多余":
            found += (Hedge(unit[1], known.inside[unit[1]]),)
    return Tail(end - match.end(NUMBER), suffix, scale, unit or "", (unit and per) or "", halved, found)


def is_noise(text: str, start: int, end: int) -> bool:
    """Whether a match is a lone Chinese numeral in the middle of words (六合村, 万泷牧业), which states no number."""
    if end - start > 1 or not "〇" <= text[start] <= "鿿":
        return False
    return text[end : end + 1] not in _TELLING and (not start or text[start - 1] not in _TELLING_BEFORE)


def _unit_within(text: str, start: int, digits: int) -> str:
    """The unit whose first character was taken for the last digit of a Chinese numeral (六万千瓦), "" for none."""
    last = digits - 1
    if text[last - 1] not in "十百千万亿" or last == start:
        return ""
    longest = 4 if text[last] == "千" else 1
    return next((text[last : last + n] for n in range(longest, 0, -1) if text[last : last + n] in units().by_name), "")
