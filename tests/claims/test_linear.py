"""Extraction's work grows with the text's length and no faster, for hostile texts too; nothing here reads the clock."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from types import FrameType
from typing import Any

import pytest

from audit.document import Block, BlockKind, Document
from audit.extract import extract
from audit.extract.pattern import figure_pattern
from audit.span import Span

HOSTILE = {
    "ones": "一",
    "commas": "1,",
    "groups": "1,111,",
    "long-number": "1",
    "large-units": "万",
    "large-numbers": "1万",
    "brackets": "（1（",
    "closing": "1）",
    "enumeration": "1、",
    "chain-of-units": "1元、",
    "ratios": "1:",
    "ranges": "1-",
    "slashes": "1/",
    "points": "1.",
    "blanks": "1 ",
    "groups-of-blanks": "1 111 ",
    "lines": "1\n",
    "wide": "１，１１１",
    "fractions": "一分之",
    "ordinals": "第一",
    "hedges": "近约超",
    "each": "每人每",
    "quotes": "“一",
    "dates": "1月",
    "years": "2024年",
    "names": "十三五",
    "open": "1万的",
    "percent": "1%",
    "minus": "-1",
    "math": "1 ~",
    "blank-lines": "1 \n \n",
}
SIZE = 400


def whole(text: str) -> Document:
    """The text as one paragraph, so that nothing cuts it up before extraction."""
    return Document("-", text, "", (Block(BlockKind.PARAGRAPH, Span(0, len(text))),))


def work(text: str) -> int:
    """How many functions, those written in C included, extraction of the text calls."""
    document = whole(text)
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        extract(document)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_work_grows_with_length(piece: str) -> None:
    work(piece * 50)  # what is compiled and cached once must not count
    short, long = work(piece * SIZE), work(piece * SIZE * 2)
    assert long <= 2.2 * short + 200


def repeats(parsed: Any) -> Iterator[tuple[str, Any]]:
    """(kind, body) of every repetition without an upper bound in a parsed pattern."""
    for operation, argument in parsed:
        name = str(operation)
        if name.endswith("REPEAT"):
            _, most, body = argument
            if str(most) == "MAXREPEAT":
                yield name, body
            yield from repeats(body)
        elif name == "SUBPATTERN":
            yield from repeats(argument[3])
        elif name == "BRANCH":
            for branch in argument[1]:
                yield from repeats(branch)
        elif name in ("ASSERT", "ASSERT_NOT"):
            yield from repeats(argument[1])
        elif name == "ATOMIC_GROUP":
            yield from repeats(argument)


def test_the_pattern_never_gives_back_what_it_took() -> None:
    """Only a run of digits may be of any length, and it is taken as a whole: no text makes the search go back far."""
    unbounded = list(repeats(re._parser.parse(figure_pattern().pattern)))  # type: ignore[attr-defined]
    assert unbounded
    for kind, body in unbounded:
        assert kind == "POSSESSIVE_REPEAT"
        assert [str(operation) for operation, _ in body] == ["IN"]


def test_a_number_of_any_length_ends_in_a_sentence() -> None:
    found = extract(whole("共" + "1" * 100_000 + "元"))
    assert found.claims == ()
    assert [rejected.reason for rejected in found.rejected] == ["数字太长，不是一个数"]
