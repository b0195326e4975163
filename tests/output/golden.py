"""Golden files: `python -m tests.output.golden` rewrites every one from the sample report."""

from __future__ import annotations

import re
from pathlib import Path

from audit.output import console, github, gitlab, html, json, junit, markdown, rdjson, sarif
from tests.output import samples

FOLDER = Path(__file__).parent / "golden"


def outputs() -> dict[str, str]:
    """What each golden file must hold, by its name."""
    report = samples.report()
    return {
        "report.json": json.render(report),
        "console.zh.txt": console.render(report),
        "console.en.txt": console.render(report, lang="en"),
        "console.colour.txt": console.render(report, colour=True, columns=60),
        "findings.html": _markup(html.render(report)),
        "console.quiet.txt": console.render(report, quiet=True),
        "findings.sarif": sarif.render(report),
        "github.txt": github.render(report),
        "gitlab.json": gitlab.render(report),
        "junit.xml": junit.render(report),
        "rdjson.json": rdjson.render(report),
        "comment.md": markdown.render(report),
    }


def _markup(page: str) -> str:
    """A page without its style, its script and their hashes, which are not generated."""
    page = re.sub(r"(<style>|<script>).*?(</style>|</script>)", r"\1\2", page, flags=re.S)
    return re.sub(r"sha256-[\w+/=]+", "sha256-…", page)


def write() -> None:
    """Writes every golden file."""
    FOLDER.mkdir(exist_ok=True)
    for name, text in outputs().items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
