"""Finds shares given as a list after the parts they are shares of (三次产业增加值占比分别为5.9%、42.7%、51.4%).

Nodes of kind `share` with the slots `part`, `base` and `share`, one for each term. Forms: `structure` for the terms
of a ratio (三次产业结构为5.9:42.7:51.4), `named` for percentages. The parts and the base are those of the last
breakdown before the list that has as many parts, or as many of the listed names, and that all terms but one at most
fit: such a list fits no other by chance.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from audit.claim import Kind
from audit.outline.breakdown import find_breakdowns
from audit.outline.outline import Outline
from audit.outline.share_base import is_telling
from audit.outline.tree import Aspect, Figure, Node, Sentence
from audit.quantity.interval import Interval

_COLONS = frozenset(":：︰∶")
_COORDINATIONS = frozenset({"、", "和", "及", "与", "以及", "，", ","})
_AND = re.compile("[、和与及]")
_NAME = 4
"""A listed part is told by so many characters at the beginning of its name."""
_LEAST = 3
"""A list of fewer terms may fit by chance."""
_LONGEST = 12
_BACK = 12
"""How many breakdowns before the list are looked at."""


def find_structures(outline: Outline, groups: Iterator[int]) -> Iterator[Node]:
    """The terms of the lists of a document with their parts, in text order."""
    nodes = [n for n in find_breakdowns(outline) if len(n.slot("total")) == 1 and len(n.slot("parts")) >= _LEAST]
    nodes.sort(key=_end)
    ends = [_end(node) for node in nodes]
    for sentences in outline.streams:
        for sentence in sentences if nodes else ():
            for terms in _lists(outline.text, sentence):
                at = bisect_left(ends, terms[0].order)
                for node in reversed(nodes[max(0, at - _BACK) : at]):
                    parts = _parts_of(node, terms)
                    if _fits(node, parts, terms):
                        yield from _shares(node, parts, terms, groups)
                        break


def _end(node: Node) -> int:
    return max(f.order for f in node.slot(""))


def _lists(text: str, sentence: Sentence) -> Iterator[list[Figure]]:
    """The runs of percentages that are shares, and of the terms of a ratio."""
    run: list[Figure] = []
    for figure in sentence.figures:
        ratio = figure.claim.kind is Kind.RATIO
        if not ratio and not (figure.claim.kind is Kind.PERCENT and figure.aspect is Aspect.SHARE):
            continue
        between = text[run[-1].span.end : figure.span.start].strip() if run else ""
        if run and run[-1].claim.kind is figure.claim.kind and between in (_COLONS if ratio else _COORDINATIONS):
            run.append(figure)
            continue
        if _LEAST <= len(run) <= _LONGEST:
            yield run
        run = [figure]
    if _LEAST <= len(run) <= _LONGEST:
        yield run


def _parts_of(node: Node, terms: Sequence[Figure]) -> Sequence[Figure]:
    """The parts of a breakdown that a list is about: all where it has as many terms, else those that it names
    (企业、高等学校经费所占比重分别为75.1%、9.6%); () where it names none or several alike."""
    parts = node.slot("parts")
    names = _AND.split(terms[0].lead)
    if len(parts) == len(terms) or len(names) != len(terms):
        return parts
    named = [[part for part in parts if name[:_NAME] in part.lead] for name in names]
    return [found[0] for found in named] if all(len(found) == 1 for found in named) else ()


def _fits(node: Node, parts: Sequence[Figure], terms: Sequence[Figure]) -> bool:
    """Whether a list has one term for each part, and all but one at most are such shares of the total."""
    (total,) = node.slot("total")
    if len(parts) != len(terms) or not total.claim.value:
        return False
    fitting = [t for p, t in zip(parts, terms, strict=True) if _is_share(p, total, t)]
    return len(fitting) >= len(terms) - 1 and any(map(is_telling, fitting))


def _is_share(part: Figure, total: Figure, term: Figure) -> bool:
    quotient = part.claim.interval / total.claim.interval
    return quotient.meets(_percent(term))


def _percent(term: Figure) -> Interval:
    """What part of the whole a term says, be it printed as a percentage or as a term of a ratio."""
    return term.claim.interval / Interval.point(100)


def _shares(node: Node, parts: Sequence[Figure], terms: Sequence[Figure], groups: Iterator[int]) -> Iterator[Node]:
    form = "structure" if terms[0].claim.kind is Kind.RATIO else "named"
    for part, term in zip(parts, terms, strict=True):
        yield Node(
            kind="share",
            form=form,
            span=node.span.cover(term.span),
            slots=(("part", (part,)), ("base", node.slot("total")), ("share", (term,))),
            features=frozenset({"distant", "exact", "confirmed"}),
            group=next(groups),
        )
