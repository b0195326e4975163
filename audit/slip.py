"""The slips of the pen that a printed figure can be the result of, undone one at a time.

The kinds, their order and how common they are stand in audit/data/slips.toml.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache, lru_cache
from importlib import resources
from math import ceil, floor, lcm

from audit.claim import Claim, Kind
from audit.plain import plain
from audit.quantity.hedge import intervals
from audit.quantity.interval import Interval
from audit.quantity.numeral import WIDE, Numeral, read_numeral

_ARABIC = re.compile(r"[0-9０-９]+(?:[,，][0-9０-９]{3})*(?:[.．][0-9０-９]+)?")
_WHOLE = re.compile(_ARABIC.pattern + r"[十百千万亿]*")
_WIDE_FORMS = tuple(zip("0123456789.,", "０１２３４５６７８９．，", strict=True))
_PLAIN = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_CHINESE = "一二三四五六七八九"
_SHARED = "百千万亿"
_SCALES = {"万": 10**4, "亿": 10**8}
_SCALABLE = (Kind.AMOUNT, Kind.COUNT, Kind.MEASURE, Kind.PER)
_QUOTIENTS = (Kind.PERCENT, Kind.POINTS, Kind.FRACTION)


@dataclass(frozen=True, slots=True)
class Mend:
    """A figure as it would read without the slip `edit`: its text, its value in base units, its numeral."""

    text: str
    value: Fraction
    edit: str
    numeral: str = ""


@cache
def weights() -> dict[str, Fraction]:
    """How common one particular slip of each kind is, compared with the others; the commonest first."""
    data = tomllib.loads((resources.files("audit.data") / "slips.toml").read_text("utf-8"))
    return {entry["edit"]: Fraction(entry["weight"]) for entry in data["slip"]}


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
    printed, rewritings = _rewritings(numeral)
    # Integers are compared, not fractions: a numeral has a hundred rewritings, of which few lie in the interval.
    fewest = 0 if least is None else ceil(least * printed)
    greatest = None if most is None else floor(most * printed)
    for new, units, edit in rewritings:
        if fewest <= units and (greatest is None or units <= greatest):
            shown = "两" if new == "二" and claim.kind not in _QUOTIENTS else new
            yield Mend(f"{before}{shown}{after}", claim.value * Fraction(units, printed), edit, shown)
    for new, ratio in _rescaled(claim, numeral):
        if (least is None or least <= ratio) and (most is None or ratio <= most):
            yield Mend(f"{before}{new}{after}", claim.value * ratio, "unit_scale", new)


def changes(claim: Claim) -> tuple[Fraction, tuple[tuple[int, str], ...]]:
    """(a step in base units, (by how many of them the claim's value would change, edit) for each slip mended), as in
    `mends`.

    The changes are integers so that the gaps of many breakdowns can be held against them.
    """
    numeral = numeral_of(claim)
    if not numeral or not claim.value:
        return Fraction(1), ()
    printed, rewritings = _rewritings(numeral)
    found = [(units - printed, edit) for _, units, edit in rewritings]
    rescaled = [(ratio - 1) * printed for _, ratio in _rescaled(claim, numeral)]
    fine = lcm(*(change.denominator for change in rescaled))
    every = (*((n * fine, edit) for n, edit in found), *((int(change * fine), "unit_scale") for change in rescaled))
    return claim.value / (printed * fine), every


def weight_of_slips(claim: Claim) -> Fraction:
    """The weights together of all slips that a writer could make in a figure of as many digits; 0 where it prints no
    numeral of its own.

    A dropped digit has as many forms as the figure has digits, a mistyped one nine times as many, whereas a figure
    that lacks a digit can be mended in ten ways at each place: how likely one particular slip is, is told from here.
    """
    numeral = numeral_of(claim)
    return _weight_of_slips(numeral) if numeral else Fraction(0)


@lru_cache(maxsize=4096)
def _weight_of_slips(numeral: str) -> Fraction:
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
        forms = {"substitute_digit": 8 * sum(c in _CHINESE or c == "两" for c in plain), "unit_scale": 2}
    return sum((weights()[edit] * max(number, 0) for edit, number in forms.items()), Fraction(0))


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
    read = dict(claim.reading)
    if "numeral" in read:
        whole = "".join(read["numeral"].split())
        for numeral in (whole, whole.rstrip(_SHARED)):  # its scale word may stand elsewhere, or be marked apart
            if numeral and (found := _find(numeral, claim.text)) and _reads(found):
                return found
        return ""
    if claim.kind is Kind.RATIO:
        runs = [run[0] for run in _ARABIC.finditer(claim.text)]
        return runs[-1] if len(runs) == 2 else ""
    wholes = [whole[0] for whole in _WHOLE.finditer(claim.text)]
    return wholes[0] if len(wholes) == 1 and not read else ""


def _find(numeral: str, text: str) -> str:
    """The numeral as it stands in the text, with the blanks in it; "" where it does not."""
    if numeral in text:
        return numeral
    found = re.search(r"\s*".join(map(re.escape, numeral)), plain(text))
    return text[found.start() : found.end()] if found else ""


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


@lru_cache(maxsize=4096)
def _rewritings(numeral: str) -> tuple[int, tuple[tuple[str, int, str], ...]]:
    """(what the printed numeral is worth, (numeral, its worth, edit) of each numeral one slip away) in units of one
    size, integers all; the likeliest edit for each.

    A slip that leaves the value as it is (1.4 for 1.40) is none.
    """
    found: dict[str, tuple[int, int, str]] = {}
    ranks = _ranks()
    for new, worth, printed, edit in (*_arabic_slips(numeral), *_chinese_slips(numeral)):
        known = found.get(new)
        if worth and worth != printed and (known is None or ranks[edit] < ranks[known[2]]):
            found[new] = worth, printed, edit
    unit = lcm(*{printed for _, printed, _ in found.values()})
    return unit, tuple((new, worth * (unit // printed), edit) for new, (worth, printed, edit) in found.items())


@cache
def _ranks() -> dict[str, int]:
    """The kinds of slips by how common they are, the commonest 0; equally common ones alike."""
    sizes = sorted(set(weights().values()), reverse=True)
    return {edit: sizes.index(weight) for edit, weight in weights().items()}


def _arabic_slips(numeral: str) -> Iterator[tuple[str, int, int, str]]:
    """(numeral, its worth, what the printed one is worth in the same units, edit)."""
    runs = list(_ARABIC.finditer(numeral))
    for run in runs:
        ascii_text = run[0].translate(WIDE)
        plain = ascii_text.replace(",", "").replace("，", "")
        if not _PLAIN.fullmatch(plain):
            continue
        whole, places = _integer(plain)
        widths = _widths(run[0])
        before, after = numeral[: run.start()], numeral[run.end() :]
        for new, edit in _edits(plain):
            if not _is_plain(new):
                continue
            shown = new
            if plain != ascii_text:
                ones, point, part = new.partition(".")
                shown = f"{int(ones):,}{point}{part}"
            text = before + (shown.translate(widths) if widths else shown) + after
            if len(runs) == 1:
                digits, decimals = _integer(new)
                yield text, digits * 10**places, whole * 10**decimals, edit
            elif (ratio := _ratio(text, numeral)) is not None:
                yield text, *ratio.as_integer_ratio(), edit


def _is_plain(edited: str) -> bool:
    """Whether an edited numeral still reads as one: digits on both sides of its point, no zero before other digits."""
    return edited[:1] not in ("", ".") and edited[-1] != "." and not (edited[0] == "0" and edited[1:2] not in ("", "."))


def _widths(printed: str) -> dict[int, str]:
    """What turns ASCII digits, points and separators into the full-width ones that a figure is printed with."""
    if printed.isascii():
        return {}
    digits = not any("0" <= c <= "9" for c in printed)
    return {ord(a): w for a, w in _WIDE_FORMS if (digits if a.isdigit() else w in printed)}


def _integer(plain: str) -> tuple[int, int]:
    """(digits as an integer, number of decimals)."""
    return int(plain.replace(".", "")), len(plain.partition(".")[2])


def _edits(plain: str) -> Iterator[tuple[str, str]]:
    for i, digit in enumerate(plain):
        if digit == ".":
            continue
        for new in "0123456789":
            if new != digit:
                yield plain[:i] + new + plain[i + 1 :], "substitute_digit"
        if i + 1 < len(plain) and plain[i + 1] not in (digit, "."):
            yield plain[:i] + plain[i + 1] + digit + plain[i + 2 :], "transpose_digits"
        doubled = i > 0 and plain[i - 1] == digit
        yield plain[:i] + plain[i + 1 :], "undouble_digit" if doubled else "delete_digit"
    for i in range(len(plain) + 1):
        for new in "0123456789":
            yield plain[:i] + new + plain[i:], "insert_digit"
    whole, point, part = plain.partition(".")
    digits = whole + part
    for at in range(1, len(digits)):
        if at != len(whole):
            yield f"{digits[:at].lstrip('0') or '0'}.{digits[at:]}", "shift_point" if point else "insert_point"
    if point:
        yield digits.lstrip("0"), "delete_point"


def _chinese_slips(numeral: str) -> Iterator[tuple[str, int, int, str]]:
    """One Chinese digit for another: (numeral, its worth, what the printed one is worth in the same units, edit)."""
    for i, digit in enumerate(numeral.translate(WIDE)):
        if digit not in _CHINESE and digit != "两":
            continue
        for new in _CHINESE:
            text = numeral[:i] + new + numeral[i + 1 :]
            if {new, digit} != {"二", "两"} and (ratio := _ratio(text, numeral)) is not None:
                yield text, *ratio.as_integer_ratio(), "substitute_digit"


def _ratio(text: str, numeral: str) -> Fraction | None:
    try:
        new = read_numeral(text)
    except ValueError:
        return None
    return None if new.high is not None else new.value / read_numeral(numeral).value


def _rescaled(claim: Claim, numeral: str) -> Iterator[tuple[str, Fraction]]:
    """The numeral with 万 for 亿, 亿 for 万, without its scale word, or with one it lacks, and its value ÷ the printed
    one's; none for figures that have no scale word of their own."""
    if claim.kind not in _SCALABLE or claim.bare:
        return
    last = numeral[-1:]
    if last in _SCALES and sum(numeral.count(scale) for scale in _SCALES) == 1:
        other = "亿" if last == "万" else "万"
        yield numeral[:-1] + other, Fraction(_SCALES[other], _SCALES[last])
        if _ARABIC.fullmatch(numeral[:-1]):
            yield numeral[:-1], Fraction(1, _SCALES[last])
    elif _ARABIC.fullmatch(numeral):
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
    runs = list(_ARABIC.finditer(numeral))
    if len(runs) == 1:
        run = runs[0]
        ascii_text = run[0].translate(WIDE)
        digits, decimals = _integer(ascii_text.replace(",", ""))
        for places in range(decimals, decimals + 3):
            scaled = ratio * digits * 10**places / 10**decimals
            units = str((2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)).zfill(places + 1)
            whole, part = units[: len(units) - places], units[len(units) - places :]
            shown = (f"{int(whole):,}" if "," in ascii_text else whole) + (f".{part}" if part else "")
            yield numeral[: run.start()] + shown.translate(_widths(run[0])) + numeral[run.end() :]
    elif not runs:
        number = ratio * read_numeral(numeral).value
        if number.denominator == 1 and 0 < number < 100:
            yield _spelt(int(number))


def _spelt(number: int) -> str:
    """A number from 1 to 99 in Chinese, as counts are written: 十二, 二十."""
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else _CHINESE[tens - 1]) + ("十" if tens else "") + (_CHINESE[ones - 1] if ones else "")
