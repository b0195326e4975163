"""What the header rows of a table say of each column of values."""

from __future__ import annotations

from collections.abc import Sequence

from audit.grid.align import Alignment
from audit.grid.cut import Line


def headings(header: Sequence[Line], alignment: Alignment) -> list[str]:
    """The heading of each column of values, the header rows joined from top to bottom; "" where none is certain."""
    names = [""] * alignment.count
    for number, line in enumerate(header):
        upper = number + 1 < len(header)
        said = _by_column(line, alignment, upper) if alignment.physical is not None else None
        if said is None or not all(said):
            in_order = _by_order(line, alignment.count, exactly=said is not None) or _below(line, names)
            said = in_order or said or [""] * alignment.count
        for n, text in enumerate(said):
            names[n] += "" if names[n].endswith(text) else text  # a cell that takes two rows stands in both
    return names


def _by_column(line: Line, alignment: Alignment, upper: bool) -> list[str] | None:
    """The texts above the columns; an upper row's text reaches to the next one on its right."""
    assert alignment.physical is not None
    physical = alignment.physical
    if any(line.widths[c] > 1 for c in line.slots):
        upper = False
    starts = sorted(c for c in line.slots if c >= physical[0] or c + line.widths[c] > physical[0])
    reach = max((c + line.widths[c] for c in line.slots), default=0)
    if max(line.cells, reach) <= physical[-1]:
        # A row that lost the cells of merged neighbours does not stand where its cells are counted.
        return None
    said = []
    for column in physical:
        before = [c for c in starts if c <= column]
        text = ""
        if before and (upper or column < before[-1] + line.widths[before[-1]]):
            text = line.slots[before[-1]].text
        said.append(text)
    return said


def _by_order(line: Line, count: int, *, exactly: bool) -> list[str] | None:
    """The texts dealt out to the columns in order, equally many to each (one, if `exactly`), the row's own label aside;
    None where their number does not allow it."""
    texts = [slot.text for slot in line.slots.values()]
    for said in (texts, texts[1:]):
        if said and count % len(said) == 0 and (not exactly or len(said) == count):
            share = count // len(said)
            return [text for text in said for _ in range(share)]
    return None


def _below(line: Line, names: Sequence[str]) -> list[str] | None:
    """The texts dealt out to the columns that share a heading in the rows above; None where they are not as many."""
    shared = [n for n, name in enumerate(names) if name and name in (*names[max(0, n - 1) : n], *names[n + 1 : n + 2])]
    if not shared or len(shared) != len(line.slots):
        return None
    said = [""] * len(names)
    for n, slot in zip(shared, line.slots.values(), strict=True):
        said[n] = slot.text
    return said
