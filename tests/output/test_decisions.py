"""Decisions read back from a file and laid on a report."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from audit.decisions import Decision, DecisionsError, Ruling, Settlement, evidence, parse, read, settle, write
from audit.finding import Severity
from audit.output.schema import decisions_schema
from audit.report import Report
from tests.output import samples


def decision(report: Report, n: int = 0, ruling: Ruling = Ruling.DISMISSED) -> Decision:
    audit = report.audits[0]
    found = audit.findings[n]
    return Decision(
        audit.document.path,
        audit.document.sha256,
        found.check.relation.rule.id,
        found.fingerprint,
        ruling,
        "口径不同",
        "王审计",
        "2024-05-01T09:00:00+08:00",
        evidence(audit, found),
    )


def test_dismissed_findings_do_not_fail() -> None:
    report = samples.report()
    assert Settlement().failing(report, Severity.ERROR) == 2
    assert settle(report, [decision(report)]).failing(report, Severity.ERROR) == 1
    assert settle(report, [decision(report, ruling=Ruling.CONFIRMED)]).failing(report, Severity.ERROR) == 2
    both = settle(report, [decision(report), decision(report, 2)])
    assert both.failing(report, Severity.ERROR) == 0
    assert both.failing(report, Severity.NOTE) == 2


def test_the_last_decision_of_a_finding_counts() -> None:
    report = samples.report()
    settled = settle(report, [decision(report), decision(report, ruling=Ruling.PENDING)])
    found = settled.of(report.audits[0], report.audits[0].findings[0])
    assert found is not None
    assert found.ruling is Ruling.PENDING


def test_a_decision_survives_edits_elsewhere() -> None:
    made = decision(samples.report())
    edited = Report((samples.ledger(text=samples.LEDGER + "补充说明。\n"),))
    assert settle(edited, [made]).failing(edited, Severity.ERROR) == 1


def test_a_decision_of_changed_evidence_is_stale() -> None:
    made = decision(samples.report())
    edited = Report((samples.ledger(text=samples.LEDGER.replace("全年筹集资金", "全年共筹集资金")),))
    settled = settle(edited, [made])
    assert settled.failing(edited, Severity.ERROR) == 2
    assert settled.outdated(edited.audits[0], edited.audits[0].findings[0]) == made
    assert settled.gone == ()


def test_a_decision_of_another_document_or_a_mended_slip_is_gone() -> None:
    report = samples.report()
    foreign = replace(decision(report), path="另一份.txt", sha256="0" * 64)
    mended = replace(decision(report), fingerprint="f" * 32, evidence="完全不同的文字")
    assert settle(report, [foreign, mended]).gone == (foreign, mended)


def test_files_come_back_as_written(tmp_path: Path) -> None:
    report = samples.report()
    made = (decision(report), decision(report, 1, Ruling.CONFIRMED))
    path = tmp_path / "decisions.json"
    path.write_text(write(made), encoding="utf-8")
    assert read(path) == made


def test_files_follow_the_published_schema() -> None:
    validator = jsonschema.Draft202012Validator(decisions_schema())
    written = json.loads(write([decision(samples.report())]))
    validator.validate(written)
    del written["decisions"][0]["ruling"]
    assert [error.validator for error in validator.iter_errors(written)] == ["required"]


def test_every_fault_of_a_file_is_named() -> None:
    good = {"document": {"path": "a", "sha256": "0"}, "rule": "r", "fingerprint": "f", "ruling": "pending"}
    raw = {
        "format": "figure-audit-decisions/1",
        "decisions": [good, {**good, "ruling": "maybe", "notes": "x"}, {**good, "document": "a"}, 3],
    }
    with pytest.raises(DecisionsError) as caught:
        parse(raw, "意见.json")
    assert str(caught.value).splitlines() == [
        "意见.json：第2条有不认识的字段 notes，是否应为 note",
        "意见.json：第2条的 ruling 应是 confirmed、dismissed、pending 之一，不能是 'maybe'",
        "意见.json：第3条的 document 应写明 path 和 sha256",
        "意见.json：第4条应是一个对象",
    ]
    assert caught.value.told("en").splitlines() == [
        "意见.json: decision 2: unknown field notes; did you mean note?",
        "意见.json: decision 2: `ruling` must be one of confirmed, dismissed, pending, not 'maybe'",
        "意见.json: decision 3: `document` must have `path` and `sha256`",
        "意见.json: decision 4: must be an object",
    ]


@pytest.mark.parametrize("text", ["", "[]", "{", '{"format": "x", "decisions": []}'])
def test_what_is_no_decisions_file_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DecisionsError, match=r"x\.json"):
        read(path)


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(DecisionsError, match="无法读取"):
        read(tmp_path / "none.json")
