"""Outlines of texts, and the nodes that a finder makes of them, as plain tuples."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from audit.extract import extract
from audit.outline import Node, Outline, build_outline
from audit.read import read_text


def outline_of(text: str) -> Outline:
    """The outline of a text."""
    document = read_text(text)
    return build_outline(document, extract(document))


def nodes_of(finder: Callable[[Outline], Iterable[Node]], text: str) -> list[Node]:
    """The nodes that a finder makes of a text."""
    return list(finder(outline_of(text)))


def listed(node: Node, text: str) -> tuple[str, ...]:
    """The listed things of a node as the text has them."""
    return tuple(span.of(text) for span in node.listed)


def printed(node: Node, slot: str) -> tuple[str, ...]:
    """The figures of a slot as the text has them."""
    return tuple(figure.claim.text for figure in node.slot(slot))
