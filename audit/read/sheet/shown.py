"""What a cell shows: a value printed by its number format (ECMA-376 Part 1, 18.8.30 and 18.8.31)."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_(?P<padding>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<digits>[0#?](?:[0#?,]*[0#?])?(?:\.[0#?]*)?|\.[0#?]+)(?P<scale>,*)|(?P<percent>%)|(?P<general>General)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_DATE_PART = re.compile(r"y+|m+|d+|h+|s+|am/pm|上午/下午|a{3,4}", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_EXACT = Context(prec=40)
_DAY_ZERO = datetime(1899, 12, 30)
_LAST_DAY = 2_958_466
"""The number of a day counts from the one before the last of 1899, up to the year 9999."""
_GENERAL_DIGITS = 11
"""Excel shows at most so many digits of a number without a format."""


def shown(value: object, number_format: str = "General") -> str:
    """The text a cell shows for its value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        if _is_date(number_format) and 0 < value < _LAST_DAY:
            return _date(_DAY_ZERO + timedelta(days=value), number_format)
        return _number(Decimal(repr(value)), number_format)
    if isinstance(value, (datetime, date, time, timedelta)):
        return _date(value, number_format)
    return str(value)


def _number(value: Decimal, number_format: str) -> str:
    if not value.is_finite():
        return str(value)
    sections = _sections(number_format)
    if len(sections) > 2 and value == 0:
        section, signed = sections[2], True
    elif len(sections) > 1 and value < 0:
        section, signed = sections[1], False
    else:
        section, signed = sections[0], True
    tokens = _tokens(section)
    places = [token for kind, token in tokens if kind == "digits"]
    if any(kind == "other" and token in "eE/@" for kind, token in tokens) and places:
        return general(value)
    negative = value < 0 and len(sections) < 2  # a format with a section for negative numbers has its own sign
    value = value.copy_abs() if places or not signed else value
    percents = sum(kind == "percent" for kind, _ in tokens)
    scaled = value.scaleb(2 * percents - 3 * sum(len(token) for kind, token in tokens if kind == "scale"), _EXACT)
    said = "".join(_said(kind, token, scaled) for kind, token in tokens).strip()
    return f"-{said}" if negative and places and any(c in "123456789" for c in said) else said


def _said(kind: str, token: str, value: Decimal) -> str:
    if kind == "digits":
        return _digits(value, token)
    if kind == "general":
        return general(value)
    if kind == "percent":
        return "%"
    return token if kind in ("quoted", "escaped", "other", "currency") else ""


def _digits(value: Decimal, pattern: str) -> str:
    whole, _, fraction = pattern.partition(".")
    rounded = value.quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP, _EXACT)
    digits, decimals = f"{rounded:f}", ""
    if "." in digits:
        digits, decimals = digits.split(".")
    least = len(fraction.rstrip("#?"))
    while len(decimals) > least and decimals.endswith("0"):
        decimals = decimals[:-1]
    digits = digits.lstrip("0").rjust(whole.count("0"), "0")
    if "," in whole:
        digits = re.sub(r"(?<=[0-9])(?=(?:[0-9]{3})+$)", ",", digits)
    return digits + (f".{decimals}" if decimals or "." in pattern and least else "")


def general(value: Decimal) -> str:
    """A number as a cell without a format shows it."""
    rounded = value.normalize(Context(prec=_GENERAL_DIGITS, rounding=ROUND_HALF_UP))
    if rounded and not -10 < rounded.adjusted() < 15:
        return f"{rounded:E}"
    return f"{value.quantize(Decimal(1)) if rounded == value.to_integral_value() else rounded:f}"


@lru_cache(maxsize=512)
def _sections(number_format: str) -> tuple[str, ...]:
    """The parts between semicolons that are not quoted."""
    parts, last = [], 0
    for found in re.finditer(r'"[^"]*"|\\.|;', number_format):
        if found[0] == ";":
            parts.append(number_format[last : found.start()])
            last = found.end()
    return (*parts, number_format[last:])


@lru_cache(maxsize=512)
def _tokens(section: str) -> tuple[tuple[str, str], ...]:
    tokens: list[tuple[str, str]] = []
    for found in _TOKEN.finditer(section):
        kind = found.lastgroup or ""
        if found["digits"] is not None:
            tokens.append(("digits", found["digits"]))
            tokens.append(("scale", found["scale"]))
        elif kind == "bracket":
            if found["bracket"].startswith("$"):
                tokens.append(("currency", found["bracket"][1:].partition("-")[0]))
        elif kind not in ("padding", "fill"):
            tokens.append((kind, found[kind]))
    return tuple(tokens)


@lru_cache(maxsize=512)
def _is_date(number_format: str) -> bool:
    """Whether a format is one of days; not all readers know those of Chinese by their numbers."""
    section = _QUOTED.sub("", _sections(number_format)[0]).lower()
    return ("y" in section or "d" in section) and not any(mark in section for mark in "0#?")


def _date(value: datetime | date | time | timedelta, number_format: str) -> str:
    """A date or time by the parts of its format; in ISO's form where that has none."""
    if isinstance(value, timedelta):
        return str(value)
    parts = {}
    if isinstance(value, (date, datetime)):
        parts = {
            "yyyy": f"{value.year}",
            "yy": f"{value.year % 100:02}",
            "mm": f"{value.month:02}",
            "m": f"{value.month}",
        }
        parts |= {"dd": f"{value.day:02}", "d": f"{value.day}"}
    section = _sections(number_format)[0]
    plain = _QUOTED.sub("", section).lower()
    if not parts or "h" in plain or "y" not in plain and "m" not in plain:
        return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()

    def put(found: re.Match[str]) -> str:
        if found["quoted"] is not None:
            return found["quoted"]
        name = found["part"].lower()
        return parts.get("yyyy" if name.startswith("yyy") else name, parts.get(name[:2], ""))

    text = re.sub(r"\[[^\]]*\]|\\(?=.)|_.|@", "", section)
    return re.sub(rf'"(?P<quoted>[^"]*)"|(?P<part>{_DATE_PART.pattern})', put, text, flags=re.IGNORECASE)
