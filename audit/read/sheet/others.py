"""The bytes of an .xls, .xlsb or .ods workbook -> its sheets: values by calamine, their look by the kind of file."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from audit.read.error import ReadError
from audit.read.limits import Limits, too_many_cells
from audit.read.sheet.grid import Sheet, SheetCell
from audit.read.sheet.look import Look
from audit.read.sheet.shown import shown
from audit.read.sheet.workbook import damaged


def sheets_of_others(path: str, suffix: str, data: bytes, limits: Limits) -> tuple[list[Sheet], str]:
    """The sheets of an .xls, .xlsb or .ods workbook, and what keeps their look from being read, "" for nothing.

    Without its look a sheet shows its numbers as they are stored, and nothing is hidden. Raises ReadError.
    """
    import python_calamine

    looks, fault = _looks(path, suffix, data, limits)
    sheets: list[Sheet] = []
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        for details in book.sheets_metadata:
            if details.typ is python_calamine.SheetTypeEnum.WorkSheet:
                hidden = details.visible is not python_calamine.SheetVisibleEnum.Visible
                if details.name not in looks:
                    fault = fault or details.name
                look = looks.get(details.name, Look())
                sheets.append(_sheet(details.name, book.get_sheet_by_name(details.name), hidden, look))
    except (KeyboardInterrupt, MemoryError, SystemExit):
        raise
    except BaseException as error:  # a Rust library's errors are of several types, its panics not even Exceptions
        raise damaged(path, error) from None
    cells = sum(len(sheet.cells) for sheet in sheets)
    if cells > limits.cells:
        raise too_many_cells(path, cells)
    return sheets, fault


def _looks(path: str, suffix: str, data: bytes, limits: Limits) -> tuple[Mapping[str, Look], str]:
    try:
        if suffix == ".ods":
            from audit.read.sheet.ods import looks_of_ods

            return looks_of_ods(path, data, limits), ""
        if suffix == ".xlsb":
            from audit.read.sheet.xlsb import looks_of_xlsb

            return looks_of_xlsb(path, data, limits), ""
        from audit.read.sheet.xls import looks_of_xls

        return looks_of_xls(data), ""
    except (ReadError, MemoryError):
        raise
    except Exception as error:  # their parsers let through whatever goes wrong inside
        return {}, " ".join(f"{type(error).__name__}: {error}".split())[:80]


def _sheet(name: str, sheet: Any, hidden: bool, look: Look) -> Sheet:
    cells = {}
    top, left = sheet.start or (0, 0)
    for row, values in enumerate(sheet.to_python(), top + 1):
        for column, value in enumerate(values, left + 1):
            if value != "":
                place = row, column
                said = look.texts.get(place) or shown(value, look.formats.get(place, "General"))
                number = isinstance(value, (int, float)) and not isinstance(value, bool)
                cells[place] = SheetCell(said, number, *look.merged.get(place, (1, 1)))
    return Sheet(name, cells, hidden, look.hidden_rows, look.hidden_columns)
