"""What the fuzzer checks, on texts that Hypothesis makes."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.extraction import PIECES, check, text_of


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_text_of_report_pieces(text: str) -> None:
    check(text)


@given(st.text(max_size=60))
def test_any_text(text: str) -> None:
    check(text)


@given(st.binary(max_size=60))
def test_any_bytes_choose_a_text(data: bytes) -> None:
    check(text_of(data))
