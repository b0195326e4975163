"""Claims of short texts, shown in one line each."""

from __future__ import annotations

from fractions import Fraction

from audit.claim import Claim, Extraction
from audit.extract import extract
from audit.read import read_text


def read(text: str) -> Extraction:
    """What extraction finds in a text, which reads back as its spans say."""
    found = extract(read_text(text))
    end = 0
    for claim in found.claims:
        assert text[claim.span.start : claim.span.end] == claim.text
        assert claim.span.start >= end, "claims overlap or are out of order"
        assert claim.span.contains(claim.numeral)
        end = claim.span.end
    for rejected in found.rejected:
        assert text[rejected.span.start : rejected.span.end] == rejected.text
        assert not any(rejected.span.overlaps(claim.span) for claim in found.claims)
    return found


def shown(claim: Claim) -> str:
    """kind value unit, with /per for a rate: 'per 32000元 /户'."""
    per = f" /{claim.per}" if claim.per else ""
    return f"{claim.kind} {number(claim.value)}{claim.unit}{per}"


def number(value: Fraction) -> str:
    """A value as a decimal where it has one, else as a fraction."""
    if 10**9 % value.denominator:
        return str(value)
    return str(value.numerator) if value.denominator == 1 else format(float(value), "g")
