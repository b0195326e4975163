"""What is written at a figure: the findings about it, in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from audit.finding import Finding
from audit.span import Span

_SEVERITY = {"error": "错误", "warning": "疑问", "note": "提示"}
# XML has no place for these; no text an auditor reads does either.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
Lang = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs the notes; Word shows the initials beside the author's name."""

    author: str = "figure-audit"
    initials: str = "FA"


SIGNATURE = Signature()


@dataclass(frozen=True, slots=True)
class Note:
    """A note at the figure that a span of the document's text covers."""

    span: Span
    text: str


def notes_of(findings: Sequence[Finding], lang: Lang) -> tuple[Note, ...]:
    """The notes in text order, one for each figure that findings are reported on."""
    texts: dict[Span, list[str]] = {}
    for finding in findings:
        texts.setdefault(finding.span, []).append(_words(finding, lang))
    return tuple(Note(span, "\n".join(texts[span])) for span in sorted(texts))


def _words(finding: Finding, lang: Lang) -> str:
    level = _SEVERITY[finding.severity.value] if lang == "zh" else finding.severity.value
    lines: list[str] = []
    for each in finding.together:
        lines.append(each.message if lang == "zh" else each.message_en)
        if working := each.check.working_in(lang):
            lines.append(("计算：" if lang == "zh" else "working: ") + working)
    for suspect in finding.suspects[:1]:
        lines.append(
            f"可能应为：{suspect.claim.text} → {suspect.replacement}"
            if lang == "zh"
            else f"perhaps: {suspect.claim.text} → {suspect.replacement}"
        )
    lines.append((finding.diagnosis if lang == "zh" else finding.diagnosis_en) or "")
    said = "\n".join(line for line in lines if line)
    bracketed = f"【{level}】" if lang == "zh" else f"[{level}] "
    rule = finding.check.relation.rule.id
    return _CONTROL.sub(" ", f"{bracketed}{said}" + (f"（{rule}）" if lang == "zh" else f" ({rule})"))


def left_out(count: int, lang: Lang) -> str:
    """The notice that so many notes were not written."""
    if lang == "zh":
        return f"另有 {count} 处问题未在此批注，请用 figure-audit check 查看全部"
    return f"{count} more findings are not annotated here; figure-audit check shows all of them"
