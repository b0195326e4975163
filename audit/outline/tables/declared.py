"""Finds what a table says in words of its numbered rows: 第一项加第二项之和，等于第三项加第四项之和."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from audit.outline.cues import one_of, table
from audit.outline.tables.account import Account, Split, account
from audit.outline.tables.sheet import Number, Sheet
from audit.outline.tables.words import Rank

_NUMERALS = "一二三四五六七八九十"
_ITEM = f"第?[（(]?([{_NUMERALS}])[)）]?项"
_ITEMS = re.compile(_ITEM)


@cache
def _equation() -> re.Pattern[str]:
    words = table("tables")["declared"]
    side = rf"{_ITEM}(?:{one_of(words['plus'])}{_ITEM})*{one_of(words['sum'])}?"
    return re.compile(rf"(?P<left>{side})[,，]?{one_of(words['equals'])}(?P<right>{side})")


def declared(sheet: Sheet) -> list[tuple[Split, Account]]:
    """The equation that the header states of rows numbered 一、 to 十、, with how each column bears it out: the last
    item of the right side is what the others leave."""
    said = _equation().search(sheet.grid.header)
    if said is None:
        return []
    left, right = ([_row_of(sheet, numeral) for numeral in _ITEMS.findall(said[side])] for side in ("left", "right"))
    if None in left or None in right:
        return []
    plus, (*minus, total) = ([row for row in side if row is not None] for side in (left, right))
    if len({*plus, *minus, total}) < len(plus) + len(minus) + 1:
        return []
    split = Split(total, tuple(plus), tuple(minus), form="balance", explicit=True)
    return [(split, account(sheet.entries, split, sheet.scale))]


def _row_of(sheet: Sheet, numeral: str) -> int | None:
    """The row of an item: the only one that its number begins, else the only total among those."""
    rows = list(_numbered(sheet, numeral))
    if len(rows) > 1:
        rows = [row for row in rows if sheet.labels[row].rank is Rank.STRONG]
    return rows[0] if len(rows) == 1 else None


def _numbered(sheet: Sheet, numeral: str) -> Iterator[int]:
    for n, row in enumerate(sheet.grid.rows):
        if row.name.startswith((f"{numeral}、", f"{numeral}.", f"{numeral}．")):
            if any(isinstance(entry, Number) for entry in sheet.entries[n]):
                yield n
