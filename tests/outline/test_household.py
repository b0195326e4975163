"""Households and people side by side."""

from __future__ import annotations

import pytest

from audit.outline.household import find_households
from tests.outline.outlines import nodes_of, printed


@pytest.mark.parametrize(
    ("text", "form", "joined"),
    [
        ("实现1579户3182人脱贫。", "people", True),
        ("带动874户、2310人增收。", "people", False),
        ("对5.47万户、12.42万贫困户精准施策。", "households", False),
    ],
)
def test_pairs(text: str, form: str, joined: bool) -> None:
    (node,) = nodes_of(find_households, text)
    assert node.form == form
    assert ("joined" in node.features) == joined
    assert ("twice" in node.features) == (form == "households")
    assert len(printed(node, "households")) == len(printed(node, "others")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "居民4500户、党员300人。",
        "低保户120户、五保户300户。",
        "每户3人、5人不等。",
        "服务120户、300用户。",
        "1.2万户、80万贫困户。",
    ],
)
def test_no_pairs(text: str) -> None:
    assert nodes_of(find_households, text) == []
