"""The package of a Word document: bytes -> python-docx's document, and its parts -> paragraphs and tables."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from audit.read.compose import Draft, Passage, TableDraft
from audit.read.error import ReadError
from audit.read.word.inline import W
from audit.read.word.numbering import read_numbering
from audit.read.word.walk import Walker, read_styles

_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def open_package(path: str, data: bytes) -> Any:
    """The python-docx document; raises ReadError where the file is none or is damaged."""
    import docx

    try:
        return docx.Document(io.BytesIO(data))
    except Exception as error:  # python-docx lets through whatever its parsers raise
        detail = " ".join(str(error).split())[:80] or type(error).__name__
        raise ReadError(
            path,
            f"不是完整的 Word 文档（{detail}），文件可能已损坏或扩展名不对，请用 Word 打开后另存为 .docx",
            f"is no complete Word document ({detail}); open it in Word and save it as .docx again",
        ) from None


def drafts_of(document: Any) -> Iterator[Draft]:
    """The body's paragraphs and tables in order, notes behind it, then headers and footers, each text once."""
    part = document.part
    notes = {
        (kind, note.get(W + "id", "")): note
        for kind in ("footnote", "endnote")
        for note in _roots(part, f"{kind}s", f"{W}{kind}")
        if note.get(W + "type") in (None, "normal")
    }
    numbering = next((_root(each) for each in _related(part, "numbering")), None)
    styles = next((_root(each) for each in _related(part, "styles")), None)
    walker = Walker(read_styles(styles), read_numbering(numbering), notes)
    yield from walker.body(document.element.body)
    said: set[str] = set()
    for kind, name in (("header", "页眉"), ("footer", "页脚")):
        for number, each in enumerate(_related(part, kind), 1):
            for draft in walker.part(_root(each), f"{name}{number}"):
                text = _text(draft)
                if text not in said and any(not c.isnumeric() and c.isalpha() for c in text):
                    said.add(text)
                    yield draft


def _text(draft: Draft) -> str:
    if isinstance(draft, Passage):
        return draft.text.strip()
    assert isinstance(draft, TableDraft)
    return "|".join(cell.text.strip() for row in draft.rows for cell in row)


def _related(part: Any, kind: str) -> list[Any]:
    related = (each for each in part.rels.values() if each.reltype == _RELATION + kind and not each.is_external)
    return sorted((each.target_part for each in related), key=lambda target: str(target.partname))


def _roots(part: Any, kind: str, tag: str) -> Iterator[Any]:
    for each in _related(part, kind):
        yield from _root(each).iterfind(tag)


def _root(part: Any) -> Any:
    """The root element of a part; python-docx parses those that it knows, the others are parsed by its parser."""
    from docx.oxml import parse_xml

    element = getattr(part, "element", None)
    return parse_xml(part.blob) if element is None else element
