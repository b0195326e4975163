"""The alarms on real documents that nobody wrote for this project, each judged by eye; the documents lie beside the
checkout where they are available."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from audit.engine import audit_sources
from audit.finding import Severity
from audit.read import find_sources
from audit.rule.load import shipped_rules

DOCUMENTS = Path(__file__).parents[3] / "shared" / "dev" / "text"
JUDGEMENTS = Path(__file__).with_name("judgements.yaml")


@pytest.mark.skipif(not DOCUMENTS.is_dir(), reason="the development documents are not beside this checkout")
def test_every_alarm_is_judged_and_errors_are_precise() -> None:
    judged = {entry["fingerprint"]: entry["judgement"] for entry in yaml.safe_load(JUDGEMENTS.read_text("utf-8"))}
    report = audit_sources(find_sources([DOCUMENTS]), shipped_rules())
    assert not report.skipped
    alarms = [f for audit in report.audits for f in audit.findings if f.severity is not Severity.NOTE]
    assert [f.message for f in alarms if f.fingerprint not in judged] == []
    errors = [judged[f.fingerprint] for f in alarms if f.severity is Severity.ERROR]
    assert errors.count("real") >= 0.95 * len(errors)
