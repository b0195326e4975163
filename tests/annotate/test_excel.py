"""Comments at the cells of a workbook."""

from __future__ import annotations

import io

import openpyxl  # type: ignore[import-untyped]
from openpyxl.comments import Comment  # type: ignore[import-untyped]

from audit.annotate import Signature
from audit.annotate.excel import write
from audit.annotate.note import Note
from audit.read.formats.excel import read
from audit.span import Span


def test_the_cell_gets_the_note_below_its_own_comment() -> None:
    book = openpyxl.Workbook()
    for row in (["项目", "金额"], ["财政", 10.85], ["信贷", 3.5], ["合计", 15.35]):
        book.active.append(row)
    book.active["B4"].number_format = "0.00"
    book.active["B4"].comment = Comment("原批注", "某人")
    stream = io.BytesIO()
    book.save(stream)
    said = read("a.xlsx", stream.getvalue()).text
    start = said.index("15.35")
    after = write("a.xlsx", stream.getvalue(), [Note(Span(start, start + 5), "应为14.35")], Signature("审计组", "SJ"))
    copy = openpyxl.load_workbook(io.BytesIO(after))
    assert copy.active["B4"].comment.text == "原批注\n应为14.35"
    assert copy.active["B4"].comment.author == "审计组"
    assert copy.active["B4"].number_format == "0.00"
    assert read("a.xlsx", after).text == said
