"""Why a number is no quantity, told by its form and by the characters around it; the reasons are shown to auditors."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from audit.extract.before import skip_blanks
from audit.extract.mention import Mention
from audit.extract.rate import context
from audit.extract.words import figure_words
from audit.plain import DOTS
from audit.quantity.trie import any_of
from audit.quantity.unit import Unit, unit_named

DATE = "日期、年份或时间，不是数量"
ORDINAL = "序数，不是数量"
MARKER = "编号或列举序号，不是数量"
CODE = "代码、网址、文号或名称的一部分，不是数量"
AGE = "年龄界限，不是数量"
GRADE = "规格或等级，不是数量"
INDEFINITE = "泛指，不是数量"
NAME = "代号或固定提法，不计数"
BROKEN = "单元格里的数字粘连或断开，读不出来"
UNITLESS = "没有单位，不知所计"
BASE = "“每…”所按的基数，不是数量"

_CODE = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_@#=&\\^~")
_DOUBTFUL = frozenset({"年", "号", "届", "次", "期", "岁", "周岁", "歲", "线", "章", "节", "款", "小时", "分钟", "点"})
_LIKE_DIGITS = frozenset("lIOoＯ")
"""Letters that a scanner reads in place of digits (l0万元)."""
_DOUBTFUL_BEHIND = frozenset({"级", "号"})
_DOUBTFUL_BEFORE = _CODE | frozenset("第每《+.")
_MEASURED = frozenset({"amount", "percent", "points"})
_SHORT_YEAR = re.compile("0[0-9]")
_APOSTROPHES = ("'", "’", "‘")
_SECTIONS = frozenset("章节条款")
_CIRCLE = re.compile("[一-鿿]{0,3}圈")
_DOTS = frozenset(DOTS)
_RUNS_ON = frozenset(f"∶×*/／．{DOTS}")
"""Signs behind a digit with which a number goes on: what follows is a piece of it (26×31毫米, 10∶69负, 69／70次)."""
_FACTORS = frozenset("∶×*/／")
_RUN_POINTS = frozenset({".", "．", *_DOTS})
_QUOTES = frozenset('“‘"《')
_CLOSING = frozenset('”’"」』》')


@dataclass(frozen=True, slots=True)
class _Beside:
    """What beside a number makes it a name, a date or a mark: tuples of words, and patterns."""

    roads: tuple[str, ...]
    times_of_day: tuple[str, ...]
    schooling: tuple[str, ...]
    meeting: re.Pattern[str]
    label: re.Pattern[str]


@cache
def _beside() -> _Beside:
    words = context()["beside"]
    return _Beside(
        roads=tuple(words["roads"]),
        times_of_day=tuple(words["times_of_day"]),
        schooling=tuple(words["schooling"]),
        meeting=re.compile(rf"(?:[、和][一二三四五六七八九十]{{1,3}}次)*{any_of(words['meetings'])}"),
        label=re.compile(rf"(?:{any_of(context()['bare']['labels'])})[：:\s]*$"),
    )


def is_plain(text: str, mention: Mention) -> bool:
    """Whether nothing about a figure with Arabic digits and a unit can speak against its being a quantity."""
    start, end = mention.start, mention.end
    if mention.unit in _DOUBTFUL or text[end : end + 1] in _DOUBTFUL_BEHIND:
        return False
    return not start or not (text[start - 1] in _DOUBTFUL_BEFORE or _is_piece(text, start) or _is_ordinal(text, start))


def _is_piece(text: str, start: int) -> bool:
    """Whether the number at an offset is cut out of a longer one, of which it says nothing by itself."""
    before, further = text[start - 1 : start], text[start - 2 : start - 1]
    if start < 2 or before not in _RUNS_ON:
        return False
    return further.isdigit() or (before not in _FACTORS and further.isalnum())  # 的·98平方米 has lost its first digit


def _is_ordinal(text: str, start: int) -> bool:
    """Whether the word before a figure makes it an ordinal (第15位, 第 15 位)."""
    return text[skip_blanks(text, start, 0) - 1 : start].startswith("第")


def reason_of(text: str, mention: Mention) -> str | None:
    """Why a figure is no quantity although it may have a unit, None where nothing speaks against it."""
    start, end = mention.start, mention.end
    before = text[start - 1] if start else ""
    after = text[end] if end < len(text) else ""
    if _is_ordinal(text, start):
        return ORDINAL
    if before == "《" or (before == "+" and text[start - 2 : start - 1].isdigit()):
        return NAME
    unit = unit_named(mention.unit) if mention.unit else None
    if _ends_code(text, start, unit) or (unit is not None and _is_piece(text, start)):
        return CODE
    if unit is None:
        if before in ("/", "／") and mention.tail.scale and text[start - 2 : start - 1].isdigit():
            return BASE  # 发病率为283.74/10万
        ranged = after == "~" and text[end + 1 : end + 2].isdigit()
        return CODE if after in _CODE and after and not ranged and not mention.tail.scale else None
    if mention.unit == "年" and (reason := _of_year(text, mention, before, after)):
        return reason
    return _of_unit(text, mention, unit, before, after)


def _ends_code(text: str, start: int, unit: Unit | None) -> bool:
    """Whether the number at an offset goes on with letters or signs before it (H20, v.3, l0万元)."""
    before = text[start - 1] if start else ""
    if before == "." and text[max(0, start - 2) : start - 1].isalpha():
        return True
    if before in _LIKE_DIGITS and (start < 2 or not text[start - 2].isascii()):
        return True
    return before in _CODE and before not in ("=", "~") and (unit is None or unit.kind not in _MEASURED)


def _of_year(text: str, mention: Mention, before: str, after: str) -> str | None:
    """Why a number before 年 counts no years."""
    numeral = mention.numeral
    if len(numeral) > 4:
        return CODE
    if _SHORT_YEAR.fullmatch(numeral) or (len(numeral) == 2 and before in _APOSTROPHES):
        return DATE
    if text.endswith(figure_words().eras, 0, mention.start):
        return DATE
    if before in ("(", "（") and after in (")", "）") and len(numeral) > 2 and numeral.isdigit():
        return DATE
    return NAME if text.startswith(_beside().schooling, mention.end) else None


def _of_unit(text: str, mention: Mention, unit: Unit, before: str, after: str) -> str | None:
    """Why a number before a unit is no quantity of it."""
    start, end = mention.start, mention.end
    if mention.unit == "号" or after == "号" or (mention.unit == "线" and text.endswith(_beside().roads, 0, start)):
        return MARKER
    if mention.unit == "点" and text.endswith(_beside().times_of_day, 0, start):
        return DATE
    if mention.unit in _SECTIONS and "." in mention.numeral:
        return MARKER
    if mention.unit == "届" or (mention.unit == "次" and (before == "届" or _beside().meeting.match(text, end))):
        return ORDINAL
    if after == "级" and unit.family != "classifier":
        return GRADE
    if unit.family == "age":
        return _age(text, mention)
    if unit.family == "time" and (before in ("×", "*") or _CIRCLE.match(text, end)):
        return NAME
    if mention.unit == "期" and (before in ("年", "度") or (mention.chinese and before not in "共了办训")):
        return ORDINAL
    return BASE if before == "每" and not mention.hedges else None


def _age(text: str, mention: Mention) -> str | None:
    if any(hedge.mode in ("at_least", "at_most", "above", "below") for hedge in mention.hedges):
        return AGE
    before = text[max(0, mention.left - 1) : mention.left]
    return AGE if before == "满" else None


def reason_of_bare(text: str, mention: Mention, start: int, end: int) -> str:
    """Why a number without unit, between the ends of its paragraph, is no quantity."""
    before = text[mention.start - 1] if mention.start > start else ""
    after = text[mention.end] if mention.end < end else ""
    numeral = mention.numeral
    if (
        (before in _CODE and before)
        or (after in _CODE and after)
        or (before in "./" and before)
        or (after in "/" and after)
    ):
        return CODE
    if after in ("、", ".", "．", ")", "）", "】", "]") and (not before or before in "\n（([【 \t\u3000。；;："):
        return MARKER
    if before in ("〔", "[", "【", "［") or after in ("号", "〕", "］"):
        return CODE
    if _beside().label.search(text[max(start, mention.start - 6) : mention.start]):
        return MARKER
    if before in _DOTS or after in _DOTS:
        return DATE
    if (before in "+×*-—" and before) or (after in "+×*" and after) or (before in _QUOTES and after in _CLOSING):
        return NAME
    if (len(numeral) >= 6 and numeral.isdigit()) or (
        numeral.startswith("0") and numeral.isdigit() and len(numeral) > 1
    ):
        return CODE
    if is_year(numeral):
        return DATE
    if not before.strip() and (after == "" or after.isspace()):
        return MARKER
    return UNITLESS


def is_year(numeral: str) -> bool:
    """Whether a number may be a year of our times."""
    return len(numeral) == 4 and numeral[:2] in ("19", "20") and numeral.isdigit()


def is_code(text: str, mention: Mention) -> bool:
    """Whether the number is one part of a longer string of numbers: 2.1.3, 010-62345678, 1258·491265·86."""
    end = mention.end
    return text[end : end + 1] in _RUN_POINTS and text[end + 1 : end + 2].isdigit()
