"""Words with a numeral in them that state no quantity, from audit/data/nonclaims.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

from audit.quantity.trie import Trie


@dataclass(frozen=True, slots=True)
class FigureWords:
    """The reason of every word that is shown as no quantity, and patterns for these words and for the silent ones.

    The patterns are for words from their first numeral character on, that character being consumed already.
    """

    reasons: dict[str, str]
    patterns: tuple[str, str]

    def reason(self, tail: str) -> tuple[str, str]:
        """(the word that ends with the text found, its reason)."""
        if tail in self.reasons:
            return tail, self.reasons[tail]
        return next((word, why) for word, why in self.reasons.items() if word.endswith(tail))


@cache
def figure_words() -> FigureWords:
    """The words of the data file, read once."""
    data = tomllib.loads(resources.files("audit.data").joinpath("nonclaims.toml").read_text(encoding="utf-8"))
    numerals = data["numerals"]
    reasons = {word: group["reason"] for group in data["group"] for word in group["words"]}
    return FigureWords(reasons, (_pattern(reasons, numerals), _pattern(data["silent"]["words"], numerals)))


def _pattern(words: Iterable[str], numerals: str) -> str:
    by_numeral: dict[str, dict[str, Trie]] = {}
    for word in words:
        at = next(i for i, c in enumerate(word) if c in numerals)
        by_numeral.setdefault(word[at], {}).setdefault(word[:at], Trie()).add(word[at + 1 :])
    return f"(?:{'|'.join(_of_numeral(numeral, heads) for numeral, heads in by_numeral.items())})"


def _of_numeral(numeral: str, heads: dict[str, Trie]) -> str:
    plain = heads.pop("", None)
    alone = "".join(sorted(head for head, tail in heads.items() if len(head) == 1 and not tail.children))
    branches = [rf"(?<=[{alone}]{numeral})"] if alone else []
    for head, tail in sorted(heads.items(), key=lambda item: -len(item[0])):
        if head not in alone:
            branches.append(rf"(?<={head}{numeral}){tail.pattern()}")
    if plain:
        branches.insert(0, plain.pattern())
    return rf"(?<={numeral})(?:{'|'.join(branches)})"
