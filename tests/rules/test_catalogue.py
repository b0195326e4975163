"""The generated pages: complete, in step with the rules, and the template that new rules start from."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest

from audit.claim import Kind
from audit.engine import audit_sources
from audit.outline.kinds import ALWAYS, NODE_KINDS
from audit.outline.tree import Aspect
from audit.read import Source
from audit.rule import catalogue, words
from audit.rule.catalogue import pages, reference
from audit.rule.keys import CONFIDENCES, PICKS, RULE, SELECTOR, SEVERITIES
from audit.rule.load import read_rule, shipped_folder, shipped_rules
from audit.rule.parse import parse_condition
from audit.rule.schema import Where
from audit.rule.words import condition_in_words, selector_in_words, where_in_words
from audit.trial import try_rules
from audit.verdict import Verdict

TEMPLATE = files("audit.data").joinpath("rule-template.yaml").read_text("utf-8")


def test_the_catalogue_has_every_rule() -> None:
    text = catalogue.catalogue(shipped_rules())
    for rule in shipped_rules():
        section = text.split(f"### {rule.id}\n")[1].split("\n### ")[0]
        assert rule.title in section
        assert rule.source.path in section
        for role, _ in rule.bind:
            assert f"`{role}`" in section
        for expectation in rule.expect:
            assert f"`{expectation.that}`" in section
        for reason in rule.false_positives:
            assert reason in section
        for example in (*rule.passes, *rule.fails, *rule.ignores):
            assert " ".join(example.text.split()) in section
    for target in re.findall(r"\]\(((?:general|documents)/[^)]+)\)", text):
        assert (shipped_folder() / target).is_file()


def test_the_reference_has_every_word_of_the_language() -> None:
    text = reference()
    for name in (*RULE.keys, *SELECTOR.keys, *PICKS):
        assert f"`{name}`" in text
    for kind in NODE_KINDS:
        assert f"### {kind.name}\n" in text
        for name, about in (*kind.slots, *kind.forms, *kind.features):
            assert f"`{name}` {about}" in text


def test_every_word_has_its_chinese() -> None:
    assert set(words.KIND) == {kind.value for kind in Kind}
    assert set(words.ASPECT) == {aspect.value for aspect in Aspect}
    assert set(words.SEVERITY) == set(SEVERITIES)
    assert set(words.CONFIDENCE) == set(CONFIDENCES)


def _general_template() -> str:
    """The template with its part for general rules in place of the one for document rules."""
    before, rest = TEMPLATE.split("# 甲")
    commented, examples = rest.split("# 乙")[1].split("\n", 1)[1].split("examples:")
    general = re.sub("^# ", "", commented, flags=re.MULTILINE)
    return before + general + "examples:" + examples.replace("first: 4亿元, second: 6亿元", "parts: [4亿元, 6亿元]")


def test_a_rule_in_words() -> None:
    rule, problems = read_rule(_general_template(), "template.yaml")
    assert not problems
    assert rule is not None
    assert rule.where is not None
    assert rule.false_positives == ("各项彼此重叠",)
    assert where_in_words(rule.where) == "总数及文中列出的各组成部分（`breakdown`），写法为「其中……」，且不出现“同比”"
    assert selector_in_words(rule.bind[1][1], rule.where) == "各组成部分，单位与 total 相同，全部，至少2个"
    assert list(words.expectations_in_words(rule)) == [
        "`sum(parts) == total`，当「各部分已列全」",
        "`sum(parts) <= total`",
    ]
    assert list(words.doubts_in_words(rule)) == ["当「总数在另一句里」：总数在另一句里，未必就是这一个"]


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ("closed and open and apart", "「{closed}」且「{open}」且「{apart}」"),
        ("closed or apart and open", "「{closed}」或（「{apart}」且「{open}」）"),
        ("not (closed or apart)", "并非（「{closed}」或「{apart}」）"),
        ("not closed and count(parts) > 1", "并非「{closed}」且`count(parts) > 1`"),
        ("holds", "「{holds}」"),
    ],
)
def test_conditions_in_words(condition: str, told: str) -> None:
    features = dict((*words.KINDS["breakdown"].features, *ALWAYS))
    assert condition_in_words(parse_condition(condition), Where("breakdown")) == told.format(**features)


def test_the_template_is_a_rule_that_does_as_it_says() -> None:
    rule, problems = read_rule(TEMPLATE, "template.yaml")
    assert not problems
    assert rule is not None
    trials = list(try_rules([rule]))
    assert len(trials) == 3
    assert [trial.problem for trial in trials] == ["", "", ""]


def test_pages() -> None:
    told = pages()
    assert set(told) == {"rules/README.md", "rules/schema.json", "docs/rule-reference.md"}
    assert json.loads(told["rules/schema.json"])["additionalProperties"] is False
    assert all(text.endswith("\n") and not text.endswith("\n\n") for text in told.values())


def test_the_catalogue_shows_how_often_each_rule_fires_on_the_seeds() -> None:
    report = audit_sources([Source(str(path)) for path in sorted(Path("seeds").glob("*.txt"))], shipped_rules())
    checks = Counter(check.relation.rule.id for audit in report.audits for check in audit.checks)
    held = Counter(
        check.relation.rule.id
        for audit in report.audits
        for check in audit.checks
        if check.verdict in (Verdict.EXACT, Verdict.ROUNDING)
    )
    page = Path("rules/README.md").read_text("utf-8")
    assert f"- 范文（seeds/）：{len(report.audits)} 份" in page
    for rule in shipped_rules():
        shown = re.search(rf"^\| \[{rule.id}\](?:[^|]*\|){{4}} ([0-9 /]+) \|", page, re.MULTILINE)
        assert shown
        counts = [int(count) for count in shown[1].split(" / ")]
        found = [checks[rule.id], held[rule.id]]
        assert counts[:2] == found if checks[rule.id] else counts == [0], rule.id
        assert sum(counts[2:]) == checks[rule.id] - held[rule.id]


def test_measured_figures_are_of_rules_that_ship() -> None:
    data = tomllib.loads(Path("tests/gold/firings.toml").read_text("utf-8"))
    page = Path("rules/README.md").read_text("utf-8")
    for one in data.values():
        assert f"{one['documents']} 份，{one['date']} 测得" in page
        for checked, holds, *reported in one["rules"].values():
            assert 0 < checked == holds + sum(reported)
