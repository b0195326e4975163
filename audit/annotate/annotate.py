"""A document's bytes and its audit -> the bytes of a copy with notes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath

from audit.annotate.note import SIGNATURE, Lang, Note, Signature, left_out, notes_of
from audit.read.error import ReadError
from audit.report import Audit
from audit.span import Span

MOST = 500
"""How many notes a document gets unless told otherwise: Word grows slow with more."""

Writer = Callable[[str, bytes, Sequence[Note], Signature], bytes]
_WRITERS = {".docx": "word", ".pdf": "pdf", ".xlsx": "excel", ".xlsm": "excel"}


@dataclass(frozen=True, slots=True)
class Annotated:
    """The copy, how many notes it got, and how many it did not get."""

    content: bytes
    notes: int
    left_out: int


def annotate(
    audit: Audit, data: bytes, *, signature: Signature = SIGNATURE, most: int = MOST, lang: Lang = "zh"
) -> Annotated:
    """A copy of the audited document with a note at each finding, its text and formatting as they were.

    `data` are the bytes that were audited. Beyond `most` notes one more says how many there are not. Raises ReadError
    where the file has changed since, or where its format takes no notes.
    """
    document = audit.document
    suffix = PurePath(document.path).suffix.lower()
    if suffix not in _WRITERS:
        raise ReadError(
            document.path,
            f"不能在 {suffix or '这种'} 文件里写批注（支持 {' '.join(sorted(_WRITERS))}），请先另存为其中一种",
            f"no notes can be written into {suffix or 'such'} files (only {' '.join(sorted(_WRITERS))})",
        )
    if hashlib.sha256(data).hexdigest() != document.sha256:
        raise ReadError(
            document.path, "文件在审计之后改动过，请重新运行", "the file has changed since it was audited; run again"
        )
    notes = notes_of(audit.findings, lang)
    written = notes[:most]
    more = len(notes) - len(written)
    if more:
        start = next((block.span.start for block in document.blocks), 0)
        written = (Note(Span(start, start + 1), left_out(more, lang)), *written)
    write: Writer = import_module(f"audit.annotate.{_WRITERS[suffix]}").write
    return Annotated(write(document.path, data, written, signature), len(notes) - more, more)
