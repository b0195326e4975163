"""The bytes of a workbook -> its sheets: .xlsx by openpyxl, older and other kinds by calamine."""

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
from audit.read.sheet.shown import general, shown

_TOLERANCE = Fraction(1, 10**9)
"""Excel computes with 15 significant digits; a larger relative difference is no rounding of its arithmetic."""


def open_xlsx(path: str, data: bytes, *, formulas: bool) -> Any:
    """The openpyxl workbook, with formulas or with the values they had last; raises ReadError."""
    import openpyxl  # type: ignore[import-untyped]

    try:
        return openpyxl.load_workbook(io.BytesIO(data), data_only=not formulas)
    except Exception as error:  # openpyxl lets through whatever its parsers raise
        raise _damaged(path, error) from None


def _damaged(path: str, error: Exception) -> ReadError:
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
            cells[place] = SheetCell(shown(cell.value, cell.number_format), number, *merged.get(place, (1, 1)))
    rows = frozenset(number for number, each in sheet.row_dimensions.items() if each.hidden)
    columns = frozenset(
        number
        for each in sheet.column_dimensions.values()
        if each.hidden
        for number in range(each.min or 1, min(each.max or 1, 16384) + 1)
    )
    return Sheet(sheet.title, cells, sheet.sheet_state != "visible", rows, columns)


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


def sheets_of_others(path: str, data: bytes) -> list[Sheet]:
    """The sheets of an .xls, .xlsb or .ods workbook, numbers as they are stored; raises ReadError."""
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = []
        for details in book.sheets_metadata:
            if details.typ is not python_calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(details.name)
            merged = dict(sheet.merged_cell_ranges or ())
            cells = {}
            for row, values in enumerate(sheet.iter_rows(), (sheet.start or (0, 0))[0]):
                for column, value in enumerate(values):
                    if value != "":
                        end = merged.get((row, column), (row, column))
                        spans = end[0] - row + 1, end[1] - column + 1
                        number = isinstance(value, (int, float)) and not isinstance(value, bool)
                        cells[row + 1, column + 1] = SheetCell(shown(value), number, *spans)
            hidden = details.visible is not python_calamine.SheetVisibleEnum.Visible
            sheets.append(Sheet(details.name, cells, hidden))
        return sheets
    except Exception as error:  # a Rust library's errors come as several unrelated types
        raise _damaged(path, error) from None
