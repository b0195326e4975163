"""The Reviewdog Diagnostic Format as one JSON object (rdjson)."""

from __future__ import annotations

import json
from typing import Any

from audit.decisions import Settlement
from audit.document import Document
from audit.finding import Finding, Severity
from audit.output.notice import is_text, message, notes, relative, told, where
from audit.report import Audit, Report
from audit.span import Span

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.NOTE: "INFO"}


def render(report: Report, *, lang: str = "zh", settlement: Settlement | None = None) -> str:
    """The findings that nobody dismissed, with their repairs as suggestions; columns count bytes of UTF-8 from 1."""
    diagnostics = [_diagnostic(audit, finding, lang) for audit, finding in told(report, settlement)]
    diagnostics += [
        {
            "message": skipped.reason if lang == "zh" else skipped.reason_en or skipped.reason,
            "location": {"path": relative(skipped.path)},
            "severity": "ERROR",
            "code": {"value": "not-audited"},
        }
        for skipped in report.skipped
    ]
    entry = {"source": {"name": "figure-audit"}, "diagnostics": diagnostics}
    return json.dumps(entry, ensure_ascii=False, indent=1) + "\n"


def _diagnostic(audit: Audit, finding: Finding, lang: str) -> dict[str, Any]:
    document = audit.document
    entry: dict[str, Any] = {
        "message": "\n".join((message(finding, lang), *notes(finding, lang))),
        "location": {"path": relative(document.path)},
        "severity": _SEVERITIES[finding.severity],
        "code": {"value": finding.check.relation.rule.id},
    }
    if not is_text(document):
        entry["message"] = f"{where(audit, finding.span, lang)}\n{entry['message']}"
        return entry
    entry["location"]["range"] = _range(document, finding.span)
    if finding.suspects:
        entry["suggestions"] = [
            {"range": _range(document, suspect.claim.span), "text": suspect.replacement} for suspect in finding.suspects
        ]
    return entry


def _range(document: Document, span: Span) -> dict[str, Any]:
    return {"start": _position(document, span.start), "end": _position(document, span.end)}


def _position(document: Document, offset: int) -> dict[str, int]:
    line, column = document.lines.place(offset)
    before = document.text[offset - column + 1 : offset]
    return {"line": line, "column": len(before.encode("utf-8", "surrogatepass")) + 1}
