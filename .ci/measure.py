"""How often each rule fires on a set of documents, written to tests/gold/firings.toml: date and counts, no text.

    python .ci/measure.py NAME FOLDER …

The catalogue of rules shows these figures; those on seeds/ it measures itself.
"""

from __future__ import annotations

import datetime
import json
import os
import sys
import tomllib
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from audit.engine import audit_sources  # noqa: E402
from audit.read import Source  # noqa: E402
from audit.read.format import formats  # noqa: E402
from audit.report import Report  # noqa: E402
from audit.rule.catalogue import Firings, Measured  # noqa: E402
from audit.rule.load import shipped_rules  # noqa: E402
from audit.verdict import Verdict  # noqa: E402

FILE = ROOT / "tests" / "gold" / "firings.toml"
NAMES = {"dev": "开发集（不在本项目内）", "news": "报纸文章（不在本项目内）"}
HEAD = """\
# How often each rule fires on sets of documents that are not part of the project, by .ci/measure.py:
# [checked, holds, error, warning, note] for each rule that binds anywhere.
"""


def measured(name: str, folders: list[Path], date: str = "") -> Measured:
    """The firings of the shipped rules on all documents of some folders."""
    paths = sorted(path for folder in folders for path in folder.iterdir() if path.suffix in formats())
    report = audit_sources([Source(str(path)) for path in paths], shipped_rules())
    return Measured(name, len(report.audits), date, firings(report))


def firings(report: Report) -> dict[str, Firings]:
    """How often each rule that binds fires in a report."""
    checks = [check for audit in report.audits for check in audit.checks]
    findings = [f for audit in report.audits for finding in audit.findings for f in (finding, *finding.joint)]
    bound = Counter(check.relation.rule.id for check in checks)
    held = Counter(c.relation.rule.id for c in checks if c.verdict in (Verdict.EXACT, Verdict.ROUNDING))
    told = Counter((f.check.relation.rule.id, f.severity.value) for f in findings)
    return {
        rule: Firings(bound[rule], held[rule], *(told[rule, severity] for severity in ("error", "warning", "note")))
        for rule in sorted(bound)
    }


def read() -> list[Measured]:
    """The figures of the file, in the order of `NAMES`."""
    data = tomllib.loads(FILE.read_text("utf-8")) if FILE.exists() else {}
    return [
        Measured(
            NAMES[name],
            data[name]["documents"],
            str(data[name]["date"]),
            {rule: Firings(*counts) for rule, counts in data[name]["rules"].items()},
        )
        for name in NAMES
        if name in data
    ]


def write(name: str, found: Measured) -> None:
    """Puts the figures of one set into the file in place of its earlier ones."""
    kept = {NAMES[key]: key for key in NAMES}
    sets = {kept[one.name]: one for one in read()} | {name: found}
    text = HEAD
    for key, one in sorted(sets.items(), key=lambda item: [*NAMES].index(item[0])):
        text += f"\n[{key}]\ndate = {one.date}\ndocuments = {one.documents}\n\n[{key}.rules]\n"
        text += "".join(f"{rule} = {json.dumps(list(counts.counts))}\n" for rule, counts in one.rules.items())
    FILE.write_text(text, "utf-8")


def run(arguments: list[str]) -> int:
    """The exit code."""
    if len(arguments) < 2 or arguments[0] not in NAMES:
        print(f"usage: python .ci/measure.py {'|'.join(NAMES)} FOLDER …", file=sys.stderr)
        return 2
    name, *folders = arguments
    paths = [Path(folder).resolve() for folder in folders]
    os.chdir(ROOT)
    write(name, measured(name, paths, datetime.date.today().isoformat()))
    return 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
