"""Whether an old Office file, a compound file of streams, is encrypted ([MS-DOC] 2.5.2, [MS-XLS] 2.4.117)."""

from __future__ import annotations

import io
import struct

_DOCUMENT, _BOOKS = "WordDocument", ("Workbook", "Book")
_FLAGS_AT, _ENCRYPTED = 10, 0x0100
_FILE_PASS, _END = 0x2F, 0x0A


def is_encrypted(data: bytes) -> bool:
    """Whether a .doc or .xls wants a password; False also for what cannot be read, which its own reader tells."""
    from xlrd.compdoc import CompDoc

    try:
        streams = CompDoc(data, logfile=io.StringIO(), ignore_workbook_corruption=True)
        document = streams.get_named_stream(_DOCUMENT)
        if document is not None:
            return bool(struct.unpack_from("<H", document, _FLAGS_AT)[0] & _ENCRYPTED)
        book = next(filter(None, map(streams.get_named_stream, _BOOKS)), b"")
        return _has_password(book)
    except MemoryError:
        raise
    except Exception:  # the parser lets through whatever goes wrong inside
        return False


def _has_password(book: bytes) -> bool:
    """Whether one of the first records of a workbook, those of the workbook as a whole, is that of a password."""
    at = 0
    while at + 4 <= len(book):
        kind, size = struct.unpack_from("<HH", book, at)
        if kind in (_FILE_PASS, _END):
            return bool(kind == _FILE_PASS)
        at += 4 + size
    return False
