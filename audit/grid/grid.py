"""The parts of a grid: slots in labelled rows and headed columns."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from audit.span import Span


class Sort(StrEnum):
    """What a cell holds."""

    NUMBER = "number"  # one number, with or without its unit
    NIL = "nil"  # a dash or its like: printed, and worth nothing
    TEXT = "text"
    BROKEN = "broken"  # digits that make no number: cells run together or cut


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell with something in it: its span, and what it says without blanks."""

    span: Span
    text: str
    sort: Sort


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A row of a grid's body.

    `label` are the texts before its first value, without blanks; `code` is the serial number or code before them (1.2,
    2080501). `slots` are its values, one for each column of the grid, None where nothing is printed. `trusted` says
    that the values certainly stand in their columns.
    """

    label: tuple[str, ...]
    code: str
    slots: tuple[Slot | None, ...]
    trusted: bool = True

    @property
    def name(self) -> str:
        """The whole label."""
        return "".join(self.label)

    @property
    def heads(self) -> bool:
        """Whether the row has a label and no values: the heading of the rows below it."""
        return self.trusted and bool(self.label) and not any(self.slots)


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A column of values; `heading` is what its header rows say of it, top to bottom, without blanks."""

    heading: str


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """A table, or the part of one below one header: every row has a slot for every column.

    `header` is everything that its header rows say.
    """

    span: Span
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    header: str = ""
