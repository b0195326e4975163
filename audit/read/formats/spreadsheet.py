"""Workbooks of older and other programs, read only: .xls, .xlsb, .ods."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import PurePath

from audit.document import Document, Skipped
from audit.read.compose import compose
from audit.read.format import Format
from audit.read.limits import DEFAULT, Limits

_MEDIA_TYPE = "application/vnd.ms-excel"


def read(path: str, data: bytes, limits: Limits = DEFAULT) -> Document:
    """What the sheets show, with a skip where number formats and hidden rows cannot be told; raises ReadError."""
    from audit.read.sheet.grid import drafts_of
    from audit.read.sheet.others import sheets_of_others

    sheets, fault = sheets_of_others(path, PurePath(path).suffix.lower(), data, limits)
    drafts = (draft for sheet in sheets for draft in drafts_of(sheet))
    document = compose(path, hashlib.sha256(data).hexdigest(), _MEDIA_TYPE, drafts)
    if not fault:
        return document
    skipped = Skipped(
        path,
        f"数字格式和隐藏的行、列没有读出（{fault}），只按保存的数值审计；请用 Excel 打开后另存为 .xlsx 再审计",
        f"number formats and hidden rows could not be read ({fault}), the numbers were audited as stored; "
        "open the file in Excel and save it as .xlsx",
    )
    return replace(document, unread=(skipped,))


FORMAT = Format("workbook", (".xls", ".xlsb", ".ods"), _MEDIA_TYPE, read, apart=True)
