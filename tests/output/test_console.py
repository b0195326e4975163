"""What a terminal shows: golden files, alignment, neutralised control characters, quiet runs, decisions."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.decisions import Decision, Ruling, Settlement, settle
from audit.output.console import render
from audit.output.printable import printable, width
from audit.report import Report
from tests.output import golden, samples
from tests.output.test_html import joint_report

HOSTILE = "\x1b[2J\u202e\u2066\u200f\ufeff\x07\x9b31m\u2028"


@pytest.mark.parametrize("name", sorted(golden.outputs()))
def test_golden(name: str) -> None:
    assert (golden.FOLDER / name).read_text(encoding="utf-8") == golden.outputs()[name]


def test_every_golden_file_is_compared() -> None:
    assert {path.name for path in golden.FOLDER.iterdir()} == set(golden.outputs())


@pytest.mark.parametrize("columns", [40, 57, 80, 200])
def test_underlines_stand_below_their_figures(columns: int) -> None:
    lines = render(samples.report(), columns=columns).splitlines()
    figures = {"15.7亿元", "8200万元", "10.85亿元", "3.5亿元", "87.1%", "四类项目", "82个", "80个", "5000户", "3905户"}
    seen = 0
    for row, line in enumerate(lines):
        if line.startswith("      |") and set("^-") & set(line):
            above = _cells(lines[row - 1])
            below = _cells(line)
            marked = "".join(
                c for c, mark in zip(above, below + [" "] * len(above), strict=False) if mark in ("^", "-") and c
            )
            assert marked
            assert any(figure in marked for figure in figures | {"道路", "水渠", "围墙"})
            seen += 1
        assert width(line) <= columns or " | " not in line
    assert seen >= 4


def _cells(line: str) -> list[str]:
    """One entry for each terminal column; the second column of a wide character is empty."""
    return [cell for c in line for cell in ([c, ""] if width(c) == 2 else [c])]


def test_nothing_in_a_document_reaches_the_terminal_raw() -> None:
    text = samples.LEDGER.replace("全年", HOSTILE + "全年").replace("计划", HOSTILE.replace("\u2028", "") + "计划")
    shown = render(Report((samples.ledger("文件/\x1b]0;x\x07.txt", text),)), lang="en")
    assert not [c for c in shown if c != "\n" and unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp")]
    assert "␛]0;x␇" in shown
    assert "\ufffd\u2028" not in shown
    assert "31m\ufffd全年" in shown


def test_colours_only_when_asked() -> None:
    assert "\x1b[" not in render(samples.report())
    assert "\x1b[1;31merror\x1b[0m" in render(samples.report(), colour=True)


def test_a_quiet_report_without_findings_is_empty() -> None:
    assert render(Report((samples.bulletin(),)), quiet=True) == ""


def test_decisions_are_shown_and_dismissed_findings_counted() -> None:
    report = samples.report()
    audit = report.audits[0]
    decided = [
        Decision(audit.document.path, audit.document.sha256, "listed-sum", f.fingerprint, ruling, "口径不同", "王审计")
        for f, ruling in zip(audit.findings, (Ruling.DISMISSED, Ruling.PENDING), strict=False)
    ]
    shown = render(report, settlement=settle(report, decided))
    assert "listed-sum" not in shown
    assert "= 意见 待查 王审计 口径不同" in shown
    assert "错误 1，警告 1，提示 1，已排除 1" in shown


def test_stale_and_gone_decisions_are_told() -> None:
    report = samples.report()
    old = Decision("a.txt", "0" * 64, "r", "f", Ruling.DISMISSED, auditor="李审计")
    key = (report.audits[0].document.sha256, report.audits[0].findings[0].fingerprint)
    shown = render(report, settlement=Settlement(stale={key: old}, gone=(old,)))
    assert "= 过期 证据已变更，原处理意见失效：排除 李审计" in shown
    assert "另有 1 条处理意见没有对应的发现" in shown


@given(st.text())
def test_printable_keeps_offsets_and_hides_nothing(text: str) -> None:
    shown = printable(text)
    assert len(shown) == len(text)
    assert not [c for c in shown if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")]
    assert printable(shown) == shown


def test_width_follows_east_asian_width() -> None:
    assert [width(t) for t in ("abc", "亿元", "１２", "é", "e\u0301", "“”")] == [3, 4, 4, 1, 1, 2]


def test_findings_about_one_slip_are_told_together() -> None:
    shown = render(joint_report())
    assert "= 同因 7:24 share-of-base 3905户占5000户应为78.1%" in shown
    assert "= 诊断 证据不足以断定是哪一个" in shown
    assert "= diagnosis unclear" in render(joint_report(), lang="en")
