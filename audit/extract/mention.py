"""A figure as the pattern found it, before its neighbours and its context are looked at."""

from __future__ import annotations

import re
from dataclasses import dataclass

from audit.extract.pattern import AFTER, HALF, INSIDE, INSIDE_SCALED, NUMBER, PER, SCALE, UNIT
from audit.quantity.hedge import Hedge, hedges
from audit.quantity.unit import units

_TELLING = frozenset("、，。；：）)是至到—-－～~–大化有清级位提补免增减去不保转改通创联") | {""}
_TELLING_BEFORE = frozenset('“‘"「『第一至到—-～~、')


@dataclass(slots=True)
class Mention:
    """One numeral with scale word, unit and the hedges behind it.

    text[start:end] is all of it, text[start:digits] the digits; `left` is where it begins with its sign and the hedges
    before it. `numeral` is the numeral with its scale word, `unit` the printed unit, "" for none; `per` what stands
    behind a slash; `half` says that one half of the unit is added. `shared` marks a unit that stands at another figure.
    """

    start: int
    end: int
    digits: int
    left: int
    numeral: str
    scale: str
    unit: str
    per: str
    chinese: bool
    hedges: tuple[Hedge, ...] = ()
    half: bool = False
    negative: bool = False
    shared: bool = False

    @property
    def bare(self) -> bool:
        """Whether nothing but Arabic digits was found."""
        return not (self.unit or self.scale or self.chinese)


def mention_of(match: re.Match[str]) -> Mention:
    """The mention a match of the figure pattern is."""
    inside, scale, inside_scaled, unit, half, per, after = match.group(
        INSIDE, SCALE, INSIDE_SCALED, UNIT, HALF, PER, AFTER
    )
    text, start, digits = match.string, match.start(), match.end(NUMBER)
    first = text[start]
    chinese = first > "9" and not "０" <= first <= "９"
    numeral = text[start:digits]
    if chinese and len(numeral) > 1 and numeral[-1] in "千两" and (found := _unit_within(text, start, digits)):
        digits, unit = digits - 1, found
        numeral = text[start:digits]
        end = digits + len(unit)
    else:
        end = match.end() if unit or scale else max(digits, match.end(UNIT))
    scale = scale or ""
    mention = Mention(start, end, digits, start, numeral + scale, scale, unit or "", "", chinese)
    if inside or inside_scaled or after or half or per:
        _add_parts(mention, match, inside, inside_scaled, half, per, after)
    elif unit and len(unit) > 2 and unit[0] == "个" and unit[1] in "半多余":
        _take_spelling(mention)
    return mention


def _add_parts(
    mention: Mention,
    match: re.Match[str],
    inside: str | None,
    inside_scaled: str | None,
    half: str | None,
    per: str | None,
    after: str | None,
) -> None:
    """Adds what few figures have: hedges behind the digits or the unit, half a unit, a unit behind a slash."""
    known = hedges()
    found: tuple[Hedge, ...] = ()
    end, text = mention.digits, match.string
    measured = bool(mention.unit or mention.scale)
    if mention.scale:
        end = match.end(SCALE)
    if inside == "几" and measured:
        mention.numeral = f"{text[mention.start : mention.digits]}几{mention.scale}"
        end = max(end, match.end(INSIDE))
    elif inside and inside != "几" and (measured or inside != "来"):
        found = (Hedge(inside, known.inside[inside]),)
        end = max(end, match.end(INSIDE))
    if inside_scaled and (mention.unit or inside_scaled != "来"):
        found += (Hedge(inside_scaled, known.inside[inside_scaled]),)
        end = match.end(INSIDE_SCALED)
    if mention.unit:
        end = match.end(PER) if per else match.end(HALF) if half else max(end, match.end(UNIT))
        mention.half, mention.per = bool(half), per or ""
    if after and match.start(AFTER) == end:
        found += (Hedge(after, known.after_mode(after)),)
        end = match.end(AFTER)
    mention.hedges, mention.end = found, end
    if mention.unit[:1] == "个":
        _take_spelling(mention)


def _take_spelling(mention: Mention) -> None:
    """Reads 半, 多 and 余 between 个 and what it counts (3个半月, 5个多月)."""
    word = mention.unit[1:2]
    if word == "半":
        mention.half = True
    elif word in ("多", "余"):
        mention.hedges += (Hedge(word, hedges().inside[word]),)


def is_noise(match: re.Match[str]) -> bool:
    """Whether a match is a lone Chinese numeral in the middle of words (六合村, 万泷牧业), which states no number."""
    start, end = match.span()
    if end - start > 1:
        return False
    text = match.string
    if text[start] < "〇" or text[start] > "鿿":
        return False
    return text[end : end + 1] not in _TELLING and (not start or text[start - 1] not in _TELLING_BEFORE)


def _unit_within(text: str, start: int, digits: int) -> str:
    """The unit whose first character was taken for the last digit of a Chinese numeral (六万千瓦), "" for none."""
    last = digits - 1
    if text[last - 1] not in "十百千万亿" or last == start:
        return ""
    longest = 4 if text[last] == "千" else 1
    return next((text[last : last + n] for n in range(longest, 0, -1) if text[last : last + n] in units().by_name), "")
