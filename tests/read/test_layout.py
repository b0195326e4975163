"""The blocks of a text: paragraphs, headings, captions, notes; wrapped lines joined, and only those."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.document import Block, BlockKind
from audit.read.layout import lay_out

LONG = "这一段文字说明情况，它的长度超过标题的两倍，并且以句号结束，所以上面的一行是标题。"


def kinds(text: str) -> list[tuple[str, str]]:
    return [(block.kind.value, block.span.of(text)) for block in lay_out(text)]


def headings(text: str) -> list[tuple[int, str]]:
    return [(b.level, b.span.of(text)) for b in lay_out(text) if b.kind is BlockKind.HEADING]


def test_lines_are_paragraphs_without_the_blanks_around_them() -> None:
    assert kinds("\n　　第一段。  \r\n\r\n\u00a0\n  第二段。") == [("paragraph", "第一段。"), ("paragraph", "第二段。")]


def test_numbered_headings_nest_as_official_documents_number_them() -> None:
    text = f"第一部分 概况\n一、综合\n（一）收入\n1.财政收入\n（1）税收收入\n{LONG}\n"
    assert [level for level, _ in headings(text)] == [1, 3, 4, 5, 6]


def test_items_that_run_on_are_no_headings() -> None:
    text = f"三项工作如下：\n1.修路\n2.架桥\n3.通水\n{LONG}\n"
    assert headings(text) == [(5, "3.通水")]
    assert headings("一、修路100公里，投资3亿元。\n二、架桥。\n") == []


def test_markdown_headings_are_told_by_their_marks() -> None:
    assert headings(f"## 收入 ##\n\n{LONG}\n") == [(2, "收入")]


def test_a_short_line_over_a_paragraph_is_a_heading_below_all_numbered_ones() -> None:
    text = f"某县脱贫攻坚纪实\n\n{LONG}\n\n金融扶贫精准筹资\n\n{LONG}\n\n{LONG}\n"
    assert headings(text) == [(1, "某县脱贫攻坚纪实"), (9, "金融扶贫精准筹资")]


@pytest.mark.parametrize("line", ["共4种模式：", "图为现场。 李某摄", "尊敬的各位代表，", "3.2 亿元，同比增长5%。"])
def test_what_runs_like_a_sentence_is_no_heading(line: str) -> None:
    assert headings(f"{LONG}\n{line}\n{LONG}\n") == []


def test_one_line_alone_is_a_paragraph() -> None:
    assert kinds("全县共有贫困户100户") == [("paragraph", "全县共有贫困户100户")]


def test_captions_and_notes_of_tables() -> None:
    text = "2012年地区生产总值\n单位：亿元\n| 指标 | 数值 |\n| 一产 | 153.6 |\n注：按现价计算。\n"
    assert [kind for kind, _ in kinds(text)] == ["caption", "caption", "table", "footnote"]
    assert kinds("表3-1 各镇人口情况")[0][0] == "caption"
    assert kinds("图5个百分点以内。")[0][0] == "paragraph"


# ---------------------------------------------------------------- wrapped lines

PARAGRAPHS = (
    "　　今年以来，全县认真落实上级各项决策部署，坚持稳中求进工作总基调，统筹推进各项工作，经济运行总体平稳。",
    "　　全县共筹集资金15.7亿元，其中财政资金8200万元，信贷资金10.85亿元，专项资金3.5亿元，全部用于民生工程。",
    "　　一是加大投入。完成投资28.6亿元，增长12.5%，新建道路126公里，改造危房2300户，受益群众达到1.2万人。",
)


def wrap(paragraph: str, cells: int, gap: str = "\n") -> str:
    lines, line, used = [], "", 0
    for unit in re.findall(r"[0-9.%]+|.", paragraph):
        size = sum(2 if character > "\x7f" else 1 for character in unit)
        if used + size > cells and not (unit in "，。、" and used + size <= cells + 2):
            lines.append(line)
            line, used = "", 0
        line += unit
        used += size
    return gap.join([*lines, line])


@pytest.mark.parametrize("gap", ["\n", "\r\n", "\n\n", "\n\n\n"])
@pytest.mark.parametrize("cells", [40, 52, 58])
def test_wrapped_paragraphs_are_joined(cells: int, gap: str) -> None:
    text = gap.join(wrap(paragraph, cells, gap) for paragraph in PARAGRAPHS * 2)
    blocks = lay_out(text)
    joined = [re.sub(r"\s", "", block.span.of(text)) for block in blocks]
    assert joined == [paragraph.strip() for paragraph in PARAGRAPHS * 2]


def test_rows_of_numbers_between_wrapped_paragraphs_are_neither_joined_nor_in_the_way() -> None:
    rows = "\n".join(f"{name}镇税收收入完成情况 {n}42{n} 135{n}6 {n}8.{n}%" for n, name in enumerate("甲乙丙丁", 1))
    sides = "全部税收收入合计 2035186 补助所属单位的各项支出\n上年结转结余收入 384720 年终结转结余支出 402913"
    text = "\n".join([*(wrap(paragraph, 58) for paragraph in PARAGRAPHS), rows, sides])
    blocks = [re.sub(r"\s", "", block.span.of(text)) for block in lay_out(text)]
    assert blocks[:3] == [paragraph.strip() for paragraph in PARAGRAPHS]
    assert len(blocks) == 3 + 4 + 2


def test_proportional_type_wraps_lines_at_uneven_places() -> None:
    sentence = "全市一般公共预算收入完成39.2亿元，为预算的103.4%，增长11.6%，税收收入27.5亿元；"
    text, start = sentence * 6, 0
    lines = []
    for size in [28, 31, 27, 30, 32, 28, 30, 27] * 2:
        lines.append(text[start : start + size])
        start += size
    text = "\n".join(line for line in lines if line)
    assert [re.sub(r"\s", "", block.span.of(text)) for block in lay_out(text)] == ["".join(lines)]


def test_headings_and_items_stay_apart_in_wrapped_text() -> None:
    body = "\n".join(wrap(paragraph, 52) for paragraph in PARAGRAPHS)
    text = f"{body}\n　　二、主要工作\n{body}\n　　（一）完善设施\n{body}\n"
    assert headings(text) == [(3, "二、主要工作"), (4, "（一）完善设施")]


def test_text_that_was_not_wrapped_is_not_joined() -> None:
    text = "\n".join(PARAGRAPHS)
    assert len(lay_out(text)) == 3
    names = "\n".join(
        [
            "金沙县召开全县关工委工作推进会",
            "脱贫攻坚应及时清理淤堵点",
            "致富闯路人带领贫困户奔小康",
            "重要的是给贫困户一份自立",
        ]
    )
    assert len(lay_out(names)) == 4


def test_a_sentence_broken_off_by_a_page_goes_on() -> None:
    first = "在他的积极协调帮助下，陈梅住上了新房子，全家人还享受到了国家规定的低保和医疗救助"
    text = f"{first}\n\n政策，每年能拿到近3000元的分成。\n\n下一段讲的是别的事情。"
    assert [block.span.of(text)[-6:] for block in lay_out(text)] == ["0元的分成。", "是别的事情。"]


def test_a_line_cannot_begin_with_a_full_stop() -> None:
    text = "一般公共服务支出（类）行政运行（项）\n      。主要用于：人员支出。"
    assert len(lay_out(text)) == 1


def test_a_line_cannot_begin_with_decimals() -> None:
    assert len(lay_out("第二产业增加值170\n.37亿元。")) == 1


# ---------------------------------------------------------------- properties

LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "",
                "   ",
                "| a | b |",
                "|---|---|",
                "| 甲 | | 3 |",
                "a | b",
                "--- | ---",
                "一、综合",
                "名称    数量    金额",
                "甲      12      3.5",
                "<table><tr><td>1</td></tr></table>",
                "<table>",
                "</table>",
                "<td>",
                "单位：万元",
                "\f",
                "　　投资3.2亿元，",
                "# 题",
            ]
        ),
        st.text(max_size=30),
    ),
    max_size=25,
)


@given(LINES)
def test_blocks_cover_the_text_in_order_without_overlap(lines: list[str]) -> None:
    text = "\n".join(lines)
    blocks = lay_out(text)
    covered = [offset for block in blocks for offset in range(block.span.start, block.span.end)]
    assert covered == sorted(set(covered))
    assert {at for at, character in enumerate(text) if not character.isspace() and character != "#"} <= set(covered)


@given(LINES)
def test_blocks_begin_and_end_with_ink(lines: list[str]) -> None:
    text = "\n".join(lines)
    for block in lay_out(text):
        assert block.span.of(text) == block.span.of(text).strip()
        assert (block.table is not None) == (block.kind is BlockKind.TABLE)
        assert (block.level > 0) == (block.kind is BlockKind.HEADING)


@given(LINES)
def test_cells_lie_in_their_table_in_order(lines: list[str]) -> None:
    text = "\n".join(lines)
    for block in lay_out(text):
        if block.table is not None:
            cells = [cell for row in block.table.rows for cell in row]
            assert all(block.span.contains(cell.span) for cell in cells)
            assert [cell.span.start for cell in cells] == sorted(cell.span.start for cell in cells)
            assert all(cell.row == number for number, row in enumerate(block.table.rows) for cell in row)
            for row in block.table.rows:
                columns = [cell.column for cell in row]
                assert columns == sorted(set(columns))


def _steps(text: str) -> int:
    """How many calls and returns laying out takes: a measure of work that does not depend on the machine."""
    import sys

    steps = 0

    def count(*event: object) -> None:
        nonlocal steps
        steps += 1

    sys.setprofile(count)
    try:
        blocks: tuple[Block, ...] = lay_out(text)
    finally:
        sys.setprofile(None)
    assert blocks
    return steps


@pytest.mark.parametrize(
    "unit",
    [
        "<table",
        "<td>",
        "<div>",
        "<table><tr>",
        "</table>",
        "a  1\n",
        "| a ",
        "| a |\n",
        "，",
        "一、",
        "字\n",
        "-|",
        "1 " * 3,
        "\f",
    ],
)
def test_work_grows_with_the_length_of_the_text(unit: str) -> None:
    small, large = _steps("甲" + unit * 400), _steps("甲" + unit * 1600)
    assert large <= 5 * small + 200
