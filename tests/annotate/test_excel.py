"""Comments at the cells of a workbook."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pytest
import xlsxwriter  # type: ignore[import-untyped]

from audit.annotate import Signature
from audit.annotate.excel import write
from audit.annotate.note import Note
from audit.read.formats.excel import read
from audit.span import Span

SIGNATURE = Signature("审计组", "SJ")
ROWS = [["项目", "金额"], ["财政", 10.85], ["信贷", 3.5]]


def workbook(comment: str = "") -> bytes:
    """A workbook with a formula and its stored value, a chart, two sheets, and perhaps a comment of its own."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    for name in ("收支", "Sheet2"):
        sheet = book.add_worksheet(name)
        for number, row in enumerate(ROWS):
            sheet.write_row(number, 0, row)
        sheet.write(3, 0, "合计")
        sheet.write_formula(3, 1, "=SUM(B2:B3)", book.add_format({"num_format": "0.00"}), 14.35)
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": f"={name}!$B$2:$B$3"})
        sheet.insert_chart("D2", chart)
        if comment:
            sheet.write_comment("B4", comment, {"author": "某人"})
    book.close()
    return stream.getvalue()


def annotated(data: bytes, *figures: str) -> bytes:
    said = read("a.xlsx", data).text
    spans = [Span(said.index(figure), said.index(figure) + len(figure)) for figure in figures]
    return write("a.xlsx", data, [Note(span, f"核对{span.of(said)}") for span in sorted(spans)], SIGNATURE)


def comments(data: bytes) -> dict[str, Any]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {
        f"{sheet.title}!{cell.coordinate}": cell.comment
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }


def test_cells_get_their_notes_and_all_else_stays() -> None:
    before = workbook()
    after = annotated(before, "14.35", "10.85")
    assert {place: comment.text for place, comment in comments(after).items()} == {
        "收支!B4": "核对14.35",
        "收支!B2": "核对10.85",
    }
    assert {comment.author for comment in comments(after).values()} == {"审计组"}
    assert read("a.xlsx", after).text == read("a.xlsx", before).text
    assert not read("a.xlsx", after).unread
    old, new = (zipfile.ZipFile(io.BytesIO(data)) for data in (before, after))
    same = [name for name in old.namelist() if old.read(name) == new.read(name)]
    assert {name for name in old.namelist() if "chart" in name or "sheet2" in name} <= set(same)


def test_a_comment_that_is_there_stays_above_the_note() -> None:
    found = comments(annotated(workbook("原批注"), "14.35"))
    assert found["收支!B4"].text == "原批注\n核对14.35"
    assert found["收支!B4"].author == "某人"
    assert found["Sheet2!B4"].text == "原批注"


def test_a_sheet_with_comments_elsewhere() -> None:
    found = comments(annotated(workbook("原批注"), "10.85"))
    assert (found["收支!B2"].text, found["收支!B4"].text) == ("核对10.85", "原批注")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_reads_the_same_values(tmp_path: Path) -> None:
    before, after = tmp_path / "before.xlsx", tmp_path / "after.xlsx"
    before.write_bytes(workbook("原批注"))
    after.write_bytes(annotated(workbook("原批注"), "14.35", "10.85"))
    for path in (before, after):
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        arguments = ["soffice", profile, "--headless", "--convert-to", "csv", "--outdir", str(tmp_path), str(path)]
        subprocess.run(arguments, capture_output=True, timeout=180, check=True)
    if not before.with_suffix(".csv").exists():
        pytest.skip("this LibreOffice has no Calc")
    assert after.with_suffix(".csv").read_bytes() == before.with_suffix(".csv").read_bytes()
