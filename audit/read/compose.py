"""Paragraphs and tables as a format holds them -> Document: their text laid out, with blocks, cells and places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from audit.document import Block, BlockKind, Cell, Document, Table
from audit.read.error import ReadError
from audit.read.layout import Piece, blocks_of, breaks_off, read_lines
from audit.span import Span

_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
UNPRINTED = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
"""Soft hyphens and marks of no width, which are for the typesetter alone; readers leave them out."""
_BREAK = re.compile(r"[\r\n\v\f\u0085\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph: its text, the place an auditor finds it at, and what the format says it is.

    `level` is that of a heading, 0 where the format does not call it one. `source` is where the format keeps the text:
    whoever writes into the document again finds it there, character for character.
    """

    text: str
    place: str = ""
    kind: BlockKind | None = None
    level: int = 0
    source: object = None


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell of a table, rows and columns counted from 0; a merged cell stands once, where it begins."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    place: str = ""
    source: object = None


@dataclass(frozen=True, slots=True)
class TableDraft:
    """A table, its rows in order."""

    rows: tuple[tuple[TableCell, ...], ...]


Draft = Passage | TableDraft
Laid = tuple[Span, Passage | TableCell]


@dataclass(slots=True)
class _Page:
    """The text written so far, and what stands where in it."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    laid: list[Laid] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    said: list[Passage | None] = field(default_factory=list)

    def write(self, text: str) -> Span:
        span = Span(self.length, self.length + len(text))
        self.parts.append(text)
        self.length = span.end
        return span


def compose(path: str, sha256: str, media_type: str, drafts: Iterable[Draft]) -> Document:
    """The document of these paragraphs and tables; raises ReadError where they hold no text."""
    return compose_with_sources(path, sha256, media_type, drafts)[0]


def compose_with_sources(
    path: str, sha256: str, media_type: str, drafts: Iterable[Draft]
) -> tuple[Document, tuple[Laid, ...]]:
    """The document, and the passages and cells it was made of with their spans in its text.

    Characters are kept one for one, so that offsets into a passage are offsets into its span.
    """
    page = _Page()
    for draft in drafts:
        if isinstance(draft, Passage):
            _write_passage(draft, page)
        else:
            _write_table(draft, page)
    if not page.pieces:
        raise ReadError(
            path,
            "文件里没有文字，请确认导出或复制时内容没有丢失；如为扫描件，请先做文字识别（OCR）",
            "there is no text in it; check that nothing was lost when it was exported, and run OCR on scanned pages",
        )
    blocks = tuple(_as_said(block, passage) for block, passage in zip(blocks_of(page.pieces), page.said, strict=True))
    places = tuple((span, item.place) for span, item in page.laid if item.place)
    return Document(path, "".join(page.parts), sha256, blocks, media_type, places), tuple(page.laid)


def _as_said(block: Block, passage: Passage | None) -> Block:
    """The block, of the kind that the format gives it; numbers decide the level of headings before styles do."""
    if passage is None or block.kind is BlockKind.HEADING:
        return block
    if passage.kind is not None:
        return Block(passage.kind, block.span, passage.level, block.table)
    if passage.level and block.kind is BlockKind.PARAGRAPH:
        return Block(BlockKind.HEADING, block.span, passage.level)
    return block


def _write_passage(passage: Passage, page: _Page) -> None:
    text = _CONTROL.sub(" ", passage.text)
    if not text.strip():
        return
    span = page.write(text)
    page.write("\n")
    page.laid.append((span, passage))
    lines = [
        replace(line, span=Span(span.start + line.span.start, span.start + line.span.end))
        for line in read_lines(text, Span(0, len(text)))
    ]
    start = 0
    for at, line in enumerate(lines):
        # A line broken by hand goes on in the next one only where its sentence does.
        if at + 1 == len(lines) or not breaks_off(line.text):
            page.pieces.append(tuple(lines[start : at + 1]))
            page.said.append(passage)
            start = at + 1


def _write_table(table: TableDraft, page: _Page) -> None:
    """Writes a table's rows; one without a second column only frames its text, which is written as paragraphs."""
    rows = [row for row in table.rows if row]
    width = max((cell.column + cell.column_span for row in rows for cell in row), default=0)
    if max(map(len, rows), default=0) < 2:
        for cell in (cell for row in rows for cell in row):
            _write_passage(Passage(cell.text, cell.place, source=cell.source), page)
        return
    if not any(cell.text.strip() for row in rows for cell in row):
        return
    start = page.length
    written = tuple(_write_row(row, width, page) for row in table.rows)
    page.pieces.append(Table(Span(start, page.length - 1), written))
    page.said.append(None)


def _write_row(row: Sequence[TableCell], width: int, page: _Page) -> tuple[Cell, ...]:
    """One row between bars, an empty place for every column that a merged cell covers."""
    cells: list[Cell] = []
    page.write("|")
    column = 0
    for cell in row:
        page.write(" |" * (cell.column - column) + " ")
        text = _BREAK.sub(" ", _CONTROL.sub(" ", cell.text))
        whole = page.write(text)
        page.write(" |")
        said = text.strip()
        first = whole.start + (len(text) - len(text.lstrip()) if said else 0)
        cells.append(Cell(Span(first, first + len(said)), cell.row, cell.column, cell.row_span, cell.column_span))
        if said:
            page.laid.append((whole, cell))
        column = cell.column + 1
    page.write(" |" * (width - column) + "\n")
    return tuple(cells)
