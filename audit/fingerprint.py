"""The fingerprint of a check: it names the evidence by its wording, whatever moves around it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from functools import lru_cache

from audit.document import BlockKind, Document
from audit.span import Span, squeeze
from audit.verdict import Check

_LONGEST = 2000
"""What has no stop for so long is cut, so that the fingerprints of many figures in it stay linear work."""
_SENTENCE = re.compile(f"[^。！？!?；;]{{1,{_LONGEST}}}")
_LINE_SENTENCE = re.compile(rf"[^。！？!?；;\r\n]{{1,{_LONGEST}}}")
_WRAP = re.compile(r"[^\S\r\n]*(?:\r\n|\r|\n)[^\S\r\n]*")
_MARKER = re.compile(r"\s*(?:[-*+•·●◆■]|[（(]?(?:[0-9０-９]+|[一二三四五六七八九十]+)[)）.．、])")
_Blocks = tuple[tuple[Span, BlockKind], ...]
_REMARK = re.compile(r"<!--(?:(?!<!--|-->).)*-->", re.DOTALL)


def fingerprint(check: Check, document: Document) -> str:
    """32 hexadecimal digits that name the check by its rule and the wording of its evidence, not by its place.

    The evidence is the sentence of every bound figure and listed item, without comments and white space and with
    full-width characters folded to half width (Unicode NFKC); lines that follow one another without a blank line or a
    list marker between them are one text, so that wrapping does not matter. A sentence that stands more than once in
    the document is told apart by its ordinal.
    """
    sentences = _sentences(document.text, tuple((b.span, b.kind) for b in document.blocks))
    parts = [check.relation.rule.id]
    places = [(role, claim.span) for role, claims in check.relation.roles for claim in claims]
    places += [("items", span) for span in check.relation.items]
    for role, span in places:
        ordinal, start, wording = sentences.around(span)
        offset = len(_worded(document.text[start : span.start])) if start <= span.start else 0
        parts += [role, _folded(span.of(document.text)), str(offset), wording, str(ordinal)]
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


class _Sentences:
    """The sentences of a text: wording without place, and which of several equal ones each is."""

    def __init__(self, text: str, blocks: _Blocks) -> None:
        spans = [
            Span(*found.span())
            for stretch, kind in _stretches(text, blocks) or [(Span(0, len(text)), BlockKind.TABLE)]
            for found in (_LINE_SENTENCE if kind is BlockKind.TABLE else _SENTENCE).finditer(text, *_ends(stretch))
        ]
        seen: Counter[str] = Counter()
        self._at: list[tuple[Span, str, int]] = []
        for span in spans:
            wording = _worded(span.of(text))
            self._at.append((span, wording, seen[wording]))
            seen[wording] += 1

    def around(self, span: Span) -> tuple[int, int, str]:
        """(ordinal, start, wording) of the sentence that `span` starts in."""
        at = bisect_right(self._at, span.start, key=lambda each: each[0].end)
        if at == len(self._at):
            return 0, span.start, ""
        sentence, wording, ordinal = self._at[at]
        return ordinal, sentence.start, wording


def _stretches(text: str, blocks: _Blocks) -> list[tuple[Span, BlockKind]]:
    """The blocks, paragraphs joined that no blank line and no list marker parts: they may be one that was wrapped."""
    out: list[tuple[Span, BlockKind]] = []
    for span, kind in blocks:
        paragraphs = bool(out) and kind is out[-1][1] is BlockKind.PARAGRAPH
        if paragraphs and _WRAP.fullmatch(text, out[-1][0].end, span.start) and not _MARKER.match(text, span.start):
            out[-1] = out[-1][0].cover(span), kind
        else:
            out.append((span, kind))
    return out


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


@lru_cache(maxsize=4)
def _sentences(text: str, blocks: _Blocks) -> _Sentences:
    return _Sentences(text, blocks)


def _worded(text: str) -> str:
    """The wording of some text: folded, without comments."""
    return _folded(_REMARK.sub("", text) if "<!--" in text else text)


def _folded(text: str) -> str:
    return squeeze(unicodedata.normalize("NFKC", text))
