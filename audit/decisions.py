"""What auditors decided about findings: read back from a file and laid on a new report."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher, get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Any

from audit.faults import FaultyFileError
from audit.finding import Finding, Severity
from audit.report import Audit, Report

FORMAT = "figure-audit-decisions/1"


class DecisionsError(FaultyFileError):
    """A decisions file that cannot be used."""


class Ruling(StrEnum):
    """What was decided of a finding; the values are those of the decisions file."""

    CONFIRMED = "confirmed"  # 确认
    DISMISSED = "dismissed"  # 排除
    PENDING = "pending"  # 待查


@dataclass(frozen=True, slots=True)
class Decision:
    """One auditor's decision of one finding, with the evidence it was made on.

    `fingerprint` ties it to the rule and the wording of the evidence; `decided` is the moment as ISO 8601 text.
    """

    path: str
    sha256: str
    rule: str
    fingerprint: str
    ruling: Ruling
    note: str = ""
    auditor: str = ""
    decided: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Settlement:
    """Decisions laid on a report.

    `settled` holds the decision of each finding by (document sha256, fingerprint); `stale` the decisions whose
    evidence has changed, under the finding they probably spoke of; `gone` those that no finding answers to.
    """

    settled: Mapping[tuple[str, str], Decision] = field(default_factory=dict)
    stale: Mapping[tuple[str, str], Decision] = field(default_factory=dict)
    gone: tuple[Decision, ...] = ()

    def of(self, audit: Audit, finding: Finding) -> Decision | None:
        """The decision that holds of a finding."""
        return self.settled.get((audit.document.sha256, finding.fingerprint))

    def outdated(self, audit: Audit, finding: Finding) -> Decision | None:
        """The decision that was made of this finding before its evidence changed."""
        return self.stale.get((audit.document.sha256, finding.fingerprint))

    def dismissed(self, audit: Audit, finding: Finding) -> bool:
        """Whether an auditor has dismissed the finding on the evidence it still has."""
        decision = self.of(audit, finding)
        return decision is not None and decision.ruling is Ruling.DISMISSED

    def failing(self, report: Report, level: Severity) -> int:
        """How many findings at or above `level` nobody has dismissed."""
        grave = list(Severity)[: list(Severity).index(level) + 1]
        return sum(
            finding.severity in grave and not self.dismissed(audit, finding)
            for audit in report.audits
            for finding in audit.findings
        )


def settle(report: Report, decisions: Iterable[Decision]) -> Settlement:
    """The decisions laid on the findings of a report; of several on one finding the last in the file counts.

    A document is known by its SHA-256 or, once edited, by its path. A decision without a finding of its fingerprint is
    stale where the document has an undecided finding of the same rule with similar evidence.
    """
    settled: dict[tuple[str, str], Decision] = {}
    stale: dict[tuple[str, str], Decision] = {}
    left = list(decisions)
    homes = [[d for d in left if d.sha256 == a.document.sha256 or d.path == a.document.path] for a in report.audits]
    answered: set[int] = set()
    for audit, own in zip(report.audits, homes, strict=True):
        known = {finding.fingerprint for finding in audit.findings}
        for decision in own:
            if decision.fingerprint in known:
                settled[audit.document.sha256, decision.fingerprint] = decision
                answered.add(id(decision))
    for audit, own in zip(report.audits, homes, strict=True):
        for decision in own:
            if id(decision) not in answered:
                finding = _nearest(decision, audit, settled.keys() | stale.keys())
                if finding is not None:
                    stale[audit.document.sha256, finding.fingerprint] = decision
                    answered.add(id(decision))
    return Settlement(settled, stale, tuple(d for d in left if id(d) not in answered))


_SIMILAR = 0.6  # two sentences below this share less than a reader would call the same statement edited


def _nearest(decision: Decision, audit: Audit, taken: Iterable[tuple[str, str]]) -> Finding | None:
    free = set(taken)
    best, found = _SIMILAR, None
    for finding in audit.findings:
        if finding.check.relation.rule.id == decision.rule and (audit.document.sha256, finding.fingerprint) not in free:
            ratio = SequenceMatcher(None, decision.evidence, evidence(audit, finding), autojunk=False).ratio()
            if ratio > best:
                best, found = ratio, finding
    return found


EVIDENCE = 120


def evidence(audit: Audit, finding: Finding) -> str:
    """The text the finding was found on, cut to 120 characters: what a decision remembers of it."""
    return finding.check.relation.evidence.of(audit.document.text)[:EVIDENCE]


# ---------------------------------------------------------------- files
_REQUIRED = ("document", "rule", "fingerprint", "ruling")
_OPTIONAL = ("note", "auditor", "decided", "evidence")


def read(path: Path) -> tuple[Decision, ...]:
    """The decisions of a JSON file exported from the HTML report, or of an .xlsx working paper.

    Raises DecisionsError, with every fault of the file, where it cannot be used.
    """
    if path.suffix.lower() == ".xlsx":
        from audit.output.xlsx import read_decisions

        return read_decisions(path)
    try:
        raw = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise DecisionsError([unreadable(path, error)]) from error
    except ValueError as error:
        zh = f"{path}：不是 JSON（{error}），请使用报告页面“导出处理意见”生成的文件"
        en = f"{path}: not JSON ({error}); use the file that “Export decisions” of the report page wrote"
        raise DecisionsError([(zh, en)]) from error
    return parse(raw, str(path))


def unreadable(path: Path, error: OSError) -> tuple[str, str]:
    """The fault of a file that the system does not let us read."""
    detail = error.strerror or str(error)
    return (
        f"{path}：无法读取（{detail}），请检查路径和权限",
        f"{path}: cannot be read ({detail}); check path and permissions",
    )


def parse(raw: Any, where: str) -> tuple[Decision, ...]:
    """The decisions of a decoded JSON file; `where` names it in faults. Raises DecisionsError with all of them."""
    if not isinstance(raw, dict) or raw.get("format") != FORMAT or not isinstance(raw.get("decisions"), list):
        zh = f'{where}：不是处理意见文件，应有 "format": "{FORMAT}" 和 decisions 列表'
        en = f'{where}: not a decisions file, which has "format": "{FORMAT}" and a list `decisions`'
        raise DecisionsError([(zh, en)])
    faults: list[tuple[str, str]] = []
    out: list[Decision | None] = []
    for n, entry in enumerate(raw["decisions"], 1):
        own: list[tuple[str, str]] = []
        out.append(_decision(entry, own))
        faults += [(f"{where}：第{n}条{zh}", f"{where}: decision {n}: {en}") for zh, en in own]
    if faults:
        raise DecisionsError(faults)
    return tuple(d for d in out if d is not None)


def _decision(entry: Any, faults: list[tuple[str, str]]) -> Decision | None:
    if not isinstance(entry, dict):
        faults.append(("应是一个对象", "must be an object"))
        return None
    for key in entry.keys() - {*_REQUIRED, *_OPTIONAL}:
        near = get_close_matches(str(key), [*_REQUIRED, *_OPTIONAL], 1)
        zh, en = (f"，是否应为 {near[0]}", f"; did you mean {near[0]}?") if near else ("", "")
        faults.append((f"有不认识的字段 {key}{zh}", f"unknown field {key}{en}"))
    document = entry.get("document")
    if not isinstance(document, dict) or not all(isinstance(document.get(k), str) for k in ("path", "sha256")):
        faults.append(("的 document 应写明 path 和 sha256", "`document` must have `path` and `sha256`"))
    for key in ("rule", "fingerprint", *_OPTIONAL):
        if not isinstance(entry.get(key, "" if key in _OPTIONAL else None), str):
            faults.append((f"的 {key} 应是文字", f"`{key}` must be text"))
    if entry.get("ruling") not in list(Ruling):
        given = entry.get("ruling")
        zh = f"的 ruling 应是 {'、'.join(Ruling)} 之一，不能是 {given!r}"
        faults.append((zh, f"`ruling` must be one of {', '.join(Ruling)}, not {given!r}"))
    if faults or not isinstance(document, dict):
        return None
    rest = {key: entry.get(key, "") for key in _OPTIONAL}
    return Decision(
        document["path"], document["sha256"], entry["rule"], entry["fingerprint"], Ruling(entry["ruling"]), **rest
    )


def write(decisions: Iterable[Decision]) -> str:
    """The decisions as the text of a JSON file that `read` takes back."""
    entries = [
        {
            "document": {"path": d.path, "sha256": d.sha256},
            "rule": d.rule,
            "fingerprint": d.fingerprint,
            "ruling": d.ruling.value,
            "note": d.note,
            "auditor": d.auditor,
            "decided": d.decided,
            "evidence": d.evidence,
        }
        for d in decisions
    ]
    return json.dumps({"format": FORMAT, "decisions": entries}, ensure_ascii=False, indent=1) + "\n"
