"""bind(rules, outline) -> Relations: which claims take which role of a rule, and what must hold of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import InitVar, dataclass, field
from fnmatch import fnmatchcase
from fractions import Fraction
from functools import lru_cache
from pathlib import PurePath

from audit.claim import Claim, Kind
from audit.filling import choices
from audit.frozen import unchecked
from audit.misprint import odds_against_chance
from audit.outline import NODE_FINDERS, Figure, Node, Outline
from audit.quantity.exact import times
from audit.quantity.hedge import rounded
from audit.quantity.interval import Interval
from audit.rule.expression import (
    Comparison,
    Environment,
    Operand,
    applies,
    interval,
    may_compare,
    measured,
    with_givens,
)
from audit.rule.schema import Doubt, Rule
from audit.solve import Roles
from audit.span import Span

MENDABLE = 5
"""Odds from which a gap that one slip explains is worth a question although the binding is in doubt."""
CLEARLY_MENDABLE = 30
"""Odds from which such a gap is hardly a coincidence."""
_OUTLOOKS = frozenset({"holds", "marginal", "mendable", "clearly_mendable"})
_MEASURED = frozenset({"area", "length", "volume", "mass", "power", "energy"})
"""Families of units in which things are measured, not counted."""
_operand = unchecked(Operand)
_ONE = Operand(Fraction(1), Interval.point(1), Interval.point(1))


@dataclass(frozen=True, slots=True)
class Relation:
    """One rule bound to claims of one document.

    `roles` in the rule's order; `items` are the listed things of a list count; `doubts` are the reasons for which the
    binding is not certain; `evidence` is the text that asserts the relation, `cue` the word that made the rule look;
    `severity` is "" where it is that of the rule.
    Relations of one rule with the same `group` (not -1) are alternative readings of one place, the likeliest first.
    `claims` is every bound claim in role order, `environment` the operands of each role as expressions see them, made
    once for all who ask (`bound` where they are made already).
    """

    rule: Rule
    roles: tuple[tuple[str, tuple[Claim, ...]], ...]
    expectation: Comparison
    evidence: Span
    cue: Span | None = None
    items: tuple[Span, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    group: int = -1
    severity: str = ""
    bound: InitVar[Environment | None] = None
    claims: tuple[Claim, ...] = field(init=False, repr=False, compare=False)
    environment: Environment = field(init=False, repr=False, compare=False)

    @property
    def valued(self) -> tuple[Claim, ...]:
        """The claims whose values are compared; the others are only counted (分别为3亿元和2亿元: two figures)."""
        roles = measured(self.expectation)
        return tuple(claim for role, claims in self.roles if role in roles for claim in claims)

    def __post_init__(self, bound: Environment | None) -> None:
        object.__setattr__(self, "claims", tuple(claim for _, claims in self.roles for claim in claims))
        environment = environment_of(self.roles, self.items) if bound is None else bound
        object.__setattr__(self, "environment", environment)


@dataclass(frozen=True, slots=True)
class Unbound:
    """A document rule that could not be bound, and why: one sentence that names the rule's file and line."""

    rule: Rule
    reason: str
    reason_en: str


def environment_of(roles: Sequence[tuple[str, tuple[Claim, ...]]], items: Sequence[Span] = ()) -> Environment:
    """The operands of each role; listed things count as `items`, one each."""
    environment = {role: tuple(map(operand_of, claims)) for role, claims in roles}
    if items:
        environment["items"] = (_ONE,) * len(items)
    return environment


def operand_of(claim: Claim) -> Operand:
    """A claim as arithmetic sees it: percents and points as plain ratios, and whole numbers of what is measured
    (951公里) as loosely rounded."""
    factor, loose = claim.ratio, claim.loose
    if claim.kind is Kind.MEASURE and not loose.width and claim.dimension.partition(":")[0] in _MEASURED:
        loose = rounded(claim.value, Fraction(1))
    if factor == 1:
        return _operand(claim.value, claim.interval, loose)
    return _operand(times(claim.value, factor), claim.interval.scaled(factor), loose.scaled(factor))


def bind(rules: Sequence[Rule], outline: Outline) -> tuple[tuple[Relation, ...], tuple[Unbound, ...]]:
    """Every relation that the rules find in a document, and the document rules that could not be bound to it."""
    nodes: dict[str, tuple[Node, ...]] = {}
    relations: list[Relation] = []
    unbound: list[Unbound] = []
    for rule in rules:
        if rule.applies_to and not is_for(rule, outline.document.path):
            continue
        if rule.where is None:
            bound = _bind_quotes(rule, outline)
            if isinstance(bound, Unbound):
                unbound.append(bound)
            else:
                relations += bound
            continue
        kind = rule.where.node
        if kind not in nodes:
            nodes[kind] = tuple(NODE_FINDERS[kind](outline))
        asked = asked_of(rule) if nodes[kind] else ()
        for node in nodes[kind]:
            if looks_at(rule, node, outline.text):
                relations += bind_node(rule, node, asked)
    return tuple(relations), tuple(unbound)


def is_for(rule: Rule, path: str) -> bool:
    """Whether a document rule is for the document of a path."""
    name = _name_of(path)
    return any(fnmatchcase(name, pattern) or fnmatchcase(path, pattern) for pattern in rule.applies_to)


@lru_cache(maxsize=1)
def _name_of(path: str) -> str:
    return PurePath(path).name


def looks_at(rule: Rule, node: Node, text: str) -> bool:
    """Whether a node is of a form that a rule looks at, with its cues and without the words it avoids."""
    where = rule.where
    assert where is not None
    if where.forms and node.form not in where.forms:
        return False
    if where.cues or where.unless:
        said = text[node.span.start : node.span.end]
        if where.cues and not any(cue in said for cue in where.cues):
            return False
        if any(cue in said for cue in where.unless):
            return False
    return True


def bind_node(rule: Rule, node: Node, asked: Sequence[frozenset[str]]) -> Iterator[Relation]:
    """The relations of a rule at a node; `asked` are the features that each of its expectations asks for."""
    bindings: list[dict[str, tuple[Figure, ...]]] = [{}]
    listed: tuple[Span, ...] = ()
    for role, selector in rule.bind:
        if selector.slot == "listed":
            if not selector.at_least <= len(node.listed) <= (selector.at_most or len(node.listed)):
                return
            listed = node.listed
            continue
        bindings = [{**binding, role: figures} for binding in bindings for figures in choices(selector, node, binding)]
    for binding in bindings:
        roles = tuple((role, tuple(f.claim for f in figures)) for role, figures in binding.items())
        if relation := _relation(rule, node, roles, listed, asked):
            yield relation


def _relation(
    rule: Rule,
    node: Node,
    roles: tuple[tuple[str, tuple[Claim, ...]], ...],
    listed: tuple[Span, ...],
    asked: Sequence[frozenset[str]],
) -> Relation | None:
    environment = environment_of(roles, listed)
    for expectation, outlooks in zip(rule.expect, asked, strict=True):
        that = with_givens(expectation.that, dict(node.givens)) if node.givens else expectation.that
        features = node.features | _outlook(that, environment, roles, outlooks)
        if expectation.when is not None and not applies(expectation.when, features, environment):
            continue
        doubts = tuple(d for d in rule.doubts if d.when is None or applies(d.when, features, environment))
        return Relation(
            rule=rule,
            roles=tuple(r for r in roles if r[1]),
            expectation=that,
            evidence=node.span,
            cue=node.cue,
            items=listed,
            doubts=doubts,
            group=node.group,
            severity=expectation.severity,
            bound=environment,
        )
    return None


def asked_of(rule: Rule) -> list[frozenset[str]]:
    """The features that each expectation of a rule asks for, those of the rule's doubts among them."""
    doubts = frozenset[str]().union(*(doubt.asked for doubt in rule.doubts))
    return [expectation.asked | doubts for expectation in rule.expect]


def _outlook(comparison: Comparison, environment: Environment, roles: Roles, asked: frozenset[str]) -> frozenset[str]:
    """`holds` where the comparison can hold within rounding, else `marginal` where last digits off by one would save
    it, and `mendable` or even `clearly_mendable` where one slip would; each only where it is asked for."""
    if not asked & _OUTLOOKS:
        return frozenset()
    if _may_hold(comparison, environment):
        return frozenset({"holds"})
    found = set()
    if asked & {"mendable", "clearly_mendable"}:
        odds = odds_against_chance(comparison, environment, roles)
        found |= {
            name for name, least in (("mendable", MENDABLE), ("clearly_mendable", CLEARLY_MENDABLE)) if odds >= least
        }
    if "marginal" in asked:
        wide = {role: [_widened(operand) for operand in operands] for role, operands in environment.items()}
        found |= {"marginal"} if _may_hold(comparison, wide) else set()
    return frozenset(found)


def _widened(operand: Operand) -> Operand:
    """The operand with an interval twice as wide: what it may be when its last digit is off by one."""
    width = operand.interval.width
    if not width:
        return operand
    assert operand.interval.low is not None
    assert operand.interval.high is not None
    wide = Interval(operand.interval.low - width / 2, operand.interval.high + width / 2)
    return Operand(operand.value, wide, operand.loose)


def _may_hold(comparison: Comparison, environment: Environment) -> bool:
    """Whether a comparison can hold within rounding; what rules call `holds`."""
    return may_compare(
        comparison.operator, interval(comparison.left, environment), interval(comparison.right, environment)
    )


def _bind_quotes(rule: Rule, outline: Outline) -> list[Relation] | Unbound:
    """A document rule's relations, one for each expectation that applies."""
    roles: list[tuple[str, tuple[Claim, ...]]] = []
    text = outline.document.text
    for role, selector in rule.bind:
        assert selector.quote is not None
        before, _, after = selector.quote.partition("{}")
        found = [
            claim
            for claim in outline.extraction.claims
            if text.endswith(before, 0, claim.span.start) and text.startswith(after, claim.span.end)
        ]
        if len(found) != 1:
            what = "没有找到" if not found else f"找到{len(found)}处"
            what_en = "no figure" if not found else f"{len(found)} figures"
            return Unbound(
                rule,
                f"{selector.source}: 规则 {rule.id} 的引文“{selector.quote}”在 {outline.document.path} 中{what}"
                f"对应的数字；请把引文改成在文中恰好出现一次的原文",
                f"{selector.source}: the quote “{selector.quote}” of rule {rule.id} matches {what_en} in "
                f"{outline.document.path}; quote words that stand there exactly once",
            )
        roles.append((role, (found[0],)))
    bound = tuple(roles)
    evidence = bound[0][1][0].span
    for _, (claim,) in bound:
        evidence = evidence.cover(claim.span)
    environment = environment_of(bound)
    return [
        Relation(rule, bound, expectation.that, evidence)
        for expectation in rule.expect
        if expectation.when is None or applies(expectation.when, frozenset(), environment)
    ]
