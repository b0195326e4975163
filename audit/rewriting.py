"""The numerals that are one slip of the pen away from a printed one, and what they are worth, in integers.

A numeral has a hundred of them and few are ever shown: they are told by their digits, and spelt when asked for. The
kinds of slips, their order and how common they are stand in audit/data/slips.toml.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from importlib import resources
from math import lcm

from audit.quantity.numeral import WIDE, read_numeral

ARABIC = re.compile(r"[0-9０-９]+(?:[,，][0-9０-９]{3})*(?:[.．][0-9０-９]+)?")
CHINESE = "一二三四五六七八九"
_WIDE_FORMS = tuple(zip("0123456789.,", "０１２３４５６７８９．，", strict=True))
_PLAIN = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")

_Digits = tuple[int, int]
"""A number as its digits make it and how many of them are decimals: (157, 1) is 15.7."""


@dataclass(frozen=True, slots=True)
class Rewritings:
    """What a numeral is worth, and (worth, edit, spelling) of each numeral one slip away, all in units of one size.

    A spelling is the numeral, or the digits that stand for those of `number`, the numeral's one Arabic number, with
    `before` and `after` around it.
    """

    printed: int
    found: tuple[tuple[int, str, _Digits | str], ...]
    before: str = ""
    number: str = ""
    after: str = ""

    def spelt(self, spelling: _Digits | str) -> str:
        """The numeral as it would be printed."""
        if isinstance(spelling, str):
            return spelling
        return self.before + shown(spelling, self.number) + self.after


@cache
def weights() -> dict[str, int]:
    """How common one particular slip of each kind is, compared with the others; the commonest first."""
    data = tomllib.loads((resources.files("audit.data") / "slips.toml").read_text("utf-8"))
    return {entry["edit"]: entry["weight"] for entry in data["slip"]}


@cache
def _ranks() -> dict[str, int]:
    """The kinds of slips by how common they are, the commonest 0; equally common ones alike."""
    sizes = sorted(set(weights().values()), reverse=True)
    return {edit: sizes.index(weight) for edit, weight in weights().items()}


@lru_cache(maxsize=4096)
def rewritings(numeral: str) -> Rewritings:
    """The numerals one slip away from this one, the likeliest edit for each.

    A slip that leaves the value as it is (1.4 for 1.40) is none.
    """
    runs = list(ARABIC.finditer(numeral))
    number = _number(runs[0][0]) if len(runs) == 1 else None
    if number is None or any(c in CHINESE or c == "两" for c in numeral.translate(WIDE)):
        return _of_mixed(numeral, runs)
    digits, decimals = number
    finest = max(decimals + 1, len(str(digits)))  # the most decimals that an edit makes
    sizes = [10 ** (finest - places) for places in range(finest + 1)]
    printed = digits * sizes[decimals]
    ranks = _ranks()
    found: dict[_Digits, tuple[int, str]] = {}
    for edited, places, edit in _edits(digits, decimals):
        size, rank = sizes[places], ranks[edit]
        for new in edited:
            spelling = new, places
            known = found.get(spelling)
            if known is None or rank < ranks[known[1]]:
                found[spelling] = new * size, edit
    every = [(worth, edit, spelling) for spelling, (worth, edit) in found.items() if worth and worth != printed]
    return Rewritings(printed, tuple(every), numeral[: runs[0].start()], runs[0][0], numeral[runs[0].end() :])


def _of_mixed(numeral: str, runs: list[re.Match[str]]) -> Rewritings:
    """The same for a numeral with Chinese digits or with several Arabic numbers, each of which is read anew."""
    ranks = _ranks()
    found: dict[str, tuple[Fraction, str]] = {}
    for new, edit in (*_arabic_slips(numeral, runs), *_chinese_slips(numeral)):
        ratio = _ratio(new, numeral)
        known = found.get(new)
        if ratio and ratio != 1 and (known is None or ranks[edit] < ranks[known[1]]):
            found[new] = ratio, edit
    unit = lcm(*(ratio.denominator for ratio, _ in found.values()))
    return Rewritings(unit, tuple((int(ratio * unit), edit, new) for new, (ratio, edit) in found.items()))


def _number(printed: str) -> _Digits | None:
    """A printed number by its digits; None where it does not begin as numbers do (007)."""
    plain = printed.translate(WIDE).replace(",", "").replace("，", "")
    if not _PLAIN.fullmatch(plain):
        return None
    whole, _, part = plain.partition(".")
    return int(whole + part), len(part)


def shown(number: _Digits, printed: str) -> str:
    """A number printed as another one is: with its width and its separators of thousands."""
    digits, decimals = number
    text = str(digits).zfill(decimals + 1)
    whole, part = text[: len(text) - decimals], text[len(text) - decimals :]
    separated = "," in printed.translate(WIDE)
    text = (f"{int(whole):,}" if separated else whole) + (f".{part}" if part else "")
    widths = _widths(printed)
    return text.translate(widths) if widths else text


def _widths(printed: str) -> dict[int, str]:
    """What turns ASCII digits, points and separators into the full-width ones that a figure is printed with."""
    if printed.isascii():
        return {}
    digits = not any("0" <= c <= "9" for c in printed)
    return {ord(a): w for a, w in _WIDE_FORMS if (digits if a.isdigit() else w in printed)}


def _edits(digits: int, decimals: int) -> Iterator[tuple[Iterable[int], int, str]]:
    """(digits, decimals, edit) of every edit of a number that leaves one, which has digits on both sides of its point
    and no zero before other digits; the digits of several at a time."""
    count = max(len(str(digits)), decimals + 1)
    whole = count - decimals
    for at in range(count):
        yield from _edits_of_digit(digits, decimals, whole, at)
    for at in range(whole + 1):
        if not at or digits >= 10 ** (count - 1):  # nothing is put behind the zero of 0.5
            yield _inserted(digits, 10 ** (count - at), 0 if at else 1), decimals, "insert_digit"
    for at in range(whole, count + 1) if decimals else ():
        yield _inserted(digits, 10 ** (count - at), 0), decimals + 1, "insert_digit"
    for at in range(1, count):
        if at != whole:
            yield (digits,), count - at, "shift_point" if decimals else "insert_point"
    if decimals:
        yield (digits,), 0, "delete_point"


def _inserted(digits: int, place: int, least: int) -> Iterable[int]:
    """The numbers with one more digit, not below the least, that has this place value."""
    high, low = divmod(digits, place)
    first = high * 10 * place + low
    return range(first + least * place, first + 10 * place, place)


def _edits_of_digit(digits: int, decimals: int, whole: int, at: int) -> Iterator[tuple[Iterable[int], int, str]]:
    """The digit counted from the left, of which `whole` stand before the point: mistyped, swapped with the next one,
    typed without need."""
    size = 10 ** (whole + decimals - 1 - at)
    rest, low = divmod(digits, size)
    high, digit = divmod(rest, 10)
    following = low * 10 // size
    leads = not at and whole > 1
    none = digits - digit * size
    yield [none + new * size for new in range(1 if leads else 0, 10) if new != digit], decimals, "substitute_digit"
    if size > 1 and at != whole - 1 and following != digit and (following or not leads):
        yield (digits + (following - digit) * (size - size // 10),), decimals, "transpose_digits"
    doubled = at != whole and at > 0 and high % 10 == digit
    left = whole - 1 if at < whole else decimals - 1
    if left and (following or whole == 2 or not leads):
        yield (high * size + low,), decimals - (at >= whole), "undouble_digit" if doubled else "delete_digit"


def _arabic_slips(numeral: str, runs: list[re.Match[str]]) -> Iterator[tuple[str, str]]:
    for run in runs:
        number = _number(run[0])
        if number is not None:
            for edited, decimals, edit in _edits(*number):
                for digits in edited:
                    yield numeral[: run.start()] + shown((digits, decimals), run[0]) + numeral[run.end() :], edit


def _chinese_slips(numeral: str) -> Iterator[tuple[str, str]]:
    """One Chinese digit for another."""
    for i, digit in enumerate(numeral.translate(WIDE)):
        if digit in CHINESE or digit == "两":
            for new in CHINESE:
                if {new, digit} != {"二", "两"}:
                    yield numeral[:i] + new + numeral[i + 1 :], "substitute_digit"


def _ratio(text: str, numeral: str) -> Fraction | None:
    try:
        new = read_numeral(text)
    except ValueError:
        return None
    return None if new.high is not None else new.value / read_numeral(numeral).value
