"""The smallest sets of figures whose repair restores every broken relation, likeliest first.

Consistency-based diagnosis (Reiter 1987): each broken relation is a conflict, one of its figures must be wrong; a
diagnosis changes at least one figure of every conflict. Diagnoses are built conflict by conflict, the likeliest partial
one first (uniform-cost search), so that they come out in the order of their likelihood.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from fractions import Fraction
from heapq import heappop, heappush

from audit.diagnosis.repair import Repair
from audit.diagnosis.solve import holds
from audit.relation import Relation
from audit.span import Span

ANOTHER_SLIP = Fraction(1, 10**5)
"""What each further repair leaves of a diagnosis' likelihood: few figures are wrong rather than many."""
DOUBTED = Fraction(1, 10)
"""What is left of it for each doubtful relation that it leaves broken: the doubt may be justified."""
MOST_STEPS = 500
"""Partial diagnoses looked at before the search is given up."""
MOST_DIAGNOSES = 60
"""Diagnoses collected; the ones after these weigh next to nothing."""
FADED = Fraction(1, 1000)
"""A diagnosis so much less likely than the best one is not worth keeping."""


@dataclass(frozen=True, slots=True, eq=False)
class Diagnosis:
    """Repairs, one a figure, that together restore every broken relation."""

    repairs: tuple[Repair, ...]
    likelihood: Fraction


def diagnoses(
    broken: Mapping[int, Relation], repairs: Mapping[Span, Sequence[Repair]], doubtful: AbstractSet[int] = frozenset()
) -> tuple[tuple[Diagnosis, ...], bool]:
    """The likeliest diagnoses of a group of broken relations, the best first, and whether the search ran to its end.

    The `doubtful` ones may stay broken. Relations that no repair restores are left out of account.
    """
    restorable = [i for i in broken if any(i in repair.restores for own in repairs.values() for repair in own)]
    restorable.sort(key=lambda i: i in doubtful)
    heap: list[tuple[Fraction, int, tuple[Repair, ...], frozenset[int]]] = [(Fraction(-1), 0, (), frozenset())]
    found: list[Diagnosis] = []
    seen: set[tuple[frozenset[tuple[Span, str]], frozenset[int]]] = set()
    pushed = steps = 0
    while heap and len(found) < MOST_DIAGNOSES:
        steps += 1
        if steps > MOST_STEPS:
            return tuple(found), False
        weight, _, chosen, left = heappop(heap)
        if found and -weight < found[0].likelihood * FADED:
            break
        settled = left.union(*(repair.restores for repair in chosen))
        conflict = next((i for i in restorable if i not in settled), None)
        if conflict is None:
            if chosen and (len(chosen) < 2 or _restores_all(chosen, left, restorable, broken)):
                found.append(Diagnosis(chosen, -weight))
            continue
        further = ANOTHER_SLIP if chosen else Fraction(1)
        steps_on = [
            (weight * repair.likelihood * further, (*chosen, repair), left)
            for repair in _choices(conflict, chosen, broken[conflict], repairs)
        ]
        if conflict in doubtful:
            steps_on.append((weight * DOUBTED, chosen, left | {conflict}))
        for step, repaired, unsettled in steps_on:
            key = frozenset((r.claim.span, r.mended.text) for r in repaired), unsettled
            if key not in seen:
                seen.add(key)
                pushed += 1
                heappush(heap, (step, pushed, repaired, unsettled))
    return tuple(found), True


def _choices(
    conflict: int, chosen: Sequence[Repair], relation: Relation, repairs: Mapping[Span, Sequence[Repair]]
) -> Iterator[Repair]:
    changed = {repair.claim.span for repair in chosen}
    for span in dict.fromkeys(claim.span for claim in relation.claims):
        if span not in changed:
            yield from (repair for repair in repairs.get(span, ()) if conflict in repair.restores)


def _restores_all(
    chosen: Sequence[Repair], left: AbstractSet[int], restorable: Sequence[int], broken: Mapping[int, Relation]
) -> bool:
    """Whether the repairs do not undo each other where two of them meet in one relation."""
    changed = {repair.claim.span: repair.mended for repair in chosen}
    for i in restorable:
        if i in left:
            continue
        touched = sum(claim.span in changed for claim in broken[i].claims)
        if touched > 1 and not holds(broken[i], changed):
            return False
    return True
