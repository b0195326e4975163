"""Runs the examples that rules carry, through the same engine as any document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from audit.engine import audit_document
from audit.read import read_text
from audit.rule.schema import Example, Rule
from audit.verdict import Check, Verdict

_HOLDS = (Verdict.EXACT, Verdict.ROUNDING)


@dataclass(frozen=True, slots=True)
class Trial:
    """How one example went: `checks` are what its rule made of it, `problem` is "" where that was as expected."""

    rule: Rule
    example: Example
    expected: str
    checks: tuple[Check, ...]
    problem: str
    problem_en: str


def run_examples(rule: Rule) -> Iterator[Trial]:
    """A trial of each example of a rule, in the order pass, fail, ignore."""
    for expected, examples in (("pass", rule.passes), ("fail", rule.fails), ("ignore", rule.ignores)):
        for example in examples:
            audit, unbound = audit_document(read_text(example.text, _name_for(rule)), [rule])
            if unbound and expected != "ignore":
                problem = unbound[0].reason, unbound[0].reason_en or unbound[0].reason
            else:
                problem = _problem(expected, example, audit.checks)
            yield Trial(rule, example, expected, audit.checks, *problem)


def bound(check: Check) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The figures of each role of a check, as printed."""
    return tuple((role, tuple(claim.text for claim in claims)) for role, claims in check.relation.roles if claims)


def _name_for(rule: Rule) -> str:
    """A file name that a document rule applies to."""
    return rule.applies_to[0].replace("*", "x").replace("?", "x") if rule.applies_to else "-"


def _problem(expected: str, example: Example, checks: tuple[Check, ...]) -> tuple[str, str]:
    """What is not as the example says, in Chinese and English."""
    if expected == "ignore":
        return ("不该触发却触发了", "it must not bind, and does") if checks else ("", "")
    if not checks:
        return "没有触发", "it does not bind"
    failing = [check for check in checks if check.verdict not in _HOLDS]
    if expected == "pass" and failing:
        return f"应当通过，却报出：{failing[0].working}", f"it must pass, and fails: {failing[0].working}"
    if expected == "fail" and not failing:
        return f"应当报出，却通过了：{checks[0].working}", f"it must fail, and passes: {checks[0].working}"
    wanted = dict(example.binds)
    alike = [check for check in checks if all(dict(bound(check)).get(role) == texts for role, texts in wanted.items())]
    if not alike:
        found = "；".join(f"{role} {'、'.join(texts)}" for role, texts in bound(checks[0]))
        return f"各角色取到的数字不对：{found}", f"the roles took other figures: {found}"
    if example.verdict and all(check.verdict != example.verdict for check in alike):
        return (
            f"结论应为 {example.verdict}，实为 {alike[0].verdict.value}",
            f"the verdict must be {example.verdict} and is {alike[0].verdict.value}",
        )
    return "", ""
