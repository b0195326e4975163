"""What a document says for its figures: the relations that hold, and the figures it prints more than once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from fractions import Fraction

from audit.claim import Claim
from audit.diagnosis.power import STRONG, chance, power
from audit.diagnosis.solve import holds
from audit.relation import Relation
from audit.slip import printed_step
from audit.span import Span
from audit.verdict import Check, Verdict

LEAST_CHANCE = Fraction(1, 100)
"""How far one relation that holds can exonerate a figure: its binding may be a coincidence."""
TELLING = 100
"""A figure of at least so many units of its last digit that is printed twice is no coincidence."""


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """The relations that hold, by the places of their figures, and where the document prints each figure."""

    sound: Mapping[Span, Sequence[Relation]]
    places: Mapping[tuple[Fraction, str], AbstractSet[Span]]

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

    def prints(self, new: Claim) -> bool:
        """Whether the document prints the mended figure anywhere."""
        return _is_telling(new) and bool(self.places.get(_key(new)))


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
    for claim in printed:
        places.setdefault(_key(claim), set()).add(claim.span)
    return Evidence(sound, places)


def _key(claim: Claim) -> tuple[Fraction, str]:
    return claim.value, claim.dimension


def _is_telling(claim: Claim) -> bool:
    step = printed_step(claim)
    return step is not None and abs(claim.value) >= TELLING * step
