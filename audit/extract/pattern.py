"""The one pattern that finds every number of a text: dates, names, Arabic and Chinese figures with scale and unit.

It starts with a single class of numeral characters, so that the regular expression engine skips everything else
quickly, and every repetition in it is bounded or possessive, so that a search takes linear time on any text.
"""

from __future__ import annotations

import re
from functools import cache

from audit.extract.rate import context
from audit.extract.words import figure_words
from audit.plain import FILLER
from audit.quantity.trie import Trie, any_of
from audit.quantity.unit import units

DIGIT = "0-9０-９"
CHINESE = "一二三十两万四五百千六八半七九零数几亿〇○廿卅俩仨壹贰叁肆伍陆柒捌玖拾佰仟"
DATE, WORD, FIGURE = range(1, 4)
"""What a match is: its last group."""
NUMBER, INSIDE, SCALE, INSIDE_SCALED, UNIT, HALF, PER, AFTER = range(4, 12)
"""The groups of a figure: digits, 余多来几 behind them, scale word, 余多来 behind it, unit, 半, /unit, 以上 …"""

_ORDINARY = "一二两三四五六七八九十百千万亿"
_DASH = r"[-－—–―~～至到]{1,2}"
_BREAK = rf"(?:(?:\r?\n\f?|{FILLER})[ \t\u3000{FILLER}]{{0,80}}){{1,3}}"
_GAP = rf"(?:(?<=[{DIGIT}万亿千百])(?:{FILLER}{{0,12}}(?:[ \t\u3000]{{1,4}}{FILLER}{{0,12}})?(?:{_BREAK})?))?"
_BLANK = rf"(?:\s|{FILLER}{{2,12}})?"
_BLANKS = rf"(?:\s{{0,3}}|{FILLER}{{4,12}})"
_SCALE = r"(?:万亿|[千百十]?[万亿]|[千百](?![分瓦米克卡伏赫帕焦]))"
_INSIDE = "([余多来几餘幾])?"
_AFTER = (
    r"(左右|上下|(?:（含）|\(含\)|（含本数）)?[及或]?以[上下]|以[内內]|之[内內]|开外|有余|出头|不到|"
    r"(?<=[年天月时斤里亩元倍吨米岁])多(?=[来时的，。、；,;以前后里间]|$))?"
)
# 年度 and 年级 do not follow a span of years; 半导体, 半数 are no halves.
_HALF = r"((?<=[年倍天时亩斤里番])半(?![导数岛径年月天价日载成自封殖夜]))?"


def _unit_pattern() -> tuple[str, str]:
    """The pattern of all units, and the characters with which a unit or scale word begins."""
    known = units()
    trie = Trie()
    for name in known.by_name:
        guard = known.not_before.get(name, "")
        if name[-1].isascii() and name[-1].isalpha():
            guard += "A-Za-z"
        trie.add(name, guard)
    first = "".join({*trie.children, *"万亿千百十"})
    return trie.pattern(), re.escape(first)


def _arabic_number(first_of_unit: str) -> str:
    """The digits of an Arabic numeral whose first digit is consumed already.

    Digits set apart by blanks or broken by the end of a line are one number only where a scale word or unit follows.
    """
    measured = rf"(?=\s{{0,3}}[{first_of_unit}\\])"
    not_in_row = r"(?!\s{0,3}[%％‰])"  # 386 412 437 106.1%: no percentage has so many thousands
    alone = rf"(?![ \r\n{FILLER}.．]|[，,][{DIGIT}]{{3}}(?![{DIGIT}]))"
    fraction = rf"(?:[.．][{DIGIT}]++)?"
    whole = rf"(?:(?<=[0-9])[0-9]{{0,2}}(?:,[0-9]{{3}}){{1,9}}+(?![0-9])|[{DIGIT}]*+)"
    return (
        rf"(?<=[{DIGIT}])(?:(?:(?<=[0-9])[0-9]{{0,2}}(?:,[0-9]{{3}}){{1,9}}+(?![0-9])|"
        rf"(?<=[０-９])[０-９]{{0,2}}(?:[，,][０-９]{{3}}){{1,9}}+(?![０-９])|[{DIGIT}]*+){fraction}{alone}|"
        rf"[{DIGIT}]{{0,2}}(?:[ \xa0\u2009\u202f][{DIGIT}]{{3}}(?![{DIGIT}])){{1,9}}+{fraction}{measured}{not_in_row}|"
        rf"[{DIGIT} ~]{{0,12}}+(?:[.．][{DIGIT} ]{{1,8}}+)?(?<=[{DIGIT} ])(?=\\%)|"
        rf"(?: [{DIGIT}](?![{DIGIT}])){{1,20}}+(?: ?[.．](?: ?[{DIGIT}](?![{DIGIT}])){{1,8}}+)?{measured}|"
        rf"(?<=[0-9])[0-9]{{0,2}}(?: , ?[0-9]{{3}}(?![0-9])){{1,9}}+{fraction}{measured}|"
        rf"{whole}(?:[.．]?[ \t]?{_BREAK}[{DIGIT}]++{fraction}|(?: ?|{_BREAK})[.．] ?[{DIGIT}]++|"
        rf"[.．][{DIGIT}]++[ \t]?{_BREAK}[{DIGIT}]++)"
        rf"{measured}(?!\s?[年月日号])|"
        rf"{whole}{fraction})(?:[百千](?=[余多来][万亿]))?"
    )


def _chinese_number() -> str:
    digits = "零〇○一二三四五六七八九"
    return (
        rf"(?:(?<=[{_ORDINARY}])[{_ORDINARY}]{{0,6}}分之[{CHINESE}点]{{1,12}}+|"
        rf"[{CHINESE}]{{0,40}}+(?:点[{digits}]{{1,12}}+[百千万亿]{{0,2}})?)"
    )


def _tail(unit: str) -> str:
    scale = rf"({_SCALE}(?:[{DIGIT}]{{1,4}}{_SCALE}){{0,4}})?"
    each = any_of([*units().by_name, *context()["rate"]["each"]])
    per = rf"(?:[/／]({_SCALE}?{each}(?![A-Za-z])|[一-鿿A-Za-z]{{1,3}}[²³]?))?"
    measured = rf"(?:{_GAP}({unit}){_HALF}{per})?"
    pieces = "(?:个(?=[余多来几]?[万亿](?![元级亿])))?"  # 5个亿, but 14个亿元项目
    return rf"(?:{_GAP}{pieces}{_INSIDE}{scale}([余多来])?{measured}{_AFTER})"


def _arabic_date() -> str:
    minutes = rf"[:：][0-5][{DIGIT}]"
    year = rf"[12１２][{DIGIT}]{{3}}"
    two = rf"[{DIGIT}]{{1,2}}"
    day = rf"{two}{_BLANK}(?:{_DASH}{_BLANK}{two}{_BLANK})?[日号]"
    of_year = (
        rf"(?<=[12１２])[{DIGIT}]{{3}}(?:{_BLANKS}(?:"
        rf"年(?:代|{_BLANK}[上下]半年|{_BLANK}第?[一二三四1-4]季度|{_BLANK}{two}{_BLANK}(?:{_DASH}{_BLANK}{two}{_BLANK})?月(?:份|{_BLANK}{day})?|度)?|"
        rf"{_DASH}{_BLANK}(?:(?:{year}|{two}){_BLANK}年|{year}(?![{DIGIT}.．%％,，万亿]))|"
        rf"[-./－．]{two}[-./－．]{two}(?![{DIGIT}])(?:\s{{1,4}}{two}{minutes}(?:{minutes})?)?)|[级届版])"
    )
    of_month = (
        rf"[{DIGIT}]?(?:{_BLANK}(?:{_DASH}|、|/){_BLANK}{two}){{0,3}}{_BLANK}"
        rf"(?:月(?:份|{_BLANK}{day})?|季度|世纪(?![{CHINESE}])|日(?![内元均常照产游])|号(?=[，。至到前后晚上下凌])|"
        rf"时(?![间期候代速])(?:{_BLANK}{two}{_BLANK}分(?:{_BLANK}{two}{_BLANK}秒)?)?|"
        rf"点(?:半|钟|整|{_BLANK}{two}{_BLANK}分))"
    )
    clock = rf"[{DIGIT}]?{minutes}(?:{minutes}(?![{DIGIT}:：])|(?=\s{{0,4}}(?:[-—~～至到]|$|[，。)）])))"
    european = rf"[{DIGIT}]?\.{two}\.{year}(?:\s{{1,4}}{two}:[{DIGIT}]{{2}})?(?![{DIGIT}])"
    return rf"(?:{of_year}|{of_month}|{european}|{clock})"


def _chinese_date() -> str:
    day = "[一二三四五六七八九十]{1,3}[日号]"
    return (
        rf"(?:(?<=[一二])[零〇○ＯO0０一二三四五六七八九]{{3}}年(?:度|[一二三四五六七八九十]{{1,2}}月(?:份|{day})?)?|"
        rf"(?<=[一二三四五六七八九十])[一二三四五六七八九十]{{0,2}}(?:月(?![饼刊球亮])(?:份|{day})?|季度|年代|世纪|日(?=[，。前后至到上下]))|"
        rf"(?<=[一二三四五六七八九])[○〇零]年代)"
    )


@cache
def _measure_pattern() -> re.Pattern[str]:
    unit, _ = _unit_pattern()
    return re.compile(rf"{_SCALE}{unit}|[%％元]|(?=..){unit}(?<=[一-鿿][一-鿿])")


def goes_on(text: str, end: int, start: int) -> bool:
    """Whether a number that ends one block has its unit at the start of the next (122.43, then 万元)."""
    return (text[end - 1].isdigit() or text[end - 1] in "万亿") and _measure_pattern().match(text, start) is not None


@cache
def _rest_pattern() -> re.Pattern[str]:
    _, first = _unit_pattern()
    return re.compile(rf"[{DIGIT}]{{1,12}}(?:[.．,，][{DIGIT}]{{1,12}}){{0,9}}\s{{0,2}}[{first}年月日号余多来餘:：∶]")


def goes_on_with(text: str, at: int) -> bool:
    """Whether digits at an offset end in a unit, a scale word or a part of a date."""
    return _rest_pattern().match(text, at) is not None


@cache
def figure_pattern() -> re.Pattern[str]:
    """The fused pattern; a match's `lastindex` says what was found (DATE, WORD, FIGURE)."""
    unit, first = _unit_pattern()
    number = rf"({_arabic_number(first)}|{_chinese_number()})"
    return re.compile(
        rf"[{DIGIT}{CHINESE}](?:((?<=[{DIGIT}]){_arabic_date()}|(?<![{DIGIT}]){_chinese_date()})|"
        rf"((?<![{DIGIT}]){figure_words().pattern})|({number}{_tail(unit)}))"
    )
