"""The source of a page -> its paragraphs and tables; hidden elements and scripts left out.

lxml's parser mends the markup and reports every element and text as it comes. No tree is kept of it: libxml2 cuts trees
off, without a word, where elements are nested deeper than some hundreds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from audit.document import BlockKind
from audit.plain import LOWERED, RAISED
from audit.read.compose import UNPRINTED, Draft, Passage
from audit.read.web.source import RAW, SourceText
from audit.read.web.tables import OpenCell, OpenTable

_UNSEEN = RAW | {"audio", "canvas", "datalist", "del", "noscript", "object", "select", "svg", "template", "video"}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SECTIONS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "center", "details", "dialog", "div", "fieldset", "figure"}
    | {"footer", "form", "header", "hgroup", "html", "main", "nav", "pre", "search", "section"}
)
_LISTS = frozenset({"dl", "menu", "ol", "ul"})
_CELLS = frozenset({"td", "th"})
_TABLE_PARTS = _CELLS | {"tr", "tbody", "thead", "tfoot"}
_BLOCKS = (
    _SECTIONS | _LISTS | _TABLE_PARTS | _HEADINGS.keys()
    | {"caption", "dd", "dt", "figcaption", "hr", "legend", "li", "p", "summary", "table"}
)  # fmt: skip
_DEEPEST = 10_000
"""Browsers nest a few hundred elements; the parser looks through all open ones for every end tag that has no start."""
_CHUNK = 1 << 16
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.IGNORECASE)
_LONE_END = re.compile(r"</(?:p|br)(?:\s[^>]*)?>", re.IGNORECASE)
"""End tags that break the line even where nothing is open for them to end, which the parser passes over."""
_BLANK = re.compile(r"[ \t\r\n\f]+")
_BETWEEN_HAN = re.compile(
    r"(?<=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])\n(?=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])"
)


class TooDeepError(Exception):
    """A page whose elements are nested deeper than any that was made to be read."""


@dataclass(slots=True)
class _Element:
    """An element that the parser has open. It may have ended for the page before: with the cell that it began in."""

    tag: str
    hidden: bool
    ended: bool = False


@dataclass(slots=True)
class _TableFrame:
    """A table being read, its open cell, and where its open row and cell stand among the open elements, -1 for none."""

    table: OpenTable
    cell: OpenCell | None = None
    row_at: int = -1
    cell_at: int = -1


def read_page(source: str) -> tuple[list[Draft], tuple[int, int] | None]:
    """The paragraphs and tables of a page, and what the parser left out, as `SourceText.left_out` tells it.

    Raises TooDeepError.
    """
    text = SourceText(source)
    page = _Page(text)
    # The source is decoded by now, whatever its meta element says. A page of more than 10 MB is a huge tree.
    # The stubs of lxml allow for bytes where it hands over text.
    parser = etree.HTMLParser(target=page, encoding="utf-8", no_network=True, huge_tree=True)  # type: ignore[arg-type]
    data = _LONE_END.sub(r"\g<0><br>", source).encode("utf-8", "replace")
    for start in range(0, len(data), _CHUNK):  # an error raised by the page ends the parser with the chunk
        parser.feed(data[start : start + _CHUNK])
    parser.close()
    return page.drafts, text.left_out()


class _Page:
    """What lxml's parser reports its events to; elements end in the order in which they began, the last one first."""

    def __init__(self, source: SourceText) -> None:
        self.drafts: list[Draft] = []
        self._source = source
        self._open: list[_Element] = []
        self._counts: Counter[str] = Counter()
        self._hidden = 0
        self._tables: list[_TableFrame] = []
        self._lists: list[int | None] = []
        self._text: list[str] = []
        self._place = ""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins, or one without content stands here."""
        if tag in _TABLE_PARTS and self._tables:
            # The parser does not end a cell for the next one where it holds an element that is never closed.
            frame = self._tables[-1]
            self._end_from(frame.cell_at if tag in _CELLS or frame.row_at < 0 else frame.row_at)
        hidden = tag in _UNSEEN or _is_hidden(tag, attributes)
        if tag in _BLOCKS and not (self._hidden or hidden):
            self._end_passage()
        if len(self._open) == _DEEPEST:
            raise TooDeepError
        self._open.append(_Element(tag, hidden))
        self._counts[tag] += 1
        self._hidden += hidden
        self._begin(tag, attributes)

    def end(self, tag: str) -> None:  # noqa: ARG002
        """The innermost element ends."""
        element = self._open.pop()
        if not element.ended:
            self._end(element)

    def data(self, data: str) -> None:
        """A text, or a part of one."""
        if self._open and self._open[-1].tag in RAW:
            return
        place = self._source.locate(data)
        if self._hidden:
            return
        if place is not None and not self._place:
            self._place = f"第{place[0]}行第{place[1]}列"
        text = data if self._counts["pre"] else _BLANK.sub(_joined, data)
        if self._counts["sup"] or self._counts["sub"]:
            text = text.translate(RAISED if self._counts["sup"] else LOWERED)
        self._text.append(text)

    def comment(self, data: str) -> None:
        """A comment: what an author says to this program about the text beside it is part of what is read."""
        if not self._hidden and data.strip().startswith("figure-audit:"):
            self._text.append(f"<!--{data}-->")

    def close(self) -> None:
        """Ends the page."""
        self._end_passage()

    def _begin(self, tag: str, attributes: Mapping[str, str]) -> None:
        frame = self._tables[-1] if self._tables else None
        if tag == "br" and not self._hidden:
            self._text.append("\v")  # turned into a line break when blanks have been joined
        elif tag == "table":
            self._tables.append(_TableFrame(OpenTable()))
        elif tag == "tr" and frame is not None:
            frame.row_at = len(self._open) - 1
            if not self._hidden:
                frame.table.begin_row()
        elif tag in _CELLS and frame is not None:
            frame.cell_at = len(self._open) - 1
            if not self._hidden:
                spans = _number(attributes.get("rowspan"), 1), _number(attributes.get("colspan"), 1)
                frame.cell = frame.table.begin_cell(*spans)
        elif tag in _LISTS:
            self._lists.append(_number(attributes.get("start"), 1) if tag == "ol" else None)
        elif tag == "li" and self._lists and not self._hidden:
            number = self._lists[-1]
            if number is not None:
                number = _number(attributes.get("value"), number)
                self._lists[-1] = number + 1
                self._text.append(f"{number}. ")

    def _end_from(self, at: int) -> None:
        """Ends for the page what the parser has open from an index on."""
        if at >= 0:
            for element in reversed(self._open[at:]):
                if not element.ended:
                    self._end(element)

    def _end(self, element: _Element) -> None:
        tag = element.tag
        if tag in _BLOCKS and not self._hidden:
            self._end_passage()
        if tag in _LISTS:
            self._lists.pop()
        elif tag == "table":
            self._add(*self._tables.pop().table.drafts())
        elif tag in _TABLE_PARTS and self._tables:
            frame = self._tables[-1]
            if tag in _CELLS:
                frame.cell, frame.cell_at = None, -1
            elif tag == "tr":
                frame.row_at = -1
        element.ended = True
        self._counts[tag] -= 1
        self._hidden -= element.hidden

    def _end_passage(self) -> None:
        if not self._text:
            return
        text, place = "".join(self._text), self._place
        self._text.clear()
        self._place = ""
        text = UNPRINTED.sub("", text).replace("\xa0", " ")
        if not self._counts["pre"]:
            text = _BETWEEN_HAN.sub("", text).replace("\n", " ")
        text = text.replace("\v", "\n").strip()
        if not text:
            return
        level = next((level for name, level in _HEADINGS.items() if self._counts[name]), 0)
        caption = self._counts["caption"] or self._counts["figcaption"]
        passage = Passage(text, place, BlockKind.CAPTION if caption else None, level)
        if self._counts["caption"] and self._tables:
            self._tables[-1].table.captions.append(passage)
        else:
            self._add(passage)

    def _add(self, *drafts: Draft) -> None:
        cell = self._tables[-1].cell if self._tables else None
        (self.drafts if cell is None else cell.drafts).extend(drafts)


def _joined(blanks: re.Match[str]) -> str:
    return "\n" if "\n" in blanks[0] else " "


def _is_hidden(tag: str, attributes: Mapping[str, str]) -> bool:
    if "hidden" in attributes or tag == "dialog" and "open" not in attributes:
        return True
    return _HIDDEN.search(attributes.get("style", "")) is not None


def _number(value: str | None, default: int) -> int:
    said = (value or "").strip()
    return int(said) if said.isascii() and said.isdigit() and len(said) < 6 else default
