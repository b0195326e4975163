"""Slips that leave the number as it is: a unit mistaken for another, % for 个百分点, an item left out of a list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from audit.claim import Claim, Kind
from audit.diagnosis.solve import holds
from audit.relation import Relation
from audit.rule.expression import Comparison, Name, Operation

Slip = tuple[Claim, str, frozenset[int]]
"""The mended claim, the edit, and the broken relations that hold with it."""
_SCALES = "万亿千百十"


def wording_slips(claim: Claim, broken: Mapping[int, Relation]) -> Iterator[Slip]:
    """Every slip of wording that makes one of the broken relations hold."""
    yield from _items_left_out(claim, broken)
    yield from _percents_for_points(claim, broken)
    yield from _units_mistaken(claim, broken)


def _items_left_out(claim: Claim, broken: Mapping[int, Relation]) -> Iterator[Slip]:
    """The figure stands as it is, and the list is one item short of it."""
    restores = frozenset(
        i
        for i, relation in broken.items()
        if relation.items and len(relation.claims) == 1 and claim.value == len(relation.items) + 1
    )
    if restores:
        yield claim, "insert_item", restores


def _percents_for_points(claim: Claim, broken: Mapping[int, Relation]) -> Iterator[Slip]:
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


def _units_mistaken(claim: Claim, broken: Mapping[int, Relation]) -> Iterator[Slip]:
    """Households said where people are meant, or the other way round.

    Two figures of one unit that should be equal and are not, where the rule has expectations of two different figures
    in the same roles: these must hold once the figure is read in the other unit.
    """
    new = _in_other_word(claim)
    for i, relation in broken.items():
        if new is not None and _fits_apart(relation, claim, new):
            yield new, "unit_word", frozenset({i})


def _in_other_word(claim: Claim) -> Claim | None:
    text = claim.text
    if text.endswith(("户", "戶")):
        # 贫困户 becomes 贫困人口; a bare 户 behind the numeral becomes 人.
        noun = text[-2:-1] not in _SCALES and not text[-2:-1].isdecimal()
        return replace(claim, text=text[:-1] + ("人口" if noun else "人"), unit="人", dimension="person")
    if text.endswith(("人口", "人")):
        return replace(claim, text=text.removesuffix("口").removesuffix("人") + "户", unit="户", dimension="household")
    return None


def _fits_apart(relation: Relation, claim: Claim, new: Claim) -> bool:
    match relation.expectation:
        case Comparison("==", Name(), Name()) if len(relation.roles) == len(relation.claims) == 2:
            pass
        case _:
            return False
    (first, (one,)), (second, (two,)) = relation.roles
    if _households(one) != _households(two):
        return False
    other = two if claim is one else one
    # The rule names the households first.
    households, people = (new, other) if _households(new) else (other, new)
    apart = replace(relation, roles=((first, (households,)), (second, (people,))))
    bounds = [e.that for e in relation.rule.expect if e.that.operator != "=="]
    return bool(bounds) and all(holds(replace(apart, expectation=bound), {}) for bound in bounds)


def _households(claim: Claim) -> bool:
    return claim.unit.endswith("户")
