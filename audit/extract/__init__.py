"""Claims out of a document's text: extract(document) -> Extraction."""

from __future__ import annotations

from audit.claim import Claim, Extraction, Rejected
from audit.document import Document
from audit.extract.assemble import assemble
from audit.extract.scan import scan


def extract(document: Document) -> Extraction:
    """Every numeric claim of the document, and the numbers in it that state no quantity with the reason."""
    tokens, rejected = scan(document.text)
    claims, more = assemble(document, tokens)
    return Extraction(tuple(claims), tuple(sorted([*rejected, *more], key=lambda r: r.span)))


__all__ = ["Claim", "Extraction", "Rejected", "extract"]
