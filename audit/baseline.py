"""The baseline: findings accepted for now, each with who accepted it, when, why and until when."""

from __future__ import annotations

import json
import os
import tomllib
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from audit.faults import FaultyFileError
from audit.finding import Finding
from audit.report import Audit, Report
from audit.suppression import Notice, without

FORMAT = 1
_REQUIRED = ("path", "rule", "fingerprint")
_TEXTS = (*_REQUIRED, "who", "why", "evidence")
_DATES = ("when", "expires")


class BaselineError(FaultyFileError):
    """A baseline file that cannot be used."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """One accepted finding. `path` is that of the document from the baseline's folder, with / as separator.

    `fingerprint` ties it to the rule and to the wording of its evidence, of which `evidence` is what people read.
    """

    path: str
    rule: str
    fingerprint: str
    who: str = ""
    when: date | None = None
    why: str = ""
    expires: date | None = None
    evidence: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What a finding must have to be this one."""
        return self.path, self.rule, self.fingerprint


@dataclass(frozen=True, slots=True)
class Baseline:
    """The accepted findings of one file."""

    file: str
    entries: tuple[Accepted, ...] = ()

    def apply(self, report: Report, today: date) -> tuple[Report, list[Notice]]:
        """The report without the findings accepted, and notices of entries that have expired or fit nothing any more.

        An entry is stale where its document was audited and has no such finding. An entry holds on the day it expires.
        """
        live = {entry.key for entry in self.entries if entry.expires is None or today <= entry.expires}
        found = self._keys(report)
        audited = {path_in(self.file, audit.document.path) for audit in report.audits}
        audits = tuple(self._without(audit, live) for audit in report.audits)
        notices = [
            self._notice(entry, entry.key in found)
            for entry in self.entries
            if entry.path in audited and entry.key not in found & live
        ]
        return replace(report, audits=audits), notices

    def _without(self, audit: Audit, live: set[tuple[str, str, str]]) -> Audit:
        return without(audit, lambda finding: key_of(self.file, audit, finding) in live)

    def _keys(self, report: Report) -> set[tuple[str, str, str]]:
        """What names each finding of the report."""
        return {key_of(self.file, a, f) for a in report.audits for head in a.findings for f in head.together}

    def _notice(self, entry: Accepted, is_found: bool) -> Notice:
        name = f"{entry.path} {entry.rule} {entry.fingerprint[:8]}"
        if is_found:
            return Notice(
                self.file,
                0,
                f"基线条目 {name} 已于 {entry.expires} 到期，请处理，或另定期限",
                f"the entry {name} expired on {entry.expires}; mend the figures or give it more time",
            )
        return Notice(
            self.file,
            0,
            f"基线条目 {name} 已无对应的问题，可运行 figure-audit baseline prune 删去",
            f"no finding answers to the entry {name} any more; figure-audit baseline prune removes it",
        )

    def updated(self, report: Report, entry: Accepted) -> Baseline:
        """This baseline with every finding of the report accepted; `entry` says who, when, why and until when."""
        known = {e.key: e for e in self.entries}
        for audit in report.audits:
            for head in audit.findings:
                for finding in head.together:
                    path, rule, fingerprint = key_of(self.file, audit, finding)
                    evidence = " ".join(finding.check.relation.evidence.of(audit.document.text).split())[:80]
                    made = replace(entry, path=path, rule=rule, fingerprint=fingerprint, evidence=evidence)
                    known.setdefault(made.key, made)
        return replace(self, entries=tuple(known.values()))

    def pruned(self, report: Report, today: date) -> Baseline:
        """This baseline without what is stale, expired, or about documents that are gone."""
        found = self._keys(report)
        audited = {path_in(self.file, audit.document.path) for audit in report.audits}
        folder = os.path.dirname(self.file)

        def is_needed(entry: Accepted) -> bool:
            if entry.expires is not None and entry.expires < today:
                return False
            return entry.key in found if entry.path in audited else os.path.exists(os.path.join(folder, entry.path))

        return replace(self, entries=tuple(filter(is_needed, self.entries)))

    def text(self) -> str:
        """The file's text, entries by document, rule and fingerprint, so that changes of it read well in a review."""
        lines = ["# figure-audit baseline", f"format = {FORMAT}"]
        for entry in sorted(self.entries, key=lambda e: e.key):
            lines += ["", "[[accepted]]"]
            texts = {key: getattr(entry, key) for key in _TEXTS}
            dates = {key: getattr(entry, key) for key in _DATES}
            lines += [f"{key} = {_quoted(text)}" for key, text in texts.items() if text or key in _REQUIRED]
            lines += [f"{key} = {day.isoformat()}" for key, day in dates.items() if day]
        return "\n".join(lines) + "\n"


def path_in(file: str, document: str) -> str:
    """The document's path from the folder of the baseline file."""
    if document == "-":
        return document
    return os.path.relpath(document, os.path.dirname(file) or os.curdir).replace(os.sep, "/")


def key_of(file: str, audit: Audit, finding: Finding) -> tuple[str, str, str]:
    """What names a finding in the baseline file."""
    return path_in(file, audit.document.path), finding.check.relation.rule.id, finding.fingerprint


def read(file: str) -> Baseline:
    """The baseline in a file; raises BaselineError with every fault of it, FileNotFoundError where there is none."""
    try:
        raw = tomllib.loads(Path(file).read_text("utf-8-sig"))
    except FileNotFoundError:
        raise
    except (OSError, ValueError) as error:
        raise BaselineError(
            [
                (
                    f"{file}: 无法读取（{error}），请改正或重新生成",
                    f"{file}: cannot be read ({error}); mend or rewrite it",
                )
            ]
        ) from None
    faults: list[tuple[str, str]] = []
    given = raw.get("accepted", [])
    if raw.get("format") != FORMAT or not isinstance(given, list) or raw.keys() - {"format", "accepted"}:
        faults.append(
            (
                f"{file}: 不是基线文件，应有 format = {FORMAT} 和 [[accepted]] 条目",
                f"{file}: no baseline file; it has format = {FORMAT} and [[accepted]] entries",
            )
        )
        given = []
    entries = [_entry(entry, f"{file}: [[accepted]] {n}", faults) for n, entry in enumerate(given, 1)]
    if faults:
        raise BaselineError(faults)
    return Baseline(file, tuple(entries))


def _entry(raw: Any, where: str, faults: list[tuple[str, str]]) -> Accepted:
    known = (*_TEXTS, *_DATES)
    entry = raw if isinstance(raw, dict) else {}
    for key in entry.keys() - set(known):
        near = get_close_matches(key, known, 1)
        hint, hint_en = (f"，是否应为 {near[0]}", f"; did you mean {near[0]}?") if near else ("", "")
        faults.append((f"{where}: 不认识的字段 {key}{hint}", f"{where}: no such key: {key}{hint_en}"))
    for key in _TEXTS:
        if not isinstance(entry.get(key, "" if key not in _REQUIRED else None), str):
            faults.append((f"{where}: {key} 应是文字", f"{where}: {key} must be a string"))
    for key in _DATES:
        if type(entry.get(key)) not in (date, type(None)):
            faults.append((f"{where}: {key} 应是日期，如 2026-12-31", f"{where}: {key} must be a date, as 2026-12-31"))
    texts = {key: str(entry.get(key, "")) for key in _TEXTS}
    return Accepted(**texts, when=entry.get("when"), expires=entry.get("expires"))


def _quoted(text: str) -> str:
    """A TOML string: JSON's escapes are TOML's, but for DEL, which TOML wants escaped."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
