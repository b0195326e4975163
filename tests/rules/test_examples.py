"""Every shipped rule does on its examples what it says it does, through the real engine."""

from __future__ import annotations

import pytest

from audit.output.words import say
from audit.rule.load import shipped_rules
from audit.rule.schema import Example, Rule
from audit.trial import try_example

RULES = shipped_rules()
TRIALS = [
    pytest.param(rule, example, expected, id=f"{rule.id}-{expected}-{example.source.line}")
    for rule in RULES
    for expected, examples in (("pass", rule.passes), ("fail", rule.fails), ("ignore", rule.ignores))
    for example in examples
]


@pytest.mark.parametrize(("rule", "example", "expected"), TRIALS)
def test_example(rule: Rule, example: Example, expected: str) -> None:
    trial = try_example(rule, example, expected)
    assert not trial.problem, f"{example.source}: {trial.problem}"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_is_complete(rule: Rule) -> None:
    assert rule.passes
    assert rule.fails
    assert rule.ignores or rule.applies_to
    assert rule.relation
    assert rule.false_positives or rule.applies_to
    assert rule.title_en != rule.title
    assert rule.title_en.isascii() or "“" not in rule.title_en


@pytest.mark.parametrize("rule", [rule for rule in RULES if not rule.applies_to], ids=lambda rule: rule.id)
def test_a_general_rule_says_everything_in_english_too(rule: Rule) -> None:
    assert rule.why_en != rule.why
    assert all(doubt.because_en != doubt.because for doubt in rule.doubts)
    pairs = zip(rule.false_positives, rule.false_positives_en, strict=True)
    assert all(english != chinese for chinese, english in pairs)
    # Reports tell a figure's role in words: audit/output/words.py.
    assert not [role for role, _ in rule.bind if say(role, "zh") == role]


def test_ids_match_file_names() -> None:
    for rule in RULES:
        assert rule.source.path.endswith(f"/{rule.id}.yaml")
