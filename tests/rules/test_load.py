"""Rule files: what is read, and that every slip is told with its file, line and remedy."""

from __future__ import annotations

import re
from pathlib import Path

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from audit.claim import Kind
from audit.outline.tree import Aspect
from audit.rule import keys
from audit.rule.json_schema import rule_schema
from audit.rule.load import RuleError, load_rules, read_rule, shipped_folder, shipped_rules
from audit.verdict import Verdict

GOOD = """\
id: a-rule
relation: sum
title: 各项之和应等于总数
why: 各项合起来就是总数。
severity: error
confidence: high
where: {node: breakdown, form: qizhong, unless: [同比]}
bind:
  total: {in: total, aspect: level}
  parts: {in: parts, pick: all, same_unit: total, at_least: 2, lead_without: 增长}
expect:
  - sum(parts) <= total
  - {that: sum(parts) == total, when: closed and not open}
doubt: {when: apart, because: 总数在前一句}
examples:
  pass: 收入3元，其中甲1元、乙2元。
  fail:
    - text: 收入3元，其中甲1元、乙3元。
      binds: {total: 3元, parts: [1元, 3元]}
      verdict: inconsistent
"""

QUOTED = """\
id: for-one-document
title: 甲加乙等于丙
why: 文中写明。
severity: warning
confidence: high
applies_to: {document: "a_*.txt"}
bind:
  甲: {quote: "甲{}"}
  乙: {quote: "乙{}元"}
expect: 甲 == 乙
examples: {pass: [a], fail: [b]}
"""


def _told(text: str) -> list[tuple[int, str]]:
    rule, problems = read_rule(text, "x.yaml")
    assert (rule is None) == bool(problems)
    assert all(p.message and p.message_en for p in problems)
    return [(p.line, p.message) for p in problems]


def test_a_rule_as_read() -> None:
    rule, problems = read_rule(GOOD, "x.yaml")
    assert not problems
    assert rule is not None
    assert rule.where is not None
    assert rule.where.forms == ("qizhong",)
    (_, total), (_, parts) = rule.bind
    assert (total.slot, total.pick, total.aspects) == ("total", "only", ("level",))
    assert (parts.pick, parts.same_unit, parts.at_least, parts.lead_without) == ("all", "total", 2, ("增长",))
    assert [str(e.that) for e in rule.expect] == ["sum(parts) <= total", "sum(parts) == total"]
    assert str(rule.expect[1].when) == "closed and not open"
    assert rule.doubts[0].because == "总数在前一句"
    assert str(parts.source) == "x.yaml:10"
    assert rule.passes[0].text == "收入3元，其中甲1元、乙2元。"
    assert str(rule.fails[0].source) == "x.yaml:18"
    assert rule.fails[0].binds == (("total", ("3元",)), ("parts", ("1元", "3元")))
    assert rule.title_en == rule.title
    assert rule.said("en") == rule.said("zh") == ("各项之和应等于总数", "各项合起来就是总数。", ())
    assert rule.doubts[0].because_en == rule.doubts[0].because


def test_a_rule_in_english_too() -> None:
    english = "title_en: A\nwhy_en: B\nfalse_positives: [误]\nfalse_positives_en: [C]\nseverity"
    rule, problems = read_rule(
        GOOD.replace("severity", english, 1).replace("总数在前一句}", "总数在前一句, because_en: D}"), "x.yaml"
    )
    assert not problems
    assert rule is not None
    assert rule.said("en") == ("A", "B", ("C",))
    assert (rule.doubts[0].because, rule.doubts[0].because_en) == ("总数在前一句", "D")


def test_a_document_rule_as_read() -> None:
    rule, problems = read_rule(QUOTED, "x.yaml")
    assert not problems
    assert rule is not None
    assert rule.where is None
    assert rule.applies_to == ("a_*.txt",)
    assert [(role, s.quote) for role, s in rule.bind] == [("甲", "甲{}"), ("乙", "乙{}元")]


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("title: 各项", "titel: 各项", 3, "不认识的键 titel；是不是 title？"),
        ("severity: error", "severity: eror", 5, "不认识“eror”；是不是 error？"),
        ("severity: error", "severity: [error]", 5, "error、warning、note之一"),
        ("confidence: high", "confidence: sure", 6, "可用：high、medium、low"),
        ("confidence: high", "severity: note", 6, "键 severity 重复，第5行已经有了"),
        ("id: a-rule", "id: A rule", 1, "小写字母、数字加连字符"),
        ("why: 各项合起来就是总数。", "why:", 4, "why 没有内容"),
        ("why: 各项合起来就是总数。\n", "", 1, "缺少 why"),
        ("where: {node: breakdown", "where: {node: brakdown", 7, "是不是 breakdown？"),
        ("where: {node: breakdown", "where: {nod: breakdown", 7, "是不是 node？"),
        ("form: qizhong", "form: qizong", 7, "没有名为“qizong”的 breakdown 写法；是不是 qizhong？"),
        ("in: total", "in: totals", 9, "没有名为“totals”的 breakdown 位置；是不是 total？"),
        ("aspect: level", "aspect: leval", 9, "是不是 level？"),
        ("aspect: level", "kind: amonut", 9, "是不是 amount？"),
        ("pick: all", "pick: al", 10, "是不是 all？"),
        ("pick: all", "pick: first", 10, "at_least 只能与 pick: all 一起用"),
        ("at_least: 2", "at_least: two", 10, "不小于1的整数"),
        ("at_least: 2", "at_least: 0", 10, "不小于1的整数"),
        ("at_least: 2", "at_least: 3, at_most: 2", 10, "at_most 小于 at_least"),
        ("at_least: 2", "optional: perhaps", 10, "true 或 false"),
        ("aspect: level", "same_unit: parts", 9, "指向“parts”，但它之前没有这个角色"),
        ("aspect: level", 'quote: "共{}元"', 9, "不能用 quote"),
        ("  total: {in", "  sum: {in", 9, "角色不能叫 sum"),
        ("  total: {in", "  cue: {in", 9, "角色不能叫 cue"),
        ("  total: {in", "  2nd: {in", 9, "不以数字开头"),
        ("- sum(parts) <= total", "- sum(parts) =< total", 12, "第12个字符处"),
        ("- sum(parts) <= total", "- sum(part) <= total", 12, "“part”不是 bind 里的角色；是不是 parts？"),
        ("- sum(parts) <= total", "- parts <= total", 12, "请写成 sum(parts)"),
        ("when: closed", "when: clsed", 13, "没有名为“clsed”的 breakdown 特征；是不是 closed？"),
        ("when: closed", "when: parts > 1", 13, "不能直接比较"),
        ("when: apart", "when: appart", 14, "是不是 apart？"),
        ("  pass: 收入3元，其中甲1元、乙2元。\n", "", 16, "缺少 pass"),
        ("  pass: 收入3元，其中甲1元、乙2元。", "  pass: []", 16, "pass 里没有例文"),
        ("binds: {total", "binds: {totl", 19, "没有名为“totl”的角色；是不是 total？"),
        ("verdict: inconsistent", "verdict: maybe", 20, "可用：exact、rounding、undecided、inconsistent"),
        ("aspect: level}", "aspect: level", 10, "YAML 格式错误"),
        ("relation: sum\n", "---\n", 2, "一个文件只能写一条规则"),
        ("relation: sum\n", "false_positives_en: [a, b]\n", 2, "false_positives 有0条，false_positives_en 有2条"),
    ],
)
def test_each_slip_is_told_with_its_line(old: str, new: str, line: int, told: str) -> None:
    assert old in GOOD
    problems = _told(GOOD.replace(old, new, 1))
    assert any(at == line and told in message for at, message in problems), problems


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("甲{}", "甲", 8, "恰含一个 {}"),
        ("甲{}", "甲{}和{}", 8, "恰含一个 {}"),
        ('{quote: "甲{}"}', "{in: total}", 8, "缺少 quote"),
        ('{quote: "甲{}"}', '{quote: "甲{}", pick: first}', 8, "pick 不起作用"),
        ("expect: 甲 == 乙", "expect: {that: 甲 == 乙, when: closed}", 10, "没有结构特征可问"),
        ('applies_to: {document: "a_*.txt"}\n', "", 1, "缺少 where"),
        ('{document: "a_*.txt"}', "{file: a}", 6, "不认识的键 file"),
    ],
)
def test_each_slip_of_a_document_rule_is_told(old: str, new: str, line: int, told: str) -> None:
    assert old in QUOTED
    problems = _told(QUOTED.replace(old, new, 1))
    assert any(at == line and told in message for at, message in problems), problems


def test_cue_needs_a_cue() -> None:
    text = GOOD.replace("node: breakdown, form: qizhong", "node: share").replace("when: apart, ", "")
    text = text.replace("in: total, aspect: level", "in: base, before: cue").replace("in: parts", "in: part")
    text = text.replace(", when: closed and not open", "")
    assert _told(text) == [(9, "before: cue 需要线索词，但 where 里没有写 cue；请补上")]
    assert not _told(text.replace("unless: [同比]", "cue: 占"))


def test_an_optional_role_must_not_be_taken_for_granted() -> None:
    text = GOOD.replace("aspect: level}", "aspect: level}\n  rest: {in: parts, optional: true}")
    assert "rest 可以没有" in _told(text.replace("- sum(parts) <= total", "- sum(parts) + rest <= total"))[0][1]
    assert not _told(text.replace("- sum(parts) <= total", "- sum(parts) + sum(rest) <= total"))
    guarded = "- {that: sum(parts) + rest <= total, when: count(rest) == 1}"
    assert not _told(text.replace("- sum(parts) <= total", guarded))


def test_several_slips_are_told_at_once() -> None:
    text = GOOD.replace("severity: error", "severity: eror").replace("in: total,", "in: totl,")
    text = text.replace("sum(parts) <= total", "sum(prts) <= total").replace("when: apart", "when: apert")
    assert sorted(line for line, _ in _told(text)) == [5, 9, 12, 14]


def test_a_slip_is_not_told_twice() -> None:
    assert len(_told(GOOD.replace("node: breakdown", "node: brakdown"))) == 1
    assert len(_told(GOOD.replace("in: total, aspect: level", "in: total, aspct: level"))) == 1
    assert len(_told(GOOD.replace("at_least: 2", "at_least: two"))) == 1


@pytest.mark.parametrize(
    "text", ["", "# nothing\n", "just text", "- a\n- b", "\ta: b", 'a: "b', "a: &x [*x]", "id: \x00"]
)
def test_what_is_no_rule_at_all_is_told(text: str) -> None:
    assert _told(text)


@given(st.text(alphabet='abid:{}[]"-&*!|>?,\n #其中12', max_size=60))
def test_any_text_is_read_or_told(text: str) -> None:
    _told(text)
    _told(GOOD + text)


@given(st.integers(0, len(GOOD)), st.integers(0, len(GOOD)))
def test_a_torn_rule_is_read_or_told(start: int, end: int) -> None:
    _told(GOOD[:start] + GOOD[end:])


def test_all_files_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text(GOOD.replace("severity: error", "severity: bad"), "utf-8")
    (tmp_path / "two.yaml").write_text("id: [", "utf-8")
    (tmp_path / "three.yaml").write_bytes("id: 规则".encode("gb18030"))
    (tmp_path / "empty").mkdir()
    with pytest.raises(RuleError) as caught:
        load_rules([tmp_path / "one.yaml", tmp_path / "two.yaml", tmp_path / "three.yaml", tmp_path / "none.yaml"])
    lines = str(caught.value).splitlines()
    assert len(lines) == 4
    for line, name in zip(lines, ("one", "two", "three", "none"), strict=True):
        assert re.match(rf"{re.escape(str(tmp_path))}/{name}\.yaml(?::\d+)?: .+；.+", line)
    assert "severity cannot be `bad`" in caught.value.told("en")
    with pytest.raises(RuleError, match=r"没有 \.yaml 规则文件"):
        load_rules([tmp_path / "empty"])


def test_an_id_can_be_used_once(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(GOOD, "utf-8")
    with pytest.raises(RuleError, match=r"b\.yaml:1: 规则名称 a-rule 已在 .*a\.yaml:1 用过"):
        load_rules([tmp_path])


def test_folders_are_searched_in_order(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name, rule_id in (("z.yaml", "last"), ("sub/a.yml", "second"), ("b.yaml", "first")):
        (tmp_path / name).write_text("﻿" + GOOD.replace("a-rule", rule_id), "utf-8")
    assert {rule.id for rule in load_rules([tmp_path])} == {"first", "second", "last"}
    assert [rule.id for rule in load_rules([tmp_path])] == [rule.id for rule in load_rules([str(tmp_path)])]


def test_shipped_rules_load() -> None:
    rules = shipped_rules()
    assert {rule.id for rule in rules} == {f.stem for f in shipped_folder().rglob("*.yaml")}
    assert all(rule.source.path.startswith("rules/") for rule in rules)


def test_words_of_the_rule_files_are_those_of_the_program() -> None:
    assert set(keys.VERDICTS) == {v.value for v in Verdict}
    schema = rule_schema()["properties"]["bind"]["additionalProperties"]["anyOf"][1]["properties"]
    assert set(schema["kind"]["anyOf"][0]["enum"]) == {k.value for k in Kind}
    assert set(schema["aspect"]["anyOf"][0]["enum"]) == {a.value for a in Aspect}


def test_the_json_schema_agrees_with_the_loader() -> None:
    schema = rule_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    texts = [f.read_text("utf-8") for f in shipped_folder().rglob("*.yaml")]
    for text in (GOOD, QUOTED, *texts):
        assert not list(validator.iter_errors(yaml.safe_load(text)))
    for old, new in (
        ("severity: error", "severity: eror"),
        ("title: 各项", "titel: 各项"),
        ("at_least: 2", "at_least: two"),
        ("pick: all", "pick: al"),
        ("- sum(parts) <= total", "- {tat: sum(parts) <= total}"),
        ("verdict: inconsistent", "verdict: wrong"),
    ):
        assert list(validator.iter_errors(yaml.safe_load(GOOD.replace(old, new))))
