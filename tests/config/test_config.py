"""The configuration: found upward from each document, checked strictly, laid over by the command line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from audit.cli import main
from audit.config import ConfigError, Configurations, Settings, load
from audit.config.pattern import matches
from audit.rounding import Rounding

BAD = "全县有危房8224户，其中建档立卡贫困户8888户。\n"
WITHIN = "从产业投向看，全市投资63.8亿元，其中一产投资4.4亿元、二产投资56.4亿元、三产投资3.1亿元。\n"


@pytest.fixture(autouse=True)
def _in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("reports/yearbooks").mkdir(parents=True)
    for name in ("a.txt", "reports/b.txt", "reports/yearbooks/c.txt"):
        Path(name).write_text(BAD, "utf-8")


def check(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["check", *arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def severities(out: str) -> dict[str, str]:
    return dict(re.findall(r"^(\S+?):\d+:\d+ (\w+) ", out, re.MULTILINE))


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("*.txt", "a.txt", True),
        ("*.txt", "x/y/a.txt", True),
        ("x/*.txt", "x/a.txt", True),
        ("x/*.txt", "x/y/a.txt", False),
        ("x/**", "x/y/a.txt", True),
        ("x/", "x/y/a.txt", True),
        ("./x/", "x/a.txt", True),
        ("**/y/*.txt", "x/y/a.txt", True),
        ("**/y/*.txt", "y/a.txt", True),
        ("a?c.txt", "abc.txt", True),
        ("a?c.txt", "a/c.txt", False),
        ("a[1].txt", "a[1].txt", True),
        ("x/**", "../x/a.txt", False),
    ],
)
def test_patterns(pattern: str, path: str, expected: bool) -> None:
    assert matches(pattern, path) is expected


def test_the_nearest_file_upward_counts(capsys: pytest.CaptureFixture[str]) -> None:
    Path("pyproject.toml").write_text('[tool.figure-audit]\nseverity = {"parts-*" = "warning"}\n', "utf-8")
    Path("reports/figure-audit.toml").write_text('severity = {"parts-*" = "note"}\n', "utf-8")
    Path("reports/yearbooks/pyproject.toml").write_text("[tool.other]\nx = 1\n", "utf-8")
    code, out, _ = check(capsys, ".")
    assert code == 0
    assert severities(out) == {"a.txt": "warning", "reports/b.txt": "note", "reports/yearbooks/c.txt": "note"}


def test_figure_audit_toml_goes_before_pyproject(capsys: pytest.CaptureFixture[str]) -> None:
    Path("pyproject.toml").write_text('[tool.figure-audit]\ndisable = ["*"]\n', "utf-8")
    Path("figure-audit.toml").write_text('fail-level = "never"\n', "utf-8")
    code, out, _ = check(capsys, "a.txt")
    assert code == 0
    assert severities(out) == {"a.txt": "error"}


def test_sections_for_paths_follow_one_another(capsys: pytest.CaptureFixture[str]) -> None:
    Path("figure-audit.toml").write_text(
        """\
disable = ["parts-after-qizhong"]
[[paths]]
match = ["reports/"]
enable = ["parts-*"]
fail-level = "never"
[[paths]]
match = ["reports/yearbooks/*.txt"]
severity = {parts-after-qizhong = "warning"}
""",
        "utf-8",
    )
    code, out, _ = check(capsys, ".")
    assert code == 0
    assert severities(out) == {"reports/b.txt": "error", "reports/yearbooks/c.txt": "warning"}


def test_the_command_line_goes_before_the_file(capsys: pytest.CaptureFixture[str]) -> None:
    Path("figure-audit.toml").write_text('fail-level = "never"\nrounding = "strict"\n', "utf-8")
    Path("w.txt").write_text(WITHIN, "utf-8")
    assert check(capsys, "a.txt")[0] == 0
    assert check(capsys, "a.txt", "--fail-level=error")[0] == 1
    assert severities(check(capsys, "w.txt")[1]) == {"w.txt": "note"}
    assert severities(check(capsys, "w.txt", "--rounding=standard")[1]) == {}
    assert severities(check(capsys, "w.txt", "--no-config")[1]) == {}
    assert severities(check(capsys, "a.txt", "--disable=parts-*")[1]) == {}


def test_junit_fails_where_the_run_fails(capsys: pytest.CaptureFixture[str]) -> None:
    Path("figure-audit.toml").write_text('[[paths]]\nmatch = ["reports/"]\nfail-level = "never"\n', "utf-8")
    code, out, _ = check(capsys, ".", "--format=junit")
    assert code == 1
    assert re.findall(r'<testsuite name="(\S+)" tests="\d+" failures="1"', out) == ["a.txt"]
    assert 'failures="1" errors="0">\n  <testsuite' in out


def test_the_rounding_policy_of_some_paths(capsys: pytest.CaptureFixture[str]) -> None:
    Path("figure-audit.toml").write_text('[[paths]]\nmatch = ["reports/"]\nrounding = "strict"\n', "utf-8")
    Path("w.txt").write_text(WITHIN, "utf-8")
    Path("reports/w.txt").write_text(WITHIN, "utf-8")
    assert severities(check(capsys, "w.txt", "reports/w.txt")[1]) == {"reports/w.txt": "note"}


def test_excluded_documents_are_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    Path("figure-audit.toml").write_text('exclude = ["yearbooks/", "a.txt"]\n', "utf-8")
    Path("reports/figure-audit.toml").write_text('exclude = ["yearbooks/"]\n', "utf-8")
    assert set(severities(check(capsys, ".", "a.txt")[1])) == {"reports/b.txt"}


def test_rule_folders_and_baselines_are_relative_to_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("figure-audit.toml").write_text('rules = ["my-rules"]\nbaseline = "base.toml"\n', "utf-8")
    monkeypatch.chdir("reports")
    settings = Configurations().settings("b.txt", Settings())
    assert settings.rules == ("../my-rules",)
    assert settings.baseline == "../base.toml"


@pytest.mark.parametrize(
    ("text", "line", "named"),
    [
        ('fail-levl = "note"\n', 1, "fail-level"),
        ('\nfail-level = "high"\n', 2, "warning"),
        ("disable = 3\n", 1, "disable"),
        ("shipped-rules = 1\n", 1, "shipped-rules"),
        ('severity = {x = "fatal"}\n', 1, "severity"),
        ("[severity]\nx = 1\n", 1, "severity"),
        ('rounding = "strict"\n[[paths]]\nmatch = ["a"]\nruonding = "strict"\n', 4, "rounding"),
        ('[[paths]]\nrounding = "x"\nmatch = ["a"]\n', 2, "rounding"),
        ("[[paths]]\ndisable = []\n", 1, "match"),
        ("paths = 3\n", 1, "paths"),
        ("baseline = []\n", 1, "baseline"),
        ("limits = {seconds = 0}\n", 1, "seconds"),
        ("[limits]\nminutes = 3\n", 1, "seconds"),
    ],
)
@pytest.mark.parametrize("section", ["", "[tool.figure-audit]\n"])
def test_faults_name_the_line_and_the_near_miss(
    capsys: pytest.CaptureFixture[str], text: str, line: int, named: str, section: str
) -> None:
    name = "pyproject.toml" if section else "figure-audit.toml"
    if section:
        text = re.sub(r"^\[\[?(?=\w)", lambda m: m[0] + "tool.figure-audit.", text, flags=re.MULTILINE)
        line += 1
    Path(name).write_text(section + text, "utf-8")
    code, out, errors = check(capsys, "a.txt")
    assert (code, out) == (2, "")
    assert errors.startswith(f"错误: {name}:{line}: ")
    assert named in errors
    assert "Traceback" not in errors


def test_every_fault_is_told_at_once_and_in_english(capsys: pytest.CaptureFixture[str]) -> None:
    Path("figure-audit.toml").write_text('fail-levl = 1\nrounding = "x"\n', "utf-8")
    code, _, errors = check(capsys, "a.txt", "--lang=en")
    assert code == 2
    assert errors.isascii()
    assert len(errors.splitlines()) == 2
    with pytest.raises(ConfigError, match="是否应为"):
        load("figure-audit.toml")


@pytest.mark.parametrize("content", [b"[", b"\xff\xfe", b"x = 'a\n"])
def test_a_file_that_is_no_toml(capsys: pytest.CaptureFixture[str], content: bytes) -> None:
    Path("figure-audit.toml").write_bytes(content)
    code, _, errors = check(capsys, "a.txt")
    assert code == 2
    assert errors.startswith("错误: figure-audit.toml: ")


def test_a_missing_file_and_a_rule_that_does_not_exist(capsys: pytest.CaptureFixture[str]) -> None:
    assert check(capsys, "a.txt", "--config=none.toml")[0] == 2
    Path("figure-audit.toml").write_text('disable = ["parts-after-qizong"]\n', "utf-8")
    code, out, errors = check(capsys, "a.txt")
    assert code == 2
    assert "parts-after-qizong" in errors
    assert severities(out) == {"a.txt": "error"}


def test_config_says_what_is_in_force_and_why(capsys: pytest.CaptureFixture[str]) -> None:
    Path("figure-audit.toml").write_text(
        'rounding = "lenient"\n[[paths]]\nmatch = ["reports/"]\nfail-level = "note"\n', "utf-8"
    )
    assert main(["config", "reports/b.txt", "--disable", "repeat"]) == 0
    lines = dict(line.split(None, 1) for line in capsys.readouterr().out.splitlines())
    assert re.search(r'"lenient" +# figure-audit\.toml:1$', lines["rounding"])
    assert re.search(r'"note" +# figure-audit\.toml:4$', lines["fail-level"])
    assert re.search(r'\["repeat"\] +# --disable$', lines["disable"])
    assert lines["shipped-rules"].endswith("# 默认")
    assert Configurations().settings("reports/b.txt", Settings()).rounding is Rounding.LENIENT
