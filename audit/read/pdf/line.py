"""Characters -> lines of type, and lines -> running text with figures whole again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from audit.plain import RAISED
from audit.read.pdf.page import Box, Char

_WIDE_GAP = 0.9
_WORD_GAP = 0.22
_LEAST_GAP = 0.1
_IN_FIGURES = frozenset("0123456789.,%")
_BROKEN = re.compile(
    r"(?<=[0-9]) (?=[.．][0-9])|(?<=[0-9][,，]) (?=[0-9]{3}(?![0-9]))|(?<=[0-9]) (?=[,，][0-9]{3}(?![0-9]))"
)


@dataclass(frozen=True, slots=True)
class Line:
    """Pieces of one line of type, left to right, with wide gaps between them; each is its text and boxes."""

    pieces: tuple[Text, ...]
    box: Box

    @property
    def text(self) -> str:
        """The pieces with a blank between them."""
        return " ".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Text:
    """Characters and the box of each; a blank that is not printed has none."""

    text: str
    boxes: tuple[Box | None, ...]

    @property
    def box(self) -> Box:
        """What the characters cover on the page of the first."""
        return around([box for box in self.boxes if box is not None])


def around(boxes: Sequence[Box]) -> Box:
    """The smallest box around boxes of one page."""
    return Box(
        boxes[0].page,
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


def lines_of(chars: Iterable[Char]) -> list[Line]:
    """The lines of type, top to bottom: characters whose middles are level, or nearly so for smaller ones."""
    rows: list[list[Char]] = []
    for char in sorted(chars, key=lambda each: (each.box.middle, each.box.left)):
        if rows and _level(rows[-1], char):
            rows[-1].append(char)
        else:
            rows.append([char])
    return [_line(row) for row in rows]


def _level(row: Sequence[Char], char: Char) -> bool:
    last = row[-1]
    higher = max(last.box.bottom - last.box.top, char.box.bottom - char.box.top)
    return char.box.middle - last.box.middle < 0.35 * higher


def _line(row: Sequence[Char]) -> Line:
    chars = sorted(row, key=lambda char: char.box.left)
    em = median(char.box.bottom - char.box.top for char in chars)
    base = median(char.box.bottom for char in chars)
    pieces: list[list[tuple[str, Box | None]]] = [[]]
    for at, char in enumerate(chars):
        gap = char.box.left - chars[at - 1].box.right if at else 0.0
        if gap > _WIDE_GAP * em:
            pieces.append([])
        elif at and _is_blank(chars[at - 1], char, gap / em):
            pieces[-1].append((" ", None))
        size = char.box.bottom - char.box.top
        raised = size < 0.8 * em and base - char.box.bottom > 0.15 * em and char.text.isdecimal()
        pieces[-1].append((char.text.translate(RAISED) if raised else char.text, char.box))
    texts = tuple(_whole(piece) for piece in pieces if piece)
    return Line(texts, around([char.box for char in chars]))


def _is_blank(before: Char, after: Char, gap: float) -> bool:
    """Whether a gap, in em, is a blank: one that the file has, or a wide one between Latin words.

    Type alone spaces Chinese out, sets it apart from figures, and full stops from the digits behind them.
    """
    both = before.text.isascii() and after.text.isascii()
    if not both or (before.text in _IN_FIGURES and after.text in _IN_FIGURES):
        return after.spaced and gap > _LEAST_GAP and (before.text.isascii() or after.text.isascii())
    return gap > (_LEAST_GAP if after.spaced else _WORD_GAP)


def _whole(piece: Sequence[tuple[str, Box | None]]) -> Text:
    """The piece with blanks inside figures taken out again."""
    text = "".join(character for character, _ in piece)
    if len(text) != len(piece):  # a ligature gives several characters, all in one box
        piece = [(one, box) for character, box in piece for one in character]
    dropped = {found.start() for found in _BROKEN.finditer(text)}
    kept = [each for at, each in enumerate(piece) if at not in dropped]
    return Text("".join(character for character, _ in kept), tuple(box for _, box in kept))


def joined(texts: Sequence[Text]) -> Text:
    """Lines of one paragraph or cell as running text: a blank between Latin words, none in Chinese or in figures."""
    said = ""
    boxes: list[Box | None] = []
    for text in texts:
        if said and _words_part(said[-1], text.text[0]):
            said += " "
            boxes.append(None)
        said += text.text
        boxes += list(text.boxes)
    return Text(said, tuple(boxes))


def _words_part(before: str, after: str) -> bool:
    return before.isascii() and after.isascii() and (before.isalpha() or after.isalpha()) and before != "-"
