"""Workbooks of other kinds than .xlsx: they show what the same sheet shows there, and what is hidden is marked."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pytest

from audit.document import Document
from audit.read import ReadError, read_source
from audit.read.formats import spreadsheet
from audit.read.limits import DEFAULT
from tests.read import binary_workbook

needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")

ROWS = (
    ("项目", "收入", "", "占比"),
    ("", "本年", "上年", ""),
    ("财政", 10.856, 9.0, 0.756),
    ("其中：借款", 1.0, 2.0, 0.5),
    ("合计", 14.35, 12.0, 1.0),
)
FORMATS = ("@", "#,##0.00", "0.0", "0.0%")
SHOWN = [
    ["项目", "收入", "占比"],
    ["本年", "上年"],
    ["财政", "10.86", "9.0", "75.6%"],
    ["其中：借款", "1.00", "2.0", "50.0%"],
    ["合计", "14.35", "12.0", "100.0%"],
]
SPANS = [(0, 0, 2, 1), (0, 1, 1, 2)]


def xlsx(path: Path) -> None:
    """The rows from C5 on, with merged headers; the row of 其中 and the column of 上年 are hidden."""
    book = openpyxl.Workbook()
    book.active.title = "收支"
    for row, values in enumerate(ROWS, 5):
        for column, value in enumerate(values, 3):
            if value != "":
                cell = book.active.cell(row, column, value)
                if row > 6 and column > 3:
                    cell.number_format = FORMATS[column - 3]
    book.active.merge_cells("C5:C6")
    book.active.merge_cells("D5:E5")
    book.active.row_dimensions[8].hidden = True
    book.active.column_dimensions["E"].hidden = True
    book.save(path)


def xlsb() -> bytes:
    look = binary_workbook.Look(FORMATS, (3,), (2,), ((0, 1, 0, 0), (0, 0, 1, 2)))
    return binary_workbook.package("收支", ROWS, look)


def converted(path: Path, suffix: str) -> Path:
    profile = f"-env:UserInstallation=file://{path.parent}/profile"
    arguments = ["soffice", profile, "--headless", "--convert-to", suffix, "--outdir", str(path.parent), str(path)]
    done = subprocess.run(arguments, capture_output=True, timeout=180, check=False)
    made = path.with_suffix(f".{suffix}")
    if not made.exists():
        pytest.skip(f"LibreOffice cannot write it: {done.stderr.decode(errors='replace')[:200]}")
    return made


def table(found: Document) -> list[list[str]]:
    (rows,) = [block.table.rows for block in found.blocks if block.table is not None]
    return [[said for cell in row if (said := cell.span.of(found.text))] for row in rows]


def spans(found: Document) -> list[tuple[int, int, int, int]]:
    cells = [cell for block in found.blocks if block.table is not None for row in block.table.rows for cell in row]
    sizes = [(cell.row, cell.column, cell.row_span, cell.column_span) for cell in cells]
    return [size for size in sizes if size[2:] != (1, 1)]


def hidden(found: Document) -> list[str]:
    return [place.removeprefix("收支!").removesuffix("（隐藏）") for _, place in found.places if "隐藏" in place]


@needs_office
@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_another_kind_shows_the_same(suffix: str, tmp_path: Path) -> None:
    xlsx(tmp_path / "a.xlsx")
    first, other = read_source(tmp_path / "a.xlsx"), read_source(converted(tmp_path / "a.xlsx", suffix))
    assert table(other) == table(first) == SHOWN
    assert spans(other) == spans(first) == SPANS
    assert other.places == first.places
    assert hidden(other) == ["E6", "E7", "C8", "D8", "E8", "F8", "E9"]
    assert not other.unread


def test_a_binary_workbook_shows_the_same() -> None:
    found = spreadsheet.read("a.xlsb", xlsb())
    assert (table(found), spans(found)) == (SHOWN, SPANS)
    assert hidden(found) == ["C2", "C3", "A4", "B4", "C4", "D4", "C5"]
    assert not found.unread


@needs_office
def test_another_reader_sees_the_same_in_the_binary_workbook(tmp_path: Path) -> None:
    (tmp_path / "a.xlsb").write_bytes(xlsb())
    found = read_source(converted(tmp_path / "a.xlsb", "ods"))
    assert (table(found), spans(found)) == (SHOWN, SPANS)
    assert hidden(found) == ["C2", "C3", "A4", "B4", "C4", "D4", "C5"]


OPEN = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    '<office:body><office:spreadsheet><table:table table:name="收支">{}</table:table></office:spreadsheet>'
    "</office:body></office:document-content>"
)
MANIFEST = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
REPEATED = 'table:number-columns-repeated="{}"'


def ods(rows: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("content.xml", OPEN.format(rows))
    return stream.getvalue()


def cell(value: float, said: str | None = None, more: str = "") -> str:
    inside = f"<text:p>{said}</text:p>" if said else ""
    return f'<table:table-cell office:value-type="float" office:value="{value}" {more}>{inside}</table:table-cell>'


def words(*said: str) -> str:
    return "".join(
        f'<table:table-cell office:value-type="string"><text:p>{each}</text:p></table:table-cell>' for each in said
    )


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def test_repeated_cells_and_rows_of_an_open_document() -> None:
    columns = '<table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
    note = "<office:annotation><text:p>批注9</text:p></office:annotation>"
    body = columns + "".join(
        [
            row(words("项目", "甲", "乙", "丙", "丁")),
            row(words("一"), cell(1, "1.0", REPEATED.format(2)), cell(2).replace("></", f">{note}</"), words("x")),
            row(words("二"), cell(3, "3.0"), more='table:visibility="filter" table:number-rows-repeated="2"'),
            "<table:table-row-group>" + row(words("三"), cell(0.5, "50%")) + "</table:table-row-group>",
        ]
    )
    found = spreadsheet.read("a.ods", ods(body))
    assert table(found) == [
        ["项目", "甲", "乙", "丙", "丁"],
        ["一", "1.0", "1.0", "2", "x"],
        ["二", "3.0"],
        ["二", "3.0"],
        ["三", "50%"],
    ]
    assert hidden(found) == ["B1", "C1", "B2", "C2", "A3", "B3", "A4", "B4", "B5"]


def test_more_cells_than_allowed() -> None:
    million = row(cell(1, "1", REPEATED.format(1000)), more='table:number-rows-repeated="1000"')
    with pytest.raises(ReadError, match="cells"):
        spreadsheet.read("a.ods", ods(million))
    few = DEFAULT.changed({"cells": 10})
    with pytest.raises(ReadError, match="cells"):
        spreadsheet.read("a.xlsb", xlsb(), few)


@pytest.mark.parametrize("part", ["xl/styles.bin", "xl/worksheets/sheet1.bin"])
def test_a_look_that_cannot_be_read_is_told(part: str) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsb())) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            # a record behind the end says that it is longer than it is
            new.writestr(name, old.read(name) + (b"\x2c\x7f" if name == part else b""))
    found = spreadsheet.read("a.xlsb", stream.getvalue())
    assert table(found)[2] == ["财政", "10.856", "9", "0.756"]
    assert ["数字格式" in skipped.reason for skipped in found.unread] == [True]


@pytest.mark.parametrize("rows", [(), (("甲", 1.0),)])
def test_nothing_or_little_in_a_sheet(rows: Sequence[Sequence[Any]]) -> None:
    data = ods("".join(row(words(first), cell(second)) for first, second in rows))
    if rows:
        assert table(spreadsheet.read("a.ods", data)) == [["甲", "1"]]
        return
    with pytest.raises(ReadError, match="没有文字"):
        spreadsheet.read("a.ods", data)
