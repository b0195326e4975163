"""Highlights in a PDF: on the figure, with the note, and the text as it was."""

from __future__ import annotations

import io
from typing import Any

import pytest
from pypdf import PdfReader

from audit.annotate import Signature
from audit.annotate.note import Note
from audit.annotate.pdf import write
from audit.read.formats.pdf import read
from audit.span import Span
from tests.read.pdf_files import grid, pdf, text


def annotated(data: bytes, figure: str) -> bytes:
    said = read("a.pdf", data).text
    start = said.index(figure)
    note = Note(Span(start, start + len(figure)), f"核对{figure}")
    return write("a.pdf", data, [note], Signature("审计组", "SJ"))


def highlights(data: bytes) -> list[Any]:
    return [
        each.get_object()
        for page in PdfReader(io.BytesIO(data)).pages
        for each in page.get("/Annots", ())
        if each.get_object()["/Subtype"] == "/Highlight"
    ]


def test_the_figure_is_highlighted_with_its_note() -> None:
    before = pdf(text(72, 700, "共投入15.7亿元，其中财政10亿元。"))
    after = annotated(before, "15.7亿元")
    (highlight,) = highlights(after)
    left, bottom, right, top = map(float, highlight["/Rect"])
    # three characters of 12 points before it, then 15.7 in half the width, then 亿元
    assert left == pytest.approx(72 + 36, abs=1)
    assert right == pytest.approx(72 + 36 + 24 + 24, abs=1)
    assert bottom < 700 < top
    assert highlight["/Contents"] == "核对15.7亿元"
    assert highlight["/T"] == "审计组"
    assert len(highlight["/QuadPoints"]) == 8
    assert read("a.pdf", after).text == read("a.pdf", before).text
    assert [p.extract_text() for p in PdfReader(io.BytesIO(after)).pages] == [
        p.extract_text() for p in PdfReader(io.BytesIO(before)).pages
    ]


def test_a_figure_over_two_lines_has_two_parts() -> None:
    lines = ["全年共筹集扶贫资金十分充足，各级各部门认真落实各项政策，共投入15.", "7亿元，效果良好。"]
    after = annotated(pdf(text(72, 700, lines[0]) + text(72, 680, lines[1])), "15.7亿元")
    (highlight,) = highlights(after)
    assert len(highlight["/QuadPoints"]) == 16


def test_a_cell_is_highlighted() -> None:
    after = annotated(pdf(grid(72, 700, [120, 80], 24, [["项目", "金额"], ["合计", "14.35"]])), "14.35")
    (highlight,) = highlights(after)
    assert 192 <= float(highlight["/Rect"][0]) <= 200


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_turned_pages(turn: int) -> None:
    matrices = {90: b"0 1 -1 0 595 0 cm\n", 180: b"-1 0 0 -1 595 842 cm\n", 270: b"0 -1 1 0 0 842 cm\n"}
    drawn = matrices[turn] + text(72, 500, "共投入15.7亿元，其中财政10亿元。")
    after = annotated(pdf(drawn, page_extra=b"/Rotate %d" % turn), "15.7亿元")
    (highlight,) = highlights(after)
    left, bottom, right, top = map(float, highlight["/Rect"])
    width, height = (right - left, top - bottom) if turn == 180 else (top - bottom, right - left)
    assert width == pytest.approx(48, abs=1)
    assert height < 20
