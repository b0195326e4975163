"""What the HTML report and the working paper show of a document, as plain data; `view.py` fills it in."""

from __future__ import annotations

from dataclasses import dataclass

from audit.decisions import Decision
from audit.output.number_line import NumberLine
from audit.output.scale import Sided


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; `role` where it is a figure of a finding's evidence, `claim` and `status` where it is a claim."""

    text: str
    role: str = ""
    stated: bool = False
    claim: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a worked column."""

    role: str
    printed: str
    claim: str
    value: str
    unit: str
    interval: str


@dataclass(frozen=True, slots=True)
class SuspectView:
    """A likely slip and what its repair restores."""

    claim: str
    text: str
    replacement: str
    edit: str
    restores: tuple[str, ...]
    likelihood: str
    others: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class JointView:
    """A broken check that the same repair would mend, told with its finding."""

    message: str
    working: str
    line: int
    column: int
    claim: str
    check: str


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding as the page shows it. `anchor` names it in links and survives edits elsewhere in the document."""

    anchor: str
    ref: str
    severity: str
    rule: str
    title: str
    message: str
    place: str
    line: int
    column: int
    evidence: tuple[tuple[Piece, ...], ...]
    rows: tuple[Row, ...]
    items: tuple[str, ...]
    computed: Sided
    stated: Sided
    difference: Sided
    working: str
    line_drawing: NumberLine
    suspects: tuple[SuspectView, ...]
    diagnosis: str
    joint: tuple[JointView, ...]
    cue: str
    doubts: tuple[str, ...]
    why: str
    check: str
    claim: str
    fingerprint: str
    remembered: str
    decision: Decision | None
    outdated: Decision | None
    top: str


@dataclass(frozen=True, slots=True)
class CellView:
    """One table cell."""

    pieces: tuple[Piece, ...]
    row_span: int
    column_span: int
    head: bool


@dataclass(frozen=True, slots=True)
class BlockView:
    """A block of the text; `rows` only of a table."""

    kind: str
    level: int
    line: int
    pieces: tuple[Piece, ...]
    rows: tuple[tuple[CellView, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class CheckView:
    """One check: what a reader needs to see that it was made."""

    id: str
    rule: str
    title: str
    working: str
    verdict: str
    word: str
    roles: tuple[tuple[str, tuple[str, ...]], ...]
    anchor: str


@dataclass(frozen=True, slots=True)
class ClaimView:
    """One figure and how it was read."""

    id: str
    text: str
    kind: str
    value: str
    interval: str
    label: str
    hedge: str
    status: str
    reason: str
    line: int


@dataclass(frozen=True, slots=True)
class SectionView:
    """How the figures of one section ended; `relied` is the share of figures that are strongly confirmed."""

    title: str
    claims: int
    strong: int
    weak: int
    contradicted: int
    undecided: int
    unlinked: int
    relied: str


@dataclass(frozen=True, slots=True)
class DocumentView:
    """One document; `href` is where its page is, "" on the page itself.

    `whole` is the coverage of all its figures, `questions` are pairs of a figure's id and what would decide it.
    """

    number: int
    path: str
    name: str
    sha256: str
    characters: int
    coverage: dict[str, int]
    severities: dict[str, int]
    dismissed: int
    findings: tuple[FindingView, ...]
    blocks: tuple[BlockView, ...]
    checks: tuple[CheckView, ...]
    claims: tuple[ClaimView, ...]
    whole: SectionView
    sections: tuple[SectionView, ...] = ()
    questions: tuple[tuple[str, str], ...] = ()
    href: str = ""

    @property
    def tag(self) -> str:
        """Its number and name: several documents may have one name."""
        return f"{self.number + 1:02d} {self.name}"
