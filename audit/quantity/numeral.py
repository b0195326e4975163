"""Numerals as numbers: Arabic, full-width and Chinese ones, and mixtures of them, with the place of their digits.

cn2an converts the Chinese numerals proper.  What it rejects or reads wrongly (两三百, 十几, 一万二, 5个亿, 半, 俩)
never reaches it, nor do Arabic digits, which it would pass through a float.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache, lru_cache
from typing import NamedTuple

from audit.quantity.exact import exact, quotient

WIDE = str.maketrans("０１２３４５６７８９．，％－＋：萬億兩幾", "0123456789.,%-+:万亿两几")
DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    **{c: i for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")},
    "〇": 0,
    "○": 0,
    "两": 2,
    "俩": 2,
    "仨": 3,
    "幺": 1,
    "贰": 2,
}
SMALL = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
LARGE = {"万": 10**4, "亿": 10**8, "萬": 10**4, "億": 10**8}
# Most documents have no other Chinese integers, and need not wait for cn2an to be imported.
_BELOW_HUNDRED = {c: n for c, n in DIGITS.items() if n} | {"零": 0, "百": 100, "千": 1000}
_BELOW_HUNDRED |= {
    tens + "十" + ones: (DIGITS.get(tens, 1) * 10 + DIGITS.get(ones, 0))
    for tens in ("", *"一二三四五六七八九")
    for ones in ("", *"一二三四五六七八九")
}
_TENS = {"廿": "二十", "卅": "三十"}
_ORDINARY = str.maketrans("〇○两俩仨拾佰仟萬億壹贰叁肆伍陆柒捌玖", "零零二二三十百千万亿一二三四五六七八九")
_TEN = re.compile("(?<=[百千零])十")
_PROPER = re.compile(r"[零一二三四五六七八九十百千万亿]+")
_SIMPLE = re.compile(r"([0-9][0-9,]*)(?:\.([0-9]+))?((?:[十百千]?[万亿]|万亿|[十百千])?)")
_PART = re.compile(r"([0-9]+)|([十百千])|([万亿])|(.)", re.S)
_PLACES = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
_SCALES = {a + b: _PLACES.get(a, 0) + _PLACES.get(b, 0) for a in ("", *"十百千") for b in ("", *"万亿")} | {"万亿": 12}
_LONGEST = 64
_SPACE = re.compile(r"\s+")


class Numeral(NamedTuple):
    """A numeral's value and places.

    `step` is one unit of the last printed digit, `low` one unit of the lowest digit that is not zero (both at least
    `step`); `integer` says that no decimals are printed, `scaled` that a scale word (万, 亿, and behind Arabic digits
    also 千, 百) takes part, `grouped` that thousands are set off. `high` is set where the number lies between two:
    for 几十 and 十几, which are `vague`, in [value, high), for two neighbouring digits (两三百) in [value, high].
    """

    value: Fraction
    step: Fraction
    low: Fraction
    integer: bool
    scaled: bool
    grouped: bool = False
    high: Fraction | None = None
    vague: bool = False

    def times(self, factor: Fraction) -> Numeral:
        """The numeral in units that are 1/factor of its own; a negative factor turns its sign, not its places."""
        if factor == 1:
            return self
        low, high, size = self.value * factor, self.high, abs(factor)
        if high is not None:
            high *= factor
            low, high = min(low, high), max(low, high)
        step, least = self.step * size, self.low * size
        return Numeral(low, step, least, self.integer, self.scaled, self.grouped, high, self.vague)


@lru_cache(maxsize=8192)
def read_numeral(text: str) -> Numeral:
    """The number a numeral states; raises ValueError with a Chinese sentence when it states none.

    Blanks and line breaks inside are ignored, full-width digits and points are read like ASCII ones, traditional
    characters like simplified ones.
    """
    if len(text) > _LONGEST:
        raise ValueError("数字太长，不是一个数")
    simple = _SIMPLE.fullmatch(text)
    if simple is not None:
        return _simple(simple)
    plain = _SPACE.sub("", text).translate(WIDE).replace("个", "")
    if not plain:
        raise ValueError("没有数字")
    return _arabic(plain) if "0" <= plain[0] <= "9" else _chinese(plain)


@cache
def power_of_ten(exponent: int) -> Fraction:
    """10 to a power, which may be negative."""
    return exact(10**exponent) if exponent >= 0 else exact(1, 10**-exponent)


def _of_digits(units: int, place: int, integer: bool, scaled: bool, grouped: bool = False) -> Numeral:
    """The numeral that counts `units` of 10^place."""
    low = place
    rest = units
    while rest and not rest % 10:
        rest //= 10
        low += 1
    value = quotient(units * 10**place, 1) if place >= 0 else quotient(units, 10**-place)
    return Numeral(value, power_of_ten(place), power_of_ten(low), integer, scaled, grouped)


def _arabic(plain: str) -> Numeral:
    if simple := _SIMPLE.fullmatch(plain):
        return _simple(simple)
    return _vague(plain) if "几" in plain else _mixed(plain)


def _simple(match: re.Match[str]) -> Numeral:
    """Digits with an optional scale word, as _SIMPLE matches them."""
    whole, part, scale = match.groups()
    digits = whole.replace(",", "")
    place = _SCALES[scale] - len(part or "")
    return _of_digits(int(digits + (part or "")), place, not part, bool(scale), digits != whole)


def _mixed(plain: str) -> Numeral:
    """Arabic digits between scale words (3千5百万, 1亿2千万)."""
    total = section = last_large = 0
    current: int | None = None
    place = 0
    for number, small, large, other in _PART.findall(plain):
        if number and current is None:
            current, place = int(number), 0
        elif small:
            section += (1 if current is None and not section else current or 0) * SMALL[small]
            place += _PLACES[small]
            current = None
        elif large:
            factor = LARGE[large]
            section += current or 0
            total = (total + section) * factor if last_large and factor > last_large else total + section * factor
            place += _PLACES[large]
            current, section, last_large = None, 0, factor
        else:
            raise ValueError(f"“{plain}”里“{number or other}”前后不成一个数")
    units = total + section
    if current is not None or units % 10**place:
        raise ValueError(f"“{plain}”不是一个数")
    return _of_digits(units // 10**place, place, True, bool(last_large or place or section))


def _number(chinese: str) -> int:
    """An ordinary Chinese integer below 10000; cn2an converts what is not below a hundred."""
    known = _BELOW_HUNDRED.get(chinese)
    return _converted(chinese) if known is None else known


@lru_cache(maxsize=8192)
def _converted(chinese: str) -> int:
    import cn2an

    try:
        return int(cn2an.cn2an(chinese, "strict"))
    except (ValueError, TypeError, KeyError) as error:
        raise ValueError(f"“{chinese}”不是一个数") from error


def _chinese(plain: str) -> Numeral:
    for short, long in _TENS.items():
        plain = plain.replace(short, long)
    plain = plain.translate(_ORDINARY)
    if plain.startswith("半"):
        if plain != "半":
            raise ValueError(f"“{plain}”不是一个数")
        half = Fraction(1, 2)
        return Numeral(half, half, half, True, False)
    whole, point, part = plain.partition("点")
    if point:
        return _decimal(whole, part)
    if "几" in plain or "数" in plain:
        return _vague(plain)
    if pair := re.fullmatch(r"(.*?)([一二三四五六七八九])([一二三四五六七八九])([十百千万亿]*)", plain):
        return _pair(plain, *pair.groups())
    return _proper(plain)


def _proper(plain: str) -> Numeral:
    plain = _TEN.sub("一十", plain)
    if not _PROPER.fullmatch(plain):
        raise ValueError(f"“{plain}”不是一个数")
    if len(plain) > 2 and not any(c in SMALL or c in LARGE for c in plain):
        raise ValueError(f"“{plain}”是一串数字，不是一个数")
    shorthand = re.fullmatch(r"(.*([百千万亿]))([一二三四五六七八九])", plain)
    if shorthand and len(shorthand[1]) > 1:  # 一万二 is 12000
        unit = SMALL.get(shorthand[2]) or LARGE[shorthand[2]]
        value = _value(shorthand[1]) + DIGITS[shorthand[3]] * unit // 10
    else:
        value = _value(plain)
    # The places a Chinese numeral does not name are not printed: 四百二十七亿四千万 is given to the 千万.
    top = max((LARGE[c] for c in plain if c in LARGE), default=1)
    place = len(str(top)) - 1
    while value % 10**place:
        place -= 1
    return _of_digits(value // 10**place, place, True, top > 1)


def _value(plain: str) -> int:
    """An ordinary integer, cut at its large units first: cn2an refuses 四百二十七亿四千万 and 一万二千亿."""
    total, rest = 0, plain
    for large in ("亿", "万"):
        head, found, rest = rest.rpartition(large)
        if found:
            total += (_value(head) if head else 1) * LARGE[large]
    return total + (_section(rest) if rest else 0)


def _section(plain: str) -> int:
    if plain[0] in SMALL and plain != "十":
        plain = "一" + plain
    return _number(plain.lstrip("零") or "零")


def _decimal(whole: str, part: str) -> Numeral:
    digits = re.match(r"[零一二三四五六七八九]+", part)
    if not digits or not whole:
        raise ValueError(f"“{whole}点{part}”不是一个数")
    factor = 1
    for c in part[digits.end() :]:
        if c not in SMALL and c not in LARGE:
            raise ValueError(f"“{whole}点{part}”不是一个数")
        factor *= SMALL.get(c) or LARGE[c]
    head = int(_proper(whole).value)
    places = len(digits[0])
    units = head * 10**places + int("".join(str(DIGITS[c]) for c in digits[0]))
    return _of_digits(units, len(str(factor)) - 1 - places, False, factor > 1)


def _vague(plain: str) -> Numeral:
    """几 and 数 stand for two to nine: 几十 is [20, 100), 十几 is [11, 20)."""
    head, _, tail = plain.replace("数", "几").partition("几")
    factor = Fraction(1)
    for c in tail:
        if c not in SMALL and c not in LARGE:
            raise ValueError(f"“{plain}”不是一个数")
        factor *= SMALL.get(c) or LARGE[c]
    if not head:
        return Numeral(2 * factor, factor, factor, True, factor > 1000, high=10 * factor, vague=True)
    base = _arabic(head) if head.isascii() else _proper(head)
    if base.low < 10:
        raise ValueError(f"“{plain}”不是一个数")
    unit = base.low / 10
    return Numeral(
        (base.value + unit) * factor,
        unit * factor,
        unit * factor,
        True,
        factor > 1,
        high=(base.value + base.low) * factor,
        vague=True,
    )


def _pair(plain: str, head: str, first: str, second: str, tail: str) -> Numeral:
    """Two neighbouring digits name a range: 两三百 is [200, 300], 十七八 is [17, 18]."""
    a, b = DIGITS[first], DIGITS[second]
    if b != a + 1 or (head and head[-1] not in "十百千"):
        raise ValueError(f"“{plain}”不是一个数")
    low, high = (_proper(head + d + tail) for d in (first, second))
    return Numeral(low.value, low.step, low.low, True, low.scaled, high=high.value)
