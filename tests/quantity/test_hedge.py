"""Hedges as intervals: the contract's widths, and two at once."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.frozen import unchecked
from audit.quantity.exact import quotient
from audit.quantity.hedge import hedges, intervals, rounded
from audit.quantity.interval import Interval
from audit.quantity.numeral import read_numeral


@pytest.mark.parametrize(
    ("numeral", "modes", "shown"),
    [
        ("8500", ("more_than",), "(8500, 8600)"),
        ("3万", ("more_than",), "(30000, 40000)"),
        ("300", ("nearly",), "[270, 300)"),
        ("40万", ("about",), "[360000, 440000]"),
        ("1000", ("at_least",), "[1000, ∞)"),
        ("5000", ("at_most",), "[0, 5000]"),
        ("50", ("above",), "(50, ∞)"),
        ("50", ("below",), "[0, 50)"),
        ("300", ("about", "more_than"), "(300, 330]"),
        ("500", ("nearly", "more_than"), "[450, 600)"),
        ("50", ("at_least", "at_least"), "[50, ∞)"),
        ("10", ("at_most", "about"), "[9, 10]"),
        ("两三百", (), "[200, 300]"),
        ("几十", ("about",), "[20, 100)"),
    ],
)
def test_hedged(numeral: str, modes: tuple[str, ...], shown: str) -> None:
    own, loose = intervals(read_numeral(numeral), modes, exact=True)
    assert str(own) == str(loose) == shown


@pytest.mark.parametrize(
    ("numeral", "exact", "own", "loose"),
    [
        ("15224", True, "[15224, 15224]", "[15224, 15224]"),
        ("4100", True, "[4100, 4100]", "[4050, 4150)"),
        ("15.7亿", False, "[1565000000, 1575000000)", "[1565000000, 1575000000)"),
        ("8200万", False, "[81995000, 82005000)", "[81500000, 82500000)"),
        ("87.4", False, "[1747/20, 1749/20)", "[1747/20, 1749/20)"),
        ("78.30", False, "[15659/200, 15661/200)", "[15659/200, 15661/200)"),
        ("65", False, "[129/2, 131/2)", "[129/2, 131/2)"),
        ("0", True, "[0, 0]", "[0, 0]"),
    ],
)
def test_unhedged(numeral: str, exact: bool, own: str, loose: str) -> None:
    assert tuple(map(str, intervals(read_numeral(numeral), (), exact))) == (own, loose)


def test_a_negative_figure_turns_its_hedge() -> None:
    number = read_numeral("500").times(Fraction(-1))
    own, _ = intervals(number, ("more_than",), exact=True)
    assert str(own) == "(-600, -500)"


@given(st.integers(-(10**9), 10**9), st.integers(0, 6))
def test_rounding_holds_what_rounds_to_it(units: int, places: int) -> None:
    step = Fraction(1, 10**places)
    value = units * step
    interval = rounded(value, step)
    assert value in interval
    assert interval.width == step
    assert (value + step / 2) not in interval
    assert (value - step / 2) in interval
    assert interval == Interval(value - step / 2, value + step / 2, False, True)


def test_words_stand_once() -> None:
    known = hedges()
    for words in (known.before, known.before_round, known.inside, known.after):
        for word, mode in words.items():
            assert mode in known.modes, word
    for family in known.modes.values():
        assert any("一" <= c <= "鿿" for c in family.reason)


def test_unchecked_makes_the_same() -> None:
    assert unchecked(Interval)(Fraction(1), Fraction(2), False, True) == Interval(Fraction(1), Fraction(2), False, True)


@given(st.integers(), st.integers(1))
def test_a_quotient_is_the_fraction(numerator: int, denominator: int) -> None:
    made = quotient(numerator, denominator)
    assert (made, hash(made), str(made)) == (
        Fraction(numerator, denominator),
        hash(Fraction(numerator, denominator)),
        str(Fraction(numerator, denominator)),
    )
