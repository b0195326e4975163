"""The unit of every number in a table: from its column's heading, its row's label or the caption of the table."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from audit.document import BlockKind, Document
from audit.grid.cut import sort_of, squeeze
from audit.grid.grid import Grid, Row, Slot, Sort
from audit.quantity.unit import units
from audit.span import Span

_CAPTION = re.compile(r"单位\s*[:：]\s*(?:人民币)?\s*([^\s|，。；;、）)]{1,10})")
_BRACKET = re.compile(r"[（(]\s*(?:±|单位[:：]|人民币)?\s*([^（()）]{1,8})\s*[)）]")
_SCALE = re.compile(r"万亿|[千百十]?[万亿]|千(?![瓦米克])|百万")
_PERCENT = re.compile(r"[%％]$")
_CODE = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,3})*")
_STUB = 2
"""Whole numbers outside the grid are codes in so many columns from the left."""
_TITLE = 30
"""A line of more characters than this ends what a caption above it says."""
CODE = "-"
"""Stands for the unit of a serial number, code or year in a table."""
GLUED = "!"
"""Stands for the unit of digits that are no one number."""


def cell_units(document: Document, grids: Sequence[Grid]) -> list[tuple[Span, str]]:
    """The cells of a document's tables that hold digits and no words, in text order, each with its unit.

    The unit is a name that audit.quantity knows, perhaps after a scale word (万元); "" where the table names none, CODE
    for what is no figure, GLUED for what cannot be read.
    """
    found: dict[int, tuple[Span, str]] = {}
    captions = _captions(document)
    starts = [start for start, _ in captions]
    for block in document.blocks:
        if block.table is not None:
            for cells in block.table.rows:
                for cell in cells:
                    said = squeeze(cell.span.of(document.text)) if len(cell.span) else ""
                    sort = sort_of(said) if said else Sort.TEXT
                    if sort is Sort.BROKEN:
                        found[cell.span.start] = cell.span, GLUED
                    elif sort is Sort.NUMBER:
                        coded = cell.column < _STUB and _CODE.fullmatch(said) is not None
                        found[cell.span.start] = cell.span, CODE if coded else ""
    for grid in grids:
        at = bisect_right(starts, grid.span.start) - 1
        caption = captions[at][1] if at >= 0 else ""
        for column, heading in enumerate(grid.columns):
            of_column = _unit_in(heading.heading) or _percent(grid, column)
            for row in grid.rows:
                slot = row.slots[column]
                if slot is not None and slot.sort is Sort.NUMBER:
                    found[slot.span.start] = slot.span, of_column or _unit_of(row) or caption
    return [found[start] for start in sorted(found)]


def _captions(document: Document) -> list[tuple[int, str]]:
    """(offset, the unit that holds from there on) for every line that names a unit or ends what an earlier one says."""
    found: list[tuple[int, str]] = []
    for block in document.blocks:
        if block.kind is BlockKind.TABLE:
            continue
        text = block.span.of(document.text)
        named = [unit for unit in map(known, _CAPTION.findall(text)) if unit]
        if named:
            found.append((block.span.start, named[-1]))
        elif len(text) > _TITLE:
            found.append((block.span.start, ""))
    return found


def _unit_in(heading: str) -> str:
    """The unit that a heading names in brackets or at its end, "" for none."""
    for said in reversed(_BRACKET.findall(heading)):
        if unit := known(said):
            return unit
    return "%" if _PERCENT.search(heading) else ""


def _unit_of(row: Row) -> str:
    """The unit that a row names: in brackets, or as a text of its own after its label."""
    if unit := _unit_in(row.name):
        return unit
    return known(row.label[-1]) if len(row.label) > 1 else ""


def _percent(grid: Grid, column: int) -> str:
    """% where most numbers of a column are printed with it: one that lacks it is no other quantity."""
    numbers = [slot for row in grid.rows if (slot := row.slots[column]) is not None and slot.sort is Sort.NUMBER]
    return "%" if sum(map(_is_percent, numbers)) * 2 > len(numbers) else ""


def _is_percent(slot: Slot) -> bool:
    return _PERCENT.search(slot.text) is not None


def known(name: str) -> str:
    """The name if it is a unit, perhaps with a scale word before it, else ""."""
    name = name.replace("％", "%").strip()
    by_name = units().by_name
    if name in by_name:
        return name
    scale = _SCALE.match(name)
    return name if scale and name[scale.end() :] in by_name else ""
