"""HTML: what a browser shows without scripts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from audit.document import BlockKind, Document
from audit.engine import audit_sources
from audit.read import ReadError, Source
from audit.read.formats.html import read
from audit.read.web.source import SourceText
from audit.rule.load import shipped_rules
from audit.suppression import silence


def page(source: str) -> Document:
    return read("a.html", source.encode())


def words(document: Document) -> list[Any]:
    text = document.text
    return [
        block.span.of(text) if block.table is None else [[c.span.of(text) for c in row] for row in block.table.rows]
        for block in document.blocks
    ]


@pytest.mark.parametrize(
    "source",
    [
        "<p>投入<b>15</b>.7亿元</p>",
        "<p>投入<span>15.7</span><script>8</script>亿元<style>p {}</style>",
        "<div>投入15.7\n   亿元</div>",
        "投入15&#46;7&nbsp;亿元",
        "<p>投入15.7亿元<span style='color: red; display:none'>，另有9亿元</span></p>",
        "<p>投入15.7亿元<i hidden>9</i><!-- 8亿元 --></p>",
        "<html><head><title>1亿元</title></head><body>投入15.7亿元</body></html>",
        "<html><head><title>1亿元</title><body>投入15.7亿元",
        "<p>投入15.&shy;7&#8203;亿元",
        "<P>投入<B>15.7</B>亿元</P>",
        "<p>投入15.7亿元<template><p>8亿元</template><noscript>9亿元</noscript><svg><text>1</text></svg>",
        "<p>投入<del>9</del>15.7亿元",
        "<p>投入<dialog>9</dialog>15.7<!-- 8 --!><!doctype x><?pi 7?><![CDATA[6]]>亿元",
        "<b>投入<i>15.7</b>亿</i>元",
        "<p>投入15.7<span hidden><div>另有<p>9亿元</div></span>亿元",
        "<script><!-- write('<script>8</script>') --></script><p>投入15.7亿元",
        "<table hidden><tr><td>8<tr><td>9</table>投入15.7亿元",
    ],
)
def test_text_as_a_browser_shows_it(source: str) -> None:
    assert page(source).text.replace(" ", "") == "投入15.7亿元\n"


def test_blocks_headings_and_lists() -> None:
    found = page("<h2>概况</h2><p>甲1亿元<p>乙2亿元<br>丙3亿元<ol start=2><li>丁<li>戊</ol><ul><li>己</ul>")
    assert words(found) == ["概况", "甲1亿元", "乙2亿元", "丙3亿元", "2. 丁", "3. 戊", "己"]
    assert (found.blocks[0].kind, found.blocks[0].level) == (BlockKind.HEADING, 2)


def test_raised_digits_are_no_part_of_a_figure() -> None:
    assert page("<p>15.7亿元<sup>1</sup>，PM<sub>2.5</sub></p>").text == "15.7亿元¹，PM₂.₅\n"


def test_places_are_those_of_the_source() -> None:
    found = page("<div>\n <p>甲1亿元</p>\n<p>\n  乙2亿元</p></div>")
    assert [place for _, place in found.places] == ["第2行第5列", "第4行第3列"]


@pytest.mark.parametrize(
    "marked",
    [
        "<p>&nbsp;&#12288;<b>^甲</b>",
        "<p>\r\n\t<a href='x>y' title=\"甲\">^甲</a>",
        "<title>甲</title><script>'甲'</script><p hidden>甲</p><!-- 甲 --><p>^甲",
        "<p>^甲&lt;<p>&lt;甲",
        "<style/>^&hellip;甲",
        "<textarea><p>甲</textarea>^a<br/>甲",
        "\n<script src=a/>甲</script>\n <p a=b/>^甲",
    ],
)
def test_places_are_exact(marked: str) -> None:
    before = marked[: marked.index("^")]
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    assert page(marked.replace("^", "")).places[0][1] == f"第{line}行第{column}列"


def test_places_of_cells_are_those_of_their_texts() -> None:
    found = page("<table>\n<tr><td>项目<td> <b>数</b>\n<tr><td>甲<td>1</table>")
    assert [place for _, place in found.places] == ["第2行第9列", "第2行第19列", "第3行第9列", "第3行第14列"]


@pytest.mark.parametrize("end", ["</p>", "</br>", "<br>", "</P >"])
def test_what_breaks_a_line_parts_figures(end: str) -> None:
    assert page(f"<div>共15{end}20户</div>").text == "共15\n20户\n"


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ('<p>甲1亿元</p><p class="a>乙2亿元</p>', "第1行"),
        ("<p>甲1亿元\n<!-- 乙2亿元", "第2行"),
        ("<p>甲1亿元\n<textarea>乙2亿元", "第2行"),
        ("<p>甲1亿元\n\n<p 乙2亿元", "第3行"),
    ],
)
def test_text_that_is_swallowed_is_told(source: str, told: str) -> None:
    found = page(source)
    assert found.text.strip() == "甲1亿元"
    assert [told in skipped.reason for skipped in found.unread] == [True]


def test_a_parser_that_gives_text_up_is_found_out() -> None:
    text = SourceText("<p>甲1亿元<p>乙2亿元<p>丙 3 亿元")
    assert [text.locate("甲1亿元"), text.locate("丙 3 "), text.locate("\n"), text.locate("丁")] == [
        (1, 4),
        (1, 18),
        None,
        None,
    ]
    assert text.left_out() == (1, 6)


def test_table_with_spans_and_caption() -> None:
    found = page(
        "<table><caption>表1 收支（单位：万元）</caption><thead><tr><th rowspan=2>项目<th colspan=2>收入</tr>"
        "<tr><th>本年<th>上年</thead><tr><td>合计</td><td>3</td><td>2</td></tr></table><p>后文"
    )
    assert words(found) == [
        "表1 收支（单位：万元）",
        [["项目", "收入"], ["本年", "上年"], ["合计", "3", "2"]],
        "后文",
    ]
    table = found.blocks[1].table
    assert table is not None
    assert [(c.row, c.column, c.row_span, c.column_span) for row in table.rows[:2] for c in row] == [
        (0, 0, 2, 1),
        (0, 1, 1, 2),
        (1, 1, 1, 1),
        (1, 2, 1, 1),
    ]
    assert found.blocks[0].kind is BlockKind.CAPTION


@pytest.mark.parametrize(
    "source",
    [
        "<table><tr><td>甲<td>1<tr><td>乙<td>2</table>",
        "<TABLE><TR><TD>甲</TD><TD>1</TD></TR><TR><TD>乙<TD>2</TABLE>",
        "<table><tr><td><font>甲<td><b>1<tr><td><span>乙<td><div>2</table>",
        "<div><table><tr><td><div>甲<td>1</td></tr><tr><td>乙</td><td>2</td></tr></table></div>",
        "<table><tr hidden><td><span>丙<td>3<tr><td>甲<td>1<tr><td>乙<td style='display:none'>9<td>2</table>",
        "<table><td>甲<td>1</td></td></tr></tr><tr><td>乙</td></p><td>2</table>",
        "<table><tbody><form><tr><td>甲<td>1</tr></tbody></form><tfoot><tr><td>乙<td>2</table>",
    ],
)
def test_cells_that_are_never_closed(source: str) -> None:
    assert words(page(source)) == [[["甲", "1"], ["乙", "2"]]]


def test_a_table_in_a_cell_that_is_never_closed() -> None:
    found = page("<table><tr><td>前文<table><tr><td><b>甲<td>1<tr><td>乙<td>2</table>后文<tr><td>末</table>")
    assert words(found) == ["前文", [["甲", "1"], ["乙", "2"]], "后文", "末"]


def test_tables_that_lay_out_a_page_are_none() -> None:
    inner = "<table><tr><td>甲<td>1<tr><td>乙<td>2</table>"
    assert words(page(f"<table><tr><td>导航<td><p>正文。{inner}<p>后文。</table>")) == [
        "导航",
        "正文。",
        [["甲", "1"], ["乙", "2"]],
        "后文。",
    ]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "big5"])
def test_encodings(encoding: str) -> None:
    text = "<p>全年投入資金15.7億元，比上年增長8.2%，其中財政資金10億元。</p>"
    assert "15.7億元" in read("a.htm", text.encode(encoding)).text


@pytest.mark.parametrize("declared", ["utf-8", "gb2312", "big5", "iso-8859-1", "x-unknown"])
def test_the_text_shows_its_encoding_whatever_the_page_declares(declared: str) -> None:
    text = f"<meta charset={declared}><p>全年投入资金15.7亿元，比上年增长8.2%。"
    for encoding in ("utf-8", "gb18030"):
        assert "投入资金15.7亿元" in read("a.html", text.encode(encoding)).text


def test_a_declared_encoding_decides_where_the_text_does_not() -> None:
    text = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312"><p>龘爨 15.7 yi, 犇骉'
    assert "龘爨 15.7 yi, 犇骉" in read("a.html", text.encode("gb18030")).text


@pytest.mark.parametrize("source", ["<div>" * 5000 + "投入1亿元", "<table><tr><td>" * 3000 + "投入1亿元"])
def test_text_deep_down_is_read(source: str) -> None:
    assert page(source).text == "投入1亿元\n"


def test_what_is_nested_beyond_all_reason_is_refused() -> None:
    with pytest.raises(ReadError, match="嵌套"):
        page("<div>" * 100_000 + "投入1亿元")


@pytest.mark.parametrize("source", ["<p></p>", "<script>1亿元</script>", "<p hidden>1亿元"])
def test_pages_without_text_are_refused(source: str) -> None:
    with pytest.raises(ReadError, match="没有文字"):
        page(source)


@pytest.mark.parametrize(
    "source", ["<p>甲<!-- 乙", "<p>甲<table><td>乙", "</p></td><p>甲</div></table>乙", "<td>甲<li>乙"]
)
def test_broken_markup_loses_no_text(source: str) -> None:
    assert "甲" in page(source).text


def test_comments_to_this_program_silence_findings(tmp_path: Path) -> None:
    slip = "贫困发生率由15.2%下降到19.7%。"
    comment = "<!-- figure-audit: ignore[from-to-direction] 口径不同，见附注三 -->"
    (tmp_path / "a.html").write_text(f"<p>{slip}</p><p>{slip}{comment}</p>", encoding="utf-8")
    audit = audit_sources([Source(str(tmp_path / "a.html"))], shipped_rules()).audits[0]
    kept, notices = silence(audit, [rule.id for rule in shipped_rules()])
    assert (len(audit.findings), len(kept.findings), notices) == (2, 1, [])
