"""Figures that belong together: ranges, ratios, fractions, and units given once for several figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from audit.extract.figure import Figure, fraction_figure, ratio_figure, read_range
from audit.extract.mention import Mention
from audit.extract.nonclaim import is_year
from audit.quantity.numeral import read_numeral

RANGES = frozenset({"-", "－", "—", "——", "–", "~", "～", "―", "至", "到", "--", "−", "～～"})
LISTS = frozenset({"、", "和", "与", "及", "以及", "或", "或者"})
RATIOS = frozenset({":", "：", "∶"})
SLASHES = frozenset({"/", "／"})
_FURTHEST = 4
_MOST_SHARERS = 20
_NEXT = dict(zip("一二三四五六七八", "二三四五六七八九", strict=True))
_FROM = re.compile(r"[由从自][^，。；]{0,8}$")
_HUNDRED = 100
_DIGITS = re.compile(r"\d{1,5}")


SHORT = "个"
"""What is left of 个百分点 where the unit is written out at the last of several figures (3.4个和1.8个百分点)."""


def joint(text: str, first: Mention, second: Mention) -> str:
    """What stands between two figures, "" where that is nothing or too much to join them."""
    start, end = first.end, second.left
    return text[start:end].strip() if start < end <= start + _FURTHEST else ""


def range_figure(text: str, first: Mention, second: Mention, start: int) -> Figure | None:
    """The range from one figure to the next (3-5户, 三到五万元, 四、五十年, 80%—90%), None where they are no range.

    The second figure's scale word and unit hold for the first unless it has its own, the sign of a currency before the
    first one for both (¥3-5万). 从3到5 is a change, no range.
    """
    if first.unit and not first.tail.unit and not second.unit:
        second.unit = first.unit
    if not (second.unit or second.tail.scale) or (first.unit and first.unit != second.unit) or first.tail.per:
        return None
    if second.tail.half or first.tail.half or first.negative or second.negative:
        return None
    link = joint(text, first, second)
    if link == "、" and (first.unit or not (first.chinese and second.numeral[0] == _NEXT.get(first.numeral))):
        return None
    if link in ("至", "到") and _FROM.search(text[max(start, first.left - 10) : first.left]):
        return None
    low = first.numeral
    try:
        if second.tail.scale and not first.tail.scale and not first.chinese:
            if read_numeral(low).value < read_numeral(second.numeral.removesuffix(second.tail.scale)).value:
                low += second.tail.scale
        elif first.chinese and not first.unit and second.chinese:
            tail = re.search("[十百千]?[万亿]+$|[十百千]$", second.numeral[1:])
            if tail and not first.numeral.endswith(tail[0][-1]):
                low += tail[0]
        return read_range(low, second.numeral, second.unit, first.hedges + second.hedges)
    except ValueError:
        return None


def ratio_of(first: Mention, second: Mention, printed: str) -> Figure | None:
    """The ratio of two numbers, None where one is zero: 1:0.5 is 0.5, so many to one; 2.31:1 is 2.31 and 104.7:100 is
    1.047, both rounded where they end."""
    number = read_numeral(first.numeral)
    before, after = number.value, read_numeral(second.numeral).value
    if not before or not after:
        return None
    decimals = not number.integer
    if after == 1 or after == _HUNDRED and decimals:
        return ratio_figure(before / after, printed, number.step / after if decimals else Fraction(0))
    return ratio_figure(after / before, printed)


def slash_fraction(first: Mention, second: Mention) -> Figure | None:
    """The fraction of two small integers (1/4), None where they are none."""
    if not (_DIGITS.fullmatch(first.numeral) and _DIGITS.fullmatch(second.numeral)) or second.unit or second.tail.scale:
        return None
    part, whole = int(first.numeral), int(second.numeral)
    if not 0 < part < whole or is_year(second.numeral):
        return None
    return fraction_figure(Fraction(part), Fraction(whole), first.hedges + second.hedges, f"{part}/{whole}")


def sharers(text: str, mentions: Sequence[Mention], i: int) -> int:
    """How many numbers from the i-th on share the unit of the figure behind them, 0 for none: 2 of 17、23、46万户, 1 of
    3.4个和1.8个百分点."""
    j = i
    most = min(len(mentions), i + _MOST_SHARERS)
    while j + 1 < most and mentions[j].bare and joint(text, mentions[j], mentions[j + 1]) in LISTS:
        j += 1
    end = j
    while end + 1 < most and mentions[end].unit == SHORT and joint(text, mentions[end], mentions[end + 1]) in LISTS:
        end += 1
    if mentions[end].unit.endswith("分点"):
        j = end
    last = mentions[j]
    return j - i if j > i and last.unit and not last.chinese else 0
