"""The repairs of one figure: what it may have read before a slip, and what speaks for and against each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from audit.claim import Claim, Kind
from audit.diagnosis.evidence import Evidence
from audit.diagnosis.likelihood import likelihood
from audit.diagnosis.solve import EVERYTHING, NotIsolatedError, UnsolvableError, holds, needed
from audit.quantity.interval import Interval
from audit.relation import Relation
from audit.rule.expression import Comparison, Name, Operation
from audit.slip import mended, mends, rewritten
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
    """The repairs of a figure that restore at least one of the broken relations it takes part in, likeliest first."""
    found = []
    if all(len(relation.claims) <= MOST_FIGURES for relation in broken.values()):
        found = [_repair(claim, new, edit, restores, broken, evidence) for new, edit, restores in _slips(claim, broken)]
    for new, restores in _rewritings(claim, broken):
        if all(repair.mended.text != new.text for repair in found):
            found.append(_repair(claim, new, "rewrite", restores, broken, evidence))
    return sorted(found, key=lambda repair: -repair.likelihood)


_Slip = tuple[Claim, str, frozenset[int]]


def _slips(claim: Claim, broken: Mapping[int, Relation]) -> Iterator[_Slip]:
    """(the mended claim, the edit, the relations it restores) of every single slip that restores one."""
    windows = _windows(claim, broken)
    for mend in mends(claim, _around(windows.values(), claim)) if windows else ():
        new = mended(claim, mend)
        near = (i for i, window in windows.items() if new.interval.meets(window))
        if restores := frozenset(i for i in near if holds(broken[i], {claim.span: new})):
            yield new, mend.edit, restores
    yield from _items_left_out(claim, broken)
    yield from _percents_for_points(claim, broken)


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


def _around(windows: Iterable[Interval], claim: Claim) -> Interval:
    """Where a figure must lie to meet one of the windows once its own rounding or hedge is allowed for."""
    lows, highs = zip(*((window.low, window.high) for window in windows), strict=True)
    low = None if None in lows else min(lows)
    high = None if None in highs else max(highs)
    width = claim.interval.width
    if width is None:
        return EVERYTHING
    # A mended figure may be coarser by one digit than the printed one, or its hedge wider in proportion.
    slack = 10 * width + (max(abs(low or 0), abs(high or 0)) / 5 if claim.hedge else 0)
    return Interval(None if low is None else low - slack, None if high is None else high + slack)


def _items_left_out(claim: Claim, broken: Mapping[int, Relation]) -> Iterator[_Slip]:
    """The figure stands as it is, and the list is one item short of it."""
    restores = frozenset(
        i
        for i, relation in broken.items()
        if relation.items and len(relation.claims) == 1 and claim.value == len(relation.items) + 1
    )
    if restores:
        yield claim, "insert_item", restores


def _percents_for_points(claim: Claim, broken: Mapping[int, Relation]) -> Iterator[_Slip]:
    """A growth of a percentage in % that is its plain change (个百分点), or the other way round."""
    for i, relation in broken.items():
        other = _in_other_unit(claim, relation)
        if other is not None and holds(other, {}):
            yield _other_unit(claim), "percent_points", frozenset({i})


def _in_other_unit(claim: Claim, relation: Relation) -> Relation | None:
    """What the relation would say if the change of a percentage were stated in points, or its points in percent."""
    expected = relation.expectation
    roles = dict(relation.roles)
    match expected:
        case Comparison("==", Operation() as change, Name(name)) if roles.get(name) == (claim,):
            pass
        case _:
            return None
    if any(c.kind is not Kind.PERCENT for role, claims in relation.roles for c in claims if role != name):
        return None
    match change:
        case Operation("/", Operation("-") as plain, Name()) if claim.kind is Kind.PERCENT:
            return replace(relation, expectation=Comparison("==", plain, Name(name)))
        case Operation("-", first, second) if claim.kind is Kind.POINTS:
            # Points are stated of a rise from the second or of a fall from the first; the base is the earlier level.
            base = Name("before") if "before" in roles else second
            growth = Operation("/", Operation("-", first, second), base)
            return replace(relation, expectation=Comparison("==", growth, Name(name)))
        case _:
            return None


def _other_unit(claim: Claim) -> Claim:
    if claim.kind is Kind.POINTS:
        text = claim.text.replace("个百分点", "%").replace("百分点", "%")
        return replace(claim, text=text, kind=Kind.PERCENT, unit="%", dimension="percent")
    text = claim.text.replace("%", "个百分点").replace("％", "个百分点")
    return replace(claim, text=text, kind=Kind.POINTS, unit="个百分点", dimension="points")


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
