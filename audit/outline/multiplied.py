"""Finds multiples and fractions by which a quantity changed, where both its values are stated.

由150家增加到450家，增长2倍; 由3.2万人减少到1.6万人，减少一半.
Nodes of kind `change` and form `multiplied`, with the slots `before`, `after` and `growth`. The feature `times` says
that the multiple is what the new value is of the old one (翻两番, 是2015年的3倍), `added` that it is what was added
(增长2倍), `part` that it is a fraction (增长三成, 减少一半).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from audit.claim import Kind
from audit.outline.change_said import change_node
from audit.outline.cues import one_of, table
from audit.outline.naming import core
from audit.outline.tree import Aspect, Figure, Node

_YEAR = re.compile("[0-9]{4}(?=年)")


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    change, past = table("cues")["change"], table("stated")["past"]
    compared = "(?:比[^，]*?|较[^，]*?|[与和同跟][^，]*?相[比较])?"
    base = f"(?:[0-9]{{4}}年|{one_of([*past['flow'], *past['stock'], *past['before']])})[末底]?"
    return (
        re.compile(f"{compared}(?:翻|{one_of(table('multiples')['copula']['words'])}{base}的)(?:了|近|约)*$"),
        re.compile(f"{compared}({one_of([*change['rise'], *change['fall']])}){one_of(change['fillers'])}*$"),
        re.compile(one_of(change["fall"])),
    )


def find_multiplied(before: Figure, after: Figure, said: Figure | None, groups: Iterator[int]) -> Iterator[Node]:
    """The node of two values of a quantity and the figure right after them, if this says how many times the one is of
    the other."""
    sense = _sense(said) if said is not None else None
    if said is None or sense is None or before.claim.kind is Kind.PERCENT:
        return
    year = _YEAR.search(said.lead)
    if year is not None and year[0] not in before.lead:
        return
    context = before.span.cover(after.span).cover(said.span)
    yield change_node("multiplied", (before,), (after,), (), (said,), context, next(groups), 0, frozenset({sense}))


def _sense(said: Figure) -> str | None:
    times, moved, fall = _patterns()
    if said.claim.kind is Kind.MULTIPLE and times.search(said.lead) and not core(times.sub("", said.lead)):
        return "times"
    verb = moved.search(said.lead)
    if verb is None or len(core(moved.sub("", said.lead))) > 1:
        return None
    if said.claim.kind is Kind.MULTIPLE and said.aspect is Aspect.GROWTH and not fall.match(verb[1]):
        return "added" if said.claim.value.denominator == 1 else None
    return "part" if said.claim.kind is Kind.FRACTION else None
