"""The bytes of an .xlsx workbook -> its sheets, by openpyxl."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from audit.read.error import ReadError
from audit.read.sheet.formula import NotComputedError, computed
from audit.read.sheet.grid import Sheet, SheetCell
from audit.read.sheet.number_format import CUSTOM, builtin
from audit.read.sheet.shown import general, shown

_TOLERANCE = Fraction(1, 10**9)
"""Excel computes with 15 significant digits; a larger relative difference is no rounding of its arithmetic."""


def open_xlsx(path: str, data: bytes, *, formulas: bool) -> Any:
    """The openpyxl workbook, with formulas or with the values they had last; raises ReadError."""
    import openpyxl  # type: ignore[import-untyped]

    try:
        return openpyxl.load_workbook(io.BytesIO(data), data_only=not formulas)
    except Exception as error:  # openpyxl lets through whatever its parsers raise
        raise damaged(path, error) from None


def damaged(path: str, error: BaseException) -> ReadError:
    """What is raised for a workbook that its parser gives up."""
    detail = " ".join(str(error).split())[:80] or type(error).__name__
    return ReadError(
        path,
        f"不是完整的工作簿（{detail}），文件可能已损坏、加密或扩展名不对，请用 Excel 打开后另存为 .xlsx",
        f"is no complete workbook ({detail}); open it in Excel and save it as .xlsx again",
    )


def sheets_of_xlsx(path: str, data: bytes) -> tuple[list[Sheet], list[tuple[str, str, str]]]:
    """The sheets, and the formulas whose stored values are missing or stale: (place, formula, what is wrong)."""
    book = open_xlsx(path, data, formulas=False)
    doubts: list[tuple[str, str, str]] = []
    sheets = [_sheet(each) for each in book.worksheets]
    if _has_formulas(data):
        computing = open_xlsx(path, data, formulas=True)
        numbers = {each.title.upper(): _numbers(each) for each in book.worksheets}
        for sheet, formulas in zip(sheets, computing.worksheets, strict=True):
            doubts += _doubts(sheet, formulas, numbers)
    return sheets, doubts


def _has_formulas(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [name for name in archive.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")]
        return any(b"<f" in archive.read(name) for name in parts)


def _sheet(sheet: Any) -> Sheet:
    merged = {
        (each.min_row, each.min_col): (each.max_row - each.min_row + 1, each.max_col - each.min_col + 1)
        for each in sheet.merged_cells.ranges
    }
    cells = {}
    # The sheet's own table of cells: going over all rows would make a cell for every empty place.
    for place, cell in sheet._cells.items():
        if cell.value is not None:
            number = isinstance(cell.value, (int, float)) and not isinstance(cell.value, bool)
            cells[place] = SheetCell(shown(cell.value, _format(cell)), number, *merged.get(place, (1, 1)))
    rows = frozenset(number for number, each in sheet.row_dimensions.items() if each.hidden)
    columns = frozenset(
        number
        for each in sheet.column_dimensions.values()
        if each.hidden
        for number in range(each.min or 1, min(each.max or 1, 16384) + 1)
    )
    return Sheet(sheet.title, cells, sheet.sheet_state != "visible", rows, columns)


def _format(cell: Any) -> str:
    number = cell._style.numFmtId
    return builtin(number) if number < CUSTOM else str(cell.number_format)


def _numbers(sheet: Any) -> dict[tuple[int, int], Any]:
    """The values of a sheet's cells by row and column."""
    return {place: cell.value for place, cell in sheet._cells.items()}


def _doubts(
    sheet: Sheet, formulas: Any, values: Mapping[str, Mapping[tuple[int, int], Any]]
) -> Iterator[tuple[str, str, str]]:
    """The formulas of a sheet whose values are missing or stale; `values` are those of all sheets by name."""
    own = values[sheet.name.upper()]

    def lookup(other: str, row: int, column: int) -> Fraction | None:
        if other and other not in values:
            raise NotComputedError(other)
        value = (values[other] if other else own).get((row, column))
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return None
        return Fraction(repr(value))

    for place, cell in sorted(formulas._cells.items()):
        if cell.data_type != "f" or not isinstance(cell.value, str):
            continue
        stored = own.get(place)
        if stored is None:
            yield sheet.place(*place), cell.value, ""
            continue
        held = lookup("", *place)
        try:
            now = computed(cell.value, lookup)
        except NotComputedError:
            continue
        if held is not None and abs(now - held) > _TOLERANCE * (1 + abs(now) + abs(held)):
            yield sheet.place(*place), cell.value, general(Decimal(now.numerator) / Decimal(now.denominator))
