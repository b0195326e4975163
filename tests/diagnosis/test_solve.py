"""What one figure must be for a relation to hold, held against trying; and how often chance would pass it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.claim import Claim
from audit.diagnosis.power import STRONG, chance, power
from audit.diagnosis.solve import NotIsolatedError, UnsolvableError, holds, needed
from audit.quantity.interval import Interval
from audit.relation import Relation
from tests.diagnosis.making import Text

TEXT = Text("总额15.7亿元，财政8200万元，信贷10.85亿元，专项3.5亿元，占比55.1%，开工4974户，共有6352户，另有12户。")
RELATIONS = {
    "sum": TEXT.relation("sum(parts) == total", total="15.7亿元", parts=["8200万元", "10.85亿元", "3.5亿元"]),
    "bound": TEXT.relation("sum(parts) <= total", total="15.7亿元", parts=["8200万元", "10.85亿元"]),
    "most": TEXT.relation("max(parts) <= total", total="10.85亿元", parts=["8200万元", "3.5亿元"]),
    "least": TEXT.relation("min(parts) > floor", floor="8200万元", parts=["10.85亿元", "3.5亿元"]),
    "share": TEXT.relation("part / base == share", part="4974户", base="6352户", share="55.1%"),
    "growth": TEXT.relation("(after - before) / before == growth", after="6352户", before="4974户", growth="55.1%"),
    "fall": TEXT.relation("(before - after) / before == growth", after="4974户", before="6352户", growth="55.1%"),
    "of change": TEXT.relation("change / (after - change) == growth", after="6352户", change="4974户", growth="55.1%"),
    "times": TEXT.relation("count * each == total", count="4974户", each="12户", total="6352户"),
    "negative": TEXT.relation("-after == before - change", after="6352户", before="4974户", change="12户"),
}


def trying(relation: Relation, claim: Claim, number: Fraction) -> bool:
    point = Interval.point(number)
    return holds(relation, {claim.span: replace(claim, value=number, interval=point, loose=point)})


@pytest.mark.parametrize("relation", RELATIONS.values(), ids=RELATIONS)
@given(data=st.data())
def test_needed_is_what_holds(relation: Relation, data: st.DataObject) -> None:
    role, claims = data.draw(st.sampled_from(relation.roles))
    claim = data.draw(st.sampled_from(claims))
    try:
        window = needed(relation, claim)
    except UnsolvableError:
        window = Interval.point(0)  # no figure of these texts is 0
    ends = [end for end in (window.low, window.high) if end] or [claim.value]
    factor = data.draw(
        st.sampled_from([Fraction(1), Fraction(999, 1000), Fraction(1001, 1000), Fraction(1, 2), Fraction(3)])
    )
    number = data.draw(st.sampled_from(ends)) * factor
    if str(relation.expectation).count(role) == 1:
        assert trying(relation, claim, number) == (number in window)
    elif number in window:  # the judge takes a figure that is mentioned twice twice, and so more loosely
        assert trying(relation, claim, number)


def test_nominal_values_give_the_one_figure_that_agrees() -> None:
    relation = RELATIONS["sum"]
    assert needed(relation, relation.claims[0], nominal=True) == Interval.point(1517000000)
    assert needed(relation, relation.claims[1], nominal=True) == Interval.point(135000000)


def test_what_cannot_be_solved_for_says_so() -> None:
    twice = TEXT.relation("total * total == base", total="12户", base="6352户")
    with pytest.raises(NotIsolatedError):
        needed(twice, twice.claims[0])
    beyond = TEXT.relation("max(parts) <= total", total="3.5亿元", parts=["8200万元", "10.85亿元"])
    with pytest.raises(UnsolvableError):
        needed(beyond, beyond.claims[1])


def test_absolute_differences_keep_their_direction() -> None:
    relation = TEXT.relation("abs(after - before) == change", after="6352户", before="4974户", change="12户")
    assert needed(relation, relation.claims[0]) == Interval.point(4986)


def test_holds_exactly_takes_printed_values() -> None:
    relation = RELATIONS["sum"]
    total = relation.claims[0]
    new = replace(total, value=Fraction(1517000000), interval=Interval.point(1517000000))
    assert holds(relation, {total.span: new}, exactly=True)
    assert not holds(relation, {}, exactly=True)


# ---------------------------------------------------------------- power
def test_chance_is_the_share_of_figures_that_would_pass() -> None:
    text = Text("共有95户，其中甲40户、乙50户，丙7户，占42%。")
    exact = text.relation("sum(parts) == total", total="95户", parts=["40户", "50户"])
    assert chance(exact, exact.claims[0]) == Fraction(1, 90)  # of 10 to 99 only 90 passes
    share = text.relation("part / base == share", part="40户", base="95户", share="42%")
    percents = [share.claims[2]]
    passing = sum(trying_percent(share, percents[0], n) for n in range(10, 100))
    assert chance(share, percents[0]) == Fraction(passing, 90)


def trying_percent(relation: Relation, claim: Claim, number: int) -> bool:
    half = Fraction(1, 2)
    interval = Interval(number - half, number + half, high_open=True)
    return holds(relation, {claim.span: replace(claim, value=Fraction(number), interval=interval)})


def test_a_small_part_of_a_rounded_total_is_hardly_confirmed() -> None:
    text = Text("总额15.7亿元，其中甲15.6亿元，乙3万元。")
    relation = text.relation("sum(parts) == total", total="15.7亿元", parts=["15.6亿元", "3万元"])
    total, _, small = relation.claims
    assert power([relation], total) >= STRONG
    assert power([relation], small) == 0


def test_a_bound_confirms_no_more_than_its_easiest_figure() -> None:
    text = Text("共有9000户，其中甲12户。")
    relation = text.relation("part <= total", total="9000户", part="12户")
    assert {chance(relation, claim) for claim in relation.claims} == {Fraction(1)}


def test_confirmations_add_up() -> None:
    text = Text("共有三个环节，分三个步骤，计三个。")
    listed = [text.relation("stated == count(items)", items=3, stated=text.figure("三个", n)) for n in range(2)]
    one = power(listed[:1], text.figure("三个"))
    assert one == 1 - Fraction(1, 9)
    assert power([listed[0], listed[0]], text.figure("三个")) == 1 - Fraction(1, 81)
    assert power([], text.figure("三个")) == 0


def test_a_figure_without_a_numeral_is_not_confirmed() -> None:
    text = Text("共有9000户，其中三分之一是新户，即3000户。")
    relation = text.relation("part / base == share", part="3000户", base="9000户", share="三分之一")
    assert chance(relation, relation.claims[2]) == 1
