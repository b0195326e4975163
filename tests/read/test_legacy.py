"""Old Word documents, through LibreOffice where there is one."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from audit.read import ReadError, read_source
from audit.read.limits import Limits
from audit.read.worker import stop
from tests.read.word_files import cell, package, paragraph, table

BODY = (
    paragraph("共投入15.7亿元。") + table(cell("合计") + cell("15.7"), cell("财政") + cell("10")) + paragraph("末段。")
)
installed = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


def old(tmp_path: Path, suffix: str) -> Path:
    (tmp_path / "a.docx").write_bytes(package(BODY))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    arguments = ["soffice", profile, "--headless", "--convert-to", suffix, "--outdir", str(tmp_path)]
    subprocess.run([*arguments, str(tmp_path / "a.docx")], capture_output=True, timeout=180, check=True)
    return tmp_path / f"a.{suffix}"


@installed
@pytest.mark.parametrize(("made", "named"), [("doc", "doc"), ("doc", "wps"), ("rtf", "rtf")])
def test_old_documents_read_like_new_ones(made: str, named: str, tmp_path: Path) -> None:
    path = old(tmp_path, made).rename(tmp_path / f"b.{named}")
    document = read_source(path)
    assert document.text == read_source(tmp_path / "a.docx").text
    assert document.path == str(path)


@installed
def test_time_is_limited(tmp_path: Path) -> None:
    path = old(tmp_path, "doc")
    with pytest.raises(ReadError, match=r"LibreOffice|时限"):
        read_source(path, Limits(seconds=1))


def test_without_libreoffice_the_user_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    stop()  # the reading process has the PATH that it was started with
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ReadError, match=r"需要安装 LibreOffice.*另存为 \.docx"):
        read_source(tmp_path / "a.doc")
    stop()
