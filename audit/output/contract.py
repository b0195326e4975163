"""The shape of the JSON report, schema 1, and of decisions files: the one source of types and published schemas."""

from __future__ import annotations

from typing import Annotated, Final, Literal, TypedDict

SCHEMA: Final = 1

Decimal = Annotated[str, "number"]  # a decimal string in base units; percents and points as printed percent
Offset = Annotated[int, "offset"]  # half-open code-point offsets into the document's text
Index = Annotated[int, "offset"]
Place = Annotated[int, "place"]  # counts from 1
ClaimId = Annotated[str, "claim"]
CheckId = Annotated[str, "check"]
Digest = Annotated[str, "sha256"]


class Tool(TypedDict):
    """The program that wrote the report."""

    name: Literal["figure-audit"]
    version: str


class Coverage(TypedDict):
    """How claims ended; the four states add up to `claims`, `strong` and `weak` confirmations to `confirmed`."""

    claims: Offset
    confirmed: Offset
    contradicted: Offset
    undecided: Offset
    unlinked: Offset
    strong: Offset
    weak: Offset


class SectionEntry(TypedDict):
    """A section with claims: its heading ("" before the first), the text it covers without its subsections."""

    title: str
    level: Offset
    start: Offset
    end: Offset
    coverage: Coverage


class DocumentEntry(TypedDict):
    """One audited document; `path` as given, with / as separator."""

    path: str
    sha256: Digest
    characters: Offset
    coverage: Coverage
    sections: list[SectionEntry]


class ClaimEntry(TypedDict):
    """One figure as printed and how it was read; a null `low` or `high` is an infinite end.

    `power` is the chance (0 to 1, null for a claim that is not confirmed) that the checks which confirm it would have
    caught a wrong figure printed like it; `question` is what would decide an unlinked figure of weight.
    """

    id: ClaimId
    document: Index
    start: Offset
    end: Offset
    text: str
    kind: Literal[
        "amount",
        "count",
        "measure",
        "percent",
        "points",
        "ratio",
        "multiple",
        "fraction",
        "per",
        "list_count",
        "range",
    ]
    value: Decimal
    low: Decimal | None
    high: Decimal | None
    unit: str
    hedge: str | None
    label: str
    status: Literal["confirmed", "contradicted", "undecided", "unlinked"]
    reason: str | None
    power: Decimal | None
    question: str | None


class ItemEntry(TypedDict):
    """One listed thing of a list count."""

    start: Offset
    end: Offset
    text: str


class QuantityEntry(TypedDict):
    """One side of a comparison; a null end is infinite."""

    value: Decimal
    low: Decimal | None
    high: Decimal | None


class CheckEntry(TypedDict):
    """One relation with its verdict; `difference` is computed − stated."""

    id: CheckId
    document: Index
    rule: str
    roles: dict[str, list[ClaimId | ItemEntry]]
    expectation: str
    working: str
    stated: QuantityEntry
    computed: QuantityEntry
    difference: Decimal
    verdict: Literal["exact", "rounding", "undecided", "inconsistent"]


class AlternativeEntry(TypedDict):
    """Another way to mend the same figure, and the checks that hold once it is mended so."""

    replacement: str
    edit: str
    restores: list[CheckId]


class SuspectEntry(TypedDict):
    """A figure whose slip would explain a finding, and the checks that hold once it is mended."""

    claim: ClaimId
    replacement: str
    edit: str
    restores: list[CheckId]
    likelihood: Literal["high", "medium", "low"]
    alternatives: list[AlternativeEntry]


class FindingEntry(TypedDict):
    """One discrepancy, reported on the stated figure; lines and columns count from 1.

    `joint` are other broken checks that the same repair would restore; each of them has its own entry, with the same
    suspects. `diagnosis` says how far the evidence about the suspects goes.
    """

    check: CheckId
    rule: str
    severity: Literal["error", "warning", "note"]
    message: str
    document: Index
    start: Offset
    end: Offset
    line: Place
    column: Place
    fingerprint: str
    suspects: list[SuspectEntry]
    joint: list[CheckId]
    diagnosis: str


class SkippedEntry(TypedDict):
    """What could not be audited, and why."""

    path: str
    reason: str


class ReportEntry(TypedDict):
    """The report of an audit."""

    schema: Literal[1]
    tool: Tool
    documents: list[DocumentEntry]
    claims: list[ClaimEntry]
    checks: list[CheckEntry]
    findings: list[FindingEntry]
    skipped: list[SkippedEntry]


class DecidedDocument(TypedDict):
    """The document of a decision, as its report named it."""

    path: str
    sha256: str


class _DecisionRequired(TypedDict):
    document: DecidedDocument
    rule: str
    fingerprint: str
    ruling: Literal["confirmed", "dismissed", "pending"]


class DecisionEntry(_DecisionRequired, total=False):
    """One auditor's decision of one finding; `decided` is an ISO 8601 moment, `evidence` what it was made on."""

    note: str
    auditor: str
    decided: str
    evidence: str


class DecisionsEntry(TypedDict):
    """The decisions of auditors, as the HTML report exports them and a check takes them back."""

    format: Literal["figure-audit-decisions/1"]
    decisions: list[DecisionEntry]
