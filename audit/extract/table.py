"""Table cells and the units their headings, labels and captions give them."""

from __future__ import annotations

from bisect import bisect_right

from audit.document import Document
from audit.grid import CODE, GLUED, cell_units, grids_of

__all__ = ["CODE", "GLUED", "Cells"]


class Cells:
    """The cells of a document's tables that hold digits and no words."""

    def __init__(self, document: Document) -> None:
        cells = cell_units(document, grids_of(document))
        self._starts = [span.start for span, _ in cells]
        self._ends = [span.end for span, _ in cells]
        self._units = [unit for _, unit in cells]

    def at(self, offset: int) -> str | None:
        """The unit of the number at the offset (CODE and GLUED as they are, " " for none), None outside such cells."""
        k = bisect_right(self._starts, offset) - 1
        if k < 0 or offset >= self._ends[k]:
            return None
        return self._units[k] or " "
