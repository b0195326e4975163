"""The chapter on writing rules says what is true: its rules load and do as they say, its messages are the real ones."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from audit.rule.load import read_rule
from audit.trial import roles_told, try_rules

GUIDE = Path(__file__).parents[2] / "docs" / "writing-rules.md"
pytestmark = pytest.mark.skipif(not GUIDE.is_file(), reason="the docs are not beside the tests")


def _blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)


def test_the_rules_of_the_guide_do_as_they_say() -> None:
    rules = []
    for block in _blocks("yaml"):
        rule, problems = read_rule(block, "guide.yaml")
        assert rule is not None, problems
        rules.append(rule)
    assert [rule.id for rule in rules] == ["road-funds", "share-at-most-whole"]
    assert [trial.problem for trial in try_rules(rules)] == [""] * 5


def test_the_output_shown_is_the_real_one() -> None:
    shown = next(block for block in _blocks("text") if "符合" in block)
    rule, _ = read_rule(_blocks("yaml")[0], "road-funds.yaml")
    assert rule is not None
    for trial in try_rules([rule]):
        assert f"{trial.example.source} {rule.id} {trial.expected}: 符合\n    {trial.example.text}\n" in shown
        for check in trial.checks:
            assert f"    {check.verdict}  {roles_told(check, trial.example.text)}\n    = {check.working}\n" in shown


def test_the_messages_shown_are_the_real_ones() -> None:
    shown = next(block for block in _blocks("text") if "不认识" in block)
    text = _blocks("yaml")[0].replace("severity: error", "severity: eror").replace("总额: {quote", "总额: {qoute")
    _, problems = read_rule(text.replace("+ 村级", "+ 村及"), "road-funds.yaml")
    told = [f"road-funds.yaml:{p.line}: {p.message}" for p in problems if "缺少" not in p.message]
    assert shown.splitlines() == told
