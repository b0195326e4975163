"""How long a page of 300 documents with 2,000 findings takes until it answers, and to scroll."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from audit.output import html
from tests.output.conftest import FLAGS
from tests.output.test_html import many

DOCUMENTS, FINDINGS = 300, 2000
SCREENS = 120
_SCROLL = """screens => new Promise(done => {
  let last = performance.now(), longest = 0, left = screens;
  const frame = now => {
    longest = Math.max(longest, now - last); last = now;
    if (!left--) return done(longest);
    scrollBy(0, innerHeight); requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
})"""


def figures() -> Iterator[str]:
    """Seconds until the page is interactive (aim 2 s), and the longest frame of a scroll in milliseconds."""
    executable = shutil.which("chromium")
    if executable is None:
        yield "page: no browser is installed"
        return
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        for name, content in html.pages(many(DOCUMENTS, FINDINGS), "findings.html").items():
            Path(folder, name).parent.mkdir(exist_ok=True)
            Path(folder, name).write_text(content, encoding="utf-8")
        browser = driver.chromium.launch(executable_path=executable, args=list(FLAGS))
        page = browser.new_page(viewport={"width": 1280, "height": 860})
        start = time.perf_counter()
        page.goto(Path(folder, "findings.html").as_uri())
        page.wait_for_selector("html[data-ready]")
        page.keyboard.press("j")
        page.wait_for_selector("article.here")
        ready = time.perf_counter() - start
        longest = page.evaluate(_SCROLL, SCREENS)
        browser.close()
        size = Path(folder, "findings.html").stat().st_size
    yield (
        f"page: {DOCUMENTS} documents, {FINDINGS} findings ({size / 1e6:.1f} MB): "
        f"interactive after {ready:.2f} s (aim 2 s), longest frame over {SCREENS} screens {longest:.0f} ms"
    )
