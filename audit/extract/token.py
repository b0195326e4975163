"""A figure as the pattern found it, before its neighbours and its context are looked at."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Token:
    """One numeral with scale word, unit and hedges behind it.

    text[start:end] is all of it, text[start:digits] the digits, text[start:number] the numeral with its scale word.
    `numeral` is what the numeral reader is given; `unit` the printed unit, "" for none; `per` what stands behind a
    slash. `hedges` are the (word, mode) pairs found so far; `left` is where hedges before the numeral begin.
    """

    start: int
    end: int
    digits: int
    number: int
    numeral: str
    scale: str
    unit: str
    per: str
    chinese: bool
    left: int
    hedges: list[tuple[str, str]] = field(default_factory=list)
    shared: bool = False
    sign: int = 1

    @property
    def bare(self) -> bool:
        """Whether nothing but digits was found."""
        return not self.unit and not self.scale and not self.chinese
