"""The HTML report in a real browser: isolation, triage, filters, keyboard, accessibility, print, many findings."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import normalize

import jsonschema
import pytest

from audit.decisions import Ruling, read, settle
from audit.output import html
from audit.output.schema import decisions_schema
from audit.report import Report
from tests.output import samples
from tests.output.conftest import Opened
from tests.output.test_html import HOSTILE, many

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture
def page(opened: Opened, report_file: Path) -> Iterator[Page]:
    yield opened.go(report_file)
    assert opened.complaints == []


def visible(page: Page) -> list[str]:
    return [str(ref) for ref in page.locator("article.finding:visible .ref").all_inner_texts()]


def test_nothing_leaves_the_page(opened: Opened, report_file: Path) -> None:
    page = opened.go(report_file)
    page.locator("#theme").click()
    page.keyboard.press("j")
    page.keyboard.press("o")
    assert {url for url in opened.requests if not url.startswith("data:")} == {report_file.as_uri()}
    assert opened.complaints == []


def test_the_policy_is_in_force(opened: Opened, report_file: Path) -> None:
    page = opened.go(report_file)
    page.evaluate("document.body.append(Object.assign(new Image(), {src: 'http://localhost:9/x.png'}))")
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.ran=1'}))"
    )
    page.wait_for_timeout(100)
    assert any("policy img-src" in said for said in opened.complaints)
    assert any("policy script-src" in said for said in opened.complaints)
    assert page.evaluate("window.ran") is None


@pytest.mark.parametrize("size", [(1280, 900), (390, 844)])
def test_hostile_text_stays_text(opened: Opened, tmp_path: Path, size: tuple[int, int]) -> None:
    text = samples.LEDGER.replace("全年筹集", HOSTILE + "全年筹集") + "长" * 10_000 + "\n" + "x" * 10_000 + "\n"
    path = tmp_path / "hostile.html"
    path.write_text(html.render(Report((samples.ledger(text=text),))), encoding="utf-8")
    opened.page.set_viewport_size({"width": size[0], "height": size[1]})
    page = opened.go(path)
    page.locator(".fig").first.click()
    assert page.evaluate("window.hacked") is None
    assert opened.complaints == []
    assert "window.hacked=1" in page.locator(".text").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_triage_survives_a_reload_and_is_exported_and_imported(
    opened: Opened, report_file: Path, browser: Browser
) -> None:
    page = opened.go(report_file)
    page.locator("#auditor").fill("王审计")
    first = page.locator("article.finding").first
    first.locator("input[value=dismissed]").click()
    first.locator(".note").fill("口径不同，<b>见附件</b>")
    first.locator(".note").press("Tab")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    first = page.locator("article.finding").first
    assert first.locator("input[value=dismissed]").is_checked()
    assert first.locator(".note").input_value() == "口径不同，<b>见附件</b>"
    assert page.locator("#auditor").input_value() == "王审计"

    with page.expect_download() as download:
        page.locator("#export").click()
    exported = Path(str(download.value.path())).read_text(encoding="utf-8")
    jsonschema.Draft202012Validator(decisions_schema()).validate(json.loads(exported))
    decisions = report_file.parent / "decisions.json"
    decisions.write_text(exported, encoding="utf-8")
    (made,) = read(decisions)
    report = samples.report()
    assert (made.ruling, made.auditor, made.note) == (Ruling.DISMISSED, "王审计", "口径不同，<b>见附件</b>")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+Z", made.decided)
    assert settle(report, [made]).dismissed(report.audits[0], report.audits[0].findings[0])

    fresh = Opened(browser.new_page())
    other = fresh.go(report_file)
    foreign = json.loads(exported)
    foreign["decisions"].append({**foreign["decisions"][0], "fingerprint": "none"})
    upload = {"name": "d.json", "mimeType": "application/json", "buffer": json.dumps(foreign).encode()}
    other.locator("#file").set_input_files(upload)  # type: ignore[arg-type]
    other.wait_for_function("document.getElementById('told').textContent")
    assert other.locator("#told").inner_text() == "已导入 1 条，1 条没有对应的发现"
    assert other.locator("article.finding").first.locator("input[value=dismissed]").is_checked()
    other.locator("#file").set_input_files({**upload, "buffer": b"{}"})  # type: ignore[arg-type]
    other.wait_for_function("document.getElementById('told').textContent.startsWith('不是')")
    assert fresh.complaints == []
    other.close()


def test_a_decision_can_be_taken_back(page: Page) -> None:
    first = page.locator("article.finding").first
    first.locator("input[value=confirmed]").click()
    assert first.get_attribute("data-ruling") == "confirmed"
    first.locator("input[value=confirmed]").click()
    assert first.get_attribute("data-ruling") == ""
    assert not first.locator("input[value=confirmed]").is_checked()


def test_filters_narrow_the_list_and_live_in_the_fragment(page: Page, report_file: Path) -> None:
    assert visible(page) == ["01-001", "01-002", "01-003", "01-004"]
    page.locator(".toggle[data-sev=error]").click()
    assert visible(page) == ["01-002", "01-004"]
    page.locator("#q").fill("贫困村 82")
    assert visible(page) == ["01-004"]
    assert page.locator("#shown").inner_text() == "显示 1 / 4 项"
    fragment = page.evaluate("location.hash")
    page.goto("about:blank")
    page.goto(report_file.as_uri() + fragment)
    page.wait_for_selector("html[data-ready]")
    assert visible(page) == ["01-004"]
    assert page.locator("#q").input_value() == "贫困村 82"
    page.locator("#clear").click()
    assert len(visible(page)) == 4
    page.locator("#by-rule").select_option("listed-sum")
    assert visible(page) == ["01-001"]
    page.locator("#q").fill("没有这样的文字")
    assert visible(page) == []
    assert page.locator("#none").is_visible()


def test_the_decision_filter_follows_the_decisions(page: Page) -> None:
    page.keyboard.press("j")
    page.keyboard.press("2")
    page.locator("#by-ruling").select_option("dismissed")
    assert visible(page) == ["01-001"]
    page.locator("#by-ruling").select_option("none")
    assert visible(page) == ["01-002", "01-003", "01-004"]


def test_the_keyboard_walks_decides_and_searches(page: Page) -> None:
    def here() -> str:
        return page.locator("article.here .ref").inner_text()

    page.keyboard.press("j")
    assert here() == "01-001"
    page.keyboard.press("j")
    page.keyboard.press("3")
    assert here() == "01-002"
    assert page.locator("article.here").get_attribute("data-ruling") == "pending"
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert here() == "01-002"
    page.keyboard.press("/")
    page.keyboard.type("j1")
    assert page.locator("#q").input_value() == "j1"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()


def test_a_link_to_a_finding_leads_to_it(opened: Opened, report_file: Path, page: Page) -> None:
    anchor = page.locator("article.finding").nth(2).get_attribute("id")
    page.goto("about:blank")
    again = opened.go(report_file, f"#{anchor}")
    assert again.locator("article.here .ref").inner_text() == "01-003"


def test_a_figure_lights_what_it_is_tied_to(page: Page) -> None:
    figure = page.locator(".text .fig", has_text="8200万元")
    figure.hover()  # what is scrolled to is laid out late and moves what is below it
    figure.click()
    lit = page.locator(".text .lit").all_inner_texts()
    assert {re.sub("[^0-9.亿万元]", "", text) for text in lit} == {
        "15.7亿元",
        "8200万元",
        "10.85亿元",
        "3.5亿元",
        "5000万元",
        "3200万元",
    }
    said = page.locator("#inspect").inner_text()
    assert "82,000,000 元" in said
    assert "5000万元 + 3200万元 = 8200万元" in said
    page.locator("#inspect .others button", has_text="15.7亿元").click()
    assert page.locator(".chosen").inner_text().startswith("15.7亿元")
    page.keyboard.press("ArrowRight")
    assert page.locator(".chosen").inner_text().startswith("8200万元")
    page.keyboard.press("Escape")
    assert page.locator(".lit").count() == 0


def test_a_finding_leads_to_its_figures(page: Page) -> None:
    page.keyboard.press("j")
    page.keyboard.press("o")
    assert page.locator(".chosen").is_visible()
    assert page.locator(".lit").count() == 4


def test_unlinked_figures_can_be_shown_with_their_reasons(page: Page) -> None:
    figure = page.locator(".text .s-unlinked").first
    before = figure.evaluate("e => getComputedStyle(e).textDecorationColor")
    page.locator(".unlinked").first.press("Space")
    assert page.locator(".unlinked").first.is_checked()
    assert figure.evaluate("e => getComputedStyle(e).textDecorationColor") != before
    page.locator("details.lists summary", has_text="未勾稽数字").first.click()
    assert page.get_by_text("“以上”范围过宽，无法核对").first.is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_no_violation(browser: Browser, report_file: Path, scheme: str, width: int) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,  # type: ignore[arg-type]
        bypass_csp=True,  # axe is put into the page as a script
    )
    page = Opened(context.new_page()).go(report_file)
    page.keyboard.press("j")
    page.keyboard.press("1")
    page.locator(".unlinked").first.check()
    page.locator(".text .fig").first.click()
    for summary in page.locator("details.lists summary").all():
        summary.click()
    found = axe.Axe().run(page)
    assert [(v["id"], [n["html"][:200] for n in v["nodes"]][:3]) for v in found.response["violations"]] == []
    context.close()


def test_the_printed_paper_has_its_lines(page: Page) -> None:
    pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed")
    page.keyboard.press("j")
    page.keyboard.press("1")
    paper = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    # A printed 日 comes back as the Kangxi radical of the same glyph.
    texts = [re.sub(r"\s", "", normalize("NFKC", sheet.extract_text())) for sheet in paper.pages]
    assert [round(float(side)) for side in paper.pages[0].mediabox[2:]] == [595, 842]
    assert all(word in texts[0] for word in ("编制人", "复核人", "日期", "审计工作底稿"))
    for n in range(1, 5):
        assert f"01-{n:03d}" in texts[n]
        assert "编制人" in texts[n]
        assert "计算过程" in texts[n]
    assert "确认" in texts[1]
    assert not any("导出处理意见" in text or "搜索" in text for text in texts)


def test_two_thousand_findings_open_at_once(opened: Opened, tmp_path: Path) -> None:
    files = html.pages(many(300, 2000), "findings.html")
    for name in ("findings.html", "findings/001.html"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(files[name], encoding="utf-8")
    page = opened.go(tmp_path / "findings.html")
    assert page.locator("article.finding").count() == 2000
    page.locator("#q").fill("报告007")
    assert page.locator("article.finding:visible").count() == 7
    page.locator("#q").fill("报告000")
    page.locator("article.finding:visible h3 a").first.click()
    page.wait_for_selector("html[data-ready] article.here .ref")
    assert page.locator("article.here .ref").inner_text() == "01-001"
    assert opened.complaints == []
