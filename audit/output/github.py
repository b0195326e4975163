"""GitHub workflow commands: annotations at the figures, the rest of the findings folded into the log."""

from __future__ import annotations

from audit.decisions import Settlement
from audit.document import Skipped
from audit.finding import Finding, Severity
from audit.output.notice import counted, gravest_first, is_text, message, notes, region, relative, told, where
from audit.output.printable import printable
from audit.report import Audit, Report

MOST = 10  # annotations of one kind that a step shows; further ones are dropped without a word
_KINDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(report: Report, *, lang: str = "zh", settlement: Settlement | None = None) -> str:
    """At most ten annotations of each kind, what was not audited first; what is left over stands in a group of the log.

    The last annotation of a kind that has more says how many. Columns count code points and are given for figures
    within one line. No text of a document can begin a command of its own.
    """
    found = gravest_first(told(report, settlement))
    lines: list[str] = []
    rest: list[str] = []
    for severity, kind in _KINDS.items():
        commands = [_failure(s, lang) for s in report.skipped] if severity is Severity.ERROR else []
        plain = [_plain_failure(s, lang) for s in report.skipped] if severity is Severity.ERROR else []
        for audit, finding in found:
            if finding.severity is severity:
                commands.append(_annotation(audit, finding, kind, lang))
                plain.append(_plain(audit, finding, lang))
        shown = len(commands) if len(commands) <= MOST else MOST - 1
        lines += commands[:shown]
        rest += plain[shown:]
        if len(commands) > shown:
            lines.append(f"::{kind}::{_data(_more(len(commands) - shown, lang))}")
    if rest:
        heading = "其余各项" if lang == "zh" else "The remaining findings"
        lines += [f"::group::{heading} ({len(rest)})", *rest, "::endgroup::"]
    if found or report.skipped:
        lines.append(f"figure-audit: {counted(found, lang)}")
    return "".join(f"{line}\n" for line in lines)


def _annotation(audit: Audit, finding: Finding, kind: str, lang: str) -> str:
    document = audit.document
    said = (message(finding, lang), *notes(finding, lang))
    properties: dict[str, str | int] = {"file": relative(document.path)}
    if is_text(document):
        here = region(document, finding.span)
        properties |= {"line": here.start_line, "endLine": here.end_line}
        if here.start_line == here.end_line:
            properties |= {"col": here.start_column, "endColumn": here.end_column}
    else:
        said = (where(audit, finding.span, lang), *said)
    properties["title"] = finding.check.relation.rule.id
    return _command(kind, properties, "\n".join(said))


def _failure(skipped: Skipped, lang: str) -> str:
    reason = skipped.reason if lang == "zh" else skipped.reason_en or skipped.reason
    title = "未审计" if lang == "zh" else "not audited"
    return _command("error", {"file": relative(skipped.path), "title": title}, reason)


def _command(kind: str, properties: dict[str, str | int], text: str) -> str:
    given = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{kind} {given}::{_data(text)}"


def _data(text: str) -> str:
    """A command's text: the runner decodes these three and nothing else."""
    visible = printable(text, keep="\n")
    return visible.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(printable(text)).replace(":", "%3A").replace(",", "%2C")


def _plain(audit: Audit, finding: Finding, lang: str) -> str:
    rule = finding.check.relation.rule.id
    return _harmless(f"{where(audit, finding.span, lang)} {finding.severity.value} {rule} {message(finding, lang)}")


def _plain_failure(skipped: Skipped, lang: str) -> str:
    reason = skipped.reason if lang == "zh" else skipped.reason_en or skipped.reason
    return _harmless(f"{relative(skipped.path)} {reason}")


def _harmless(line: str) -> str:
    """A line of the log that the runner cannot take for a command, in the present form or in the old one."""
    return "- " + printable(line).replace("##[", "## [")


def _more(number: int, lang: str) -> str:
    if lang == "zh":
        return f"还有{number}项没有在这里标注，见步骤摘要和日志中的“其余各项”"
    return f"{number} more are not annotated here; see the step summary and “The remaining findings” in the log"
