"""Whether lines of a table add up: a total line against its part lines, crossing by crossing.

Lines are rows and crossings columns where a table is summed down, the reverse where it is summed across.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from audit.outline.tables.sheet import Entry, Number

Matrix = Sequence[Sequence[Entry]]
"""Entries by line, then crossing."""


class Outcome(StrEnum):
    """What the figures of one crossing say of a split."""

    HOLDS = "holds"
    NEAR = "near"  # off by no more than one unit of the last digit of every figure
    FAILS = "fails"
    SILENT = "silent"  # nothing to compare, or something that cannot be read


@dataclass(frozen=True, slots=True)
class Split:
    """A total line with the lines that are added and taken off to make it.

    `explicit` says that words or numbering mark it; `tried` is how many splits were looked at to find it.
    """

    total: int
    plus: tuple[int, ...]
    minus: tuple[int, ...] = ()
    form: str = ""
    explicit: bool = False
    tried: int = 1


@dataclass(slots=True)
class Sums:
    """Running sums of lines, one for each crossing."""

    size: int
    value: list[int] = field(default_factory=list)
    slack: list[int] = field(default_factory=list)
    count: list[int] = field(default_factory=list)
    broken: list[bool] = field(default_factory=list)
    dimension: list[str | None] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.value, self.slack, self.count = [0] * self.size, [0] * self.size, [0] * self.size
        self.broken, self.dimension = [False] * self.size, [None] * self.size

    def add(self, line: Sequence[Entry], sign: int = 1) -> None:
        """Adds a line."""
        for n, entry in enumerate(line):
            if entry is None:
                continue
            if not isinstance(entry, Number):
                self.broken[n] = True
                continue
            self.value[n] += sign * entry.value
            self.slack[n] += entry.slack
            self.count[n] += entry.value != 0
            dimension = entry.figure.claim.dimension
            if self.dimension[n] is None:
                self.dimension[n] = dimension
            elif self.dimension[n] != dimension:
                self.broken[n] = True

    def copy(self) -> Sums:
        """The same sums, to go on with separately."""
        other = Sums(self.size)
        other.value, other.slack, other.count = self.value[:], self.slack[:], self.count[:]
        other.broken, other.dimension = self.broken[:], self.dimension[:]
        return other

    def touches(self, total: Sequence[tuple[int, int, int]]) -> bool:
        """Whether the sums come to a total in some crossing; `total` are its (crossing, value, slack)."""
        return any(abs(self.value[n] - value) <= self.slack[n] + slack for n, value, slack in total)

    def against(self, total: Sequence[Entry], scale: int) -> Account:
        """How the sums compare with a total line."""
        outcomes: list[Outcome] = []
        bits: list[int] = []
        for n, entry in enumerate(total):
            outcome, strength = self._compare(n, entry, scale)
            outcomes.append(outcome)
            bits.append(strength)
        return Account(tuple(outcomes), tuple(bits), tuple(zip(self.value, self.count, strict=True)))

    def _compare(self, n: int, entry: Entry, scale: int) -> tuple[Outcome, int]:
        if not isinstance(entry, Number) or self.broken[n] or self.dimension[n] is None:
            return Outcome.SILENT, 0
        if self.dimension[n] != entry.figure.claim.dimension:
            return Outcome.SILENT, 0
        off, slack = abs(self.value[n] - entry.value), self.slack[n] + entry.slack
        strength = abs(entry.value) // (2 * slack or scale)
        bits = strength.bit_length() if self.count[n] > 1 else 0
        if off <= slack:
            return Outcome.HOLDS, bits
        return (Outcome.NEAR if off <= 2 * slack else Outcome.FAILS), bits


@dataclass(frozen=True, slots=True)
class Account:
    """The outcome of a split in every crossing, and how hard it is to hit by chance there, in bits.

    `sums` are the value and number of parts by crossing: crossings that repeat another one count once.
    """

    outcomes: tuple[Outcome, ...]
    bits: tuple[int, ...]
    sums: tuple[tuple[int, int], ...]

    def crossings(self, outcome: Outcome, among: Iterable[int]) -> list[int]:
        """The crossings with an outcome, those left out that repeat another one."""
        seen: set[tuple[int, int]] = set()
        found = []
        for n in among:
            if self.outcomes[n] is outcome and (self.sums[n] not in seen or not self.sums[n][0]):
                seen.add(self.sums[n])
                found.append(n)
        return found

    def evidence(self, among: Iterable[int]) -> int:
        """The bits of all crossings that hold."""
        return sum(self.bits[n] for n in self.crossings(Outcome.HOLDS, among))

    def repeats(self, one: int, other: int) -> bool:
        """Whether two crossings have the same figures."""
        return self.sums[one] == self.sums[other]


def account(matrix: Matrix, split: Split, scale: int) -> Account:
    """The account of a split."""
    sums = Sums(len(matrix[split.total]))
    for line in split.plus:
        sums.add(matrix[line])
    for line in split.minus:
        sums.add(matrix[line], -1)
    return sums.against(matrix[split.total], scale)
