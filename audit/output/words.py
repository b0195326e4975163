"""The words that every format shows for the values of the contract, in Chinese and English."""

from __future__ import annotations

import re

from audit.claim import Kind
from audit.document import Document
from audit.extract import nonclaim
from audit.finding import Severity
from audit.report import Status
from audit.verdict import Check, Verdict

LANGUAGES = ("zh", "en")

_WORDS: dict[str, tuple[str, str]] = {
    # severities
    Severity.ERROR: ("错误", "error"),
    Severity.WARNING: ("警告", "warning"),
    Severity.NOTE: ("提示", "note"),
    # how a figure ended
    Status.CONFIRMED: ("相符", "confirmed"),
    Status.CONTRADICTED: ("不符", "contradicted"),
    Status.UNDECIDED: ("存疑", "undecided"),
    Status.UNLINKED: ("未勾稽", "unlinked"),
    # how a check ended
    Verdict.EXACT: ("完全相符", "exact"),
    Verdict.ROUNDING: ("尾差内相符", "within rounding"),
    Verdict.INCONSISTENT: ("不符", "inconsistent"),
    # what a figure states
    Kind.AMOUNT: ("金额", "amount"),
    Kind.COUNT: ("数量", "count"),
    Kind.MEASURE: ("计量", "measure"),
    Kind.PERCENT: ("百分比", "percentage"),
    Kind.POINTS: ("百分点", "percentage points"),
    Kind.RATIO: ("比例", "ratio"),
    Kind.MULTIPLE: ("倍数", "multiple"),
    Kind.FRACTION: ("成数", "fraction"),
    Kind.PER: ("单位值", "per unit"),
    Kind.LIST_COUNT: ("项数", "number of items"),
    Kind.RANGE: ("区间", "range"),
    # the part a figure plays in a relation
    "total": ("合计", "total"),
    "parts": ("分项", "part"),
    "part": ("部分", "part"),
    "base": ("基数", "base"),
    "share": ("占比", "share"),
    "before": ("变动前", "before"),
    "after": ("变动后", "after"),
    "change": ("增减额", "change"),
    "growth": ("增减幅", "growth"),
    "first_count": ("数之一", "first count"),
    "first_rate": ("率之一", "first rate"),
    "second_count": ("数之二", "second count"),
    "second_rate": ("率之二", "second rate"),
    "left": ("前列", "before"),
    "right": ("后列", "after"),
    "revenue": ("收入", "revenue"),
    "cost": ("成本", "cost"),
    "margin": ("毛利率", "margin"),
    "unit_value": ("单位值", "per unit"),
    "index": ("指数", "index"),
    "quotient": ("比", "ratio"),
    "stated": ("所称", "stated"),
    "items": ("列项", "item"),
    "average": ("年均增幅", "yearly"),
    "bound": ("所比的数", "compared with"),
    "next_change": ("后一年的增减额", "next change"),
    "next_growth": ("后一年的增减幅", "next growth"),
    "households": ("户数", "households"),
    "household_share": ("户数占比", "share of households"),
    "people": ("人数", "people"),
    "people_share": ("人数占比", "share of people"),
    "budget": ("总投资", "budget"),
    "others": ("并列数", "beside"),
    "value": ("本数", "value"),
    "opening": ("期初", "opening"),
    "exits": ("退出", "exits"),
    "entries": ("新增", "entries"),
    "closing": ("期末", "closing"),
    "added": ("增加", "added"),
    "taken": ("减少", "taken off"),
    "less": ("减项", "less"),
    "quantity": ("数量", "quantity"),
    "first": ("前文", "first"),
    "second": ("后文", "second"),
    # the edit that mends a slip
    "transpose_digits": ("相邻两位数字颠倒", "two digits were swapped"),
    "insert_digit": ("漏写一位数字", "a digit was dropped"),
    "substitute_digit": ("一位数字写错", "a digit was mistyped"),
    "undouble_digit": ("同一位数字多写一次", "a digit was doubled"),
    "delete_digit": ("多写一位数字", "a digit was added"),
    "unit_scale": ("万、亿写错", "万 and 亿 were confused"),
    "shift_point": ("小数点错位", "the decimal point moved"),
    "insert_point": ("漏写小数点", "the decimal point was dropped"),
    "delete_point": ("多写小数点", "a decimal point was added"),
    "unit_word": ("计量单位写错", "the unit was mistaken"),
    "percent_points": ("百分比与百分点混用", "percent and percentage points were confused"),
    "insert_item": ("漏列一项", "an item is missing"),
    "rewrite": ("若其余数字无误，应为此数", "what it should read if the others are right"),
    # how far the evidence points to a suspect
    "likelihood:high": ("很可能", "likely"),
    "likelihood:medium": ("可能", "possible"),
    "likelihood:low": ("不太可能", "unlikely"),
    # what an auditor decided
    "ruling:confirmed": ("确认", "confirmed"),
    "ruling:dismissed": ("排除", "dismissed"),
    "ruling:pending": ("待查", "to be checked"),
}


def say(key: str, lang: str) -> str:
    """The word for a value of the contract; a value without one (a role of a document rule) is its own word."""
    pair = _WORDS.get(key)
    return key if pair is None else pair[LANGUAGES.index(lang)]


# Why a number is no claim, as the extraction says it.
_REJECTED = {
    nonclaim.DATE: "a date, year or time, not a quantity",
    nonclaim.ORDINAL: "an ordinal, not a quantity",
    nonclaim.MARKER: "a number or list marker, not a quantity",
    nonclaim.CODE: "part of a code, address, document number or name, not a quantity",
    nonclaim.AGE: "an age limit, not a quantity",
    nonclaim.GRADE: "a specification or grade, not a quantity",
    nonclaim.INDEFINITE: "indefinite, not a quantity",
    nonclaim.NAME: "a code name or set phrase that counts nothing",
    nonclaim.BROKEN: "the digits in the cell are run together or broken and cannot be read",
    nonclaim.UNITLESS: "no unit, so that it is not known what it counts",
    nonclaim.BASE: "what 每 counts by, not a quantity",
    "固定提法或名称，不计数": "a set phrase or name that counts nothing",
    "规划时期的简称，不计数": "the short name of a planning period, which counts nothing",
    "成语或惯用语，不计数": "an idiom that counts nothing",
    "注释": "a comment",
}


def rejection(reason: str, lang: str) -> str:
    """Why a number is no claim; what the numeral itself is wrong with is told in Chinese only."""
    return reason if lang == "zh" else _REJECTED.get(reason, "not readable as one number")


_PLACES = tuple(
    (re.compile(pattern), english)
    for pattern, english in (
        (r"表(\d+)第(\d+)行第(\d+)列", r"table \1, row \2, column \3"),
        (r"第(\d+)行第(\d+)列", r"line \1, column \2"),
        (r"第(\d+)段", r"paragraph \1"),
        (r"第(\d+)页", r"page \1"),
        (r"文本框", r", text box"),
        (r"脚注(\d+)", r"footnote \1"),
        (r"尾注(\d+)", r"endnote \1"),
        (r"页眉", "header"),
        (r"页脚", "footer"),
        (r"（隐藏）$", " (hidden)"),
    )
)


def place_word(document: Document, offset: int, lang: str) -> str:
    """What the auditor calls the place at an offset (第3段, Sheet1!B7); "" where it has none but line and column."""
    name = document.place_of(offset)
    if lang == "zh" or not name:
        return name
    sheet, mark, cell = name.rpartition("!")
    for pattern, english in _PLACES:
        cell = pattern.sub(english, cell)
    return sheet + mark + cell


def role_word(role: str, check: Check, lang: str) -> str:
    """The word for a role of a check; what a document rule names in its own way is a part where there is a total."""
    named = role not in _WORDS and any(name == "total" for name, _ in check.relation.roles)
    return say("parts" if named else role, lang)
