"""PDF: reading order, ruled tables, figures whole again, and pages that cannot be read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from audit.document import Document
from audit.engine import audit_document, audit_sources
from audit.read import ReadError, Source
from audit.read.formats.pdf import read
from audit.rule.load import shipped_rules
from audit.verdict import Verdict
from tests.read.pdf_files import IMAGE, grid, line, pdf, text


def document(*pages: bytes, page_extra: bytes = b"") -> Document:
    return read("a.pdf", pdf(*pages, page_extra=page_extra))


def words(found: Document) -> list[Any]:
    said = found.text
    return [
        block.span.of(said) if block.table is None else [[c.span.of(said) for c in row] for row in block.table.rows]
        for block in found.blocks
    ]


def prose(*lines: str, top: float = 700, left: float = 72, size: float = 12) -> bytes:
    return b"".join(text(left, top - 20 * n, said, size) for n, said in enumerate(lines))


LINES = (
    "全年共筹集扶贫资金十分充足，各级各部门认真落实各项政策，",
    "共投入资金15.7亿元，其中财政资金10.85亿元，信贷资金3.5亿",
    "元，社会帮扶资金1.35亿元，有力支持了全县脱贫攻坚工作，成",
    "效显著，群众满意。下一步要继续加大投入，完成投资12,345.6",
    "7万元，切实把各项工作落到实处，确保完成全年各项目标任务。",
)


def test_lines_of_a_paragraph_are_joined_and_figures_with_them() -> None:
    found = document(prose(*LINES))
    assert found.text == "".join(LINES) + "\n"
    assert [place for _, place in found.places] == ["第1页"]


def test_a_paragraph_goes_on_over_the_page() -> None:
    found = document(prose(*LINES[:3]) + text(290, 40, "— 1 —"), prose(*LINES[3:]) + text(290, 40, "— 2 —"))
    assert found.text == "".join(LINES) + "\n"


def test_blanks_inside_figures_are_closed_up() -> None:
    drawn = text(72, 700, "投入15") + text(72 + 36 + 3.5, 700, " .7亿元，支出9 746.50万元", 12)
    assert "15.7亿元" in document(drawn).text


def test_type_set_apart_is_no_blank() -> None:
    drawn = text(72, 700, "建成") + text(72 + 24 + 3, 700, "16") + text(72 + 24 + 3 + 12 + 3, 700, "个园区。")
    assert document(drawn).text == "建成16个园区。\n"


def test_running_heads_and_page_numbers_are_dropped() -> None:
    pages = [
        text(200, 810, f"2024年度审计报告 第{n}期") + prose(f"这是第{word}部分的内容。") + text(290, 30, f"{n}/4")
        for n, word in enumerate("甲乙丙丁", 1)
    ]
    assert words(document(*pages)) == [f"这是第{word}部分的内容。" for word in "甲乙丙丁"]


def test_two_columns() -> None:
    left = [f"左栏第{n}行的文字写得比较长一些，到此" for n in "一二三四五六七"]
    right = [f"右栏第{n}行的文字写得比较长一些，到此" for n in "一二三四五六七"]
    drawn = text(72, 760, "全宽的标题") + prose(*left, size=11) + prose(*right, left=320, size=11)
    said = document(drawn).text
    assert said.index("左栏第七行") < said.index("右栏第一行")
    assert said.startswith("全宽的标题")


ROWS = [["项目", "金额"], ["财政", "10.85"], ["信贷", "3.50"], ["合计", "14.35"]]


def test_ruled_tables() -> None:
    found = document(text(72, 720, "单位：亿元") + grid(72, 700, [120, 80], 24, ROWS) + text(72, 500, "表后的文字。"))
    assert words(found) == ["单位：亿元", ROWS, "表后的文字。"]
    assert found.places[1][1] == "第1页表1第1行第1列"


def test_a_cell_that_reaches_over_columns_and_rows() -> None:
    drawn = b"".join(
        [line(72, 700, 372, 700), line(172, 676, 372, 676), line(72, 652, 372, 652), line(72, 628, 372, 628)]
        + [line(x, 700, x, 628) for x in (72, 172, 372)]
        + [line(272, 676, 272, 628)]
        + [text(80, 670, "项目"), text(250, 682, "金额"), text(180, 658, "本年"), text(280, 658, "上年")]
        + [text(80, 634, "合计"), text(180, 634, "3.0"), text(280, 634, "2.0")]
    )
    table = document(drawn).blocks[0].table
    assert table is not None
    spans = [(c.row, c.column, c.row_span, c.column_span) for row in table.rows for c in row]
    assert spans == [(0, 0, 2, 1), (0, 1, 1, 2), (1, 1, 1, 1), (1, 2, 1, 1), (2, 0, 1, 1), (2, 1, 1, 1), (2, 2, 1, 1)]


def test_tables_set_with_blanks() -> None:
    rows = [("地区生产总值", "4000.5", "10.0"), ("第一产业", "153.6", "11.0"), ("第二产业", "3235.9", "9.8")]
    drawn = b"".join(
        text(x, 700 - 20 * n, said) for n, row in enumerate(rows) for x, said in zip((72, 250, 400), row, strict=True)
    )
    assert words(document(drawn)) == [[list(row) for row in rows]]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_turned_pages(turn: int) -> None:
    matrices = {90: b"0 1 -1 0 595 0 cm\n", 180: b"-1 0 0 -1 595 842 cm\n", 270: b"0 -1 1 0 0 842 cm\n"}
    found = document(matrices[turn] + prose(*LINES, top=500), page_extra=b"/Rotate %d" % turn)
    assert found.text == "".join(LINES) + "\n"


def test_text_printed_twice_is_read_once() -> None:
    drawn = text(72, 700, "投入11.1亿元。") + text(72.3, 700, "投入11.1亿元。")
    assert document(drawn).text == "投入11.1亿元。\n"


def test_leaning_watermarks_are_no_text() -> None:
    leaning = b"q 0.7 0.7 -0.7 0.7 200 200 cm " + text(0, 0, "草稿2024", 60) + b" Q\n"
    assert document(prose("投入1亿元。") + leaning).text == "投入1亿元。\n"


def test_pages_without_text_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf(prose("投入1亿元。"), IMAGE, b""))
    report = audit_sources([Source(str(tmp_path / "a.pdf"))], shipped_rules())
    assert len(report.audits) == 1
    assert ["第2页" in skipped.reason for skipped in report.skipped] == [True]


@pytest.mark.parametrize(
    ("page", "unread"),
    [
        (IMAGE + text(290, 30, "— 2 —"), 1),
        (IMAGE + prose("这一页的背景是图片，文字在上面。"), 0),
        (b"100 100 m " + b"101 102 103 104 105 106 c " * 600 + b"S\n", 1),
        (line(72, 800, 500, 800), 0),
    ],
    ids=["a scan with its page number", "text on a picture", "letters drawn as curves", "a rule alone"],
)
def test_what_pages_are_not_read(page: bytes, unread: int) -> None:
    assert len(document(prose("投入1亿元。"), page).unread) == unread


def test_scanned_documents_are_refused() -> None:
    with pytest.raises(ReadError, match="OCR"):
        document(IMAGE, IMAGE)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"text", pdf(prose("甲"))[:80]])
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError, match="PDF"):
        read("a.pdf", data)


def test_a_table_over_two_pages_adds_up() -> None:
    head = ["项目", "预算数", "决算数"]
    rows = [[f"第{name}项", f"{n}00.50", f"{n}10.25"] for n, name in enumerate("甲乙丙丁", 1)]
    first = text(72, 760, "单位：万元") + grid(72, 730, [150, 100, 100], 24, [head, *rows]) + text(290, 30, "— 1 —")
    last = grid(72, 780, [150, 100, 100], 24, [head, ["戊项", "500.00", "505.00"], ["合计", "1502.00", "1555.00"]])
    audit, _ = audit_document(document(first, last + text(290, 30, "— 2 —")), shipped_rules())
    assert [check.verdict for check in audit.checks] == [Verdict.EXACT, Verdict.INCONSISTENT]
    assert audit.document.place_of(audit.findings[0].span.start) == "第2页表2第3行第3列"
