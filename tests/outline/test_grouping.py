"""Numbers that are put into groups."""

from __future__ import annotations

from fractions import Fraction

import pytest

from audit.outline.grouping import find_groupings
from tests.outline.outlines import nodes_of, printed


@pytest.mark.parametrize(
    ("text", "groups", "total", "each"),
    [
        ("学员64例，随机分为早训组和晚训组，各32例。", 2, "64例", "32例"),
        ("家兔174例，按抽签结果分为喂药组和空白组各87例。", 2, "174例", "87例"),
        ("将60只大鼠随机分为6组，每组10只。", 6, "60只", "10只"),
        ("84名学生分成7个小组，每组12人。", 7, "84名", "12人"),
        ("共165例。将患者分为甲组、乙组和丙组，每组各55例。", 3, "165例", "55例"),
    ],
)
def test_groups_of_one_size(text: str, groups: int, total: str, each: str) -> None:
    (node,) = nodes_of(find_groupings, text)
    assert (node.form, dict(node.givens)) == ("each", {"groups": Fraction(groups)})
    assert (printed(node, "total"), printed(node, "each")) == ((total,), (each,))
    assert "sole" in node.features


def test_groups_with_their_sizes() -> None:
    (node,) = nodes_of(find_groupings, "患者共130例，分为Ⅰ组（65例）和Ⅱ组（n=65例）。")
    assert (node.form, printed(node, "sizes")) == ("sizes", ("65例", "65例"))


@pytest.mark.parametrize(
    "text",
    [
        "患者80例，剔除2例后分为两组，各39例。",
        "患者80例，分为两组，对照组男18例、女12例；观察组男20例、女30例。",
        "全县分为三个片区，每组选派干部2名。",
        "患者80例，分为若干组，每组10例。",
    ],
)
def test_what_is_no_grouping(text: str) -> None:
    assert nodes_of(find_groupings, text) == []
