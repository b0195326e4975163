"""Lines of all pages -> one flow of text in reading order, without running heads and page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from audit.read.pdf.line import Line, around

_PAGE_NUMBER = re.compile(
    r"[-—–─·.\s]*(?:第\s*)?(?:[0-9０-９]{1,4}|[ivxlcIVXLC]{1,6}|[一二三四五六七八九十百]{1,4})(?:\s*页)?"
    r"(?:\s*[/／，,]?\s*(?:共|of)?\s*[0-9０-９]{1,4}\s*页?)?[-—–─·.\s]*"
)
_DIGITS = re.compile(r"[0-9０-９]+")
_EDGE = 0.12
_LINES = 3
"""How many lines at the top and at the bottom of a page may be running heads."""


def without_running(pages: Sequence[tuple[float, Sequence[Line]]]) -> list[list[Line]]:
    """The lines of each page, given with its height, without those that other pages repeat at the same edge."""
    said: Counter[tuple[bool, str]] = Counter()
    edges = [_at_edges(height, lines) for height, lines in pages]
    for edge in edges:
        said.update({(top, _DIGITS.sub("#", line.text)) for top, line in edge})
    least = max(3, len(pages) // 4)
    kept = []
    for (_, lines), edge in zip(pages, edges, strict=True):
        running = {
            id(line)
            for top, line in edge
            if said[top, _DIGITS.sub("#", line.text)] >= least or _PAGE_NUMBER.fullmatch(line.text)
        }
        kept.append([line for line in lines if id(line) not in running])
    return kept


def _at_edges(height: float, lines: Sequence[Line]) -> list[tuple[bool, Line]]:
    top = [(True, line) for line in lines[:_LINES] if line.box.bottom < _EDGE * height]
    return top + [(False, line) for line in lines[-_LINES:] if line.box.top > (1 - _EDGE) * height]


def in_columns(lines: Sequence[Line], width: float) -> list[Line]:
    """The lines in reading order: those of two columns left before right, between lines that reach across."""
    gutter = _gutter(lines, width)
    if gutter is None:
        return list(lines)
    ordered: list[Line] = []
    sides: tuple[list[Line], list[Line]] = ([], [])
    for line in lines:
        left = [piece for piece in line.pieces if piece.box.right <= gutter]
        right = [piece for piece in line.pieces if piece.box.left >= gutter]
        if len(left) + len(right) < len(line.pieces):
            ordered += [*sides[0], *sides[1], line]
            sides = [], []
            continue
        for side, pieces in zip(sides, (left, right), strict=True):
            if pieces:
                side.append(Line(tuple(pieces), around([piece.box for piece in pieces])))
    return [*ordered, *sides[0], *sides[1]]


def _gutter(lines: Sequence[Line], width: float) -> float | None:
    """Where the blank between two columns of prose stands; None where the page has one column, or a table."""
    both = [line for line in lines if len(line.pieces) == 2 and line.pieces[1].box.left > 0.4 * width]
    if len(both) < 5:
        return None
    left = sorted(line.pieces[0].box.right for line in both)[int(len(both) * 0.9)]
    right = sorted(line.pieces[1].box.left for line in both)[int(len(both) * 0.1)]
    gutter = (left + right) / 2
    if right <= left or not 0.35 * width < gutter < 0.65 * width:
        return None
    crossing = sum(any(p.box.left < gutter < p.box.right for p in line.pieces) for line in lines)
    prose = sum(piece.box.right - piece.box.left > 0.25 * width for line in both for piece in line.pieces)
    return gutter if crossing * 2 < len(lines) and prose * 2 > 2 * len(both) else None
