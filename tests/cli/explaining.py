"""What `rules explain` says of a made-up document: `python -m tests.cli.explaining` rewrites the golden files."""

from __future__ import annotations

from pathlib import Path

from audit.cli.explained import explained
from audit.cli.speech import Speech
from audit.engine import audit_document
from audit.read import read_text
from audit.rule.load import shipped_rules

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
RULES = (
    "average-of-total",
    "composition",
    "done-of-planned",
    "from-to-growth",
    "grouped-parts",
    "growth-of-change",
    "households-and-people",
    "parts-after-qizhong",
    "parts-in-brackets",
    "repeat",
    "roll-forward",
    "share-of-base",
    "table-cited",
    "table-share",
    "table-total",
    "table-total-alone",
    "zhenlai-poverty-funds",
)


def told(lang: str) -> str:
    """What is said of some lines of the text, one after another."""
    rules = [rule for rule in shipped_rules() if rule.id in RULES]
    audit, _ = audit_document(read_text(TEXT), rules)
    parts = []
    for line in LINES:
        parts += [
            f"{TEXT.splitlines()[line - 1]}\n\n",
            *(f"{row}\n" for row in explained(audit, rules, line, Speech(lang))),
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
