"""Tables as evidence: which cells make up which, and that nothing is bound that the table does not assert."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from types import FrameType

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from audit.extract import extract
from audit.outline import Node, build_outline
from audit.outline.tables import find_repeats_of_tables, find_tables
from audit.read import read_text


def nodes(*lines: str) -> list[Node]:
    document = read_text("\n".join(lines))
    return list(find_tables(build_outline(document, extract(document))))


def citations(*lines: str) -> list[Node]:
    document = read_text("\n".join(lines))
    return list(find_repeats_of_tables(build_outline(document, extract(document))))


def told(found: Sequence[Node]) -> list[str]:
    """`total=parts-less` of each node, as printed."""
    return [
        " ".join(f"{name}={'、'.join(f.claim.text for f in slot)}" for name, slot in n.slots if slot) for n in found
    ]


def table(*rows: str) -> list[str]:
    return ["| " + " | ".join(row.split()) + " |" for row in rows]


# ---------------------------------------------------------------- what nothing marks
_SERIES = (
    "年份 总人口 男性 女性",
    "1978 457.70 234.18 223.52",
    "1979 462.07 235.78 226.29",
    "1980 465.99 237.98 228.01",
)


def test_columns_that_come_out_even_in_every_row_are_totals() -> None:
    found = nodes(*table(*_SERIES))
    assert told(found)[0] == "total=457.70 parts=234.18、223.52"
    assert all("unmarked" in node.features for node in found)


def test_columns_that_come_out_even_in_two_rows_only_are_none() -> None:
    assert not nodes(*table(*_SERIES[:3]))


def test_a_row_filled_otherwise_than_the_others_is_not_told() -> None:
    rows = ["项目 期初 收到 转出 期末", "甲 569.52 - 142.38 427.14", "乙 140.08 - 30.05 110.03"]
    rows += ["丙 706.52 - 99.74 606.78", "丁 104.27 - 20.85 83.42", "戊 86.04 200.00 29.12 256.92"]
    assert not [node for node in nodes(*table(*rows)) if any("86.04" in said for said in told([node]))]


def test_two_rows_near_a_row_make_it_up_but_tell_nothing_where_they_do_not() -> None:
    rows = ["项目 2020年 2021年 2022年", "资产 6127.41 7075.52 8244.93", "负债 3751.61 4332.14 5048.37"]
    assert told(nodes(*table(*rows, "权益 2375.80 2743.38 3196.56")))[0] == "total=6127.41 parts=3751.61、2375.80"
    assert not [said for said in told(nodes(*table(*rows, "权益 2375.80 2743.38 3169.56"))) if "3169.56" in said]


def test_rows_above_their_parts_need_columns_that_agree() -> None:
    rows = ["项目 2005年 2010年", "消费总量 57539.9 91894.2", "工业 40303.6 64877.0", "建筑业 724.8 1902.3"]
    assert "total=57539.9 parts=40303.6、724.8、16511.5" in told(nodes(*table(*rows, "其他 16511.5 25114.9")))
    assert not nodes(*table(*rows, "其他 16511.5 25141.9"))


# ---------------------------------------------------------------- totals
def test_totals_of_totals_come_out_one_level_at_a_time() -> None:
    found = nodes(
        *table(
            "项目 期末 期初",
            "甲 10.5 9.1",
            "乙 20.1 8.2",
            "小计 30.6 17.3",
            "丙 5.2 4.4",
            "丁 6.3 3.3",
            "小计 11.5 7.7",
            "合计 42.1 25.0",
        )
    )
    assert told(found)[::2] == [
        "total=30.6 parts=10.5、20.1",
        "total=11.5 parts=5.2、6.3",
        "total=42.1 parts=30.6、11.5",
    ]


def test_rows_of_which_are_no_further_parts() -> None:
    found = nodes(
        *table(
            "项目 期末 期初",
            "甲 301.47 364.94",
            "其中：丙 201.62 142.15",
            "丁 99.85 222.78",
            "乙 8.43 8.81",
            "合计 309.90 373.75",
        )
    )
    assert "total=309.90 parts=301.47、8.43" in told(found)
    assert "total=301.47 parts=201.62、99.85" in told(found)


def test_a_list_of_which_may_be_incomplete() -> None:
    found = nodes(
        *table(
            "项目 期末 期初",
            "股本 43.7 43.7",
            "盈余公积 9.4 6.4",
            "其中：公益金 3.1 2.1",
            "未分配利润 49.0 25.3",
            "合计 102.1 75.4",
        )
    )
    assert told(found)[0] == "total=102.1 parts=43.7、9.4、49.0"


def test_empty_rows_of_which_are_not_taken_for_headings() -> None:
    rows = ("货币资金 98.5 10.1", "应收款 104.3 20.2", "存货 84.3 5.5", "合计 287.1 35.8")
    body = table(*rows)
    body[2:2] = ["| 其中：应收利息 | | |", "| 应收股利 | 722.2 | |"]
    assert "total=287.1 parts=98.5、104.3、84.3" in told(nodes("| 项目 | 期末 | 期初 |", *body))


def test_numbering_tells_levels() -> None:
    found = nodes(
        "| 序号 | 费用 | 金额 | 比例（%） |",
        "| 1 | 工程 | 2499.1 | 83.46 |",
        "| 1.1 | 建筑 | 1183.0 | 39.51 |",
        "| 1.2 | 设备 | 1316.1 | 43.95 |",
        "| 2 | 其他 | 495.2 | 16.54 |",
        "| | 合计 | 2994.3 | 100.00 |",
    )
    assert told(found)[:2] == ["total=2499.1 parts=1183.0、1316.1", "total=83.46 parts=39.51、43.95"]
    assert "total=2994.3 parts=2499.1、495.2" in told(found)


def test_unmarked_levels_are_told_by_a_nomenclature() -> None:
    found = nodes(
        "单位：亿元",
        *table(
            "指标 指标值",
            "地区生产总值 4000.5",
            "第一产业 153.6",
            "第二产业 3235.9",
            "工业 3157.4",
            "建筑业 78.5",
            "第三产业 611.0",
            "金融业 221.7",
            "其他服务业 389.3",
        ),
    )
    assert told(found) == [
        "total=4000.5 parts=153.6、3235.9、611.0",
        "total=3235.9 parts=3157.4、78.5",
        "total=611.0 parts=221.7、389.3",
    ]


def test_results_after_less_and_plus() -> None:
    found = nodes(
        *table(
            "项目 本期 上期",
            "一、营业收入 812.25 825.09",
            "减：营业成本 587.09 619.84",
            "管理费用 54.14 76.49",
            "加：其他收益 8.72 2.78",
            "二、营业利润 179.74 131.54",
        )
    )
    assert told(found)[0] == "total=179.74 parts=812.25、8.72 less=587.09、54.14"


def test_flows_in_and_out_leave_the_net_flow() -> None:
    found = nodes(
        *table(
            "项目 2006年 2005年", "现金流入小计 128.97 221.35", "现金流出小计 106.47 192.42", "现金流量净额 22.50 28.93"
        )
    )
    assert told(found)[0] == "total=22.50 parts=128.97 less=106.47"


def test_a_total_in_the_first_row_sums_up_every_group_below() -> None:
    found = nodes(
        *table(
            "项目 2019年 2018年",
            "收入合计 100.5 90.5",
            "分行业",
            "医药 60.2 50.1",
            "染料 40.3 40.4",
            "分地区",
            "国内 70.1 60.2",
            "国外 30.4 30.3",
        )
    )
    assert told(found)[::2] == ["total=100.5 parts=60.2、40.3", "total=100.5 parts=70.1、30.4"]


def test_columns_add_up_across() -> None:
    found = nodes(*table("专业 工程 外贸 管理 合计", "硕士 5 2 6 13", "本科 50 20 20 90", "合计 55 22 26 103"))
    assert "total=90 parts=50、20、20" in told(found)


def test_balances_roll_forward() -> None:
    found = [
        n
        for n in nodes(
            *table(
                "项目 期初余额 本期增加 本期减少 期末余额",
                "甲 159.66 15.40 135.95 39.11",
                "乙 380.50 4.23 113.13 271.60",
            )
        )
        if n.form == "balance"
    ]
    assert told(found) == ["total=39.11 parts=159.66、15.40 less=135.95", "total=271.60 parts=380.50、4.23 less=113.13"]


@pytest.mark.parametrize("heading", ["毛利率", "单价（元）", "同比增长（%）"])
def test_rates_are_not_summed(heading: str) -> None:
    assert not nodes(*table(f"产品 {heading}", "甲 10.5", "乙 20.5", "合计 31.0"))


def test_an_average_below_a_column_without_a_heading_is_no_wrong_total() -> None:
    found = nodes(*table("甲 10.5 4.34", "乙 20.1 28.51", "合计 30.6 13.47"))
    assert told(found) == ["total=30.6 parts=10.5、20.1"]


def test_glued_cells_silence_their_row() -> None:
    assert not nodes(*table("项目 2005年 2004年", "甲乙 8,494.1011,125.71 30.3", "丙 1.5 2.5", "合计 99.5 32.8"))


# ---------------------------------------------------------------- ratios
def test_shares_of_columns_and_of_rows() -> None:
    assert "part=60.5 base=100.5 share=60.2%" in told(
        nodes(*table("产品 金额 占比", "甲 60.5 60.2%", "乙 40.0 39.8%", "合计 100.5 100%"))
    )
    rows = table(
        "地区 2006年 2005年",
        "省内 96.4 69.4",
        "占收入的比例(%) 88.60 88.41",
        "省外 12.4 9.1",
        "占收入的比例(%) 11.40 11.59",
        "合计 108.8 78.5",
    )
    assert "part=96.4 base=108.8 share=88.60" in told(nodes(*rows))


def test_growth_and_changes_of_columns() -> None:
    rows = table("项目 2019年 2018年 同比增减", "甲 59.6 43.7 36.4%", "乙 38.6 34.9 10.6%", "丙 14.07% 11.35% 2.72%")
    found = told(nodes(*rows))
    assert "after=59.6 before=43.7 growth=36.4%" in found
    assert "after=14.07% before=11.35% change=2.72%" in found


def test_products_need_a_header_that_speaks_of_prices() -> None:
    rows = ("钻机 2 220.5 441.0", "泵 4 84.5 338.0", "车 3 30.1 90.3")
    assert sum(n.form == "product" for n in nodes(*table("设备 数量 单价 总价", *rows))) == 3
    assert not [n for n in nodes(*table("设备 甲 乙 丙", *rows)) if n.form == "product"]


# ---------------------------------------------------------------- text and tables
TABLE = [
    "（1）营业收入",
    "单位：亿元",
    *table("项目 2006年 2005年", "国内 551.23 426.06", "国外 91.17 96.36", "营业收入合计 642.40 522.42"),
]


def test_text_cites_a_row_and_a_period() -> None:
    found = citations(
        *TABLE, "2006年和2005年营业收入分别为642.40亿元和522.42亿元，营业收入2006年较2005年增加119.98亿元或22.97%。"
    )
    assert told(found) == [
        "first=642.40 second=642.40亿元",
        "first=522.42 second=522.42亿元",
        "after=642.40 before=522.42 change=119.98亿元",
        "after=642.40 before=522.42 growth=22.97%",
        "change=119.98亿元 before=522.42 growth=22.97%",
    ]


def test_one_of_several_cited_figures_may_be_misquoted() -> None:
    found = citations(*TABLE, "2006年和2005年营业收入分别为642.40亿元和522.24亿元。")
    assert told(found)[-1] == "first=522.42 second=522.24亿元"


@pytest.mark.parametrize(
    "text", ["2006年管理费用为642.40亿元。", "营业收入2004年为642.40亿元。", "管理费用2006年较2005年增加119.98亿元。"]
)
def test_another_name_or_period_is_another_quantity(text: str) -> None:
    assert not citations(*TABLE, text)


def test_tables_share_a_row() -> None:
    found = citations(*TABLE, "分部情况", *table("分部 2006年 2005年", "国内 551.23 426.06", "国外 80.11 80.22"))
    assert told(found) == ["first=551.23 second=551.23", "first=426.06 second=426.06"]


# ---------------------------------------------------------------- properties
CENTS = st.integers(100_000, 9_999_999)
PARTS = st.lists(st.lists(CENTS, min_size=4, max_size=4), min_size=2, max_size=9)


def _printed(cents: int) -> str:
    return f"{cents // 100:,}.{cents % 100:02d}"


@given(PARTS)
def test_a_true_total_is_bound_in_every_column(parts: list[list[int]]) -> None:
    total = [sum(column) for column in zip(*parts, strict=True)]
    assume(len(set(total)) == len(total))
    rows = [f"科目{n} " + " ".join(map(_printed, row)) for n, row in enumerate(parts)]
    found = nodes(*table("项目 2006年 2005年 2004年 2003年", *rows, "合计 " + " ".join(map(_printed, total))))
    sums = [node for node in found if node.form == "sum"]
    assert [node.slot("total")[0].claim.text for node in sums] == list(map(_printed, total))
    assert all(len(node.slot("parts")) == len(parts) for node in sums)
    assert all("confirmed" in node.features for node in sums)


@given(PARTS, st.data())
def test_a_slip_in_one_column_leaves_its_binding(parts: list[list[int]], data: st.DataObject) -> None:
    total = [sum(column) for column in zip(*parts, strict=True)]
    assume(len(set(total)) == len(total))
    column = data.draw(st.integers(0, 3))
    row = data.draw(st.integers(0, len(parts) - 1))
    parts[row][column] += data.draw(st.integers(10_000, 99_999))
    rows = [f"科目{n} " + " ".join(map(_printed, each)) for n, each in enumerate(parts)]
    found = nodes(*table("项目 2006年 2005年 2004年 2003年", *rows, "合计 " + " ".join(map(_printed, total))))
    wrong = [
        node for node in found if node.slot("total") and node.slot("total")[0].claim.text == _printed(total[column])
    ]
    assert any(len(node.slot("parts")) == len(parts) and "confirmed" in node.features for node in wrong)


@given(st.lists(st.lists(CENTS, min_size=3, max_size=3), min_size=2, max_size=8, unique_by=tuple))
def test_rows_without_a_mark_are_never_called_wrong(rows: list[list[int]]) -> None:
    names = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛"]
    lines = [f"{name} " + " ".join(map(_printed, row)) for name, row in zip(names, rows, strict=False)]
    for node in nodes(*table("名称 第一 第二 第三", *lines)):
        parts = sum(f.claim.value for f in node.slot("parts")) - sum(f.claim.value for f in node.slot("less"))
        assert parts == node.slot("total")[0].claim.value


def _calls(lines: Sequence[str]) -> int:
    document = read_text("\n".join(lines))
    outline = build_outline(document, extract(document))
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        list(find_tables(outline))
        list(find_repeats_of_tables(outline))
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize(
    "row",
    [
        "甲 5.5 6.5",
        "合计 5.5 6.5",
        "其中：甲 5.5 6.5",
        "一、甲 5.5 6.5",
        "减：甲 5.5 6.5",
        "净额 5.5 6.5",
        "1.1 甲 5.5 6.5",
        "第一产业 5.5 6.5",
    ],
)
def test_work_grows_with_the_number_of_rows(row: str) -> None:
    header = table("项目 2006年 2005年")
    body = table(row)
    _calls(header + body * 20)  # what is compiled once must not count
    short, long = _calls(header + body * 250), _calls(header + body * 500)
    assert long < 2.4 * short
