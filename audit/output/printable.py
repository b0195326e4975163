"""Document text made safe to show: nothing in it may move a cursor, hide a character or turn the line around."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_REPLACEMENT = "\ufffd"


def printable(text: str, keep: str = "") -> str:
    """`text` with each control, format and bidirectional character replaced by one visible character.

    The length does not change, so offsets hold. C0 controls become their control pictures (U+2400…), anything else
    U+FFFD; characters in `keep` stay.
    """
    if text.isprintable():  # a str method over category data: no control or format character passes it
        return text
    return "".join(c if c in keep else _visible(c) for c in text)


def width(text: str) -> int:
    """How many terminal columns `text` takes; ambiguous characters count as one (UAX #11)."""
    if text.isascii():
        return len(text)
    return sum(_columns(c) for c in text)


@lru_cache(maxsize=4096)
def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


@lru_cache(maxsize=4096)
def _visible(character: str) -> str:
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp"):
        code = ord(character)
        return chr(0x2400 + code) if code < 0x20 else "\u2421" if code == 0x7F else _REPLACEMENT
    return character
