"""The HTML report as text: self-contained, escaped, under its policy, split above a size."""

from __future__ import annotations

import datetime
import json
import re
from dataclasses import replace
from fractions import Fraction
from html.parser import HTMLParser
from typing import Any

import pytest

from audit.decisions import Ruling, settle
from audit.output import html
from audit.output.number_line import number_line
from audit.output.phrases import phrase
from audit.output.scale import Scale
from audit.quantity.interval import Interval
from audit.report import Report
from audit.verdict import Quantity
from tests.output import samples
from tests.output.test_decisions import decision

HOSTILE = (
    '</script><script>window.hacked=1</script><img src=x onerror="window.hacked=1">{{7*7}}{% raw %}&lt;b&gt;'
    "\"' onmouseover=alert(1) \u202e\u2066<!-- ]]> "
)


class Collector(HTMLParser):
    """Every tag with its attributes, and the ids in the order of the page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def parsed(text: str) -> list[tuple[str, dict[str, str | None]]]:
    collector = Collector()
    collector.feed(text)
    return collector.tags


def data_of(text: str) -> Any:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.S)
    assert found
    return json.loads(found[1])


def test_the_page_refers_to_nothing_outside_itself() -> None:
    for tag, attributes in parsed(html.render(samples.report())):
        for name in ("src", "href", "action", "srcset", "data"):
            value = attributes.get(name)
            assert value is None or value.startswith("#") or (tag, value) == ("link", "data:,"), (tag, value)
        assert "style" not in attributes
        assert not [name for name in attributes if name.startswith("on")]


def test_ids_are_unique_and_links_lead_somewhere() -> None:
    tags = parsed(html.render(samples.report()))
    ids = [a["id"] for _, a in tags if "id" in a]
    assert len(ids) == len(set(ids))
    targets = {str(a["href"])[1:] for t, a in tags if t == "a" and str(a.get("href")).startswith("#")}
    assert targets <= set(ids)


def test_a_file_audited_twice_keeps_its_findings_apart() -> None:
    page = html.render(Report((samples.ledger("甲.txt"), samples.ledger("乙.txt"))))
    ids = [a["id"] for _, a in parsed(page) if "id" in a]
    assert len(ids) == len(set(ids))
    assert len(data_of(page)["findings"]) == 8


def test_every_region_has_a_name_of_its_own() -> None:
    pages = (samples.ledger("甲/报告.txt"), samples.ledger("乙/报告.txt"), samples.tabular(), samples.tabular())
    regions = [a["aria-label"] for _, a in parsed(html.render(Report(pages))) if a.get("role") == "region"]
    assert len(regions) > 8
    assert len(regions) == len(set(regions))


def test_hostile_text_stays_text() -> None:
    text = samples.LEDGER.replace("全年筹集", HOSTILE + "全年筹集").replace("道路", "<i>路</i>道路")
    page = html.render(Report((samples.ledger(f"文件/{HOSTILE.replace('/', '')}.txt", text),)))
    tags = [tag for tag, _ in parsed(page)]
    assert tags.count("script") == 2
    assert "img" not in tags
    assert "{{7*7}}" in page
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x1b]", page.replace(html._source("script.js"), ""))
    assert "&lt;img src=x" in page


def test_the_policy_names_the_hashes_of_style_and_script() -> None:
    page = html.render(samples.report())
    policy = next(str(a["content"]) for t, a in parsed(page) if a.get("http-equiv") == "Content-Security-Policy")
    style, script = re.search(r"<style>(.*?)</style>", page, re.S), re.search(r"<script>(.*?)</script>", page, re.S)
    assert style
    assert script
    assert html._hash(style[1]) in policy
    assert html._hash(script[1]) in policy
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy


def test_the_same_report_is_the_same_page_and_reads_no_clock() -> None:
    assert html.render(samples.report()) == html.render(samples.report())
    dated = html.render(samples.report(), date=datetime.date(2024, 5, 1))
    assert "2024-05-01" in dated


def test_the_page_shows_what_was_not_audited_and_every_digest() -> None:
    report = samples.report()
    page = html.render(report)
    assert "文件为空，没有可审计的文字" in page
    assert all(audit.document.sha256 in page for audit in report.audits)


def test_tables_keep_their_shape() -> None:
    page = html.render(Report((samples.tabular(),)))
    assert re.search(r'<td rowspan="2">合计</td><td><span class="fig [^>]*>30万元</span></td></tr>', page)


def test_decisions_are_shown_and_dismissed_findings_not_counted() -> None:
    report = samples.report()
    page = html.render(report, settlement=settle(report, [decision(report)]))
    assert "排除（王审计 2024-05-01）口径不同" in page
    assert '<li class="tile p-error"><b>1</b>' in page
    anchor = next(iter(data_of(page)["findings"].values()))
    assert anchor[4] == ["dismissed", "口径不同", "王审计", "2024-05-01T09:00:00+08:00"]


def test_stale_decisions_are_told() -> None:
    made = decision(samples.report(), ruling=Ruling.CONFIRMED)
    edited = Report((samples.ledger(text=samples.LEDGER.replace("全年筹集资金", "全年共筹集资金")),))
    assert "证据已变更，原处理意见失效" in html.render(edited, settlement=settle(edited, [made]))


def test_the_english_page_speaks_english() -> None:
    page = html.render(samples.report(), lang="en")
    plain = re.sub(r"<script.*?</script>|<style.*?</style>", "", page, flags=re.S)
    assert '<html lang="en">' in page
    for word in ("概览", "发现", "计算过程", "错误", "未勾稽", "处理意见"):
        assert word not in plain
    assert "The parts add up to 15.17亿元" in page


def test_every_phrase_has_both_languages_and_the_same_blanks() -> None:
    from audit.output import phrases, words

    for key, (chinese, english) in {**phrases._PHRASES, **words._WORDS}.items():
        assert chinese, key
        assert english, key
        assert set(re.findall(r"{\w+}", chinese)) == set(re.findall(r"{\w+}", english)), key
    assert phrase("shown", "en", n=1, all=2) == "1 of 2 shown"


def many(documents: int, findings: int) -> Report:
    """A report of many documents, each with the same few findings under fingerprints of their own."""
    audits = []
    for n in range(documents):
        audit = samples.ledger(f"文件/报告{n:03d}.txt", f"第{n:03d}号\n" + samples.LEDGER)
        wanted = findings // documents + (n < findings % documents)
        copies = [audit.findings[i % 4] for i in range(wanted)]
        renamed = [replace(f, fingerprint=f"{i:02d}{f.fingerprint[2:]}") for i, f in enumerate(copies)]
        audits.append(replace(audit, findings=tuple(renamed)))
    return Report(tuple(audits), rules=samples.report().rules)


def test_a_small_report_is_one_page() -> None:
    assert list(html.pages(samples.report(), "findings.html")) == ["findings.html"]


def test_a_large_report_is_an_index_and_a_page_for_each_document() -> None:
    report = many(3, html.FINDINGS + 1)
    files = html.pages(report, "发现.html")
    assert list(files) == ["发现.html", "发现/001.html", "发现/002.html", "发现/003.html"]
    index, page = files["发现.html"], files["发现/002.html"]
    links = {str(a["href"]) for t, a in parsed(index) if t == "a"}
    anchor = next(a["id"] for t, a in parsed(page) if t == "article")
    assert f"%E5%8F%91%E7%8E%B0/002.html#{anchor}" in links
    assert "../%E5%8F%91%E7%8E%B0.html" in {str(a["href"]) for t, a in parsed(page) if t == "a"}
    assert sum(t == "article" for t, _ in parsed(index)) == html.FINDINGS + 1


def test_the_number_line_keeps_both_intervals_and_the_gap_apart() -> None:
    def side(low: int | None, high: int | None, value: int) -> Quantity:
        ends = [None if end is None else Fraction(end) for end in (low, high)]
        return Quantity(Fraction(value), Interval(ends[0], ends[1]))

    drawn = number_line(side(10, 20, 15), side(30, 40, 35))
    assert drawn.gap is not None
    assert float(drawn.computed.left) < float(drawn.gap.left) < float(drawn.stated.left)
    assert float(drawn.gap.left) + float(drawn.gap.width) == pytest.approx(float(drawn.stated.left), abs=0.02)
    touching = number_line(side(10, 20, 15), side(20, 40, 35))
    assert touching.gap is None
    assert not touching.apart
    first, second = Interval(Fraction(10), Fraction(20), high_open=True), Interval(Fraction(20), Fraction(40))
    touching = number_line(Quantity(Fraction(15), first), Quantity(Fraction(30), second))
    assert touching.gap is None
    assert touching.apart
    endless = number_line(side(10, None, 10), side(1, 2, 1))
    assert float(endless.computed.left) + float(endless.computed.width) == 100
    assert number_line(side(5, 5, 5), side(5, 5, 5)).computed.width == "1.00"


def test_workings_are_written_in_the_unit_of_the_stated_figure() -> None:
    opening, _, share, count, _ = samples.ledger().checks
    fiscal = opening.relation.roles[1][1][0]
    assert Scale.of(opening, "zh").of_claim(fiscal) == ("0.82", "亿元", "[0.81995, 0.82005)")
    assert Scale.of(share, "zh").gap(Fraction(-9)).unit == "个百分点"
    assert Scale.of(share, "en").gap(Fraction(-9)).unit == "pp"
    assert Scale.of(count, "zh").of_claim(count.relation.claims[0]) == ("4", "类项目", "")


def joint_report() -> Report:
    """A report whose first finding tells the second with it and says how far the evidence goes."""
    audit = samples.ledger()
    first, second, *rest = audit.findings
    suspect = replace(
        first.suspects[0], share=Fraction(1, 2), others=(replace(first.suspects[0], replacement="15.71亿元"),)
    )
    told = replace(
        first, joint=(second,), suspects=(suspect,), diagnosis="证据不足以断定是哪一个", diagnosis_en="unclear"
    )
    return Report((replace(audit, findings=(told, *rest)),))


def test_findings_about_one_slip_are_told_together() -> None:
    page = html.render(joint_report())
    assert [t for t, _ in parsed(page)].count("article") == 3
    for said in (
        "同一处差错还使下列勾稽不符",
        "3905户 ÷ 5000户 = 78.1% ≠ 87.1%",
        "可能",
        "或 15.71亿元",
        "证据不足以断定",
    ):
        assert said in page
    data = data_of(page)
    assert data["checks"]["k3"][4] == data["checks"]["k1"][4]
