"""`rules explain`: golden files, and a reason for each way in which a rule can check nothing at a place."""

from __future__ import annotations

import pytest

from audit.claim import Kind
from audit.engine import audit_document, misses_of
from audit.extract import extract
from audit.misses import Miss, needs
from audit.outline import NODE_FINDERS, build_outline
from audit.read import read_text
from audit.rule.load import read_rule, shipped_rules
from audit.rule.schema import Rule
from tests.cli import explaining

RULES = {rule.id: rule for rule in shipped_rules()}
EXAMPLES = [e.text for rule in shipped_rules() for e in (*rule.passes, *rule.fails, *rule.ignores)]


@pytest.mark.parametrize("name", sorted(explaining.outputs()))
def test_golden(name: str) -> None:
    assert (explaining.FOLDER / name).read_text(encoding="utf-8") == explaining.outputs()[name]


def why(text: str, rule: str | Rule, line: int = 1, *, others: tuple[str, ...] = ()) -> list[Miss]:
    """Why a rule checks nothing in a line, or not all; with some of the shipped rules beside it."""
    tried = RULES[rule] if isinstance(rule, str) else rule
    rules = [*(RULES[other] for other in others), tried]
    audit, _ = audit_document(read_text(text, "a.txt"), rules)
    return [miss for miss in misses_of(audit.document, rules, line) if tried.id in miss.rules]


@pytest.mark.parametrize(
    ("text", "rule", "zh", "en"),
    [
        ("全县共有农户4000户。", "parts-after-qizhong", "没有认出这样的写法", "no such wording"),
        ("全县共有农户4000户。", "respectively", "没有“分别”", "there is no 分别"),
        ("全县共有农户4000户。", "share-of-base", "这里没有百分比或分数或比例", "no percent or fraction or ratio here"),
        ("全县共有农户4000户。", "table-total", "这一行不在表里", "in no table"),
        ("全县共有农户4000户。", "table-cited", "文件里没有表", "no table in the document"),
        ("全县共有农户4000户。", "zhenlai-poverty-funds", "只用于别的文件", "other documents"),
        ("分别按规定收取3元。", "respectively", "有“分别”，但没有认出", "分别 is here, but"),
        ("投资5亿元，其中道路3亿元。", "parts-in-brackets", "这里的写法是：其中……", "the form here is qizhong"),
        ("去年有户20户。\n年末有户22户。", "repeat", "第2行有与20户同名的22户", "22户 in line 2"),
        ("投资5亿元，用于：道路3亿元。", "grouped-parts", "只有1个，至少要2个", "1 for parts"),
        (
            "排名由第8位上升，数由30家增加到45家，增加15家。",
            "from-to-change",
            "要避开的“排名”",
            "which the rule avoids",
        ),
    ],
)
def test_reasons(text: str, rule: str, zh: str, en: str) -> None:
    found = why(text, rule)
    assert any(zh in miss.why and en in miss.why_en for miss in found), found


def own_rule(total: str, parts: str, when: str = "holds or not holds") -> Rule:
    rule, problems = read_rule(
        f"""
id: own
title: 总数不小于部分
why: 供测试使用。
severity: error
confidence: high
where: {{node: breakdown}}
bind:
  total: {total}
  parts: {parts}
expect:
  - {{that: sum(parts) <= total, when: {when}}}
examples: {{pass: 共3户, fail: 共4户}}
""",
        "own.yaml",
    )
    assert not problems
    assert rule is not None
    return rule


@pytest.mark.parametrize(
    ("total", "parts", "when", "zh", "en"),
    [
        ("{in: total, unit: [人]}", "{in: parts, pick: all}", "holds", "5亿元单位不符", "its unit is another"),
        ("{in: total, kind: count}", "{in: parts, pick: all}", "holds", "5亿元不是所要的种类", "its kind is another"),
        ("{in: total}", "{in: parts}", "holds", "各组成部分有2个，不能确定是哪一个", "2 figures for parts"),
        ("{in: total}", "{in: parts, pick: all, at_most: 1}", "holds", "应为1至1个", "1 to 1 are needed"),
        ("{in: total}", "{in: parts, pick: all, lead: [的]}", "holds", "前面没有所要的词", "not those asked for"),
        (
            "{in: total}",
            "{in: parts, pick: all}",
            "bracketed",
            "只在这些情形核对：「各部分在括号里」",
            "only where bracketed",
        ),
    ],
)
def test_roles_and_conditions(total: str, parts: str, when: str, zh: str, en: str) -> None:
    (miss,) = why("投资5亿元，其中道路3亿元、饮水1亿元。", own_rule(total, parts, when))
    assert zh in miss.why
    assert en in miss.why_en
    assert miss.figures == "total=5亿元 parts=3亿元、1亿元"


def test_the_rule_that_checks_the_same_figures_is_named() -> None:
    quoted = RULES["zhenlai-poverty-funds"]
    text = quoted.passes[0].text.replace("\n", "")
    audit, _ = audit_document(read_text(text, "000_a.txt"), [*RULES.values()])
    (miss,) = (miss for miss in misses_of(audit.document, [*RULES.values()], 1) if quoted.id in miss.rules)
    assert (miss.why, miss.why_en) == ("同样几个数已由 grouped-parts 核对", "grouped-parts checks the same figures")


def test_what_constructions_need_is_what_they_have() -> None:
    assert set(needs()) == set(NODE_FINDERS)
    for need in needs().values():
        assert set(need.needs) <= {*(kind.value for kind in Kind), "household"}
    for text in EXAMPLES:
        document = read_text(text)
        outline = build_outline(document, extract(document))
        for kind, finder in NODE_FINDERS.items():
            need = needs()[kind]
            for node in finder(outline):
                claims = [figure.claim for figure in node.slot("")]
                has = {claim.kind.value for claim in claims} | {claim.dimension for claim in claims}
                assert not need.needs or has & set(need.needs), (kind, node.form, text)
                blocks = (b for b in document.blocks if b.span.start < node.span.end and node.span.start < b.span.end)
                said = "".join(block.span.of(outline.text) for block in blocks)
                words = need.words_of((node.form,))
                assert not words or any(word in said for word in words), (kind, node.form, text)
                assert not need.table or outline.tables, (kind, node.form, text)
