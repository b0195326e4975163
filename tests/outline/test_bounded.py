"""Percentages that cannot exceed one hundred."""

from __future__ import annotations

import pytest

from audit.outline.bounded import find_bounded
from tests.outline.outlines import nodes_of, printed


@pytest.mark.parametrize(
    ("text", "form", "percent"),
    [
        ("村卫生室97个，覆盖率达到187.4%。", "rate", "187.4%"),
        ("适龄成员944人，入学率100%。", "rate", "100%"),
        ("被提拔的干部占全市提拔干部的466.7%。", "share", "466.7%"),
    ],
)
def test_at_the_bound_or_above(text: str, form: str, percent: str) -> None:
    (node,) = nodes_of(find_bounded, text)
    assert (node.form, printed(node, "percent")) == (form, (percent,))


@pytest.mark.parametrize(
    "text", ["覆盖率达到87.4%。", "政府债务占地区生产总值的120%。", "产量为计划的105%。", "利润增长130%。"]
)
def test_no_bound(text: str) -> None:
    assert nodes_of(find_bounded, text) == []
