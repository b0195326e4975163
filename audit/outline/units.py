"""Finds one quantity given in two units: 24.6万公顷（369万亩）, 36亩，合2.4公顷, and one amount of money written out
and in figures: 伍拾万元整（500,000元）, 51.2万元，即人民币伍拾壹万贰仟元整.

A node of kind `units` has the slots `first` and `second`, the figure that restates it, and two whole numbers as givens:
`times` of the second unit are `per` of the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from itertools import pairwise

from audit.claim import Kind
from audit.outline.cues import one_of, table
from audit.outline.outline import Outline
from audit.outline.tree import Figure, Node
from audit.quantity.unit import convert, unit_named

_APART = 6
"""What stands between the two is no longer than this."""
_FARTHEST = 14
"""The same between an amount written out and in digits (元整（小写：人民币）."""
_FORMAL = re.compile("[壹贰叁肆伍陆柒捌玖拾佰仟貳參陸]")
_DIGIT = re.compile("[0-9０-９]")


def find_units(outline: Outline) -> Iterator[Node]:
    """The quantities of a document that are restated in another unit, in text order."""
    text = outline.text
    for first, second in pairwise(outline.figures):
        if _is_written_out(text, first, second):
            yield Node(
                "units",
                "written-out",
                first.span.cover(second.span),
                (("first", (first,)), ("second", (second,))),
                givens=(("times", Fraction(1)), ("per", Fraction(1))),
            )
        if second.span.start - first.span.end > _APART or not (_is_measured(first) and _is_measured(second)):
            continue
        one, other = unit_named(first.claim.unit), unit_named(second.claim.unit)
        if one.family != other.family or one.factor == other.factor or not one.base:
            continue
        gap = text[first.span.end : second.span.start]
        bracketed = _bracket().fullmatch(gap) and text[second.span.end : second.span.end + 1] in ("）", ")")
        if bracketed or _saying().fullmatch(gap):
            factor = convert(Fraction(1), one.name, other.name)
            slots = (("first", (first,)), ("second", (second,)))
            givens = (("times", Fraction(factor.numerator)), ("per", Fraction(factor.denominator)))
            form = "bracket" if bracketed else "saying"
            yield Node(
                "units",
                form,
                first.span.cover(second.span),
                slots,
                givens=givens,
            )


def _is_written_out(text: str, first: Figure, second: Figure) -> bool:
    """Whether two amounts of money follow each other of which one is in the numerals of cheques, the other in
    digits."""
    gap = text[first.span.end : second.span.start]
    amounts = first.claim.kind is Kind.AMOUNT is second.claim.kind and first.claim.unit == second.claim.unit
    if not amounts or len(gap) > _FARTHEST or not (first.claim.value > 0 < second.claim.value):
        return False
    if not any(_FORMAL.search(f.claim.text) for f in (first, second)):
        return False
    in_digits = [_DIGIT.search(f.claim.text) is not None for f in (first, second)]
    return in_digits[0] != in_digits[1] and _written().fullmatch(gap) is not None


def _is_measured(figure: Figure) -> bool:
    claim = figure.claim
    return claim.kind is Kind.MEASURE and claim.value > 0 and not claim.per


@cache
def _bracket() -> re.Pattern[str]:
    return re.compile(f"[（(]{one_of(table('restated')['saying']['words'])}?")


@cache
def _saying() -> re.Pattern[str]:
    return re.compile(f"[，,]?{one_of(table('restated')['saying']['words'])}")


@cache
def _written() -> re.Pattern[str]:
    words = table("restated")["written"]["words"]
    return re.compile(rf"整?\s?[，,（(]?(?:{one_of(words)}|[：:\s])*")
