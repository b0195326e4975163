"""Numerals: every form, their places, and what is none."""

from __future__ import annotations

import re
from fractions import Fraction

import cn2an
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from audit.quantity.numeral import Numeral, read_numeral

SHORTHAND = re.compile("[百千万亿][一二三四五六七八九]$")
WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")

VALUES = {
    "0": "0",
    "007": "7",
    "15224": "15224",
    "1,234.5万": "12345000",
    "１２３．５万": "1235000",
    "２７，２０３，３１９，０００": "27203319000",
    "0．2": "1/5",
    "10.85亿": "1085000000",
    "1.2万亿": "1200000000000",
    "3千5百万": "35000000",
    "1亿2千万": "120000000",
    "5万3千": "53000",
    "5个亿": "500000000",
    "9 859.38": "985938/100",
    "1062.\n85": "106285/100",
    "十": "10",
    "十二": "12",
    "一百十八": "118",
    "一百零五": "105",
    "四百二十七亿四千万": "42740000000",
    "一万二千亿": "1200000000000",
    "一万亿": "1000000000000",
    "一万二": "12000",
    "一亿五": "150000000",
    "三百五": "350",
    "壹佰贰拾": "120",
    "五十八点二": "582/10",
    "三点五万": "35000",
    "半": "1/2",
    "俩": "2",
    "仨": "3",
    "廿": "20",
    "廿五": "25",
    "两千": "2000",
    "千": "1000",
    "万": "10000",
    "七万万": "700000000",
}


@pytest.mark.parametrize(("text", "value"), VALUES.items())
def test_values(text: str, value: str) -> None:
    assert read_numeral(text).value == Fraction(value)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("两三百", 200, 300),
        ("十七八", 17, 18),
        ("三四十万", 300000, 400000),
        ("几十", 20, 100),
        ("十几", 11, 20),
        ("二十几", 21, 30),
        ("20几", 21, 30),
        ("几十万", 200000, 1000000),
        ("数百", 200, 1000),
        ("几万万", 200000000, 1000000000),
    ],
)
def test_vague_numerals_are_ranges(text: str, low: int, high: int) -> None:
    numeral = read_numeral(text)
    assert numeral.value == low
    assert numeral.high == high
    assert numeral.vague == ("几" in text or "数" in text)


@pytest.mark.parametrize(
    ("text", "step", "low", "scaled"),
    [
        ("15.7亿", 10**7, 10**7, True),
        ("8200万", 10**4, 10**6, True),
        ("8500", 1, 100, False),
        ("0.50", Fraction(1, 100), Fraction(1, 10), False),
        ("四百二十七亿四千万", 10**7, 10**7, True),
        ("十六亿", 10**8, 10**8, True),
        ("三千五百", 1, 100, False),
        ("五十八点二", Fraction(1, 10), Fraction(1, 10), False),
        ("1.2万亿", 10**11, 10**11, True),
    ],
)
def test_places(text: str, step: Fraction, low: Fraction, scaled: bool) -> None:
    numeral = read_numeral(text)
    assert (numeral.step, numeral.low, numeral.scaled) == (step, low, scaled)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "二〇",
        "万吨",
        "一二三四五六",
        "二〇二五",
        "三五",
        "一百百",
        "1万3",
        "百分",
        "半百",
        "点五",
        "十几几",
        "1" * 100,
    ],
)
def test_what_states_no_number(text: str) -> None:
    with pytest.raises(ValueError, match=r"[一-鿿]"):
        read_numeral(text)


def test_a_factor_turns_the_sign_and_not_the_places() -> None:
    turned = read_numeral("两三百").times(Fraction(-1, 10))
    assert (turned.value, turned.step, turned.low) == (Fraction(-30), Fraction(1, 10), Fraction(10))
    assert turned.high == -20


@given(st.integers(0, 10**16 - 1))
def test_integers_come_back(number: int) -> None:
    assert read_numeral(str(number)).value == number
    assert read_numeral(f"{number:,}").value == number
    assert read_numeral(str(number).translate(WIDE)).value == number
    chinese = cn2an.an2cn(str(number), "low")
    assume(len(chinese) > 1 and not chinese.startswith("负"))
    assert read_numeral(chinese).value == number


@given(st.integers(0, 10**12), st.integers(1, 6), st.sampled_from(["", "千", "万", "百万", "千万", "亿", "万亿"]))
def test_decimals_come_back(units: int, places: int, scale: str) -> None:
    digits = str(units).zfill(places + 1)
    text = f"{digits[:-places]}.{digits[-places:]}{scale}"
    factor = {"": 1, "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "万亿": 10**12}[scale]
    numeral = read_numeral(text)
    assert numeral == read_numeral(text.translate(WIDE))
    assert (numeral.value, numeral.step) == (Fraction(units * factor, 10**places), Fraction(factor, 10**places))


@given(st.text("零一二三四五六七八九十百千万亿", min_size=1, max_size=12))
def test_agrees_with_cn2an(chinese: str) -> None:
    """Wherever cn2an accepts a numeral with units in it, ours reads the same number or none."""
    assume(any(c in "十百千万亿" for c in chinese))
    assume(not SHORTHAND.search(chinese))  # 一万二 is 12000, which cn2an takes for 10002
    try:
        theirs = cn2an.cn2an(chinese, "strict")
    except ValueError:
        return
    assert read_numeral(chinese).value == theirs


@given(st.text("0123456789０５，,.．零一二两三十百千万亿几数半点 \n个余", max_size=12))
def test_reads_a_number_or_says_why_not(text: str) -> None:
    numeral: Numeral | None = None
    reason = ""
    try:
        numeral = read_numeral(text)
    except ValueError as error:
        reason = str(error)
    if numeral is None:
        assert any("一" <= c <= "鿿" for c in reason)
    else:
        assert numeral.step > 0
        assert numeral.low >= numeral.step
        assert numeral.high is None or numeral.high > numeral.value
