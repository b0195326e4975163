"""Finds what has been done of a project: 计划总投资5.45亿元，落实资金20482万元; 全长128公里，已建成86公里.

A node of kind `planned` has the slots `budget`, what the project is to cost or its whole extent, and `part`, what of it
has been spent or raised, or its extent in one stage, both from one sentence. Forms: `sentence` (money), `stage`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from audit.claim import Kind
from audit.outline.cues import one_of, table
from audit.outline.outline import Outline
from audit.outline.parts import LEVELS, fits_with
from audit.outline.tree import Figure, Node, Sentence

_REACH = 3
"""How many figures after the budget what has been done can stand."""


def find_planned(outline: Outline) -> Iterator[Node]:
    """The budgets of a document with what has been done of them, in text order."""
    whole, done, other = _cues()
    for sentence in outline.stating:
        yield from _stages(sentence)
        for n, budget in enumerate(sentence.figures):
            if not _is_money(budget) or not whole.search(budget.lead):
                continue
            for part in sentence.figures[n + 1 : n + 1 + _REACH]:
                if whole.search(part.lead):
                    break  # another project
                if _is_money(part) and done.match(part.lead) and not other.search(part.lead + part.tail):
                    slots = (("budget", (budget,)), ("part", (part,)))
                    yield Node("planned", "sentence", sentence.span, slots)
                    break


def _stages(sentence: Sentence) -> Iterator[Node]:
    """The whole extent of something with that of one of its stages."""
    whole, stage, other = _extents()
    for n, extent in enumerate(sentence.figures):
        if extent.claim.kind is not Kind.MEASURE or not whole.search(extent.lead):
            continue
        part = next(iter(sentence.figures[n + 1 : n + 2]), None)
        if (
            part
            and fits_with(extent, LEVELS)(part)
            and stage.search(part.lead)
            and not other.search(part.lead + part.tail)
        ):
            yield Node("planned", "stage", sentence.span, (("budget", (extent,)), ("part", (part,))))


@cache
def _extents() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    data = table("planned")["extent"]
    fill = one_of(table("cues")["fillers"]["words"])
    return (
        re.compile(f"{one_of(data['whole'])}{fill}{{0,2}}$"),
        re.compile(one_of(data["stage"])),
        re.compile(one_of(data["other"])),
    )


@cache
def _cues() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    data = table("planned")
    fill = one_of(table("cues")["fillers"]["words"])
    return (
        re.compile(f"{one_of(data['whole']['words'])}{fill}{{0,2}}$"),
        re.compile(f"{one_of(data['done']['before'])}*{one_of(data['done']['words'])}"),
        re.compile(one_of(data["other"]["words"])),
    )


def _is_money(figure: Figure) -> bool:
    return figure.claim.kind is Kind.AMOUNT and figure.aspect in LEVELS
