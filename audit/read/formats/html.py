"""Web pages."""

from __future__ import annotations

import hashlib

from audit.document import Document
from audit.read.compose import compose
from audit.read.decode import decode
from audit.read.format import Format
from audit.read.limits import DEFAULT, Limits


def read(path: str, data: bytes, limits: Limits = DEFAULT) -> Document:  # noqa: ARG001
    """The document that a browser shows without scripts; raises ReadError."""
    from audit.read.web.page import Page

    page = Page()
    page.feed(decode(path, data))
    page.close()
    return compose(path, hashlib.sha256(data).hexdigest(), "text/html", page.drafts)


FORMAT = Format("HTML", (".html", ".htm", ".xhtml"), "text/html", read, apart=True)
