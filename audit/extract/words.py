"""Words with a numeral in them that state no quantity, from audit/data/nonclaims.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from audit.quantity.trie import Trie

_ORDINALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class FigureWords:
    """Words with their reasons, "" for those that are passed over in silence, by their part from the numeral on; a
    pattern for these parts whose first character is consumed already; and the names of eras."""

    by_tail: dict[str, list[tuple[str, str]]]
    pattern: str
    eras: tuple[str, ...]

    def reason(self, text: str, start: int, end: int) -> tuple[str, str]:
        """(the word that ends with text[start:end], its reason or "")."""
        for word, reason in self.by_tail[text[start:end]]:
            if text.startswith(word, end - len(word)):
                return word, reason
        return "", ""


@cache
def figure_words() -> FigureWords:
    """The words of the data file, read once."""
    data = tomllib.loads(resources.files("audit.data").joinpath("nonclaims.toml").read_text(encoding="utf-8"))
    numerals = data["numerals"]
    silent = data["silent"]
    numbered = (name + numeral for name in silent["numbered"] for numeral in _ORDINALS)
    reasons = dict.fromkeys([*silent["words"], *numbered], "")
    reasons |= {word: group["reason"] for group in data["group"] for word in group["words"]}
    by_tail: dict[str, list[tuple[str, str]]] = {}
    for word in sorted(reasons, key=len, reverse=True):
        by_tail.setdefault(word[_first(word, numerals) :], []).append((word, reasons[word]))
    return FigureWords(by_tail, _pattern(reasons, numerals, data["not_before"]), tuple(data["eras"]))


def _first(word: str, numerals: str) -> int:
    """Where the first numeral character of a word stands."""
    return next(i for i, c in enumerate(word) if c in numerals)


def _pattern(words: Iterable[str], numerals: str, not_before: Mapping[str, str]) -> str:
    by_numeral: dict[str, dict[str, Trie]] = {}
    for word in words:
        at = _first(word, numerals)
        # 第一 is no word in 第一百条, nor 统一 in 统一百: a numeral goes on.
        guard = "十百千万亿" if word[-1] in numerals else not_before.get(word[-1], "")
        by_numeral.setdefault(word[at], {}).setdefault(word[:at], Trie()).add(word[at + 1 :], guard)
    return f"(?:{'|'.join(_of_numeral(numeral, heads) for numeral, heads in by_numeral.items())})"


def _of_numeral(numeral: str, heads: dict[str, Trie]) -> str:
    plain = heads.pop("", None)
    alone = "".join(sorted(head for head, tail in heads.items() if len(head) == 1 and not tail.children))
    branches = [rf"(?<=[{alone}]{numeral})(?![十百千万亿])"] if alone else []
    for head, tail in sorted(heads.items(), key=lambda item: -len(item[0])):
        if head not in alone:
            branches.append(rf"(?<={head}{numeral}){tail.pattern()}")
    if plain:
        branches.insert(0, plain.pattern())
    return rf"(?<={numeral})(?:{'|'.join(branches)})"
