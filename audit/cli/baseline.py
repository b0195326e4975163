"""`figure-audit baseline`: accepts the present findings, and tidies what was accepted."""

from __future__ import annotations

import argparse

from audit.baseline import Accepted, Baseline, read
from audit.cli.auditing import Setup, audit_tasks, refusing
from audit.cli.files import write
from audit.cli.selection import chosen_sources
from audit.cli.speech import Speech
from audit.cli.today import today
from audit.read import STDIN
from audit.report import Report
from audit.suppression import silence

FILE = "figure-audit-baseline.toml"


@refusing
def execute(args: argparse.Namespace) -> int:
    """0, or 2 where a document, a rule or the file cannot be read or written."""
    say = Speech(args.lang)
    setup = Setup(args, say)
    file = setup.settings(STDIN).baseline or FILE
    try:
        before = read(file)
    except FileNotFoundError:
        before = Baseline(file)
    tasks = setup.tasks(chosen_sources(args))
    report = audit_tasks(tasks, jobs=args.jobs)
    known = [rule.id for rule in report.rules]
    report = Report(tuple(silence(audit, known)[0] for audit in report.audits), report.skipped)
    if args.action == "write":
        entry = Accepted("", "", "", args.who, today(), args.why, args.expires)
        after = before.updated(report, entry)
    else:
        after = before.pruned(report, today())
    for skipped in report.skipped:
        say.complain(skipped.path, skipped.reason, skipped.reason_en or skipped.reason)
    try:
        write(file, after.text())
    except OSError as error:
        detail = error.strerror or str(error)
        say.complain(file, f"无法写入（{detail}），请检查路径和权限", f"cannot be written ({detail})")
        return 2
    was, now = len(before.entries), len(after.entries)
    say.tell(file, f"{now} 条，原有 {was} 条", f"{now} entries, {was} before")
    return 0 if setup.complete and not report.skipped else 2
