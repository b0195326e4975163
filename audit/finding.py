"""Findings: what an auditor is told about a check that does not come out even."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from audit.claim import Claim
from audit.span import Span
from audit.verdict import Check


class Severity(StrEnum):
    """How bad a finding is, gravest first; the values are those of the JSON contract."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Suspect:
    """A figure whose slip would explain a finding.

    `replacement` is the figure as it would read with the slip mended, in the style of the original; `edit` the kind
    of slip; `restores` the checks that hold once it is mended.
    """

    claim: Claim
    replacement: str
    edit: str
    restores: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One discrepancy. `span` is the figure it is reported on (the stated one); `line` and `column` count from 1.

    `fingerprint` depends on the rule and on the evidence's own wording, not on its place in the document.
    """

    check: Check
    severity: Severity
    message: str
    message_en: str
    span: Span
    line: int
    column: int
    fingerprint: str
    suspects: tuple[Suspect, ...] = ()
