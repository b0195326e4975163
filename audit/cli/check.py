"""`figure-audit check`: audits documents and writes what was found."""

from __future__ import annotations

import argparse
import inspect
import os
import shutil
import sys
from collections.abc import Callable
from typing import Any

from audit.cli.auditing import audit_paths, chosen_rules
from audit.cli.files import write, write_stdout
from audit.cli.speech import Speech
from audit.finding import Severity
from audit.output import formats
from audit.report import Report


def execute(args: argparse.Namespace) -> int:
    """The exit code of a check: 2 where anything could not be read or written, else 1 where the fail level is met."""
    say = Speech(args.lang)
    unknown = sorted({form for form in (args.format, *(form for form, _ in args.output)) if form not in formats()})
    if unknown:
        known = ", ".join(sorted(formats()))
        say.complain(", ".join(unknown), f"没有这种输出格式，可用：{known}", f"no such format, there are: {known}")
        return 2
    rules, readable = chosen_rules(args, say)
    report = audit_paths(args.paths, rules, jobs=args.jobs, quiet=args.quiet)
    written = _deliver(report, args, say)
    if not (readable and written) or report.skipped:
        return 2
    return int(_fails(report, args.fail_level))


def _fails(report: Report, level: str) -> bool:
    if level == "never":
        return False
    order = list(Severity)
    failing = order[: order.index(Severity(level)) + 1]
    return any(finding.severity in failing for audit in report.audits for finding in audit.findings)


def _deliver(report: Report, args: argparse.Namespace, say: Speech) -> bool:
    """Writes every output that was asked for; whether all could be written."""
    written = True
    for form, path in args.output:
        try:
            write(path, _rendered(report, form, args, color=False))
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
    write_stdout(_rendered(report, args.format, args, color=_colored(args.color)))
    if args.format != "console":  # whatever reads the other formats, a person must see what was not audited
        for skipped in report.skipped:
            say.complain(skipped.path, skipped.reason, skipped.reason_en or skipped.reason)
    return written


def _rendered(report: Report, form: str, args: argparse.Namespace, *, color: bool) -> str:
    render: Callable[..., str] = formats()[form]
    columns = shutil.get_terminal_size((100, 24)).columns
    options: dict[str, Any] = {"lang": args.lang, "quiet": args.quiet, "colour": color, "columns": columns}
    taken = inspect.signature(render).parameters
    return render(report, **{name: value for name, value in options.items() if name in taken})


def _colored(choice: str) -> bool:
    """Whether standard output gets colours; NO_COLOR as https://no-color.org has it."""
    if choice != "auto":
        return choice == "always"
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
