"""Verdicts by the contract, and the working that an auditor reads."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.claim import Kind
from audit.relation import Relation
from audit.span import Span
from audit.style import PLAIN, Style, render, style_of
from audit.verdict import Verdict, judge
from tests.rules.figures import claim, relation

F = Fraction
PARTS = ["8200万元", "10.85亿元", "3.5亿元"]


@pytest.mark.parametrize(
    ("bound", "verdict", "working"),
    [
        (
            relation("sum(parts) == total", parts=PARTS, total="15.7亿元"),
            "inconsistent",
            "8200万元 + 10.85亿元 + 3.5亿元 = 15.17亿元 ≠ 15.7亿元",
        ),
        (
            relation("total == sum(parts)", parts=PARTS, total="15.17亿元"),
            "exact",
            "8200万元 + 10.85亿元 + 3.5亿元 = 15.17亿元",
        ),
        (
            relation("sum(parts) == total", parts=PARTS, total="15.2亿元"),
            "rounding",
            "8200万元 + 10.85亿元 + 3.5亿元 = 15.17亿元 ≈ 15.2亿元（尾差）",
        ),
        (
            relation("sum(parts) <= total", parts=PARTS, total="15.7亿元"),
            "exact",
            "8200万元 + 10.85亿元 + 3.5亿元 = 15.17亿元 ≤ 15.7亿元",
        ),
        (
            relation("total >= sum(parts)", parts=PARTS, total="15亿元"),
            "rounding",
            "8200万元 + 10.85亿元 + 3.5亿元 = 15.17亿元 ≈ 15亿元（尾差）",
        ),
        (
            relation("total >= sum(parts)", parts=PARTS, total="14.9亿元"),
            "inconsistent",
            "8200万元 + 10.85亿元 + 3.5亿元 = 15.17亿元 > 14.9亿元",
        ),
        (relation("max(parts) <= total", parts=["3户"], total="2户"), "inconsistent", "3户 > 2户"),
        (
            relation("max(parts) <= total", parts=["3户", "1户"], total="2户"),
            "inconsistent",
            "最大者(3户, 1户) = 3户 > 2户",
        ),
        (
            relation("part / base == share", part="4032户", base="4974户", share="81.1%"),
            "rounding",
            "4032户 ÷ 4974户 ≈ 81.06% ≈ 81.1%（尾差）",
        ),
        (
            relation("share == part / base", part="4032户", base="4974户", share="71.1%"),
            "inconsistent",
            "4032户 ÷ 4974户 ≈ 81.06% ≠ 71.1%",
        ),
        (relation("part / base == share", part="32户", base="40户", share="80%"), "exact", "32户 ÷ 40户 = 80%"),
        (
            relation("a * b + c * d == total", a="1151名", b="1130元", c="1662名", d="780元", total="260万元"),
            "rounding",
            "1151名 × 1130元 + 1662名 × 780元 = 259.699万元 ≈ 260万元（尾差）",
        ),
        (
            relation("(after - before) / before == growth", after="120户", before="90户", growth="32.1%"),
            "inconsistent",
            "(120户 − 90户) ÷ 90户 ≈ 33.33% ≠ 32.1%",
        ),
        (relation("after > before", after="15.2%", before="19.7%"), "inconsistent", "15.2% ≤ 19.7%"),
        (relation("first == second", first="5.47万户", second="12.42万户"), "inconsistent", "5.47万户 ≠ 12.42万户"),
        (relation("first == second", first="5.47万户", second="54700户"), "exact", "5.47万户 = 54700户"),
        (relation("rate <= 100%", rate="120.5%"), "inconsistent", "120.5% > 100%"),
        (
            relation("sum(shares) == 100%", shares=["20.1%", "30.2%", "49.6%"]),
            "rounding",
            "20.1% + 30.2% + 49.6% = 99.9% ≈ 100%（尾差）",
        ),
        (
            relation("sum(parts) == total", parts=["1,200元", "2,400元"], total="3,700元"),
            "inconsistent",
            "1,200元 + 2,400元 = 3,600元 ≠ 3,700元",
        ),
        (
            relation("sum(parts) == total", parts=["1万元", "1.8万元"], total="约3万元"),
            "rounding",
            "1万元 + 1.8万元 = 2.8万元 ≈ 约3万元（在“约”所容许的范围内）",
        ),
        (
            relation("a + b == c + d", a="1户", b="2户", c="3户", d="4户"),
            "inconsistent",
            "1户 + 2户 = 3户 ≠ 7户 = 3户 + 4户",
        ),
        (
            relation("abs(a - b) == c", a="1户", b="3户", c="1户"),
            "inconsistent",
            "|1户 − 3户| = 2户 ≠ 1户",
        ),
        (
            relation("a * (b + c) == d", a="2户", b="1.5元", c="1.5元", d="7元"),
            "inconsistent",
            "2户 × (1.5元 + 1.5元) = 6元 ≠ 7元",
        ),
    ],
)
def test_verdict_and_working(bound: Relation, verdict: str, working: str) -> None:
    check = judge(bound)
    assert (check.verdict, check.working, check.reason) == (verdict, working, "")


def test_stated_and_computed() -> None:
    for expectation in ("sum(parts) == total", "total == sum(parts)"):
        check = judge(relation(expectation, parts=PARTS, total="15.7亿元"))
        assert check.stated.value == 1_570_000_000
        assert str(check.stated.interval) == "[1565000000, 1575000000)"
        assert check.computed.value == 1_517_000_000
        assert check.computed.interval.low == F(1_511_495_000)
        assert check.difference == -53_000_000


def test_percents_are_plain_ratios() -> None:
    check = judge(relation("part / base == share", part="1户", base="4户", share="25%"))
    assert (check.stated.value, check.computed.value, check.verdict) == (F(1, 4), F(1, 4), Verdict.EXACT)


def test_a_constant_is_what_is_stated() -> None:
    check = judge(relation("sum(shares) == 100%", shares=["60%", "50%"]))
    assert (check.stated.value, check.computed.value) == (F(1), F(11, 10))


def test_a_doubtful_binding_is_never_inconsistent() -> None:
    check = judge(relation("sum(parts) == total", parts=PARTS, total="15.7亿元", doubts=["各项可能重叠", "总数不明"]))
    assert (check.verdict, check.reason) == (Verdict.UNDECIDED, "各项可能重叠；总数不明")
    assert check.reason_en == "(各项可能重叠); (总数不明)"
    assert check.working.endswith("= 15.17亿元 ≠ 15.7亿元")
    check = judge(relation("sum(parts) == total", parts=PARTS, total="15.2亿元", doubts=["各项可能重叠"]))
    assert (check.verdict, check.reason) == (Verdict.ROUNDING, "")


def test_trailing_zeros_may_save_it() -> None:
    bound = relation("sum(parts) == total", parts=["8230万元", "1000元"], total="8200万元")
    check = judge(bound)
    assert check.verdict is Verdict.UNDECIDED
    assert check.reason == "8230万元、8200万元末尾的零可能也是约数，若是则相符"
    assert check.reason_en == "the trailing zeros of 8230万元, 8200万元 may themselves be rounded; if so, it holds"
    assert judge(relation("a == b", a="8200万元", b="8240.0万元")).verdict == "undecided"
    assert judge(relation("a == b", a="8200万元", b="8260.0万元")).verdict == "inconsistent"


def test_a_plain_integer_is_exact() -> None:
    assert judge(relation("sum(parts) == total", parts=["8000户", "199户"], total="8200户")).verdict == "inconsistent"


def test_a_divisor_of_zero_is_undecided() -> None:
    check = judge(relation("part / base == share", part="4户", base="0户", share="71.1%"))
    assert (check.verdict, check.reason) == (Verdict.UNDECIDED, "除数为零，无法计算")
    assert check.working == "4户 ÷ 0户（除数为零）"
    assert check.computed.interval.low is None


@pytest.mark.parametrize(
    ("parts", "total", "worst"),
    [
        (["1.4万户"] * 10, "14万户", False),
        (["1.4万户"] * 10, "14.1万户", False),
        (["1.4万户"] * 10, "14.4万户", True),
        (["1.4万户", "1.4万户"], "2.9万户", False),
    ],
)
def test_a_long_sum_that_only_the_worst_case_saves_is_told(parts: list[str], total: str, worst: bool) -> None:
    bound = relation("sum(parts) == total", parts=parts, total=total)
    check = judge(bound)
    assert check.verdict in (Verdict.EXACT, Verdict.ROUNDING)
    assert check.working.endswith("（尾差；超出通常的舍入误差，只在各项舍入大多同向时成立）") is worst
    assert ("lean to one side" in check.working_in("en")) is worst


def test_list_counts_name_the_items() -> None:
    text = "直接开网店、成为供货商、参与产业链，这是一个非常之长的列举项目名称用来看看它是否会被适当地截短"
    spans = [Span(0, 5), Span(6, 11), Span(12, 17), Span(18, len(text))]
    bound = relation("count(items) == stated", items=spans, stated="5种")
    check = judge(bound, text)
    assert check.verdict is Verdict.INCONSISTENT
    assert (check.stated.value, check.computed.value, check.difference) == (F(5), F(4), F(-1))
    listed = "直接开网店、成为供货商、参与产业链、这是一个非常之长的列举项目名称用来看看它是否会…"
    assert check.working == f"所列 {listed} 共4项 ≠ 5种"
    right = relation("count(items) == stated", items=spans[:2], stated="2种")
    assert judge(right, text).working == "所列 直接开网店、成为供货商 共2项 = 2种"
    assert judge(right, text).working_in("en") == "listed: 直接开网店, 成为供货商 (2 items) = 2种"
    assert judge(right).working == "所列共2项 = 2种"
    assert judge(relation("count(parts) == stated", parts=["1户", "2户"], stated="2类")).working == (
        "所列 1户、2户 共2项 = 2类"
    )


def test_english_working() -> None:
    bound = relation("sum(parts) == total", parts=PARTS, total="15.2亿元")
    assert judge(bound).working_in("en").endswith("= 15.17亿元 ≈ 15.2亿元 (rounding)")
    assert judge(bound).working_in("zh") == judge(bound).working
    bound = relation("max(parts) <= total", parts=["3户", "1户"], total="2户")
    assert judge(bound).working_in("en") == "max(3户, 1户) = 3户 > 2户"


def test_line_breaks_in_figures_do_not_break_the_working() -> None:
    broken = claim("15.7亿元")
    broken = type(broken)(
        broken.span, broken.numeral, "15.7亿\n元", broken.kind, broken.value, broken.interval, broken.loose, "元", "元"
    )
    assert judge(relation("a == b", a=broken, b="15.7亿元")).working == "15.7亿元 = 15.7亿元"


@given(
    st.lists(st.integers(0, 9999), min_size=1, max_size=6),
    st.integers(0, 59999),
    st.sampled_from(["==", "<=", ">="]),
)
def test_exact_integers_are_exact_or_inconsistent(parts: list[int], total: int, sign: str) -> None:
    check = judge(relation(f"sum(parts) {sign} total", parts=[f"{p}户" for p in parts], total=f"{total}户"))
    holds = {"==": sum(parts) == total, "<=": sum(parts) <= total, ">=": sum(parts) >= total}[sign]
    assert check.verdict is (Verdict.EXACT if holds else Verdict.INCONSISTENT)
    assert check.difference == sum(parts) - total


@given(st.lists(st.integers(1, 999), min_size=1, max_size=6), st.integers(1, 5999))
def test_rounded_sums_hold_within_half_a_unit_each(parts: list[int], total: int) -> None:
    """Each figure of n + 1 is within half a unit of its last digit, so a gap up to (n + 1)/2 units can be rounding."""
    figures = [f"{F(p, 10).__float__():.1f}万户" for p in parts]
    bound = relation("sum(parts) == total", parts=figures, total=f"{F(total, 10).__float__():.1f}万户")
    gap = abs(sum(parts) - total)
    verdict = judge(bound).verdict
    if gap == 0:
        assert verdict is Verdict.EXACT
    elif 2 * gap < len(parts) + 1:
        assert verdict is Verdict.ROUNDING
    elif 2 * gap > len(parts) + 1:
        assert verdict is Verdict.INCONSISTENT
    else:  # the extreme case touches an end that only one side reaches
        assert verdict in (Verdict.ROUNDING, Verdict.INCONSISTENT)


@pytest.mark.parametrize(
    ("value", "like", "text", "exact"),
    [
        (F(1_517_000_000), claim("15.7亿元"), "15.17亿元", True),
        (F(1_517_234_567), claim("15.7亿元"), "15.17亿元", False),
        (F(12_345_678), claim("1,234元"), "12,345,678元", True),
        (F(1, 3), claim("33.3%"), "33.33%", False),
        (F(3, 10), claim("33.3%"), "30%", True),
        (F(-25, 10), claim("3户"), "−2.5户", True),
        (F(1, 2), claim("1%", Kind.POINTS), "50%", True),
        (F(0), claim("0户"), "0户", True),
    ],
)
def test_style(value: Fraction, like: object, text: str, exact: bool) -> None:
    assert render(value, style_of(like)) == (text, exact)  # type: ignore[arg-type]


def test_as_many_decimals_as_tell_two_values_apart() -> None:
    assert render(F(1, 3), PLAIN) == ("0.3", False)
    assert render(F(1, 3), PLAIN, F(3, 10)) == ("0.33", False)
    assert render(F(1, 3), Style(decimals=1), F(333, 1000)) == ("0.33", False)
    assert render(F(1, 3), Style(decimals=2), F(333, 1000)) == ("0.3333", False)
    assert render(F(1, 3), Style(decimals=1), F(1, 3)) == ("0.33", False)
