"""What a document says for its figures: the relations that hold, and the figures it prints more than once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from fractions import Fraction

from audit.claim import Claim
from audit.diagnosis.power import STRONG, chance, power
from audit.diagnosis.solve import holds
from audit.relation import Relation
from audit.slip import digits_of
from audit.span import Span
from audit.verdict import Check, Verdict

LEAST_CHANCE = Fraction(1, 100)
"""How far one relation that holds can exonerate a figure: its binding may be a coincidence."""
TELLING = 100
"""A figure of at least three digits, zeros at its end not counted, that is printed twice is no coincidence."""
_PRINTED = re.compile(r"[0-9０-９](?:[.．](?P<decimals>[0-9０-９]+))?\s*(?P<scale>[万亿]?)(?![0-9０-９.．,，])")


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """The relations that hold, by the places of their figures, and how and where the document prints each figure.

    `forms` counts the figures of each dimension and scale word by their decimals.
    """

    sound: Mapping[Span, Sequence[Relation]]
    places: Mapping[tuple[Fraction, str], AbstractSet[Span]]
    forms: Mapping[tuple[str, str], Mapping[int, int]]

    def surviving(self, claim: Claim, new: Claim) -> Fraction:
        """How likely it is that the relations of the claim that hold would do so by chance, were `new` the true one.

        A relation that holds with the new figure as well says nothing against it.
        """
        likelihood = Fraction(1)
        for relation in self.sound.get(claim.span, ()):
            if not holds(relation, {claim.span: new}):
                likelihood *= max(chance(relation, claim), LEAST_CHANCE)
        return likelihood

    def confirms(self, claim: Claim) -> bool:
        """Whether the relations of the claim that hold are a strong confirmation of it."""
        return power(self.sound.get(claim.span, ()), claim) >= STRONG

    def repeats(self, claim: Claim, apart_from: AbstractSet[Span]) -> bool:
        """Whether the figure is printed alike at a place that none of the given ones is."""
        return _is_telling(claim) and any(
            place not in apart_from and place != claim.span for place in self.places.get(_key(claim), ())
        )

    def prints(self, new: Claim, apart_from: AbstractSet[Span]) -> bool:
        """Whether the document prints the mended figure at a place that none of the given ones is."""
        return _is_telling(new) and any(place not in apart_from for place in self.places.get(_key(new), ()))

    def in_style(self, claim: Claim, new: Claim) -> Fraction:
        """How much commoner figures with as many decimals as the new one are in the document than those like the old.

        Each form is counted half a time more than it occurs (Jeffreys' prior), and the figure itself not at all.
        """
        (kind, old_decimals), (new_kind, new_decimals) = _form(claim), _form(new)
        if kind != new_kind or old_decimals == new_decimals:
            return Fraction(1)
        counts = self.forms.get(kind, {})
        return Fraction(2 * counts.get(new_decimals, 0) + 1, 2 * max(counts.get(old_decimals, 0) - 1, 0) + 1)


def evidence_of(checks: Iterable[Check], claims: Iterable[Claim] = ()) -> Evidence:
    """The evidence of a document: its checks, and all figures it prints (those of the checks where none are given)."""
    sound: dict[Span, list[Relation]] = {}
    places: dict[tuple[Fraction, str], set[Span]] = {}
    printed = list(claims)
    for check in checks:
        printed += check.relation.claims
        if check.verdict in (Verdict.EXACT, Verdict.ROUNDING):
            for span in {claim.span for claim in check.relation.claims}:
                sound.setdefault(span, []).append(check.relation)
    forms: dict[tuple[str, str], Counter[int]] = {}
    for claim in {claim.span: claim for claim in printed}.values():
        places.setdefault(_key(claim), set()).add(claim.span)
        kind, decimals = _form(claim)
        forms.setdefault(kind, Counter())[decimals] += 1
    return Evidence(sound, places, forms)


def _form(claim: Claim) -> tuple[tuple[str, str], int]:
    """(dimension and scale word, number of decimals) of a printed figure."""
    match = _PRINTED.search(claim.text)
    if match is None:
        return (claim.dimension, ""), 0
    return (claim.dimension, match["scale"]), len(match["decimals"] or "")


def _key(claim: Claim) -> tuple[Fraction, str]:
    return claim.value, claim.dimension


def _is_telling(claim: Claim) -> bool:
    digits = digits_of(claim)
    while digits and digits % 10 == 0:
        digits //= 10
    return digits >= TELLING
