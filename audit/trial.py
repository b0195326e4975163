"""Runs the examples of rules through the engine: what a rule says of itself, held against what it does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from audit.engine import audit_document
from audit.read import read_text
from audit.report import Audit
from audit.rule.schema import Example, Rule
from audit.span import squeeze
from audit.verdict import Check, Verdict

EXPECTED = ("pass", "fail", "ignore")


@dataclass(frozen=True, slots=True)
class Trial:
    """One example and what came of it; `problem` is "" where the rule did as `expected`."""

    rule: Rule
    example: Example
    expected: str
    checks: tuple[Check, ...]
    problem: str
    problem_en: str = ""


def try_rules(rules: Sequence[Rule]) -> Iterator[Trial]:
    """The trials of all examples of the rules, each rule on its own."""
    for rule in rules:
        for expected, examples in zip(EXPECTED, (rule.passes, rule.fails, rule.ignores), strict=True):
            for example in examples:
                yield try_example(rule, example, expected)


def try_example(rule: Rule, example: Example, expected: str) -> Trial:
    """The trial of one example; a document rule is tried as if its example were the document it is for."""
    alone = replace(rule, applies_to=("*",)) if rule.applies_to else rule
    audit, unbound = audit_document(read_text(example.text), [alone])
    problem = ("", "")
    if unbound and expected != "ignore":
        problem = unbound[0].reason, unbound[0].reason_en or unbound[0].reason
    elif not unbound:
        problem = _problem(audit, example, expected)
    return Trial(rule, example, expected, audit.checks, *problem)


def _problem(audit: Audit, example: Example, expected: str) -> tuple[str, str]:
    checks = audit.checks
    if expected == "ignore":
        return ("不该触发，却触发了", "it must not bind, but does") if checks else ("", "")
    if not checks:
        return "没有触发：例文里没有取到要找的数字", "it does not bind: its figures were not found in the example"
    wrong = [check for check in checks if check.verdict in (Verdict.UNDECIDED, Verdict.INCONSISTENT)]
    if expected == "pass" and wrong:
        said = wrong[0].working_in("en")
        return f"应当通过，却报出：{wrong[0].working}", f"it must pass, but: {said}"
    wanted = example.verdict or (Verdict.INCONSISTENT if expected == "fail" else None)
    if example.binds:
        bound = [check for check in checks if _binds_as(check, dict(example.binds), audit.document.text)]
        if not bound:
            told = "；".join(roles_told(check, audit.document.text) for check in checks)
            return f"角色取到的数字不对，实际为 {told}", f"the roles are bound otherwise: {told}"
        checks = tuple(bound)
    if wanted and all(check.verdict != wanted for check in checks):
        found = "、".join(dict.fromkeys(str(check.verdict) for check in checks))
        found_en = ", ".join(dict.fromkeys(str(check.verdict) for check in checks))
        return f"结论应为 {wanted}，实际为 {found}：{checks[0].working}", f"must be {wanted}, but is {found_en}"
    return "", ""


def roles_told(check: Check, text: str) -> str:
    """Which figure took which role: `total=15.7亿元 parts=8200万元、10.85亿元`."""
    return " ".join(f"{role}={'、'.join(figures)}" for role, figures in _roles(check, text).items())


def _roles(check: Check, text: str) -> dict[str, tuple[str, ...]]:
    roles = {role: tuple(squeeze(c.text) for c in claims) for role, claims in check.relation.roles}
    if check.relation.items:
        roles["items"] = tuple(squeeze(span.of(text)) for span in check.relation.items)
    return roles


def _binds_as(check: Check, binds: Mapping[str, tuple[str, ...]], text: str) -> bool:
    roles = _roles(check, text)
    return all(roles.get(role, ()) == tuple(squeeze(f) for f in figures) for role, figures in binds.items())
