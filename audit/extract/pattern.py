"""The one pattern that finds every number of a text: dates, names, Arabic and Chinese figures with scale and unit.

It starts with a single class of numeral characters, so that the regular expression engine skips everything else
quickly, and every repetition in it is bounded or possessive, so that a search takes linear time on any text.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources

from audit.quantity.unit import units

DIGIT = "0-9０-９"
CHINESE = "零〇○一二两三四五六七八九十百千万亿半几数廿卅俩仨壹贰叁肆伍陆柒捌玖拾佰仟萬億"
_PLACE = "一二两三四五六七八九十百千万亿"
_DASH = r"[-－—–―~～至到]{1,2}"
_YEAR = rf"[12１２][{DIGIT}]{{3}}"
_GAP = r"[ \t\u3000]{0,4}(?:(?:\r?\n[ \t\u3000]{0,40}){1,3})?"


class _Trie:
    """Words as a tree of characters; as a pattern it matches the longest of them."""

    def __init__(self) -> None:
        self.children: dict[str, _Trie] = {}
        self.end = False
        self.guard = ""

    def add(self, word: str, guard: str = "") -> None:
        node = self
        for c in word:
            node = node.children.setdefault(c, _Trie())
        node.end, node.guard = True, guard

    def pattern(self) -> str:
        branches = [re.escape(c) + child.pattern() for c, child in self.children.items()]
        if self.end:
            branches.append(f"(?![{self.guard}])" if self.guard else "")
        if len(branches) == 1:
            return branches[0]
        return f"(?:{'|'.join(branches)})"


def _unit_pattern() -> str:
    known = units()
    trie = _Trie()
    for name in known.by_name:
        guard = known.not_before.get(name, "")
        if name[-1].isascii() and name[-1].isalpha():
            guard += "A-Za-z"
        trie.add(name, guard)
    return trie.pattern()


@cache
def words() -> tuple[dict[str, str], str, str]:
    """The reason of every word that states no quantity, and the patterns of the reported and of the silent words."""
    data = tomllib.loads(resources.files("audit.data").joinpath("nonclaims.toml").read_text(encoding="utf-8"))
    reasons = {word: group["reason"] for group in data["group"] for word in group["words"]}
    return reasons, _word_pattern(reasons), _word_pattern(data["silent"]["words"])


def _word_pattern(every: Iterable[str]) -> str:
    """A pattern for words from their first numeral character on, that character being consumed already."""
    by_numeral: dict[str, dict[str, _Trie]] = {}
    for word in every:
        at = next(i for i, c in enumerate(word) if c in CHINESE)
        heads = by_numeral.setdefault(word[at], {})
        heads.setdefault(word[:at], _Trie()).add(word[at + 1 :])
    return f"(?:{'|'.join(_heads_pattern(numeral, heads) for numeral, heads in by_numeral.items())})"


def _heads_pattern(numeral: str, heads: dict[str, _Trie]) -> str:
    plain = heads.pop("", None)
    alone = "".join(sorted(head for head, tail in heads.items() if len(head) == 1 and not tail.children))
    branches = [rf"(?<=[{alone}]{numeral})"] if alone else []
    for head, tail in sorted(heads.items(), key=lambda item: -len(item[0])):
        if head not in alone:
            branches.append(rf"(?<={head}{numeral}){tail.pattern()}")
    if plain:
        branches.append(plain.pattern())
    return rf"(?<={numeral})(?:{'|'.join(branches)})"


@cache
def figure_pattern() -> re.Pattern[str]:
    """The fused pattern; `lastgroup` of a match names what was found (date, name, silent, arabic, chinese)."""
    _, names, silent = words()
    unit = _unit_pattern()
    scale = r"(?:万亿|[千百十]?[万亿]|[千百](?!分|瓦|米|克|卡|伏|帕|赫|焦))"
    tail = (
        rf"(?P<{{0}}t>{{1}}(?P<{{0}}in>[余多来几])?(?:个(?=[万亿]))?(?P<{{0}}scale>{scale}(?:[{DIGIT}]{{{{1,4}}}}(?=[千百十万亿]){scale})*)?"
        rf"(?P<{{0}}in2>[余多来几])?(?:{{2}}(?P<{{0}}unit>{unit})(?:[/／](?P<{{0}}per>{unit}))?)?)"
        r"(?P<{0}after>左右|上下|(?:（含）|\(含\))?[及或]?以[上下]|以内|之内|开外|有余|出头)?"
    )
    arabic_tail = tail.format("a", _GAP, _GAP)
    chinese_tail = tail.format("c", "", "")
    month_day = rf"[{DIGIT}]{{1,2}}\s?月(?:份|\s?[{DIGIT}]{{1,2}}\s?[日号])?"
    date = (
        rf"(?<=[12１２])(?:[{DIGIT}]{{3}}\s{{0,3}}(?:{_DASH}\s?(?:{_YEAR}|[{DIGIT}]{{2}})\s?年|"
        rf"{_DASH}\s?{_YEAR}(?![{DIGIT}.．%％,，])|"
        rf"年(?:(?:代|\s?[上下]半年|\s?第?[一二三四1-4]季度)|\s?{month_day}|度)?|"
        rf"[-./－．][{DIGIT}]{{1,2}}[-./－．][{DIGIT}]{{1,2}}(?![{DIGIT}])|[-－—–./][01]?[{DIGIT}](?=[)）]|\s*$)))|"
        rf"(?<=[{DIGIT}])[{DIGIT}]?(?:\s?(?:{_DASH}|、)\s?[{DIGIT}]{{1,2}}){{0,3}}\s?(?:月(?:份|\s?[{DIGIT}]{{1,2}}\s?(?:{_DASH}\s?[{DIGIT}]{{1,2}}\s?)?[日号])?|"
        rf"季度|世纪(?![{CHINESE}])|日(?!内|元|均|常|照|产|游)|时(?![间期候代速])(?:[{DIGIT}]{{1,2}}分)?|点(?:半|钟|整|[{DIGIT}]{{1,2}}分))|"
        rf"(?<=[{DIGIT}])[{DIGIT}]?\.[{DIGIT}]{{1,2}}\.{_YEAR}(?:\s+[{DIGIT}]{{1,2}}:[{DIGIT}]{{2}})?(?![{DIGIT}])|"
        rf"(?<=[{DIGIT}])[{DIGIT}]?:[0-5][{DIGIT}](?::[0-5][{DIGIT}])(?![{DIGIT}])|"
        rf"(?<=[一二１２])[零〇○一二三四五六七八九]{{3}}年(?:[一二三四五六七八九十]{{1,2}}月(?:份|[一二三四五六七八九十]{{1,3}}[日号])?)?|"
        rf"(?<=[一二三四五六七八九十])[一二三四五六七八九十]{{0,2}}(?:月(?![饼刊球亮])(?:份|[一二三四五六七八九十]{{1,3}}[日号])?|季度|年代|世纪)"
    )
    arabic = (
        rf"(?<=[{DIGIT}])(?P<anum>(?:(?:(?<=[0-9])[0-9]{{0,2}}(?:,[0-9]{{3}})++|(?<=[０-９])[０-９]{{0,2}}(?:[，,][０-９]{{3}})++)(?![{DIGIT}])|"
        rf"[{DIGIT}]*+)(?:[.．][{DIGIT}]++)?){arabic_tail}"
    )
    chinese = (
        rf"(?P<cnum>(?:(?<=[{_PLACE}])[{_PLACE}]{{0,6}}分之[{CHINESE}点]{{1,12}}+|"
        rf"[{CHINESE}]{{0,40}}+(?:点[零〇一二三四五六七八九]{{1,12}}+[百千万亿]{{0,2}})?)){chinese_tail}"
    )
    return re.compile(
        rf"[{DIGIT}{CHINESE}](?:(?P<date>{date})|(?P<name>{names})|(?P<silent>{silent})|(?P<arabic>{arabic})|(?P<chinese>{chinese}))"
    )
