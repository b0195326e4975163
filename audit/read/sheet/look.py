"""How a sheet shows its cells: what the reader of their values, calamine, does not tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Place = tuple[int, int]
"""Row and column, from 1."""


@dataclass(frozen=True, slots=True)
class Look:
    """The look of one sheet.

    `texts` are what cells show where the file says so itself, `formats` the number formats of others. `merged` gives
    the rows and columns that a cell takes.
    """

    texts: Mapping[Place, str] = field(default_factory=dict)
    formats: Mapping[Place, str] = field(default_factory=dict)
    merged: Mapping[Place, tuple[int, int]] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
