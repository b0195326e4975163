"""What pdfium finds on a page: characters with their boxes, and straight lines."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from audit.read.compose import UNPRINTED

_LEANING = math.radians(10)
_FEW = 8
"""Fewer characters than these on a scan are its page number or a stamp."""
_ANY, _MOST_OF_IT = 0.05, 0.5
_CURVES = 500
_LONGEST_PATH = 20_000
"""Points of paths on one page; a drawing with more is no table."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on page `page` (from 0), in points from the upper left corner of the page as it is shown."""

    page: int
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        """The height of its middle line."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Char:
    """A printed character; `spaced` says that the file has a blank before it."""

    text: str
    box: Box
    spaced: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page's characters in the file's order, its lines as (x0, top, x1, bottom), and its measures in points.

    `em` is the usual size of its characters; `pictured` the share of the page that pictures cover, or 1 for one with so
    many curves that they may be letters.
    """

    number: int
    width: float
    height: float
    chars: tuple[Char, ...]
    lines: tuple[tuple[float, float, float, float], ...]
    em: float
    pictured: float

    @property
    def unreadable(self) -> bool:
        """Whether it has characters that stand for nothing known, or pictures in place of characters."""
        if len(self.chars) < _FEW and self.pictured > (_MOST_OF_IT if self.chars else _ANY):
            return True
        if not self.chars:
            return False
        unknown = sum(
            unicodedata.category(char.text[0]) in ("Co", "Cn", "Cc") or char.text == "�" for char in self.chars
        )
        return unknown * 5 > len(self.chars)


def read_page(pdf: Any, number: int) -> Page:
    """One page of a pypdfium2 document."""
    import pypdfium2.raw as pdfium

    page = pdf[number]
    frame = frame_of(page)
    textpage = page.get_textpage()
    try:
        chars = tuple(_chars(textpage, number, frame, pdfium))
        lines, pictured = _drawn(page, frame, pdfium)
    finally:
        textpage.close()
        page.close()
    sizes = [char.box.bottom - char.box.top for char in chars]
    return Page(number, frame.width, frame.height, chars, lines, median(sizes) if sizes else 12.0, pictured)


def frame_of(page: Any) -> Frame:
    """The frame of a pypdfium2 page."""
    left, bottom, right, top = page.get_cropbox()
    return Frame(left, bottom, right, top, page.get_rotation())


@dataclass(frozen=True, slots=True)
class Frame:
    """The visible part of a page, and how it is turned when it is shown."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int

    @property
    def width(self) -> float:
        across, up = self.right - self.left, self.top - self.bottom
        return up if self.rotation in (90, 270) else across

    @property
    def height(self) -> float:
        across, up = self.right - self.left, self.top - self.bottom
        return across if self.rotation in (90, 270) else up

    def shown(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page's own space, as (from the left, from the top) on the page as shown."""
        x, y = x - self.left, y - self.bottom
        across, up = self.right - self.left, self.top - self.bottom
        turned = {0: (x, up - y), 90: (y, x), 180: (across - x, y), 270: (up - y, across - x)}
        return turned.get(self.rotation, (x, up - y))

    def own(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page as shown, in the page's own space."""
        across, up = self.right - self.left, self.top - self.bottom
        turned = {0: (x, up - y), 90: (y, x), 180: (across - x, y), 270: (across - y, up - x)}
        x, y = turned.get(self.rotation, (x, up - y))
        return x + self.left, y + self.bottom


def _chars(textpage: Any, number: int, frame: Frame, pdfium: Any) -> Iterator[Char]:
    """The characters that are printed upright; pdfium gives those once that a file prints twice to make them bold."""
    loose = pdfium.FS_RECTF()
    spaced = False
    for index in range(textpage.count_chars()):
        code = pdfium.FPDFText_GetUnicode(textpage, index)
        text = "�" if 0xD800 <= code < 0xE000 or code > 0x10FFFF or not code else chr(code)
        if text.isspace():
            spaced = spaced or not pdfium.FPDFText_IsGenerated(textpage, index)
            continue
        if text == "\x02" or text == "\ufffe":  # pdfium's marks of a hyphen at the end of a line
            text = "-"
        if UNPRINTED.match(text):
            continue
        angle = (pdfium.FPDFText_GetCharAngle(textpage, index) + math.radians(frame.rotation)) % (2 * math.pi)
        if _LEANING < angle < 2 * math.pi - _LEANING:
            continue
        # The loose box is the one that the font sets the character in, so that the blank inside 。 is no gap behind it.
        if not pdfium.FPDFText_GetLooseCharBox(textpage, index, loose):
            continue
        x0, y0 = frame.shown(loose.left, loose.bottom)
        x1, y1 = frame.shown(loose.right, loose.top)
        box = Box(number, min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        if box.right < 0 or box.bottom < 0 or box.left > frame.width or box.top > frame.height:
            continue
        char = Char(unicodedata.normalize("NFKC", text) if _is_compatible(text) else text, box, spaced)
        yield char
        spaced = False


def _is_compatible(text: str) -> bool:
    """Whether a font names a radical or a look-alike in place of the Chinese character meant (⽤ for 用)."""
    return "\u2e80" <= text <= "\u2fdf" or "\uf900" <= text <= "\ufaff"


def _drawn(page: Any, frame: Frame, pdfium: Any) -> tuple[tuple[tuple[float, float, float, float], ...], float]:
    """The upright and level lines of the page's paths, and how far the page is pictured."""
    lines: list[tuple[float, float, float, float]] = []
    pictured = 0.0
    points = 0
    for thing in page.get_objects(max_depth=4):
        if thing.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = thing.get_bounds()
            pictured += max(right - left, 0) * max(top - bottom, 0) / max(frame.width * frame.height, 1)
        elif thing.type == pdfium.FPDF_PAGEOBJ_PATH and points < _LONGEST_PATH:
            points += max(pdfium.FPDFPath_CountSegments(thing), 1)
            lines += _segments(thing, frame, pdfium)
    return tuple(lines), 1.0 if points - len(lines) > _CURVES else pictured


def _segments(path: Any, frame: Frame, pdfium: Any) -> Iterator[tuple[float, float, float, float]]:
    matrix = path.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = None
    for index in range(min(pdfium.FPDFPath_CountSegments(path), _LONGEST_PATH)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        point = frame.shown(*matrix.on_point(x.value, y.value))
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO and last is not None:
            yield from _straight(last, point)
        last = point
        if pdfium.FPDFPathSegment_GetClose(segment) and start is not None:
            yield from _straight(last, start)
            last = start


def _straight(first: Sequence[float], second: Sequence[float]) -> Iterator[tuple[float, float, float, float]]:
    if abs(first[0] - second[0]) < 1 or abs(first[1] - second[1]) < 1:
        yield (
            min(first[0], second[0]),
            min(first[1], second[1]),
            max(first[0], second[0]),
            max(first[1], second[1]),
        )
