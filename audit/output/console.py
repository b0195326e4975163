"""The audit as lines on a terminal: each finding with its figures underlined, its working, and what was covered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from audit.decisions import Decision, Settlement
from audit.document import Skipped
from audit.finding import Finding, Severity, Suspect
from audit.output.excerpt import Mark, marks, windows
from audit.output.json import slashed
from audit.output.printable import printable, width
from audit.output.words import place_word, role_word, say
from audit.report import Audit, Report, Status
from audit.verdict import Check

_REACH = 14  # characters of context on either side of a figure
_MARGIN = 8  # columns that the line number and its rule take
_SHOWN = 12  # figures shown of one finding; a long table row or list says how many more there are
_SUSPECTS = 3  # the likeliest; the JSON and HTML reports have them all
_CODES = {"error": "1;31", "warning": "1;33", "note": "1;36", "stated": "31", "other": "34", "dim": "2", "bold": "1"}


@dataclass(frozen=True, slots=True)
class _Style:
    """How to say and paint: language, colours, columns."""

    lang: str
    colour: bool
    columns: int

    def paint(self, text: str, style: str) -> str:
        return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if self.colour and text else text

    def pick(self, zh: str, en: str) -> str:
        return en if self.lang == "en" else zh


def render(
    report: Report,
    *,
    lang: str = "zh",
    colour: bool = False,
    quiet: bool = False,
    columns: int = 100,
    settlement: Settlement | None = None,
) -> str:
    """The findings that nobody dismissed, what was skipped, and a summary; "" for a quiet report without either.

    `quiet` leaves one line a finding and drops the summary. `columns` is the width of the terminal. Control and
    bidirectional characters of the documents are shown as visible ones.
    """
    style = _Style(lang, colour, max(columns, 40))
    decided = settlement or Settlement()
    lines: list[str] = []
    for audit in report.audits:
        for finding in audit.findings:
            if decided.dismissed(audit, finding):
                continue
            lines.append(_headline(audit, finding, style))
            if not quiet:
                lines += [*_body(audit, finding, decided, style), ""]
    lines += [_skipped(skipped, style) for skipped in report.skipped]
    if not quiet:
        lines += _summary(report, decided, style)
    return "".join(line + "\n" for line in lines)


def _headline(audit: Audit, finding: Finding, style: _Style) -> str:
    named = printable(place_word(audit.document, finding.span.start, style.lang))
    place = f"{printable(slashed(audit.document.path))}:{finding.line}:{finding.column}"
    place += style.pick(f"（{named}）", f" ({named})") if named else ""
    message = printable(style.pick(finding.message, finding.message_en))
    severity = style.paint(finding.severity.value, finding.severity.value)
    return f"{style.paint(place, 'bold')} {severity} {finding.check.relation.rule.id} {message}"


def _body(audit: Audit, finding: Finding, decided: Settlement, style: _Style) -> Iterator[str]:
    yield from _excerpts(audit, finding, style)
    notes = [(style.pick("计算", "working"), finding.check.working_in(style.lang))]
    notes += [(style.pick("疑为", "suspect"), _suspect(suspect, style)) for suspect in finding.suspects[:_SUSPECTS]]
    notes += [(style.pick("同因", "also"), _joint(told, style)) for told in finding.joint]
    notes += [(style.pick("诊断", "diagnosis"), style.pick(finding.diagnosis, finding.diagnosis_en))]
    decision, stale = decided.of(audit, finding), decided.outdated(audit, finding)
    if decision:
        notes.append((style.pick("意见", "decision"), _opinion(decision, style)))
    if stale:
        changed = style.pick("证据已变更，原处理意见失效", "the evidence has changed since it was decided")
        notes.append((style.pick("过期", "stale"), f"{changed}{style.pick('：', ': ')}{_opinion(stale, style)}"))
    for name, text in notes:
        if text:
            yield f"      {style.paint('=', 'dim')} {style.paint(name, 'bold')} {printable(text)}"


def _joint(finding: Finding, style: _Style) -> str:
    message = style.pick(finding.message, finding.message_en)
    return f"{finding.line}:{finding.column} {finding.check.relation.rule.id} {message}"


def _opinion(decision: Decision, style: _Style) -> str:
    said = (say(f"ruling:{decision.ruling.value}", style.lang), decision.auditor, decision.decided[:10], decision.note)
    return " ".join(part for part in said if part)


def _suspect(suspect: Suspect, style: _Style) -> str:
    said = f"{suspect.claim.text} → {suspect.replacement}"
    n = len(suspect.restores)
    edit = say(suspect.edit, style.lang)
    mended = f"{n} check{' holds' if n == 1 else 's hold'} once mended"
    return style.pick(f"{said}（{edit}，改后{n}项检查成立）", f"{said} ({edit}; {mended})")


# ---------------------------------------------------------------- evidence
_Cell = tuple[str, Mark | None]  # one character and the mark it belongs to


def _excerpts(audit: Audit, finding: Finding, style: _Style) -> Iterator[str]:
    """The lines that hold the finding's figures, cut to the words around them, each with its underlining."""
    document = audit.document
    every = marks(finding)
    shown = [mark for mark in every if mark.stated or every.index(mark) < _SHOWN]
    rows: dict[int, list[_Cell]] = {}
    ends: dict[int, int] = {}
    for window in windows([mark.span for mark in shown], document.text, _REACH):
        line, column = document.lines.place(window.start)
        cells = rows.setdefault(line, [])
        if column > 1:
            cells.append(("…", None))
        for offset in range(window.start, window.end):
            owner = next((m for m in shown if m.span.start <= offset < m.span.end), None)
            cells.append((printable(document.text[offset]), owner))
        ends[line] = window.end
    for line, cells in rows.items():
        if ends[line] < document.lines.line_span(line, document.text).end:
            cells.append(("…", None))
        number = str(line)
        for row in _wrapped(cells, style.columns - _MARGIN):
            yield f"{number:>5} {style.paint('|', 'dim')} " + "".join(c for c, _ in row)
            number = ""
            if any(mark for _, mark in row):
                yield f"      {style.paint('|', 'dim')} {_underlined(row, finding.check, style)}"
    if len(shown) < len(every):
        n = len(every) - len(shown)
        yield f"      {style.paint('|', 'dim')} " + style.pick(f"……另有{n}个数字", f"… and {n} more figures")


def _wrapped(cells: list[_Cell], columns: int) -> Iterator[list[_Cell]]:
    """Rows of at most `columns` columns; a figure is not broken unless it is wider than a row."""
    row: list[_Cell] = []
    used = 0
    for _, group in groupby(enumerate(cells), key=lambda cell: id(cell[1][1]) if cell[1][1] else -1 - cell[0]):
        word = [cell for _, cell in group]
        size = sum(width(character) for character, _ in word)
        for piece in [word] if size <= columns else [[cell] for cell in word]:
            size = sum(width(character) for character, _ in piece)
            if used + size > columns:
                yield row
                row, used = [], 0
            row = row + piece
            used += size
    if row:
        yield row


def _underlined(row: list[_Cell], check: Check, style: _Style) -> str:
    """The line below a row: ^ under the stated figure, - under the others, each with its role where there is room."""
    runs: list[tuple[int, int, Mark]] = []
    at = 0
    for character, mark in row:
        size = width(character)
        if mark and runs and runs[-1][2] is mark and runs[-1][1] == at:
            runs[-1] = (runs[-1][0], at + size, mark)
        elif mark:
            runs.append((at, at + size, mark))
        at += size
    out, at = "", 0
    for n, (start, end, mark) in enumerate(runs):
        out += " " * (start - at) + style.paint(("^" if mark.stated else "-") * (end - start), _tint(mark))
        at = end
        role = role_word(mark.role, check, style.lang)
        room = runs[n + 1][0] - end if n + 1 < len(runs) else style.columns - _MARGIN - end + 1
        if width(role) + 2 <= room:
            out += " " + style.paint(role, _tint(mark))
            at += 1 + width(role)
    return out


def _tint(mark: Mark) -> str:
    return "stated" if mark.stated else "other"


# ---------------------------------------------------------------- summary
def _skipped(skipped: Skipped, style: _Style) -> str:
    path, word = printable(slashed(skipped.path)), style.pick("未审计", "skipped")
    reason = printable(style.pick(skipped.reason, skipped.reason_en or skipped.reason))
    return f"{style.paint(path, 'bold')} {style.paint(word, 'warning')} {reason}"


def _summary(report: Report, decided: Settlement, style: _Style) -> Iterator[str]:
    pairs = [(audit, finding) for audit in report.audits for finding in audit.findings]
    counted = {s: sum(f.severity is s and not decided.dismissed(a, f) for a, f in pairs) for s in Severity}
    dismissed = sum(decided.dismissed(a, f) for a, f in pairs)
    ended = {s: sum(audit.coverage[s] for audit in report.audits) for s in Status}
    found = style.pick("，", ", ").join(
        style.paint(f"{say(s, style.lang)} {n}", s.value) if n else f"{say(s, style.lang)} {n}"
        for s, n in counted.items()
    )
    strong = sum(audit.covered.strong for audit in report.audits)
    weak = ended[Status.CONFIRMED] - strong
    strength = style.pick(f"（有力 {strong}，较弱 {weak}）", f" ({strong} strongly, {weak} weakly)")
    covered = style.pick("，", ", ").join(
        f"{say(s, style.lang)} {n}" + (strength if s is Status.CONFIRMED and n else "") for s, n in ended.items()
    )
    documents, skipped, figures = len(report.audits), len(report.skipped), sum(ended.values())
    yield (
        style.pick(f"已审计 {documents} 份文件", f"{documents} document{'' if documents == 1 else 's'} audited")
        + (style.pick(f"，未审计 {skipped} 份", f", {skipped} skipped") if skipped else "")
        + style.pick("：", ": ")
        + found
        + (style.pick(f"，已排除 {dismissed}", f", dismissed {dismissed}") if dismissed else "")
    )
    yield style.pick(f"数字 {figures} 个：", f"{figures} figures: ") + covered
    if decided.gone:
        n = len(decided.gone)
        yield style.pick(
            f"另有 {n} 条处理意见没有对应的发现", f"no finding answers any more to {n} decision{'' if n == 1 else 's'}"
        )
