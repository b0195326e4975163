"""Writes everything in the repository that is generated; with --check, says what differs instead (exit code 1)."""

from __future__ import annotations

import difflib
import io
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import redirect_stdout
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / ".ci")]  # what this checkout generates, whichever one is installed

import measure  # noqa: E402

from audit.cli import main as figure_audit  # noqa: E402
from audit.cli import manual  # noqa: E402
from audit.output import schema  # noqa: E402
from audit.read.format import formats  # noqa: E402
from audit.rule.catalogue import pages  # noqa: E402

# What stands in the READMEs between the command and the end of its block: the first finding.
PICTURE = re.compile(r"(```text\n\$ figure-audit check seeds/\n).*?(\n```)", re.DOTALL)
HOOKS = ".pre-commit-hooks.yaml"
REPORTS = {"findings.html": "html", "findings.json": "json", "findings.txt": "console"}


def generated() -> Iterator[tuple[str, str]]:
    """(path, content) of every generated file."""
    for name, content in schema.published().items():
        yield f"schemas/{name}", content
    yield from pages((measure.measured("范文（seeds/）", [ROOT / "seeds"]), *measure.read())).items()
    yield from manual.pages().items()
    hooks = (ROOT / HOOKS).read_text("utf-8")
    suffixes = "|".join(suffix.removeprefix(".") for suffix in sorted(formats()))
    yield HOOKS, re.sub(r"(?m)^(  files: ).*$", rf"\1(?i)\\.({suffixes})$", hooks)
    with tempfile.TemporaryDirectory() as folder:
        outputs = [f"--output={form}={folder}/{name}" for name, form in REPORTS.items()]
        with redirect_stdout(io.StringIO()):
            figure_audit(["check", "seeds/", "--date", "none", *outputs])
        for name in REPORTS:
            yield f"reports/{name}", Path(folder, name).read_text("utf-8")
        picture = Path(folder, "findings.txt").read_text("utf-8").partition("\n\n")[0]
    for name in ("README.md", "README.zh-CN.md"):
        text = (ROOT / name).read_text("utf-8")
        yield name, PICTURE.sub(lambda found: found[1] + picture + found[2], text, count=1)


def differences(path: str, content: str) -> Iterator[str]:
    """The first differing lines of a generated file, "" where it is up to date."""
    file = ROOT / path
    old = file.read_bytes().decode("utf-8") if file.exists() else ""
    if old != content:
        yield f"{path} is not up to date; run: python .ci/regenerate.py"
        lines = difflib.unified_diff(old.splitlines(), content.splitlines(), path, "generated", "", "", 0, "")
        yield from (line[:200] for line in islice(lines, 12))


def run(arguments: list[str]) -> int:
    """The exit code."""
    os.chdir(ROOT)
    outdated = 0
    for path, content in generated():
        if "--check" in arguments:
            found = list(differences(path, content))
            outdated += bool(found)
            print("\n".join(found) if found else f"{path} is up to date")
        else:
            (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
            (ROOT / path).write_bytes(content.encode("utf-8"))
            print(f"wrote {path}")
    return int(outdated > 0)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
