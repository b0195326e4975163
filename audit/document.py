"""What a reader hands on: a document's text, untouched, with the blocks and tables found in it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import InitVar, dataclass, field
from enum import StrEnum

from audit.plain import breaks, plain, quoted, unwrapped
from audit.span import LineIndex, Span


class BlockKind(StrEnum):
    """What a block of text is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    CAPTION = "caption"
    TABLE = "table"
    FOOTNOTE = "footnote"


@dataclass(frozen=True, slots=True)
class Cell:
    """One table cell: the span of its text (empty cells have an empty span), its place counted from 0."""

    span: Span
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table's rows, top to bottom; a merged cell stands once, where it starts."""

    span: Span
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, caption or table; `level` counts headings from 1, 0 for anything else."""

    kind: BlockKind
    span: Span
    level: int = 0
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """What could not be audited, and why, in one sentence that says how to mend it (`reason_en`: in English)."""

    path: str
    reason: str
    reason_en: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One document as read.

    `text` is the decoded file, newlines untouched, so that offsets hold (for formats other than plain text:
    the text that the reader laid out). `blocks` cover its non-blank text in order and do not overlap.
    `places` of a format other than text are those the auditor knows ("第3段", "Sheet1!B7"), in text order. `unread`
    are the parts of the file that could not be read, such as scanned pages. `plain` is the text in its plain form, as
    long as the text, for whoever reads words and figures in it; `breaks` are the line breaks inside paragraphs and the
    blanks around figures, which are none of it. Both are found here, unless a document is read once more in another
    form: then its `plain` form is given, and the `index` of its lines.
    """

    path: str
    text: str
    sha256: str
    blocks: tuple[Block, ...]
    media_type: str = "text/plain"
    places: tuple[tuple[Span, str], ...] = ()
    unread: tuple[Skipped, ...] = ()
    plain: str = field(default="", compare=False, repr=False, kw_only=True)
    index: InitVar[LineIndex | None] = field(default=None, kw_only=True)
    lines: LineIndex = field(init=False, compare=False, repr=False)
    breaks: tuple[Span, ...] = field(default=(), init=False, compare=False, repr=False)

    def __post_init__(self, index: LineIndex | None) -> None:
        object.__setattr__(self, "lines", LineIndex(self.text) if index is None else index)
        if self.plain:
            return
        text = plain(self.text)
        prose = [block.span for block in self.blocks if block.table is None]
        taken = tuple(breaks(text, prose))
        object.__setattr__(self, "breaks", taken)
        object.__setattr__(self, "plain", quoted(unwrapped(text, taken), prose))

    def place_of(self, offset: int) -> str:
        """The auditor's name of the place at an offset; "" where it has none but line and column."""
        at = bisect_right(self.places, offset, key=lambda place: place[0].start) - 1
        return self.places[at][1] if at >= 0 and offset < self.places[at][0].end else ""
