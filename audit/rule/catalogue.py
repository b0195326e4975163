"""The pages generated from the rules: the catalogue, the reference of the language, and the JSON Schema for editors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from audit.outline.kinds import ALWAYS, LISTED, NODE_KINDS
from audit.rule.json_schema import schema_text
from audit.rule.keys import DOUBT, EXAMPLE, EXPECTATION, PICKS, RULE, SELECTOR, WHERE
from audit.rule.load import shipped_rules
from audit.rule.schema import Example, Rule
from audit.rule.shape import Fields
from audit.rule.words import (
    ASPECT,
    CONFIDENCE,
    KIND,
    SEVERITY,
    doubts_in_words,
    expectations_in_words,
    selector_in_words,
    where_in_words,
)

_GENERATED = "<!-- 由 python .ci/regenerate.py 生成，请勿手改。 -->"
_OUTCOMES = {"exact": "精确相符", "rounding": "尾差内相符", "undecided": "无法断定", "inconsistent": "不符"}


@dataclass(frozen=True, slots=True)
class Firings:
    """How often a rule checked something, how often that held, and what was reported of the rest."""

    checked: int = 0
    held: int = 0
    errors: int = 0
    warnings: int = 0
    notes: int = 0

    @property
    def counts(self) -> tuple[int, ...]:
        """The numbers in this order."""
        return self.checked, self.held, self.errors, self.warnings, self.notes

    def __str__(self) -> str:
        return " / ".join(map(str, self.counts)) if self.checked else "0"


@dataclass(frozen=True, slots=True)
class Measured:
    """The firings of rules on a set of documents: what the set is called, how many documents, when ("" for now)."""

    name: str
    documents: int
    date: str
    rules: Mapping[str, Firings]

    def of(self, rule: Rule) -> Firings:
        """The firings of one rule."""
        return self.rules.get(rule.id, Firings())


def pages(measured: Sequence[Measured] = ()) -> dict[str, str]:
    """The text of every generated page by its path in the checkout; the catalogue shows what was measured."""
    return {
        "rules/README.md": catalogue(shipped_rules(), measured),
        "rules/schema.json": schema_text(),
        "docs/rule-reference.md": reference(),
    }


def catalogue(rules: Sequence[Rule], measured: Sequence[Measured] = ()) -> str:
    """The catalogue of the given rules and how often each fired where that was measured, as Markdown."""
    general = [rule for rule in rules if not rule.applies_to]
    documents = [rule for rule in rules if rule.applies_to]
    lines = [
        "# 规则目录",
        "",
        _GENERATED,
        "",
        f"共 {len(rules)} 条规则：{len(general)} 条通用规则，{len(documents)} 条单篇规则。",
        "怎样写规则见 [docs/writing-rules.md](../docs/writing-rules.md)。",
        "",
        "严重程度是确定不符时的级别；绑定有疑问的只作为问题提出，不会报为错误。",
        *_legend(measured),
    ]
    sets = "".join(f" {one.name.partition('（')[0]} |" for one in measured)
    for title, group in (("通用规则", general), ("单篇规则", documents)):
        if group:
            lines += ["", f"## {title}", "", f"| 规则 | 说明 | 严重程度 | 可信度 |{sets}"]
            lines.append(f"| --- | --- | --- | --- |{' --- |' * len(measured)}")
            lines += [
                f"| [{r.id}](#{r.id}) | {_cell(r.title)} | {SEVERITY[r.severity]} | {CONFIDENCE[r.confidence]} |"
                + "".join(f" {one.of(r)} |" for one in measured)
                for r in group
            ]
    for rule in (*general, *documents):
        lines += ["", *_section(rule, measured)]
    return "\n".join(lines) + "\n"


def _legend(measured: Sequence[Measured]) -> Iterator[str]:
    """What the measured figures mean, and where they were measured."""
    if not measured:
        return
    yield ""
    yield "实测的五个数依次是：核对了几处 / 其中相符 / 报错误 / 报警告 / 报提示；只有一个 0 的没有触发过。"
    yield "误报多少要逐条看过才知道：[tests/gold/judgements.yaml](../tests/gold/judgements.yaml)。"
    yield ""
    for one in measured:
        when = f"，{one.date} 测得" if one.date else "，随本页一起测得"
        yield f"- {one.name}：{one.documents} 份{when}"


def _section(rule: Rule, measured: Sequence[Measured]) -> Iterator[str]:
    yield f"### {rule.id}"
    yield ""
    yield f"**{_prose(rule.title)}**　{_prose(rule.title_en)}"
    yield ""
    yield _prose(rule.why)
    yield ""
    if rule.why_en != rule.why:
        yield _prose(rule.why_en)
        yield ""
    yield f"- 严重程度：{SEVERITY[rule.severity]}；可信度：{CONFIDENCE[rule.confidence]}"
    if rule.relation:
        yield f"- 关系类型：`{rule.relation}`"
    if rule.applies_to:
        yield f"- 适用文件：{'、'.join(f'`{pattern}`' for pattern in rule.applies_to)}"
    if rule.where is not None:
        yield f"- 在哪里找：{_prose(where_in_words(rule.where))}"
    yield "- 角色："
    for role, selector in rule.bind:
        yield f"  - `{role}`：{_prose(selector_in_words(selector, rule.where))}"
    yield "- 必须成立" + ("（取第一条适用的）：" if len(rule.expect) > 1 and not rule.applies_to else "：")
    for line in expectations_in_words(rule):
        yield f"  - {_prose(line)}"
    if rule.doubts:
        yield "- 只能提问的情形："
        for line in doubts_in_words(rule):
            yield f"  - {_prose(line)}"
    if rule.false_positives:
        yield "- 已知误报："
        for line, english in zip(rule.false_positives, rule.false_positives_en, strict=True):
            yield f"  - {_prose(_both(line, english))}"
    for one in measured:
        if counts := one.of(rule).checked and one.of(rule):
            told = zip(("相符", "错误", "警告", "提示"), counts.counts[1:], strict=True)
            reported = "，".join(f"{name} {count}" for name, count in told if count)
            yield f"- 实测（{one.name.partition('（')[0]}，{one.documents} 份）：核对 {counts.checked} 处" + (
                f"，{reported}" if reported else ""
            )
    yield f"- 出处：[{rule.source.path}]({rule.source.path.removeprefix('rules/')})"
    for title, examples in (("通过", rule.passes), ("报出", rule.fails), ("不触发", rule.ignores)):
        if examples:
            yield ""
            yield f"例文（{title}）："
            yield ""
            for example in examples:
                yield f"- {_example(example)}"


def _both(line: str, english: str) -> str:
    return line if english == line else f"{line}　{english}"


def _example(example: Example) -> str:
    told = _prose(" ".join(example.text.split()))
    notes = [f"`{role}` = {'、'.join(figures)}" for role, figures in example.binds]
    if example.verdict is not None:
        notes.append(_OUTCOMES[example.verdict])
    return told + (f"（{'；'.join(notes)}）" if notes else "")


def reference() -> str:
    """The reference of the rule language: every key, node kind, figure kind and aspect, as Markdown."""
    lines = [
        "# 规则文件参考",
        "",
        _GENERATED,
        "",
        "怎样写规则见 [writing-rules.md](writing-rules.md)。",
        "",
        "## 键",
        "",
    ]
    lines += _keys(RULE)
    sections = (
        ("where", WHERE),
        ("bind 的每个角色", SELECTOR),
        ("expect 的每条", EXPECTATION),
        ("doubt 的每条", DOUBT),
        ("examples 的每条例文", EXAMPLE),
    )
    for title, fields in sections:
        lines += ["", f"### {title}", "", *_keys(fields)]
    lines += ["", f"`pick` 可写 {'、'.join(f'`{pick}`' for pick in PICKS)}，不写就是 `only`。"]
    lines += ["", "## 结构（where 的 node）", ""]
    lines.append("“位置”写在 `in` 里，“写法”写在 `form` 里，“特征”写在 `when` 里。")
    lines.append(f"位置 `{LISTED}` 指文中列出的各项（不是数字，只能用 `count(items)` 数个数）。")
    lines.append("任何结构都有的特征：" + "、".join(f"`{name}` {about}" for name, about in ALWAYS) + "。")
    for kind in NODE_KINDS:
        lines += ["", f"### {kind.name}", "", kind.about + "。", ""]
        for title, entries in (
            ("位置", kind.slots),
            ("写法", kind.forms),
            ("特征", kind.features),
            ("给定的数", kind.givens),
        ):
            if entries:
                lines.append(f"- {title}：" + "；".join(f"`{name}` {about}" for name, about in entries))
    for title, named in (("数字的种类（kind）", KIND), ("数字说的是什么（aspect）", ASPECT)):
        lines += ["", f"## {title}", "", *(f"- `{name}` {about}" for name, about in named.items())]
    return "\n".join(lines) + "\n"


def _keys(fields: Fields) -> Iterator[str]:
    yield "| 键 | 用途 | |"
    yield "| --- | --- | --- |"
    for name, key in fields.keys.items():
        yield f"| `{name}` | {_cell(key.about)} | {'必须' if key.required else ''} |"


def _prose(text: str) -> str:
    return text.replace("<", "&lt;").replace("*", "\\*") if "`" not in text else text


def _cell(text: str) -> str:
    return _prose(text).replace("|", "\\|")
