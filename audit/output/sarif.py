"""SARIF 2.1.0, in the subset that code-scanning services take."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from audit.decisions import Settlement
from audit.document import Skipped
from audit.finding import Finding, Suspect
from audit.output.excerpt import marks
from audit.output.notice import gravest_first, is_text, message, notes, region, repair, told, uri
from audit.output.words import place_word, role_word
from audit.report import Audit, Report
from audit.rule.schema import Rule
from audit.span import Span
from audit.version import __version__

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
MOST_RESULTS = 5_000  # more than these are not shown by GitHub's code scanning
MOST_LOCATIONS = 1_000  # the same service, for one result
_LEVELS = {"error": "error", "warning": "warning", "note": "note"}
_PRECISION = {"high": "very-high", "medium": "high", "low": "medium"}


def render(report: Report, *, lang: str = "zh", settlement: Settlement | None = None) -> str:
    """The findings that nobody dismissed as a SARIF log of one run, gravest first where there are more than 5,000.

    Paths are relative to the working folder and percent-encoded. Columns count code points. What was not audited and
    how many results were left out stands among the notifications of the invocation.
    """
    found = list(told(report, settlement))
    shown = found if len(found) <= MOST_RESULTS else gravest_first(iter(found))[:MOST_RESULTS]
    rules = _rules(report)
    places = {rule.id: n for n, rule in enumerate(rules)}
    invocation: dict[str, Any] = {"executionSuccessful": not report.skipped}
    notifications = [_not_audited(skipped, lang) for skipped in report.skipped]
    if len(found) > len(shown):
        notifications.append(_left_out(len(shown), len(found), lang))
    if notifications:
        invocation["toolExecutionNotifications"] = notifications
    run = {
        "tool": {
            "driver": {
                "name": "figure-audit",
                "semanticVersion": __version__,
                "rules": [_descriptor(rule, lang) for rule in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [invocation],
        "artifacts": [_artifact(audit) for audit in report.audits],
        "results": [_result(audit, finding, places, lang) for audit, finding in shown],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1) + "\n"


def _rules(report: Report) -> list[Rule]:
    """Every rule that was run or that found something, by id."""
    known = {rule.id: rule for rule in report.rules}
    for audit in report.audits:
        for finding in audit.findings:
            known.setdefault(finding.check.relation.rule.id, finding.check.relation.rule)
    return [known[identity] for identity in sorted(known)]


def _descriptor(rule: Rule, lang: str) -> dict[str, Any]:
    title, told_why, cautions = rule.said(lang)
    known = "".join(f"\n- {line}" for line in cautions)
    told_why = told_why or title
    caution = f"\n\n{'已知误报' if lang == 'zh' else 'Known false positives'}:\n{known}" if known else ""
    return {
        "id": rule.id,
        "shortDescription": {"text": title},
        "fullDescription": {"text": told_why},
        "help": {
            "text": f"{told_why}{caution}\n\n{rule.source}",
            "markdown": f"**{title}**\n\n{told_why}{caution}\n\n`{rule.source}`",
        },
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"precision": _PRECISION[rule.confidence], "tags": ["figures"]},
    }


def _artifact(audit: Audit) -> dict[str, Any]:
    document = audit.document
    return {
        "location": {"uri": uri(document.path)},
        "mimeType": document.media_type,
        "hashes": {"sha-256": document.sha256},
    }


def _result(audit: Audit, finding: Finding, places: dict[str, int], lang: str) -> dict[str, Any]:
    rule = finding.check.relation.rule
    entry: dict[str, Any] = {
        "ruleId": rule.id,
        "ruleIndex": places[rule.id],
        "level": _LEVELS[finding.severity],
        "message": {"text": "\n".join((message(finding, lang), *notes(finding, lang)))},
        "locations": [_location(audit, finding.span, lang)],
        "partialFingerprints": {"primaryLocationLineHash": f"{finding.fingerprint}:1"},
    }
    related = list(_related(audit, finding, lang))
    if related:
        entry["relatedLocations"] = related[:MOST_LOCATIONS]
    if is_text(audit.document):
        fixes = [_fix(audit, suspect, lang) for suspect in finding.suspects]
        if fixes:
            entry["fixes"] = fixes
    return entry


def _location(audit: Audit, span: Span, lang: str, text: str = "", identity: int = 0) -> dict[str, Any]:
    entry: dict[str, Any] = {"id": identity} if identity else {}
    entry["physicalLocation"] = {
        "artifactLocation": {"uri": uri(audit.document.path)},
        "region": {**_region(audit, span), "snippet": {"text": span.of(audit.document.text)}},
    }
    name = place_word(audit.document, span.start, lang)
    if name:
        entry["logicalLocations"] = [{"fullyQualifiedName": name}]
    if text:
        entry["message"] = {"text": text}
    return entry


def _region(audit: Audit, span: Span) -> dict[str, int]:
    here = region(audit.document, span)
    return {
        "startLine": here.start_line,
        "startColumn": here.start_column,
        "endLine": here.end_line,
        "endColumn": here.end_column,
    }


def _related(audit: Audit, finding: Finding, lang: str) -> Iterator[dict[str, Any]]:
    """The other figures of the relation, and those of the checks that the same repair would restore."""
    places: dict[Span, str] = {}
    for each in finding.together:
        for mark in marks(each):
            if mark.span != finding.span:
                places.setdefault(mark.span, role_word(mark.role, each.check, lang))
    for identity, (span, role) in enumerate(sorted(places.items()), 1):
        yield _location(audit, span, lang, f"{role} {span.of(audit.document.text)}", identity)


def _fix(audit: Audit, suspect: Suspect, lang: str) -> dict[str, Any]:
    change = {
        "artifactLocation": {"uri": uri(audit.document.path)},
        "replacements": [
            {
                "deletedRegion": _region(audit, suspect.claim.span),
                "insertedContent": {"text": suspect.replacement},
            }
        ],
    }
    return {"description": {"text": repair(suspect, lang)}, "artifactChanges": [change]}


def _not_audited(skipped: Skipped, lang: str) -> dict[str, Any]:
    return {
        "level": "error",
        "message": {"text": skipped.reason if lang == "zh" else skipped.reason_en or skipped.reason},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri(skipped.path)}}}],
    }


def _left_out(shown: int, found: int, lang: str) -> dict[str, Any]:
    said = (
        f"共{found}项，只写出最严重的{shown}项；全部见 JSON 或 HTML 报告"
        if lang == "zh"
        else f"{found} findings, of which the {shown} gravest are given; the JSON and HTML reports have all"
    )
    return {"level": "warning", "message": {"text": said}}
