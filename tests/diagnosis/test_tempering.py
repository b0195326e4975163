"""What rules of less than high confidence may say, and how findings are made of diagnoses, through the whole engine."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audit.engine import audit_document
from audit.finding import Finding, Severity
from audit.read import read_text
from audit.report import Audit
from audit.rule.load import read_rule, shipped_rules
from audit.rule.schema import Rule
from audit.verdict import Verdict

TOTAL = """
id: schools
title: 学校总数
why: 供测试使用。
severity: error
confidence: high
applies_to: {document: "*"}
bind:
  total: {quote: "学校{}"}
  primary: {quote: "小学{}"}
  middle: {quote: "中学{}"}
expect: primary + middle == total
examples: {pass: 共3户, fail: 共4户}
"""
ONE_SLIP = "共有学校309所，其中小学225所、中学75所。"  # 300 with a digit mistyped
NO_SLIP = "共有学校9173所，其中小学225所、中学75所。"


def rule(text: str, confidence: str = "high") -> Rule:
    made, problems = read_rule(text, "by-hand.yaml")
    assert made is not None, problems
    return replace(made, confidence=confidence)


def audited(text: str, *rules: Rule) -> Audit:
    audit, skipped = audit_document(read_text(text), rules)
    assert not skipped
    return audit


@pytest.mark.parametrize(
    ("confidence", "text", "verdict", "severity"),
    [
        ("high", NO_SLIP, Verdict.INCONSISTENT, Severity.ERROR),
        ("medium", ONE_SLIP, Verdict.INCONSISTENT, Severity.ERROR),
        ("medium", NO_SLIP, Verdict.UNDECIDED, Severity.NOTE),
        ("low", ONE_SLIP, Verdict.UNDECIDED, Severity.WARNING),
        ("low", NO_SLIP, Verdict.UNDECIDED, Severity.NOTE),
    ],
)
def test_confidence_tempers_a_verdict(confidence: str, text: str, verdict: Verdict, severity: Severity) -> None:
    (finding,) = audited(text, rule(TOTAL, confidence)).findings
    assert (finding.check.verdict, finding.severity) == (verdict, severity)


def test_an_unexplained_gap_says_so() -> None:
    (finding,) = audited(NO_SLIP, rule(TOTAL, "medium")).findings
    assert finding.check.reason == "没有单个笔误能解释差额，可能是口径不同"
    assert finding.check.reason in finding.message


@pytest.mark.parametrize(("paragraphs", "severity"), [(1, Severity.WARNING), (60, Severity.NOTE)])
def test_an_unexplained_gap_far_away_is_hardly_worth_a_question(paragraphs: int, severity: Severity) -> None:
    between = "各地各部门按照统一部署开展工作，情况总体平稳。\n" * paragraphs
    text = f"转移147.08万人，倒塌房屋30106户89001间。\n{between}转移147.08万人，倒塌房屋30616户89001间。"
    findings = audited(text, *shipped_rules()).findings
    assert [(finding.check.relation.rule.id, finding.severity) for finding in findings] == [("repeat", severity)]


ELSEWHERE = {  # one breakdown a sentence: where a slip explains the gap, where none does, and where there is none
    "slip": "{}县总人口31008人，其中城镇人口22251人、乡村人口7857人。",
    "none": "{}县总人口91734人，其中城镇人口22251人、乡村人口7857人。",
    "even": "{}县总人口30108人，其中城镇人口22251人、乡村人口7857人。",
}


@pytest.mark.parametrize(
    ("sentences", "severities"),
    [
        (["slip"], ["error"]),
        (["none"], ["warning"]),
        (["slip", "slip"], ["warning", "warning"]),
        (["slip", "slip", "even"], ["warning", "warning"]),
        (["slip", "slip", "even", "even"], ["error", "error"]),
        (["none", "even", "even", "even", "even"], ["warning"]),
    ],
)
def test_a_rule_that_fails_more_often_than_it_holds_is_not_believed(
    sentences: list[str], severities: list[str]
) -> None:
    text = "".join(ELSEWHERE[name].format(county) for name, county in zip(sentences, "甲乙丙丁戊", strict=False))
    (breakdowns,) = (rule for rule in shipped_rules() if rule.id == "parts-after-qizhong")
    assert [finding.severity.value for finding in audited(text, breakdowns).findings] == severities


SHARE = (
    TOTAL.replace("id: schools", "id: share")
    .replace("学校总数", "中学占比")
    .replace('  primary: {quote: "小学{}"}\n', '  share: {quote: "占{}"}\n')
    .replace("primary + middle == total", "middle / total == share")
)


def told(finding: Finding) -> tuple[str, str]:
    return finding.suspects[0].claim.text, finding.suspects[0].replacement


def test_two_checks_that_one_repair_mends_are_one_finding() -> None:
    audit = audited("共有学校3000所，其中小学225所、中学75所，占25.0%。", rule(TOTAL), rule(SHARE))
    assert len(audit.checks) == 2
    (finding,) = audit.findings
    assert told(finding) == ("3000所", "300所")
    (joint,) = finding.joint
    assert {finding.check.relation.rule.id, joint.check.relation.rule.id} == {"schools", "share"}
    assert joint.message != finding.message
    assert finding.together == (finding, joint)


def test_every_broken_check_is_in_one_finding() -> None:
    audit = audited("共有学校3000所，其中小学225所、中学75所，占25.0%。", rule(TOTAL), rule(SHARE))
    reported = [told.check for finding in audit.findings for told in finding.together]
    assert sorted(map(id, reported)) == sorted(map(id, audit.checks))


def test_one_slip_that_two_doubted_relations_share_is_no_doubt() -> None:
    text = "全省共登记投诉{}万件。其中，重大的投诉45.2万件，占同期投诉总数的30.0%。"
    found = audited(text.format("15.05"), *shipped_rules()).findings  # 150.5 with its point shifted
    assert [finding.severity for finding in found] == [Severity.ERROR]
    assert {f.check.relation.rule.id for f in found[0].together} == {"parts-after-qizhong", "share-of-base"}


def test_one_doubted_relation_stays_a_question() -> None:
    text = "全省共登记投诉15.05万件。其中，重大的投诉45.2万件，由各市分别办理。"
    (finding,) = audited(text, *shipped_rules()).findings
    assert (finding.check.verdict, finding.severity) == (Verdict.UNDECIDED, Severity.WARNING)
