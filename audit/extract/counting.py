"""Counts of what is listed (三个环节, 四化模式, 省市县三级), and numerals that only sound like counts (一个, 千名)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from audit.extract.mention import Mention
from audit.extract.rate import context
from audit.quantity.trie import any_of

_SMALL = frozenset("二两三四五六七八九十") | {"十一", "十二", "十三", "十四", "十五", "十六"}
_QUOTES = frozenset('“‘"')
_SCALES = re.compile(r"[百千万亿]+")
_TEN_SCALES = re.compile("十[万亿]")
_BODIES = frozenset({"", "企业", "村", "镇", "乡", "县", "市"})
"""Bodies that are called by their size in round figures (十亿企业, 十亿镇); there are never so many of them."""
_HAN = re.compile(r"[一-鿿]")
_END = re.compile(r"[，。；、,;:：！？）)”’\s]|$")
_AROUND = 24
_CLOSES = re.compile(r"[^“”]{0,10}[”’\"]")
_NUMERAL = re.compile("[一二两三四五六七八九十]")
_MEMBER = 14
_NEXT_MEMBER = re.compile("[^，。；、：“”]{1,10}、[两二三四五六七八九十]{1,3}")
_LAST_MEMBER = re.compile("、[^，。；、：“”]{1,11}?(?=[十九八七六五四三二两])")
_TIMES = frozenset({"年", "天", "周", "小时", "月", "个月"})
_SLOGAN = re.compile(r"[“‘][二两三四五六七八九十][一-鿿]{1,2}(?:、?[一二两三四五六七八九十][一-鿿]{1,2})*、?$")
_FEW = re.compile(r"[1-9１-９]|[12][0-9]")


@dataclass(frozen=True, slots=True)
class _Counting:
    slogan: frozenset[str]
    numbered: frozenset[str]
    listing: frozenset[str]
    levels: frozenset[str]
    level_noun: re.Pattern[str]
    noun: re.Pattern[str]


@cache
def _counting() -> _Counting:
    data = context()["count"]
    return _Counting(
        frozenset(data["slogan"]),
        frozenset(data["numbered"]),
        frozenset(data["listing"]),
        frozenset(data["levels"]),
        re.compile(any_of(data["level_nouns"])),
        re.compile(rf"[“‘]?{any_of(data['nouns'])}"),
    )


def slogan_unit(text: str, mention: Mention, arabic: bool = False) -> str:
    """The character counted by a small Chinese numeral without classifier (四化, 七清, 三级), "" where none is."""
    unit = text[mention.end : mention.end + 1]
    before = text[mention.start - 1 : mention.start]
    if mention.numeral not in _SMALL and not (arabic and _FEW.fullmatch(mention.numeral)):
        return unit if mention.numeral == "一" and _in_slogan(text, mention.start) and _HAN.match(unit) else ""
    known = _counting()
    if text.startswith("位一体", mention.end):
        return unit
    if unit == "级":
        return unit if before in known.levels or known.level_noun.match(text, mention.end + 1) else ""
    if unit == "大":
        return unit if _HAN.match(text, mention.end + 1) else ""
    if unit in known.slogan and unit:
        return unit if before in _QUOTES or unit == "化" else ""
    return (
        unit if before in _QUOTES and before and _HAN.match(unit) and "”" in text[mention.end : mention.end + 8] else ""
    )


def _in_slogan(text: str, at: int) -> bool:
    """Whether a number stands in quotation marks behind another one of the same slogan (“三提一补一免”)."""
    return _SLOGAN.search(text[max(0, at - 8) : at]) is not None


def counts_list(text: str, mention: Mention, lead: str) -> bool:
    """Whether a count without hedges is one of what stands listed around it: behind an enumeration, in quotation marks,
    or 等3种."""
    known = _counting()
    if mention.unit not in known.listing or mention.tail.half or mention.tail.scale:
        return False
    if not mention.chinese and not _FEW.fullmatch(mention.numeral):
        return False
    before = text[mention.left - 1 : mention.left] if mention.left else ""
    if mention.chinese and mention.numeral not in _SMALL and not (mention.numeral == "一" and before in _QUOTES):
        return False
    after = text[mention.end : mention.end + 1]
    if before == "前" or not after or not (_HAN.match(after) or after in "”’“"):
        return False
    if known.noun.match(text, mention.end):
        return True
    if before in _QUOTES or before in ("”", "’", "等", "这", "以", "下", "上", "述"):
        return bool(before)
    return ("、" in lead and before not in ("的", "有", "、", "和")) or (
        mention.chinese and mention.unit in "种类步篇" and bool(before)
    )


def counts_parties(mention: Mention) -> bool:
    """Whether a small Chinese numeral counts parties (三方会谈), not cubic metres, which have Arabic figures."""
    return mention.unit == "方" and mention.numeral in _SMALL and not mention.hedges


def is_numbered(mention: Mention) -> bool:
    """Whether a Chinese numeral numbers what it stands before: 二类疫苗, 二期工程 (a count would be 两类)."""
    return mention.numeral == "二" and mention.unit in _counting().numbered


def _is_parallel(text: str, mention: Mention) -> bool:
    """Whether 一 counts beside other counts in its unit: 一名处级干部、三名科级干部."""
    unit, start, end = mention.unit, mention.start, mention.end
    behind = _NEXT_MEMBER.match(text, end, end + _MEMBER)
    if behind and text.startswith(unit, behind.end()):
        return True
    before = _LAST_MEMBER.match(text[max(0, start - _MEMBER) : start][::-1])
    return before is not None and text.startswith(unit, start - before.end())


def is_indefinite(text: str, mention: Mention) -> bool:
    """Whether a Chinese numeral states no number: 千名干部, 一个目标 (but “一个目标”, 泵站一座)."""
    hedges = mention.hedges
    if (_SCALES.fullmatch(mention.numeral) or mention.numeral in ("几", "数")) and (
        not hedges or hedges[0].word.endswith("为")
    ):
        return True
    if mention.unit in _BODIES and not hedges and _TEN_SCALES.fullmatch(mention.numeral):
        return True  # 十亿企业 are firms of that size; 十亿人 is a number
    if mention.numeral == "一" and hedges and hedges[0].word.startswith("突破"):
        return True  # 突破一批关键技术 breaks through, it does not exceed
    if mention.unit == "番":
        return "翻" not in text[max(0, mention.left - 2) : mention.left]  # 翻了一番, but 忙了一番
    if mention.numeral != "一" or hedges or mention.tail.half or mention.unit in ("倍", "成"):
        return False
    if _is_parallel(text, mention):
        return False
    before = text[mention.start - 1 : mention.start]
    if before in _QUOTES and before and not _NUMERAL.match(text, mention.end) and _CLOSES.match(text, mention.end):
        return False
    if not _END.match(text, mention.end):
        return True
    if mention.unit in _TIMES and before in "去近前后来过":
        return True
    if not before or not _HAN.match(before) or before in "每有这那此另同某第之做为成的个何":
        return True
    pair = mention.numeral + mention.unit
    around = text[max(0, mention.start - _AROUND) : mention.start] + "|" + text[mention.end : mention.end + _AROUND]
    return pair in around
