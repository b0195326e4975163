"""`figure-audit check`: audits documents and writes what was found."""

from __future__ import annotations

import argparse
import inspect
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from audit.cli.auditing import audit_paths, chosen_rules
from audit.cli.files import write, write_stdout
from audit.cli.speech import Speech
from audit.decisions import Decision, DecisionsError, Settlement, read, settle
from audit.finding import Severity
from audit.output import formats
from audit.report import Report

WORKBOOK = "xlsx"


def execute(args: argparse.Namespace) -> int:
    """The exit code of a check: 2 where anything could not be read or written, else 1 where the fail level is met."""
    say = Speech(args.lang)
    wanted = {args.format, *(form for form, _ in args.output)}
    unknown = sorted(wanted - {*formats(), WORKBOOK})
    if unknown:
        known = ", ".join(sorted([*formats(), WORKBOOK]))
        say.complain(", ".join(unknown), f"没有这种输出格式，可用：{known}", f"no such format, there are: {known}")
        return 2
    rules, readable = chosen_rules(args, say)
    decisions, settled = _decisions(args.decisions, say)
    report = audit_paths(args.paths, rules, jobs=args.jobs, quiet=args.quiet)
    settlement = settle(report, decisions)
    written = _deliver(report, settlement, args, say)
    if not (readable and settled and written) or report.skipped:
        return 2
    return int(args.fail_level != "never" and settlement.failing(report, Severity(args.fail_level)) > 0)


def _decisions(paths: Sequence[str], say: Speech) -> tuple[list[Decision], bool]:
    """The decisions of every file, and whether all files could be read."""
    decisions: list[Decision] = []
    complete = True
    for path in paths:
        try:
            decisions += read(Path(path))
        except DecisionsError as error:
            complete = False
            for line in str(error).splitlines():
                say.complain_line(line)
    return decisions, complete


def _deliver(report: Report, settlement: Settlement, args: argparse.Namespace, say: Speech) -> bool:
    """Writes every output that was asked for; whether all could be written."""
    options = {"lang": args.lang, "quiet": args.quiet, "settlement": settlement}
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
    if sys.stdout.isatty():
        options["columns"] = shutil.get_terminal_size().columns
    write_stdout(_rendered(report, args.format, {**options, "colour": _colored(args.color)}))
    if args.format != "console":  # whatever reads the other formats, a person must see what was not audited
        for skipped in report.skipped:
            say.complain(skipped.path, skipped.reason, skipped.reason_en or skipped.reason)
    return written


def _files(report: Report, form: str, path: str, options: Mapping[str, Any]) -> dict[str, str | bytes]:
    """The files that an output is, by path: a large HTML report is an index with a page for each document."""
    if form == "html" and path != "-":
        from audit.output.html import pages

        folder, name = os.path.split(path)
        split = pages(report, name, lang=options["lang"], settlement=options["settlement"])
        return {os.path.join(folder, *page.split("/")): content for page, content in split.items()}
    return {path: _rendered(report, form, options)}


def _rendered(report: Report, form: str, options: Mapping[str, Any]) -> str | bytes:
    """A report in one format, which takes those of the options that it knows."""
    if form == WORKBOOK:
        from audit.output.xlsx import render

        return render(report, lang=options["lang"], settlement=options["settlement"])
    text = formats()[form]
    taken = inspect.signature(text).parameters
    return text(report, **{name: value for name, value in options.items() if name in taken})


def _colored(choice: str) -> bool:
    """Whether standard output gets colours; NO_COLOR as https://no-color.org has it."""
    if choice != "auto":
        return choice == "always"
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
