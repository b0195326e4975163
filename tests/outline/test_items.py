"""How enumerations are read: where they begin, what divides them, and in which ways they may be divided."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.outline.items import cuts, end_of_sentence, opening_of, readings_of, split_at, start_of_clause, trimmed
from audit.span import Span

NAMES = st.lists(st.text("甲乙丙丁戊己庚辛", min_size=1, max_size=6), min_size=2, max_size=9)


def items(text: str) -> list[tuple[str, ...]]:
    return [tuple(span.of(text) for span in reading.items) for reading in readings_of(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("甲、乙和丙", ("甲", "乙", "丙")),
        ("甲、乙以及丙", ("甲", "乙", "丙")),
        ("在甲上做文章，在乙上出实招，在丙上下功夫", ("在甲上做文章", "在乙上出实招", "在丙上下功夫")),
        ("甲、乙；丙、丁", ("甲、乙", "丙、丁")),
        ("甲县（含市、区）、乙县", ("甲县（含市、区）", "乙县")),
        ("“甲、乙”、丙", ("“甲、乙”", "丙")),
        ("呼和浩特、包头", ("呼和浩特", "包头")),
        ("群众参与、社会和谐", ("群众参与", "社会和谐")),
    ],
)
def test_likeliest_reading(text: str, first: tuple[str, ...]) -> None:
    assert items(text)[0] == first


def test_a_conjunction_may_belong_to_an_item() -> None:
    assert items("入户核实、公示公告、村书记和第一书记签字") == [
        ("入户核实", "公示公告", "村书记", "第一书记签字"),
        ("入户核实", "公示公告", "村书记和第一书记签字"),
    ]


def test_groups_of_equal_size_may_be_the_items() -> None:
    assert ("甲镇3户、5人", "乙镇2户、4人") in items("甲镇3户、5人和乙镇2户、4人")


def test_one_thing_is_no_enumeration() -> None:
    assert items("甲县乙镇") == []
    assert items("") == []
    assert items("、") == []


@given(NAMES)
def test_as_many_items_as_were_joined(names: list[str]) -> None:
    text = "、".join(names)
    assert items(text)[0] == tuple(names)
    joined = "、".join(names[:-1]) + "和" + names[-1]
    if len(names) > 2:
        assert items(joined)[0] == tuple(names)


@given(st.text("甲乙、和，；（）“” \n", max_size=40))
def test_items_stand_in_order_and_apart(text: str) -> None:
    for reading in readings_of(text, 0, len(text)):
        assert len(reading) > 1
        for one, other in zip(reading.items, reading.items[1:], strict=False):
            assert one.end <= other.start
        assert all(len(item) and item == trimmed(text, item.start, item.end) for item in reading.items)


@given(st.text("甲乙、和，；（）“”。", max_size=40), st.integers(0, 40))
def test_a_clause_begins_before_its_end(text: str, end: int) -> None:
    end = min(end, len(text))
    start = start_of_clause(text, end, 0)
    assert 0 <= start <= end
    assert not start or text[start - 1] in "，；。（“”）"


def test_a_clause_begins_after_its_comma_but_not_inside_quotes() -> None:
    text = "全县坚持“一，二，三”的思路，推进甲、乙"
    assert text[start_of_clause(text, len(text), 0) :] == "推进甲、乙"
    quoted = "按照“一，二，三"
    assert quoted[start_of_clause(quoted + "”", len(quoted) + 1, 0) :] == quoted


def test_a_sentence_ends_at_its_stop_or_closing_bracket() -> None:
    assert end_of_sentence("甲、“乙。”、丙。丁", 0, 20) == 8
    assert end_of_sentence("甲、乙）丙", 0, 20) == 3


def test_the_opening_of_a_quote() -> None:
    assert opening_of("甲“乙”丙", 3, 0) == 1
    assert opening_of("甲乙”丙", 2, 0) == -1
    assert opening_of("甲乙丙", 2, 0) == -1


def test_split_leaves_out_empty_pieces() -> None:
    text = "甲、 、乙"
    assert split_at(text, 0, len(text), cuts(text, 0, len(text))) == (Span(0, 1), Span(4, 5))
