"""Cells into slots: what each holds, and which rows of a table belong together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from audit.document import Table
from audit.grid.grid import Slot, Sort
from audit.span import Span

_DIGIT = "[0-9０-９]"
_BODY = rf"(?:{_DIGIT}{{1,3}}(?:[,，]{_DIGIT}{{3}})+|{_DIGIT}+)(?:[.．]{_DIGIT}+)?"
_UNIT = r"%|％|‰|(?![月日号季届级])[\u4e00-\u9fff]{1,3}"
_NUMBER = re.compile(rf"[-−－–—+＋±]?[(（]?[-−－]?[¥￥$]?{_BODY}[)）]?(?:{_UNIT})?")
_NIL = re.compile(r"[-−－–—―─~～/／\\*＊.·…]+|N/?A|不?适用|[零〇无]")
_DATE = re.compile(r"(?:19|20)[0-9]{2}(?:年|[-./．－—–/][0-9]{1,2}[-./．－—–/][0-9]{1,2}(?![0-9])).{0,24}")
_RANGE = re.compile(rf"{_BODY}(?:%|％)?(?:[-－—–~～至]{{1,2}}){_BODY}(?:%|％)?")
_LONGEST = re.compile(r"[0-9]{12,}")
"""No figure is printed with so many digits in a row; numbers run together are."""
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_WORD = re.compile(r"[A-Za-zα-ω\u4e00-\u9fff]")
_COUNTED = re.compile(r"[（(\[]?([0-9]{1,2})(?:[)）\]]|栏|[=＝].*)?")
_COUNTING = frozenset({"栏次", "行次", "栏目", "列次"})
_STEMS = frozenset("甲乙丙丁")
_FEWEST_COUNTED = 3
"""A row of bare numbers 1, 2, 3 … this long numbers the columns."""
_BLANK = re.compile(r"\s+")


@dataclass(slots=True)
class Line:
    """A table row while it is read: its slots by the column they begin in, and how many columns each takes."""

    slots: dict[int, Slot] = field(default_factory=dict)
    widths: dict[int, int] = field(default_factory=dict)
    cells: int = 0

    @property
    def values(self) -> list[int]:
        """The columns whose slots are no text."""
        return [column for column, slot in self.slots.items() if slot.sort is not Sort.TEXT]


def squeeze(text: str) -> str:
    """The text without blanks."""
    return _BLANK.sub("", text)


def lines_of(table: Table, text: str) -> list[Line]:
    """The rows of a table; text in a cell that takes several rows stands in each of them."""
    lines = [Line(cells=len(row)) for row in table.rows]
    for number, row in enumerate(table.rows):
        for cell in row:
            slot = _slot(cell.span, text)
            if slot is None:
                continue
            below = cell.row_span if slot.sort is Sort.TEXT else 1
            for line in lines[number : number + below]:
                line.slots[cell.column] = slot
                line.widths[cell.column] = cell.column_span
    for line in lines:
        line.slots = dict(sorted(line.slots.items()))
    return lines


def _slot(span: Span, text: str) -> Slot | None:
    said = squeeze(span.of(text)) if len(span) else ""
    return Slot(span, said, sort_of(said)) if said else None


def sort_of(said: str) -> Sort:
    """What a cell's text, given without blanks, holds; a date is text."""
    if _DATE.fullmatch(said) or _RANGE.fullmatch(said):
        return Sort.TEXT
    if _NUMBER.fullmatch(said):
        return Sort.BROKEN if _LONGEST.search(said) else Sort.NUMBER
    if _NIL.fullmatch(said):
        return Sort.NIL
    if any(c.isdecimal() for c in said) and not _WORD.search(said):
        return Sort.BROKEN
    return Sort.TEXT


def numbers_columns(texts: Sequence[str]) -> bool:
    """Whether a row's texts, given without blanks, number the columns: 栏次 1 2 3, or 甲 乙 1 2 3=1+2."""
    said = [text for text in texts if text]
    stems = [text for text in said if text in _STEMS]
    named = len(stems) > 1 or any(text in _COUNTING for text in said)
    counted = [_COUNTED.fullmatch(text) for text in said if text not in _COUNTING and text not in stems]
    numbers = [int(found[1]) for found in counted if found is not None]
    whole = named or not stems
    fewest = 1 if named else _FEWEST_COUNTED
    return whole and len(numbers) == len(counted) >= fewest and numbers == list(range(1, len(numbers) + 1))


def is_year(slot: Slot) -> bool:
    """Whether a cell holds nothing but a year."""
    return _YEAR.fullmatch(slot.text) is not None


def restore(lines: Sequence[Line]) -> None:
    """Moves rows back to the right that lost their first cells to a merged cell above, where that brings their values
    under those of the full rows."""
    width = max((line.cells for line in lines), default=0)
    used = {c for line in lines if line.cells == width for c in line.values}
    for line in lines:
        missing = width - line.cells
        values = line.values
        if not missing or not values or min(line.slots) or set(values) <= used:
            continue
        if all(c + missing in used for c in values):
            line.slots = {c + missing: slot for c, slot in line.slots.items()}
            line.widths = {c + missing: n for c, n in line.widths.items()}
            line.cells = width
