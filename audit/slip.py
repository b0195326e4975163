"""The slips of the pen that a printed figure can be the result of, undone one at a time.

The kinds and their order of likelihood stand in audit/data/slips.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from audit.claim import Claim

_ARABIC = re.compile(r"[0-9０-９]+(?:[,，][0-9０-９]{3})*(?:[.．][0-9０-９]+)?")
_TO_ASCII = str.maketrans("０１２３４５６７８９．，", "0123456789.,")
_TO_WIDE = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
_PLAIN = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_CHINESE = "一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Mend:
    """A figure as it would read without the slip `edit`: its text and its value in base units."""

    text: str
    value: Fraction
    edit: str


def mends(claim: Claim) -> Iterator[Mend]:
    """Every figure that one slip could have turned into the printed one, each text once; none for hedged wordings
    of Chinese numerals. The edits are named for what mending does (insert_digit mends a dropped digit)."""
    runs = list(_ARABIC.finditer(claim.text))
    if len(runs) != 1 or not claim.value:
        return
    printed = runs[0][0]
    ascii_text = printed.translate(_TO_ASCII)
    plain = ascii_text.replace(",", "")
    if not _PLAIN.fullmatch(plain) or not Fraction(plain):
        return
    factor = claim.value / Fraction(plain)
    seen = {plain}
    for new, edit in _edits(plain):
        if new in seen or not _PLAIN.fullmatch(new):
            continue
        seen.add(new)
        shown = _grouped(new) if "," in ascii_text else new
        shown = shown.translate(_TO_WIDE) if printed != ascii_text else shown
        text = claim.text[: runs[0].start()] + shown + claim.text[runs[0].end() :]
        yield Mend(text, Fraction(new) * factor, edit)
    for wrong, right, ratio in (("万", "亿", 10**4), ("亿", "万", Fraction(1, 10**4))):
        if claim.text.count(wrong) == 1 and right not in claim.text:
            yield Mend(claim.text.replace(wrong, right), claim.value * ratio, "unit_scale")


def _edits(plain: str) -> Iterator[tuple[str, str]]:
    for i, digit in enumerate(plain):
        if digit == ".":
            continue
        for new in "0123456789":
            if new != digit:
                yield plain[:i] + new + plain[i + 1 :], "substitute_digit"
        if i + 1 < len(plain) and plain[i + 1] not in (digit, "."):
            yield plain[:i] + plain[i + 1] + digit + plain[i + 2 :], "transpose_digits"
        if i and plain[i - 1] == digit:
            yield plain[:i] + plain[i + 1 :], "undouble_digit"
        elif len(plain.replace(".", "")) > 1:
            yield plain[:i] + plain[i + 1 :], "delete_digit"
    for i in range(len(plain) + 1):
        for new in "0123456789":
            yield plain[:i] + new + plain[i:], "insert_digit"
    digits = plain.replace(".", "")
    point = plain.find(".")
    for at in range(1, len(digits) + 1):
        if at != point:
            yield (digits[:at] + "." + digits[at:]).rstrip("."), "shift_point"


def _grouped(plain: str) -> str:
    whole, dot, rest = plain.partition(".")
    return f"{int(whole):,}{dot}{rest}"
