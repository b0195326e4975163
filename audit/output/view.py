"""One document as the HTML report shows it: its findings, its text with the figures in it, its checks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from audit.decisions import Settlement, evidence
from audit.document import Block, BlockKind, Table
from audit.explanation import printed, stated_claim
from audit.finding import Finding, Suspect
from audit.output.excerpt import Mark, marks, sentences
from audit.output.json import Names, slashed
from audit.output.number import grouped
from audit.output.number_line import number_line
from audit.output.printable import printable
from audit.output.scale import Scale
from audit.output.shown import (
    BlockView,
    CellView,
    CheckView,
    ClaimView,
    DocumentView,
    FindingView,
    JointView,
    Piece,
    Row,
    SectionView,
    SuspectView,
)
from audit.output.words import place_word, role_word, say
from audit.report import Coverage, Outcome, Report
from audit.span import Span
from audit.verdict import Check


def document_view(report: Report, number: int, names: Names, settlement: Settlement, lang: str) -> DocumentView:
    """The document with index `number` as a page shows it."""
    audit = report.audits[number]
    of = _Of(report, number, names, settlement, lang)
    findings = tuple(of.finding(n, finding) for n, finding in enumerate(audit.findings, 1))
    kept = [f for f in audit.findings if not settlement.dismissed(audit, f)]
    severities = {s: sum(f.severity == s for f in kept) for s in ("error", "warning", "note")}
    path = printable(slashed(audit.document.path))
    return DocumentView(
        number,
        path,
        path.rsplit("/", 1)[-1] or path,
        audit.document.sha256,
        len(audit.document.text),
        {status.value: n for status, n in audit.coverage.items()},
        severities,
        len(findings) - len(kept),
        findings,
        tuple(of.blocks()),
        tuple(of.check(check) for check in audit.checks),
        tuple(of.claim(outcome) for outcome in audit.outcomes),
        of.section("", audit.covered),
        tuple(of.section(s.title, s.coverage) for s in audit.sections),
        tuple(of.questions()),
    )


_SENTENCES = 24  # of a finding's evidence; a table's column has hundreds, and the working lists every figure


def anchors_of(report: Report, number: int) -> list[str]:
    """The name of each finding of a document in links: from the document's SHA-256 and the finding's fingerprint.

    The same file audited twice, or equal fingerprints, get a number behind.
    """
    sha256 = report.audits[number].document.sha256
    seen = Counter(f.fingerprint for a in report.audits[:number] if a.document.sha256 == sha256 for f in a.findings)
    out = []
    for finding in report.audits[number].findings:
        seen[finding.fingerprint] += 1
        again = seen[finding.fingerprint]
        out.append(f"f-{sha256[:8]}-{finding.fingerprint[:12]}" + (f"-{again}" if again > 1 else ""))
    return out


class _Of:
    """The views of one audit."""

    def __init__(self, report: Report, number: int, names: Names, settlement: Settlement, lang: str) -> None:
        self._audit = audit = report.audits[number]
        self._number, self._names, self._lang = number, names, lang
        self._settlement = settlement
        self._text = printable(audit.document.text, keep="\n\r\t")
        self._status = {o.claim.span: (names.claim(number, o.claim), o.status.value) for o in audit.outcomes}
        self._spans = sorted(self._status)
        self._anchors = anchors_of(report, number)
        self._reported = {
            id(told.check): anchor
            for finding, anchor in zip(audit.findings, self._anchors, strict=True)
            for told in finding.together
        }

    def section(self, title: str, covered: Coverage) -> SectionView:
        relied = grouped(Fraction(100 * covered.strong, covered.claims), 1) if covered.claims else "0"
        return SectionView(
            printable(title),
            covered.claims,
            covered.strong,
            covered.weak,
            covered.contradicted,
            covered.undecided,
            covered.unlinked,
            f"{relied}%",
        )

    def questions(self) -> Iterator[tuple[str, str]]:
        for outcome in self._audit.questions:
            question = outcome.question_en if self._lang == "en" else outcome.question
            yield self._names.claim(self._number, outcome.claim), printable(question or "")

    def finding(self, n: int, finding: Finding) -> FindingView:
        audit, lang, check = self._audit, self._lang, finding.check
        document, relation = audit.document, check.relation
        rule = relation.rule
        title, why, _ = rule.said(lang)
        scale = Scale.of(check, lang)
        stated, computed, difference = printed(check)
        claim = stated_claim(check)
        return FindingView(
            self._anchors[n - 1],
            f"{self._number + 1:02d}-{n:03d}",
            finding.severity.value,
            rule.id,
            title,
            self._sentence(finding.message, finding.message_en),
            printable(place_word(document, finding.span.start, lang)),
            finding.line,
            finding.column,
            tuple(self._evidence(finding)),
            tuple(self._rows(check, scale)),
            tuple(printable(item.of(document.text)) for item in relation.items),
            scale.side(computed.value, computed.interval),
            scale.side(stated.value, stated.interval),
            scale.gap(difference),
            printable(check.working_in(lang)),
            number_line(computed, stated),
            tuple(map(self._suspect, finding.suspects)),
            self._sentence(finding.diagnosis, finding.diagnosis_en),
            tuple(map(self._joint, finding.joint)),
            printable(relation.cue.of(document.text)) if relation.cue else "",
            tuple(self._doubts(check)),
            why,
            self._names.check(check),
            self._names.claim(self._number, claim) if claim else "",
            finding.fingerprint,
            evidence(audit, finding),
            self._settlement.of(audit, finding),
            self._settlement.outdated(audit, finding),
            f"{finding.span.start * 1000 // max(1, len(self._text))}",
        )

    def _suspect(self, suspect: Suspect) -> SuspectView:
        return SuspectView(
            self._names.claim(self._number, suspect.claim),
            printable(suspect.claim.text),
            printable(suspect.replacement),
            say(suspect.edit, self._lang),
            tuple(self._names.check(check) for check in suspect.restores),
            say(f"likelihood:{suspect.likelihood}", self._lang),
            tuple((printable(other.replacement), say(other.edit, self._lang)) for other in suspect.others),
        )

    def _joint(self, finding: Finding) -> JointView:
        claim = stated_claim(finding.check)
        return JointView(
            self._sentence(finding.message, finding.message_en),
            printable(finding.check.working_in(self._lang)),
            finding.line,
            finding.column,
            self._names.claim(self._number, claim) if claim else "",
            self._names.check(finding.check),
        )

    def _doubts(self, check: Check) -> Iterator[str]:
        for doubt in check.relation.doubts:
            yield self._sentence(doubt.because, doubt.because_en)
        if not check.relation.doubts and check.reason:
            yield self._sentence(check.reason, check.reason_en)

    def _sentence(self, chinese: str, english: str) -> str:
        """What stands on its own on the page begins with a capital, which messages in a line do not."""
        return printable(english[:1].upper() + english[1:] if self._lang == "en" else chinese)

    def _evidence(self, finding: Finding) -> Iterator[tuple[Piece, ...]]:
        every = marks(finding)
        found = sentences([mark.span for mark in every], self._text)
        tables = [block for block in self._audit.document.blocks if block.kind is BlockKind.TABLE]
        for sentence in [s for s in found if s.contains(finding.span) or found.index(s) < _SENTENCES]:
            inside = [mark for mark in every if sentence.contains(mark.span)]
            pieces = tuple(self._marked(sentence, inside, finding.check))
            yield tuple(map(_unruled, pieces)) if any(t.span.contains(sentence) for t in tables) else pieces

    def _marked(self, sentence: Span, inside: list[Mark], check: Check) -> Iterator[Piece]:
        at = sentence.start
        for mark in inside:
            if mark.span.start > at:
                yield Piece(self._text[at : mark.span.start])
            name = self._status.get(mark.span, ("", ""))[0]
            yield Piece(mark.span.of(self._text), self._role(mark.role, check), mark.stated, name)
            at = mark.span.end
        if at < sentence.end:
            yield Piece(self._text[at : sentence.end])

    def _role(self, role: str, check: Check) -> str:
        return role_word(role, check, self._lang)

    def _rows(self, check: Check, scale: Scale) -> Iterator[Row]:
        for role, claims in check.relation.roles:
            for claim in claims:
                value, unit, interval = scale.of_claim(claim)
                name = self._names.claim(self._number, claim)
                yield Row(self._role(role, check), printable(claim.text), name, value, unit, interval)

    def check(self, check: Check) -> CheckView:
        rule = check.relation.rule
        return CheckView(
            self._names.check(check),
            rule.id,
            rule.said(self._lang)[0],
            printable(check.working_in(self._lang)),
            check.verdict.value,
            say(check.verdict, self._lang),
            tuple(
                (self._role(role, check), tuple(self._names.claim(self._number, claim) for claim in claims))
                for role, claims in check.relation.roles
                if claims
            ),
            self._reported.get(id(check), ""),
        )

    def claim(self, outcome: Outcome) -> ClaimView:
        claim = outcome.claim
        value, unit, interval = Scale(lang=self._lang).of_claim(claim)
        return ClaimView(
            self._names.claim(self._number, claim),
            printable(claim.text),
            say(claim.kind, self._lang),
            f"{value} {unit}".strip(),
            interval,
            printable(claim.label),
            claim.hedge or "",
            outcome.status.value,
            self._sentence(outcome.reason or "", outcome.reason_en or ""),
            self._audit.document.lines.place(claim.span.start)[0],
        )

    def blocks(self) -> Iterator[BlockView]:
        document = self._audit.document
        for block in document.blocks or (Block(BlockKind.PARAGRAPH, Span(0, len(self._text))),):
            line = document.lines.place(block.span.start)[0]
            if block.table is None:
                yield BlockView(block.kind.value, block.level, line, tuple(self._pieces(block.span)))
            else:
                yield BlockView(block.kind.value, block.level, line, (), tuple(self._table(block.table)))

    def _table(self, table: Table) -> Iterator[tuple[CellView, ...]]:
        for number, row in enumerate(table.rows):
            yield tuple(
                CellView(tuple(self._pieces(cell.span)), cell.row_span, cell.column_span, number == 0) for cell in row
            )

    def _pieces(self, span: Span) -> Iterator[Piece]:
        """The text of `span`, cut at the claims that lie in it."""
        at = span.start
        for claim in self._within(span):
            if claim.start > at:
                yield Piece(self._text[at : claim.start])
            name, status = self._status[claim]
            yield Piece(claim.of(self._text), claim=name, status=status)
            at = claim.end
        if at < span.end:
            yield Piece(self._text[at : span.end])

    def _within(self, span: Span) -> Iterator[Span]:
        low, high = 0, len(self._spans)
        while low < high:
            middle = (low + high) // 2
            if self._spans[middle].start < span.start:
                low = middle + 1
            else:
                high = middle
        while low < len(self._spans) and self._spans[low].end <= span.end:
            yield self._spans[low]
            low += 1


_RULES = re.compile(r"\s*\|[\s|]*")


def _unruled(piece: Piece) -> Piece:
    """Text of a table row with one rule between two cells, however many empty ones are between."""
    return piece if piece.role else replace(piece, text=_RULES.sub(" | ", piece.text))
