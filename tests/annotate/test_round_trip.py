"""An annotated document opened by another program says what the original says."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from audit.annotate import Signature
from audit.annotate.note import Note
from audit.annotate.word import write
from audit.read.formats.docx import read
from audit.span import Span
from tests.annotate.test_word import BODIES
from tests.read.word_files import package, paragraph

pytestmark = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


def in_libreoffice(path: Path, form: str) -> str:
    profile = f"-env:UserInstallation=file://{path.parent}/profile"
    arguments = ["soffice", profile, "--headless", "--convert-to", form, "--outdir"]
    subprocess.run([*arguments, str(path.parent), str(path)], capture_output=True, timeout=180, check=True)
    return path.with_suffix(f".{form.partition(':')[0]}").read_text("utf-8-sig")


def text_in_libreoffice(path: Path) -> str:
    return in_libreoffice(path, "txt:Text (encoded):UTF8")


def test_libreoffice_reads_the_same_text(tmp_path: Path) -> None:
    # LibreOffice 7.4 drops the text before a comment in a content control of whole paragraphs; Word shows it.
    bodies = [body for name, body in BODIES.items() if name != "in a content control"]
    before = package("".join(bodies) + paragraph("末段。"))
    text = read("a.docx", before).text
    notes = [Note(Span(m.start(), m.end()), "核对") for m in re.finditer("15.7亿元", text)]
    after = write("a.docx", before, notes, Signature("审计组", "SJ"))
    (tmp_path / "before.docx").write_bytes(before)
    (tmp_path / "after.docx").write_bytes(after)
    original = text_in_libreoffice(tmp_path / "before.docx")
    # A paragraph mark that is marked as deleted still ends a line there; Word, with the changes taken, shows none.
    assert "".join(original.splitlines()).count("15.7亿元") == len(notes) == len(bodies)
    assert text_in_libreoffice(tmp_path / "after.docx") == original
    flat = in_libreoffice(tmp_path / "after.docx", "fodt")
    anchored = re.findall(r"<office:annotation .*?</office:annotation>(.*?)<office:annotation-end", flat, re.DOTALL)
    assert [re.sub(r"<[^>]+>|\s", "", each) for each in anchored] == ["15.7亿元"] * len(notes)
