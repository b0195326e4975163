"""Text formats: bytes -> Document, with the blocks found in the text."""

from __future__ import annotations

import hashlib

from audit.document import Document
from audit.plain import plain
from audit.read.decode import decode
from audit.read.error import ReadError
from audit.read.format import Read
from audit.read.layout import lay_out
from audit.read.limits import DEFAULT, Limits


def text_reader(media_type: str) -> Read:
    """A `Format.read` for files that are text."""

    def read(path: str, data: bytes, limits: Limits = DEFAULT) -> Document:  # noqa: ARG001
        text = decode(path, data)
        return _document(path, text, hashlib.sha256(data).hexdigest(), media_type)

    return read


def read_text(text: str, path: str = "-") -> Document:
    """The document a text is, its sha256 that of the text in UTF-8; raises ReadError where there is none to audit."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return _document(path, text, digest, "text/plain")


def _document(path: str, text: str, sha256: str, media_type: str) -> Document:
    if not text.strip():
        raise ReadError(
            path,
            "文件里没有文字，请确认导出或复制时内容没有丢失",
            "there is no text in it; check that nothing was lost when it was exported or copied",
        )
    return Document(path, text, sha256, lay_out(plain(text)), media_type)
