"""GitLab Code Quality: the report that its merge-request widget reads, an array of Code Climate issues."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from audit.decisions import Settlement
from audit.document import Skipped
from audit.finding import Finding, Severity
from audit.output.notice import is_text, message, notes, region, relative, told
from audit.output.words import place_word
from audit.report import Audit, Report

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


def render(report: Report, *, lang: str = "zh", settlement: Settlement | None = None) -> str:
    """The findings that nobody dismissed as a JSON array, what was not audited among them as blockers.

    A fingerprint names one finding of one path: the widget takes equal ones for the same finding.
    """
    issues = [_issue(audit, finding, lang) for audit, finding in told(report, settlement)]
    issues += [_not_audited(skipped, lang) for skipped in report.skipped]
    return json.dumps(issues, ensure_ascii=False, indent=1) + "\n"


def _issue(audit: Audit, finding: Finding, lang: str) -> dict[str, Any]:
    path = relative(audit.document.path)
    lines = {"begin": 1, "end": 1}
    said = [message(finding, lang), *notes(finding, lang)[:1]]
    if is_text(audit.document):
        here = region(audit.document, finding.span)
        lines = {"begin": here.start_line, "end": here.end_line}
    else:
        said.insert(0, place_word(audit.document, finding.span.start, lang))
    return {
        "type": "issue",
        "check_name": finding.check.relation.rule.id,
        "description": " ".join(filter(None, said)),
        "content": {"body": "\n\n".join(notes(finding, lang))},
        "categories": ["Bug Risk"],
        "severity": _SEVERITIES[finding.severity],
        "fingerprint": _fingerprint(path, finding.fingerprint),
        "location": {"path": path, "lines": lines},
    }


def _not_audited(skipped: Skipped, lang: str) -> dict[str, Any]:
    path = relative(skipped.path)
    return {
        "type": "issue",
        "check_name": "not-audited",
        "description": skipped.reason if lang == "zh" else skipped.reason_en or skipped.reason,
        "categories": ["Bug Risk"],
        "severity": "blocker",
        "fingerprint": _fingerprint(path, skipped.reason),
        "location": {"path": path, "lines": {"begin": 1, "end": 1}},
    }


def _fingerprint(path: str, identity: str) -> str:
    return hashlib.sha256(f"{path}\x1f{identity}".encode("utf-8", "surrogatepass")).hexdigest()[:32]
