"""The repairs of one figure: what it may have read before a slip, and what speaks for and against each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

from audit.claim import Claim
from audit.diagnosis.evidence import Evidence
from audit.diagnosis.likelihood import likelihood
from audit.diagnosis.solve import EVERYTHING, NotIsolatedError, UnsolvableError, holds, needed
from audit.diagnosis.wording import Slip, wording_slips
from audit.quantity.interval import Interval
from audit.relation import Relation
from audit.slip import mended, mends, rewritten
from audit.solve import around
from audit.verdict import Check

MOST_FIGURES = 40
"""Relations of more figures are not searched for single slips; with so many, chance explains most gaps."""


@dataclass(frozen=True, slots=True, eq=False)
class Repair:
    """One way to mend one figure: `mended` is the claim as it would read, `restores` the broken checks that then hold.

    `likelihood` compares the repair with others, on no scale of its own.
    """

    claim: Claim
    mended: Claim
    edit: str
    likelihood: Fraction
    restores: frozenset[int]


def explained_by_one_slip(check: Check) -> bool:
    """Whether one slip of the pen in one figure explains why a check fails."""
    if len(check.relation.claims) > MOST_FIGURES:
        return False
    return any(
        True
        for claim in {c.span: c for c in check.relation.claims}.values()
        for _ in _slips(claim, {0: check.relation})
    )


def repairs_of(claim: Claim, broken: Mapping[int, Relation], evidence: Evidence) -> list[Repair]:
    """The repairs of a figure that restore at least one of the broken relations it takes part in, likeliest first.

    Rewriting it is a repair only where no single slip restores all of them.
    """
    found = []
    if all(len(relation.claims) <= MOST_FIGURES for relation in broken.values()):
        found = [_repair(claim, new, edit, restores, broken, evidence) for new, edit, restores in _slips(claim, broken)]
    if any(len(repair.restores) == len(broken) for repair in found):
        return sorted(found, key=lambda repair: -repair.likelihood)
    for new, restores in _rewritings(claim, broken):
        if all(repair.mended.text != new.text for repair in found):
            found.append(_repair(claim, new, "rewrite", restores, broken, evidence))
    return sorted(found, key=lambda repair: -repair.likelihood)


def _slips(claim: Claim, broken: Mapping[int, Relation]) -> Iterator[Slip]:
    """(the mended claim, the edit, the relations it restores) of every single slip that restores one."""
    windows = _windows(claim, broken)
    for mend in mends(claim, around(reduce(Interval.hull, windows.values()), claim)) if windows else ():
        new = mended(claim, mend)
        near = (i for i, window in windows.items() if new.interval.meets(window))
        if restores := frozenset(i for i in near if holds(broken[i], {claim.span: new})):
            yield new, mend.edit, restores
    yield from wording_slips(claim, broken)


def _windows(claim: Claim, broken: Mapping[int, Relation]) -> dict[int, Interval]:
    windows = {}
    for i, relation in broken.items():
        try:
            windows[i] = needed(relation, claim)
        except NotIsolatedError:
            windows[i] = EVERYTHING
        except UnsolvableError:
            continue
    return windows


def _rewritings(claim: Claim, broken: Mapping[int, Relation]) -> Iterator[tuple[Claim, frozenset[int]]]:
    """The figure replaced by the value that one of its relations asks for, and all relations that this restores."""
    seen = {claim.text}
    for relation in broken.values():
        try:
            window, middle = needed(relation, claim), _middle(needed(relation, claim, nominal=True))
        except UnsolvableError:
            continue
        mend = None if middle is None else rewritten(claim, middle, window)
        if mend is None or mend.text in seen:
            continue
        seen.add(mend.text)
        new = mended(claim, mend)
        if restores := frozenset(i for i, other in broken.items() if holds(other, {claim.span: new})):
            yield new, restores


def _middle(window: Interval) -> Fraction | None:
    ends = [end for end in (window.low, window.high) if end is not None]
    return sum(ends, Fraction(0)) / len(ends) if ends else None


def _repair(
    claim: Claim,
    new: Claim,
    edit: str,
    restores: frozenset[int],
    broken: Mapping[int, Relation],
    evidence: Evidence,
) -> Repair:
    return Repair(claim, new, edit, likelihood(claim, new, edit, restores, broken, evidence), restores)
