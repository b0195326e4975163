"""`figure-audit rules`: shows, tests and starts rules, and tells which of them took part in a line."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path

from audit.cli.auditing import Setup, audit_tasks, refusing
from audit.cli.explained import explained
from audit.cli.files import write_stdout
from audit.cli.speech import Speech
from audit.output.printable import printable, width
from audit.read import Source
from audit.rule.load import RuleError, load_rules, shipped_folder, shipped_rules
from audit.rule.schema import Rule
from audit.trial import Trial, roles_told, try_rules

RULE_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@refusing
def execute(args: argparse.Namespace) -> int:
    """The exit code of the chosen action."""
    say = Speech(args.lang)
    actions = {"list": _list, "show": _show, "test": _test, "new": _new, "explain": _explain}
    return actions[args.action](args, say)


def _list(args: argparse.Namespace, say: Speech) -> int:
    setup = Setup(args, say)
    rules = setup.rules()
    rows = [(rule.id, rule.severity, _title(rule, say), str(rule.source)) for rule in rules]
    write_stdout("".join(f"{line}\n" for line in _aligned(rows)))
    return 0 if setup.complete else 2


def _show(args: argparse.Namespace, say: Speech) -> int:
    setup = Setup(args, say)
    rules = setup.rules()
    rule = next((rule for rule in rules if rule.id == args.id), None)
    if rule is None:
        near = get_close_matches(args.id, [rule.id for rule in rules], 3, 0.5)
        zh = f"是否指：{'、'.join(near)}？" if near else "见 figure-audit rules list"
        en = f"did you mean {' or '.join(near)}?" if near else "see figure-audit rules list"
        say.complain(args.id, f"没有这条规则；{zh}", f"no such rule; {en}")
        return 2
    write_stdout(f"# {rule.source.path}\n{_file_of(rule).read_text('utf-8-sig')}")
    return 0 if setup.complete else 2


def _test(args: argparse.Namespace, say: Speech) -> int:
    """0 where every example goes as its rule says, 1 where one does not, 2 where rules cannot be read."""
    try:
        rules = load_rules(args.paths) if args.paths else shipped_rules()
    except RuleError as error:
        for line in error.told(say.lang).splitlines():
            say.complain_line(line)
        return 2
    lines: list[str] = []
    wrong = total = 0
    for trial in try_rules(rules):
        total += 1
        wrong += bool(trial.problem)
        if trial.problem or args.paths:
            lines += _told(trial, say)
    lines.append(
        say(
            f"{len(rules)} 条规则，{total} 个例子，{wrong} 个不符",
            f"{len(rules)} rules, {total} examples, {wrong} of them wrong",
        )
    )
    write_stdout("".join(f"{line}\n" for line in lines))
    return int(wrong > 0)


def _told(trial: Trial, say: Speech) -> Iterator[str]:
    """How an example went, and which figure took which role."""
    outcome = say(trial.problem, trial.problem_en) or say("符合", "as expected")
    yield f"{trial.example.source} {trial.rule.id} {trial.expected}: {outcome}"
    yield f"    {printable(trial.example.text)}"
    for check in trial.checks:
        yield f"    {check.verdict.value}  {printable(roles_told(check, trial.example.text))}"
        yield f"    = {printable(check.working_in(say.lang))}"


def _new(args: argparse.Namespace, say: Speech) -> int:
    if not RULE_ID.fullmatch(args.id):
        say.complain(
            args.id, "规则编号应为小写字母、数字加连字符，如 my-total", "a rule's id is lower-case words with hyphens"
        )
        return 2
    template = files("audit.data").joinpath("rule-template.yaml").read_text("utf-8")
    write_stdout(template.replace("my-rule", args.id))
    return 0


def _explain(args: argparse.Namespace, say: Speech) -> int:
    path, number = args.place
    setup = Setup(args, say)
    tasks = setup.tasks([Source(path)])
    report = audit_tasks(tasks)
    for skipped in report.skipped:
        say.complain(skipped.path, skipped.reason, skipped.reason_en or skipped.reason)
    for audit in report.audits:
        write_stdout("".join(f"{line}\n" for line in explained(audit, tasks[0][1].rules, number, say)))
    return 0 if setup.complete and not report.skipped else 2


def _title(rule: Rule, say: Speech) -> str:
    return say(rule.title, rule.title_en or rule.title)


def _file_of(rule: Rule) -> Path:
    """The file a rule was read from; shipped ones name it relative to where they are shipped."""
    shipped = shipped_folder().parent / rule.source.path
    return shipped if rule in shipped_rules() else Path(rule.source.path)


def _aligned(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell + " " * (size - width(cell)) for cell, size in zip(row, widths, strict=True)).rstrip()
