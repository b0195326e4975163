"""Labels: examples, and their agreement with a list made by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from audit.claim import Claim
from audit.document import Block, BlockKind, Document
from audit.extract import extract
from audit.read import read_text
from audit.span import Span
from tests.claims.reading import read

FIXTURE = Path(__file__).with_name("labels.tsv")
LEAST = 0.9


def judged() -> Iterator[tuple[str, int, str]]:
    """(text, offset of the figure, label) for every line of the list."""
    for line in FIXTURE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            context, label = line.split("\t")
            at = context.index("【")
            yield context.replace("【", "").replace("】", "").replace("⏎", "\n"), at, label


def claim_at(text: str, at: int) -> Claim | None:
    """The claim at the offset of a sentence or of a table row."""
    if text.startswith("|"):
        head = "| 项目 " + "| 数 " * (text.count("|") - 2) + "|\n"
        document, at = read_text(f"{head}{text}\n{text}"), at + len(head)
    else:
        document = Document("-", text, "", (Block(BlockKind.PARAGRAPH, Span(0, len(text))),))
    return next((c for c in extract(document).claims if c.span.start <= at < c.span.end), None)


def test_labels_agree_with_the_list() -> None:
    lines = list(judged())
    assert len(lines) == 150
    found = [claim_at(text, at) for text, at, _ in lines]
    agreeing = sum(c is not None and c.label == label for c, (_, _, label) in zip(found, lines, strict=True))
    assert agreeing >= LEAST * len(lines)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("该县通过多种方式筹集扶贫资金15.7亿元", "扶贫资金"),
        ("全县共有农村危房15224户", "农村危房"),
        ("全部用于全县82个贫困村的道路", "贫困村"),
        ("第一产业实现增加值153.6亿元", "第一产业增加值"),
        ("截至9月底，开工率78.3%", "开工率"),
        ("发放“雨露计划”资金80万元", "“雨露计划”资金"),
        ("由县财政交纳300万元保证金", "保证金"),
        ("80%以上的省科技攻坚项目", "省科技攻坚项目"),
        ("栽种蓝靛果等各类果树4000株", "各类果树"),
        ("可带动120户", ""),
        ("卫生健康支出（类）236.63万元", "卫生健康支出"),
        ("汽车货物周转量比1954年增长35%", "汽车货物周转量"),
        ("管理费用较上年增长44%", "管理费用"),
        ("机器制造工业总产值比上一年增长百分之二十七", "机器制造工业总产值"),
        ("产量同比增长的有45种", "产量"),
        ("国内生产总值[2]1210207亿元", "国内生产总值"),
    ],
)
def test_labels(text: str, label: str) -> None:
    assert read(text).claims[-1].label == label


def test_a_clause_that_only_compares_takes_the_label_over() -> None:
    claims = read("全市实现工业增加值384.1亿元，同比增长0.5%。另外增长3%").claims
    assert [claim.label for claim in claims] == ["工业增加值", "工业增加值", ""]
