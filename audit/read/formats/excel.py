"""Workbooks of Excel; those of other kinds stand in `spreadsheet`."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from audit.document import Document, Skipped
from audit.read.compose import compose
from audit.read.format import Format
from audit.read.limits import DEFAULT, Limits

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SHOWN = 5


def read(path: str, data: bytes, limits: Limits = DEFAULT) -> Document:  # noqa: ARG001
    """What the sheets show, with a skip for formulas whose stored values do not hold; raises ReadError."""
    from audit.read.sheet.grid import drafts_of
    from audit.read.sheet.workbook import sheets_of_xlsx

    sheets, doubts = sheets_of_xlsx(path, data)
    drafts = (draft for sheet in sheets for draft in drafts_of(sheet))
    document = compose(path, hashlib.sha256(data).hexdigest(), MEDIA_TYPE, drafts)
    stale = [doubt for doubt in doubts if doubt[2]]
    empty = [doubt for doubt in doubts if not doubt[2]]
    return replace(document, unread=(*_stale(path, stale), *_empty(path, empty)))


def _stale(path: str, doubts: Sequence[tuple[str, str, str]]) -> list[Skipped]:
    return [
        Skipped(
            path,
            f"{place} 的公式 {formula} 应得 {value}，与单元格里保存的数不同；请在 Excel 中重新计算并保存后再审计",
            f"{place}: the formula {formula} comes to {value}, not to the value stored; recalculate and save in Excel",
        )
        for place, formula, value in doubts[:_SHOWN]
    ] + _more(path, len(doubts))


def _empty(path: str, doubts: Sequence[tuple[str, str, str]]) -> list[Skipped]:
    return [
        Skipped(
            path,
            f"{place} 的公式 {formula} 没有保存计算结果，未审计；请用 Excel 打开并保存后再审计",
            f"{place}: no value is stored for the formula {formula}; open and save the file in Excel",
        )
        for place, formula, _ in doubts[:_SHOWN]
    ] + _more(path, len(doubts))


def _more(path: str, count: int) -> list[Skipped]:
    if count <= _SHOWN:
        return []
    return [Skipped(path, f"另有 {count - _SHOWN} 处公式同样如此", f"so have {count - _SHOWN} more formulas")]


FORMAT = Format("Excel", (".xlsx", ".xlsm"), MEDIA_TYPE, read, apart=True)
