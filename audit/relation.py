"""bind(Rule, Outline) -> Relations: which claims take which role of a rule, and what must hold of them."""

from __future__ import annotations

from dataclasses import dataclass

from audit.claim import Claim
from audit.rule.expression import Comparison
from audit.rule.schema import Rule
from audit.span import Span


@dataclass(frozen=True, slots=True)
class Relation:
    """One rule bound to claims of one document.

    `roles` in the rule's order; `items` are the listed things of a list count; `doubts` are the reasons for which the
    binding is not certain; `evidence` is the text that asserts the relation, `cue` the word that made the rule look.
    """

    rule: Rule
    roles: tuple[tuple[str, tuple[Claim, ...]], ...]
    expectation: Comparison
    evidence: Span
    cue: Span | None = None
    items: tuple[Span, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Every bound claim, in role order."""
        return tuple(claim for _, claims in self.roles for claim in claims)
