"""Claims of table cells: the unit of a column, a row or the caption, and what a cell itself prints."""

from __future__ import annotations

import pytest

from tests.claims.reading import read, shown

TABLE = """单位：万元

| 项目 | 本年 |
|---|---|
| 收入 | 1,500.00 |
| {} |
"""


@pytest.mark.parametrize(
    ("row", "printed", "claim", "interval"),
    [
        ("支出 | (12.50)", "(12.50)", "amount -125000元", "[-125050, -124950)"),
        ("支出 | －3.2", "－3.2", "amount -32000元", "[-32500, -31500)"),
        ("支出 | 1，521，630.08", "1，521，630.08", "amount 15216300800元", "[15216300750, 15216300850)"),
        ("毛利率 | 13.5‰", "13.5‰", "percent 1.35%", "[269/200, 271/200)"),
        ("员工（人） | 1，300", "1，300", "count 1300人", "[1300, 1300]"),
        ("每股收益（元/股） | -0.05", "-0.05", "per -0.05元/股 /股", "[-11/200, -9/200)"),
        ("单价（万元/亩） | 1.2", "1.2", "per 12000元/亩 /亩", "[11500, 12500)"),
        ("面积（平方米） | 1.2万", "1.2万", "measure 12000平方米", "[11500, 12500)"),
        ("户数（户） | 300余", "300余", "count 300", "(300, 400)"),
        ("账龄 | 1年以内", "1年以内", "measure 1年", "[0, 1]"),
        ("增幅 | ≥20%", "≥20%", "percent 20%", "[20, ∞)"),
        ("增幅 | 3倍", "3倍", "multiple 3倍", "[3, 3]"),
    ],
)
def test_cells(row: str, printed: str, claim: str, interval: str) -> None:
    found = read(TABLE.format(row)).claims[-1]
    assert (found.text, shown(found), str(found.interval)) == (printed, claim, interval)


def test_a_caption_in_traditional_characters() -> None:
    claims = read("單位：萬元\n\n| 項目 | 金額 |\n|---|---|\n| 收入 | 1,234 |\n| 支出 | 5 |\n").claims
    assert [shown(claim) for claim in claims] == ["amount 12340000元", "amount 50000元"]


def test_codes_before_words_are_none() -> None:
    claims = read(TABLE.format("30207邮电费 | 12")).claims
    assert [claim.text for claim in claims] == ["1,500.00", "12"]
