"""Tells of which part of a year a text speaks: 1-4月份, 一季度, 上半年."""

from __future__ import annotations

import re

_PART = re.compile(
    r"(?:[0-9]{1,2}\s?月?份?\s?[-—－–~～至到]\s?)?[0-9]{1,2}(?=\s?月(?!\s?[0-9]))|前?[一二两三四]个?季度|[上下]半年|全年"
)
_REACH = 400
"""A part of a year is said of what follows within so many characters."""


def part_of_year(text: str, end: int) -> str:
    """The part of a year that a paragraph names last before a place, "" for none."""
    floor = max(0, end - _REACH)
    start = max(floor, text.rfind("\n", floor, end) + 1)
    return next(reversed(_PART.findall(text, start, end)), "")
