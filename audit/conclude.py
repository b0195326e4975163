"""findings_of(Checks, Culprits) -> Findings: what an auditor is told of the checks that do not come out even."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from audit.diagnosis import Culprits
from audit.document import Document
from audit.explanation import explain, stated_claim
from audit.finding import Finding, Severity
from audit.fingerprint import fingerprint
from audit.relation import Relation
from audit.settle import UNEXPLAINED, UNRELIABLE
from audit.verdict import LAST_DIGITS, Check, Verdict

_UNDECIDED_SEVERITY = {"error": Severity.WARNING, "warning": Severity.WARNING, "note": Severity.NOTE}
_FAR = 1000
"""So many characters are about ten paragraphs."""


def findings_of(document: Document, checks: Sequence[Check], culprits: Mapping[int, Culprits]) -> tuple[Finding, ...]:
    """One finding for each check that fails, those together that one repair of one figure would mend."""
    findings = []
    for index in sorted(culprits):
        joint = culprits[index].joint
        if _gravest((index, *joint), checks) == index:
            told = tuple(_finding(document, checks[i], culprits[i]) for i in joint)
            findings.append(replace(_finding(document, checks[index], culprits[index]), joint=told))
    return tuple(findings)


def remainder_of(document: Document, check: Check) -> Finding:
    """The note that a difference which rounding explains (尾差) is reported as under the strict policy."""
    found = _finding(document, check, Culprits())
    return replace(
        found,
        severity=Severity.NOTE,
        message=f"{found.message}（尾差，在舍入范围内）",
        message_en=f"{found.message_en} (within rounding)",
    )


def _finding(document: Document, check: Check, culprits: Culprits) -> Finding:
    claim = stated_claim(check) or next(iter(check.relation.claims), None)
    span = claim.span if claim else check.relation.evidence
    line, column = document.lines.place(span.start)
    return Finding(
        check=check,
        severity=_severity(check),
        message=explain(check, "zh"),
        message_en=explain(check, "en"),
        span=span,
        line=line,
        column=column,
        fingerprint=fingerprint(check, document),
        suspects=culprits.suspects,
        diagnosis=culprits.remark,
        diagnosis_en=culprits.remark_en,
    )


def _severity(check: Check) -> Severity:
    severity = Severity(check.relation.severity or check.relation.rule.severity)
    if check.verdict is not Verdict.UNDECIDED:
        return severity
    return Severity.NOTE if _is_coarse(check) else _UNDECIDED_SEVERITY[severity]


def _is_coarse(check: Check) -> bool:
    """Whether a gap is hardly worth a question: figures were perhaps bound wrongly that no slip explains, or only
    trailing zeros stand between a quotient and what is stated, or the last digits of measured quantities."""
    reason, relation = (check.reason, check.reason_en), check.relation
    if reason == UNEXPLAINED:
        return relation.rule.confidence != "high" or _reaches_far(relation)
    if relation.doubts or reason == UNRELIABLE:
        return False
    return reason == LAST_DIGITS or relation.rule.relation in ("ratio", "growth")


def _reaches_far(relation: Relation) -> bool:
    """Whether one of the figures stands far from all others, in what may be another section or another document."""
    spans = sorted(claim.span for claim in relation.claims)
    return any(following.start - span.end > _FAR for span, following in pairwise(spans))


def _gravest(indices: Sequence[int], checks: Sequence[Check]) -> int:
    ranks = list(Severity)
    return min(indices, key=lambda i: (ranks.index(_severity(checks[i])), i))
