"""Markdown for a comment on a pull request or a step summary."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.decisions import Settlement
from audit.document import Skipped
from audit.finding import Finding
from audit.output.notice import counted, gravest_first, message, notes, relative, told, where
from audit.output.printable import printable
from audit.output.words import say
from audit.report import Audit, Report, Status

MOST_CHARACTERS = 60_000  # a comment on GitHub holds 65,536
_SPECIAL = re.compile(r"[\\`*_{}\[\]()#+!|~$&<>@]")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "&#64;"}


def render(
    report: Report,
    *,
    lang: str = "zh",
    settlement: Settlement | None = None,
    most_characters: int = MOST_CHARACTERS,
) -> str:
    """A heading, a table of the findings, gravest first, and each one's working folded away under it.

    No more than about `most_characters`: what does not fit is counted in a last line. Nothing in a document's text can
    become markup, a mention or a reference.
    """
    found = gravest_first(told(report, settlement))
    lines = ["## figure-audit", "", _summary(report, found, lang), ""]
    lines += [f"- {_skipped(skipped, lang)}" for skipped in report.skipped]
    if report.skipped:
        lines.append("")
    if found:
        headings = ("级别", "位置", "规则", "问题") if lang == "zh" else ("severity", "place", "rule", "finding")
        lines += [f"| {' | '.join(headings)} |", "| --- | --- | --- | --- |"]
    left = most_characters - sum(len(line) + 1 for line in lines)
    rows: list[str] = []
    details: list[str] = []
    for audit, finding in found:
        row, folded = _row(audit, finding, lang), list(_details(audit, finding, lang))
        size = len(row) + sum(map(len, folded)) + len(folded) + 1
        if size > left:
            break
        rows.append(row)
        details += folded
        left -= size
    lines += [*rows, "", *details]
    if len(rows) < len(found):
        more = len(found) - len(rows)
        lines.append(f"……另有{more}项，见完整报告。" if lang == "zh" else f"… and {more} more; see the full report.")
    return "\n".join(lines).rstrip("\n") + "\n"


def _summary(report: Report, found: list[tuple[Audit, Finding]], lang: str) -> str:
    ended = {s: sum(audit.coverage[s] for audit in report.audits) for s in Status}
    covered = ("，" if lang == "zh" else ", ").join(f"{say(s, lang)} {n}" for s, n in ended.items())
    documents, figures = len(report.audits), sum(ended.values())
    if lang == "zh":
        return f"{documents} 份文件：**{counted(found, lang)}**。数字 {figures} 个：{covered}。"
    plural = "" if documents == 1 else "s"
    return f"{documents} document{plural}: **{counted(found, lang)}**. {figures} figures: {covered}."


def _skipped(skipped: Skipped, lang: str) -> str:
    reason = skipped.reason if lang == "zh" else skipped.reason_en or skipped.reason
    return f"**{'未审计' if lang == 'zh' else 'not audited'}** {_plain(relative(skipped.path))}: {_plain(reason)}"


def _row(audit: Audit, finding: Finding, lang: str) -> str:
    cells = (
        say(finding.severity, lang),
        _place(audit, finding, lang),
        finding.check.relation.rule.id,
        _plain(message(finding, lang)),
    )
    return f"| {' | '.join(cells)} |"


def _details(audit: Audit, finding: Finding, lang: str) -> Iterator[str]:
    summary = f"{_place(audit, finding, lang)} {finding.check.relation.rule.id}"
    yield f"<details><summary>{summary}</summary>"
    yield ""
    for line in notes(finding, lang):
        yield f"- {_plain(line)}"
    yield ""
    yield "</details>"
    yield ""


def _place(audit: Audit, finding: Finding, lang: str) -> str:
    return _plain(where(audit, finding.span, lang))


def _plain(text: str) -> str:
    """`text` as it stands, on one line."""
    line = " ".join(printable(text, keep="\n\t").split())
    return _SPECIAL.sub(lambda found: _ENTITIES.get(found[0], f"\\{found[0]}"), line)
