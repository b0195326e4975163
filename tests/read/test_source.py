"""Paths become sources, and sources documents; whatever cannot be read says what, where and how to mend it."""

from __future__ import annotations

import hashlib
import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from audit.read import ReadError, Source, find_sources, read_source, read_text
from audit.read.format import formats


def names(paths: list[str | Path]) -> list[str]:
    return [source.path for source in find_sources(paths)]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("b.txt", "a.md", "sub/c.TXT", "sub/d.yaml", ".hidden.txt", ".git/e.txt", "~$b.txt"):
        file = tmp_path / "reports" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("共10户。", "utf-8")
    return tmp_path


def test_folders_give_their_documents_in_order(folder: Path) -> None:
    assert names(["reports"]) == ["reports/a.md", "reports/b.txt", "reports/sub/c.TXT"]
    assert names(["reports/"]) == names(["reports"])


def test_each_document_comes_once_in_the_order_given(folder: Path) -> None:
    assert names(["reports/b.txt", "reports", "-", "reports/b.txt"]) == [
        "reports/b.txt",
        "reports/a.md",
        "reports/sub/c.TXT",
        "-",
    ]


def test_missing_paths_and_empty_folders_stay_to_be_reported(folder: Path) -> None:
    (folder / "empty").mkdir()
    assert names(["nowhere.txt", "empty"]) == ["nowhere.txt", "empty"]


def test_ignore_files_leave_documents_out(folder: Path) -> None:
    (folder / "reports" / ".figure-audit-ignore").write_text("# comment\n\nsub/\n*.md\n!a.md\n", "utf-8")
    assert names(["reports"]) == ["reports/a.md", "reports/b.txt"]
    assert names(["reports/sub"]) == ["reports/sub/c.TXT"]  # what is named is read
    (folder / "reports" / "sub" / ".figure-audit-ignore").write_text("c.*\n", "utf-8")
    assert names(["reports/sub"]) == ["reports/sub"]


@pytest.mark.parametrize(
    ("pattern", "left"),
    [
        ("b.txt", ["a.md", "sub/c.TXT"]),
        ("/b.txt", ["a.md", "sub/c.TXT"]),
        ("c.TXT", ["a.md", "b.txt"]),
        ("/c.TXT", ["a.md", "b.txt", "sub/c.TXT"]),
        ("sub/*", ["a.md", "b.txt"]),
        ("b.txt/", ["a.md", "b.txt", "sub/c.TXT"]),
        ("[ab].*", ["sub/c.TXT"]),
    ],
)
def test_patterns_of_ignore_files(folder: Path, pattern: str, left: list[str]) -> None:
    (folder / "reports" / ".figure-audit-ignore").write_text(pattern, "utf-8")
    assert names(["reports"]) == [f"reports/{name}" for name in left]


def test_links_to_folders_are_not_followed(folder: Path) -> None:
    (folder / "reports" / "loop").symlink_to(folder / "reports", target_is_directory=True)
    assert len(names(["reports"])) == 3


def test_a_document_keeps_its_bytes_and_text(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes("\ufeff# 题\r\n共10户。\r\n".encode())
    document = read_source(file)
    assert document.text == "# 题\r\n共10户。\r\n"
    assert document.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert document.media_type == "text/markdown"
    assert document.path == str(file)
    assert read_source(Source(str(file))) == document


def test_standard_input_is_plain_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("共10户。".encode("gbk"))))
    assert read_source("-").text == "共10户。"


def test_a_file_without_suffix_is_plain_text(tmp_path: Path) -> None:
    (tmp_path / "report").write_text("共10户。", "utf-8")
    assert read_source(tmp_path / "report").media_type == "text/plain"


def refusal(path: str | Path) -> ReadError:
    with pytest.raises(ReadError) as caught:
        read_source(path)
    assert caught.value.path == str(path)
    assert caught.value.reason_en
    return caught.value


def test_what_cannot_be_read_says_why(tmp_path: Path) -> None:
    assert "找不到" in refusal(tmp_path / "no.txt").reason
    assert "文件夹里没有" in refusal(tmp_path).reason
    (tmp_path / "a.yaml").write_text("a: 1")
    assert ".yaml" in refusal(tmp_path / "a.yaml").reason
    (tmp_path / "blank.txt").write_text(" \n\u3000\n", "utf-8")
    assert "没有文字" in refusal(tmp_path / "blank.txt").reason
    (tmp_path / "empty.md").touch()
    assert "空" in refusal(tmp_path / "empty.md").reason


@pytest.mark.parametrize(
    ("error", "named"), [(PermissionError(13, "denied"), "权限"), (OSError(5, "I/O error"), "I/O")]
)
def test_a_file_that_the_system_refuses_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, named: str
) -> None:
    def refuse(file: Path) -> bytes:
        raise error

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert named in refusal(tmp_path / "a.txt").reason


def test_a_text_is_a_document() -> None:
    document = read_text("共10户。")
    assert (document.path, document.text) == ("-", "共10户。")
    with pytest.raises(ReadError):
        read_text("  \n")


def test_every_format_is_reached_by_its_suffixes() -> None:
    assert {".txt", ".md"} <= set(formats())
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in formats())


def test_the_programs_own_reports_are_no_documents_of_a_folder(tmp_path: Path) -> None:
    from audit.cli.entry import main

    (tmp_path / "a.html").write_text("<p>贫困发生率由15.2%下降到19.7%。</p>", encoding="utf-8")
    outputs = ["--html", str(tmp_path / "b.html"), "--xlsx", str(tmp_path / "c.xlsx")]
    main(["check", str(tmp_path / "a.html"), "--no-config", "--quiet", *outputs])
    (tmp_path / "d.xlsx").write_bytes(b"PK")
    assert [Path(source.path).name for source in find_sources([tmp_path])] == ["a.html", "d.xlsx"]
    assert [Path(source.path).name for source in find_sources([tmp_path / "b.html"])] == ["b.html"]


def test_a_folder_or_a_link_that_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "nowhere.txt")
    (tmp_path / "shut").mkdir()
    (tmp_path / "shut" / "b.txt").write_text("3户", "utf-8")
    opened = os.scandir

    def refuse(path: str) -> Iterator[os.DirEntry[str]]:
        if str(path).endswith("shut"):
            raise PermissionError(13, "Permission denied")
        return opened(path)

    monkeypatch.setattr(os, "scandir", refuse)
    monkeypatch.setattr(os, "access", lambda path, _: not str(path).endswith("shut"))
    sources = find_sources([tmp_path])
    assert [os.path.basename(source.path) for source in sources] == ["a.txt", "shut"]
    told = []
    for source in sources:
        with pytest.raises(ReadError) as caught:
            read_source(source)
        told.append(caught.value.reason_en)
    assert told == [
        "the link leads nowhere; check where it points",
        "permission denied; check the folder's permissions",
    ]
