"""JUnit XML: every document a test suite, every check of its figures a test case."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping

from audit.decisions import Settlement
from audit.finding import Finding, Severity
from audit.output.notice import is_text, message, notes, relative, told
from audit.output.printable import printable
from audit.output.words import place_word
from audit.report import Audit, Report
from audit.span import Span
from audit.verdict import Check


def render(
    report: Report,
    *,
    lang: str = "zh",
    settlement: Settlement | None = None,
    fail_level: Severity | None = Severity.ERROR,
    fail_levels: Mapping[str, Severity | None] | None = None,
) -> str:
    """The checks as test cases: a finding at or above `fail_level` is a failure, a lesser one is told in system-out.

    None as `fail_level` makes no finding a failure; `fail_levels` gives documents their own, by path. A document that
    was not audited is an error of its own suite. There are no times in it, so that equal runs give equal files.
    """
    levels = fail_levels or {}
    found = {id(each.check): each for _, finding in told(report, settlement) for each in finding.together}
    root = ET.Element("testsuites", name="figure-audit")
    for audit in report.audits:
        level = levels.get(audit.document.path, fail_level)
        grave = list(Severity)[: list(Severity).index(level) + 1] if level else []
        _suite(root, audit, found, grave, lang)
    for skipped in report.skipped:
        path = _text(relative(skipped.path))
        suite = ET.SubElement(root, "testsuite", name=path)
        case = ET.SubElement(suite, "testcase", classname=path, name="not-audited")
        reason = _text(skipped.reason if lang == "zh" else skipped.reason_en or skipped.reason)
        ET.SubElement(case, "error", message=reason, type="not-audited").text = reason
    for suite in root:
        _count(suite, [suite])
    _count(root, list(root))
    ET.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _suite(root: ET.Element, audit: Audit, found: dict[int, Finding], grave: list[Severity], lang: str) -> None:
    path = _text(relative(audit.document.path))
    suite = ET.SubElement(root, "testsuite", name=path)
    for check in audit.checks:
        line, column = audit.document.lines.place(_span(check).start)
        place = "" if is_text(audit.document) else place_word(audit.document, _span(check).start, lang)
        name = _text(f"{check.relation.rule.id} {place or f'{line}:{column}'}")
        case = ET.SubElement(suite, "testcase", classname=path, name=name, file=path, line=str(line))
        finding = found.get(id(check))
        if finding is None:
            continue
        said = _text("\n".join((message(finding, lang), *notes(finding, lang))))
        if finding.severity in grave:
            kind = finding.severity.value
            ET.SubElement(case, "failure", message=_text(message(finding, lang)), type=kind).text = said
        else:
            ET.SubElement(case, "system-out").text = said


def _span(check: Check) -> Span:
    return check.relation.claims[0].span if check.relation.claims else check.relation.evidence


def _count(element: ET.Element, suites: list[ET.Element]) -> None:
    """Writes how many test cases, failures and errors the suites hold."""
    for attribute, path in (("tests", "testcase"), ("failures", "testcase/failure"), ("errors", "testcase/error")):
        element.set(attribute, str(sum(len(suite.findall(path)) for suite in suites)))


def _text(text: str) -> str:
    """`text` with only the characters that XML 1.0 allows."""
    return "".join("\ufffd" if ord(c) & 0xFFFE == 0xFFFE else c for c in printable(text, keep="\n"))
