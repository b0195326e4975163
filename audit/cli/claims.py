"""`figure-audit claims`: lists every figure of documents and how it was read."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence

from audit.claim import Claim, Rejected
from audit.cli.auditing import Setup, audit_tasks, refusing
from audit.cli.files import write_stdout
from audit.cli.selection import chosen_sources
from audit.cli.speech import Speech
from audit.output.number import decimal_string
from audit.output.printable import printable, width
from audit.output.words import rejection
from audit.output.words import say as word
from audit.report import Audit, Outcome, Report


@refusing
def execute(args: argparse.Namespace) -> int:
    """0, or 2 where a document or rule could not be read."""
    say = Speech(args.lang)
    setup = Setup(args, say)
    report = audit_tasks(setup.tasks(chosen_sources(args)))
    if args.format == "csv":
        from audit.tables import frames, to_csv

        write_stdout(to_csv(frames(report).claims))
    elif args.format == "json":
        write_stdout(_json(report, say.lang))
    else:
        write_stdout("".join(f"{line}\n" for audit in report.audits for line in _lines(audit, args.explain, say)))
    for skipped in report.skipped:
        say.complain(skipped.path, skipped.reason, skipped.reason_en or skipped.reason)
    return 0 if setup.complete and not report.skipped else 2


def _json(report: Report, lang: str) -> str:
    """The documents and claims of the JSON contract."""
    from audit.output.json import to_dict

    entry = to_dict(report, lang)
    kept = {key: value for key, value in entry.items() if key not in ("checks", "findings")}
    return json.dumps(kept, ensure_ascii=False, indent=1) + "\n"


def _lines(audit: Audit, explain: bool, say: Speech) -> Iterator[str]:
    document = audit.document
    yield say(
        f"{printable(document.path)}：{len(audit.outcomes)} 个数字",
        f"{printable(document.path)}: {len(audit.outcomes)} figures",
    )
    rows: list[tuple[str, ...]] = [
        ("位置", "原文", "类型", "值", "区间", "单位", "说的是", "结果")
        if say.lang == "zh"
        else ("place", "text", "kind", "value", "interval", "unit", "about", "status")
    ]
    notes: list[list[str]] = [[]]
    found: list[Outcome | Rejected] = [*audit.outcomes, *(audit.rejected if explain else ())]
    for each in sorted(found, key=lambda one: one.claim.span if isinstance(one, Outcome) else one.span):
        if isinstance(each, Outcome):
            rows.append(_row(audit, each, say))
            notes.append([f"{step}: {what}" for step, what in each.claim.reading] if explain else [])
        else:
            place = _place(audit, each.span.start)
            told = say("非数字", "no claim"), "", "", "", "", rejection(each.reason, say.lang)
            rows.append((place, printable(each.text), *told))
            notes.append([])
    for line, note in zip(_columns(rows), notes, strict=True):
        yield line
        yield from (f"      {printable(step)}" for step in note)


def _row(audit: Audit, outcome: Outcome, say: Speech) -> tuple[str, ...]:
    claim = outcome.claim
    unit = f"{claim.unit}/{claim.per}" if claim.per else claim.unit
    ended = word(outcome.status, say.lang)
    if outcome.reason:
        ended += say(f"（{outcome.reason}）", f" ({outcome.reason_en or outcome.reason})")
    return (
        _place(audit, claim.span.start),
        printable(claim.text),
        word(claim.kind, say.lang),
        decimal_string(claim.value),
        _interval(claim),
        unit,
        printable(claim.label),
        ended,
    )


def _interval(claim: Claim) -> str:
    interval = claim.interval
    if interval.low is not None and interval.low == interval.high:
        return "="
    low = "-∞" if interval.low is None else decimal_string(interval.low)
    high = "∞" if interval.high is None else decimal_string(interval.high)
    return f"{'(' if interval.low_open else '['}{low}, {high}{')' if interval.high_open else ']'}"


def _place(audit: Audit, offset: int) -> str:
    line, column = audit.document.lines.place(offset)
    return f"{line}:{column}"


def _columns(rows: Sequence[tuple[str, ...]]) -> Iterable[str]:
    """The rows as lines with their columns aligned."""
    widths = [max(width(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        yield "  ".join(cell + " " * (size - width(cell)) for cell, size in zip(row, widths, strict=True)).rstrip()
