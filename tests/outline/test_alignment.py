"""Which lists belong to the figures after 分别."""

from __future__ import annotations

import pytest

from audit.outline.alignment import find_alignments
from tests.outline.outlines import listed, nodes_of, printed


@pytest.mark.parametrize(
    ("text", "items", "right"),
    [
        (
            "交通、能源、水利分别完成投资30亿元、20亿元、10亿元。",
            ("交通", "能源", "水利"),
            ("30亿元", "20亿元", "10亿元"),
        ),
        (
            "2004年、2005年和2006年，收入分别为3亿元、4亿元和5亿元。",
            ("2004年", "2005年", "2006年"),
            ("3亿元", "4亿元", "5亿元"),
        ),
        (
            "甲镇9户、12人和乙镇8户、16人分别增收1130元和780元。",
            ("甲镇9户、12人", "乙镇8户、16人"),
            ("1130元", "780元"),
        ),
    ],
)
def test_names(text: str, items: tuple[str, ...], right: tuple[str, ...]) -> None:
    nodes = [n for n in nodes_of(find_alignments, text) if n.form == "names"]
    assert (items, right) in [(listed(n, text), printed(n, "right")) for n in nodes]


def test_figures() -> None:
    text = "有贫困村82个，贫困户19782户、贫困人口40111人，分别占总数的58.2%、30.8%和21.8%。"
    (node,) = nodes_of(find_alignments, text)
    assert node.form == "figures"
    assert printed(node, "left") == ("82个", "19782户", "40111人")
    assert printed(node, "right") == ("58.2%", "30.8%", "21.8%")


@pytest.mark.parametrize(
    "text",
    [
        "在农业发展银行和国开行分行分别设立了专户。",
        "两个办法对内容、步骤和奖惩分别做出了规定。",
        "甲、乙两县分别增长5%。",
        "分别地安排了3亿元和5亿元。",
    ],
)
def test_nothing_to_align(text: str) -> None:
    assert nodes_of(find_alignments, text) == []


def test_a_series_of_periods_leaves_it_open() -> None:
    nodes = nodes_of(find_alignments, "近三年，甲产品、乙产品、丙产品毛利率分别为20.1%、21.3%。")
    assert all("firm" not in node.features for node in nodes)
