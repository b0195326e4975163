"""The unit of every number in a table: from its column's heading, its row's label or the caption of the table."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from audit.document import BlockKind, Document
from audit.grid.align import code_columns
from audit.grid.cut import lines_of, numbers_columns, sort_of, squeeze
from audit.grid.grid import Grid, Row, Slot, Sort
from audit.quantity.unit import units
from audit.span import Span

_CAPTION = re.compile(r"[单單]位\s*[:：]\s*(?:人民币)?\s*([^|。；;）)\n]{1,24})")
_BETWEEN = re.compile(r"[\s、，,和及]+")
_RATIO = re.compile(r"(?:占比|比例|比重|百分比|增幅|降幅|增速|(?<!比)(?<!周转)(?<!市盈)(?<!市净)(?<!汇)率)$")
"""The end of a heading or label whose numbers are percentages, not amounts in the unit of the caption."""
_BRACKET = re.compile(r"[（(]\s*(?:±|单位[:：]|人民币)?\s*([^（()）]{1,8})\s*[)）]")
_SCALE = re.compile(r"万亿|[千百十]?[万亿萬億]|千(?![瓦米克])|百万")
_PERCENT = re.compile(r"[%％]$")
_WHOLE = re.compile(r"100(?:\.0+)?")
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
    starts = [caption[0] for caption in captions]
    for block in document.blocks:
        if block.table is not None:
            codes = code_columns(lines_of(block.table, document.plain))
            for cells in block.table.rows:
                texts = [squeeze(cell.span.of(document.plain)) if len(cell.span) else "" for cell in cells]
                counting = numbers_columns(texts)
                for cell, said in zip(cells, texts, strict=True):
                    sort = sort_of(said) if said else Sort.TEXT
                    if sort is Sort.BROKEN:
                        found[cell.span.start] = cell.span, GLUED
                    elif sort is Sort.NUMBER:
                        stub = cell.column < _STUB or cell.column in codes
                        coded = counting or (stub and _CODE.fullmatch(said) is not None)
                        found[cell.span.start] = cell.span, CODE if coded else ""
    for grid in grids:
        at = bisect_right(starts, grid.span.start) - 1
        caption, percent = captions[at][1:] if at >= 0 else ("", "")
        for column, heading in enumerate(grid.columns):
            of_column = _unit_in(heading.heading) or _percent(grid, column)
            ratios = _is_ratio(heading.heading)
            if ratios and not of_column and _has_whole(grid, column):
                of_column = "%"
            for row in grid.rows:
                slot = row.slots[column]
                if slot is not None and slot.sort is Sort.NUMBER:
                    common = percent if ratios or _is_ratio(row.name) else caption
                    found[slot.span.start] = slot.span, of_column or _unit_of(row) or common
    return [found[start] for start in sorted(found)]


def _captions(document: Document) -> list[tuple[int, str, str]]:
    """(offset, the unit that holds from there on, that of ratios) for every line that names a unit or ends what an
    earlier one says."""
    found: list[tuple[int, str, str]] = []
    for block in document.blocks:
        if block.kind is BlockKind.TABLE:
            continue
        text = block.span.of(document.plain)
        said = _CAPTION.findall(text)
        named = list(dict.fromkeys(unit for unit in map(known, _BETWEEN.split(said[-1])) if unit)) if said else []
        if named:
            amounts = [unit for unit in named if unit != "%"]
            ratio = "%" if len(amounts) < len(named) else ""
            # Of several units none holds for every column.
            found.append((block.span.start, amounts[0] if len(amounts) == 1 else "" if amounts else ratio, ratio))
        elif len(text) > _TITLE:
            found.append((block.span.start, "", ""))
    return found


def _is_ratio(name: str) -> bool:
    return _RATIO.search(_BRACKET.sub("", name)) is not None


def _has_whole(grid: Grid, column: int) -> bool:
    """Whether a column has a number 100, as that of the whole in a column of percentages."""
    return any(slot is not None and _WHOLE.fullmatch(slot.text) for slot in (row.slots[column] for row in grid.rows))


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
    """The name if it is a unit, perhaps with a scale word before it and what it is per behind it, else ""."""
    name = name.replace("％", "%").replace("／", "/").strip()
    by_name = units().by_name
    of, slash, per = name.partition("/")
    if name in by_name or (of in by_name and bool(per) == bool(slash)):
        return name
    scale = _SCALE.match(of)
    return name if scale and of[scale.end() :] in by_name and bool(per) == bool(slash) else ""
