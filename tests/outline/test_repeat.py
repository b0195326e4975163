"""Which figures state one fact, and where two mentions of it contradict each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.outline.mention import mentions_of, significance
from audit.outline.repeat import find_repeats
from tests.outline.outlines import nodes_of, outline_of, printed


def found(text: str) -> set[tuple[str, str, str, bool]]:
    """(form, first, second, certain) of each repeat."""
    return {
        (node.form, *printed(node, "first"), *printed(node, "second"), "certain" in node.features)  # type: ignore[misc]
        for node in nodes_of(find_repeats, text)
    }


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("全县共有贫困村82个。贷款用于82个贫困村的道路。", "82个", "82个"),
        ("累计发放补助资金99.08万元。图为发放补助资金99.08万元的现场。", "99.08万元", "99.08万元"),
        ("建设了“五大产业基地”。通过发展“五大产业基地”增收。", "五大", "五大"),
        ("各建1栋400平方米“玉耳”大棚。建造了400平方米的“玉耳”大棚。", "400平方米", "400平方米"),
    ],
)
def test_same_fact(text: str, first: str, second: str) -> None:
    assert ("same", first, second, False) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "培训、创业、服务3个平台运行。自建交易平台3个。",
        "患有42种特殊疾病的，报销提高5个百分点。患有42种重大疾病的，报销提高5个百分点。",
        "第一产业增长5.3%。第二产业增长5.3%。",
        "2015年投入资金1250万元。2016年投入资金1250万元。",
        "三年来，产业发展。三年来，设施改善。",
        "地方财政收入263亿元，同比增长24.8%。地方财政支出252亿元，同比增长24.8%。",
        "去年建成公共文化空间600个。今年建设公共文化空间600个。",
    ],
)
def test_other_facts(text: str) -> None:
    assert found(text) == set()


def test_of_two_figures_side_by_side_one_differs() -> None:
    text = "2016年全县贫困对象实现1579户3182人脱贫。2016年有1579户3128名贫困对象达标。"
    assert ("anchored", "3182人", "3128名", True) in found(text)


def test_figures_on_both_sides_are_the_same() -> None:
    text = "合资公司资金11250万元，其中公司出资5390万元，占49%。合资公司资金11250万元，其中公司出资5300万元，占49%。"
    assert ("anchored", "5390万元", "5300万元", True) in found(text)


def test_another_time_is_another_fact() -> None:
    text = "2003年公司股本1250万股，分配利润280万元。2004年公司股本1250万股，分配利润943万元。"
    assert not {form for form, *_ in found(text)} & {"anchored"}


def test_a_caption_retells_the_text() -> None:
    text = "全县累计发放助学补助资金99.08万元。\n\n全县累计发放助学补助资金99.80万元。图为现场。\n"
    assert ("caption", "99.08万元", "99.80万元", True) in found(text)


def test_a_caption_may_repeat_one_of_two_alike() -> None:
    text = "受益贫困学生1016人。社会捐助受益贫困学生107人。\n\n资助受益贫困学生1016人。图为现场。\n"
    assert {form for form, *_ in found(text)} == {"same"}


def test_a_quoted_name_with_another_number() -> None:
    assert ("name", "五种", "六种", False) in found("创新“五种帮扶模式”。“六种帮扶模式”成效明显。")


@given(st.integers(1, 10**9), st.sampled_from(["万元", "元", "亿元"]))
def test_significance_is_blind_to_zeros_at_the_end(number: int, unit: str) -> None:
    figures = [m.figure for m in mentions_of(outline_of(f"投入{number}{unit}。又投入{number}0{unit}。"))]
    if len(figures) == 2:
        assert significance(figures[0]) == significance(figures[1]) <= len(str(number))


@given(st.text("甲乙户人元万亿0123456789.、，。“”\n年", max_size=80))
def test_any_text_is_read(text: str) -> None:
    for node in nodes_of(find_repeats, "文" + text):
        (first,), (second,) = node.slot("first"), node.slot("second")
        assert first.span.end <= second.span.start
        assert (first.claim.value == second.claim.value) == (node.form == "same")
