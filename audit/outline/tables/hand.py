"""The rows of a table that no total has taken yet, and the ways in which a row can be the total of some of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from audit.outline.tables.account import Account, Outcome, Split, Sums, account
from audit.outline.tables.sheet import Number, Role, Sheet
from audit.outline.tables.words import Label, Mark, Rank

EXPLICIT_BITS = 7
"""A marked total is believed when chance would bear it out less than once in 2**7 tries."""
UNMARKED_BITS = 17
"""A row that nothing marks as a total is believed when chance would bear it out less than once in 2**17 tries."""
_AMPLE = 6
"""So many bits more are asked where as many columns fail as hold."""
_REACH = 120
"""A total is tried against the runs of at most so many rows above it, beside the rows since the last heading."""
_NESTED = 12
"""At most so many rows are looked at for parts of a row above them that nothing marks."""
_RECENT = 12
MAX_READINGS = 60
"""How many ways to end several lists of 其中 rows are tried for one total."""


@dataclass(slots=True)
class Item:
    """A row in hand.

    `sign` is its own mark's, `scoped` that of the last mark above it, `costed` the same with rows taken off whose names
    speak of costs. `tail` is the list of 其中 it may still belong to, -1 for none. `wall` marks the last row before a
    heading, or a total: a plain reading of a total stops there.
    """

    row: int
    sign: int = 1
    scoped: int = 1
    costed: int = 1
    tail: int = -1
    wall: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A split, its account, and how many rows stay in hand below it."""

    split: Split
    account: Account
    kept: int


class Hand:
    """Rows of one sheet, taken from top to bottom."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.summed = [n for n, role in enumerate(sheet.roles) if role is not Role.RATE]
        self.items: list[Item] = []
        self._scope = 1
        self._tail = -1
        self._tails = 0

    # ------------------------------------------------------------ taking rows
    def take(self, row: int, label: Label) -> None:
        """Takes a row; 减 and 加 hold for the rows after theirs until another mark or number."""
        own = {Mark.LESS: -1, Mark.PLUS: 1}.get(label.mark, 0)
        if own:
            self._scope = own
        elif label.level:
            self._scope = 1
        if own or label.level or label.rank is not Rank.PLAIN:
            self._tail = -1
        costed = -1 if label.cost and not own else self._scope
        self.items.append(Item(row, own or 1, self._scope, costed, self._tail))

    def wall(self) -> None:
        """Notes that a heading stands here."""
        if self.items:
            self.items[-1].wall = True
        self._scope, self._tail = 1, -1

    def open_list(self) -> None:
        """Notes that the rows from here on may be parts of the row above (其中)."""
        self._tails += 1
        self._tail = self._tails

    def close_list(self) -> None:
        """Notes that a list of 其中 has come to its end."""
        self._tail = -1

    def settle(self, row: int, found: Found) -> None:
        """Puts a total in the place of the rows it sums up."""
        del self.items[found.kept :]
        self.items.append(Item(row, wall=True))
        self._scope, self._tail = 1, -1

    def pending(self) -> bool:
        """Whether a row marked 减 or 加 is still in hand."""
        return any(self.sheet.labels[item.row].mark in (Mark.LESS, Mark.PLUS) for item in self.items[-_RECENT:])

    # ------------------------------------------------------------ looking for totals
    def believed(self, found: Account, bits: int, tried: int) -> bool:
        """Whether more columns hold than fail, and chance does not explain those that hold."""
        holds = len(found.crossings(Outcome.HOLDS, self.summed))
        spare = found.evidence(self.summed) - bits - tried.bit_length()
        if not holds or spare < 0:
            return False
        fails = self._fails(found)
        return holds > fails or (holds == fails and spare >= _AMPLE)

    def _fails(self, found: Account) -> int:
        return len(found.crossings(Outcome.FAILS, self.summed))

    def total(self, row: int, *, strong: bool) -> Found | None:
        """What a row called a total sums up; a strong name is believed without proof where nothing else fits."""
        found = self._search(row, ("scoped", "sign"), EXPLICIT_BITS if strong else UNMARKED_BITS)
        if strong and (found is None or self._fails(found.account)):
            return self._sorted_out(row, found)
        return found

    def result(self, row: int) -> Found | None:
        """What a row is the result of, after 减 and 加 or after taking off what the names say is taken off."""
        found = self._search(row, ("scoped", "sign", "costed"), UNMARKED_BITS, fewest=2)
        return self._alone(row) if found is None and self._marked_empty(row) else found

    def _search(self, row: int, signs: Sequence[str], bits: int, fewest: int = 1) -> Found | None:
        """The run of rows in hand, up to the one above, that the row sums up best."""
        best: Found | None = None
        tried = 0
        total = self.sheet.entries[row]
        sought = [(n, e.value, e.slack) for n in self.summed if isinstance(e := total[n], Number)]
        for sign in signs:
            every, sure = Sums(self.sheet.width), Sums(self.sheet.width)
            tails = False
            for at in range(len(self.items) - 1, max(-1, len(self.items) - 1 - _REACH), -1):
                item = self.items[at]
                every.add(self.sheet.entries[item.row], getattr(item, sign))
                tails = tails or item.tail >= 0
                if item.tail < 0:
                    sure.add(self.sheet.entries[item.row], getattr(item, sign))
                if len(self.items) - at < fewest:
                    continue
                for sums, whole in ((every, True), *(((sure, False),) if tails else ())):
                    tried += 1
                    if not sums.touches(sought):
                        continue
                    found = sums.against(total, self.sheet.scale)
                    if self._is_better(found, at, best):
                        best = Found(self._split(row, self.items[at:], sign, tails=whole), found, at)
            if best is not None and not self._fails(best.account):
                break
        if best is None or not self.believed(best.account, bits, tried):
            return None
        return replace(best, split=replace(best.split, tried=tried))

    def _is_better(self, found: Account, at: int, best: Found | None) -> bool:
        """Whether more columns hold, or fewer fail; among equals the longer run, but not over a heading."""
        holds = len(found.crossings(Outcome.HOLDS, self.summed))
        if not holds or best is None:
            return holds > 0
        merit = holds, -self._fails(found)
        known = len(best.account.crossings(Outcome.HOLDS, self.summed)), -self._fails(best.account)
        return merit > known or (merit == known and not any(item.wall for item in self.items[at : best.kept]))

    def _split(self, row: int, items: Sequence[Item], sign: str, *, tails: bool = True) -> Split:
        rows = [(item.row, getattr(item, sign)) for item in items if tails or item.tail < 0]
        plus, minus = tuple(r for r, s in rows if s > 0), tuple(r for r, s in rows if s < 0)
        return Split(row, plus, minus, form="below")

    def _found(self, row: int, items: Sequence[Item], sign: str, kept: int, form: str = "below") -> Found:
        split = replace(self._split(row, items, sign), form=form)
        return Found(split, account(self.sheet.entries, split, self.sheet.scale), kept)

    # ------------------------------------------------------------ totals that no run of rows explains
    def _sorted_out(self, row: int, found: Found | None) -> Found | None:
        """A reading that bears a total out better than one with failing columns or none: lists of 其中 ended otherwise,
        rows left out that are themselves parts of rows above them."""
        better = found or self._alone(row)
        for reading in self._readings(row):
            if self.believed(reading.account, EXPLICIT_BITS, MAX_READINGS) and (
                better is None or self._fails(reading.account) < self._fails(better.account)
            ):
                better = reading
        return better or self._plain(row)

    def _alone(self, row: int) -> Found | None:
        """The row above, where a total sums up nothing else and is the same in every column."""
        if not self.items or self.items[-1].tail >= 0:
            return None
        found = self._found(row, self.items[-1:], "sign", len(self.items) - 1)
        compared = [found.account.outcomes[n] for n in self.summed]
        compared = [outcome for outcome in compared if outcome is not Outcome.SILENT]
        return found if compared and all(outcome is Outcome.HOLDS for outcome in compared) else None

    def _marked_empty(self, row: int) -> bool:
        """Whether a row marked 减 or 加 without figures stands between the last row in hand and this one."""
        last = self.items[-1].row if self.items else row
        return any(self.sheet.labels[r].mark in (Mark.LESS, Mark.PLUS) for r in range(last + 1, row))

    def _start(self) -> int:
        """Where the rows in hand since the last heading or total begin."""
        start = len(self.items)
        while start and not self.items[start - 1].wall:
            start -= 1
        return start

    def _plain(self, row: int) -> Found | None:
        """The rows since the last heading or total as they stand, where nothing among them is uncertain."""
        start = self._start()
        items = self.items[start:]
        if len(items) < 2 or any(item.tail >= 0 or item.scoped < 0 for item in items):
            return None
        if len({self.sheet.labels[item.row].level > 0 for item in items}) > 1:
            return None  # what has no number may be part of what has one
        return self._found(row, items, "scoped", start, form="plain")

    def _readings(self, row: int) -> Iterator[Found]:
        for first in dict.fromkeys((self._start(), max(0, len(self.items) - _REACH))):
            items = self.items[first:]
            if items:
                for kept in (*self._endings(items), self._outermost(items), self._numbered(items)):
                    yield self._found(row, kept, "scoped", first)

    def _endings(self, items: Sequence[Item]) -> Iterator[list[Item]]:
        """The rows that remain when every list of 其中 ends at one of its rows."""
        tails = sorted({item.tail for item in items if item.tail >= 0})
        lengths = [sum(item.tail == tail for item in items) for tail in tails]
        if not tails or len(tails) > _RECENT:
            return
        for n, cuts in enumerate(product(*(range(length + 1) for length in lengths))):
            if n >= MAX_READINGS:
                return
            left = dict(zip(tails, cuts, strict=True))
            kept = []
            for item in items:
                if left.get(item.tail, 0) > 0:
                    left[item.tail] -= 1
                else:
                    kept.append(item)
            yield kept

    def _numbered(self, items: Sequence[Item]) -> list[Item]:
        """The rows of the highest numbering among them (一、 without what stands below 一、)."""
        levels = [self.sheet.labels[item.row].level for item in items]
        first = min((level for level in levels if level), default=0)
        return [item for item, level in zip(items, levels, strict=True) if level == first]

    def _outermost(self, items: Sequence[Item]) -> list[Item]:
        """The rows without those that add up to the row directly above them (3年以上, 3至4年, 4至5年)."""
        kept: list[Item] = []
        at = 0
        while at < len(items):
            kept.append(items[at])
            sums = Sums(self.sheet.width)
            upper = self.sheet.entries[items[at].row]
            at += 1
            for end in range(at, min(len(items), at + _NESTED)):
                sums.add(self.sheet.entries[items[end].row])
                found = sums.against(upper, self.sheet.scale)
                compared = [found.outcomes[n] for n in self.summed if found.outcomes[n] is not Outcome.SILENT]
                if compared and all(outcome is Outcome.HOLDS for outcome in compared):
                    at = end + 1
                    break
        return kept
