"""Living with findings: comments in documents, baselines, and what is said of those that are wrong or stale."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from audit import check_text
from audit.baseline import Accepted, Baseline, read
from audit.cli import main
from audit.suppression import without
from tests.output import samples

RULE = "parts-after-qizhong"
BAD = "全县有危房8224户，其中建档立卡贫困户8888户。"
HOLDING = "\n" + "全乡有村82个，其中贫困村30个。\n" * 2
"""The rule is believed where it holds as often as it fails."""
IGNORE = f"<!-- figure-audit: ignore[{RULE}] 2023年口径不同，共5户 -->"


@pytest.fixture(autouse=True)
def _in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1798761600")  # 2027-01-01


def check(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[int], list[str]]:
    """The exit code, the lines of the findings, and the complaints."""
    code = main(["check", *arguments])
    captured = capsys.readouterr()
    lines = re.findall(r"^\S+?:(\d+):\d+\S* (?:error|warning|note) ", captured.out, re.MULTILINE)
    complaints = [line for line in captured.err.splitlines() if not line.startswith("figure-audit: ")]
    return code, [int(line) for line in lines], complaints


# ---------------------------------------------------------------- comments


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"{BAD}\n\n{BAD}\n", [1, 3]),
        (f"{IGNORE}\n{BAD}\n\n{BAD}\n", [4]),
        (f"{IGNORE}\n\n{BAD}\n\n{BAD}\n", [5]),
        (f"{BAD}{IGNORE}\n\n{BAD}\n", [3]),
        (f"<!-- 别的注释 -->\n{IGNORE}\n<!-- 又一条 -->\n\n{BAD}\n\n{BAD}\n", [7]),
        (f"{BAD}\n\n{IGNORE.replace('ignore', 'ignore-file')}\n\n{BAD}\n", []),
        (f"{IGNORE.replace('] ', ', repeat] ')}\n{BAD}\n", []),
        (f"<!-- figure-audit:\n  ignore[{RULE}]\n  口径不同 -->\n{BAD}\n", []),
    ],
)
def test_a_comment_silences_its_line_or_what_follows(
    capsys: pytest.CaptureFixture[str], name: str, text: str, left: list[int]
) -> None:
    Path(name).write_text(text + HOLDING, "utf-8")
    assert check(capsys, name) == (int(bool(left)), left, [])


def test_what_was_accepted_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.md").write_text(f"{BAD}{IGNORE}\n", "utf-8")
    assert main(["check", "a.md"]) == 0
    assert capsys.readouterr().err == "figure-audit: 另有 1 项由注释或基线接受\n"
    assert main(["check", "a.md", "--quiet"]) == 0
    assert capsys.readouterr().err == ""


def test_figures_in_comments_are_not_the_documents(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.md").write_text(f"{IGNORE}\n{BAD}\n", "utf-8")
    main(["claims", "a.md", "--format=json"])
    assert "5户" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("comment", "said"),
    [
        (f"<!-- figure-audit: ignore[{RULE}] -->", "理由"),
        ("<!-- figure-audit: ignore 口径不同 -->", "哪条规则"),
        ("<!-- figure-audit: ignore[] 口径不同 -->", "哪条规则"),
        ("<!-- figure-audit: ignore[parts-after-qizong] 口径不同 -->", RULE),
        ("<!-- figure-audit: ingore[parts-after-qizhong] 口径不同 -->", "看不懂"),
        ("<!-- figure-audit: ignore[repeat] 口径不同 -->", "没有用到"),
    ],
)
def test_a_comment_that_is_wrong_or_unused_is_reported(
    capsys: pytest.CaptureFixture[str], comment: str, said: str
) -> None:
    Path("a.md").write_text(f"标题\n\n{comment}\n{BAD}\n", "utf-8")
    code, lines, errors = check(capsys, "a.md")
    assert (code, lines) == (1, [4])
    (line,) = errors
    assert line.startswith("提示: a.md:3: ")
    assert said in line


def test_comments_of_web_pages(capsys: pytest.CaptureFixture[str]) -> None:
    page = f"<html><body>{IGNORE}<p>{BAD}</p><p>别的话。</p><p>{BAD}</p></body></html>"
    Path("a.html").write_text(page, "utf-8")
    assert len(check(capsys, "a.html")[1]) == 1
    Path("a.html").write_text(page.replace(IGNORE, ""), "utf-8")
    assert len(check(capsys, "a.html")[1]) == 2


def test_of_findings_told_together_the_others_stay() -> None:
    audit = samples.ledger()
    first, second, *_ = audit.findings
    together = replace(audit, findings=(replace(first, joint=(second,)),))
    assert without(together, lambda _: False) is together
    (left,) = without(together, lambda finding: finding.fingerprint == first.fingerprint).findings
    assert (left.fingerprint, left.joint) == (second.fingerprint, ())
    (left,) = without(together, lambda finding: finding is second).findings
    assert (left.fingerprint, left.joint) == (first.fingerprint, ())
    assert without(together, lambda _: True).findings == ()


# ---------------------------------------------------------------- baselines


def write(*arguments: str) -> int:
    return main(["baseline", "write", "--who=张三", "--why=上年口径", *arguments])


def test_a_baseline_accepts_what_is_there_and_nothing_new(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.txt").write_text(f"{BAD}\n", "utf-8")
    assert check(capsys, "a.txt")[0] == 1
    assert write("a.txt", "--expires=2027-06-30") == 0
    (entry,) = tomllib.loads(Path("figure-audit-baseline.toml").read_text("utf-8"))["accepted"]
    assert (entry["path"], entry["rule"], entry["who"], entry["why"]) == ("a.txt", RULE, "张三", "上年口径")
    assert (str(entry["when"]), str(entry["expires"])) == ("2027-01-01", "2027-06-30")
    assert entry["evidence"] in BAD
    capsys.readouterr()
    accepted = ("a.txt", "--baseline", "figure-audit-baseline.toml")
    assert check(capsys, *accepted) == (0, [], [])
    Path("a.txt").write_text(f"新的一段。\n\n{BAD}\n\n全镇有学生3224人，其中住校生5999人。\n{HOLDING}", "utf-8")
    assert check(capsys, *accepted) == (1, [5], [])


@pytest.mark.parametrize(
    ("edited", "still"),
    [
        (f"前面加了一段，共3户。\n\n{BAD}\n\n后面也加了。\n", True),
        ("全县有危房8224户，\n其中建档立卡贫困户8888户。\n", True),
        ("全县有危房８２２４户,其中建档立卡贫困户８８８８户。\n", True),
        (f"{BAD}<!-- 注释 -->\n", True),
        (BAD.replace("8888", "8889") + "\n", False),
        (BAD.replace("全县", "全市") + "\n", False),
    ],
)
def test_fingerprints_live_as_long_as_the_evidence(
    capsys: pytest.CaptureFixture[str], edited: str, still: bool
) -> None:
    Path("a.txt").write_text(f"{BAD}\n", "utf-8")
    write("a.txt", "--baseline=b.toml")
    Path("a.txt").write_text(edited, "utf-8")
    capsys.readouterr()
    code, _, errors = check(capsys, "a.txt", "--baseline=b.toml")
    assert code == int(not still)
    assert len(errors) == int(not still)


LONG = (
    "截至年底，按照上级部门的统一部署和全县脱贫攻坚工作的总体安排，全县有危房8224户，其中建档立卡贫困户8888户，"
    "其余农户正在陆续鉴定之中，预计明年全部完成改造任务，所需资金已经落实。"
)


@pytest.mark.parametrize("width", [28, 33, 42, 47, 50, 60])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_fingerprints_survive_wrapping_at_any_width(width: int, end: str) -> None:
    def fingerprints(text: str) -> set[str]:
        return {finding.fingerprint for finding in check_text(text).audits[0].findings}

    wrapped = end.join(LONG[at : at + width] for at in range(0, len(LONG), width))
    assert "8224户" in wrapped
    assert "8888户" in wrapped
    assert fingerprints(wrapped) == fingerprints(LONG) != set()
    assert fingerprints(f"前一段。\n\n{LONG}\n\n后一段。") == fingerprints(LONG)


def test_stale_and_expired_entries_are_reported_and_pruned(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a.txt", "b.txt", "gone.txt", "other.txt"):
        Path(name).write_text(f"{BAD}\n", "utf-8")
    write("a.txt", "b.txt", "gone.txt", "other.txt")
    write("a.txt")  # what is there stays as it was
    file = Path("figure-audit-baseline.toml")
    entries = read(file.name).entries
    assert len(entries) == 4
    Path("a.txt").write_text("没有问题了。\n", "utf-8")
    Path("gone.txt").unlink()
    text = file.read_text("utf-8").replace('path = "b.txt"', 'path = "b.txt"\nexpires = 2026-12-31')
    file.write_text(text, "utf-8")
    capsys.readouterr()
    code, lines, errors = check(capsys, "a.txt", "b.txt", "--baseline", file.name)
    assert (code, lines) == (1, [1])
    assert [re.search(r"(\w+\.txt)", line.partition("条目")[2])[1] for line in errors] == ["a.txt", "b.txt"]  # type: ignore[index]
    assert main(["baseline", "prune", "a.txt", "b.txt"]) == 0
    assert [entry.path for entry in read(file.name).entries] == ["other.txt"]


def test_the_baseline_of_the_configuration(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    Path("figure-audit.toml").write_text('baseline = "audit/base.toml"\n', "utf-8")
    Path("reports").mkdir()
    Path("reports/a.txt").write_text(f"{BAD}\n", "utf-8")
    assert main(["check", "reports"]) == 2  # it does not exist yet
    assert "baseline write" in capsys.readouterr().err
    assert write("reports") == 0
    assert read("audit/base.toml").entries[0].path == "../reports/a.txt"
    assert main(["check", "."]) == 0
    monkeypatch.chdir("reports")
    assert main(["check", "a.txt"]) == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[", "无法读取"),
        ("accepted = []\n", "format = 1"),
        ('format = 1\n[[accepted]]\npath = "a"\nrule = "b"\n', "fingerprint"),
        ('format = 1\n[[accepted]]\npath = "a"\nrule = "b"\nfingerprint = "c"\nexpiry = 2027-01-01\n', "expires"),
        ('format = 1\n[[accepted]]\npath = "a"\nrule = "b"\nfingerprint = "c"\nwhen = "x"\n', "when"),
    ],
)
def test_a_baseline_that_cannot_be_used(capsys: pytest.CaptureFixture[str], text: str, said: str) -> None:
    Path("b.toml").write_text(text, "utf-8")
    Path("a.txt").write_text(f"{BAD}\n", "utf-8")
    code, lines, errors = check(capsys, "a.txt", "--baseline=b.toml")
    assert (code, lines) == (2, [])
    assert errors[0].startswith("错误: b.toml: ")
    assert said in errors[0]
    assert Path("b.toml").read_text("utf-8") == text


def test_any_text_survives_the_file(tmp_path: Path) -> None:
    entry = Accepted('a"b\\c.txt', "r", "f" * 32, "张\x7f三", None, "第一行\n第二行\t\x01", None, "“引文”")
    file = tmp_path / "b.toml"
    file.write_text(Baseline(str(file), (entry,)).text(), "utf-8")
    assert read(str(file)).entries == (entry,)
