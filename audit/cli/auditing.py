"""Carries out an audit for the commands: each document under its own settings, in one process or several."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, wraps

from audit.baseline import BaselineError
from audit.cli.progress import Progress
from audit.cli.selection import SelectionError
from audit.cli.speech import Speech
from audit.config import ConfigError, Configurations, Settings
from audit.engine import audit_sources, crashed
from audit.read import DEFAULT_LIMITS, STDIN, Limits, Source
from audit.report import Report
from audit.rounding import Rounding
from audit.rule.load import RuleError, load_rules, shipped_rules
from audit.rule.schema import Rule

Execute = Callable[[argparse.Namespace], int]


def refusing(execute: Execute) -> Execute:
    """A command that ends with exit code 2 and what is wrong where its documents or its settings cannot be used."""

    @wraps(execute)
    def run(args: argparse.Namespace) -> int:
        say = Speech(args.lang)
        try:
            return execute(args)
        except SelectionError as error:
            error.complain(say)
        except (BaselineError, ConfigError) as error:
            for line in error.told(say.lang).splitlines():
                say.complain_line(line)
        return 2

    return run


@dataclass(frozen=True, slots=True)
class Plan:
    """How a document is audited."""

    rules: tuple[Rule, ...]
    rounding: Rounding = Rounding.STANDARD
    limits: Limits = DEFAULT_LIMITS


Task = tuple[Source, Plan]


class Setup:
    """What a run is made of: the arguments, the configurations of the documents, and the rules that they choose."""

    def __init__(self, args: argparse.Namespace, say: Speech) -> None:
        self._configurations = Configurations(args.config, none=args.no_config)
        self._given = _given(args)
        self._book = Rulebook(say)
        self._plan = cache(self._plan_of)

    @property
    def complete(self) -> bool:
        """Whether all rules that were asked for could be read."""
        return self._book.complete

    def settings(self, path: str) -> Settings:
        """The settings of one document: the defaults, its configuration, the command line. Raises ConfigError."""
        found = self._configurations.settings(path, Settings())
        return found.with_values(self._given, {key: f"--{key}" for key in self._given})

    def rules(self, path: str = STDIN) -> tuple[Rule, ...]:
        """The rules in force for a document, or for the working folder. Raises ConfigError."""
        return self._book.rules_of(self.settings(path))

    def tasks(self, sources: Iterable[Source]) -> list[Task]:
        """The documents that their configuration does not leave out, each with its plan. Raises ConfigError."""
        kept = [source for source in sources if not self._configurations.excludes(source.path)]
        return [(source, self._plan(self.settings(source.path))) for source in kept]

    def _plan_of(self, settings: Settings) -> Plan:
        return Plan(self._book.rules_of(settings), settings.rounding, settings.limits)


def _given(args: argparse.Namespace) -> dict[str, object]:
    """The settings that the command line gives, by the keys of the configuration."""
    values: dict[str, object] = {"rules": tuple(args.rules)} if args.rules else {}
    if args.no_shipped_rules:
        values["shipped-rules"] = False
    for key in ("fail_level", "baseline", "disable"):
        if getattr(args, key, None):
            values[key.replace("_", "-")] = getattr(args, key)
    if getattr(args, "rounding", None):
        values["rounding"] = Rounding(args.rounding)
    return values


class Rulebook:
    """The rules of each settings, each file read once; complaints go to standard error, once."""

    def __init__(self, say: Speech) -> None:
        self._say = say
        self._told: set[str] = set()
        self.complete = True
        self.rules_of = cache(self._rules_of)

    def _rules_of(self, settings: Settings) -> tuple[Rule, ...]:
        """The rules that are on under some settings.

        A path whose rules cannot be read is left out, so that the documents are still audited by the other rules. A
        rule with the id of a shipped one takes its place.
        """
        own = self._own(settings.rules)
        shipped = shipped_rules() if settings.shipped_rules else ()
        rules = (*(rule for rule in shipped if rule.id not in own), *own.values())
        for pattern in (*(p for p, _ in settings.switches), *(p for p, _ in settings.severity)):
            if not any(c in pattern for c in "*?[") and pattern not in {rule.id for rule in rules}:
                zh, en = (
                    "设置中写到的这条规则不存在，见 figure-audit rules list",
                    "the settings name no rule that exists",
                )
                self._complain(f"{pattern}: {self._say(zh, en)}")
        return settings.chosen(rules)

    def _own(self, paths: tuple[str, ...]) -> dict[str, Rule]:
        try:
            return {rule.id: rule for rule in load_rules(paths)}
        except RuleError as error:
            for line in error.told(self._say.lang).splitlines():
                self._complain(line)
        own: dict[str, Rule] = {}
        for path in paths:
            with suppress(RuleError):
                own = {rule.id: rule for rule in load_rules([path])} | own
        return own

    def _complain(self, line: str) -> None:
        self.complete = False
        if line not in self._told:
            self._told.add(line)
            self._say.complain_line(line)


def audit_tasks(tasks: Sequence[Task], *, jobs: int = 1, quiet: bool = False) -> Report:
    """The audit of some documents, in their order whatever the number of processes; 0 is one for each processor."""
    processes = min(jobs or os.cpu_count() or 1, len(tasks))
    with Progress(len(tasks), quiet=quiet) as progress:
        reports: list[Report] = []
        if processes < 2:
            for done, task in enumerate(tasks, 1):
                reports.append(audit_one(task))
                progress.show(done)
        else:
            reports = _in_processes(tasks, processes, progress)
    return _joined(reports, (plan for _, plan in tasks))


def _joined(reports: Sequence[Report], plans: Iterable[Plan]) -> Report:
    """One report of several, with every rule that was run."""
    different = {id(plan): plan for plan in plans}  # comparing plans rule by rule would take long
    rules = {rule.id: rule for plan in different.values() for rule in plan.rules}
    return Report(
        tuple(audit for report in reports for audit in report.audits),
        tuple(skipped for report in reports for skipped in report.skipped),
        tuple(rules.values()),
    )


def _in_processes(tasks: Sequence[Task], processes: int, progress: Progress) -> list[Report]:
    """The reports of the tasks; a process that dies takes only its own document with it."""
    plans = list({id(plan): plan for _, plan in tasks}.values())
    numbers = {id(plan): number for number, plan in enumerate(plans)}
    numbered = [(source, numbers[id(plan)]) for source, plan in tasks]
    reports: dict[int, Report] = {}
    pool = _pool(processes, plans)
    try:
        parts: dict[Future[Report], int] = {}
        with suppress(BrokenProcessPool):
            for n, task in enumerate(numbered):
                parts[pool.submit(_audit_one, *task)] = n
        for part in as_completed(parts):
            with suppress(BrokenProcessPool):
                reports[parts[part]] = part.result()
                progress.show(len(reports))
        # When a process dies, all that were under way fail with it: one at a time shows whose fault it was.
        alive = False
        for n, task in enumerate(numbered):
            if n in reports:
                continue
            if not alive:
                pool.shutdown()
                pool, alive = _pool(1, plans), True
            try:
                reports[n] = pool.submit(_audit_one, *task).result()
            except BrokenProcessPool:
                reports[n], alive = Report((), (crashed(task[0].path, "process killed"),)), False
            progress.show(len(reports))
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        for child in multiprocessing.active_children():  # what they are at may take minutes, and nobody wants it
            child.kill()
        raise
    pool.shutdown()
    return [reports[n] for n in range(len(numbered))]


def _pool(processes: int, plans: Sequence[Plan]) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(processes, initializer=_begin_worker, initargs=(plans,))


_plans: Sequence[Plan] = ()


def _begin_worker(plans: Sequence[Plan]) -> None:
    global _plans
    _plans = plans
    # Ctrl-C reaches every process of the terminal; the parent alone answers it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _audit_one(source: Source, plan: int) -> Report:
    return audit_one((source, _plans[plan]))


def audit_one(task: Task) -> Report:
    """The audit of one document by its plan."""
    source, plan = task
    return audit_sources([source], plan.rules, rounding=plan.rounding, limits=plan.limits)
