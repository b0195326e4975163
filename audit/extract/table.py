"""Table cells and the units their headers and captions give them."""

from __future__ import annotations

import re
from bisect import bisect_right

from audit.document import Document

_NUMBER = re.compile(r"[-−－+＋]?[(（]?[0-9０-９][0-9０-９,，.．]*[)）]?[%％‰]?")
_CAPTION = re.compile(r"单位[:：]\s*(?:人民币)?([^\s|，。；）)]{1,10})")
_PAREN = re.compile(r"[（(]\s*(?:±|单位[:：])?\s*([^（()）]{1,8}?)\s*[)）]")
_YEAR = re.compile(r"(?:19|20)\d\d")


class Cells:
    """The number cells of a document's tables."""

    def __init__(self, document: Document) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._units: list[str] = []
        text = document.text
        caption, header = "", []
        at = 0
        for line in text.splitlines(keepends=True):
            stripped = line.strip()
            if stripped.startswith("|"):
                self._row(text, at, line, caption, header)
            elif stripped:
                header = []
                if found := _CAPTION.search(line):
                    caption = found[1]
                elif len(stripped) > 30:
                    caption = ""
            at += len(line)

    def _row(self, text: str, at: int, line: str, caption: str, header: list[str]) -> None:
        cells = []
        position = line.find("|") + 1
        while (end := line.find("|", position)) >= 0:
            cells.append((position, end, line[position:end].strip()))
            position = end + 1
        if not any(_NUMBER.fullmatch(c) for _, _, c in cells):
            for k, (_, _, c) in enumerate(cells):
                if len(header) <= k:
                    header.append("")
                header[k] += c
            if found := _CAPTION.search(line):
                header[:] = [h + f"({found[1]})" for h in header]
            return
        row = next((m[1] for _, _, c in cells[:2] if (m := _PAREN.search(c))), "")
        for k, (a, b, c) in enumerate(cells):
            if not _NUMBER.fullmatch(c):
                continue
            found = _PAREN.search(header[k]) if k < len(header) else None
            unit = found[1] if found else row or caption
            serial = k == 0 and c.isdigit() or _YEAR.fullmatch(c)
            self._starts.append(at + a)
            self._ends.append(at + b)
            self._units.append("-" if serial else unit)

    def at(self, offset: int) -> str | None:
        """The unit of the number cell at the offset ("-" for a serial number), None outside of number cells."""
        if not self._starts:
            return None
        k = bisect_right(self._starts, offset) - 1
        if k < 0 or offset >= self._ends[k]:
            return None
        return self._units[k] or " "
