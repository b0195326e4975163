# mypy: disable-error-code="import-untyped"
"""The findings as an Excel working paper, and the decisions that auditors entered in it read back."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audit.decisions import Decision, DecisionsError, Ruling, Settlement, unreadable
from audit.output.json import Names, slashed
from audit.output.number import decimal_string
from audit.output.phrases import phrase
from audit.output.printable import printable
from audit.output.scale import Sided
from audit.output.shown import DocumentView, FindingView
from audit.output.view import document_view
from audit.output.words import LANGUAGES, say
from audit.report import Report

_LONGEST = 32_000  # Excel refuses a cell of more than 32,767 characters
_BACKGROUND = {"error": "#FBEAE8", "warning": "#FDF2DC", "note": "#E6F1F7"}
_OPEN = ("contradicted", "undecided", "unlinked")
_KEYS = ("path", "sha256", "rule id", "fingerprint", "remembered")  # hidden: what ties a row to its finding
_FIELDS = ("decision", "note", "auditor", "date")  # what an auditor fills in


@dataclass(frozen=True, slots=True)
class _Column:
    """One column of a sheet: its heading and its width in characters; a width of 0 hides it."""

    heading: str
    width: int


def render(
    report: Report,
    *,
    lang: str = "zh",
    settlement: Settlement | None = None,
    date: datetime.date | None = None,
) -> bytes:
    """An .xlsx file with a sheet of findings to decide, one of every figure, one of what was covered.

    Every text is stored as a string with Excel's quote prefix, so that none can run as a formula. The same report
    gives the same bytes; `date` is the date of creation in the file's properties.
    """
    import xlsxwriter

    names, settled = Names(report), settlement or Settlement()
    documents = [document_view(report, n, names, settled, lang) for n in range(len(report.audits))]
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    created = datetime.datetime.combine(date or datetime.date(2000, 1, 1), datetime.time())
    book.set_properties({"title": phrase("title", lang), "author": "figure-audit", "created": created})
    sheets = _Sheets(book, lang)
    sheets.findings(documents)
    sheets.figures(report, documents)
    sheets.coverage(report, documents)
    book.close()
    return out.getvalue()


class _Sheets:
    """The sheets of one workbook."""

    def __init__(self, book: Any, lang: str) -> None:
        self._book, self._lang = book, lang
        plain = {
            "text_wrap": True,
            "valign": "top",
            "font_name": "Microsoft YaHei",
            "font_size": 10,
            "quote_prefix": True,
        }
        self._plain = book.add_format(plain)
        self._entry = book.add_format({**plain, "bg_color": "#FFFDF3", "border": 1, "border_color": "#D9D9D9"})
        self._number = book.add_format({"valign": "top", "font_size": 10, "num_format": "#,##0.####"})
        self._head = book.add_format(
            {"bold": True, "valign": "top", "bg_color": "#EEF0F1", "bottom": 1, "text_wrap": True, "font_size": 10}
        )
        self._severity = {s: book.add_format({**plain, "bg_color": c, "bold": True}) for s, c in _BACKGROUND.items()}

    def _t(self, key: str, **values: object) -> str:
        return phrase(key, self._lang, **values)

    def _sheet(self, name: str, columns: Sequence[_Column], rows: int) -> Any:
        sheet = self._book.add_worksheet(name)
        for at, column in enumerate(columns):
            sheet.write_string(0, at, column.heading, self._head)
            sheet.set_column(at, at, column.width or None, None, {} if column.width else {"hidden": True})
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(rows, 1), len(columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        return sheet

    def findings(self, documents: Sequence[DocumentView]) -> None:
        t = self._t
        columns = [
            _Column(t("index_no"), 8),
            _Column(t("severity"), 7),
            _Column(t("decision"), 9),
            _Column(t("note"), 24),
            _Column(t("auditor"), 10),
            _Column(t("date"), 11),
            _Column(t("document"), 20),
            _Column(t("place"), 14),
            _Column(t("message"), 36),
            _Column(t("evidence"), 46),
            _Column(t("working"), 36),
            _Column(t("stated"), 16),
            _Column(t("computed"), 16),
            _Column(t("difference"), 14),
            _Column(t("suspects"), 26),
            _Column(t("doubts"), 24),
            _Column(t("rule"), 26),
            *(_Column(key, 0) for key in _KEYS),
        ]
        pairs = [(document, finding) for document in documents for finding in document.findings]
        sheet = self._sheet(t("findings"), columns, len(pairs))
        for row, (document, finding) in enumerate(pairs, 1):
            for at, value in enumerate(self._finding(document, finding)):
                style = self._severity[finding.severity] if at == 1 else self._entry if 2 <= at <= 5 else self._plain
                sheet.write_string(row, at, value[:_LONGEST], style)
        if pairs:
            rulings = [say(f"ruling:{ruling.value}", self._lang) for ruling in Ruling]
            sheet.data_validation(1, 2, len(pairs), 2, {"validate": "list", "source": rulings})

    def _finding(self, document: DocumentView, finding: FindingView) -> Iterable[str]:
        decision = finding.decision
        place = phrase("line", self._lang, line=finding.line, column=finding.column)
        evidence = " …… ".join("".join(piece.text for piece in sentence) for sentence in finding.evidence)
        yield from (finding.ref, say(finding.severity, self._lang))
        if decision:
            ruling = say(f"ruling:{decision.ruling.value}", self._lang)
            yield from map(printable, (ruling, decision.note, decision.auditor, decision.decided))
        else:
            yield from ("", "", "", "")
        working = "\n".join([finding.working, *(joint.working for joint in finding.joint)])
        yield from (document.path, f"{finding.place} {place}".strip(), finding.message, evidence, working)
        yield from (_written(side) for side in (finding.stated, finding.computed, finding.difference))
        suspects = [
            f"{s.text} → " + self._t("bracketed", what=s.replacement, by=f"{s.edit}{self._t('comma')}{s.likelihood}")
            for s in finding.suspects
        ]
        yield "\n".join([*suspects, finding.diagnosis] if finding.diagnosis else suspects)
        yield "\n".join(finding.doubts)
        yield finding.title
        yield from (document.path, document.sha256, finding.rule, finding.fingerprint, printable(finding.remembered))

    def figures(self, report: Report, documents: Sequence[DocumentView]) -> None:
        t = self._t
        headings = ("document", "figure", "kind", "label", "converted", "interval", "status", "reason")
        widths = (24, 16, 9, 26, 18, 30, 9, 40)
        columns = [_Column(t(heading), width) for heading, width in zip(headings, widths, strict=True)]
        total = sum(len(document.claims) for document in documents)
        sheet = self._sheet(t("figures"), columns, total)
        row = 0
        for document, audit in zip(documents, report.audits, strict=True):
            for view, outcome in zip(document.claims, audit.outcomes, strict=True):
                row += 1
                texts = {0: document.path, 1: view.text, 2: view.kind, 3: view.label, 5: view.interval}
                texts |= {6: say(view.status, self._lang), 7: view.reason}
                for at, value in texts.items():
                    sheet.write_string(row, at, value[:_LONGEST], self._plain)
                sheet.write_number(row, 4, float(decimal_string(outcome.claim.value)), self._number)

    def coverage(self, report: Report, documents: Sequence[DocumentView]) -> None:
        t = self._t
        columns = [_Column(t("document"), 30), _Column(t("figures"), 9), _Column(t("strong"), 9), _Column(t("weak"), 9)]
        columns += [_Column(say(s, self._lang), 9) for s in _OPEN]
        columns += [_Column(say(s, self._lang), 8) for s in _BACKGROUND]
        columns += [_Column(t("characters"), 10), _Column(t("sha256"), 40), _Column(t("reason"), 40)]
        sheet = self._sheet(t("coverage"), columns, len(documents) + len(report.skipped))
        for row, d in enumerate(documents, 1):
            ended = [d.whole.claims, d.whole.strong, d.whole.weak, *(d.coverage[s] for s in _OPEN)]
            counts = [*ended, *(d.severities[s] for s in _BACKGROUND)]
            sheet.write_string(row, 0, d.path[:_LONGEST], self._plain)
            for at, n in enumerate([*counts, d.characters], 1):
                sheet.write_number(row, at, n, self._number)
            sheet.write_string(row, len(counts) + 2, d.sha256, self._plain)
        for row, skipped in enumerate(report.skipped, len(documents) + 1):
            reason = skipped.reason_en or skipped.reason if self._lang == "en" else skipped.reason
            sheet.write_string(row, 0, printable(slashed(skipped.path))[:_LONGEST], self._plain)
            sheet.write_string(
                row, len(columns) - 1, f"{t('skipped')}{t('colon')}{printable(reason)}"[:_LONGEST], self._plain
            )


def _written(side: Sided) -> str:
    return f"{side.value} {side.unit}".strip() + (f"\n{side.interval}" if side.interval else "")


# ---------------------------------------------------------------- decisions back
def read_decisions(path: Path) -> tuple[Decision, ...]:
    """The decisions of a workbook that `render` wrote and an auditor filled in; rows without one are left out.

    Raises DecisionsError where the file is no such workbook or a decision is none of the list.
    """
    import openpyxl

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except OSError as error:
        raise DecisionsError([unreadable(path, error)]) from error
    except (ValueError, KeyError, zipfile.BadZipFile) as error:
        zh = f"{path}：不是 Excel 工作簿（{error}），请使用 --xlsx 生成的底稿"
        raise DecisionsError([(zh, f"{path}: not an Excel workbook ({error}); use one that --xlsx wrote")]) from error
    try:
        return _decisions(book.worksheets[0].iter_rows(values_only=True), path)
    finally:
        book.close()


def _decisions(rows: Iterator[tuple[object, ...]], path: Path) -> tuple[Decision, ...]:
    places = _places(next(rows, ()), path)
    words = {say(f"ruling:{ruling.value}", lang): ruling for ruling in Ruling for lang in LANGUAGES}
    out: list[Decision] = []
    faults: list[tuple[str, str]] = []
    for number, row in enumerate(rows, 2):
        said = {key: _cell(row[at]) if at < len(row) else "" for key, at in places.items()}
        if said["decision"] in words:
            tie = (said["path"], said["sha256"], said["rule id"], said["fingerprint"], words[said["decision"]])
            out.append(Decision(*tie, said["note"], said["auditor"], said["date"], said["remembered"]))
        elif said["decision"]:
            allowed, allowed_en = (
                mark.join(say(f"ruling:{ruling.value}", lang) for ruling in Ruling)
                for lang, mark in zip(LANGUAGES, ("、", ", "), strict=True)
            )
            zh = f"{path}：第{number}行的处理意见“{said['decision']}”应是{allowed}之一"
            faults.append((zh, f"{path}: row {number}: the decision “{said['decision']}” must be one of {allowed_en}"))
    if faults:
        raise DecisionsError(faults)
    return tuple(out)


def _places(headings: tuple[object, ...], path: Path) -> dict[str, int]:
    """In which column each part of a decision stands, whichever language the workbook was written in."""
    at = {str(heading): place for place, heading in enumerate(headings)}
    known = {key: (key,) for key in _KEYS} | {f: tuple(phrase(f, lang) for lang in LANGUAGES) for f in _FIELDS}
    places = {key: at[name] for key, names in known.items() for name in names if name in at}
    missing = [key for key in known if key not in places]
    if missing:
        zh = f"{path}：第一张表缺少列 {'、'.join(missing)}，请使用 --xlsx 生成的底稿，不要删改表头"
        en = f"{path}: the first sheet lacks the columns {', '.join(missing)}; use a workbook that --xlsx wrote"
        raise DecisionsError([(zh, f"{en} and leave its headings")])
    return places


def _cell(value: object) -> str:
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat()
    return "" if value is None else str(value).strip()
