"""Finds the changes of one quantity over two years that follow each other, where no level is stated.

2006年的财务费用比2005年增加3.85亿元或22.75%。2005年的财务费用比2004年减少8.11亿元或32.40%: each change and its rate
tell the value of the year before, and both must tell the same of 2005. Nodes of kind `change` and form `chained`, with
the slots `change` and `growth` of the earlier year, `next_change` and `next_growth` of the later one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from audit.claim import Kind
from audit.outline.change_said import is_growth, is_same_subject, verbs
from audit.outline.cues import one_of, table
from audit.outline.naming import core
from audit.outline.outline import Outline
from audit.outline.tree import Aspect, Figure, Node, Paragraph
from audit.span import squeeze

_SAID = 60
"""How many characters before a change tell its years."""


@dataclass(frozen=True, slots=True)
class _Move:
    """A change of a quantity from one year to another, with its rate."""

    name: str
    start: int
    end: int
    change: Figure
    growth: Figure


def find_chained(outline: Outline, groups: Iterator[int]) -> Iterator[Node]:
    """The changes of a document that continue each other, paragraph by paragraph, in text order."""
    for paragraph in outline.paragraphs:
        ends: dict[tuple[str, int], _Move] = {}
        starts: dict[tuple[str, int], _Move] = {}
        for move in _moves(outline, paragraph):
            for earlier, later in (
                (ends.get((move.name, move.start)), move),
                (move, starts.get((move.name, move.end))),
            ):
                if earlier and later and earlier.change.claim.dimension == later.change.claim.dimension:
                    yield _node(earlier, later, next(groups))
            ends[move.name, move.end] = starts[move.name, move.start] = move


def _node(earlier: _Move, later: _Move, group: int) -> Node:
    fell = [name for name, move in (("fell", earlier), ("then_fell", later)) if move.change.sign < 0]
    return Node(
        kind="change",
        form="chained",
        span=earlier.change.span.cover(later.growth.span).cover(earlier.growth.span).cover(later.change.span),
        slots=(
            ("change", (earlier.change,)),
            ("growth", (earlier.growth,)),
            ("next_change", (later.change,)),
            ("next_growth", (later.growth,)),
        ),
        features=frozenset(fell),
        group=group,
    )


def _moves(outline: Outline, paragraph: Paragraph) -> Iterator[_Move]:
    for sentence in paragraph.sentences:
        start = sentence.span.start
        for change, growth in zip(sentence.figures, sentence.figures[1:], strict=False):
            said = squeeze(outline.text[max(start, change.span.start - _SAID) : change.span.start])
            start = change.span.end
            years = _years().search(said)
            if years is None or change.aspect is not Aspect.CHANGE or change.sign != growth.sign:
                continue
            if not is_growth(growth) or growth.claim.kind is not Kind.PERCENT or not is_same_subject(growth):
                continue
            name = core(verbs().sub("", years["name"] + years["again"]))
            yield _Move(name, int(years["start"]), int(years["end"]), change, growth)


@cache
def _years() -> re.Pattern[str]:
    """How a text says from which year to which a quantity changed: 2006年的财务费用比2005年增加."""
    against = one_of(table("periods")["against"]["words"])
    return re.compile(
        f"(?P<end>20[0-9]{{2}}|19[0-9]{{2}})年[度末底]?(?P<name>[^，；：0-9]{{0,20}}?){against}"
        f"(?P<start>20[0-9]{{2}}|19[0-9]{{2}})年[度末底]?(?P<again>[^，；：0-9]{{0,20}})$"
    )
