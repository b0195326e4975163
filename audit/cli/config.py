"""`figure-audit config`: the settings in force for a document, and where each comes from."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from audit.cli.auditing import Setup, refusing
from audit.cli.files import write_stdout
from audit.cli.speech import Speech
from audit.config import Settings
from audit.output.printable import width


@refusing
def execute(args: argparse.Namespace) -> int:
    """0, or 2 where the configuration or a rule cannot be read."""
    say = Speech(args.lang)
    setup = Setup(args, say)
    settings = setup.settings(args.path)
    rules = setup.rules(args.path)
    rows = list(_rows(settings, say))
    widths = [max(width(row[column]) for row in rows) for column in (0, 1)]
    lines = [
        " ".join(
            (*(cell + " " * (size - width(cell)) for cell, size in zip(row, widths, strict=False)), row[2])
        ).rstrip()
        for row in rows
    ]
    lines.append(say(f"# 生效的规则 {len(rules)} 条", f"# {len(rules)} rules in force"))
    write_stdout("".join(f"{line}\n" for line in lines))
    return 0 if setup.complete else 2


def _rows(settings: Settings, say: Speech) -> Iterator[tuple[str, str, str]]:
    """Each key of the configuration with its value as TOML and its origin."""
    off = [pattern for pattern, on in settings.switches if not on]
    on = [pattern for pattern, on in settings.switches if on]
    values = {
        "fail-level": _toml(settings.fail_level),
        "rounding": _toml(settings.rounding.value),
        "shipped-rules": str(settings.shipped_rules).lower(),
        "rules": _listed(settings.rules),
        "disable": _listed(off),
        "enable": _listed(on),
        "severity": "{" + ", ".join(f"{_toml(rule)} = {_toml(level)}" for rule, level in settings.severity) + "}",
        "baseline": _toml(settings.baseline),
    }
    values |= {f"limits.{key}": str(value) for key, value in settings.limits.settings.items()}
    for key, value in values.items():
        origin = settings.origins.get(key.partition(".")[0])
        yield key, f"= {value}", "# " + (origin or say("默认", "default"))


def _listed(values: tuple[str, ...] | list[str]) -> str:
    return f"[{', '.join(map(_toml, values))}]"


def _toml(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
