"""Findings: what an auditor is told about a check that does not come out even."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from audit.claim import Claim
from audit.span import Span
from audit.verdict import Check

_HIGH, _MEDIUM = Fraction(2, 3), Fraction(1, 4)


class Severity(StrEnum):
    """How bad a finding is, gravest first; the values are those of the JSON contract."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Suspect:
    """A figure whose slip would explain a finding.

    `replacement` is the figure as it would read with the slip mended, in the style of the original; `edit` the kind
    of slip; `restores` the checks that hold once it is mended. `share` is how much of the likelihood of all suspects
    falls to this one (0 where it was not weighed); `others` are further repairs of the same figure, likeliest first.
    """

    claim: Claim
    replacement: str
    edit: str
    restores: tuple[Check, ...]
    share: Fraction = Fraction(0)
    others: tuple[Suspect, ...] = ()

    @property
    def likelihood(self) -> str:
        """`high`, `medium` or `low`, by the share."""
        return "high" if self.share >= _HIGH else "medium" if self.share >= _MEDIUM else "low"

    @property
    def is_likely(self) -> bool:
        """Whether the evidence singles this figure out."""
        return self.share >= _HIGH


@dataclass(frozen=True, slots=True)
class Finding:
    """One discrepancy. `span` is the figure it is reported on (the stated one); `line` and `column` count from 1.

    `fingerprint` depends on the rule and on the evidence's own wording, not on its place in the document. `joint` are
    other broken checks that the same repair of the first suspect would restore: they are reported here and nowhere
    else. `diagnosis` says in one sentence how far the evidence about the suspects goes, "" where that goes without
    saying.
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
    joint: tuple[Check, ...] = ()
    diagnosis: str = ""
    diagnosis_en: str = ""
