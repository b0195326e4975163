"""Reads one configuration file: every fault at once, each with its line and the near miss."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from audit.config.pattern import matches
from audit.config.settings import FAIL_LEVELS, Settings
from audit.finding import Severity
from audit.read.limits import SETTINGS as LIMITS
from audit.rounding import Rounding

_CHOICES: dict[str, tuple[str, ...]] = {"fail-level": FAIL_LEVELS, "rounding": tuple(Rounding)}
_LISTS = frozenset({"rules", "disable", "enable", "exclude", "match"})
EVERYWHERE = ("fail-level", "rounding", "disable", "enable", "severity")
KEYS = (*EVERYWHERE, "rules", "shipped-rules", "baseline", "exclude", "limits", "paths")
PATH_KEYS = ("match", *EVERYWHERE)


class ConfigError(Exception):
    """A configuration that cannot be used: every fault as (place, Chinese sentence, English sentence)."""

    def __init__(self, faults: Sequence[tuple[str, str, str]]) -> None:
        self.faults = tuple(faults)
        super().__init__(self.told())

    def told(self, lang: str = "zh") -> str:
        """One line a fault: `file:line: what; how to mend it`."""
        return "\n".join(f"{place}: {zh if lang == 'zh' else en}" for place, zh, en in self.faults)


@dataclass(frozen=True, slots=True)
class Configuration:
    """What one file says. `folder` is where it lies: its patterns speak of paths below that."""

    path: str
    folder: str
    values: Mapping[str, Any]
    origins: Mapping[str, str]
    sections: tuple[tuple[tuple[str, ...], Mapping[str, Any], Mapping[str, str]], ...] = ()
    exclude: tuple[str, ...] = ()

    def settings(self, document: str, base: Settings) -> Settings:
        """`base` with what the file says of all documents and then of this one, in the file's order."""
        found = base.with_values(self.values, self.origins)
        for patterns, values, origins in self.sections:
            if self._matches(document, patterns):
                found = found.with_values(values, origins)
        return found

    def excludes(self, document: str) -> bool:
        """Whether the file leaves the document out."""
        return self._matches(document, self.exclude)

    def _matches(self, document: str, patterns: Sequence[str]) -> bool:
        below = os.path.relpath(document, self.folder or os.curdir).replace(os.sep, "/")
        return any(matches(pattern, below) for pattern in patterns)


def load(path: str) -> Configuration | None:
    """The configuration in a file; None where it is a pyproject.toml without the section. Raises ConfigError."""
    try:
        text = Path(path).read_text("utf-8-sig")
        raw: Any = tomllib.loads(text)
    except FileNotFoundError:
        raise ConfigError([(path, "没有这个配置文件，请检查路径", "no such file; check the path")]) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError([(path, f"无法读取（{error}），请检查文件", f"cannot be read ({error})")]) from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError([(path, f"不是有效的 TOML（{error}），请改正", f"not valid TOML ({error})")]) from None
    prefix = ""
    if os.path.basename(path) == "pyproject.toml":
        raw, prefix = raw.get("tool", {}).get("figure-audit"), "tool.figure-audit"
        if raw is None:
            return None
    reader = _Reader(path, text, prefix)
    if not isinstance(raw, dict):
        reader.fault("figure-audit", "应是一个表", "must be a table")
        raw = {}
    return reader.configuration(raw)


class _Reader:
    def __init__(self, path: str, text: str, prefix: str) -> None:
        self._path = path
        self._folder = os.path.dirname(path)
        self._lines = text.splitlines()
        start = next((n for n, line in enumerate(self._lines) if line.strip().startswith(f"[{prefix}")), 0)
        self._start = start if prefix else 0
        self._faults: list[tuple[str, str, str]] = []

    def configuration(self, raw: Mapping[str, Any]) -> Configuration:
        """What the file says; raises ConfigError with every fault of it."""
        values, origins = self._values(raw, KEYS, self._start)
        sections = []
        given = values.pop("paths", ())
        headers = [n for n, line in enumerate(self._lines, 1) if re.match(r"\s*\[\[[\w.\"'-]*paths[\"']?\]\]", line)]
        for number, entry in enumerate(given):
            start = headers[number] if number < len(headers) else self._start
            own, own_origins = self._values(entry, PATH_KEYS, start)
            patterns = own.pop("match", ())
            own_origins.pop("match", None)
            if not patterns:
                self.fault("paths", "每个 [[paths]] 都要有 match = […]", "each [[paths]] needs match = […]", start - 1)
            sections.append((tuple(patterns), own, own_origins))
        origins.pop("paths", None)
        exclude = tuple(values.pop("exclude", ()))
        origins.pop("exclude", None)
        if self._faults:
            raise ConfigError(self._faults)
        return Configuration(self._path, self._folder, values, origins, tuple(sections), exclude)

    def fault(self, key: str, zh: str, en: str, start: int = 0) -> None:
        """Notes what is wrong with a key that stands after line `start`."""
        self._faults.append((self._place(key, start), f"{key} {zh}", f"{key} {en}"))

    def _values(
        self, raw: Mapping[str, Any], known: Sequence[str], start: int
    ) -> tuple[dict[str, Any], dict[str, str]]:
        values: dict[str, Any] = {}
        for key, value in raw.items():
            if key not in known:
                near = get_close_matches(key, known, 1)
                zh, en = f"可用：{'、'.join(known)}", f"there are: {', '.join(known)}"
                if near:
                    zh, en = f"是否应为 {near[0]}", f"did you mean {near[0]}?"
                self.fault(key, f"是不认识的设置，{zh}", f"is no setting; {en}", start)
            elif self._is_right(key, value, start):
                values[key] = self._resolved(key, value)
        return values, {key: self._place(key, start) for key in values}

    def _is_right(self, key: str, value: Any, start: int) -> bool:
        before = len(self._faults)
        if key in _CHOICES:
            if value not in _CHOICES[key]:
                choices = _CHOICES[key]
                self.fault(key, f"应为 {'、'.join(choices)} 之一", f"must be one of {', '.join(choices)}", start)
        elif key in _LISTS:
            if not isinstance(value, list) or not all(isinstance(each, str) and each for each in value):
                self.fault(key, '应是文字的列表，如 ["…"]', 'must be a list of strings, such as ["…"]', start)
        elif key == "severity":
            levels = tuple(Severity)
            if not isinstance(value, dict) or not all(level in levels for level in value.values()):
                self.fault(
                    key,
                    f"应写成 规则编号 = 级别，级别为 {'、'.join(levels)} 之一",
                    f"must give rules one of {', '.join(levels)}",
                    start,
                )
        elif key == "limits":
            numbers = value.values() if isinstance(value, dict) else [None]
            if not all(type(number) is int and number > 0 for number in numbers) or not LIMITS.keys() >= value.keys():
                self.fault(
                    key,
                    f"应写成 名称 = 正整数（大小以 MB 计），名称为 {'、'.join(LIMITS)} 之一",
                    f"must give positive integers (sizes in MB) to some of {', '.join(LIMITS)}",
                    start,
                )
        elif key == "shipped-rules":
            if not isinstance(value, bool):
                self.fault(key, "应为 true 或 false", "must be true or false")
        elif key == "baseline":
            if not isinstance(value, str):
                self.fault(key, "应是一个文件路径", "must be the path of a file")
        elif not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            self.fault(key, "应写成 [[paths]] 小节", "must be [[paths]] sections")
        return len(self._faults) == before

    def _resolved(self, key: str, value: Any) -> Any:
        """The value as it is used: paths from the working folder instead of the file's."""
        if key == "rounding":
            return Rounding(value)
        if key == "rules":
            return tuple(os.path.normpath(os.path.join(self._folder, each)) for each in value)
        if key == "baseline":
            return os.path.normpath(os.path.join(self._folder, value)) if value else ""
        return value

    def _place(self, key: str, start: int) -> str:
        """The file and the line that a key stands in after line `start`; TOML's own reader keeps no lines."""
        name = re.escape(key)
        here = re.compile(rf"\s*(?:[\"']?{name}[\"']?\s*[=.]|\[+(?:[\w.\"'-]*\.)?[\"']?{name}[\"']?\]+)")
        first = max(start, self._start)
        line = next((n for n, line in enumerate(self._lines, 1) if n > first and here.match(line)), None)
        return f"{self._path}:{line}" if line else self._path
