"""Slips undone: what one slip did to a figure is among its mends, and each mend reads as if it had been printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from audit.extract import extract
from audit.output.words import say
from audit.quantity.interval import Interval
from audit.read import read_text
from audit.rewriting import weights
from audit.slip import digits_of, mended, mends, numeral_of, printed_step, rewritten
from tests.diagnosis.making import claim

PLAIN = re.compile(r"(?:0|[1-9]\d*)(?:\.\d+)?")


def slipped(numeral: str) -> Iterator[tuple[str, str]]:
    """(what a slip makes of a numeral, the edit that mends it)."""
    for i, digit in enumerate(numeral):
        if digit == ".":
            if len(numeral) > i + 1:
                yield numeral.replace(".", ""), "insert_point"
            continue
        yield numeral[:i] + numeral[i + 1 :], "insert_digit"
        yield numeral[:i] + digit + numeral[i:], "undouble_digit"
        for other in "0123456789":
            yield numeral[:i] + other + numeral[i + 1 :], "substitute_digit"
        if i + 1 < len(numeral) and numeral[i + 1] != ".":
            yield numeral[:i] + numeral[i + 1] + digit + numeral[i + 2 :], "transpose_digits"


numerals = st.from_regex(re.compile(r"[1-9][0-9]{0,5}(\.[0-9]{1,2})?"), fullmatch=True)


@given(numerals, st.sampled_from(["万元", "亿元", "户", "%", "亩"]), st.data())
def test_every_slip_can_be_mended(numeral: str, unit: str, data: st.DataObject) -> None:
    printed, _ = data.draw(st.sampled_from([s for s in slipped(numeral) if s[0] != numeral]))
    assume(PLAIN.fullmatch(printed) and Fraction(printed) != Fraction(numeral) and Fraction(printed))
    original, misprint = claim(numeral + unit), claim(printed + unit)
    found = {mend.text: mend for mend in mends(misprint)}
    assert found[original.text].value == original.value


@given(numerals, st.sampled_from(["万元", "亿元", "户", "%"]))
def test_no_mend_is_the_figure_itself_or_told_twice(numeral: str, unit: str) -> None:
    printed = claim(numeral + unit)
    found = list(mends(printed))
    assert len({mend.text for mend in found}) == len(found)
    assert all(mend.value != printed.value for mend in found)
    assert all(mend.edit in weights() for mend in found)


@pytest.mark.parametrize(
    ("printed", "text", "edit"),
    [
        ("15.7亿元", "15.17亿元", "insert_digit"),
        ("15.117亿元", "15.17亿元", "undouble_digit"),
        ("4032户", "4302户", "transpose_digits"),
        ("67.7%", "69.7%", "substitute_digit"),
        ("25万公顷", "2.5万公顷", "insert_point"),
        ("8.2万元", "82万元", "delete_point"),
        ("15.7亿元", "1.57亿元", "shift_point"),
        ("15.7亿元", "15.7万元", "unit_scale"),
        ("8200元", "8200万元", "unit_scale"),
        ("9,247.50万元", "9,427.50万元", "transpose_digits"),
        ("9,247.50万元", "92,147.50万元", "insert_digit"),
        ("１２３４户", "１２３５户", "substitute_digit"),
        ("百分之五十八点七", "百分之五十八点二", "substitute_digit"),
        ("四百二十七亿四千万元", "四百二十七亿三千万元", "substitute_digit"),
        ("三个", "两个", "substitute_digit"),
        ("427亿4千万元", "427亿7千万元", "substitute_digit"),
        ("12.3个百分点", "21.3个百分点", "transpose_digits"),
        ("约300户", "约200户", "substitute_digit"),
        ("5377.64 万元", "5377.46 万元", "transpose_digits"),
    ],
)
def test_kinds_of_slips(printed: str, text: str, edit: str) -> None:
    assert {mend.text: mend.edit for mend in mends(claim(printed))}[text] == edit


@pytest.mark.parametrize("printed", ["三分之一", "3至5户", "几十户", "百分之零"])
def test_figures_without_a_numeral_of_their_own_have_none(printed: str) -> None:
    assert not list(mends(claim(printed)))


@pytest.mark.parametrize(
    "printed",
    [
        "15.7亿元",
        "8200万元",
        "1234户",
        "65%",
        "100%",
        "约300户",
        "2.3个百分点",
        "户均3.2万元",
        "三个",
        "百分之五十八点二",
    ],
)
def test_a_mended_figure_reads_as_if_it_had_been_printed(printed: str) -> None:
    before = printed.removesuffix(claim(printed).text)
    of = claim(printed)
    for mend in mends(of):
        new = mended(of, mend)
        read = extract(read_text(f"共计{before}{mend.text}。")).claims
        if len(read) == 1 and read[0].text == mend.text and read[0].hedge == of.hedge:
            assert (new.value, new.interval, new.loose) == (read[0].value, read[0].interval, read[0].loose), mend.text
            assert numeral_of(new) == numeral_of(read[0])


@given(numerals, st.fractions(Fraction(1, 2), 2))
def test_mends_within_are_those_of_all_that_lie_within(numeral: str, factor: Fraction) -> None:
    printed = claim(numeral + "户")
    low, high = sorted((printed.value, printed.value * factor))
    inside = [m for m in mends(printed) if low <= m.value <= high]
    assert list(mends(printed, Interval(low, high))) == inside


@pytest.mark.parametrize(
    ("printed", "digits", "step"),
    [
        ("15.7亿元", 157, 10**7),
        ("8200万元", 8200, 10**4),
        ("65%", 65, 1),
        ("四千万元", 4000, 10**4),
        ("三分之一", 0, None),
    ],
)
def test_printed_digits(printed: str, digits: int, step: int | None) -> None:
    assert digits_of(claim(printed)) == digits
    assert printed_step(claim(printed)) == step


@pytest.mark.parametrize(
    ("printed", "number", "text"),
    [
        ("15.7亿元", 1517000000, "15.2亿元"),
        ("15.7亿元", 1520000000, "15.2亿元"),
        ("1,234户", 98765, "98,765户"),
        ("三个", 12, "十二个"),
        ("７户", 12, "１２户"),
    ],
)
def test_rewritten(printed: str, number: int, text: str) -> None:
    mend = rewritten(claim(printed), Fraction(number), Interval.point(number))
    assert mend is not None
    assert mend.text == text


def test_the_order_of_slips_has_words_in_both_languages() -> None:
    order = list(weights().values())
    assert order == sorted(order, reverse=True)
    assert min(order) > 0
    for edit in weights():
        assert say(edit, "zh") != edit != say(edit, "en")
