"""Grids: what stands in which row and column of a table, however its cells have slipped."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from audit.claim import Claim
from audit.extract import extract
from audit.grid import Grid, Sort, grids_of
from audit.read import read_text


def grids(*lines: str) -> tuple[Grid, ...]:
    return grids_of(read_text("\n".join(lines)))


def grid(*lines: str) -> Grid:
    (only,) = grids(*lines)
    return only


def cells(of: Grid) -> list[tuple[str, list[str]]]:
    return [(row.name, [slot.text if slot else "" for slot in row.slots]) for row in of.rows]


def headings(of: Grid) -> list[str]:
    return [column.heading for column in of.columns]


def claims(*lines: str) -> tuple[Claim, ...]:
    return extract(read_text("\n".join(lines))).claims


def test_rows_have_labels_and_columns_have_headings() -> None:
    of = grid(
        "| 项目 | 2005年 | 比例 |",
        "| 甲 | 6.97 | 29.1% |",
        "| 合 计 | 20.54 | 100% |",
    )
    assert headings(of) == ["2005年", "比例"]
    assert cells(of) == [("甲", ["6.97", "29.1%"]), ("合计", ["20.54", "100%"])]


def test_a_heading_over_several_columns_belongs_to_each() -> None:
    of = grid(
        "| | 2006年 | | 2005年 | |",
        "| | 金额 | 比重 | 金额 | 比重 |",
        "| 甲 | 1.5 | 60% | 1.2 | 50% |",
        "| 乙 | 1.0 | 40% | 1.2 | 50% |",
    )
    assert headings(of) == ["2006年金额", "2006年比重", "2005年金额", "2005年比重"]


def test_a_header_row_that_lost_merged_cells_is_dealt_out_below_them() -> None:
    of = grid(
        "| 项目 | 2019年 | | 2018年 | | 同比 |",
        "| 金额 | 占比 | 金额 | 占比 |",
        "| 甲 | 5.5 | 54% | 4.4 | 53% | 25% |",
        "| 乙 | 4.5 | 46% | 3.6 | 47% | 25% |",
    )
    assert headings(of) == ["2019年金额", "2019年占比", "2018年金额", "2018年占比", "同比"]


def test_empty_columns_between_values_are_no_columns() -> None:
    of = grid(
        "| | 项目 | | 2005年 | | 2004年 |",
        "| 甲 | | 135.2 | | 118.1 | |",
        "| 乙 | | 60.9 | | 46.6 | |",
        "| 合计 | | 196.1 | | 164.7 | |",
    )
    assert headings(of) == ["2005年", "2004年"]
    assert cells(of)[0] == ("甲", ["135.2", "118.1"])


def test_a_row_that_slipped_sideways_is_aligned_by_its_label() -> None:
    of = grid(
        "| | 项目 | | 金额 | | 折旧 |",
        "| 甲 | | 860 | | 7.5 | |",
        "| 乙 | | 148 | | -- | |",
        "| | 合计 | | 1008 | | 7.5 |",
    )
    assert cells(of)[-1] == ("合计", ["1008", "7.5"])


def test_empty_cells_stay_empty_where_columns_are_sound() -> None:
    of = grid(
        "| 项目 | 期初 | 增加 | 减少 | 期末 |",
        "| 甲 | 9.5 | 3.1 | | 12.6 |",
        "| 乙 | 2.2 | | 2.2 | |",
        "| 丙 | 1.0 | 1.0 | 1.0 | 1.0 |",
    )
    assert cells(of)[1] == ("乙", ["2.2", "", "2.2", ""])


def test_rows_without_the_cell_merged_above_them_move_back() -> None:
    of = grid(
        "| 行业 | 项目 | 单位 | 2019年 | 2018年 |",
        "| 医药 | 销售量 | 千克 | 49.8 | 35.1 |",
        "| 生产量 | 千克 | 57.6 | 38.5 |",
    )
    assert cells(of)[1][1] == ["57.6", "38.5"]
    assert headings(of) == ["2019年", "2018年"]


def test_codes_belong_to_labels() -> None:
    of = grid(
        "| 序号 | 费用 | 金额 |",
        "| 1 | 工程费用 | 2499 |",
        "| 1.1 | 建筑工程费 | 1183 |",
        "| | 合 计 | 2994.3 |",
    )
    assert [(row.code, row.name) for row in of.rows] == [("1", "工程费用"), ("1.1", "建筑工程费"), ("", "合计")]
    assert cells(of)[1][1] == ["1183"]


def test_a_label_cut_into_two_lines_is_one() -> None:
    of = grid(
        "| 项目 | 2006年 | 2005年 |",
        "| 甲 | 9,000.5 | 8,000.5 |",
        "| 合 | 9,000.5 | 8,000.5 |",
        "| 计 | | |",
    )
    assert [row.name for row in of.rows] == ["甲", "合计"]


def test_a_table_goes_on_behind_a_page_header() -> None:
    of = grid(
        "| 项目 | 2006年 |",
        "| 甲 | 9.5 |",
        "| 乙 | 8.5 |",
        "第九节 财务会计信息",
        "| 丙 | 7.5 |",
        "| 合计 | 25.5 |",
    )
    assert [row.name for row in of.rows] == ["甲", "乙", "丙", "合计"]


def test_a_repeated_header_is_dropped() -> None:
    of = grid(
        "| 项目 | 金额 | 比例 |",
        "| 甲 | 9.5 | 50% |",
        "| 项目 | 金额 | 比例 |",
        "| 乙 | 9.5 | 50% |",
    )
    assert [row.name for row in of.rows] == ["甲", "乙"]


def test_another_header_begins_another_grid() -> None:
    two = grids(
        "| | 2019年 | 2018年 |",
        "| 甲 | 9.5 | 8.5 |",
        "| | 2019年末 | 2018年末 |",
        "| 乙 | 7.5 | 6.5 |",
    )
    assert [headings(of) for of in two] == [["2019年", "2018年"], ["2019年末", "2018年末"]]


def test_tables_side_by_side_have_labels_of_their_own() -> None:
    rows = [f"| 收入{n} | {n}.5 | 支出{n} | {n + 1}.5 |" for n in range(1, 5)]
    income, spending = grids("| 收入 | 决算数 | 支出 | 决算数 |", *rows)
    assert [row.name for row in income.rows] == [f"收入{n}" for n in range(1, 5)]
    assert cells(spending)[0] == ("支出1", ["2.5"])


def test_digits_run_together_are_no_number() -> None:
    rows = ("| 项目 | 2005年 | 2004年 |", "| 甲乙 | 8,494.1011,125.71 | 5,668.63 |", "| 丙 | 1.5 | 2.5 |")
    slot = grid(*rows).rows[0].slots[0]
    assert slot is not None
    assert slot.sort is Sort.BROKEN
    assert [claim.text for claim in claims(*rows)] == ["5,668.63", "1.5", "2.5"]


def test_units_of_cells_come_from_heading_label_or_caption() -> None:
    found = claims(
        "单位：万元", "| 项目 | 2005年 | 比例（%） |", "| 收入 | 12.5 | 50.0 |", "| 产量（吨） | 300 | 50.0 |"
    )
    assert [(claim.text, claim.unit) for claim in found] == [
        ("12.5", "元"),
        ("50.0", "%"),
        ("300", "吨"),
        ("50.0", "%"),
    ]
    assert found[0].value == 125_000


def test_a_share_without_its_sign_is_a_percentage_like_the_others() -> None:
    found = claims("| 项目 | 占比 |", "| 甲 | 50.0% |", "| 乙 | 40.96% |", "| 丙 | 9.04 |")
    assert [claim.unit for claim in found] == ["%", "%", "%"]


def test_negative_figures_are_read_with_their_sign() -> None:
    found = claims("| 项目 | 2006年 | 2005年 |", "| 汇兑 | (2.58) | -6.19 |", "| 其他 | 1.5 | － |")
    assert [(claim.text, str(claim.value)) for claim in found] == [
        ("(2.58)", "-129/50"),
        ("-6.19", "-619/100"),
        ("1.5", "3/2"),
    ]


def test_serial_numbers_codes_and_years_are_no_claims() -> None:
    found = claims("| 序号 | 年份 | 销量 |", "| 1 | 2005 | 18,936 |", "| 2 | 2006 | 19,552 |")
    assert [claim.text for claim in found] == ["18,936", "19,552"]


_NUMBERS = st.integers(0, 10**6).map(lambda n: f"{n / 100:,.2f}")
_ODD = st.sampled_from(["", "甲", "合计", "1", "2.5", "-", "3,00", "10%", "2005年", "1.1", "其中："])


@given(st.data(), st.integers(2, 6), st.integers(1, 6), st.booleans())
def test_sound_tables_come_back_cell_by_cell(data: st.DataObject, height: int, width: int, rule: bool) -> None:
    body = [[data.draw(_NUMBERS) for _ in range(width)] for _ in range(height)]
    header = ["项目", *(f"第{n}季" for n in range(1, width + 1))]
    lines = [header, *([f"科目{'甲乙丙丁戊己'[n]}", *row] for n, row in enumerate(body))]
    rows = ["| " + " | ".join(line) + " |" for line in lines]
    if rule:
        rows.insert(1, "|" + "---|" * (width + 1))
    of = grid(*rows)
    assert [row for _, row in cells(of)] == body
    assert headings(of) == header[1:]


@given(st.lists(st.lists(_ODD, max_size=6), max_size=8))
def test_no_table_is_too_odd(rows: list[list[str]]) -> None:
    lines = ["开头", *("| " + " | ".join(row) + " |" for row in rows)]
    for of in grids(*lines):
        assert all(len(row.slots) == len(of.columns) for row in of.rows)
    claims(*lines)


def test_a_row_that_numbers_the_columns_is_no_row_of_values() -> None:
    rows = ("| 科目 | 合计 | 基本支出 | 项目支出 |", "| 栏次 | 1=2+3 | 2 | 3 |", "| 甲 | 5.5 | 3.5 | 2.0 |")
    assert cells(grid(*rows)) == [("甲", ["5.5", "3.5", "2.0"])]
    assert [claim.text for claim in claims(*rows)] == ["5.5", "3.5", "2.0"]


def test_numbers_that_only_look_like_those_of_columns_are_values() -> None:
    of = grid("| 项目 | 一季度 | 二季度 | 三季度 |", "| 甲 | 1 | 2 | 3 |", "| 乙 | 2 | 3 | 4 |")
    assert cells(of) == [("甲", ["1", "2", "3"]), ("乙", ["2", "3", "4"])]


def test_panels_side_by_side_keep_their_own_codes() -> None:
    left, right = grids(
        "| 编码 | 名称 | 决算数 | 编码 | 名称 | 决算数 |",
        "| 301 | 工资 | 441.85 | 302 | 商品 | 475.48 |",
        "| 30101 | 基本工资 | 208.96 | 30201 | 办公费 | 97.83 |",
        "| 30102 | 津贴 | 232.89 | 30202 | 水费 | 284.89 |",
        "| 303 | 补助 | 185.57 | 30203 | 差旅费 | 92.76 |",
        "| 30301 | 离休费 | 185.57 | | | |",
    )
    assert [(row.code, row.name) for row in left.rows][3:] == [("303", "补助"), ("30301", "离休费")]
    assert [(row.code, row.name) for row in right.rows][3:] == [("30203", "差旅费"), ("", "")]


def test_a_caption_with_several_units_gives_amounts_and_ratios_their_own() -> None:
    found = claims("单位：亿元、%", "| 板块 | 收入 | 占比 |", "| 甲 | 5.5 | 55.00 |", "| 乙 | 4.5 | 45.00 |")
    assert [(claim.unit, claim.kind.value) for claim in found] == [("元", "amount"), ("%", "percent")] * 2
