"""Tables in a text: bars, HTML, and columns set with blanks; every cell points to its characters."""

from __future__ import annotations

import pytest

from audit.document import Table
from audit.read.layout import lay_out


def tables(text: str) -> list[Table]:
    return [block.table for block in lay_out(text) if block.table is not None]


def grid(text: str, table: Table) -> list[list[tuple[int, str]]]:
    return [[(cell.column, cell.span.of(text)) for cell in row] for row in table.rows]


def words(text: str, table: Table) -> list[list[str]]:
    return [[cell.span.of(text) for cell in row] for row in table.rows]


# ---------------------------------------------------------------- bars


def test_rows_between_bars() -> None:
    text = "前文。\n| 指标 | 数值 |\n|:---|---:|\n| 一产 | 153.6 |\n| 二产 | |\n后文。\n"
    assert words(text, *tables(text)) == [["指标", "数值"], ["一产", "153.6"], ["二产", ""]]


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n\r\n"])
def test_rows_may_stand_apart(gap: str) -> None:
    text = gap.join(["表头", "| 甲 | 1 |", "| 乙 | 2 |", "| 丙 | 3 |", "后文。"])
    assert words(text, *tables(text)) == [["甲", "1"], ["乙", "2"], ["丙", "3"]]


def test_a_wider_gap_begins_another_table() -> None:
    text = "| 甲 | 1 |\n| 乙 | 2 |\n\n| 丙 | 3 |\n| 丁 | 4 |\n"
    assert [len(table.rows) for table in tables(text)] == [2, 2]


def test_rows_without_outer_bars_follow_a_rule() -> None:
    text = "指标 | 数值\n--- | ---\n一产 | 153.6\n二产 | 3235.9\n\n甲 | 乙 之间\n"
    assert words(text, *tables(text)) == [["指标", "数值"], ["一产", "153.6"], ["二产", "3235.9"]]


def test_an_escaped_bar_stays_in_its_cell() -> None:
    text = "| a \\| b | c |\n| d | e |\n"
    assert words(text, *tables(text))[0] == ["a \\| b", "c"]


def test_bars_around_one_word_make_no_table() -> None:
    assert tables("| 大庆市统计局 |\n\n| 国家统计局大庆调查队 |\n") == []


def test_dashes_for_nothing_are_cells() -> None:
    text = "| 项目 | 本年 |\n|---|---|\n| 其他 | - |\n"
    assert words(text, *tables(text)) == [["项目", "本年"], ["其他", "-"]]


# ---------------------------------------------------------------- HTML


def test_html_tables_keep_their_grid() -> None:
    text = (
        '前文。<html><body><table border="1"><tr><th rowspan="2">类型</th><th colspan=2>面积</th></tr>'
        "<tr><td>1975年</td><td>1990年</td></tr>\n<tr><td>林地</td><td> 52 893.03 </td><td></td></tr>"
        "</table></body></html>后文。"
    )
    (table,) = tables(text)
    assert grid(text, table) == [
        [(0, "类型"), (1, "面积")],
        [(1, "1975年"), (2, "1990年")],
        [(0, "林地"), (1, "52 893.03"), (2, "")],
    ]
    assert (table.rows[0][0].row_span, table.rows[0][1].column_span) == (2, 2)
    assert [block.span.of(text) for block in lay_out(text) if block.table is None] == ["前文。", "后文。"]


def test_a_nested_table_is_text_of_its_cell() -> None:
    text = "<table><tr><td>外<table><tr><td>内</td></tr></table></td><td>2</td></tr></table>"
    (table,) = tables(text)
    assert [len(row) for row in table.rows] == [2]


def test_a_cell_that_is_not_closed_ends_with_the_next() -> None:
    text = "<TABLE><TR><TD>甲<TD>1<TR><TD>乙<TD>2</TABLE>"
    assert words(text, *tables(text)) == [["甲", "1"], ["乙", "2"]]


def test_a_table_that_is_not_closed_is_none() -> None:
    assert tables("<table><tr><td>1</td></tr>") == []


# ---------------------------------------------------------------- columns set with blanks

SET_OUT = """\
                          收入决算表
                                              单位：万元
    项目                 本年收入合计     财政拨款收入     其他收入

    合计                     9746.50          9646.50       100.00
208       社会保障支出         754.75           654.75       100.00

2080505   机关事业单位养老       446.11           446.11
          保险缴费支出
221       住房保障支出       8991.75          8991.75
注：本表反映各项收入情况。
"""


def test_columns_set_with_blanks_are_a_table() -> None:
    (table,) = tables(SET_OUT)
    rows = grid(SET_OUT, table)
    total = next(row for row in rows if row[0][1] == "合计")
    first = next(row for row in rows if row[0][1] == "208")
    assert [column for column, _ in total][1:] == [column for column, _ in first][2:]
    assert first[:2] == [(0, "208"), (1, "社会保障支出")]
    assert [row for row in rows if len(row) == 1] == [[(1, "保险缴费支出")]]
    kinds = [block.kind.value for block in lay_out(SET_OUT)]
    assert kinds == ["caption", "caption", "table", "footnote"]


def test_columns_set_with_tabs_are_a_table() -> None:
    text = "指标\t2011年\t2012年\n一产\t138.4\t153.6\n二产\t2946.2\t3235.9\n三产\t520.8\t611.0\n"
    (table,) = tables(text)
    assert grid(text, table)[1] == [(0, "一产"), (1, "138.4"), (2, "153.6")]
    assert {tuple(column for column, _ in row) for row in grid(text, table)} == {(0, 1, 2)}


def test_names_side_by_side_are_no_table() -> None:
    assert tables("张三    李四\n王五    赵六\n钱七    孙八\n") == []


def test_a_contents_list_of_a_few_lines_is_no_table() -> None:
    assert tables("第一章    概况\n第二章    收入\n第三章    支出\n") == []
