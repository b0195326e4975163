"""What is said of a kind of node to people who write rules."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NodeKind:
    """A kind of node, explained in one line for people who write rules.

    `slots`, `forms`, `features` and `givens` (numbers that expressions may use) are pairs of a name and its
    explanation. `cue` says that its nodes mark the word that made them (其中, 分别为), so that selectors may say
    `before: cue` without naming one.
    """

    name: str
    about: str
    slots: tuple[tuple[str, str], ...] = ()
    forms: tuple[tuple[str, str], ...] = ()
    features: tuple[tuple[str, str], ...] = ()
    givens: tuple[tuple[str, str], ...] = ()
    cue: bool = False
