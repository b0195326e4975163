"""The suspects of every broken check of a document, weighed on all its checks at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from audit.claim import Claim
from audit.diagnosis.evidence import Evidence, evidence_of
from audit.diagnosis.remark import remark_of
from audit.diagnosis.repair import Repair, repairs_of
from audit.diagnosis.search import FADED, Diagnosis, diagnoses
from audit.finding import Suspect
from audit.relation import Relation
from audit.span import Span
from audit.verdict import Check, Verdict

MOST_SUSPECTS = 5
"""Suspects named for a check."""
MOST_ALTERNATIVES = 3
"""Further repairs named for a suspect."""
FAINT = Fraction(1, 100)
"""A suspect with a smaller share of the likelihood is named only among the first three."""
MOST_FIGURES_WEIGHED = 400
"""Figures of broken checks whose repairs are looked for in one document; the checks of the rest get no suspects."""
MOST_CHECKS_JOINED = 12
"""Broken checks weighed together; where more hang together, each is weighed alone."""


@dataclass(frozen=True, slots=True)
class Culprits:
    """Who may be to blame for one broken check, likeliest first, and what else the first suspect explains.

    `joint` are indices of other broken checks that the same repair of the same figure restores; `remark` says in one
    Chinese sentence (`remark_en` in English) how far the evidence goes, "" where there is nothing to say.
    """

    suspects: tuple[Suspect, ...] = ()
    joint: tuple[int, ...] = ()
    remark: str = ""
    remark_en: str = ""


def diagnose(checks: Sequence[Check], claims: Iterable[Claim] = ()) -> Mapping[int, Culprits]:
    """The culprits of each check that fails, by its index in `checks`.

    `claims` are all figures of the document, for what it prints elsewhere. The work is bounded: figures beyond
    MOST_FIGURES_WEIGHED are not examined, groups of more than MOST_CHECKS_JOINED checks and those whose search takes
    too many steps are weighed check by check; the remark says so.
    """
    failing = [i for i, check in enumerate(checks) if check.verdict in (Verdict.INCONSISTENT, Verdict.UNDECIDED)]
    if not failing:
        return {}
    failing.sort(key=lambda i: checks[i].verdict is not Verdict.INCONSISTENT)
    evidence = evidence_of(checks, claims)
    found: dict[int, Culprits] = {}
    weighed = 0
    for group in _groups(failing, checks):
        figures = {c.span: c for i in group for c in checks[i].relation.claims}
        weighed += len(figures)
        if weighed > MOST_FIGURES_WEIGHED:
            found |= {i: Culprits((), (), *remark_of("skipped")) for i in group}
            continue
        found |= _Group(checks, group, figures, evidence).culprits()
    return found


def _groups(failing: Sequence[int], checks: Sequence[Check]) -> list[list[int]]:
    """The failing checks, those that share figures together, each group in the given order."""
    at = {i: {claim.span for claim in checks[i].relation.claims} for i in failing}
    sharing: dict[Span, list[int]] = {}
    for i, spans in at.items():
        for span in spans:
            sharing.setdefault(span, []).append(i)
    groups: list[list[int]] = []
    rank = {i: n for n, i in enumerate(failing)}
    reached: set[int] = set()
    for first in failing:
        if first in reached:
            continue
        reached.add(first)
        group = [first]
        for i in group:
            # Spans are looked up once: what shares one has been reached by then.
            others = {j for span in at[i] for j in sharing.pop(span, ())} - reached
            reached |= others
            group += others
        groups.append(sorted(group, key=rank.__getitem__))
    return groups


class _Group:
    """Broken checks that hang together by the figures they share."""

    def __init__(
        self, checks: Sequence[Check], group: Sequence[int], figures: Mapping[Span, Claim], evidence: Evidence
    ) -> None:
        self._checks = checks
        self._broken = {i: checks[i].relation for i in group}
        self._evidence = evidence
        self._repairs = {
            span: repairs_of(claim, _with(span, self._broken), evidence) for span, claim in figures.items()
        }

    def culprits(self) -> dict[int, Culprits]:
        """The culprits of each check of the group."""
        doubtful = {i for i in self._broken if self._checks[i].verdict is Verdict.UNDECIDED}
        conflicts = self._broken
        if len(conflicts) > MOST_CHECKS_JOINED:
            conflicts = {i: relation for i, relation in self._broken.items() if i not in doubtful}
        together: tuple[Diagnosis, ...] = ()
        complete = len(conflicts) <= MOST_CHECKS_JOINED
        if complete:
            together, complete = diagnoses(conflicts, self._repairs, doubtful)
        found = {i: self._culprits_of(i, together, complete) for i in self._broken}
        return {i: replace(own, joint=self._joint(i, found)) for i, own in found.items()}

    def _culprits_of(self, check: int, together: Sequence[Diagnosis], complete: bool) -> Culprits:
        shares = self._shares(check, together)
        if not shares:
            alone, _ = diagnoses({check: self._broken[check]}, self._repairs)
            shares = self._shares(check, alone)
        whole = sum((share for _, share in shares), Fraction(0))
        suspects = tuple(
            self._suspect(check, repair, share / whole)
            for rank, (repair, share) in enumerate(shares[:MOST_SUSPECTS])
            if rank < 3 or share >= FAINT * whole
        )
        remark = remark_of("apart") if not complete else self._remark(check, suspects)
        return Culprits(suspects, (), *remark)

    def _shares(self, check: int, found: Sequence[Diagnosis]) -> list[tuple[Repair, Fraction]]:
        """The best repair of each figure that a diagnosis blames the check on, with the likelihood of all of them."""
        best: dict[Span, Repair] = {}
        weight: dict[Span, Fraction] = {}
        for diagnosis in found:
            for repair in diagnosis.repairs:
                if check in repair.restores:
                    best.setdefault(repair.claim.span, repair)
                    weight[repair.claim.span] = weight.get(repair.claim.span, Fraction(0)) + diagnosis.likelihood
        order = {c.span: rank for rank, c in enumerate(self._broken[check].claims)}
        return [(best[span], weight[span]) for span in sorted(best, key=lambda s: (-weight[s], order[s]))]

    def _suspect(self, check: int, repair: Repair, share: Fraction) -> Suspect:
        others = [
            other
            for other in self._repairs[repair.claim.span]
            if other is not repair and check in other.restores and other.likelihood >= FADED * repair.likelihood
        ]
        return Suspect(
            claim=repair.claim,
            replacement=repair.mended.text,
            edit=repair.edit,
            restores=self._restored(repair),
            share=share,
            others=tuple(
                Suspect(other.claim, other.mended.text, other.edit, self._restored(other))
                for other in others[:MOST_ALTERNATIVES]
            ),
        )

    def _restored(self, repair: Repair) -> tuple[Check, ...]:
        return tuple(self._checks[i] for i in sorted(repair.restores))

    def _joint(self, check: int, found: Mapping[int, Culprits]) -> tuple[int, ...]:
        """The other checks that blame the same figure first and hold once it is mended the same way."""
        blamed = {i: culprits.suspects[0] for i, culprits in found.items() if culprits.suspects}
        if check not in blamed:
            return ()
        first = blamed[check]
        return tuple(
            i
            for i, other in sorted(blamed.items())
            if i != check and other.claim.span == first.claim.span and other.replacement == first.replacement
        )

    def _remark(self, check: int, suspects: Sequence[Suspect]) -> tuple[str, str]:
        if not suspects:
            return remark_of("nothing")
        first = suspects[0]
        if not first.is_likely:
            return remark_of("open") if len(suspects) > 1 else ("", "")
        cleared = [
            claim
            for claim in self._broken[check].claims
            if claim.span != first.claim.span and self._evidence.confirms(claim)
        ]
        return remark_of("cleared", cleared) if cleared else ("", "")


def _with(span: Span, broken: Mapping[int, Relation]) -> dict[int, Relation]:
    return {i: relation for i, relation in broken.items() if any(c.span == span for c in relation.claims)}
