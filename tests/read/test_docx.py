"""Word: what the reader shows is what Word shows."""

from __future__ import annotations

from typing import Any

import pytest

from audit.document import BlockKind, Document
from audit.read import ReadError
from audit.read.formats.docx import read
from audit.read.word.numbering import written
from tests.read.word_files import cell, package, paragraph, run, table


def document(body: str, **parts: str) -> Document:
    return read("a.docx", package(body, parts))


def words(read_document: Document) -> list[Any]:
    """Paragraphs as their text, tables as rows of cells."""
    text = read_document.text
    return [
        block.span.of(text) if block.table is None else [[c.span.of(text) for c in row] for row in block.table.rows]
        for block in read_document.blocks
    ]


@pytest.mark.parametrize(
    "inline",
    [
        run("投入1") + run("5.7", "<w:b/>") + run("亿元"),
        run("投入") + f"<w:ins>{run('15')}</w:ins><w:del><w:r><w:delText>9</w:delText></w:r></w:del>" + run(".7亿元"),
        run("投入") + f'<w:hyperlink r:id="x">{run("15.7")}</w:hyperlink>' + run("亿元"),
        run("投入") + f"<w:sdt><w:sdtContent>{run('15.7亿')}</w:sdtContent></w:sdt>" + run("元"),
        run("投入") + f"<w:moveTo>{run('15.7')}</w:moveTo><w:moveFrom>{run('8')}</w:moveFrom>" + run("亿元"),
        run("投入")
        + '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF 1</w:instrText></w:r>'
        + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + run("15.7亿元"),
        run("投入") + f'<w:fldSimple w:instr="REF">{run("15.7")}</w:fldSimple>' + run("亿元"),
        run("投入15.") + run("6", "<w:vanish/>") + run("7亿元"),
        run("投入15.\u200b7亿元"),
        run("投入") + f"<mc:AlternateContent><mc:Choice>{run('15.7')}</mc:Choice>"
        f"<mc:Fallback>{run('15.7')}</mc:Fallback></mc:AlternateContent>" + run("亿元"),
    ],
)  # fmt: skip
def test_text_as_word_shows_it(inline: str) -> None:
    assert document(f"<w:p>{inline}</w:p>").text == "投入15.7亿元\n"


def test_raised_digits_are_no_part_of_a_figure() -> None:
    raised = '<w:vertAlign w:val="superscript"/>'
    assert document(f"<w:p>{run('15.7亿元')}{run('1', raised)}{run('，2亿元')}</w:p>").text == "15.7亿元¹，2亿元\n"


def test_lines_broken_by_hand() -> None:
    broken = f"<w:p>{run('一产10亿元；')}<w:r><w:br/></w:r>{run('二产20亿元')}</w:p>"
    assert words(document(broken)) == ["一产10亿元；", "二产20亿元"]


def test_text_boxes_follow_their_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph('框内3亿元')}</w:txbxContent>"
    shape = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:wsp>{box}</wps:wsp></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    found = document(f"<w:p>{run('正文2亿元')}{shape}</w:p>")
    assert found.text == "正文2亿元\n框内3亿元\n"
    assert [place for _, place in found.places] == ["第1段", "第1段文本框"]


def test_notes_headers_and_footers_come_last() -> None:
    found = document(
        f'<w:p>{run("投入2亿元")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>{paragraph("后文。")}',
        footnotes=f'<w:footnote w:id="0" w:type="separator">{paragraph("线")}</w:footnote>'
        f'<w:footnote w:id="2">{paragraph("含贷款1亿元")}</w:footnote>',
        header1=paragraph("2024年度审计报告"),
        header2=paragraph("2024年度审计报告"),
        footer1=paragraph("3"),
    )
    assert words(found) == ["投入2亿元", "后文。", "含贷款1亿元", "2024年度审计报告"]
    assert [block.kind for block in found.blocks][2:] == [BlockKind.FOOTNOTE] * 2
    assert [place for _, place in found.places] == ["第1段", "第2段", "脚注1", "页眉1"]


NUMBERING = (
    '<w:abstractNum w:abstractNumId="1">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>'
    '<w:lvl w:ilvl="3"><w:numFmt w:val="bullet"/><w:lvlText w:val="·"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)


def numbered(text: str, depth: int, number: int = 1) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')


def test_automatic_numbers_are_text() -> None:
    body = "".join(
        numbered(text, depth)
        for text, depth in [("收入", 0), ("税收", 1), ("非税", 1), ("5亿元", 2), ("点", 3), ("支出", 0), ("基本", 1)]
    )
    found = words(document(body + numbered("另起", 0, 2), numbering=NUMBERING))
    assert found == ["一、收入", "（一）税收", "（二）非税", "1. 5亿元", "点", "二、支出", "（一）基本", "一、另起"]


@pytest.mark.parametrize(
    ("number", "form", "said"),
    [
        (10, "chineseCounting", "十"),
        (12, "chineseCounting", "十二"),
        (105, "chineseCounting", "一百零五"),
        (110, "chineseCounting", "一百一十"),
        (3, "decimalEnclosedCircle", "③"),
        (28, "lowerLetter", "bb"),
        (1994, "upperRoman", "MCMXCIV"),
        (3, "ideographTraditional", "丙"),
        (99, "ideographTraditional", "99"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (7, "of no kind", "7"),
    ],
)
def test_numbers_as_word_writes_them(number: int, form: str, said: str) -> None:
    assert written(number, form) == said


def test_styles_make_headings_and_captions() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="heading 2"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr>'
        '</w:style><w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="c"><w:name w:val="caption"/></w:style>'
    )
    body = [("发展，成就", "b"), ("全年投入2亿元。", ""), ("收支情况", "c"), ("末段。", "")]
    found = document("".join(paragraph(t, f'<w:pStyle w:val="{s}"/>') for t, s in body), styles=styles)
    kinds = [(block.kind, block.level) for block in found.blocks]
    assert kinds[0] == (BlockKind.HEADING, 2)
    assert kinds[2] == (BlockKind.CAPTION, 0)


def test_merged_cells() -> None:
    found = document(
        table(
            cell("项目", '<w:vMerge w:val="restart"/>') + cell("收入", '<w:gridSpan w:val="2"/>'),
            cell("", "<w:vMerge/>") + cell("本年") + cell("上年"),
            cell("合计") + cell("3") + cell("2"),
        )
    )
    made = found.blocks[0].table
    assert made is not None
    cells = [(c.span.of(found.text), c.row, c.column, c.row_span, c.column_span) for row in made.rows for c in row]
    assert cells == [
        ("项目", 0, 0, 2, 1), ("收入", 0, 1, 1, 2), ("本年", 1, 1, 1, 1), ("上年", 1, 2, 1, 1),
        ("合计", 2, 0, 1, 1), ("3", 2, 1, 1, 1), ("2", 2, 2, 1, 1),
    ]  # fmt: skip
    assert found.text == "| 项目 | 收入 | |\n| | 本年 | 上年 |\n| 合计 | 3 | 2 |\n"
    assert found.places[-1][1] == "表1第3行第3列"


def test_nested_tables_follow_the_table_around_them() -> None:
    inner = table(cell("甲") + cell("1"), cell("乙") + cell("2"))
    outer = table(f"<w:tc><w:tcPr/>{paragraph('外')}{inner}{paragraph('')}</w:tc>" + cell("5"))
    assert words(document(outer)) == [[["外", "5"]], [["甲", "1"], ["乙", "2"]]]


def test_a_table_deep_inside_others_is_read_or_the_document_refused() -> None:
    inner = table(cell("底层") + cell("15.7"))
    for _ in range(60):
        inner = table(f"<w:tc><w:tcPr/>{paragraph('外')}{inner}{paragraph('')}</w:tc>" + cell("1"))
    assert words(document(inner))[-1] == [["底层", "15.7"]]
    for _ in range(30):
        inner = table(f"<w:tc><w:tcPr/>{inner}{paragraph('')}</w:tc>" + cell("1"))
    with pytest.raises(ReadError, match="depth"):
        document(inner)


def test_a_table_of_one_column_frames_paragraphs() -> None:
    assert words(document(table(cell("第一段。"), cell("第二段。")))) == ["第一段。", "第二段。"]


def test_deleted_rows_are_gone() -> None:
    rows = cell("甲") + cell("1"), "<w:trPr><w:del/></w:trPr>" + cell("乙") + cell("2"), cell("丙") + cell("3")
    assert words(document(table(*rows))) == [[["甲", "1"], ["丙", "3"]]]


_RUN_ON = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (f"<w:p>{_RUN_ON}{run('投入15.')}</w:p><w:p>{run('7亿元')}</w:p>", ["投入15.7亿元"]),
        (f"<w:p>{_RUN_ON}{run('投入')}</w:p>" * 2 + f"<w:p>{run('7亿元')}</w:p>", ["投入投入7亿元"]),
        (f"<w:p>{_RUN_ON}<w:del><w:r><w:delText>9</w:delText></w:r></w:del></w:p>" + paragraph("甲"), ["甲"]),
        (f"<w:p>{_RUN_ON}{run('末段')}</w:p>", ["末段"]),
        (f"<w:p>{_RUN_ON}{run('表1')}</w:p>" + table(cell("甲") + cell("1")), ["表1", [["甲", "1"]]]),
        (table(f"<w:tc><w:p>{_RUN_ON}{run('15.')}</w:p><w:p>{run('7')}</w:p></w:tc>" + cell("1")), [[["15.7", "1"]]]),
    ],
)
def test_paragraphs_whose_marks_are_deleted_run_on(body: str, said: list[Any]) -> None:
    assert words(document(body)) == said


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"text", package("")[:-400]])
def test_what_is_no_word_document_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError) as caught:
        read("a.docx", data)
    assert "Word" in caught.value.reason


def test_an_empty_document_is_refused() -> None:
    with pytest.raises(ReadError, match="没有文字"):
        document(paragraph(""))
