"""A page read tag by tag, without a tree, so that no depth of nesting matters; hidden elements and scripts left out.

The standard library's tokenizer knows line and column of every tag and text, which tree builders do not keep: lxml
gives its elements a line and no column, and a depth of nesting at which it gives up.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from html.parser import HTMLParser

from audit.document import BlockKind
from audit.read.compose import LOWERED, RAISED, UNPRINTED, Draft, Passage
from audit.read.web.tables import OpenCell, OpenTable

_UNSEEN = frozenset(
    {"audio", "canvas", "head", "iframe", "noscript", "object", "script", "select", "style", "svg", "template"}
    | {"textarea", "title", "video"}
)
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SECTIONS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "center", "details", "dialog", "div", "fieldset", "figure"}
    | {"footer", "form", "header", "hgroup", "html", "main", "nav", "pre", "search", "section"}
)
_LISTS = frozenset({"dl", "menu", "ol", "ul"})
_TABLE_PARTS = frozenset({"td", "th", "tr", "tbody", "thead", "tfoot"})
_BLOCKS = (
    _SECTIONS | _LISTS | _TABLE_PARTS | _HEADINGS.keys()
    | {"caption", "dd", "dt", "figcaption", "hr", "legend", "li", "p", "summary", "table"}
)  # fmt: skip
_CELLS = frozenset({"td", "th"})
_ENDED_BY = {
    "p": frozenset({"p"}),
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
}
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.IGNORECASE)
_BLANK = re.compile(r"[ \t\r\n\f]+")
_BETWEEN_HAN = re.compile(
    r"(?<=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])\n(?=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])"
)


class Page(HTMLParser):
    """Collects the paragraphs and tables of a page; feed it the source, close it, and take `drafts`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.drafts: list[Draft] = []
        self._open: list[tuple[str, bool]] = []
        self._counts: Counter[str] = Counter()
        self._hidden = 0
        self._tables: list[tuple[OpenTable, OpenCell | None]] = []
        self._lists: list[int | None] = []
        self._text: list[str] = []
        self._place = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag in _BLOCKS:
            self._end_passage()
        if tag != "html" and tag in _BLOCKS and self._counts["head"]:  # its end tag may be left out
            self.handle_endtag("head")
        if tag in _TABLE_PARTS and self._tables:
            self._close_down_to("table", of=_CELLS if tag in _CELLS else _CELLS | {"tr"})
        elif tag in _ENDED_BY and self._open and self._open[-1][0] in _ENDED_BY[tag]:
            self._pop()
        if tag in _VOID:
            if tag == "br" and not self._hidden:
                self._text.append("\v")  # turned into a line break when blanks have been joined
            return
        hidden = tag in _UNSEEN or _is_hidden(attributes)
        self._open.append((tag, hidden))
        self._counts[tag] += 1
        self._hidden += hidden
        if not self._hidden:
            self._begin(tag, attributes)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._end_passage()
        if not self._counts[tag]:
            return
        while self._open:
            ended = self._pop()
            if ended == tag:
                return

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        if not self._place and data.strip():
            line, column = self.getpos()
            lead = data[: len(data) - len(data.lstrip())]
            column = len(lead) - lead.rfind("\n") - 1 if "\n" in lead else column + len(lead)
            self._place = f"第{line + lead.count(chr(10))}行第{column + 1}列"
        text = data if self._counts["pre"] else _BLANK.sub(_joined, data)
        if self._counts["sup"] or self._counts["sub"]:
            text = text.translate(RAISED if self._counts["sup"] else LOWERED)
        self._text.append(text)

    def handle_comment(self, data: str) -> None:
        # What an author says to this program about the text beside it is part of what is read.
        if not self._hidden and data.strip().startswith("figure-audit:"):
            self._text.append(f"<!--{data}-->")

    def close(self) -> None:
        """Ends the page: elements that are still open end with it."""
        super().close()
        self._end_passage()
        while self._open:
            self._pop()

    def _begin(self, tag: str, attributes: Mapping[str, str | None]) -> None:
        if tag == "table":
            self._tables.append((OpenTable(), None))
        elif tag == "tr" and self._tables:
            self._tables[-1][0].begin_row()
        elif tag in _CELLS and self._tables:
            line, column = self.getpos()
            table = self._tables[-1][0]
            spans = _number(attributes.get("rowspan"), 1), _number(attributes.get("colspan"), 1)
            self._tables[-1] = table, table.begin_cell(spans[0], spans[1], f"第{line}行第{column + 1}列")
        elif tag in _LISTS:
            self._lists.append(_number(attributes.get("start"), 1) if tag == "ol" else None)
        elif tag == "li" and self._lists:
            number = self._lists[-1]
            if number is not None:
                number = _number(attributes.get("value"), number)
                self._lists[-1] = number + 1
                self._text.append(f"{number}. ")

    def _pop(self) -> str:
        """Ends the innermost element; its name."""
        tag, hidden = self._open.pop()
        self._counts[tag] -= 1
        if not self._hidden:
            if tag in _BLOCKS:
                self._end_passage()
            if tag in _LISTS and self._lists:
                self._lists.pop()
            elif tag in _CELLS and self._tables:
                self._tables[-1] = self._tables[-1][0], None
            elif tag == "table" and self._tables:
                table = self._tables.pop()[0]
                self._add(*table.drafts())
        self._hidden -= hidden
        return tag

    def _close_down_to(self, limit: str, of: frozenset[str]) -> None:
        """Ends the cells and rows that the innermost table still has open."""
        while any(self._counts[tag] for tag in of):
            at = len(self._open) - 1
            while at >= 0 and self._open[at][0] not in of and self._open[at][0] != limit:
                at -= 1
            if at < 0 or self._open[at][0] == limit:
                return
            while len(self._open) > at:
                self._pop()

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
            self._tables[-1][0].captions.append(passage)
        else:
            self._add(passage)

    def _add(self, *drafts: Draft) -> None:
        cell = self._tables[-1][1] if self._tables else None
        (self.drafts if cell is None else cell.drafts).extend(drafts)


def _joined(blanks: re.Match[str]) -> str:
    return "\n" if "\n" in blanks[0] else " "


def _is_hidden(attributes: Mapping[str, str | None]) -> bool:
    return "hidden" in attributes or _HIDDEN.search(attributes.get("style") or "") is not None


def _number(value: str | None, default: int) -> int:
    said = (value or "").strip()
    return int(said) if said.isascii() and said.isdigit() and len(said) < 6 else default
