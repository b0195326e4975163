# mypy: disable-error-code="import-untyped"
"""Comments at the cells of a copy of a workbook; a cell's own comment is kept above the note."""

from __future__ import annotations

import io
from collections.abc import Sequence

from audit.annotate.note import Note, Signature
from audit.read.compose import compose_with_sources
from audit.read.sheet.grid import column_name, drafts_of
from audit.read.sheet.workbook import open_xlsx, sheets_of_xlsx

_LONGEST = 30_000
_WIDTH, _LINE, _IN_LINE = 320, 18, 22


def write(path: str, data: bytes, notes: Sequence[Note], signature: Signature) -> bytes:
    """The workbook with a comment for each note, formulas kept; raises ReadError."""
    from openpyxl.comments import Comment

    sheets, _ = sheets_of_xlsx(path, data)
    _, laid = compose_with_sources(path, "", "", (draft for sheet in sheets for draft in drafts_of(sheet)))
    book = open_xlsx(path, data, formulas=True)
    for note in notes:
        source = next((item.source for span, item in laid if span.overlaps(note.span)), None)
        # A sheet's name stands in the text too, and has no cell.
        name, row, column = source if isinstance(source, tuple) else (book.worksheets[0].title, 1, 1)
        cell = book[name][f"{column_name(column)}{row}"]
        own = f"{cell.comment.text}\n" if cell.comment is not None else ""
        text = (own + note.text)[:_LONGEST]
        lines = sum(1 + len(line) // _IN_LINE for line in text.split("\n"))
        cell.comment = Comment(text, signature.author, height=_LINE * (lines + 1), width=_WIDTH)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
