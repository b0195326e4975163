"""Finds the rows of a table that sum up rows above them.

Rows are read from top to bottom and kept in hand until a total takes them; the total then stands for them, so that
subtotals, totals of subtotals and results after 减 and 加 come out one level at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from audit.outline.tables.account import Account, Outcome, Split, Sums, account
from audit.outline.tables.sheet import MAX_LINES, Number, Role, Sheet
from audit.outline.tables.words import Label, Mark, Rank

EXPLICIT_BITS = 7
"""A marked total is believed when chance would bear it out less than once in 2**7 tries."""
UNMARKED_BITS = 17
_AMPLE = 6
"""So many bits more are asked where as many columns fail as hold."""
_CODE = 3
"""A code without dots has at least this many digits (301, 30101); shorter ones are serial numbers."""
MAX_READINGS = 60
"""How many ways to end several lists of 其中 rows are tried for one total."""


@dataclass(slots=True)
class _Item:
    """A row in hand. `tail` is the 其中 it may still belong to, -1 for none; `wall` marks a heading or a total before
    which a plain reading of a total stops."""

    row: int
    sign: int = 1
    scoped: int = 1
    costed: int = 1
    tail: int = -1
    wall: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    split: Split
    account: Account
    taken: int
    plain: bool


class Totals:
    """The splits of one sheet; call `find` once."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.summed = [n for n, role in enumerate(sheet.roles) if role is not Role.RATE]
        self.splits: list[tuple[Split, Account]] = []
        self.taken: set[int] = set()
        self._hand: list[_Item] = []
        self._scope = 1
        self._tail = -1
        self._tails = 0

    def find(self) -> list[tuple[Split, Account]]:
        """Every split with its account, totals in the order of their rows."""
        row = 0
        while row < self.sheet.height:
            row = self._step(row)
        return self.splits

    def _step(self, row: int) -> int:
        sheet, label = self.sheet, self.sheet.labels[row]
        if self._empty(row):
            if sheet.grid.rows[row].heads:
                self._wall()
            return row + 1
        if label.ratio and not self._amounts(row):
            return row + 1
        if label.mark is Mark.OF and (parent := self._parent(row)) is not None:
            return self._of(row, parent)
        end = self._below(row, label)
        if end > row + 1:
            self._take(row, label)
            return end
        if label.rank is not Rank.PLAIN and self._total(row, label):
            return row + 1
        if (label.net or self._pending()) and label.mark is Mark.NONE and self._result(row):
            return row + 1
        self._take(row, label)
        return row + 1

    def _empty(self, row: int) -> bool:
        return all(entry is None for entry in self.sheet.entries[row])

    def _amounts(self, row: int) -> bool:
        """Whether a row's figures are of the same dimension as those of the row above."""
        if not row:
            return True
        pairs = zip(self.sheet.entries[row], self.sheet.entries[row - 1], strict=True)
        both = [(a, b) for a, b in pairs if isinstance(a, Number) and isinstance(b, Number)]
        return any(
            a.figure.claim.dimension == b.figure.claim.dimension and a.figure.claim.kind is b.figure.claim.kind
            for a, b in both
        )

    def _wall(self) -> None:
        if self._hand:
            self._hand[-1].wall = True
        self._scope, self._tail = 1, -1

    def _take(self, row: int, label: Label) -> None:
        own = {Mark.LESS: -1, Mark.PLUS: 1}.get(label.mark, 0)
        if own:
            self._scope = own
        elif label.level:
            self._scope = 1
        if own or label.level or label.rank is not Rank.PLAIN:
            self._tail = -1
        self._hand.append(
            _Item(row, own or 1, self._scope, -1 if label.cost and not own else self._scope, self._tail)
        )

    def _pending(self) -> bool:
        """Whether a row marked 减 or 加 is still in hand."""
        return any(self.sheet.labels[item.row].mark in (Mark.LESS, Mark.PLUS) for item in self._hand[-12:])

    # ------------------------------------------------------------ 其中
    def _parent(self, row: int) -> int | None:
        """The row that a row marked 其中 belongs to: the one above, or the one that another such list just split."""
        if self._hand and self._hand[-1].row == row - 1:
            return row - 1
        last = self.splits[-1][0] if self.splits else None
        return last.total if last is not None and last.form == "of" and row - 1 in last.plus else None

    def _below(self, row: int, label: Label) -> int:
        """Takes the rows below that are numbered as parts of a row; the index behind them, row + 1 for none.

        Codes (1, 1.1; 208, 20805) say so for certain; other numbering (一、 （一）) only where the figures bear it out.
        """
        grid, labels = self.sheet.grid, self.sheet.labels
        code = grid.rows[row].code.rstrip(".、．")
        end = row + 1
        if _is_code(code):
            at = end
            while at < self.sheet.height and (_is_under(code, grid.rows[at].code) or grid.rows[at].heads):
                at += 1
                end = at if _is_under(code, grid.rows[at - 1].code) else end
            if end == row + 1:
                return end
            codes = [grid.rows[r].code for r in range(row + 1, end)]
            inner = [
                row + 1 + n
                for n, each in enumerate(codes)
                if _is_under(code, each) and not _has_parent(each, codes[:n])
            ]
            self._keep_below(row, inner, "coded", explicit=True)
        elif label.level:
            while end < min(self.sheet.height, row + MAX_LINES) and not self._is_head(end):
                other = labels[end]
                if other.rank is Rank.STRONG or 0 < other.level <= label.level:
                    break
                end += 1
            below = range(row + 1, end)
            levels = [labels[r].level for r in below if labels[r].level]
            if not levels or any(labels[r].mark in (Mark.LESS, Mark.PLUS) for r in below):
                return row + 1
            inner = [r for r in below if labels[r].level == min(levels)]
            if not self._keep_below(row, inner, "levels", explicit=False):
                return row + 1
        else:
            return end
        self._inside(row + 1, end)
        return end

    def _keep_below(self, row: int, inner: Sequence[int], form: str, *, explicit: bool) -> bool:
        split = Split(row, tuple(inner), form=form, explicit=explicit)
        found = account(self.sheet.entries, split, self.sheet.scale)
        if not explicit and not self._believed(found, UNMARKED_BITS, 1):
            return False
        self._keep(split, found)
        return True

    def _inside(self, start: int, end: int) -> None:
        """Looks for splits among rows that are parts of another row."""
        hand, scope, tail = self._hand, self._scope, self._tail
        self._hand, self._scope, self._tail = [], 1, -1
        row = start
        while row < end:
            row = self._step(row)
        self.taken.update(range(start, end))
        self._hand, self._scope, self._tail = hand, scope, tail

    def _of(self, row: int, parent: int) -> int:
        """Takes a row marked 其中, and the rows after it as far as together they make up the row above."""
        sums = Sums(self.sheet.width)
        best: tuple[int, Account] | None = None
        end = row
        labels = self.sheet.labels
        while end < min(self.sheet.height, row + MAX_LINES):
            stop = end > row and (labels[end].mark in (Mark.LESS, Mark.PLUS) or labels[end].level or self._is_head(end))
            if stop or labels[end].rank is Rank.STRONG:
                break
            if not (labels[end].mark is Mark.OF and end > row):
                sums.add(self.sheet.entries[end])
            end += 1
            found = sums.against(self.sheet.entries[parent], self.sheet.scale)
            if self._believed(found, UNMARKED_BITS - 7, end - row):
                best = end, found
                break
        if best is not None:
            rows = tuple(r for r in range(row, best[0]) if labels[r].mark is not Mark.OF or r == row)
            self._keep(Split(parent, rows, form="of", tried=best[0] - row), best[1])
            self.taken.update(range(row, best[0]))
            self._tail = -1
            return best[0]
        self.taken.add(row)
        self._tails += 1
        self._tail = self._tails
        return row + 1

    def _is_head(self, row: int) -> bool:
        return self._empty(row) and self.sheet.grid.rows[row].heads

    # ------------------------------------------------------------ totals
    def _total(self, row: int, label: Label) -> bool:
        strong = label.rank is Rank.STRONG
        found = self._search(row, signs=("scoped", "sign"), bits=EXPLICIT_BITS if strong else UNMARKED_BITS)
        if found is None and strong:
            found = self._alone(row) or self._plain(row)
        if found is None:
            if strong:
                self._wall()
            return False
        self._settle(row, found, explicit=strong)
        return True

    def _result(self, row: int) -> bool:
        """Whether a row is what rows in hand leave after 减 and 加, or after taking off what their names call taken."""
        found = self._search(row, signs=("scoped", "sign", "costed"), bits=UNMARKED_BITS, fewest=2)
        if found is None and self._marked_empty(row):
            found = self._alone(row)
        if found is None:
            return False
        self._settle(row, found, explicit=False)
        return True

    def _settle(self, row: int, found: _Found, *, explicit: bool) -> None:
        self._keep(replace(found.split, explicit=explicit), found.account)
        del self._hand[found.taken :]
        self._hand.append(_Item(row, wall=True))
        self._scope, self._tail = 1, -1

    def _keep(self, split: Split, found: Account) -> None:
        self.splits.append((split, found))

    def _believed(self, found: Account, bits: int, tried: int) -> bool:
        holds = found.crossings(Outcome.HOLDS, self.summed)
        fails = found.crossings(Outcome.FAILS, self.summed)
        spare = found.evidence(self.summed) - bits - tried.bit_length()
        return bool(holds) and spare >= 0 and (len(holds) > len(fails) or (len(holds) == len(fails) and spare >= _AMPLE))

    def _search(self, row: int, signs: Sequence[str], bits: int, fewest: int = 1) -> _Found | None:
        """The run of rows in hand, up to the one above, that the row sums up best."""
        best: _Found | None = None
        tried = 0
        total = self.sheet.entries[row]
        for name in signs:
            with_tails, without = Sums(self.sheet.width), Sums(self.sheet.width)
            tails = False
            for at in range(len(self._hand) - 1, max(-1, len(self._hand) - MAX_LINES), -1):
                item = self._hand[at]
                if item.row == row:
                    continue
                sign = getattr(item, name)
                with_tails.add(self.sheet.entries[item.row], sign)
                tails = tails or item.tail >= 0
                if item.tail < 0:
                    without.add(self.sheet.entries[item.row], sign)
                if len(self._hand) - at < fewest:
                    continue
                for sums, all_rows in ((with_tails, True), *(((without, False),) if tails else ())):
                    tried += 1
                    found = sums.against(total, self.sheet.scale)
                    best = self._better(best, row, found, at, name, all_rows=all_rows)
            if best is not None and not best.account.crossings(Outcome.FAILS, self.summed):
                break
        if best is not None and self._believed(best.account, bits, tried):
            return replace(best, split=replace(best.split, tried=tried))
        return None

    def _better(
        self, best: _Found | None, row: int, found: Account, at: int, sign: str, *, all_rows: bool
    ) -> _Found | None:
        holds = found.crossings(Outcome.HOLDS, self.summed)
        if not holds:
            return best
        if best is not None:
            known = len(best.account.crossings(Outcome.HOLDS, self.summed))
            fails = len(found.crossings(Outcome.FAILS, self.summed))
            worse = len(best.account.crossings(Outcome.FAILS, self.summed))
            if (len(holds), -fails) < (known, -worse):
                return best
            if (len(holds), -fails) == (known, -worse) and any(item.wall for item in self._hand[at : best.taken]):
                return best
        items = [item for item in self._hand[at:] if all_rows or item.tail < 0]
        return _Found(self._split(row, items, sign), found, at, plain=False)

    def _split(self, row: int, items: Sequence[_Item], sign: str) -> Split:
        rows = [(item.row, getattr(item, sign)) for item in items]
        plus = tuple(r for r, s in rows if s > 0)
        minus = tuple(r for r, s in rows if s < 0)
        return Split(row, plus, minus, form="below")

    def _marked_empty(self, row: int) -> bool:
        """Whether a row marked 减 or 加 without figures stands between the last row in hand and this one."""
        last = self._hand[-1].row if self._hand else row
        return any(self.sheet.labels[r].mark in (Mark.LESS, Mark.PLUS) for r in range(last + 1, row))

    def _alone(self, row: int) -> _Found | None:
        """The row above, where a total sums up nothing else and is the same in every column."""
        if not self._hand or self._hand[-1].tail >= 0:
            return None
        items = self._hand[-1:]
        split = self._split(row, items, "sign")
        found = account(self.sheet.entries, split, self.sheet.scale)
        compared = [o for n, o in enumerate(found.outcomes) if n in self.summed and o is not Outcome.SILENT]
        if compared and all(o is Outcome.HOLDS for o in compared):
            return _Found(split, found, len(self._hand) - 1, plain=False)
        return None

    def _plain(self, row: int) -> _Found | None:
        """The rows since the last heading or total, with the lists of 其中 among them ended as fits best; as they stand
        where nothing fits and nothing among them is uncertain."""
        start = len(self._hand)
        while start and not self._hand[start - 1].wall:
            start -= 1
        best: _Found | None = None
        for first in dict.fromkeys((start, 0)):
            items = self._hand[first:]
            if not items:
                continue
            for kept in self._endings(items):
                split = self._split(row, kept, "scoped")
                found = account(self.sheet.entries, split, self.sheet.scale)
                if self._believed(found, EXPLICIT_BITS, MAX_READINGS):
                    return _Found(split, found, first, plain=False)
        items = self._hand[start:]
        if len(items) > 1 and all(item.tail < 0 and item.scoped > 0 for item in items):
            split = self._split(row, items, "scoped")
            found = account(self.sheet.entries, split, self.sheet.scale)
            best = _Found(replace(split, form="plain"), found, start, plain=True)
        return best

    def _endings(self, items: Sequence[_Item]) -> Iterator[list[_Item]]:
        """The rows that remain when every list of 其中 ends at one of its rows."""
        tails = sorted({item.tail for item in items if item.tail >= 0})
        if not tails or len(tails) > 6:
            return
        lengths = [sum(item.tail == tail for item in items) for tail in tails]
        for n, cut in enumerate(product(*(range(length + 1) for length in lengths))):
            if n >= MAX_READINGS:
                return
            left = dict(zip(tails, cut, strict=True))
            kept = []
            for item in items:
                if item.tail in left and left[item.tail] > 0:
                    left[item.tail] -= 1
                    continue
                kept.append(item)
            yield kept


def totals_below(sheet: Sheet) -> list[tuple[Split, Account]]:
    """The rows that sum up rows above them, with how each column bears it out."""
    return Totals(sheet).find()


def _is_code(code: str) -> bool:
    return bool(code) and code[0].isdigit()


def _is_under(code: str, other: str) -> bool:
    """Whether a code is one level or more below another: 1.2 below 1, 20805 below 208."""
    other = other.rstrip(".、．")
    if not _is_code(other) or len(other) <= len(code) or not other.startswith(code):
        return False
    return other[len(code)] in ".．" or (len(code) >= _CODE and other.isdigit())


def _has_parent(code: str, others: Sequence[str]) -> bool:
    return any(_is_under(other.rstrip(".、．"), code) for other in others)
