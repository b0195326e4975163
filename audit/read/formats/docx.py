"""Word documents."""

from __future__ import annotations

import hashlib

from audit.document import Document
from audit.read.compose import compose
from audit.read.format import Format
from audit.read.limits import DEFAULT, Limits

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def read(path: str, data: bytes, limits: Limits = DEFAULT) -> Document:  # noqa: ARG001
    """The document as Word shows it; raises ReadError."""
    from audit.read.word.package import drafts_of, open_package

    return compose(path, hashlib.sha256(data).hexdigest(), MEDIA_TYPE, drafts_of(open_package(path, data)))


FORMAT = Format("Word", (".docx",), MEDIA_TYPE, read, apart=True)
