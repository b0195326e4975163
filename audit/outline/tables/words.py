"""What the labels of rows and the headings of columns say, by the words of audit/data/tables.toml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from audit.grid import Row
from audit.outline.cues import one_of, table

_NUMBERING = (
    re.compile(r"(?:[一二三四五六七八九十]{1,3}[、.．:：]|第[一二三四五六七八九十]部分)"),
    re.compile(r"[（(][一二三四五六七八九十]{1,3}[)）]"),
    re.compile(r"(?:[0-9]{1,2}[、.．](?![0-9])|[A-Z][、.．])"),
    re.compile(r"(?:[（(][0-9]{1,2}[)）]|[0-9]{1,2}[)）]|[①-⑳]|[a-z][、.．)])"),
)
_BRACKET = re.compile(r"[（(\[［【][^（）()\[\]［］【】]*[)）\]］】]")
_PERIOD = re.compile(
    r"(?:19|20)[0-9]{2}(?:年度?|[-./．－—–])?(?:[0-9]{1,2}[月]?(?:[-—–－~～至][0-9]{1,2}月?)?[-./．－—–]?(?:[0-9]{1,2}日?)?)?(?:年?度|末|初)?"
    r"|本年度?|上年度?|去年|今年|本期|上期|同期|期末|期初|年末|年初|本月|上月|累计|第[一二三四1-4]季度|[上下]半年"
)


class Mark(StrEnum):
    """What the beginning of a label says of the row."""

    NONE = ""
    OF = "of"
    LESS = "less"
    PLUS = "plus"


class Rank(StrEnum):
    """Whether a label is that of a total."""

    PLAIN = ""
    STRONG = "strong"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class Label:
    """A label taken apart: its name without numbering and marks, and what these say.

    `level` counts the kinds of numbering from 1 (一、), 0 for none.
    """

    name: str
    mark: Mark = Mark.NONE
    level: int = 0
    rank: Rank = Rank.PLAIN
    net: bool = False
    ratio: bool = False
    cost: bool = False


@dataclass(frozen=True, slots=True)
class _Words:
    strong: re.Pattern[str]
    strong_start: re.Pattern[str]
    weak: re.Pattern[str]
    net: re.Pattern[str]
    cost: re.Pattern[str]
    marks: tuple[tuple[Mark, re.Pattern[str]], ...]
    ratio: re.Pattern[str]
    share: re.Pattern[str]
    growth: re.Pattern[str]
    increase: re.Pattern[str]
    decrease: re.Pattern[str]
    balance: re.Pattern[str]
    price: re.Pattern[str]
    quantity: re.Pattern[str]
    worth: re.Pattern[str]


@cache
def words() -> _Words:
    """The patterns of the data file."""
    data = table("tables")
    marks = ((Mark.OF, "of"), (Mark.LESS, "less"), (Mark.PLUS, "plus"))
    return _Words(
        strong=re.compile(f"{one_of(data['total']['strong'])}$"),
        strong_start=re.compile(f"{one_of(data['total']['strong'])}(?:[/／（(]|数|人|额|$)"),
        weak=re.compile(f"{one_of(data['total']['weak'])}$"),
        net=re.compile(one_of(data["net"]["words"])),
        cost=re.compile(one_of(data["cost"]["words"])),
        marks=tuple((mark, re.compile(f"[*＊]?{one_of(data[key]['starts'])}[:：]?")) for mark, key in marks),
        ratio=re.compile(f"{one_of(data['ratio']['ends'])}(?:[(（%％].*)?$"),
        share=re.compile(one_of(data["share"]["words"])),
        growth=re.compile(f"{one_of(data['growth']['words'])}(?![前后])"),
        increase=re.compile(one_of(data["increase"]["words"])),
        decrease=re.compile(one_of(data["decrease"]["words"])),
        balance=re.compile(one_of(data["balance"]["words"])),
        price=re.compile(one_of(data["price"]["words"])),
        quantity=re.compile(one_of(data["quantity"]["words"])),
        worth=re.compile(one_of(data["worth"]["words"])),
    )


def read_label(row: Row) -> Label:
    """What a row's label says."""
    return _read(row.label, row.code)


@cache
def _read(pieces: tuple[str, ...], code: str) -> Label:
    w = words()
    said = "".join(pieces)
    level, said = _numbering(code + said if code and not code[0].isdigit() else said)
    mark = Mark.NONE
    for kind, pattern in w.marks:
        if found := pattern.match(said):
            mark, said = kind, said[found.end() :]
            break
    if mark is not Mark.NONE and not level:
        level, said = _numbering(said)
    name = _BRACKET.sub("", said).rstrip("：:")
    plain = name or said
    rank = Rank.PLAIN
    if w.strong.search(plain) or w.strong_start.match(plain) or any(w.strong.fullmatch(piece) for piece in pieces):
        rank = Rank.STRONG
    elif w.weak.search(plain):
        rank = Rank.WEAK
    return Label(
        name=plain,
        mark=mark,
        level=level,
        rank=rank,
        net=w.net.search(plain) is not None,
        ratio=w.ratio.search(said) is not None,
        cost=w.cost.search(plain) is not None,
    )


def _numbering(said: str) -> tuple[int, str]:
    for level, pattern in enumerate(_NUMBERING, 1):
        if found := pattern.match(said):
            return level, said[found.end() :]
    return 0, said


def period_of(text: str) -> str:
    """The period that a heading names, "" for none."""
    found = _PERIOD.search(text)
    return found[0] if found else ""


def measure_of(heading: str) -> str:
    """What a heading measures: the heading without its period and unit."""
    return _BRACKET.sub("", _PERIOD.sub("", heading))
