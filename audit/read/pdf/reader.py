"""A PDF's pages -> paragraphs and tables: ruled tables by their lines, the rest as the layout of a text is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median
from typing import Any

from audit.read.compose import Draft, Passage, TableCell, TableDraft
from audit.read.error import ReadError
from audit.read.layout import lay_out
from audit.read.pdf.flow import in_columns, without_running
from audit.read.pdf.line import Line, Text, joined, lines_of
from audit.read.pdf.page import Box, Char, Page, read_page
from audit.read.pdf.ruled import RuledTable, cell_of, ruled_tables
from audit.span import Span

_TABLE = "\ufdd0"
"""Stands for a ruled table in the flow of text: a code point that no text holds."""


def open_pdf(path: str, data: bytes) -> Any:
    """The pypdfium2 document; raises ReadError where the file is none, is damaged or wants a password."""
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise ReadError(
                path,
                "PDF 文件设有打开密码，请先去除密码再审计",
                "the PDF wants a password; remove it first",
            ) from None
        raise ReadError(
            path,
            "不是完整的 PDF 文件，可能已损坏或扩展名不对，请重新导出",
            "is no complete PDF file; export it again",
        ) from None


def read_pages(pdf: Any) -> list[Page]:
    """All pages of the document."""
    return [read_page(pdf, number) for number in range(len(pdf))]


def unread_pages(pages: Sequence[Page]) -> list[int]:
    """The numbers, from 1, of the pages whose text cannot be read: scanned ones, and those of unknown characters."""
    return [page.number + 1 for page in pages if page.unreadable]


def drafts_of(pages: Sequence[Page]) -> Iterator[Draft]:
    """The paragraphs and tables of the pages that can be read; the source of each is its boxes by character."""
    flow = _Flow()
    readable = [page for page in pages if not page.unreadable]
    tables: list[tuple[RuledTable, list[Text]]] = []
    found: list[tuple[Page, list[RuledTable], list[Line]]] = []
    for page in readable:
        ruled = ruled_tables(page)
        inside: dict[tuple[int, int], list[Char]] = {}
        outside: list[Char] = []
        for char in page.chars:
            at = cell_of(ruled, char)
            (outside if at is None else inside.setdefault(at, [])).append(char)
        kept = []
        for number, table in enumerate(ruled):
            texts = [_cell_text(inside.get((number, index), [])) for index in range(len(table.cells))]
            if sum(bool(text.text) for text in texts) > 1:
                kept.append(table)
                tables.append((table, texts))
            else:
                outside += [char for index in range(len(table.cells)) for char in inside.get((number, index), [])]
        found.append((page, kept, lines_of(outside)))
    lines = without_running([(page.height, lines) for page, _, lines in found])
    for (page, ruled, _), kept_lines in zip(found, lines, strict=True):
        flow.add(page, ruled, in_columns(kept_lines, page.width))
    yield from _drafts(flow, tables)


def _cell_text(chars: Sequence[Char]) -> Text:
    return joined([joined(line.pieces) for line in lines_of(chars)])


@dataclass(slots=True)
class _Flow:
    """The text of all pages set out in cells of half an em, and the box of each character."""

    text: list[str] = field(default_factory=list)
    boxes: list[Box | None] = field(default_factory=list)

    def add(self, page: Page, tables: Sequence[RuledTable], lines: Sequence[Line]) -> None:
        """Adds the lines of a page, with its tables between them."""
        cell = max(page.em, 1.0) * 0.5 * _squeeze(page)
        left = min((line.box.left for line in lines), default=0.0)
        pitches = [
            after.box.top - before.box.top for before, after in pairwise(lines) if after.box.top > before.box.top
        ]
        pitch = median(pitches) if pitches else 0.0
        waiting = list(tables)
        last: Line | None = None
        for line in lines:
            while waiting and waiting[0].box.top < line.box.middle:
                waiting.pop(0)
                self._write(f"\n\n\n{_TABLE}\n\n\n\n")
                last = None
            if last is not None and line.box.top - last.box.top > 1.6 * pitch:
                self._write("\n")
            self._line(line, left, cell)
            last = line
        for _ in waiting:
            self._write(f"\n\n\n{_TABLE}\n\n\n\n")

    def _line(self, line: Line, left: float, cell: float) -> None:
        column = 0
        for piece in line.pieces:
            target = round((piece.box.left - left) / cell)
            blanks = max(target - column, 2 if column else 0)
            self._write(" " * blanks)
            self.text.append(piece.text)
            self.boxes += piece.boxes
            column += blanks + sum(1 if character.isascii() else 2 for character in piece.text)
        self._write("\n")

    def _write(self, blanks: str) -> None:
        self.text.append(blanks)
        self.boxes += [None] * len(blanks)


def _squeeze(page: Page) -> float:
    """How wide characters are set for the height of their boxes, which takes in the leading of the font."""
    wide = [c.box.right - c.box.left for c in page.chars if not c.text.isascii() and c.box.right > c.box.left]
    return min(1.0, max(0.5, 1.08 * median(wide) / page.em)) if wide else 0.85


def _drafts(flow: _Flow, tables: Sequence[tuple[RuledTable, list[Text]]]) -> Iterator[Draft]:
    text = "".join(flow.text)
    waiting = iter(tables)
    count = 0
    for block in lay_out(text):
        if text[block.span.start] == _TABLE:
            count += 1
            yield _ruled_draft(*next(waiting), count)
        elif block.table is not None:
            count += 1
            rows = tuple(
                tuple(
                    _sourced(
                        TableCell("", cell.row, cell.column, cell.row_span, cell.column_span),
                        _taken(flow, text, cell.span),
                        count,
                    )
                    for cell in row
                )
                for row in block.table.rows
            )
            yield TableDraft(rows)
        else:
            said = _taken(flow, text, block.span)
            yield Passage(said.text, _place(said.boxes), source=said.boxes)


def _ruled_draft(table: RuledTable, texts: Sequence[Text], number: int) -> TableDraft:
    rows: dict[int, list[TableCell]] = {row: [] for row in range(1 + max(cell.row for cell in table.cells))}
    for cell, text in zip(table.cells, texts, strict=True):
        draft = TableCell("", cell.row, cell.column, cell.row_span, cell.column_span)
        rows[cell.row].append(_sourced(draft, text, number))
    return TableDraft(tuple(tuple(row) for row in rows.values()))


def _sourced(cell: TableCell, text: Text, table: int) -> TableCell:
    page = _place(text.boxes)
    place = f"{page}表{table}第{cell.row + 1}行第{cell.column + 1}列" if page else ""
    return replace(cell, text=text.text, place=place, source=text.boxes)


def _taken(flow: _Flow, text: str, span: Span) -> Text:
    """The running text of a span of the flow, its lines joined."""
    lines = []
    start = span.start
    for line in span.of(text).split("\n"):
        said = line.strip()
        if said:
            begin = start + line.index(said)
            lines.append(Text(said, tuple(flow.boxes[begin : begin + len(said)])))
        start += len(line) + 1
    return joined(lines)


def _place(boxes: Sequence[Box | None]) -> str:
    page = next((box.page for box in boxes if box is not None), None)
    return "" if page is None else f"第{page + 1}页"
