"""How a figure is printed (scale word, unit, decimals, thousands separators), to print other values like it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from audit.claim import Claim, Kind
from audit.plain import plain
from audit.span import squeeze

_WIDE = str.maketrans("０１２３４５６７８９．，％：", "0123456789.,%:")
_NUMERAL = re.compile(r"[0-9]+(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?")
_SCALE = re.compile(r"[十百千]?(?:万亿|亿|万)|[百千](?=[万亿]?)")
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_MOST_DECIMALS = 12


@dataclass(frozen=True, slots=True)
class Style:
    """How a figure is printed.

    `factor` is what a printed 1 stands for in arithmetic (10000 for 1万元, 1/100 for 1 %), `prefix` and `suffix` what
    stands around the digits (万元), `decimals` how many it has. `weight` prefers amounts to counts where a product
    takes the style of one of its factors.
    """

    factor: Fraction = Fraction(1)
    prefix: str = ""
    suffix: str = ""
    decimals: int = 0
    grouped: bool = False
    weight: int = 0


PLAIN = Style()
PERCENT = Style(Fraction(1, 100), suffix="%")


def style_of(claim: Claim) -> Style:
    """The style of a printed figure; one written in Chinese numerals is imitated in digits with its unit."""
    if claim.kind is Kind.FRACTION:
        return PERCENT
    text = squeeze(plain(claim.text)).translate(_WIDE)
    weight = {Kind.AMOUNT: 3, Kind.PER: 2, Kind.MEASURE: 1}.get(claim.kind, 0)
    numerals = list(_NUMERAL.finditer(text))
    if not numerals:
        return Style(claim.ratio, suffix=claim.unit, weight=weight)
    numeral = numerals[-1]
    digits = numeral[0].replace(",", "")
    decimals = len(digits.partition(".")[2])
    if claim.kind is Kind.RATIO:
        return Style(prefix=text[: numeral.start()], decimals=decimals) if text.startswith("1:") else PLAIN
    rest = _without_hedge(text[numeral.end() :], claim.hedge)
    scale = _SCALE.match(rest)
    hedged = rest[scale.end() :] if scale else rest
    suffix = (scale[0] if scale else "") + _without_hedge(hedged, claim.hedge)
    printed = Fraction(digits)
    if printed and claim.kind is not Kind.RANGE:
        factor = abs(claim.value) / printed if claim.value else Fraction(1)
    else:
        factor = _scale(scale[0]) if scale else Fraction(1)
    return Style(factor * claim.ratio, suffix=suffix, decimals=decimals, grouped="," in numeral[0], weight=weight)


def render(value: Fraction, style: Style, against: Fraction | None = None) -> tuple[str, bool]:
    """The value in a style, and whether that is its exact value.

    A value is shown exactly when that takes at most two decimals more than the style has (or four in all), else
    rounded half up to one decimal more, and to as many as tell it from `against`, a value shown beside it.
    """
    amount = value / style.factor
    most = max(style.decimals + 2, 4)
    if 10**most % amount.denominator == 0:
        decimals = next(d for d in range(most + 1) if 10**d % amount.denominator == 0)
        return _printed(_units(amount, decimals), decimals, style), True
    decimals = style.decimals + 1
    if against is not None and against != value:
        other = against / style.factor
        while decimals < _MOST_DECIMALS and _units(amount, decimals) == other * 10**decimals:
            decimals += 1
    return _printed(_units(amount, decimals), decimals, style), False


def _units(amount: Fraction, decimals: int) -> int:
    """The amount in units of its last printed decimal, rounded half away from zero."""
    units: int = (2 * abs(amount.numerator) * 10**decimals + amount.denominator) // (2 * amount.denominator)
    return units if amount.numerator >= 0 else -units


def _printed(units: int, decimals: int, style: Style) -> str:
    digits = str(abs(units)).zfill(decimals + 1)
    whole, part = (digits[:-decimals], digits[-decimals:]) if decimals else (digits, "")
    if style.grouped:
        whole = f"{int(whole):,}"
    sign = "−" if units < 0 else ""
    return f"{sign}{style.prefix}{whole}{'.' + part if part else ''}{style.suffix}"


def _without_hedge(rest: str, hedge: str | None) -> str:
    return rest.removeprefix(hedge).removesuffix(hedge) if hedge else rest


def _scale(word: str) -> Fraction:
    factor = Fraction(1)
    for character in word:
        factor *= _SCALES[character]
    return factor
