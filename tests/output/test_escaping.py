"""No text of a document, a path or a reason breaks a format of a CI service: for any text at all."""

from __future__ import annotations

import json
import re
import tempfile
import tomllib
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from junitparser import JUnitXml
from markdown_it import MarkdownIt

from audit.baseline import Accepted, Baseline
from audit.document import Skipped
from audit.output import github, gitlab, junit, markdown, rdjson, sarif
from audit.report import Report

ANY = st.text(st.characters(exclude_characters="\0", exclude_categories=()), min_size=1, max_size=60)
# What the formats themselves are made of.
SYNTAX = st.lists(
    st.sampled_from(
        ["::", "%0A", "%", "\n", "\r", "##[", ",", ":", "|", "`", "<!--", "-->", "]]>", "&", '"', "\\", "a"]
    ),
    min_size=1,
    max_size=12,
).map("".join)
TEXT = ANY | SYNTAX


def report(path: str, reason: str) -> Report:
    return Report((), (Skipped(path, reason),))


@given(TEXT, TEXT)
def test_a_github_annotation_is_one_command(path: str, reason: str) -> None:
    first, last = github.render(report(path, reason)).rstrip("\n").split("\n")
    assert re.fullmatch(r"::error file=[^:,\n]*,title=[^:,\n]*::[^\n]*", first)
    assert not re.search(r"%(?!25|0D|0A|3A|2C)", first)
    assert last.startswith("figure-audit: ")


@given(st.lists(TEXT, min_size=12, max_size=14))
def test_the_rest_of_the_log_holds_no_command(reasons: list[str]) -> None:
    text = github.render(Report((), tuple(Skipped(reason, reason) for reason in reasons)))
    folded = text.partition("::group::")[2].partition("\n")[2].partition("::endgroup::\n")[0]
    lines = folded.rstrip("\n").split("\n")
    assert len(lines) == len(reasons) - 9
    assert all(line.startswith("- ") and "##[" not in line for line in lines)


@given(TEXT, TEXT)
def test_json_formats_can_be_read_and_encoded(path: str, reason: str) -> None:
    for render in (sarif.render, gitlab.render, rdjson.render):
        assert json.loads(render(report(path, reason)))


def test_a_name_that_is_no_text_is_percent_encoded() -> None:
    assert "/%FF.txt" in sarif.render(report("x/\udcff.txt", "坏"))


@given(TEXT, TEXT)
def test_junit_can_be_read(path: str, reason: str) -> None:
    xml = JUnitXml.fromstring(junit.render(report(path, reason)).encode())
    assert (xml.tests, xml.errors) == (1, 1)


@given(TEXT, TEXT)
def test_markdown_stays_one_list_item_of_text(path: str, reason: str) -> None:
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    tokens = parser.parse(markdown.render(report(path, reason)))
    kinds = [token.type for token in tokens]
    assert kinds.count("list_item_open") == 1
    assert not {"html_block", "fence", "code_block", "table_open", "blockquote_open"} & set(kinds)
    (item,) = (t for t in tokens[kinds.index("list_item_open") :] if t.type == "inline")
    assert {child.type for child in item.children or ()} <= {"text", "strong_open", "strong_close", "text_special"}
    assert len([child for child in item.children or () if child.type == "strong_open"]) == 1


@given(TEXT.filter(str.isprintable), TEXT)
def test_a_baseline_keeps_any_text(path: str, why: str) -> None:
    try:
        why.encode()
    except UnicodeEncodeError:
        return
    entry = Accepted(path, "rule", "0" * 32, why=why)
    (read,) = tomllib.loads(Baseline("b.toml", (entry,)).text())["accepted"]
    assert (read["path"], read["why"]) == (path, why)


def test_files_with_any_name_are_written(tmp_path: Path) -> None:
    with tempfile.TemporaryDirectory(dir=tmp_path) as folder:
        assert sarif.render(report(f"{folder}/a b#?%.txt", "x")).count("a%20b%23%3F%25.txt") == 1
