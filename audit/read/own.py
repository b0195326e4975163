"""Which files are this program's own reports: found in a folder, they are no documents to audit."""

from __future__ import annotations

import os

_HEAD = 4096
_HTML = b'<meta name="generator" content="figure-audit '
_EXCEL = b"<dc:creator>figure-audit</dc:creator>"
_PROPERTIES = "docProps/core.xml"


def is_own_report(path: str) -> bool:
    """Whether a file is an HTML report or a working paper that figure-audit wrote; False where it cannot be read."""
    suffix = os.path.splitext(path)[1].lower()
    try:
        if suffix == ".html":
            with open(path, "rb") as file:
                return _HTML in file.read(_HEAD)
        if suffix == ".xlsx":
            return _is_working_paper(path)
    except OSError:
        return False
    return False


def _is_working_paper(path: str) -> bool:
    import zipfile

    try:
        with zipfile.ZipFile(path) as archive, archive.open(_PROPERTIES) as properties:
            return _EXCEL in properties.read(_HEAD)
    except (zipfile.BadZipFile, KeyError, RuntimeError, ValueError, EOFError, NotImplementedError):
        return False
