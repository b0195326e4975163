"""A figure as the pattern found it, before its neighbours and its context are looked at."""

from __future__ import annotations

import re
from dataclasses import dataclass

from audit.extract.pattern import AFTER, HALF, INSIDE, INSIDE_SCALED, NUMBER, PER, SCALE, UNIT
from audit.quantity.hedge import Hedge, hedges
from audit.quantity.unit import units


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
    number, inside, scale, inside_scaled, unit, half, per, after = match.group(
        NUMBER, INSIDE, SCALE, INSIDE_SCALED, UNIT, HALF, PER, AFTER
    )
    text, start, digits = match.string, match.start(), match.end(NUMBER)
    end, chinese = digits, text[start] > "9" and not "０" <= text[start] <= "９"
    numeral = text[start:digits]
    found: tuple[Hedge, ...] = ()
    known = hedges()
    if scale:
        end = match.end(SCALE)
        numeral += scale
    if chinese and len(numeral) > 1 and numeral[-1] in "千两":
        digits, unit, end = _without_unit(numeral, digits, unit, end)
        numeral = text[start:digits]
    if inside == "几":
        if unit or scale:
            numeral = text[start:digits] + "几" + (scale or "")
            end = max(end, match.end(INSIDE))
    elif inside and (unit or scale or inside != "来"):
        found = (Hedge(inside, known.inside[inside]),)
        end = max(end, match.end(INSIDE))
    if inside_scaled and (unit or inside_scaled != "来"):
        found += (Hedge(inside_scaled, known.inside[inside_scaled]),)
        end = match.end(INSIDE_SCALED)
    if unit and match[UNIT]:
        end = match.end(PER) if per else match.end(HALF) if half else match.end(UNIT)
    if after and match.start(AFTER) == end:
        found += (Hedge(after, known.after_mode(after)),)
        end = match.end(AFTER)
    if unit and unit[:2] == "个半":
        half = "半"
    elif unit and unit[:2] in ("个多", "个余"):
        found += (Hedge(unit[1], known.inside[unit[1]]),)
    return Mention(start, end, digits, start, numeral, scale or "", unit or "", per or "", chinese, found, bool(half))


def _without_unit(numeral: str, digits: int, unit: str | None, end: int) -> tuple[int, str | None, int]:
    """(end of the digits, unit, end) once a unit's first character is no longer taken for a digit (六万千瓦, 七万两)."""
    last, before = numeral[-1], numeral[-2]
    if last == "千" and unit and before in "十百千万亿" and last + unit in units().by_name:
        return digits - 1, last + unit, end
    if last == "两" and not unit and before in "十百千万亿":
        return digits - 1, last, end
    return digits, unit, end
