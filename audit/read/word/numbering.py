"""Automatic numbering: the label that Word puts before a paragraph, with the counting that it takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from audit.read.word.inline import W, is_on

_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how its numbers are written (`form`), between what, and with which it begins."""

    form: str
    template: str
    start: int


@dataclass(slots=True)
class Numbering:
    """The lists of a document, and how far each has counted; `restarts` are the (list, depth) that begin anew."""

    lists: Mapping[str, tuple[str, Mapping[int, Level]]] = field(default_factory=dict)
    restarts: frozenset[tuple[str, int]] = frozenset()
    counts: dict[tuple[str, int], int] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    def label(self, number: str, depth: int) -> str:
        """The label of the next paragraph of a list at a depth from 0, with the blank behind it; "" for a bullet."""
        name, levels = self.lists.get(number, ("", {}))
        level = levels.get(depth)
        if level is None or level.form in ("bullet", "none"):
            return ""
        if number not in self.begun:
            self.begun.add(number)
            for at, each in levels.items():
                if (number, at) in self.restarts:
                    self.counts[name, at] = each.start - 1
        self.counts[name, depth] = self.counts.get((name, depth), level.start - 1) + 1
        for deeper in range(depth + 1, _LEVELS):
            self.counts.pop((name, deeper), None)
        said = level.template
        for at in range(_LEVELS):
            mark = f"%{at + 1}"
            if mark in said:
                of = levels.get(at, level)
                said = said.replace(mark, written(self.counts.get((name, at), of.start), of.form))
        # A label must not run together with a figure behind it: "1." and "5亿元".
        return said + " " if said and (said[-1].isascii() or said[-1].isnumeric()) else said


def read_numbering(root: Any) -> Numbering:
    """The lists of a w:numbering element; none for None."""
    if root is None:
        return Numbering()
    abstract = {
        each.get(W + "abstractNumId"): {
            int(level.get(W + "ilvl", "0")): _level(level) for level in each.iterfind(W + "lvl")
        }
        for each in root.iterfind(W + "abstractNum")
    }
    lists: dict[str, tuple[str, Mapping[int, Level]]] = {}
    restarts: set[tuple[str, int]] = set()
    for num in root.iterfind(W + "num"):
        number, name = num.get(W + "numId", ""), _value(num, "abstractNumId")
        levels = dict(abstract.get(name, {}))
        for override in num.iterfind(W + "lvlOverride"):
            depth = int(override.get(W + "ilvl", "0"))
            own = override.find(W + "lvl")
            if own is not None:
                levels[depth] = _level(own)
            start = _value(override, "startOverride")
            if start.isdecimal() and depth in levels:
                old = levels[depth]
                levels[depth] = Level(old.form, old.template, int(start))
                restarts.add((number, depth))
        lists[number] = name, levels
    return Numbering(lists, frozenset(restarts))


def numbered_by(properties: Any) -> tuple[str, int] | None:
    """(list, depth) that a paragraph's or style's properties name; None where they name none."""
    numbering = None if properties is None else properties.find(W + "numPr")
    if numbering is None:
        return None
    depth = _value(numbering, "ilvl")
    return _value(numbering, "numId"), int(depth) if depth.isdecimal() else 0


def _level(level: Any) -> Level:
    start = _value(level, "start")
    form = _value(level, "numFmt") or "decimal"
    if is_on(level, "isLgl"):
        form = "decimal"
    return Level(form, _value(level, "lvlText"), int(start) if start.isdecimal() else 1)


def _value(element: Any, name: str) -> str:
    child = element.find(W + name)
    return "" if child is None else child.get(W + "val", "")


def written(number: int, form: str) -> str:
    """A number in one of the number formats of WordprocessingML (ECMA-376 Part 1, 17.18.59)."""
    return _FORMS.get(form, str)(number)


def _chinese(digits: str, units: str, number: int) -> str:
    if not 0 < number < 10_000:
        return str(number)
    said = ""
    text = str(number)
    for position, digit in enumerate(text):
        power = len(text) - position - 1
        if digit != "0":
            said += digits[int(digit)] + (units[power - 1] if power else "")
        elif said and not said.endswith(digits[0]) and any(d != "0" for d in text[position:]):
            said += digits[0]
    return said


def _counting(number: int) -> str:
    said = _chinese("零" + _DIGITS[1:], "十百千", number)
    return said[1:] if said.startswith("一十") else said


def _letters(number: int) -> str:
    """a to z, then aa, bb …, as Word has it."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number < 1000 else str(number)


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    said = ""
    for value, letters in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    ):
        said += letters * (number // value)
        number %= value
    return said


def _of(characters: str) -> Callable[[int], str]:
    return lambda number: characters[number - 1] if 0 < number <= len(characters) else str(number)


_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_FORMS: Mapping[str, Callable[[int], str]] = {
    "chineseCounting": _counting,
    "chineseCountingThousand": _counting,
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": _counting,
    "japaneseCounting": _counting,
    "ideographDigital": lambda n: "".join(_DIGITS[int(d)] for d in str(n)),
    "taiwaneseDigital": lambda n: "".join(_DIGITS[int(d)] for d in str(n)),
    "chineseLegalSimplified": lambda n: _chinese(_FORMAL, "拾佰仟", n),
    "ideographTraditional": _of("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _of("子丑寅卯辰巳午未申酉戌亥"),
    "ideographEnclosedCircle": _of("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
    "decimalEnclosedCircle": _of("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
    "decimalEnclosedCircleChinese": _of("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
    "decimalEnclosedFullstop": lambda n: f"{n}.",
    "decimalEnclosedParen": lambda n: f"({n})",
    "decimalFullWidth": lambda n: str(n).translate(_FULL_WIDTH),
    "decimalZero": lambda n: f"{n:02}",
    "lowerLetter": _letters,
    "upperLetter": lambda n: _letters(n).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda n: _roman(n).upper(),
}
