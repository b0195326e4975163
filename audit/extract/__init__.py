"""Claims out of a document's text: extract(document) -> Extraction."""

from __future__ import annotations

import re
from itertools import zip_longest

from audit.claim import Claim, Extraction, Rejected
from audit.document import Document
from audit.extract.ledger import Ledger
from audit.extract.pattern import goes_on
from audit.extract.prose import read_prose
from audit.extract.table import Tables
from audit.extract.unbroken import Unbroken

_PARAGRAPH = re.compile(r"[^\r\n]+")


def extract(document: Document) -> Extraction:
    """Every numeric claim of the document, and the numbers in it that state no quantity with the reason.

    Both are in text order and disjoint. A figure does not reach over the end of its block, unless one block ends with a
    number and the next begins with its unit; without blocks every line is one.
    """
    unbroken = Unbroken(document)
    found = _extract(unbroken.document)
    if unbroken.document is document:
        return found
    return Extraction(tuple(map(unbroken.claim, found.claims)), tuple(map(unbroken.rejected, found.rejected)))


def _extract(document: Document) -> Extraction:
    ledger = Ledger(document.plain, document.text)
    if not document.blocks:
        for line in _PARAGRAPH.finditer(document.plain):
            read_prose(ledger, *line.span())
    tables = Tables(document) if any(block.table for block in document.blocks) else None
    start = None
    for block, following in zip_longest(document.blocks, document.blocks[1:]):
        if block.table is not None and tables is not None:
            tables.read(ledger, block.table)
            continue
        start = block.span.start if start is None else start
        if following and not following.table and goes_on(document.plain, block.span.end, following.span.start):
            continue
        read_prose(ledger, start, block.span.end)
        start = None
    return Extraction(tuple(ledger.claims), tuple(ledger.rejected))


__all__ = ["Claim", "Extraction", "Rejected", "Unbroken", "extract"]
