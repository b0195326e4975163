"""Counts of things that are paired off."""

from __future__ import annotations

from audit.outline.pairing import find_pairings
from tests.outline.outlines import nodes_of, printed


def test_a_verb_between_or_behind_pairs_them() -> None:
    for text in ("103个单位定点帮扶103个村。", "103个单位与104个村一对一结对。"):
        (node,) = nodes_of(find_pairings, text)
        assert printed(node, "first") == ("103个",)
        assert ("explicit" in node.features) == ("一对一" in text)


def test_other_counts_are_not_paired() -> None:
    assert nodes_of(find_pairings, "103个单位投入资金，建设104个村。") == []
    assert nodes_of(find_pairings, "103个单位建设104个村。") == []
