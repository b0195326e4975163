"""The looks of the sheets of an .xls workbook, as xlrd tells them."""

from __future__ import annotations

import io
from typing import Any

from audit.read.sheet.look import Look
from audit.read.sheet.number_format import CUSTOM, builtin


def looks_of_xls(data: bytes) -> dict[str, Look]:
    """The look of each sheet by its name; raises what xlrd does for what it cannot read."""
    import xlrd

    book = xlrd.open_workbook(
        file_contents=data,
        logfile=io.StringIO(),
        formatting_info=True,
        ragged_rows=True,
        ignore_workbook_corruption=True,
    )
    formats = [_format(book, each.format_key) for each in book.xf_list]
    return {sheet.name: _look(sheet, formats) for sheet in book.sheets()}


def _format(book: Any, key: int) -> str:
    defined = book.format_map.get(key)
    return builtin(key) if key < CUSTOM or defined is None else str(defined.format_str)


def _look(sheet: Any, formats: list[str]) -> Look:
    import xlrd

    numbers = (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE)
    return Look(
        formats={
            (row + 1, column + 1): formats[sheet.cell_xf_index(row, column)]
            for row in range(sheet.nrows)
            for column, kind in enumerate(sheet.row_types(row))
            if kind in numbers
        },
        merged={(top + 1, left + 1): (bottom - top, right - left) for top, bottom, left, right in sheet.merged_cells},
        hidden_rows=frozenset(
            row + 1
            for row in range(sheet.nrows)
            if (sheet.rowinfo_map[row].hidden if row in sheet.rowinfo_map else sheet.default_row_hidden)
        ),
        hidden_columns=frozenset(column + 1 for column, each in sheet.colinfo_map.items() if each.hidden),
    )
