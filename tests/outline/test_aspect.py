"""What a figure says of its subject, told by the words directly around it."""

from __future__ import annotations

import pytest

from audit.extract import extract
from audit.outline import build_outline
from audit.read import read_text


@pytest.mark.parametrize(
    ("text", "aspect"),
    [
        ("森林覆盖率高达93.9%。", "rate"),
        ("受益群众多达300人。", "level"),
        ("增长率高达12%。", "growth"),
        ("利率比上年高3%。", "growth"),
        ("比上年增加300人。", "change"),
    ],
)
def test_reach_is_no_change(text: str, aspect: str) -> None:
    document = read_text(text)
    (figure,) = build_outline(document, extract(document)).figures
    assert figure.aspect == aspect
