"""The slips of the pen that a printed figure can be the result of, undone one at a time.

Of the numeral itself see `audit.rewriting`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate
from math import ceil, floor, lcm

from audit.claim import Claim, Kind
from audit.frozen import direct
from audit.plain import plain
from audit.quantity.exact import exact
from audit.quantity.hedge import intervals
from audit.quantity.interval import Interval
from audit.quantity.numeral import LARGE, WIDE, Numeral, read_numeral
from audit.rewriting import ARABIC, CHINESE, rewritings, shown, weights
from audit.span import squeeze

_WHOLE = re.compile(ARABIC.pattern + r"[十百千万亿]*")
_SHARED = "百千万亿"
_SCALES = {"万": 10**4, "亿": 10**8}
_OTHER_SCALE = {"万": "亿", "亿": "万", "萬": "億", "億": "萬"}
_SCALABLE = (Kind.AMOUNT, Kind.COUNT, Kind.MEASURE, Kind.PER)
_QUOTIENTS = (Kind.PERCENT, Kind.POINTS, Kind.FRACTION)

TELLING_SLIPS = frozenset({"transpose_digits", "undouble_digit", "insert_digit", "unit_scale", "shift_point"})
"""The edits that mend a slip by which two true figures hardly differ, unlike one digit for another."""


@direct
@dataclass(frozen=True, slots=True)
class Mend:
    """A figure as it would read without the slip `edit`: its text, its value in base units, its numeral."""

    text: str
    value: Fraction
    edit: str
    numeral: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """By how many units each slip mended would change a numeral that is worth `printed` of them, smallest first.

    `weights` are running totals of the slips' weights, one longer than the changes.
    """

    printed: int
    changes: tuple[int, ...]
    weights: tuple[int, ...]

    def weight(self, least: int, most: int) -> int:
        """The weights together of the slips that change it by this much."""
        first, end = bisect_left(self.changes, least), bisect_right(self.changes, most)
        return self.weights[end] - self.weights[first] if first < end else 0

    def between(self, nearest: int, farthest: int) -> int:
        """How many slips change it by more than the one and less than the other, up or down."""
        above = bisect_left(self.changes, farthest) - bisect_right(self.changes, nearest)
        below = bisect_left(self.changes, -nearest) - bisect_right(self.changes, -farthest)
        return max(above, 0) + max(below, 0)


def mends(claim: Claim, within: Interval | None = None) -> Iterator[Mend]:
    """Every figure that one slip could have turned into the printed one, each text once, in no particular order.

    The edits are named for what mending does (`insert_digit` mends a dropped digit); a lone 二 is written 两 before a
    classifier. Only figures with a value in the closed interval `within`, where one is given. None for ranges, for
    zero, and for figures without a numeral of their own (三分之一).
    """
    numeral = numeral_of(claim)
    if not numeral or not claim.value:
        return
    least, most = _ratios(claim.value, within)
    at = claim.text.rfind(numeral) if claim.kind is Kind.RATIO else claim.text.find(numeral)
    before, after = claim.text[:at], claim.text[at + len(numeral) :]
    found = rewritings(numeral)
    # Integers are compared, not fractions: a numeral has a hundred rewritings, of which few lie in the interval.
    fewest = 0 if least is None else ceil(least * found.printed)
    greatest = None if most is None else floor(most * found.printed)
    for units, edit, spelling in found.found:
        if fewest <= units and (greatest is None or units <= greatest):
            new = found.spelt(spelling)
            told = "两" if new == "二" and claim.kind not in _QUOTIENTS else new
            yield Mend(f"{before}{told}{after}", claim.value * exact(units, found.printed), edit, told)
    for new, ratio in _rescaled(numeral, _may_rescale(claim)):
        if (least is None or least <= ratio) and (most is None or ratio <= most):
            yield Mend(f"{before}{new}{after}", claim.value * ratio, "unit_scale", new)


def changes(claim: Claim) -> tuple[Fraction, Changes] | None:
    """(a step in base units, by how many of them the claim's value would change with each slip mended), as in `mends`;
    None where there is no slip.

    The changes are integers so that the gaps of many breakdowns can be held against them.
    """
    numeral = numeral_of(claim)
    if not numeral or not claim.value:
        return None
    found = _changes(numeral, _may_rescale(claim), claim.value < 0)
    return abs(claim.value) / found.printed, found


@lru_cache(maxsize=4096)
def _changes(numeral: str, rescaled: bool, negative: bool) -> Changes:
    found = rewritings(numeral)
    ratios = [ratio for _, ratio in _rescaled(numeral, rescaled)]
    fine = lcm(*((ratio * found.printed).denominator for ratio in ratios))
    printed = found.printed * fine
    every = [(units * fine - printed, weights()[edit]) for units, edit, _ in found.found]
    every += [(int(ratio * printed) - printed, weights()["unit_scale"]) for ratio in ratios]
    every = sorted((-change, weight) for change, weight in every) if negative else sorted(every)
    running = accumulate((weight for _, weight in every), initial=0)
    return Changes(printed, tuple(change for change, _ in every), tuple(running))


def weight_of_slips(claim: Claim) -> int:
    """The weights together of all slips that a writer could make in a figure of as many digits; 0 where it prints no
    numeral of its own.

    A dropped digit has as many forms as the figure has digits, a mistyped one nine times as many, whereas a figure
    that lacks a digit can be mended in ten ways at each place: how likely one particular slip is, is told from here.
    """
    numeral = numeral_of(claim)
    return _weight_of_slips(numeral) if numeral else 0


@lru_cache(maxsize=4096)
def _weight_of_slips(numeral: str) -> int:
    plain = numeral.translate(WIDE)
    pointed = "." in plain
    digits = sum("0" <= c <= "9" for c in plain)
    forms = {
        "insert_digit": digits,
        "undouble_digit": digits,
        "transpose_digits": digits - 1,
        "substitute_digit": 9 * digits,
        "delete_digit": 9 * (digits + 1),
        "shift_point": digits - 2 if pointed else 0,
        "insert_point": 1 if pointed else 0,
        "delete_point": 0 if pointed else digits - 1,
        "unit_scale": 2,
    }
    if not digits:
        forms = {"substitute_digit": 8 * sum(c in CHINESE or c == "两" for c in plain), "unit_scale": 2}
    return sum(weights()[edit] * max(number, 0) for edit, number in forms.items())


def _ratios(value: Fraction, within: Interval | None) -> tuple[Fraction | None, Fraction | None]:
    """What figures in the interval are at least and at most in units of the value."""
    if within is None:
        return None, None
    ends = [None if end is None else end / value for end in (within.low, within.high)]
    return (ends[0], ends[1]) if value > 0 else (ends[1], ends[0])


def mended(claim: Claim, mend: Mend) -> Claim:
    """The claim as it would have been read, had the mended figure been printed: same place, same hedges."""
    printed, new = read_numeral(numeral_of(claim)), read_numeral(mend.numeral)
    factor = abs(claim.value / printed.value)
    read = intervals(new.times(factor), _modes(claim), _is_exact(claim, printed, new))
    own, loose = (-i for i in read) if mend.value < 0 else read
    if claim.kind is Kind.LIST_COUNT:
        loose = own
    reading = tuple((step, _reread(said, claim, mend) if step == "numeral" else said) for step, said in claim.reading)
    return replace(claim, text=mend.text, value=mend.value, interval=own, loose=loose, reading=reading)


def _reread(said: str, claim: Claim, mend: Mend) -> str:
    shared = said[len(said.rstrip(_SHARED)) :] if _shares_scale(claim) else ""
    return mend.numeral + shared


def digits_of(claim: Claim) -> int:
    """The claim in units of its last printed digit (15.7亿 is 157); 0 where it prints no numeral of its own."""
    numeral = numeral_of(claim)
    return _digits(numeral) if numeral and claim.value else 0


def printed_step(claim: Claim) -> Fraction | None:
    """One unit of the last digit that the claim prints, in base units; None where it prints no numeral of its own."""
    digits = digits_of(claim)
    return abs(claim.value) / digits if digits else None


@lru_cache(maxsize=8192)
def _digits(numeral: str) -> int:
    printed = read_numeral(numeral)
    return int(abs(printed.value / printed.step))


def numeral_of(claim: Claim) -> str:
    """The numeral that the claim's value is read from, as it stands in its text; "" where there is no single one."""
    if claim.kind is Kind.RANGE:
        return ""
    for step, said in claim.reading:
        if step == "numeral":
            return _numeral_in(claim.text, said)
    if claim.kind is Kind.RATIO:
        runs = [run[0] for run in ARABIC.finditer(claim.text)]
        if len(runs) != 2:
            return ""
        return runs[0] if read_numeral(runs[1]).value == 1 else runs[1]  # 2.31:1 is 2.31
    wholes = [whole[0] for whole in _WHOLE.finditer(claim.text)]
    return wholes[0] if len(wholes) == 1 and not claim.reading else ""


@lru_cache(maxsize=8192)
def _numeral_in(text: str, read: str) -> str:
    """The numeral that was read, as it stands in the text."""
    whole = squeeze(read)
    for numeral in (whole, whole.rstrip(_SHARED)):  # its scale word may stand elsewhere, or be marked apart
        if numeral and (found := _find(numeral, text)) and _reads(found):
            return found
    return ""


def _find(numeral: str, text: str) -> str:
    """The numeral as it stands in the text, with the blanks in it; "" where it does not."""
    if numeral in text:
        return numeral
    places = [place for place, character in enumerate(plain(text)) if not character.isspace()]
    at = squeeze(plain(text)).find(numeral)
    return text[places[at] : places[at + len(numeral) - 1] + 1] if at >= 0 else ""


@lru_cache(maxsize=8192)
def _reads(numeral: str) -> bool:
    try:
        read = read_numeral(numeral)
    except ValueError:
        return False
    return bool(read.value) and read.high is None


def _modes(claim: Claim) -> tuple[str, ...]:
    return tuple(said.rpartition(": ")[2] for step, said in claim.reading if step == "hedge")


def _is_exact(claim: Claim, printed: Numeral, new: Numeral) -> bool:
    """Whether the mended figure is as printed: an integer, where a printed integer would be exact."""
    if claim.kind in _QUOTIENTS or not new.integer or new.scaled or _shares_scale(claim):
        return False
    return claim.interval == Interval.point(claim.value) or not printed.integer or printed.scaled


def _shares_scale(claim: Claim) -> bool:
    whole = dict(claim.reading).get("numeral", "")
    return whole[-1:] in _SCALES and whole[-1:] not in claim.text


def _may_rescale(claim: Claim) -> bool:
    """Whether the scale word of the figure is its own, or it could have one."""
    return claim.kind in _SCALABLE and not claim.bare


def _rescaled(numeral: str, may_rescale: bool) -> Iterator[tuple[str, Fraction]]:
    """The numeral with 万 for 亿, 亿 for 万, without its scale word, or with one it lacks, and its value ÷ the printed
    one's."""
    if not may_rescale:
        return
    last = numeral[-1:]
    if last in LARGE and sum(numeral.count(scale) for scale in LARGE) == 1:
        other = _OTHER_SCALE[last]
        yield numeral[:-1] + other, Fraction(LARGE[other], LARGE[last])
        if ARABIC.fullmatch(numeral[:-1]):
            yield numeral[:-1], Fraction(1, LARGE[last])
    elif ARABIC.fullmatch(numeral):
        for scale, size in _SCALES.items():
            yield numeral + scale, Fraction(size)


def rewritten(claim: Claim, number: Fraction, window: Interval) -> Mend | None:
    """The figure with another number in its place, printed to as many digits as it takes to meet the window.

    None where two further decimals do not suffice, or where the numeral is Chinese and the number no count below 100.
    """
    numeral = numeral_of(claim)
    if not numeral or not claim.value or number * claim.value <= 0:
        return None
    for new in _renderings(numeral, number / claim.value):
        ratio = read_numeral(new).value / read_numeral(numeral).value
        mend = Mend(claim.text.replace(numeral, new, 1), claim.value * ratio, "rewrite", new)
        if mend.value and mended(claim, mend).interval.meets(window):
            return mend
    return None


def _renderings(numeral: str, ratio: Fraction) -> Iterator[str]:
    """The numeral for `ratio` times what one states, with as many decimals, then with one and two more."""
    runs = list(ARABIC.finditer(numeral))
    if len(runs) == 1:
        run = runs[0]
        whole, _, part = run[0].translate(WIDE).replace(",", "").partition(".")
        for places in range(len(part), len(part) + 3):
            scaled = ratio * int(whole + part) * 10**places / 10 ** len(part)
            units = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
            yield numeral[: run.start()] + shown((units, places), run[0]) + numeral[run.end() :]
    elif not runs:
        number = ratio * read_numeral(numeral).value
        if number.denominator == 1 and 0 < number < 100:
            yield _spelt(int(number))


def _spelt(number: int) -> str:
    """A number from 1 to 99 in Chinese, as counts are written: 十二, 二十."""
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else CHINESE[tens - 1]) + ("十" if tens else "") + (CHINESE[ones - 1] if ones else "")
