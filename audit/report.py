"""The outcome of an audit: every document's claims, checks, findings and coverage, and what was skipped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from audit.claim import Claim, Rejected
from audit.document import Document, Skipped
from audit.finding import Finding
from audit.frozen import direct
from audit.rule.schema import Rule
from audit.span import Span
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


@direct
@dataclass(frozen=True, slots=True)
class Outcome:
    """How one claim ended, and for an unlinked or undecided one why, in the auditor's words (None otherwise).

    `power` is the chance that the checks which confirm the claim would have caught a wrong figure printed like it, 0
    where none confirms it; `strong` says whether that is enough to rely on. `question` is what to ask for an unlinked
    figure of weight (large amounts, percentages) that would decide it, None for others.
    """

    claim: Claim
    status: Status
    reason: str | None = None
    reason_en: str | None = None
    power: Fraction = Fraction(0)
    strong: bool = False
    question: str | None = None
    question_en: str | None = None


@direct
@dataclass(frozen=True, slots=True)
class Coverage:
    """How many claims ended how: confirmed strongly or weakly, contradicted, undecided, unlinked; together `claims`."""

    claims: int
    strong: int
    weak: int
    contradicted: int
    undecided: int
    unlinked: int

    @classmethod
    def of(cls, outcomes: Sequence[Outcome]) -> Coverage:
        """The coverage of these claims."""
        ended = Counter(o.status for o in outcomes)
        strong = sum(o.strong for o in outcomes if o.status is Status.CONFIRMED)
        return cls(
            claims=len(outcomes),
            strong=strong,
            weak=ended[Status.CONFIRMED] - strong,
            contradicted=ended[Status.CONTRADICTED],
            undecided=ended[Status.UNDECIDED],
            unlinked=ended[Status.UNLINKED],
        )

    @property
    def confirmed(self) -> int:
        """How many claims are confirmed, strongly or weakly."""
        return self.strong + self.weak


@dataclass(frozen=True, slots=True)
class SectionCoverage:
    """The coverage of one section: its heading ("" for what stands before the first), and the text it covers.

    A section ends at the next heading of any level; what stands in its subsections counts there.
    """

    title: str
    level: int
    span: Span
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class Audit:
    """The audit of one document: everything in text order, one outcome for each claim.

    `sections` is the coverage of each section that has claims, empty for a document without headings.
    """

    document: Document
    outcomes: tuple[Outcome, ...]
    rejected: tuple[Rejected, ...]
    checks: tuple[Check, ...]
    findings: tuple[Finding, ...]
    sections: tuple[SectionCoverage, ...] = ()

    @property
    def coverage(self) -> dict[Status, int]:
        """How many claims ended in each status."""
        return {status: sum(o.status == status for o in self.outcomes) for status in Status}

    @property
    def covered(self) -> Coverage:
        """How the claims ended, strong and weak confirmations told apart."""
        return Coverage.of(self.outcomes)

    @property
    def questions(self) -> tuple[Outcome, ...]:
        """The unlinked figures of weight with what would decide them: the largest amounts first, then the rates.

        A question that is the same for several figures stands once.
        """
        asked = {o.question: o for o in reversed(self.outcomes) if o.question}.values()
        return tuple(sorted(asked, key=lambda o: -abs(o.claim.value) if o.claim.dimension == "money" else Fraction(1)))


@dataclass(frozen=True, slots=True)
class Report:
    """What an audit of several sources found.

    `skipped` names what could not be audited and why, `rules` every rule that was run.
    """

    audits: tuple[Audit, ...]
    skipped: tuple[Skipped, ...] = ()
    rules: tuple[Rule, ...] = ()

    def to_dict(self, lang: str = "zh") -> ReportEntry:
        """The report as the plain dicts and lists of the JSON contract, schema 1; sentences in Chinese or English."""
        from audit.output.json import to_dict

        return to_dict(self, lang)

    def to_frames(self) -> Frames:
        """Claims, checks and findings as validated pandas frames; imports pandas and pandera on first use."""
        from audit.tables import frames

        return frames(self)
