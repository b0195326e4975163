"""Units: families, conversions, other spellings."""

from __future__ import annotations

from fractions import Fraction

import pytest

from audit.quantity.unit import convert, unit_named, units


def test_every_unit_is_well_formed() -> None:
    for name, unit in units().by_name.items():
        assert unit.factor > 0, name
        assert unit.kind in {"amount", "count", "measure", "percent", "points", "multiple", "fraction"}, name
        assert unit.dimension, name
    for name, guard in units().not_before.items():
        assert name in units().by_name, f"{name} guards no unit"
        assert len(set(guard)) == len(guard), f"{name} is guarded twice"
    for printed, name in units().spelling.items():
        assert units().by_name[printed] is units().by_name[name]


@pytest.mark.parametrize(
    ("value", "source", "target", "result"),
    [
        (1, "公顷", "亩", Fraction(15)),
        (1, "平方公里", "亩", Fraction(1500)),
        (5, "公里", "米", Fraction(5000)),
        (2, "斤", "公斤", Fraction(1)),
        (1, "吨", "担", Fraction(20)),
        (3, "角", "元", Fraction(3, 10)),
        (16, "兆瓦", "千瓦", Fraction(16000)),
        (1, "度电", "千瓦时", Fraction(1)),
        (2, "年", "个月", Fraction(24)),
        (1, "英寸", "厘米", Fraction(254, 100)),
    ],
)
def test_conversions(value: int, source: str, target: str, result: Fraction) -> None:
    assert convert(Fraction(value), source, target) == result
    assert convert(result, target, source) == value


@pytest.mark.parametrize(
    ("source", "target"), [("元", "美元"), ("亩", "公里"), ("个", "家"), ("天", "个月"), ("元", "没有")]
)
def test_what_measures_different_things(source: str, target: str) -> None:
    with pytest.raises(ValueError, match=f"“{source}”不能换算成“{target}”"):
        convert(Fraction(1), source, target)


@pytest.mark.parametrize(
    ("name", "dimension"),
    [
        ("元", "money"),
        ("角", "money"),
        ("美元", "美元"),
        ("人", "person"),
        ("名", "person"),
        ("户", "household"),
        ("米", "length"),
        ("公里", "length:公里"),
        ("亩", "area:亩"),
        ("个", "个"),
        ("座", "座"),
        ("%", "percent"),
        ("个百分点", "points"),
        ("年", "months:年"),
        ("贫困户", "贫困户"),
    ],
)
def test_only_equal_units_share_a_dimension(name: str, dimension: str) -> None:
    assert unit_named(name).dimension == dimension
