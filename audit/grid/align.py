"""Which value stands in which column, in tables whose cells have slipped sideways."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from audit.grid.cut import Line, is_year
from audit.grid.grid import Slot, Sort

_HAN = "[一二三四五六七八九十]"
_CODE = re.compile(
    rf"[0-9]{{1,3}}(?:[.．][0-9]{{1,3}}){{0,3}}[.、．]?|[0-9]{{3,9}}|{_HAN}{{1,3}}、?|[（(](?:{_HAN}{{1,3}}|[0-9]{{1,3}})[)）]"
)
_SERIAL = frozenset({"序号", "序", "编号", "代码", "编码", "科目编码", "行次", "No.", "NO."})
_LONG_CODE = re.compile(r"[0-9]{3,9}")
_WORD = re.compile(r"[A-Za-z\u4e00-\u9fff]")
_CODED = 3
"""So many rows with a code before their label make a column of codes."""
_EVEN = 3
"""Rows of this many values each are aligned by their order even where their columns differ."""
_VALUES = frozenset({Sort.NUMBER, Sort.NIL, Sort.BROKEN})


@dataclass(frozen=True, slots=True)
class Stub:
    """The start of a row: its code, its label, and the columns that these take."""

    code: str
    label: tuple[str, ...]
    columns: tuple[int, ...]

    @property
    def first(self) -> int:
        """The column in which the row begins."""
        return self.columns[0] if self.columns else 0


def stub_of(line: Line, codes: frozenset[int] = frozenset()) -> Stub:
    """The code and label a row begins with; `codes` are the columns known to hold codes or serial numbers."""
    items = list(line.slots.items())
    code, at = "", 0
    if items and _CODE.fullmatch(items[0][1].text):
        known = items[0][0] in codes
        if known or (len(items) > 1 and _is_word(items[1][1])):
            code, at = items[0][1].text, 1
    label: list[tuple[int, str]] = []
    for column, slot in items[at:]:
        begins = not label and (_is_word(slot) or is_year(slot))
        if not begins and slot.sort is not Sort.TEXT:
            break
        label.append((column, slot.text))
    taken = [column for column, _ in items[:at]] + [column for column, _ in label]
    return Stub(code, tuple(text for _, text in label), tuple(taken))


def stubs_of(lines: Sequence[Line], header: Sequence[Line]) -> list[Stub]:
    """The stubs of a table's rows; a column of serial numbers or codes holds them in every row."""
    codes = {c for line in header for c, slot in line.slots.items() if slot.text in _SERIAL}
    stubs = [stub_of(line) for line in lines]
    coded = Counter(stub.first for stub in stubs if stub.code[:1].isdigit()).most_common(1)
    if coded and coded[0][1] >= _CODED:
        codes.add(coded[0][0])
    firsts = [next(iter(line.slots.items())) for line in lines if line.slots]
    if len(firsts) >= _CODED and all(slot.text == str(n) for n, (_, slot) in enumerate(firsts, 1)):
        codes.add(firsts[0][0])
    return [stub_of(line, frozenset(codes)) for line in lines] if codes else stubs


def code_columns(lines: Sequence[Line]) -> frozenset[int]:
    """The columns that hold nothing but codes of several levels: 302, 30201, 30202."""
    found: dict[int, list[str]] = {}
    for line in lines:
        for column, slot in line.slots.items():
            if slot.sort is not Sort.TEXT:
                found.setdefault(column, []).append(slot.text)
    return frozenset(column for column, texts in found.items() if len(texts) > _CODED and _are_codes(texts))


def _are_codes(texts: Sequence[str]) -> bool:
    if not all(_LONG_CODE.fullmatch(text) for text in texts):
        return False
    codes = set(texts)
    inner = sum(any(text[:n] in codes for n in range(3, len(text))) for text in texts)
    return inner * 2 > len(texts)


def _is_word(slot: Slot) -> bool:
    return slot.sort is not Sort.NIL and _WORD.search(slot.text) is not None


def values_of(line: Line, stub: Stub) -> list[int]:
    """The columns of a row's values."""
    return [c for c, slot in line.slots.items() if c not in stub.columns and slot.sort in _VALUES]


@dataclass(frozen=True, slots=True)
class Alignment:
    """The columns of a table's values, and where a row's value in a physical column belongs.

    `physical` are the table's own columns where they are the columns of values (None where rows are aligned by other
    means); `place` gives the positions of a row's values, None where they are uncertain.
    """

    count: int
    physical: tuple[int, ...] | None
    place: Callable[[Sequence[int], int], list[int] | None]


def align(rows: Sequence[tuple[Line, Stub]], headed: frozenset[int]) -> Alignment | None:
    """How the values of rows stand below one another; None where there is nothing to align.

    Tries, in this order: the columns counted from the row's label, where rows have slipped as a whole; the table's own
    columns, where one row uses them all or all have a heading; the order of values in the row, where rows have
    equally many.
    """
    found = [(values_of(line, stub), stub.first, line) for line, stub in rows]
    found = [(columns, first, line) for columns, first, line in found if columns]
    if not found:
        return None
    numbered = {c for columns, _, line in found for c in columns if line.slots[c].sort is not Sort.NIL}
    if not numbered:
        return None
    most = max(sum(c in numbered for c in columns) for columns, _, _ in found)
    offsets = {c - first for columns, first, line in found for c in columns if line.slots[c].sort is not Sort.NIL}
    if len(offsets) == most < len(numbered):
        shifted = {c: n for n, c in enumerate(sorted(offsets))}
        return Alignment(most, None, lambda columns, first: [shifted.get(c - first, -1) for c in columns])
    even = most >= _EVEN and all(len(columns) == most for columns, _, _ in found)
    if len(numbered) == most or (numbered <= headed and not even):
        order = {c: n for n, c in enumerate(sorted(numbered))}
        return Alignment(len(order), tuple(sorted(numbered)), lambda columns, _: [order.get(c, -1) for c in columns])
    return _by_order(found)


def _by_order(found: Sequence[tuple[list[int], int, Line]]) -> Alignment:
    """Full rows by the order of their values; others where, shifted by a column or two, they fit the full ones."""
    width = max(len(columns) for columns, _, _ in found)
    full = [(columns, first) for columns, first, _ in found if len(columns) == width]
    seats: dict[int, set[int]] = {}
    for columns, _ in full:
        for n, c in enumerate(columns):
            seats.setdefault(c, set()).add(n)
    start = Counter(first for _, first in full).most_common(1)[0][0]

    def place(columns: Sequence[int], first: int) -> list[int] | None:
        if len(columns) == width:
            return list(range(width))
        for shift in dict.fromkeys((0, start - first, -1, 1)):
            known = [seats.get(c + shift, set()) for c in columns]
            if all(len(seat) == 1 for seat in known):
                placed = [next(iter(seat)) for seat in known]
                if len(set(placed)) == len(placed):
                    return placed
        return None

    return Alignment(width, None, place)
