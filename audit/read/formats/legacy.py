"""Documents of old word processors, read through LibreOffice: .doc, WPS Office's .wps, .rtf."""

from __future__ import annotations

import hashlib
from pathlib import PurePath

from audit.document import Document
from audit.read.compose import compose
from audit.read.format import Format
from audit.read.limits import DEFAULT, Limits

_MEDIA_TYPE = "application/msword"


def read(path: str, data: bytes, limits: Limits = DEFAULT) -> Document:
    """The document as it reads once LibreOffice has made a .docx of it; raises ReadError."""
    from audit.read.office import converted
    from audit.read.preflight import preflight
    from audit.read.word.package import drafts_of, open_package

    # WPS Office writes Word's own format under its suffix, which LibreOffice takes for that of Microsoft Works.
    suffix = ".rtf" if PurePath(path).suffix.lower() == ".rtf" else ".doc"
    word = converted(path, data, suffix, "docx", limits)
    preflight(path, ".docx", word, limits)
    return compose(path, hashlib.sha256(data).hexdigest(), _MEDIA_TYPE, drafts_of(open_package(path, word)))


FORMAT = Format("old Word", (".doc", ".wps", ".rtf"), _MEDIA_TYPE, read, apart=True)
