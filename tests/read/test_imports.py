"""A text is read without the libraries that other formats need."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PARSERS = {"docx", "lxml", "openpyxl", "pdfplumber", "pdfminer", "pypdfium2", "python_calamine", "xlrd"}


def test_a_text_needs_no_parser(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("投入1亿元。", encoding="utf-8")
    code = "import sys; from audit.read import read_source; read_source(sys.argv[1]); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path / "a.txt")], capture_output=True, check=True)
    assert not PARSERS & set(done.stdout.decode().split())
