"""The JSON report of schema 1: the contract that other tools read."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from fractions import Fraction
from typing import Any, TypeVar

from audit.claim import Claim
from audit.explanation import printed
from audit.finding import Finding
from audit.output.contract import (
    SCHEMA,
    CheckEntry,
    ClaimEntry,
    Coverage,
    DocumentEntry,
    FindingEntry,
    ItemEntry,
    QuantityEntry,
    ReportEntry,
)
from audit.output.number import decimal_string
from audit.quantity.interval import Interval
from audit.report import Audit, Outcome, Report, Status
from audit.report import Coverage as Covered
from audit.span import Span
from audit.verdict import Check, Quantity
from audit.version import __version__


def render(report: Report, *, lang: str = "zh") -> str:
    """The report as JSON text that ends with a newline: one line for each document, claim, check and finding."""
    entry = to_dict(report, lang)
    parts = [f'"schema": {SCHEMA}', f'"tool": {_compact(entry["tool"])}']
    parts += [
        _listed("documents", entry["documents"]),
        _listed("claims", entry["claims"]),
        _listed("checks", entry["checks"]),
        _listed("findings", entry["findings"]),
        _listed("skipped", entry["skipped"]),
    ]
    return "{" + ",\n ".join(parts) + "}\n"


def to_dict(report: Report, lang: str = "zh") -> ReportEntry:
    """The report as plain dicts and lists; claims are c1… and checks k1… in the order of the documents.

    Messages, workings, reasons and questions are in Chinese, or in English where `lang` is en.
    """
    names = Names(report)
    return {
        "schema": SCHEMA,
        "tool": {"name": "figure-audit", "version": __version__},
        "documents": [_document(audit) for audit in report.audits],
        "claims": [
            _claim(names, i, outcome, lang) for i, audit in enumerate(report.audits) for outcome in audit.outcomes
        ],
        "checks": [
            _check(names, i, check, audit.document.text, lang)
            for i, audit in enumerate(report.audits)
            for check in audit.checks
        ],
        "findings": [
            _finding(names, i, told, finding, lang)
            for i, audit in enumerate(report.audits)
            for finding in audit.findings
            for told in finding.together
        ],
        "skipped": [{"path": slashed(s.path), "reason": _pick(s.reason, s.reason_en, lang)} for s in report.skipped],
    }


class Names:
    """The ids of a report's claims and checks, the same in every format: c1… and k1… in the order of the documents."""

    def __init__(self, report: Report) -> None:
        self._claims: list[dict[Span, str]] = []
        self._checks: dict[int, str] = {}
        claims = checks = 0
        for audit in report.audits:
            self._claims.append({o.claim.span: f"c{claims + n}" for n, o in enumerate(audit.outcomes, 1)})
            claims += len(audit.outcomes)
            # By identity: hashing a check would hash its whole rule, and equal ones say the same to a reader.
            self._checks |= {id(check): f"k{checks + n}" for n, check in enumerate(audit.checks, 1)}
            checks += len(audit.checks)

    def claim(self, document: int, claim: Claim) -> str:
        """The id of a claim of the document with this index."""
        return self._claims[document][claim.span]

    def check(self, check: Check) -> str:
        """The id of a check that stands in the report itself, not of an equal copy."""
        return self._checks[id(check)]


def slashed(path: str) -> str:
    """`path` with / as separator on every system."""
    return path.replace(os.sep, "/")


def _document(audit: Audit) -> DocumentEntry:
    document = audit.document
    return {
        "path": slashed(document.path),
        "sha256": document.sha256,
        "characters": len(document.text),
        "coverage": _coverage(audit.covered),
        "sections": [
            {
                "title": section.title,
                "level": section.level,
                "start": section.span.start,
                "end": section.span.end,
                "coverage": _coverage(section.coverage),
            }
            for section in audit.sections
        ],
    }


def _coverage(covered: Covered) -> Coverage:
    return {
        "claims": covered.claims,
        "confirmed": covered.confirmed,
        "contradicted": covered.contradicted,
        "undecided": covered.undecided,
        "unlinked": covered.unlinked,
        "strong": covered.strong,
        "weak": covered.weak,
    }


def _claim(names: Names, document: int, outcome: Outcome, lang: str) -> ClaimEntry:
    claim = outcome.claim
    low, high = _ends(claim.interval)
    return {
        "id": names.claim(document, claim),
        "document": document,
        "start": claim.span.start,
        "end": claim.span.end,
        "text": claim.text,
        "kind": claim.kind.value,
        "value": decimal_string(claim.value),
        "low": low,
        "high": high,
        "unit": claim.unit,
        "hedge": claim.hedge,
        "label": claim.label,
        "status": outcome.status.value,
        "reason": _pick(outcome.reason, outcome.reason_en, lang),
        "power": _power(outcome),
        "question": _pick(outcome.question, outcome.question_en, lang),
    }


def _power(outcome: Outcome) -> str | None:
    """The power to four decimals, rounded down so that no chance is denied."""
    confirmed = outcome.status is Status.CONFIRMED
    return decimal_string(Fraction(int(outcome.power * 10**4), 10**4)) if confirmed else None


def _check(names: Names, document: int, check: Check, text: str, lang: str) -> CheckEntry:
    relation = check.relation
    stated, computed, difference = printed(check)
    roles: dict[str, list[str | ItemEntry]] = {
        role: [names.claim(document, claim) for claim in claims] for role, claims in relation.roles if claims
    }
    if relation.items:
        roles["items"] = [{"start": item.start, "end": item.end, "text": item.of(text)} for item in relation.items]
    return {
        "id": names.check(check),
        "document": document,
        "rule": relation.rule.id,
        "roles": roles,
        "expectation": str(relation.expectation),
        "working": check.working_in(lang),
        "stated": _quantity(stated),
        "computed": _quantity(computed),
        "difference": decimal_string(difference),
        "verdict": check.verdict.value,
    }


def _finding(names: Names, document: int, finding: Finding, group: Finding, lang: str) -> FindingEntry:
    """The entry of a finding that is told with all others of its group."""
    return {
        "check": names.check(finding.check),
        "rule": finding.check.relation.rule.id,
        "severity": finding.severity.value,
        "message": _pick(finding.message, finding.message_en, lang),
        "document": document,
        "start": finding.span.start,
        "end": finding.span.end,
        "line": finding.line,
        "column": finding.column,
        "fingerprint": finding.fingerprint,
        "suspects": [
            {
                "claim": names.claim(document, suspect.claim),
                "replacement": suspect.replacement,
                "edit": suspect.edit,
                "restores": [names.check(check) for check in suspect.restores],
                "likelihood": suspect.likelihood,
                "alternatives": [
                    {
                        "replacement": other.replacement,
                        "edit": other.edit,
                        "restores": [names.check(check) for check in other.restores],
                    }
                    for other in suspect.others
                ],
            }
            for suspect in finding.suspects
        ],
        "joint": [names.check(other.check) for other in group.together if other is not finding],
        "diagnosis": _pick(finding.diagnosis, finding.diagnosis_en, lang),
    }


_Said = TypeVar("_Said", str, str | None)


def _pick(chinese: _Said, english: _Said, lang: str) -> _Said:
    return english or chinese if lang == "en" else chinese


def _quantity(side: Quantity) -> QuantityEntry:
    low, high = _ends(side.interval)
    return {"value": decimal_string(side.value), "low": low, "high": high}


def _ends(interval: Interval) -> tuple[str | None, str | None]:
    return (
        None if interval.low is None else decimal_string(interval.low),
        None if interval.high is None else decimal_string(interval.high),
    )


def _listed(key: str, entries: Iterable[Any]) -> str:
    lines = ",\n  ".join(_compact(entry) for entry in entries)
    return f'"{key}": [\n  {lines}]' if lines else f'"{key}": []'


def _compact(entry: Any) -> str:
    return json.dumps(entry, ensure_ascii=False)
