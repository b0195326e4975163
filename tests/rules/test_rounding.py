"""The rounding policies: what is confirmed, reported and forgiven under each."""

from __future__ import annotations

import pytest

from audit.engine import audit_document
from audit.finding import Severity
from audit.read import read_text
from audit.report import Status
from audit.rounding import Rounding
from audit.rule.load import shipped_rules

EXACT = "全年完成投资10.0亿元，其中工业投资4.0亿元，农业投资6.0亿元。"
WITHIN = "从产业投向看，全市投资63.8亿元，其中一产投资4.4亿元、二产投资56.4亿元、三产投资3.1亿元。"
BEYOND = "第一产业增加值占地区生产总值的比重为3.8%，第二产业增加值比重为80.9%，第三产业增加值比重为15.5%。"
FAR = BEYOND.replace("15.5%", "17.3%")
COUNTS = "全县有危房8224户，其中建档立卡贫困户8225户。"


def severities(text: str, rounding: Rounding) -> list[Severity]:
    audit, _ = audit_document(read_text(text), shipped_rules(), rounding)
    return [finding.severity for finding in audit.findings]


@pytest.mark.parametrize("text", [EXACT, WITHIN])
def test_what_rounding_explains_is_confirmed(text: str) -> None:
    audit, _ = audit_document(read_text(text), shipped_rules())
    assert audit.findings == ()
    assert audit.coverage[Status.CONFIRMED] >= 3


def test_the_strict_policy_reports_it_as_a_note() -> None:
    audit, _ = audit_document(read_text(WITHIN), shipped_rules(), Rounding.STRICT)
    (finding,) = audit.findings
    assert finding.severity is Severity.NOTE
    assert "尾差" in finding.message
    assert "within rounding" in finding.message_en
    assert audit.coverage[Status.CONTRADICTED] == 0
    assert severities(EXACT, Rounding.STRICT) == []


def test_the_lenient_policy_forgives_one_unit_of_the_last_digit_of_each_figure() -> None:
    assert severities(BEYOND, Rounding.STANDARD) != []
    assert severities(BEYOND, Rounding.LENIENT) == []
    assert severities(FAR, Rounding.LENIENT) == severities(FAR, Rounding.STANDARD) != []


def test_no_policy_forgives_exact_figures() -> None:
    assert severities(COUNTS, Rounding.LENIENT) == severities(COUNTS, Rounding.STANDARD) != []
