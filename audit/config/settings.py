"""Settings in force for one document, each with where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from typing import Any

from audit.finding import Severity
from audit.read.limits import DEFAULT as DEFAULT_LIMITS
from audit.read.limits import Limits
from audit.rounding import Rounding
from audit.rule.schema import Rule

FAIL_LEVELS = (*(severity.value for severity in Severity), "never")
DEFAULT = ""  # the origin of a setting that nobody gave


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one document.

    `switches` turn the rules whose ids match a pattern on or off, the last one that matches counting; `severity` gives
    rules of matching ids another severity, the last one counting too. `rules`, `baseline` are paths that can be
    opened from the working folder. `origins` says of each key of the configuration where its value comes from.
    """

    fail_level: str = "error"
    rounding: Rounding = Rounding.STANDARD
    rules: tuple[str, ...] = ()
    shipped_rules: bool = True
    switches: tuple[tuple[str, bool], ...] = ()
    severity: tuple[tuple[str, str], ...] = ()
    baseline: str = ""
    limits: Limits = DEFAULT_LIMITS
    origins: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def level(self) -> Severity | None:
        """The least severity that fails a run; None where nothing does."""
        return None if self.fail_level == "never" else Severity(self.fail_level)

    def with_values(self, values: Mapping[str, Any], origins: Mapping[str, str]) -> Settings:
        """These settings with others laid over them: lists and tables are added to, anything else is replaced."""
        changed: dict[str, Any] = {name: values[key] for key, name in _REPLACED.items() if key in values}
        changed["rules"] = (*self.rules, *values.get("rules", ()))
        changed["switches"] = (
            *self.switches,
            *((pattern, False) for pattern in values.get("disable", ())),
            *((pattern, True) for pattern in values.get("enable", ())),
        )
        changed["severity"] = (*self.severity, *values.get("severity", {}).items())
        changed["limits"] = self.limits.changed(values.get("limits", {}))
        joined = {key: _joined(self.origins.get(key, DEFAULT), origins[key], key) for key in values}
        return replace(self, **changed, origins={**self.origins, **joined})

    def chosen(self, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        """The rules that are on, with the severities that these settings give them."""
        return tuple(self._graded(rule) for rule in rules if self._is_on(rule.id))

    def _is_on(self, rule: str) -> bool:
        return next((on for pattern, on in reversed(self.switches) if fnmatchcase(rule, pattern)), True)

    def _graded(self, rule: Rule) -> Rule:
        given = next((level for pattern, level in reversed(self.severity) if fnmatchcase(rule.id, pattern)), None)
        return rule if given in (None, rule.severity) else replace(rule, severity=str(given))


_REPLACED = {
    "fail-level": "fail_level",
    "rounding": "rounding",
    "shipped-rules": "shipped_rules",
    "baseline": "baseline",
}
_ADDED = frozenset({"rules", "disable", "enable", "severity", "limits"})


def _joined(before: str, origin: str, key: str) -> str:
    return f"{before}, {origin}" if before and key in _ADDED else origin
