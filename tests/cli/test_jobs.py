"""Several processes: the same bytes in every format, and a process that dies costs its own document only."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from audit.cli import auditing, main
from audit.engine import audit_sources
from audit.output import formats
from audit.read import find_sources
from audit.report import Report
from audit.rule.load import shipped_rules

TEXTS = (
    "全县有危房8224户，其中建档立卡贫困户8888户。\n",
    "全县有危房15224户，其中建档立卡贫困户8888户。\n",
    "筹集资金15.7亿元：一是财政资金8200万元；二是信贷资金10.85亿元；三是专项资金3.5亿元。\n",
    "贫困发生率由15.2%下降到19.7%，实现首战告捷。\n",
    "第一产业增加值占地区生产总值的比重为3.8%，第二产业增加值比重为80.9%，第三产业增加值比重为17.3%。\n",
)
WRITTEN = ("json", "html", "sarif", "github", "gitlab", "junit", "rdjson", "markdown", "console")


@pytest.fixture(autouse=True)
def _in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in/deep").mkdir(parents=True)
    for number in range(14):
        folder = "in/deep" if number % 3 else "in"
        body = "\n".join(TEXTS[(number + n) % len(TEXTS)] for n in range(number % 4 + 1))
        Path(folder, f"{number:02}.txt").write_text(body, "utf-8")
    Path("in/empty.txt").touch()
    Path("in/deep/figure-audit.toml").write_text('rounding = "strict"\nseverity = {repeat = "note"}\n', "utf-8")


def test_the_same_bytes_over_one_two_and_eight_processes(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    written: dict[int, list[bytes]] = {}
    for jobs in (1, 2, 8):
        outputs = [f"--output={form}={jobs}/{form}" for form in WRITTEN]
        assert main(["check", "in", f"--jobs={jobs}", *outputs]) == 2  # for the empty document
        captured = capsysbinary.readouterr()
        files = [Path(str(jobs), form).read_bytes() for form in WRITTEN]
        written[jobs] = [captured.out, captured.err, *files]
        assert all(files)
    assert written[1] == written[2] == written[8]


@pytest.fixture
def started_by(request: pytest.FixtureRequest) -> Iterator[str]:
    """A way of starting processes, for as long as a test takes."""
    before = multiprocessing.get_start_method()
    multiprocessing.set_start_method(request.param, force=True)
    yield request.param
    multiprocessing.set_start_method(before, force=True)


@pytest.mark.parametrize("started_by", multiprocessing.get_all_start_methods(), indirect=True)
def test_whatever_way_processes_are_started(capsys: pytest.CaptureFixture[str], started_by: str) -> None:
    assert main(["check", "in", "--format=json"]) == 2
    alone = capsys.readouterr()
    assert main(["check", "in", "--format=json", "--jobs=2"]) == 2
    assert capsys.readouterr() == alone


def test_reports_survive_the_way_between_processes() -> None:
    report = audit_sources(find_sources(["in"]), shipped_rules())
    again: Report = pickle.loads(pickle.dumps(report))
    for form in WRITTEN:
        assert formats()[form](again) == formats()[form](report)


@pytest.mark.skipif(sys.platform != "linux", reason="needs processes that are forked")
@pytest.mark.parametrize("started_by", ["fork"], indirect=True)
@pytest.mark.parametrize("jobs", [2, 8])
def test_a_process_that_is_killed_costs_its_own_document_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], jobs: int, started_by: str
) -> None:
    audit_one = auditing.audit_one

    def dying(task: auditing.Task) -> Report:
        if task[0].path.endswith("07.txt"):
            os.kill(os.getpid(), signal.SIGKILL)
        return audit_one(task)

    monkeypatch.setattr(auditing, "audit_one", dying)
    assert main(["check", "in", f"--jobs={jobs}", "--format=markdown"]) == 2
    captured = capsys.readouterr()
    (line,) = [line for line in captured.err.splitlines() if "07.txt" in line]
    assert "程序出错" in line
    assert "报告" in line
    assert captured.out.startswith("## figure-audit\n\n13 份文件")


def test_a_crash_in_a_document_is_told_with_a_hint(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def crash(*_: object) -> None:
        raise RecursionError("too\ndeep")

    monkeypatch.setattr("audit.engine.build_outline", crash)
    assert main(["check", "in/00.txt", "--lang=en"]) == 2
    out = capsys.readouterr().out
    assert "in/00.txt skipped the program failed on it (RecursionError: too deep)" in out
    assert "please report it" in out
    assert "Traceback" not in out


def test_a_missing_package_is_told_with_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing(*_: object) -> None:
        raise ModuleNotFoundError("No module named 'abacus'", name="abacus")

    monkeypatch.setattr("audit.engine.build_outline", missing)
    assert main(["check", "in/00.txt", "--lang=en"]) == 2
    out = capsys.readouterr().out
    assert "the package abacus is not installed" in out
    assert "python -m pip install" in out
    assert "report it" not in out
