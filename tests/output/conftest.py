"""A real browser for the tests of the HTML report; where none is installed they are skipped and say so."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from audit.output import html
from tests.output import samples

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium as the system installed it."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if executable is None:
        pytest.skip("no browser is installed: apt-get install chromium fonts-noto-cjk")
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=executable, args=list(FLAGS))
        yield started
        started.close()


class Opened:
    """A page that was opened, with every request it made and everything its console and its policy complained of."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda said: self.complaints.append(said.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", self._refuse)
        page.set_default_timeout(10_000)
        page.add_init_script(
            "addEventListener('securitypolicyviolation',e=>console.log('policy '+e.violatedDirective+' '+e.blockedURI))"
        )

    def _refuse(self, dialog: Dialog) -> None:
        self.complaints.append(dialog.message)
        dialog.dismiss()

    def go(self, path: Path, fragment: str = "") -> Page:
        """The page of a file, once its script has run."""
        self.page.goto(path.as_uri() + fragment)
        self.page.wait_for_selector("html[data-ready]")
        return self.page


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opened]:
    """A page in a storage of its own, 1280 × 900."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, accept_downloads=True, reduced_motion="reduce"
    )
    yield Opened(context.new_page())
    context.close()


@pytest.fixture(scope="session")
def report_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample report as a file."""
    path = tmp_path_factory.mktemp("page") / "findings.html"
    path.write_text(html.render(samples.report()), encoding="utf-8")
    return path
