"""`figure-audit check`: audits documents and writes what was found."""

from __future__ import annotations

import argparse
import inspect
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from audit.baseline import Baseline, BaselineError
from audit.baseline import read as read_baseline
from audit.cli.auditing import Setup, Task, audit_tasks, refusing
from audit.cli.files import write, write_stdout
from audit.cli.selection import chosen_sources
from audit.cli.speech import Speech
from audit.cli.today import today
from audit.decisions import Decision, DecisionsError, Settlement, read, settle
from audit.output import formats
from audit.output.json import slashed
from audit.report import Audit, Report
from audit.rule.load import shipped_rules
from audit.suppression import Notice, silence

WORKBOOK = "xlsx"
GITHUB = "github"
MOST_SUMMARY = 300_000  # a step's summary holds 1 MiB, and a character of Chinese takes three bytes


@refusing
def execute(args: argparse.Namespace) -> int:
    """The exit code of a check: 2 where anything could not be read or written, else 1 where the fail level is met."""
    say = Speech(args.lang)
    wanted = {args.format, *(form for form, _ in args.output)}
    unknown = sorted(wanted - {*formats(), WORKBOOK})
    if unknown:
        known = ", ".join(sorted([*formats(), WORKBOOK]))
        say.complain(", ".join(unknown), f"没有这种输出格式，可用：{known}", f"no such format, there are: {known}")
        return 2
    setup = Setup(args, say)
    tasks = setup.tasks(chosen_sources(args))
    baselines = _baselines(tasks, setup)
    decisions, settled = _decisions(args.decisions, say)
    report = audit_tasks(tasks, jobs=args.jobs, quiet=args.quiet)
    everything = _number(report)
    report, notices = _accepted(report, baselines)
    accepted = everything - _number(report)
    settlement = settle(report, decisions)
    written = _deliver(report, settlement, args, setup, say)
    for notice in notices:
        say.remark(
            f"{slashed(notice.path)}:{notice.line}" if notice.line else slashed(notice.path), notice.zh, notice.en
        )
    if accepted and not args.quiet:
        say.tell("figure-audit", f"另有 {accepted} 项由注释或基线接受", f"{accepted} accepted by comments or baselines")
    if not (setup.complete and settled and written) or report.skipped:
        return 2
    return int(any(_fails(audit, settlement, setup) for audit in report.audits))


def _baselines(tasks: Sequence[Task], setup: Setup) -> list[Baseline]:
    """The baselines that the documents' settings name; raises BaselineError, also where there is no such file."""
    files = dict.fromkeys(setup.settings(source.path).baseline for source, _ in tasks)
    found = []
    for file in filter(None, files):
        try:
            found.append(read_baseline(file))
        except FileNotFoundError:
            zh = f"{file}: 没有这个基线文件，可用 figure-audit baseline write 生成"
            raise BaselineError([(zh, f"{file}: no such file; figure-audit baseline write makes one")]) from None
    return found


def _accepted(report: Report, baselines: Sequence[Baseline]) -> tuple[Report, list[Notice]]:
    """The report without what comments and baselines accept, and what is wrong with these."""
    known = [rule.id for rule in (*report.rules, *shipped_rules())]
    silenced = [silence(audit, known) for audit in report.audits]
    report = replace(report, audits=tuple(audit for audit, _ in silenced))
    notices = [notice for _, found in silenced for notice in found]
    for baseline in baselines:
        report, found = baseline.apply(report, today())
        notices += found
    return report, notices


def _number(report: Report) -> int:
    """How many findings there are, those told together each for itself."""
    return sum(len(finding.together) for audit in report.audits for finding in audit.findings)


def _fails(audit: Audit, settlement: Settlement, setup: Setup) -> bool:
    """Whether a document has a finding at or above its fail level that nobody dismissed."""
    level = setup.settings(audit.document.path).level
    return level is not None and settlement.failing(Report((audit,)), level) > 0


def _decisions(paths: Sequence[str], say: Speech) -> tuple[list[Decision], bool]:
    """The decisions of every file, and whether all files could be read."""
    decisions: list[Decision] = []
    complete = True
    for path in paths:
        try:
            decisions += read(Path(path))
        except DecisionsError as error:
            complete = False
            for line in error.told(say.lang).splitlines():
                say.complain_line(line)
    return decisions, complete


def _deliver(report: Report, settlement: Settlement, args: argparse.Namespace, setup: Setup, say: Speech) -> bool:
    """Writes every output that was asked for; whether all could be written."""
    levels = {audit.document.path: setup.settings(audit.document.path).level for audit in report.audits}
    day = today() if args.date == "" else None if args.date == "none" else args.date
    options: dict[str, Any] = {"lang": args.lang, "quiet": args.quiet, "settlement": settlement, "fail_levels": levels}
    options["date"] = day
    written = True
    for form, path in args.output:
        try:
            for file, content in _files(report, form, path, options).items():
                write(file, content)
        except BrokenPipeError:
            raise
        except OSError as error:
            detail = error.strerror or str(error)
            say.complain(
                path,
                f"无法写入（{detail}），请检查路径和权限",
                f"cannot be written ({detail}); check path and permissions",
            )
            written = False
    if GITHUB in (args.format, *(form for form, _ in args.output)):
        written &= _summarised(report, options, say)
    if sys.stdout.isatty():
        options["columns"] = shutil.get_terminal_size().columns
    write_stdout(_rendered(report, args.format, {**options, "colour": _colored(args.color)}))
    if args.format != "console":  # whatever reads the other formats, a person must see what was not audited
        for skipped in report.skipped:
            say.complain(skipped.path, skipped.reason, skipped.reason_en or skipped.reason)
    return written


def _summarised(report: Report, options: Mapping[str, Any], say: Speech) -> bool:
    """Adds the findings to the summary of a GitHub step, where there is one; whether that could be written."""
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if not path:
        return True
    try:
        with open(path, "ab") as summary:
            summary.write(str(_rendered(report, "markdown", {**options, "most_characters": MOST_SUMMARY})).encode())
    except OSError as error:
        detail = error.strerror or str(error)
        say.complain(path, f"无法写入步骤摘要（{detail}）", f"the step summary cannot be written ({detail})")
        return False
    return True


def _files(report: Report, form: str, path: str, options: Mapping[str, Any]) -> dict[str, str | bytes]:
    """The files that an output is, by path: a large HTML report is an index with a page for each document."""
    if form == "html" and path != "-":
        from audit.output.html import pages

        folder, name = os.path.split(path)
        split = pages(report, name, lang=options["lang"], settlement=options["settlement"], date=options["date"])
        return {os.path.join(folder, *page.split("/")): content for page, content in split.items()}
    return {path: _rendered(report, form, options)}


def _rendered(report: Report, form: str, options: Mapping[str, Any]) -> str | bytes:
    """A report in one format, which takes those of the options that it knows."""
    if form == WORKBOOK:
        from audit.output.xlsx import render

        return render(report, lang=options["lang"], settlement=options["settlement"], date=options["date"])
    text = formats()[form]
    taken = inspect.signature(text).parameters
    return text(report, **{name: value for name, value in options.items() if name in taken})


def _colored(choice: str) -> bool:
    """Whether standard output gets colours; NO_COLOR as https://no-color.org has it."""
    if choice != "auto":
        return choice == "always"
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
