"""Tables written as `| a | b |` rows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audit.document import Cell, Table
from audit.read.layout.line import Line
from audit.span import Span

_RULE = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\Z")
_CELL = re.compile(r"(?:[^|\\]|\\.?)*", re.DOTALL)


def table_end(lines: Sequence[Line], start: int) -> int:
    """The index behind the last row of the table that begins at a line; `start` where none does.

    Rows may stand apart by blank lines, if they do from the first row on; a wider gap begins another table. A row needs
    no outer bars where a rule of dashes follows the first one, as in GitHub's Markdown.
    """
    open_rows = _has_rule(lines, start)
    if not open_rows and not _is_row(lines[start]):
        return start
    end = start + 1
    spacing = lines[end].gap if end < len(lines) else 0
    while (
        end < len(lines)
        and lines[end].gap <= spacing
        and (_is_row(lines[end]) or (open_rows and "|" in lines[end].text))
    ):
        end += 1
    return end


def pipe_table(lines: Sequence[Line]) -> Table:
    """The table of the given rows, rules of dashes left out."""
    rows: list[tuple[Cell, ...]] = []
    for line in lines:
        if not _is_rule(line.text):
            rows.append(tuple(Cell(span, len(rows), column) for column, span in enumerate(_cells(line))))
    return Table(lines[0].span.cover(lines[-1].span), tuple(rows))


def _is_row(line: Line) -> bool:
    return line.text.startswith("|") and line.text.endswith("|") and len(line.text) > 2


def _is_rule(text: str) -> bool:
    return "-" in text and "|" in text and _RULE.match(text) is not None


def _has_rule(lines: Sequence[Line], start: int) -> bool:
    return (
        start + 1 < len(lines)
        and "|" in lines[start].text
        and lines[start + 1].gap == 0
        and _is_rule(lines[start + 1].text)
        and not _is_rule(lines[start].text)
    )


def _cells(line: Line) -> list[Span]:
    inner = line.text.removesuffix("|") if not line.text.endswith("\\|") else line.text
    position = 1 if inner.startswith("|") else 0
    spans = []
    while position <= len(inner):
        found = _CELL.match(inner, position)
        end = found.end() if found else position
        content = inner[position:end].strip()
        start = inner.index(content, position) if content else position
        spans.append(Span(line.span.start + start, line.span.start + start + len(content)))
        position = end + 1
    return spans
