"""Checks over the figures of a text: read by the extraction, bound by hand, judged by the rounding contract."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from audit.claim import Claim
from audit.extract import extract
from audit.read import read_text
from audit.relation import Relation
from audit.rule.load import read_rule
from audit.rule.parse import parse_comparison
from audit.rule.schema import Expectation, Rule
from audit.span import Span
from audit.verdict import Check, judge


def rule(*expectations: str, confidence: str = "high") -> Rule:
    """A rule with these expectations that binds nothing by itself."""
    made, problems = read_rule(
        """
id: by-hand
title: 手工构造的关系
why: 供测试使用。
severity: error
confidence: high
applies_to: {document: "*"}
bind: {total: {quote: "共{}"}}
expect: total == total
examples: {pass: 共3户, fail: 共4户}
""",
        "by-hand.yaml",
    )
    assert made is not None, problems
    expect = tuple(Expectation(parse_comparison(that)) for that in expectations)
    return replace(made, expect=expect or made.expect, confidence=confidence)


class Text:
    """A text and its figures."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.document = read_text(text)
        self.extraction = extract(self.document)

    def figure(self, printed: str, nth: int = 0) -> Claim:
        """The figure printed so; `nth` counts equal ones from 0."""
        return [c for c in self.extraction.claims if c.text == printed][nth]

    def relation(
        self, expectation: str, of: Rule | None = None, items: int = 0, **roles: str | Claim | Sequence[str | Claim]
    ) -> Relation:
        """A relation over figures named by how they are printed."""
        bound = []
        for role, named in roles.items():
            several = [named] if isinstance(named, (str, Claim)) else named
            bound.append((role, tuple(self.figure(f) if isinstance(f, str) else f for f in several)))
        return Relation(
            rule=of or rule(expectation),
            roles=tuple(bound),
            expectation=parse_comparison(expectation),
            evidence=Span(0, len(self.text)),
            items=tuple(Span(n, n + 1) for n in range(items)),
        )

    def check(
        self, expectation: str, of: Rule | None = None, items: int = 0, **roles: str | Claim | Sequence[str | Claim]
    ) -> Check:
        """The relation, judged."""
        return judge(self.relation(expectation, of, items, **roles))


def claim(printed: str) -> Claim:
    """The only figure of a text that is this figure."""
    (found,) = extract(read_text(f"共计{printed}。")).claims
    return found
