"""The outcome of an audit: every document's claims, checks, findings and coverage, and what was skipped."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from audit.claim import Claim, Rejected
from audit.document import Document, Skipped
from audit.finding import Finding
from audit.rule.schema import Rule
from audit.verdict import Check

if TYPE_CHECKING:
    from audit.output.contract import ReportEntry
    from audit.tables import Frames


class Status(StrEnum):
    """How a claim ended; the values are those of the JSON contract."""

    CONFIRMED = "confirmed"
    CONTRADICTED = "contradicted"
    UNDECIDED = "undecided"
    UNLINKED = "unlinked"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one claim ended, and for an unlinked or undecided one why, in the auditor's words (None otherwise)."""

    claim: Claim
    status: Status
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Audit:
    """The audit of one document: everything in text order, one outcome for each claim."""

    document: Document
    outcomes: tuple[Outcome, ...]
    rejected: tuple[Rejected, ...]
    checks: tuple[Check, ...]
    findings: tuple[Finding, ...]

    @property
    def coverage(self) -> dict[Status, int]:
        """How many claims ended in each status."""
        return {status: sum(o.status == status for o in self.outcomes) for status in Status}


@dataclass(frozen=True, slots=True)
class Report:
    """What an audit of several sources found.

    `skipped` names what could not be audited and why, `rules` every rule that was run.
    """

    audits: tuple[Audit, ...]
    skipped: tuple[Skipped, ...] = ()
    rules: tuple[Rule, ...] = ()

    def to_dict(self) -> ReportEntry:
        """The report as the plain dicts and lists of the JSON contract, schema 1."""
        from audit.output.json import to_dict

        return to_dict(self)

    def to_frames(self) -> Frames:
        """Claims, checks and findings as validated pandas frames; imports pandas and pandera on first use."""
        from audit.tables import frames

        return frames(self)
