"""Findings: what an auditor is told about a check that does not come out even."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Literal

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
    falls to this one; `others` are further repairs of the same figure, likeliest first.
    """

    claim: Claim
    replacement: str
    edit: str
    restores: tuple[Check, ...]
    share: Fraction = Fraction(1)
    others: tuple[Suspect, ...] = ()

    @property
    def likelihood(self) -> Literal["high", "medium", "low"]:
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
    the findings about other broken checks that the same repair of the first suspect would restore: they are told with
    this one, not on their own. `diagnosis` says in one sentence how far the evidence about the suspects goes, "" where
    there is nothing to say.
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
    joint: tuple[Finding, ...] = ()
    diagnosis: str = ""
    diagnosis_en: str = ""

    @property
    def together(self) -> tuple[Finding, ...]:
        """This finding and those told with it."""
        return (self, *self.joint)
