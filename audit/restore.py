"""What was found in a document without its line breaks, put in its places in the document as printed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from audit.diagnosis import Culprits
from audit.extract import Unbroken
from audit.finding import Suspect
from audit.relation import Relation
from audit.report import Outcome, SectionCoverage
from audit.verdict import Check


class Restored:
    """The checks of an unbroken document and what is said of them, as printed; each check is restored once."""

    def __init__(self, unbroken: Unbroken, checks: Sequence[Check]) -> None:
        self._unbroken = unbroken
        self._checks = {id(check): self._check(check) for check in checks}
        self.checks = tuple(self._checks.values())

    def _check(self, check: Check) -> Check:
        return replace(check, relation=self._relation(check.relation), text=self._unbroken.printed.text)

    def _relation(self, relation: Relation) -> Relation:
        back = self._unbroken.back
        return replace(
            relation,
            roles=tuple((role, tuple(map(self._unbroken.claim, claims))) for role, claims in relation.roles),
            evidence=back(relation.evidence),
            cue=relation.cue and back(relation.cue),
            items=tuple(map(back, relation.items)),
            bound=relation.environment,
        )

    def culprits(self, culprits: Mapping[int, Culprits]) -> dict[int, Culprits]:
        """The culprits of the checks."""
        return {
            index: replace(found, suspects=tuple(map(self._suspect, found.suspects)))
            for index, found in culprits.items()
        }

    def _suspect(self, suspect: Suspect) -> Suspect:
        return replace(
            suspect,
            claim=self._unbroken.claim(suspect.claim),
            restores=tuple(self._checks[id(check)] for check in suspect.restores),
            others=tuple(map(self._suspect, suspect.others)),
        )

    def outcomes(self, outcomes: Iterable[Outcome]) -> tuple[Outcome, ...]:
        """How the claims ended."""
        return tuple(replace(outcome, claim=self._unbroken.claim(outcome.claim)) for outcome in outcomes)

    def sections(self, sections: Iterable[SectionCoverage]) -> tuple[SectionCoverage, ...]:
        """The coverage of the sections."""
        return tuple(replace(section, span=self._unbroken.back(section.span)) for section in sections)
