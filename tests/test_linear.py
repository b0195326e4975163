"""The whole check's work grows with the text's length and no faster, for hostile texts too."""

from __future__ import annotations

import sys
from types import FrameType

import pytest

from audit.engine import audit_document
from audit.read import read_text
from audit.rule.load import shipped_rules

_TEXTS = {
    "parts": "总数100万元，其中甲5万元，",
    "shares": "甲5万元，占总数的5%，",
    "brackets": "甲5万元（其中乙3万元（",
    "markers": "（一）甲5万元",
    "sums": "甲5万元，合计10万元，",
    "growth": "增加5万元，增长5%，",
    "from-to": "由5万元增加到6万元，",
    "respectively": "甲、乙分别为5万元和6万元，",
    "list": "一是甲5万元；",
    "lines": "2009年末公司存货为5万元。\n",
    "rows": "| 甲 | 5 | 6 |\n",
    "names": "甲、乙和丙三项，",
    "repeats": "甲村有5户。",
}


def _calls(text: str) -> int:
    """How many Python functions a check of the text calls."""
    document = read_text(text)
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        audit_document(document, shipped_rules())
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("text", _TEXTS.values(), ids=_TEXTS)
def test_work_grows_with_length(text: str) -> None:
    shipped_rules()
    _calls(text * 10)  # what is compiled once must not count
    short, long = _calls(text * 60), _calls(text * 120)
    assert long < 2.4 * short


def _table(rows: int) -> str:
    """A table whose last row is the total of all others."""
    values = [n % 97 + 2 for n in range(rows)]
    lines = [f"| 第{n}项 | {value}.5 |" for n, value in enumerate(values)]
    return "\n".join(["| 项目 | 金额 |", "| --- | --- |", *lines, f"| 合计 | {sum(values) + rows * 0.5:.1f} |", ""])


def test_the_work_of_a_total_grows_with_its_parts() -> None:
    shipped_rules()
    _calls(_table(20))
    short, long = _calls(_table(150)), _calls(_table(300))
    assert long < 2.4 * short
