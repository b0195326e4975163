"""Highlights in a PDF, each with its note; the pages' own contents stay as they are."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from audit.annotate.note import Note, Signature
from audit.read.compose import Laid, compose_with_sources
from audit.read.pdf.line import around
from audit.read.pdf.page import Box, frame_of
from audit.read.pdf.reader import drafts_of, open_pdf, read_pages
from audit.span import Span

_COLOUR = (255, 214, 0, 110)


def write(path: str, data: bytes, notes: Sequence[Note], signature: Signature) -> bytes:
    """The document with a highlight for each note; raises ReadError."""
    pdf = open_pdf(path, data)
    try:
        _, laid = compose_with_sources(path, "", "", drafts_of(read_pages(pdf)))
        pages: dict[int, Any] = {}
        for note in notes:
            boxes = _lines(_boxes(laid, note.span))
            for number in sorted({box.page for box in boxes}):
                page = pages.setdefault(number, pdf[number])
                _highlight(page, [box for box in boxes if box.page == number], note.text, signature)
        for page in pages.values():
            page.close()
        stream = io.BytesIO()
        pdf.save(stream)
        return stream.getvalue()
    finally:
        pdf.close()


def _boxes(laid: Sequence[Laid], span: Span) -> list[Box]:
    """The boxes of the characters that a span covers."""
    found: list[Box] = []
    for whole, item in laid:
        if whole.overlaps(span) and isinstance(item.source, tuple):
            covered = item.source[max(span.start - whole.start, 0) : span.end - whole.start]
            found += [box for box in covered if box is not None]
    return found


def _lines(boxes: Sequence[Box]) -> list[Box]:
    """One box for each line of type that the boxes stand in."""
    lines: list[list[Box]] = []
    for box in boxes:
        last = lines[-1][-1] if lines else None
        if last is not None and last.page == box.page and last.top < box.middle < last.bottom and box.left >= last.left:
            lines[-1].append(box)
        else:
            lines.append([box])
    return [around(line) for line in lines]


def _highlight(page: Any, boxes: Sequence[Box], text: str, signature: Signature) -> None:
    import pypdfium2.raw as pdfium

    frame = frame_of(page)
    quads = [(frame.own(box.left, box.top), frame.own(box.right, box.bottom)) for box in boxes]
    edges = [
        (min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])) for a, b in quads
    ]  # left, bottom, right, top
    annotation = pdfium.FPDFPage_CreateAnnot(page, pdfium.FPDF_ANNOT_HIGHLIGHT)
    try:
        for left, bottom, right, top in edges:
            quad = pdfium.FS_QUADPOINTSF(left, top, right, top, left, bottom, right, bottom)
            pdfium.FPDFAnnot_AppendAttachmentPoints(annotation, quad)
        around_all = pdfium.FS_RECTF(
            left=min(edge[0] for edge in edges),
            bottom=min(edge[1] for edge in edges),
            right=max(edge[2] for edge in edges),
            top=max(edge[3] for edge in edges),
        )
        pdfium.FPDFAnnot_SetRect(annotation, around_all)
        pdfium.FPDFAnnot_SetColor(annotation, pdfium.FPDFANNOT_COLORTYPE_Color, *_COLOUR)
        pdfium.FPDFAnnot_SetFlags(annotation, pdfium.FPDF_ANNOT_FLAG_PRINT)
        for key, value in ((b"Contents", text), (b"T", signature.author)):
            pdfium.FPDFAnnot_SetStringValue(annotation, key, _wide(value))
    finally:
        pdfium.FPDFPage_CloseAnnot(annotation)


def _wide(text: str) -> Any:
    """The text as pdfium takes it: UTF-16 with a zero behind it."""
    import ctypes

    import pypdfium2.raw as pdfium

    encoded = text.encode("utf-16-le") + b"\0\0"
    return ctypes.cast(ctypes.create_string_buffer(encoded, len(encoded)), pdfium.FPDF_WIDESTRING)
