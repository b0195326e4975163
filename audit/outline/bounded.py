"""Finds percentages of one hundred and more where they are shares or rates: 覆盖率187.4%, 占总数的466.7%.

A node of kind `bounded` has the slot `percent`. Forms: `rate` (a named rate of that kind), `share` (占…的).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from audit.claim import Kind
from audit.outline.cues import one_of, table
from audit.outline.outline import Outline
from audit.outline.tree import Aspect, Figure, Node

_WHOLE = 100
_BACK = 80
"""A target is looked for so many characters back."""
_COMPARED = re.compile("与[^，。；]{1,12}比")
"""A ratio of two things of which none contains the other: 应收账款与净利润的比例."""


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    data = table("bounded")
    fill = one_of(table("cues")["fillers"]["words"])
    return (
        re.compile(f"{one_of(data['rates']['words'])}{fill}{{0,2}}$"),
        re.compile(one_of(data["rates"]["beyond"])),
        re.compile(one_of(data["shares"]["unlike"])),
    )


def _against_target(text: str, percent: Figure) -> bool:
    """Whether the sentence speaks of a target before, which can be exceeded (下达任务36万套，开工率107.2%)."""
    start = percent.span.start
    return _target().search(re.split("[。！？\n]", text[max(0, start - _BACK) : start])[-1]) is not None


@cache
def _target() -> re.Pattern[str]:
    return re.compile(one_of(table("bounded")["rates"]["targets"]))


def find_bounded(outline: Outline) -> Iterator[Node]:
    """The percentages of a document that are at their bound or above it, in text order."""
    rate, beyond, unlike = _patterns()
    for figure in outline.figures:
        if figure.claim.kind is not Kind.PERCENT or figure.claim.value < _WHOLE:
            continue
        if rate.search(figure.lead) and not beyond.search(figure.lead):
            if figure.claim.value > _WHOLE and _against_target(outline.text, figure):
                continue
            form = "rate"
        elif (
            figure.claim.value > _WHOLE
            and figure.aspect is Aspect.SHARE
            and not (unlike.search(figure.lead) or _COMPARED.search(figure.lead))
        ):
            form = "share"
        else:
            continue
        yield Node("bounded", form, figure.span, (("percent", (figure,)),), features=frozenset({form}))
