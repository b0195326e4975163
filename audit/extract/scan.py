"""Tokens and rejected numbers of a text, in order."""

from __future__ import annotations

import re

from audit.claim import Rejected
from audit.extract.pattern import figure_pattern, words
from audit.extract.token import Token
from audit.quantity.hedge import hedges
from audit.span import Span

DATE = "日期、年份或时间"
_SCALES_ONLY = re.compile(r"[十百千万亿]+")


def scan(text: str) -> tuple[list[Token], list[Rejected]]:
    """Every figure of the text as a token, and the numbers whose form already shows that they are no quantity."""
    tokens: list[Token] = []
    rejected: list[Rejected] = []
    reasons = words()[0]
    inside = hedges().inside
    after = hedges().after
    for match in figure_pattern().finditer(text):
        kind = match.lastgroup
        if kind == "silent":
            continue
        start, end = match.span()
        if kind == "date":
            rejected.append(Rejected(Span(start, end), match.group(), DATE))
            continue
        if kind == "name":
            word = match.group()
            reason = reasons.get(word) or next((r for w, r in reasons.items() if w.endswith(word)), "固定提法或名称，不计数")
            rejected.append(Rejected(Span(start, end), word, reason))
            continue
        tokens.append(_token(text, match, "a" if kind == "arabic" else "c", inside, after))
    return tokens, rejected


def _token(text: str, match: re.Match[str], side: str, inside: dict[str, str], after: dict[str, str]) -> Token:
    start = match.start()
    digits = match.end(side + "num")
    scale, unit, per = match[side + "scale"] or "", match[side + "unit"] or "", match[side + "per"] or ""
    first, second, behind = match[side + "in"], match[side + "in2"], match[side + "after"]
    end = number = digits
    hedged: list[tuple[str, str]] = []
    numeral = text[start:digits]
    if scale:
        number = end = match.end(side + "scale")
        numeral += scale
    if unit or scale:
        for word in (first, second):
            if word == "几" and first == "几":
                numeral = text[start:digits] + "几" + scale
            elif word and word in inside:
                hedged.append((word, inside[word]))
                end = max(end, match.end(side + ("in" if word is first else "in2")))
    elif first in ("余", "多"):
        hedged.append((first, inside[first]))
        end = match.end(side + "in")
    if unit:
        end = match.end(side + "per") if per else match.end(side + "unit")
    if behind and (unit or scale) and match.end() == match.end(side + "after") and match.start(side + "after") == end:
        word = behind.lstrip("（(含)）")
        hedged.append((behind, after.get(behind) or after[word]))
        end = match.end()
    return Token(start, end, digits, number, numeral, scale, unit, per, side == "c", start, hedged)
