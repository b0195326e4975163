"""Workbooks: what a cell shows is what is read."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pytest
import xlsxwriter  # type: ignore[import-untyped]

from audit.document import BlockKind, Document
from audit.read import ReadError, read_source
from audit.read.formats.excel import read
from audit.read.sheet.formula import NotComputedError, computed
from audit.read.sheet.grid import column_name
from audit.read.sheet.number_format import builtin
from audit.read.sheet.shown import shown


def workbook(fill: Callable[[Any], object]) -> Document:
    book = openpyxl.Workbook()
    fill(book.active)
    stream = io.BytesIO()
    book.save(stream)
    return read("a.xlsx", stream.getvalue())


def words(found: Document) -> list[Any]:
    said = found.text
    return [
        block.span.of(said) if block.table is None else [[c.span.of(said) for c in row] for row in block.table.rows]
        for block in found.blocks
    ]


@pytest.mark.parametrize(
    ("value", "number_format", "said"),
    [
        (1234.5, "General", "1234.5"),
        (0.1 + 0.2, "General", "0.3"),
        (12, "General", "12"),
        (1e20, "General", "1E+20"),
        (15.7, "0.00", "15.70"),
        (2.345, "0.00", "2.35"),
        (2.675, "0.00", "2.68"),
        (-0.001, "0.00", "0.00"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (1234567.891, "#,##0", "1,234,568"),
        (-5, "#,##0.00_);(#,##0.00)", "(5.00)"),
        (5, "#,##0.00_);(#,##0.00)", "5.00"),
        (-5, "0.0", "-5.0"),
        (0, '0.00;-0.00;"-"', "-"),
        (0.8736, "0.0%", "87.4%"),
        (0.5, "0%", "50%"),
        (123456789, '#,##0.00,"千元"', "123,456.79千元"),
        (15.7, '0.0"亿元"', "15.7亿元"),
        (1234.5, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "1,234.50"),
        (1234.5, "[$¥-804]#,##0.00", "¥1,234.50"),
        (5, "000", "005"),
        (0.5, "#.##", ".5"),
        (3, "#.##", "3"),
        (3.5, "[Red]0.0", "3.5"),
        (True, "General", "TRUE"),
        (datetime(2024, 12, 31), 'yyyy"年"m"月"d"日"', "2024年12月31日"),
        (date(2024, 1, 5), "yyyy/mm/dd", "2024/01/05"),
        (date(2024, 1, 5), builtin(14), "2024/1/5"),
        (45292, builtin(57), "2024年1月"),
        (45292.0, builtin(31), "2024年1月1日"),
        (45292, "General", "45292"),
        (-1, "yyyy", "yyyy"),
        (1234.5, builtin(4), "1,234.50"),
        (-1234.5, builtin(7), "¥-1,234.50"),
        ("15.7亿元", "0.00", "15.7亿元"),
    ],
)
def test_number_formats(value: object, number_format: str, said: str) -> None:
    assert shown(value, number_format) == said


def test_a_sheet_is_its_titles_its_table_and_its_notes() -> None:
    def fill(sheet: Any) -> None:
        sheet.append(["2024年收支情况表"])
        sheet.append([None, None, "单位：万元"])
        rows: list[list[object]] = [["项目", "金额", "占比"], ["财政", 10.85, 0.756], ["合计", 14.35, 1]]
        for row in rows:
            sheet.append(row)
        sheet.append(["注：数据来源于决算报表"])
        for at in (4, 5):
            sheet.cell(at, 2).number_format, sheet.cell(at, 3).number_format = "0.00", "0.0%"

    found = workbook(fill)
    table = [["项目", "金额", "占比"], ["财政", "10.85", "75.6%"], ["合计", "14.35", "100.0%"]]
    assert words(found) == ["2024年收支情况表", "单位：万元", table, "注：数据来源于决算报表"]
    assert [block.kind for block in found.blocks] == [
        BlockKind.CAPTION,
        BlockKind.CAPTION,
        BlockKind.TABLE,
        BlockKind.FOOTNOTE,
    ]
    assert found.places[-2][1] == "Sheet!C5"


def test_labels_inside_a_table_stay_in_it() -> None:
    def fill(sheet: Any) -> None:
        for row in (["项目", "数"], ["一、收入"], ["税收", 3], [], ["另一表", "数"], ["甲", 1]):
            sheet.append(row)

    assert [len(block) for block in words(workbook(fill))] == [3, 2]


def test_merged_cells_hidden_rows_and_sheet_names() -> None:
    def fill(sheet: Any) -> None:
        sheet.title = "收支"
        for row in (["项目", "收入", None], [None, "本年", "上年"], ["合计", 3, 2]):
            sheet.append(row)
        sheet.merge_cells("A1:A2")
        sheet.merge_cells("B1:C1")
        sheet.row_dimensions[3].hidden = True

    found = workbook(fill)
    table = found.blocks[1].table
    assert table is not None
    assert [(c.row, c.column, c.row_span, c.column_span) for row in table.rows[:2] for c in row] == [
        (0, 0, 2, 1),
        (0, 1, 1, 2),
        (1, 1, 1, 1),
        (1, 2, 1, 1),
    ]
    assert found.blocks[0].kind is BlockKind.HEADING
    assert found.places[-1][1] == "收支!C3（隐藏）"


def stored(formula: str, value: float) -> Document:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet()
    for row, number in enumerate((1.1, 2.2)):
        sheet.write_row(row, 0, [f"第{row}项", number])
    sheet.write(2, 0, "合计")
    sheet.write_formula(2, 1, formula, None, value)
    book.close()
    return read("a.xlsx", stream.getvalue())


def test_formulas_must_come_to_their_stored_values() -> None:
    assert not stored("=SUM(B1:B2)", 3.3).unread
    assert not stored("=VLOOKUP(1,A1:B2,2)", 9).unread
    skipped = stored("=SUM(B1:B2)", 3.9).unread
    assert [("Sheet1!B3" in each.reason, "3.3" in each.reason) for each in skipped] == [(True, True)]


def test_formulas_without_a_stored_value_are_told() -> None:
    found = workbook(lambda sheet: [sheet.append(row) for row in (["甲", 1], ["乙", "=B1*2"])])
    assert ["Sheet!B2" in each.reason for each in found.unread] == [True]


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=A1+A2*2", 5),
        ("=SUM(A1:A2,10)-(A1-1)/2", 13),
        ("=-A2", -2),
        ("=SUM($A$1:A2)", 3),
        ("=A2/4", Fraction(1, 2)),
        ("=AVERAGE(A1:A4)", Fraction(5, 2)),
        ("=MAX(A1:A3)-MIN(A1:A3)", 2),
        ("=PRODUCT(A2:A4)", 24),
        ("=COUNT(A1:A3)", 3),
        ("=ROUND(A5/A2,0)", 3),
        ("=-ROUND(-A1/3*100,1)", Fraction(333, 10)),
        ("=ABS(A1-A3)", 2),
        ("=A2*50%", 1),
        ("=附表!A1+'其他 表'!B2", 203),
        ("=SUM('其他 表'!A1:A2)", 203),
    ],
)
def test_arithmetic_of_formulas(formula: str, value: Fraction) -> None:
    assert computed(formula, lambda sheet, row, _: Fraction(row + 100 * bool(sheet))) == value


@pytest.mark.parametrize("formula", ["=A1/0", "=IF(A1,1,2)", "=ROUND(A1)", "=A1+", "=(A1", "=" + "(" * 999, "=SUM(A1"])
def test_other_formulas_are_left_alone(formula: str) -> None:
    with pytest.raises(NotComputedError):
        computed(formula, lambda _, row, __: Fraction(row))


def test_formulas_over_sheets_must_come_to_their_stored_values() -> None:
    def both(value: float) -> Document:
        stream = io.BytesIO()
        book = xlsxwriter.Workbook(stream, {"in_memory": True})
        first, second = book.add_worksheet("收入"), book.add_worksheet("汇总 表")
        first.write_row(0, 0, ["税收", 1.1])
        first.write_row(1, 0, ["非税", 2.2])
        second.write(0, 0, "合计")
        second.write_formula(0, 1, "=SUM(收入!B1:B2)", None, value)
        book.close()
        return read("a.xlsx", stream.getvalue())

    assert not both(3.3).unread
    assert ["汇总 表!B1" in each.reason for each in both(3.9).unread] == [True]


@pytest.mark.parametrize(("number", "name"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA")])
def test_column_names(number: int, name: str) -> None:
    assert column_name(number) == name


@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".xlsb", ".ods"])
def test_what_is_no_workbook_is_refused(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(b"not a workbook at all")
    with pytest.raises(ReadError, match=r"工作簿|不是"):
        read_source(str(path))
