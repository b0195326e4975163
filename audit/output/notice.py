"""What the formats of CI services share: the findings to tell, where they stand, and what is said under them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from audit.decisions import Settlement
from audit.document import Document
from audit.finding import Finding, Severity, Suspect
from audit.output.json import slashed
from audit.output.words import place_word, say
from audit.report import Audit, Report
from audit.span import Span


@dataclass(frozen=True, slots=True)
class Region:
    """A span as editors count it: lines and columns from 1, columns in code points, the end not included."""

    start_line: int
    start_column: int
    end_line: int
    end_column: int


def region(document: Document, span: Span) -> Region:
    """Where a span stands; a reader's laid-out text is counted for formats other than text."""
    return Region(*document.lines.place(span.start), *document.lines.place(span.end))


def is_text(document: Document) -> bool:
    """Whether lines and columns of the document are those of its file, so that a repair can be applied to it."""
    return document.media_type in _TEXTS


_TEXTS = frozenset({"text/plain", "text/markdown"})


def where(audit: Audit, span: Span, lang: str) -> str:
    """Where a span stands, for people: the path with line and column, or with the name of the place."""
    document = audit.document
    path = relative(document.path)
    name = "" if is_text(document) else place_word(document, span.start, lang)
    line, column = document.lines.place(span.start)
    return f"{path} {name}" if name else f"{path}:{line}:{column}"


def told(report: Report, settlement: Settlement | None) -> Iterator[tuple[Audit, Finding]]:
    """The findings that nobody dismissed, in the order of the report."""
    decided = settlement or Settlement()
    for audit in report.audits:
        for finding in audit.findings:
            if not decided.dismissed(audit, finding):
                yield audit, finding


def gravest_first(findings: Iterator[tuple[Audit, Finding]]) -> list[tuple[Audit, Finding]]:
    """The findings by severity, each severity in the order of the report."""
    ranks = list(Severity)
    return sorted(findings, key=lambda pair: ranks.index(pair[1].severity))


def counted(findings: list[tuple[Audit, Finding]], lang: str) -> str:
    """How many findings of each severity there are, in words."""
    return ("，" if lang == "zh" else ", ").join(
        f"{say(s, lang)} {sum(finding.severity is s for _, finding in findings)}" for s in Severity
    )


def relative(path: str) -> str:
    """`path` as CI services want it: relative to the working folder where it lies below it, with / as separator."""
    below = os.path.relpath(path)
    return slashed(os.path.abspath(path) if below.startswith(os.pardir) else below)


def uri(path: str) -> str:
    """`relative(path)` as a percent-encoded URI reference."""
    name = relative(path)
    try:
        encoded = os.fsencode(name)
    except UnicodeEncodeError:  # no file has such a name
        encoded = name.encode("utf-8", "replace")
    return ("file://" if os.path.isabs(name) else "") + quote(encoded)


def message(finding: Finding, lang: str) -> str:
    """What does not add up, in one sentence."""
    return finding.message if lang == "zh" else finding.message_en


def notes(finding: Finding, lang: str) -> tuple[str, ...]:
    """The working, the suspects, and how far the evidence about them goes: one line each."""
    remark = finding.diagnosis if lang == "zh" else finding.diagnosis_en
    lines = [("计算：" if lang == "zh" else "working: ") + finding.check.working_in(lang)]
    lines += [("疑为：" if lang == "zh" else "suspect: ") + repair(suspect, lang) for suspect in finding.suspects]
    return (*lines, *((remark,) if remark else ()))


def repair(suspect: Suspect, lang: str) -> str:
    """A repair in words: what is printed, what it should read, and the slip that this supposes."""
    edit = say(suspect.edit, lang)
    change = f"{suspect.claim.text} → {suspect.replacement}"
    return f"{change}（{edit}）" if lang == "zh" else f"{change} ({edit})"
