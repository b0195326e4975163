"""Web pages."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace

from audit.document import Document, Skipped
from audit.read.compose import compose
from audit.read.decode import decode
from audit.read.error import ReadError
from audit.read.format import Format
from audit.read.limits import DEFAULT, Limits

_HEAD = 4096
_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?([\w-]+)", re.IGNORECASE | re.ASCII)


def read(path: str, data: bytes, limits: Limits = DEFAULT) -> Document:  # noqa: ARG001
    """The document that a browser shows without running scripts, with a skip for text that could not be read.

    Raises ReadError.
    """
    from audit.read.web.page import TooDeepError, read_page

    try:
        drafts, left_out = read_page(decode(path, data, _declared(data)))
    except TooDeepError:
        raise ReadError(
            path,
            "标签嵌套过深，不像供人阅读的网页，可能是恶意文件，未审计；请用浏览器打开核对后另存",
            "its tags are nested deeper than in any page made to be read; it may be hostile, open it in a browser",
        ) from None
    document = compose(path, hashlib.sha256(data).hexdigest(), "text/html", drafts)
    if left_out is None:
        return document
    line, count = left_out
    skipped = Skipped(
        path,
        f"第{line}行起有{count}个字符没有读出（标记没有写完或文件被截断），未审计；请核对源文件，或用浏览器打开后另存",
        f"{count} characters from line {line} on could not be read (a tag is not closed, or the file is cut short) and "
        "were not audited; check the source, or open it in a browser and save it again",
    )
    return replace(document, unread=(skipped,))


def _declared(data: bytes) -> str:
    """The encoding that a page names at its head, "" for none."""
    found = _CHARSET.search(data, 0, _HEAD)
    return found[1].decode() if found else ""


FORMAT = Format("HTML", (".html", ".htm", ".xhtml"), "text/html", read, apart=True)
