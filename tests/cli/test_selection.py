"""Which documents a run is about: patterns, lists, git, and the same order every time."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from audit.cli import main

GOOD = "全县有危房15224户，其中建档立卡贫困户8888户。\n"


@pytest.fixture(autouse=True)
def _in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("deep/er").mkdir(parents=True)
    for name in ("b.txt", "a.txt", "deep/d.txt", "deep/er/c.txt", "deep/er/e.md"):
        Path(name).write_text(GOOD, "utf-8")


def audited(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    main(["check", "--format=json", *arguments])
    return [document["path"] for document in json.loads(capsys.readouterr().out)["documents"]]


def test_patterns_are_sorted_and_paths_keep_their_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert audited(capsys, "*.txt") == ["a.txt", "b.txt"]
    assert audited(capsys, "deep/**/*.txt", "b.txt", "*.txt") == ["deep/d.txt", "deep/er/c.txt", "b.txt", "a.txt"]
    assert audited(capsys, "./a.txt", "a.txt", "deep/../a.txt") == ["a.txt"]


def test_a_pattern_that_matches_nothing_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "*.docx"]) == 2
    assert "*.docx 未审计" in capsys.readouterr().out


def test_a_name_with_pattern_characters_is_a_name(capsys: pytest.CaptureFixture[str]) -> None:
    Path("报告[1].txt").write_text(GOOD, "utf-8")
    assert audited(capsys, "报告[1].txt") == ["报告[1].txt"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\0"])
def test_a_list_of_files(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, end: str) -> None:
    listed = end.join(["deep/d.txt", "a.txt", ""]).encode()
    Path("list").write_bytes(listed)
    assert audited(capsys, "--files-from", "list") == ["a.txt", "deep/d.txt"]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(listed)))
    assert audited(capsys, "--files-from=-", "b.txt") == ["b.txt", "a.txt", "deep/d.txt"]


def test_an_empty_list_is_no_document_and_a_missing_one_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    Path("list").touch()
    assert main(["check", "--files-from", "list"]) == 0
    assert main(["check", "--files-from", "none"]) == 2
    assert capsys.readouterr().err.startswith("错误: none: 无法读取")


# ---------------------------------------------------------------- git


def git(*arguments: str) -> None:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *identity, *arguments], check=True, capture_output=True)


@pytest.fixture
def repository() -> None:
    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "one")
    git("tag", "one")


def test_changed_and_new_documents(capsys: pytest.CaptureFixture[str], repository: None) -> None:
    assert audited(capsys, "--changed-since", "one") == []
    Path("a.txt").write_text(GOOD * 2, "utf-8")
    Path("deep/新增.txt").write_text(GOOD, "utf-8")
    Path("b.txt").unlink()
    Path("ignored.txt").write_text(GOOD, "utf-8")
    Path(".gitignore").write_text("ignored.txt\n")
    assert audited(capsys, "--changed-since", "one") == ["a.txt", "deep/新增.txt"]
    assert audited(capsys, "--changed-since", "one", "deep") == ["deep/新增.txt"]
    git("add", "-A")
    git("commit", "-qm", "two")
    assert audited(capsys, "--changed-since", "HEAD~1") == ["a.txt", "deep/新增.txt"]


def test_only_what_this_branch_changed(capsys: pytest.CaptureFixture[str], repository: None) -> None:
    git("checkout", "-qb", "topic")
    Path("a.txt").write_text(GOOD * 2, "utf-8")
    git("commit", "-qam", "mine")
    git("checkout", "-qb", "other", "one")
    Path("b.txt").write_text(GOOD * 2, "utf-8")
    git("commit", "-qam", "theirs")
    git("checkout", "-q", "topic")
    assert audited(capsys, "--changed-since", "other") == ["a.txt"]


def test_from_a_folder_of_the_repository(
    capsys: pytest.CaptureFixture[str], repository: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("a.txt").write_text(GOOD * 2, "utf-8")
    Path("deep/d.txt").write_text(GOOD * 2, "utf-8")
    monkeypatch.chdir("deep")
    assert audited(capsys, "--changed-since", "one") == ["d.txt"]


@pytest.mark.parametrize("revision", ["nowhere", "--output=x", ""])
def test_a_revision_that_is_none(capsys: pytest.CaptureFixture[str], repository: None, revision: str) -> None:
    assert main(["check", f"--changed-since={revision}"]) == 2
    errors = capsys.readouterr().err
    assert errors.startswith("错误: ")
    assert len(errors.splitlines()) == 1


def test_outside_a_repository_and_without_git(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(Path.cwd().parent))
    assert main(["check", "--changed-since=HEAD"]) == 2
    monkeypatch.setenv("PATH", "")
    assert main(["check", "--changed-since=HEAD"]) == 2
    errors = capsys.readouterr().err.splitlines()
    assert len(errors) == 2
    assert "没有找到这个命令" in errors[1]
