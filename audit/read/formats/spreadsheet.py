"""Workbooks of older and other programs, read only: .xls, .xlsb, .ods."""

from __future__ import annotations

import hashlib

from audit.document import Document
from audit.read.compose import compose
from audit.read.format import Format
from audit.read.limits import DEFAULT, Limits

_MEDIA_TYPE = "application/vnd.ms-excel"


def read(path: str, data: bytes, limits: Limits = DEFAULT) -> Document:  # noqa: ARG001
    """What the sheets hold; numbers have no format here, so that all their digits are shown; raises ReadError."""
    from audit.read.sheet.grid import drafts_of
    from audit.read.sheet.workbook import sheets_of_others

    drafts = (draft for sheet in sheets_of_others(path, data) for draft in drafts_of(sheet))
    return compose(path, hashlib.sha256(data).hexdigest(), _MEDIA_TYPE, drafts)


FORMAT = Format("workbook", (".xls", ".xlsb", ".ods"), _MEDIA_TYPE, read, apart=True)
