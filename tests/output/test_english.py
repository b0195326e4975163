"""With `--lang en` the program says nothing in Chinese: what is Chinese there are the document's own words."""

from __future__ import annotations

import datetime
import inspect
import re
import tomllib
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from importlib.resources import files
from io import BytesIO

import pytest

from audit.document import Document
from audit.engine import audit_document
from audit.extract import nonclaim
from audit.output import formats, xlsx
from audit.output.words import place_word, rejection
from audit.read import read_text
from audit.report import Audit, Report
from audit.rule.load import shipped_rules
from audit.rule.schema import Rule
from audit.span import Span

_CHINESE = re.compile(r"[\u3001-\u303f\u4e00-\u9fff\uff01-\uff5e]+")
_SCALES = ("", "千", "万", "百万", "亿")


@cache
def report() -> Report:
    """Every rule on its own examples, each a document."""
    rules = shipped_rules()
    return Report(tuple(_audit(rule, text) for rule in rules for text in _texts(rule)), (), rules)


def _texts(rule: Rule) -> list[str]:
    return [example.text for example in (*rule.passes, *rule.fails)]


def _audit(rule: Rule, text: str) -> Audit:
    return audit_document(read_text(text), [replace(rule, applies_to=("*",)) if rule.applies_to else rule])[0]


@cache
def quoted() -> str:
    """All that may be quoted: the documents without white space, what their figures are about, repairs of the figures,
    units with their scales, and what the rules quote in their English texts."""
    documents = ["".join(audit.document.text.split()) for audit in report().audits]
    english = [f"{title} {why} {' '.join(cautions)}" for title, why, cautions in (r.said("en") for r in report().rules)]
    english += [doubt.because_en for rule in report().rules for doubt in rule.doubts]
    suspects = [s for a in report().audits for f in a.findings for t in f.together for s in t.suspects]
    repairs = [mended.replacement for suspect in suspects for mended in (suspect, *suspect.others)]
    units = {scale + o.claim.unit for a in report().audits for o in a.outcomes for scale in _SCALES}
    labels = [o.claim.label for a in report().audits for o in a.outcomes]
    return "\n".join((*documents, *english, *repairs, *units, *labels))


def _foreign(said: str) -> set[str]:
    return {words for words in _CHINESE.findall(said) if words not in quoted()}


@pytest.mark.parametrize("name", sorted(formats()))
def test_a_format_quotes_chinese_only_from_the_document(name: str) -> None:
    render: Callable[..., str] = formats()[name]
    given = {"lang": "en", "date": datetime.date(2020, 1, 2)}
    said = render(
        report(), **{key: value for key, value in given.items() if key in inspect.signature(render).parameters}
    )
    said = re.sub(r"<style>.*?</style>", "", said, flags=re.DOTALL)
    assert not _foreign(said.replace("\\n", "\n"))


def test_the_workbook_quotes_chinese_only_from_the_document() -> None:
    with zipfile.ZipFile(BytesIO(xlsx.render(report(), lang="en"))) as book:
        said = book.read("xl/sharedStrings.xml").decode() + book.read("xl/workbook.xml").decode()
    assert not _foreign(said)


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("第3段", "paragraph 3"),
        ("第3段文本框", "paragraph 3, text box"),
        ("表2第1行第3列", "table 2, row 1, column 3"),
        ("第12行第3列", "line 12, column 3"),
        ("第2页", "page 2"),
        ("脚注1", "footnote 1"),
        ("页眉", "header"),
        ("第2页!B7（隐藏）", "第2页!B7 (hidden)"),
        ("", ""),
    ],
)
def test_places_in_english(name: str, english: str) -> None:
    document = Document("a.docx", "共3户", "", (), places=((Span(0, 3), name),) if name else ())
    assert place_word(document, 1, "en") == english
    assert place_word(document, 1, "zh") == name


def test_every_reason_for_a_number_to_be_no_claim_is_told_in_english() -> None:
    reasons = [value for name, value in vars(nonclaim).items() if name.isupper() and isinstance(value, str)]
    data = tomllib.loads((files("audit.data") / "nonclaims.toml").read_text("utf-8"))
    reasons += [group["reason"] for group in data["group"]]
    known = [reason for reason in reasons if _CHINESE.search(reason)]
    assert len(known) >= 14
    assert all(rejection(reason, "en") != "not readable as one number" for reason in known)
    assert rejection("“三二”不是一个数", "en") == "not readable as one number"
    assert rejection(nonclaim.DATE, "zh") == nonclaim.DATE
