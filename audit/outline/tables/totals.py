"""Finds the rows of a table that sum up other rows.

Rows are read from top to bottom and kept in hand until a total takes them; the total then stands for them, so that
subtotals, totals of subtotals and results after 减 and 加 come out one level at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from audit.outline.tables.account import Account, Split, Sums, account
from audit.outline.tables.hand import UNMARKED_BITS, Found, Hand
from audit.outline.tables.sheet import Number, Sheet
from audit.outline.tables.words import Label, Mark, Rank

_LISTED_BITS = 10
"""A list of 其中 ends where it makes up the row above it and chance would do so less than once in 2**10 tries."""
_LONGEST = 60
"""A list of 其中 has at most so many rows, and so have the rows numbered below one row."""
_SPARSE = 4
"""Where more than one row in so many is without figures, such rows need not be headings."""
_CODE = 3
"""A code without dots has at least this many digits (301, 30101); shorter ones are serial numbers."""


def totals_below(sheet: Sheet) -> list[tuple[Split, Account]]:
    """The rows that sum up other rows, with how each column bears it out, in the order in which they are told."""
    return _Reading(sheet).run()


class _Reading:
    """One pass over the rows of a sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.hand = Hand(sheet)
        self.splits: list[tuple[Split, Account]] = []
        self.sparse = sum(row.heads for row in sheet.grid.rows) * _SPARSE > sheet.height

    def run(self) -> list[tuple[Split, Account]]:
        row = 0
        while row < self.sheet.height:
            row = self.step(row)
        return self.splits

    def step(self, row: int) -> int:
        """Reads a row, and those below it that it settles; the index of the next one."""
        label = self.sheet.labels[row]
        if self.is_empty(row):
            if label.mark is Mark.OF and label.name:
                self.hand.open_list()
            elif self.is_head(row):
                self.hand.wall()
            return row + 1
        if label.ratio and not self.is_like_above(row):
            return row + 1
        if label.mark is Mark.OF and (parent := self.parent(row)) is not None:
            return self.listed(row, parent)
        end = self.numbered(row, label)
        if end > row + 1:
            self.hand.take(row, label)
            return end
        found: Found | None = None
        strong = label.rank is Rank.STRONG
        if label.rank is not Rank.PLAIN:
            found = self.hand.total(row, strong=strong)
        if found is None and label.mark is Mark.NONE and not strong and (label.net or self.hand.pending()):
            found = self.hand.result(row)
        if found is not None:
            self.keep(replace(found.split, explicit=strong), found.account)
            self.hand.settle(row, found)
            return row + 1
        if strong:
            self.hand.wall()
        self.hand.take(row, label)
        return row + 1

    def keep(self, split: Split, found: Account) -> None:
        self.splits.append((split, found))

    def is_empty(self, row: int) -> bool:
        return all(entry is None for entry in self.sheet.entries[row])

    def is_head(self, row: int) -> bool:
        """Whether a row without figures heads the rows below it; where many rows have none, only marked ones do."""
        if not self.sheet.grid.rows[row].heads:
            return False
        marked = self.sheet.labels[row].level > 0 or self.sheet.grid.rows[row].name.endswith(("：", ":"))
        return marked or not self.sparse

    def is_like_above(self, row: int) -> bool:
        """Whether a row's figures are of the same dimension and kind as those of the row above."""
        if not row:
            return True
        pairs = zip(self.sheet.entries[row], self.sheet.entries[row - 1], strict=True)
        both = [(a.figure.claim, b.figure.claim) for a, b in pairs if isinstance(a, Number) and isinstance(b, Number)]
        return any(a.dimension == b.dimension and a.kind is b.kind for a, b in both)

    # ------------------------------------------------------------ 其中
    def parent(self, row: int) -> int | None:
        """The row that a row marked 其中 belongs to: the one above, or the one that another such list just split."""
        if self.hand.items and self.hand.items[-1].row == row - 1:
            return row - 1
        last = self.splits[-1][0] if self.splits else None
        return last.total if last is not None and last.form == "of" and row - 1 in last.plus else None

    def listed(self, row: int, parent: int) -> int:
        """Reads a row marked 其中, and the rows after it as far as together they make up the row above."""
        sums = Sums(self.sheet.width)
        labels = self.sheet.labels
        rows: list[int] = []
        for at in range(row, min(self.sheet.height, row + _LONGEST)):
            label = labels[at]
            if at > row:
                if label.rank is Rank.STRONG or label.mark in (Mark.LESS, Mark.PLUS) or label.level or self.is_head(at):
                    break
                if label.mark is Mark.OF:
                    continue
            sums.add(self.sheet.entries[at])
            rows.append(at)
            found = sums.against(self.sheet.entries[parent], self.sheet.scale)
            if self.hand.believed(found, _LISTED_BITS, len(rows)):
                self.keep(Split(parent, tuple(rows), form="of", tried=len(rows)), found)
                self.hand.close_list()
                return at + 1
        self.hand.open_list()
        return row + 1

    # ------------------------------------------------------------ numbering
    def numbered(self, row: int, label: Label) -> int:
        """Reads the rows below that are numbered as parts of a row; the index behind them, row + 1 for none.

        Codes (1, 1.1; 208, 20805) say so for certain; other numbering (一、 （一）) only where the figures bear it out.
        """
        code = self.sheet.grid.rows[row].code.rstrip(".、．")
        if _is_code(code):
            inner, end = self.coded(code, row)
        elif label.level:
            inner, end = self.leveled(row, label.level)
        else:
            return row + 1
        if not inner:
            return row + 1
        explicit = _is_code(code)
        split = Split(row, tuple(inner), form="coded" if explicit else "levels", explicit=explicit)
        found = account(self.sheet.entries, split, self.sheet.scale)
        if not explicit and not self.hand.believed(found, UNMARKED_BITS, 1):
            return row + 1
        self.keep(split, found)
        self.inside(row + 1, end)
        return end

    def coded(self, code: str, row: int) -> tuple[list[int], int]:
        """(the rows one level below a code, the index behind all rows below it)."""
        rows = self.sheet.grid.rows
        inner: list[int] = []
        at = end = row + 1
        while at < self.sheet.height and (_is_under(code, rows[at].code) or rows[at].heads):
            if _is_under(code, rows[at].code):
                if not inner or not _is_under(rows[inner[-1]].code.rstrip(".、．"), rows[at].code):
                    inner.append(at)
                end = at + 1
            at += 1
        return inner, end

    def leveled(self, row: int, level: int) -> tuple[list[int], int]:
        """(the rows of the next level below a numbered row, the index behind all rows before one of its own level)."""
        labels = self.sheet.labels
        end = row + 1
        while end < min(self.sheet.height, row + _LONGEST) and not self.is_head(end):
            if labels[end].rank is Rank.STRONG or 0 < labels[end].level <= level:
                break
            if labels[end].mark in (Mark.LESS, Mark.PLUS):
                return [], row + 1
            end += 1
        levels = [labels[r].level for r in range(row + 1, end) if labels[r].level]
        return [r for r in range(row + 1, end) if labels[r].level == min(levels, default=-1)], end

    def inside(self, start: int, end: int) -> None:
        """Reads rows that are parts of another row."""
        outer, self.hand = self.hand, Hand(self.sheet)
        row = start
        while row < end:
            row = self.step(row)
        self.hand = outer


def _is_code(code: str) -> bool:
    return code[:1].isdigit()


def _is_under(code: str, other: str) -> bool:
    """Whether a code is one level or more below another: 1.2 below 1, 20805 below 208."""
    other = other.rstrip(".、．")
    if not _is_code(other) or len(other) <= len(code) or not other.startswith(code):
        return False
    return other[len(code)] in ".．" or (len(code) >= _CODE and other.isdigit())


def inner_rows(splits: Sequence[tuple[Split, Account]]) -> set[int]:
    """The rows that are parts of others."""
    return {row for split, _ in splits for row in (*split.plus, *split.minus)}
