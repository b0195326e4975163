"""Stocks at two dates and what came and went between them."""

from __future__ import annotations

from audit.outline.rollforward import find_rollforwards
from tests.outline.outlines import nodes_of, printed

FLOW = "2016年全县贫困人口3182人脱贫。"


def told(text: str) -> list[tuple[tuple[str, ...], ...]]:
    return [
        tuple(printed(node, slot) for slot in ("opening", "exits", "entries", "closing"))
        for node in nodes_of(find_rollforwards, text)
    ]


def test_openings_of_two_years() -> None:
    text = f"2016年初全县贫困人口13660人，2017年初全县贫困人口10473人。{FLOW}"
    assert told(text) == [(("13660人",), ("3182人",), (), ("10473人",))]


def test_ends_of_two_years() -> None:
    text = f"2015年末全县贫困人口13660人，2016年末全县贫困人口10473人。{FLOW}"
    assert told(text) == [(("13660人",), ("3182人",), (), ("10473人",))]


def test_a_series_goes_on_to_this_year() -> None:
    text = f"2016年初全县贫困对象7329户13660人、今年初全县贫困对象5767户10473人。{FLOW}"
    assert told(text) == []  # 贫困对象 and 贫困人口 are two names
    flow = "2016年全县贫困对象实现1579户3182人脱贫。"
    assert told(text.replace(FLOW, flow)) == [
        (("7329户",), ("1579户",), (), ("5767户",)),
        (("13660人",), ("3182人",), (), ("10473人",)),
    ]


def test_what_joined_is_added() -> None:
    text = f"2016年初全县贫困人口13660人，2017年初全县贫困人口10578人。{FLOW}2016年全县贫困人口新增100人。"
    assert (("13660人",), ("3182人",), ("100人",), ("10578人",)) in told(text)


def test_years_apart_are_not_carried_forward() -> None:
    assert told(f"2014年初全县贫困人口13660人，2017年初全县贫困人口10473人。{FLOW}") == []


def test_a_great_remainder_is_not_close() -> None:
    text = "2016年初全县贫困人口13660人，2017年初全县贫困人口{}人。" + FLOW
    features = [[n.features for n in nodes_of(find_rollforwards, text.format(n))] for n in (10478, 10473, 9000)]
    assert features == [[{"close"}], [{"close"}], [frozenset()]]
