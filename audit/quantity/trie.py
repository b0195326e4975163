"""Word lists as regular expressions whose alternatives share their beginnings: one look at each character does."""

from __future__ import annotations

import re
from collections.abc import Iterable


class Trie:
    """Words as a tree of characters; as a pattern it matches the longest of them that is not part of a longer word."""

    def __init__(self) -> None:
        self.children: dict[str, Trie] = {}
        self.end = False
        self.guard = ""

    def add(self, word: str, guard: str = "") -> None:
        """Adds a word; it does not match before any of the characters in `guard` (written as in a class)."""
        node = self
        for c in word:
            node = node.children.setdefault(c, Trie())
        node.end, node.guard = True, guard

    def branches(self) -> list[str]:
        """A pattern for each first character, in the order in which they were added.

        Alternatives that all begin with a character let a search skip what none of them begins with.
        """
        branches = [re.escape(c) + child.pattern() for c, child in self.children.items()]
        if self.end:
            branches.append(f"(?![{self.guard}])" if self.guard else "")
        return branches

    def pattern(self) -> str:
        """The tree as one pattern; the characters that are words as they stand are tried at once."""
        leaves = [c for c, child in self.children.items() if not child.children and not child.guard]
        if len(leaves) < 2:
            branches = self.branches()
        else:
            rest = Trie()
            rest.children = {c: child for c, child in self.children.items() if child.children or child.guard}
            rest.end, rest.guard = self.end, self.guard
            branches = [f"[{re.escape(''.join(leaves))}]", *rest.branches()]
        return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


def trie_of(words: Iterable[str]) -> Trie:
    """The tree of some words."""
    trie = Trie()
    for word in words:
        trie.add(word)
    return trie


def any_of(words: Iterable[str]) -> str:
    """A pattern for the longest of some words."""
    return trie_of(words).pattern()
