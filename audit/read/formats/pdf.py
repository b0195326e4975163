"""PDF files."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from audit.document import Document, Skipped
from audit.read.compose import compose
from audit.read.error import ReadError
from audit.read.format import Format
from audit.read.limits import DEFAULT, Limits

_SHOWN = 10


def read(path: str, data: bytes, limits: Limits = DEFAULT) -> Document:
    """The document, with a skip for pages whose text cannot be read; raises ReadError where no page can."""
    from audit.read.pdf.reader import drafts_of, open_pdf, read_pages, unread_pages

    pdf = open_pdf(path, data)
    try:
        if len(pdf) > limits.pages:
            raise ReadError(
                path,
                f"共有 {len(pdf)} 页，超过上限（pages），未审计；请拆分文件，或在配置中调高上限",
                f"{len(pdf)} pages are beyond the limit (pages); split the file or raise it in the configuration",
            )
        pages = read_pages(pdf)
    finally:
        pdf.close()
    unread = unread_pages(pages)
    if unread and len(unread) == sum(bool(page.chars) or page.unreadable for page in pages):
        raise ReadError(
            path,
            "没有可读的文字层（多为扫描件或缺少字符编码），请先做文字识别（OCR）或取得原始文档",
            "has no readable text (scanned, or without character codes); run OCR or get the original document",
        )
    document = compose(path, hashlib.sha256(data).hexdigest(), "application/pdf", drafts_of(pages))
    if not unread:
        return document
    numbers = "、".join(map(str, unread[:_SHOWN])) + ("等" if len(unread) > _SHOWN else "")
    skipped = Skipped(
        path,
        f"第{numbers}页（共{len(unread)}页）没有可读的文字，未审计；请做文字识别（OCR）后重试",
        f"{len(unread)} pages ({', '.join(map(str, unread[:_SHOWN]))}) have no readable text and were not audited; "
        "run OCR and try again",
    )
    return replace(document, unread=(skipped,))


FORMAT = Format("PDF", (".pdf",), "application/pdf", read, apart=True)
