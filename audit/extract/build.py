"""Claims out of tokens: value, interval, unit, dimension and the reading that explains them."""

from __future__ import annotations

from fractions import Fraction

from audit.claim import Claim, Kind
from audit.extract.token import Token
from audit.quantity.hedge import intervals
from audit.quantity.interval import Interval
from audit.quantity.numeral import Numeral, read_numeral
from audit.quantity.unit import Unit, comparable, units
from audit.span import Span

_WHOLE = Fraction(100)
_KINDS = {k.value: k for k in Kind}


def read_token(token: Token) -> Numeral:
    """The token's number, in its own unit; raises ValueError when its numeral states none."""
    numeral = read_numeral(token.numeral)
    return numeral if token.sign > 0 else numeral.times(Fraction(-1))


def unit_of(name: str) -> Unit:
    """The unit of that name; a name the data file lacks is an open noun (128万网店) that counts itself."""
    known = units().by_name.get(name)
    return known or Unit(name, "noun", "count", name, Fraction(1))


def is_exact(numeral: Numeral, kind: Kind, money: bool, average: bool) -> bool:
    """Whether an unhedged figure is as printed and not rounded at its last digit.

    Integers without a scale word are counted one by one; percents, tenths and averages are quotients. Grouped amounts
    (27,203,319,000元) come from ledgers kept to the 分 and are rounded to the 元. 100 % is a whole, not a quotient.
    """
    if kind in (Kind.PERCENT, Kind.POINTS, Kind.FRACTION):
        return kind is Kind.PERCENT and numeral.integer and numeral.value == _WHOLE
    return numeral.integer and not numeral.scaled and not average and not (money and numeral.grouped)


def claim_of(text: str, token: Token, kind: Kind | None, label: str, per: str, average: bool) -> Claim:
    """The claim a token states; raises ValueError when its numeral is none."""
    numeral = read_token(token)
    unit = unit_of(token.unit) if token.unit else None
    own = kind or (_KINDS[unit.kind] if unit else Kind.COUNT)
    base, dimension = _base(unit, own)
    if unit and own is not Kind.MEASURE and unit.dimension in ("money", "percent", "points", "fraction"):
        numeral = numeral.times(unit.factor)
    modes = tuple(mode for _, mode in token.hedges)
    exact = is_exact(numeral, _KINDS[unit.kind] if unit else own, dimension == "money", average)
    interval, loose = intervals(numeral, modes, exact)
    if own is Kind.LIST_COUNT:
        loose = interval
    value = numeral.value if numeral.high is None else (numeral.value + numeral.high) / 2
    if numeral.high is not None and not numeral.vague and kind is None:
        own = Kind.RANGE
    span = Span(token.left, token.end)
    return Claim(
        span=span,
        numeral=Span(token.start, token.digits),
        text=span.of(text),
        kind=own,
        value=value,
        interval=interval,
        loose=loose,
        unit=base,
        dimension=dimension,
        hedge="…".join(word for word, _ in token.hedges) or None,
        label=label,
        per=per or token.per,
        bare=token.shared or not token.unit,
        reading=_reading(token, modes, exact),
    )


def _base(unit: Unit | None, kind: Kind) -> tuple[str, str]:
    if unit is None:
        return "", ""
    if unit.dimension in ("money", "percent", "points"):
        return unit.base, unit.dimension
    if unit.dimension == "fraction":
        return "", "fraction"
    return unit.name, comparable(unit)


def _reading(token: Token, modes: tuple[str, ...], exact: bool) -> tuple[tuple[str, str], ...]:
    parts = [("numeral", token.numeral)]
    if token.unit:
        parts.append(("unit", token.unit))
    parts += [("hedge", f"{word}: {mode}") for word, mode in token.hedges]
    if not modes:
        parts.append(("interval", "exact" if exact else "rounded"))
    return tuple(parts)


def range_of(text: str, first: Token, second: Token, label: str, per: str) -> Claim:
    """The claim of a range (3-5户): from the first figure to the second, both included; its value is the middle."""
    low, high = read_token(first), read_token(second)
    unit = unit_of(second.unit) if second.unit else None
    base, dimension = _base(unit, Kind.RANGE)
    if unit and unit.dimension in ("money", "percent", "points", "fraction"):
        low, high = low.times(unit.factor), high.times(unit.factor)
    if low.value > high.value:
        raise ValueError("范围的起点大于终点")
    interval = Interval(low.value, high.high if high.high is not None else high.value)
    span = Span(first.left, second.end)
    return Claim(
        span=span,
        numeral=Span(first.start, second.digits),
        text=span.of(text),
        kind=Kind.RANGE,
        value=(low.value + high.value) / 2,
        interval=interval,
        loose=interval,
        unit=base,
        dimension=dimension,
        hedge="…".join(word for word, _ in (*first.hedges, *second.hedges)) or None,
        label=label,
        per=per or second.per,
        bare=not second.unit,
        reading=(("range", f"{first.numeral} – {second.numeral}"), ("unit", second.unit)),
    )
