"""A Word document's parts -> paragraphs and tables in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from audit.document import BlockKind
from audit.read.compose import Draft, Passage, TableCell, TableDraft
from audit.read.word.inline import Segment, W, chosen, is_alternatives, read_inline
from audit.read.word.numbering import Numbering, numbered_by

_WRAPPERS = frozenset(W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))
_DELETED = ("del", "moveFrom")
_DEEPEST = 100
"""Nothing is nested deeper: libxml2 refuses a document of more than 256 levels, and a table takes three of them."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a passage or cell stands in the tree: its segments, their texts adding up to the passage's."""

    segments: tuple[Segment, ...]
    paragraph: Any = None


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style decides here: heading level (0: none), list, and whether it is that of captions."""

    level: int = 0
    numbering: tuple[str, int] | None = None
    caption: bool = False


@dataclass(slots=True)
class Walker:
    """Reads the body and the notes of one document; counts paragraphs and tables as it goes."""

    styles: Mapping[str, Style]
    numbering: Numbering
    notes: Mapping[tuple[str, str], Any]
    paragraphs: int = 0
    tables: int = 0
    referred: list[tuple[str, str]] = field(default_factory=list)

    def body(self, body: Any) -> Iterator[Draft]:
        """The paragraphs and tables of the body, then the notes that they refer to."""
        yield from self._blocks(body, "", 0)
        numbers = {"footnote": 0, "endnote": 0}
        for kind, name in self.referred:
            note = self.notes.get((kind, name))
            if note is None:
                continue
            numbers[kind] += 1
            place = f"{'脚注' if kind == 'footnote' else '尾注'}{numbers[kind]}"
            yield from self.part(note, place)

    def part(self, root: Any, place: str) -> Iterator[Draft]:
        """The paragraphs and tables of a note, header or footer, all at one place."""
        for draft in self._blocks(root, place, 0):
            yield replace(draft, kind=BlockKind.FOOTNOTE) if isinstance(draft, Passage) else draft

    def _blocks(self, parent: Any, place: str, depth: int) -> Iterator[Draft]:
        for element, before in _run_on(_children(parent)):
            if element.tag == W + "p":
                yield from self._paragraph(element, before, place, depth)
            elif element.tag == W + "tbl" and depth < _DEEPEST:
                yield from self._table(element, depth)

    def _paragraph(self, paragraph: Any, before: Sequence[Any], place: str, depth: int) -> Iterator[Draft]:
        passage, boxes = self._passage(paragraph, before)
        if not place and passage.text.strip():
            self.paragraphs += 1
        here = place or f"第{max(self.paragraphs, 1)}段"
        yield replace(passage, place=here)
        if depth < _DEEPEST:
            for box in boxes:
                yield from self._blocks(box, f"{here}文本框", depth + 1)

    def _passage(self, paragraph: Any, before: Sequence[Any]) -> tuple[Passage, list[Any]]:
        """The passage of a paragraph and the text boxes in it; `before` are the paragraphs that run on into it."""
        properties = paragraph.find(W + "pPr")
        inline = read_inline(*before, paragraph)
        self.referred += inline.notes
        style = self._style(properties)
        label = ""
        numbered = numbered_by(properties) or style.numbering
        if numbered is not None and inline.text.strip():
            label = self.numbering.label(*numbered)
        segments = ([Segment(label)] if label else []) + inline.segments
        text = "".join(segment.text for segment in segments)
        outline = None if properties is None else properties.find(W + "outlineLvl")
        level = style.level if outline is None else _heading_level(outline.get(W + "val", ""))
        kind = BlockKind.CAPTION if style.caption else None
        return Passage(text, "", kind, level, Origin(tuple(segments), paragraph)), inline.boxes

    def _style(self, properties: Any) -> Style:
        name = None if properties is None else properties.find(W + "pStyle")
        return self.styles.get("" if name is None else name.get(W + "val", ""), Style())

    def _table(self, table: Any, depth: int) -> Iterator[Draft]:
        """The table, then what stands nested in its cells."""
        self.tables += 1
        name = f"表{self.tables}"
        rows: list[list[TableCell]] = []
        above: dict[int, tuple[int, int]] = {}  # column -> (row, index) of the cell that may go on below
        nested: list[Draft] = []
        for row in _children(table):
            if row.tag != W + "tr" or row.find(f"{W}trPr/{W}del") is not None:
                continue
            number = len(rows)
            rows.append([])
            column = _count(row, "gridBefore", 0)
            begun: dict[int, tuple[int, int]] = {}
            for cell in (each for each in _children(row) if each.tag == W + "tc"):
                span = _count(cell, "gridSpan", 1)
                merge = cell.find(f"{W}tcPr/{W}vMerge")
                continued = merge is not None and merge.get(W + "val", "continue") == "continue" and column in above
                if continued:
                    at, index = begun[column] = above[column]
                    rows[at][index] = replace(rows[at][index], row_span=number - at + 1)
                else:
                    place = f"{name}第{number + 1}行第{column + 1}列"
                    made, inside = self._cell(cell, number, column, span, place, depth)
                    if merge is not None:
                        begun[column] = number, len(rows[-1])
                    rows[-1].append(made)
                    nested += inside
                column += span
            above = begun
        yield TableDraft(tuple(map(tuple, rows)))
        yield from nested

    def _cell(
        self, cell: Any, row: int, column: int, span: int, place: str, depth: int
    ) -> tuple[TableCell, list[Draft]]:
        segments: list[Segment] = []
        paragraph = None
        nested: list[Draft] = []
        for element, before in _run_on(_children(cell)):
            if element.tag == W + "tbl" and depth < _DEEPEST:
                nested += self._table(element, depth + 1)
            elif element.tag == W + "p":
                passage, boxes = self._passage(element, before)
                for box in boxes if depth < _DEEPEST else ():
                    nested += self._blocks(box, f"{place}文本框", depth + 1)
                if passage.text and isinstance(passage.source, Origin):
                    if segments:
                        segments.append(Segment("\n"))
                    segments += passage.source.segments
                    paragraph = element if paragraph is None else paragraph
        text = "".join(segment.text for segment in segments)
        return TableCell(text, row, column, 1, span, place, Origin(tuple(segments), paragraph)), nested


def read_styles(root: Any) -> dict[str, Style]:
    """The paragraph styles of a w:styles element by their id, what they inherit included."""
    elements = {each.get(W + "styleId", ""): each for each in (() if root is None else root.iterfind(W + "style"))}
    return {name: _inherited(name, elements) for name in elements}


def _inherited(name: str, elements: Mapping[str, Any]) -> Style:
    level, numbering, caption = None, None, False
    seen: set[str] = set()
    while name in elements and name not in seen:
        seen.add(name)
        element = elements[name]
        properties = element.find(W + "pPr")
        outline = None if properties is None else properties.find(W + "outlineLvl")
        if level is None and outline is not None:
            level = _heading_level(outline.get(W + "val", ""))
        numbering = numbering or numbered_by(properties)
        title = element.find(W + "name")
        said = "" if title is None else title.get(W + "val", "").lower()
        caption = caption or said == "caption"
        if level is None and said == "title":
            level = 1
        base = element.find(W + "basedOn")
        name = "" if base is None else base.get(W + "val", "")
    return Style(level or 0, numbering, caption)


def _heading_level(outline: str) -> int:
    """The level from 1 on; outline level 9 is that of body text."""
    return int(outline) + 1 if outline.isdecimal() and int(outline) < 9 else 0


def _children(parent: Any) -> Iterator[Any]:
    """The block elements below a parent, those in content controls and tracked insertions included."""
    stack: list[Iterator[Any]] = [iter(parent)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
        elif element.tag in _WRAPPERS:
            stack.append(iter(element))
        elif is_alternatives(element):
            stack.append(iter(() if (one := chosen(element)) is None else one))
        else:
            yield element


def _run_on(elements: Iterable[Any]) -> Iterator[tuple[Any, list[Any]]]:
    """Each element with the paragraphs before it whose marks are deleted: with those deletions accepted, they and the
    paragraph after them are one. A last paragraph, or one before a table, ends where it is."""
    waiting: list[Any] = []
    for element in elements:
        if element.tag != W + "p":
            if waiting and element.tag == W + "tbl":
                yield waiting.pop(), waiting
                waiting = []
            yield element, []
        elif any(element.find(f"{W}pPr/{W}rPr/{W}{mark}") is not None for mark in _DELETED):
            waiting.append(element)
        else:
            yield element, waiting
            waiting = []
    if waiting:
        yield waiting.pop(), waiting


def _count(element: Any, name: str, default: int) -> int:
    holder: Iterable[Any] = element.iterfind(f"{W}*/{W}{name}")
    for each in holder:
        value = each.get(W + "val", "")
        if value.isdecimal():
            return max(default, min(int(value), 1000))
    return default
