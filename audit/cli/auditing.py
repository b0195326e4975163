"""Carries out an audit for the commands: rules and sources from the arguments, in one process or several."""

from __future__ import annotations

import argparse
import os
import signal
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import suppress

from audit.cli.progress import Progress
from audit.cli.speech import Speech
from audit.engine import audit_sources
from audit.read import Source, find_sources
from audit.report import Report
from audit.rule.load import RuleError, load_rules, shipped_rules
from audit.rule.schema import Rule


def chosen_rules(args: argparse.Namespace, say: Speech) -> tuple[tuple[Rule, ...], bool]:
    """The rules that the arguments ask for, and whether all of them could be read; complaints go to standard error.

    A path whose rules cannot be read is left out, so that the documents are still audited by the other rules. A rule
    with the id of a shipped one takes its place.
    """
    own: dict[str, Rule] = {}
    complete = True
    try:
        own = {rule.id: rule for rule in load_rules(args.rules)}
    except RuleError as error:
        complete = False
        for line in error.told(say.lang).splitlines():
            say.complain_line(line)
        for path in args.rules:
            with suppress(RuleError):
                own = {rule.id: rule for rule in load_rules([path])} | own
    shipped = () if args.no_shipped_rules else shipped_rules()
    return (*(rule for rule in shipped if rule.id not in own), *own.values()), complete


def audit_paths(paths: Sequence[str], rules: Sequence[Rule], *, jobs: int = 1, quiet: bool = False) -> Report:
    """The audit of what the paths stand for, in their order whatever the number of processes."""
    sources = find_sources(paths)
    processes = min(jobs or os.cpu_count() or 1, len(sources))
    with Progress(len(sources), quiet=quiet) as progress:
        if processes < 2:
            return audit_sources(sources, rules, on_progress=progress.show)
        return _in_processes(sources, rules, processes, progress)


def _in_processes(sources: Sequence[Source], rules: Sequence[Rule], processes: int, progress: Progress) -> Report:
    with ProcessPoolExecutor(processes, initializer=_begin_worker, initargs=(rules,)) as pool:
        try:
            parts = [pool.submit(_audit_one, source) for source in sources]
            for done, _ in enumerate(as_completed(parts), 1):
                progress.show(done)
            reports = [part.result() for part in parts]
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return Report(
        tuple(audit for report in reports for audit in report.audits),
        tuple(skipped for report in reports for skipped in report.skipped),
    )


_rules: Sequence[Rule] = ()


def _begin_worker(rules: Sequence[Rule]) -> None:
    global _rules
    _rules = rules
    # Ctrl-C reaches every process of the terminal; the parent alone answers it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _audit_one(source: Source) -> Report:
    return audit_sources([source], _rules)
