"""`figure-audit check`: exit codes, outputs, and one clear sentence for whatever goes wrong."""

from __future__ import annotations

import io
import json
import os
import re
import stat
import sys
from pathlib import Path

import pytest

from audit.cli import main
from audit.decisions import Decision, Ruling, write
from audit.output import formats

GOOD = "全县有危房15224户，其中建档立卡贫困户8888户。\n"
BAD = "全县有危房8224户，其中建档立卡贫困户8888户。\n"
RULE = """\
id: my-total
title: 总数应等于两项之和
why: 测试。
severity: warning
confidence: high
applies_to: {document: "*.txt"}
bind:
  total: {quote: "危房{}"}
  part: {quote: "贫困户{}"}
expect: part == total
examples:
  pass: [危房10户，贫困户10户。]
  fail: [危房10户，贫困户9户。]
"""


@pytest.fixture(autouse=True)
def _in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("good.txt").write_text(GOOD, "utf-8")
    Path("bad.txt").write_text(BAD, "utf-8")


def check(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["check", *arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


# ---------------------------------------------------------------- exit codes


def test_clean_documents_exit_0(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, errors = check(capsys, "good.txt")
    assert (code, errors) == (0, "")


def test_findings_exit_1(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = check(capsys, "good.txt", "bad.txt")
    assert code == 1
    assert re.search(r"^bad\.txt:1:6 error parts-after-qizhong ", out, re.MULTILINE)


@pytest.mark.parametrize(("level", "expected"), [("never", 0), ("error", 0), ("warning", 1), ("note", 1)])
def test_the_fail_level_decides(capsys: pytest.CaptureFixture[str], level: str, expected: int) -> None:
    Path("rule.yaml").write_text(RULE, "utf-8")
    code, out, _ = check(capsys, "good.txt", "--rules", "rule.yaml", "--no-shipped-rules", f"--fail-level={level}")
    assert code == expected
    assert "warning my-total" in out


def test_what_cannot_be_read_exits_2_and_the_others_are_audited(capsys: pytest.CaptureFixture[str]) -> None:
    Path("empty.txt").touch()
    Path("binary.txt").write_bytes(bytes(range(256)) * 8)
    Path("cyrillic.txt").write_bytes("Обычный текст".encode("cp1251"))
    Path("damaged.txt").write_bytes((GOOD * 3).encode() + b"\xff\xfe" + GOOD.encode())
    Path("folder").mkdir()
    files = ["empty.txt", "binary.txt", "cyrillic.txt", "damaged.txt", "folder", "missing.txt"]
    code, out, errors = check(capsys, *files, "bad.txt")
    assert code == 2
    assert "bad.txt:1:6 error" in out
    for name in files:
        (line,) = [line for line in out.splitlines() if line.startswith(f"{name} ")]
        assert "请" in line, line
    assert "Traceback" not in out + errors


def test_other_formats_tell_on_standard_error_what_was_not_audited(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, errors = check(capsys, "missing.txt", "good.txt", "--format", "json")
    assert code == 2
    assert [entry["path"] for entry in json.loads(out)["skipped"]] == ["missing.txt"]
    assert errors.splitlines() == ["错误: missing.txt: 找不到这个文件或文件夹，请检查路径"]


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["check"], "PATH"),
        (["check", "good.txt", "--fail-level", "high"], "high"),
        (["check", "good.txt", "--output", "json"], "FORMAT=FILE"),
        (["check", "good.txt", "--jobs", "-1"], "--jobs"),
        (["check", "good.txt", "--form", "json"], "--form"),
        (["audit"], "audit"),
        ([], "COMMAND"),
        (["rules", "explain", "good.txt"], "FILE:LINE"),
    ],
)
def test_wrong_usage_exits_2(capsys: pytest.CaptureFixture[str], arguments: list[str], named: str) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    errors = capsys.readouterr().err
    assert caught.value.code == 2
    assert errors.startswith("错误: ")
    assert named in errors
    assert "--help" in errors


@pytest.mark.parametrize(
    ("arguments", "told", "told_en"),
    [
        (["chek"], "COMMAND: 不能是 chek，是否应为 check？", "COMMAND: cannot be chek; did you mean check?"),
        (
            ["check", "x", "--fail-levl", "note"],
            "不认识的参数 --fail-levl note，是否应为 --fail-level？",
            "unknown argument --fail-levl note; did you mean --fail-level?",
        ),
        (["rules", "list", "--zzz"], "不认识的参数 --zzz", "unknown argument --zzz"),
        (["check", "x", "--format"], "--format: 后面缺少值", "--format: a value is missing after it"),
        (
            ["check", "x", "--date", "今天"],
            "--date: 不能是 '今天'，应写成 YYYY-MM-DD",
            "--date: cannot be '今天'; write YYYY-MM-DD",
        ),
        (["rules"], "缺少 ACTION", "ACTION is missing"),
    ],
)
def test_wrong_usage_is_told_with_the_near_miss(
    capsys: pytest.CaptureFixture[str], arguments: list[str], told: str, told_en: str
) -> None:
    for lang, word, said in (("zh", "错误", told), ("en", "error", told_en)):
        with pytest.raises(SystemExit):
            main([*arguments, f"--lang={lang}"] if "check" in arguments or lang == "en" else arguments)
        assert capsys.readouterr().err.splitlines()[0] == f"{word}: {said}"


def test_an_unknown_format_names_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, errors = check(capsys, "good.txt", "--format", "pdf", "--output", "doc=x")
    assert (code, out) == (2, "")
    assert errors.startswith("错误: doc, pdf: ")
    assert "json" in errors
    assert not Path("x").exists()


# ---------------------------------------------------------------- rules


def test_a_rule_with_an_unknown_key_exits_2_and_documents_are_audited(capsys: pytest.CaptureFixture[str]) -> None:
    Path("broken.yaml").write_text(RULE.replace("severity:", "severty:"), "utf-8")
    code, out, errors = check(capsys, "bad.txt", "--rules", "broken.yaml")
    assert code == 2
    assert re.search(r"^错误: broken\.yaml:4: .*severty", errors, re.MULTILINE)
    assert "bad.txt:1:6 error" in out


@pytest.mark.parametrize("quote", ["危房没有这句{}", "户{}"])
def test_a_quote_that_matches_nothing_or_twice_exits_2(capsys: pytest.CaptureFixture[str], quote: str) -> None:
    Path("rule.yaml").write_text(RULE.replace("危房{}", quote), "utf-8")
    Path("twice.txt").write_text("甲户10户，乙户12户，贫困户3户。\n" + BAD, "utf-8")
    code, out, errors = check(capsys, "twice.txt", "--rules", "rule.yaml")
    assert code == 2
    assert "rule.yaml:8" in out + errors
    assert "twice.txt:2:6 error parts-after-qizhong" in out


def test_a_readable_rule_file_is_used_beside_a_broken_one(capsys: pytest.CaptureFixture[str]) -> None:
    Path("rule.yaml").write_text(RULE, "utf-8")
    Path("broken.yaml").write_text("id: x\n", "utf-8")
    code, out, _ = check(capsys, "good.txt", "--rules", "broken.yaml", "--rules", "rule.yaml")
    assert code == 2
    assert "my-total" in out


def test_own_rules_take_the_place_of_shipped_ones(capsys: pytest.CaptureFixture[str]) -> None:
    Path("rule.yaml").write_text(RULE.replace("my-total", "parts-after-qizhong"), "utf-8")
    _, out, _ = check(capsys, "bad.txt", "--rules", "rule.yaml")
    assert re.findall(r"^bad\.txt:\S+ (\w+) parts-after-qizhong", out, re.MULTILINE) == ["warning"]


# ---------------------------------------------------------------- outputs


def test_outputs_are_written_beside_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = check(
        capsys, "bad.txt", "--html", "new/folder/report.html", "--output", "json=report.json", "--output=console=-"
    )
    assert code == 1
    assert out.count("bad.txt:1:6 error") == 2
    assert json.loads(Path("report.json").read_bytes())["findings"]
    assert Path("new/folder/report.html").read_text("utf-8").lstrip().lower().startswith("<!doctype html>")


def test_an_output_that_cannot_be_written_exits_2(capsys: pytest.CaptureFixture[str]) -> None:
    Path("taken").touch()
    code, out, errors = check(capsys, "bad.txt", "--output", "json=taken/report.json")
    assert code == 2
    assert errors.startswith("错误: taken/report.json: 无法写入")
    assert "bad.txt:1:6" in out


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are any bytes on Linux")
@pytest.mark.parametrize("form", sorted(formats()))
def test_a_document_whose_name_is_no_text(capsys: pytest.CaptureFixture[str], form: str) -> None:
    name = os.fsdecode(b"\xff.txt")
    Path(name).write_text(BAD, "utf-8")
    assert main(["check", name, f"--output={form}=out/report", "--quiet"]) == 1
    assert Path("out/report").read_bytes().decode("utf-8")


def test_a_failed_write_leaves_the_old_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("report.json").write_text("old")

    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.replace", fail)
    with pytest.raises(KeyboardInterrupt):
        main(["check", "bad.txt", "--output", "json=report.json"])
    assert Path("report.json").read_text() == "old"
    assert sorted(path.name for path in Path().iterdir()) == ["bad.txt", "good.txt", "report.json"]


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_a_rewritten_file_keeps_its_mode_and_link(capsys: pytest.CaptureFixture[str]) -> None:
    Path("real.json").write_text("old")
    Path("real.json").chmod(0o640)
    Path("link.json").symlink_to("real.json")
    check(capsys, "bad.txt", "--output", "json=link.json")
    assert Path("link.json").is_symlink()
    assert stat.S_IMODE(Path("real.json").stat().st_mode) == 0o640
    assert json.loads(Path("real.json").read_bytes())["findings"]


def test_a_finding_that_an_auditor_dismissed_no_longer_fails(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = check(capsys, "bad.txt", "--format", "json")
    report = json.loads(out)
    (finding,) = report["findings"]
    decision = Decision(
        report["documents"][0]["path"],
        report["documents"][0]["sha256"],
        finding["rule"],
        finding["fingerprint"],
        Ruling.DISMISSED,
    )
    Path("decisions.json").write_text(write([decision]), "utf-8")
    code, out, _ = check(capsys, "bad.txt", "--decisions", "decisions.json")
    assert code == 0
    assert "bad.txt:1:6 error" not in out
    Path("bad.txt").write_text(BAD.replace("8888", "8889"), "utf-8")
    assert check(capsys, "bad.txt", "--decisions", "decisions.json")[0] == 1


def test_decisions_that_cannot_be_read_exit_2(capsys: pytest.CaptureFixture[str]) -> None:
    Path("decisions.json").write_text("[", "utf-8")
    code, out, errors = check(capsys, "good.txt", "--decisions", "decisions.json", "--decisions", "missing.json")
    assert code == 2
    assert [line.startswith("错误: ") for line in errors.splitlines()] == [True, True]
    assert "decisions.json" in errors
    assert "missing.json" in errors
    assert out


def test_a_workbook_is_written_whole(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, _ = check(capsys, "bad.txt", "--xlsx", "findings.xlsx")
    assert code == 1
    assert Path("findings.xlsx").read_bytes().startswith(b"PK")
    assert check(capsys, "bad.txt", "--decisions", "findings.xlsx")[0] == 1  # nothing was decided in it yet


def test_a_large_html_report_is_an_index_with_a_page_for_each_document(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("one", "two"):
        Path(f"{name}.txt").write_text(BAD * 120, "utf-8")
    check(capsys, "one.txt", "two.txt", "-q", "--html", "out/findings.html")
    assert sorted(path.as_posix() for path in Path("out").rglob("*.html")) == [
        "out/findings.html",
        "out/findings/001.html",
        "out/findings/002.html",
    ]


def test_the_same_whatever_the_number_of_processes(capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(6):
        Path(f"{number}.txt").write_text((BAD if number % 2 else GOOD) * (number + 1), "utf-8")
    Path("empty.txt").touch()
    alone = check(capsys, ".", "--format", "json")
    assert check(capsys, ".", "--format", "json", "--jobs", "3") == alone
    assert check(capsys, ".", "--format", "json", "--jobs", "0") == alone


def test_quiet_leaves_the_findings(capsys: pytest.CaptureFixture[str]) -> None:
    assert check(capsys, "good.txt", "--quiet") == (0, "", "")
    code, out, _ = check(capsys, "bad.txt", "-q")
    assert (code, len(out.splitlines())) == (1, 1)


def test_standard_input(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(BAD.encode("gbk"))))
    code, out, _ = check(capsys, "-")
    assert code == 1
    assert out.startswith("-:1:6 error")


# ---------------------------------------------------------------- language and colour


def test_english(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, errors = check(capsys, "missing.txt", "--lang", "en", "--format", "json")
    assert code == 2
    assert errors == "error: missing.txt: no such file or folder; check the path\n"
    assert json.loads(out)["skipped"]


@pytest.mark.parametrize(
    ("option", "environment", "terminal", "coloured"),
    [
        ("auto", {}, True, True),
        ("auto", {}, False, False),
        ("auto", {"NO_COLOR": "1"}, True, False),
        ("auto", {"NO_COLOR": ""}, True, True),
        ("auto", {"TERM": "dumb"}, True, False),
        ("always", {"NO_COLOR": "1"}, False, True),
        ("never", {}, True, False),
    ],
)
def test_colours(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    option: str,
    environment: dict[str, str],
    terminal: bool,
    coloured: bool,
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal, raising=False)
    _, out, _ = check(capsys, "bad.txt", "--color", option)
    assert ("\x1b[" in out) == coloured
