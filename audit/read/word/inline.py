"""One paragraph's text as Word shows it: inserted text kept, deleted and hidden text left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from audit.plain import LOWERED, RAISED
from audit.read.compose import UNPRINTED

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

# Elements that only wrap what they hold: tracked insertions, fields, links, content controls, directions.
_WRAPPERS = frozenset(
    W + name
    for name in ("ins", "moveTo", "hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "dir", "bdo", "customXml")
) | {f"{_M}oMathPara"}
_CHARACTERS = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
}
_NOTES = {W + "footnoteReference": "footnote", W + "endnoteReference": "endnote"}
_OFF = frozenset({"0", "false", "off"})


@dataclass(frozen=True, slots=True)
class Segment:
    """Characters that stand in one text element, from `offset` on; `element` is None for text that Word makes up."""

    text: str
    element: Any = None
    offset: int = 0


@dataclass(slots=True)
class Inline:
    """The text of a paragraph, the text boxes anchored in it and the notes it refers to, in order."""

    segments: list[Segment] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The paragraph's characters."""
        return "".join(segment.text for segment in self.segments)


def read_inline(*paragraphs: Any) -> Inline:
    """What w:p elements that run on into one another show."""
    inline = Inline()
    for paragraph in paragraphs:
        _read(paragraph, inline)
    return inline


def is_on(properties: Any, name: str) -> bool:
    """Whether a toggle such as w:vanish is set in an element's properties."""
    toggle = None if properties is None else properties.find(W + name)
    return toggle is not None and toggle.get(W + "val") not in _OFF


def chosen(alternatives: Any) -> Any:
    """The alternative of an mc:AlternateContent that Word shows; None where it is empty."""
    choice = alternatives.find(f"{_MC}Choice")
    return choice if choice is not None and len(choice) else alternatives.find(f"{_MC}Fallback")


def is_alternatives(element: Any) -> bool:
    """Whether the element is an mc:AlternateContent."""
    return bool(element.tag == f"{_MC}AlternateContent")


def _read(parent: Any, inline: Inline) -> None:
    # A stack in place of recursion: a hostile file nests its wrappers as deep as it likes.
    stack: list[Iterator[Any]] = [iter(parent)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
        elif element.tag == W + "r":
            _read_run(element, inline)
        elif element.tag in _WRAPPERS:
            stack.append(iter(element))
        elif is_alternatives(element):
            alternative = chosen(element)
            if alternative is not None:
                stack.append(iter(alternative))
        elif element.tag == f"{_M}oMath":
            inline.segments += [Segment(t.text, t) for t in element.iter(f"{_M}t") if t.text]


def _read_run(run: Any, inline: Inline) -> None:
    properties = run.find(W + "rPr")
    if is_on(properties, "vanish"):
        return
    position = None if properties is None else properties.find(W + "vertAlign")
    table = {"superscript": RAISED, "subscript": LOWERED}.get("" if position is None else position.get(W + "val", ""))
    for element in run:
        tag = element.tag
        if tag == W + "t":
            inline.segments += _segments(element, table)
        elif tag in _CHARACTERS:
            inline.segments.append(Segment(_CHARACTERS[tag]))
        elif tag == W + "sym":
            inline.segments += _symbol(element)
        elif tag in _NOTES:
            inline.notes.append((_NOTES[tag], element.get(W + "id", "")))
        elif tag == W + "ruby":
            for base in element.iterfind(f"{W}rubyBase/{W}r"):
                _read_run(base, inline)
        elif is_alternatives(element):
            alternative = chosen(element)
            if alternative is not None:
                inline.boxes += _boxes(alternative)
        elif tag in (W + "drawing", W + "pict", W + "object"):
            inline.boxes += _boxes(element)


def _segments(element: Any, table: dict[int, int] | None) -> Iterator[Segment]:
    text = element.text or ""
    printed = text.translate(table) if table else text
    start = 0
    for mark in UNPRINTED.finditer(text):
        if mark.start() > start:
            yield Segment(printed[start : mark.start()], element, start)
        start = mark.end()
    if start < len(text):
        yield Segment(printed[start:], element, start)


_HEX = re.compile(r"[0-9A-Fa-f]{1,4}")


def _symbol(element: Any) -> list[Segment]:
    """The character of a w:sym; those of symbol fonts stand in the private area and say nothing without their font."""
    code = element.get(W + "char", "")
    number = int(code, 16) if _HEX.fullmatch(code) else 0
    return [] if not number or 0xD800 <= number < 0xF900 else [Segment(chr(number))]


def _boxes(element: Any) -> list[Any]:
    """The contents of the text boxes in a drawing, those inside another one left to it."""
    content = f"{W}txbxContent"
    return [box for box in element.iter(content) if not any(up.tag == content for up in box.iterancestors())]
