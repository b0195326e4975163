"""Pictures of the HTML report for the README: `python -m tests.output.pictures [FILE]`, of reports/findings.html."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.output.conftest import FLAGS

ROOT = Path(__file__).resolve().parents[2]
SIZES = {"": (1280, 860), "-narrow": (390, 844)}


def take(report: Path) -> None:
    """Writes the overview, the first finding and its place in the text, wide and narrow."""
    folder = ROOT / "docs" / "images"
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=list(FLAGS))
        for suffix, (wide, high) in SIZES.items():
            page = browser.new_page(viewport={"width": wide, "height": high})
            page.goto(report.resolve().as_uri())
            page.wait_for_selector("html[data-ready]")
            for name, key in (("overview", ""), ("finding", "j"), ("text", "o")):
                if key:
                    page.keyboard.press(key)
                    page.wait_for_timeout(400)
                page.screenshot(path=folder / f"{name}{suffix}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    take(Path(sys.argv[1]) if sys.argv[1:] else ROOT / "reports" / "findings.html")
