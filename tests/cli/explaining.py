"""What `rules explain` says of a made-up document: `python -m tests.cli.explaining` rewrites the golden files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from audit.cli.explained import explained
from audit.cli.speech import Speech
from audit.engine import audit_document
from audit.read import read_text
from audit.rule.load import read_rule
from audit.rule.schema import Rule

FOLDER = Path(__file__).parent / "golden"
TEXT = """全县概况

全县有危房15224户，其中建档立卡贫困户8888户，已改造4032户，投资3亿元。

投入资金12亿元，其中财政资金5亿元、银行资金5亿元、其他资金1亿元，比上年增长8%。

| 项目 | 金额（万元） |
| --- | --- |
| 道路 | 120 |
| 饮水 | 80 |
| 合计 | 200 |

年末全县有危房6336户。
"""
LINES = (3, 5, 11, 13)
_PARTS = "total: {in: total}, parts: {in: parts, pick: all}"
RULES = (
    (
        "parts",
        "node: breakdown, form: qizhong",
        "total: {in: total}, parts: {in: parts, pick: all}",
        "sum(parts) <= total",
    ),
    (
        "equal",
        "node: breakdown, form: qizhong",
        "total: {in: total}, parts: {in: parts, pick: all}",
        "sum(parts) == total",
    ),
    ("brackets", "node: breakdown, form: bracket", "total: {in: total}, parts: {in: parts}", "parts <= total"),
    ("one-part", "node: breakdown, form: qizhong", "total: {in: total}, parts: {in: parts}", "parts <= total"),
    ("growth", "node: change, form: change-growth", "after: {in: after}, growth: {in: growth}", "growth < after"),
    ("from-to", "node: change, form: from-to", "before: {in: before}, after: {in: after}", "before < after"),
    ("share", "node: share", "part: {in: part}, base: {in: base}, share: {in: share}", "part / base == share"),
    ("repeat", "node: repeat", "first: {in: first}, second: {in: second}", "first == second"),
    ("table", "node: table, form: sum", _PARTS, "sum(parts) == total"),
    ("table-share", "node: table, form: share", "part: {in: part}, share: {in: share}", "share <= part"),
    ("cited", "node: citation, form: repeat", "first: {in: first}, second: {in: second}", "first == second"),
)
"""Rules of the test's own, so that the golden files change only when explanations do."""


def rules() -> Iterator[Rule]:
    """The rules, read."""
    for name, where, bind, expect in RULES:
        when = ", when: closed" if name == "equal" else ""
        text = f"id: {name}\ntitle: 供测试使用\nwhy: 供测试使用。\nseverity: error\nconfidence: high\n"
        text += f"where: {{{where}}}\nbind: {{{bind}}}\nexpect: [{{that: {expect}{when}}}]\n"
        rule, problems = read_rule(text + "examples: {pass: 共3户, fail: 共4户}\n", f"{name}.yaml")
        assert rule is not None, problems
        yield rule


def told(lang: str) -> str:
    """What is said of some lines of the text, one after another."""
    chosen = tuple(rules())
    audit, _ = audit_document(read_text(TEXT), chosen)
    parts = []
    for line in LINES:
        parts += [
            f"{TEXT.splitlines()[line - 1]}\n\n",
            *(f"{row}\n" for row in explained(audit, chosen, line, Speech(lang))),
        ]
    return "".join(f"{part}" for part in parts)


def outputs() -> dict[str, str]:
    """What each golden file must hold, by its name."""
    return {f"explain.{lang}.txt": told(lang) for lang in ("zh", "en")}


def write() -> None:
    """Writes every golden file."""
    FOLDER.mkdir(exist_ok=True)
    for name, text in outputs().items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
