"""The Excel working paper: what it holds, that nothing in it runs, and decisions read back."""

from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from audit.decisions import DecisionsError, Ruling, read, settle
from audit.output.xlsx import render
from audit.report import Report
from tests.output import samples
from tests.output.test_decisions import decision

openpyxl = pytest.importorskip("openpyxl")


def book(report: Report | None = None, **options: Any) -> Any:
    return openpyxl.load_workbook(io.BytesIO(render(report or samples.report(), **options)))


def test_the_sheets_hold_findings_figures_and_coverage() -> None:
    sheets = book()
    assert sheets.sheetnames == ["发现", "数字", "勾稽覆盖"]
    findings, figures, coverage = sheets.worksheets
    assert [findings.cell(2, at).value for at in (1, 2, 9)] == [
        "01-001",
        "错误",
        "分项之和15.17亿元与合计15.7亿元相差0.53亿元",
    ]
    assert findings.cell(2, 11).value == "8200万元 + 10.85亿元 + 3.5亿元 = 15.17亿元 ≠ 15.7亿元"
    assert findings.max_row == 5
    assert figures.max_row == 21
    assert figures.cell(2, 5).value == 1570000000
    assert coverage.cell(5, 1).value == "文件/空白.txt"


def test_it_filters_freezes_and_offers_the_decisions() -> None:
    findings = book().worksheets[0]
    assert findings.freeze_panes == "B2"
    assert findings.auto_filter.ref == "A1:V5"
    (validation,) = findings.data_validations.dataValidation
    assert validation.formula1 == '"确认,排除,待查"'
    assert str(validation.sqref) == "C2:C5"
    assert findings.column_dimensions["R"].hidden


def test_no_text_becomes_a_formula() -> None:
    hostile = samples.LEDGER.replace("全年筹集", '=HYPERLINK("http://x","y")全年筹集').replace(
        "计划改造", "+1+@计划改造"
    )
    content = render(Report((samples.ledger("=cmd|'/c calc'!A1.txt", hostile),)))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [archive.read(n).decode() for n in archive.namelist() if n.startswith("xl/worksheets/sheet")]
        assert not any("<f>" in sheet or "<hyperlink" in sheet for sheet in sheets)
        assert 'quotePrefix="1"' in archive.read("xl/styles.xml").decode()
    loaded = openpyxl.load_workbook(io.BytesIO(content))
    assert all(cell.data_type in "sn" for sheet in loaded for row in sheet for cell in row)


def test_the_same_report_gives_the_same_bytes() -> None:
    assert render(samples.report()) == render(samples.report())
    assert render(samples.report(), date=datetime.date(2024, 5, 1)) != render(samples.report())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_decisions_come_back(tmp_path: Path, lang: str) -> None:
    report = samples.report()
    made = (decision(report), decision(report, 2, Ruling.PENDING))
    path = tmp_path / "底稿.xlsx"
    path.write_bytes(render(report, lang=lang, settlement=settle(report, made)))
    assert read(path) == made


def test_what_an_auditor_enters_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "底稿.xlsx"
    sheets = book()
    findings = sheets.worksheets[0]
    for at, value in zip((3, 4, 5, 6), ("排除", "口径不同", "王审计", datetime.datetime(2024, 5, 1)), strict=True):
        findings.cell(2, at).value = value
    sheets.save(path)
    (found,) = read(path)
    report = samples.report()
    assert (found.ruling, found.note, found.auditor, found.decided) == (
        Ruling.DISMISSED,
        "口径不同",
        "王审计",
        "2024-05-01",
    )
    assert settle(report, [found]).dismissed(report.audits[0], report.audits[0].findings[0])


def test_a_decision_that_is_none_is_named(tmp_path: Path) -> None:
    path = tmp_path / "底稿.xlsx"
    sheets = book()
    sheets.worksheets[0].cell(3, 3).value = "同意"
    sheets.save(path)
    with pytest.raises(DecisionsError, match="第3行的处理意见“同意”应是确认、排除、待查之一"):
        read(path)


def test_what_is_no_working_paper_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"PK nothing")
    with pytest.raises(DecisionsError, match="不是 Excel 工作簿"):
        read(path)
    openpyxl.Workbook().save(path)
    with pytest.raises(DecisionsError, match="缺少列"):
        read(path)
    with pytest.raises(DecisionsError, match="无法读取"):
        read(tmp_path / "none.xlsx")
