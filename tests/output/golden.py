"""Golden files: `python -m tests.output.golden` rewrites every one from the sample report."""

from __future__ import annotations

from pathlib import Path

from audit.output import console, json
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
        "console.quiet.txt": console.render(report, quiet=True),
    }


def write() -> None:
    """Writes every golden file."""
    FOLDER.mkdir(exist_ok=True)
    for name, text in outputs().items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
