"""Cuts blocks of text into sentences, clauses and brackets, in one pass over their punctuation."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from audit.claim import Claim
from audit.frozen import unchecked
from audit.outline.aspect import read_aspect
from audit.outline.tree import Bracket, Clause, Figure, Sentence
from audit.span import Span, squeeze

_clause, _figure, _span, _sentence = unchecked(Clause), unchecked(Figure), unchecked(Span), unchecked(Sentence)
_MARKS = re.compile(r"[。！？!?，,；;：:（(）)]")
_SENTENCE_ENDS = frozenset("。！？!?")
_OPEN = frozenset("（(")
_CLOSE = frozenset("）)")
MAX_DEPTH = 6
"""Brackets nested deeper than this are read as part of their surroundings; it also bounds hostile text."""
CONTEXT = 40
"""How many characters of a figure's surroundings are kept."""
_HOST_GAP = 4
"""A bracket belongs to the figure before it when at most this many characters or the name of what it counts stand
between (300人（…, 5项工程（…, 46名一线环卫工人（…)."""
_ALL_OF_THEM = re.compile("[均都](?:为|是|系|属|来自)|全部(?:为|是|系|属|来自)")
"""At the start of a clause that says what all counted before it are (确诊5例，均为输入病例（…)."""


@dataclass(slots=True)
class _Level:
    """What has been read so far of one block or of one open bracket."""

    start: int
    clause_start: int
    before: str = ""
    claims: list[int] = field(default_factory=list)
    brackets: list[tuple[Span, tuple[Sentence, ...], int | None]] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    last: Figure | None = None


class Segmenter:
    """Cuts the blocks of one document; call `sentences` with the blocks in text order."""

    def __init__(self, text: str, claims: Sequence[Claim], closed: Sequence[Span]) -> None:
        """`closed` are the spans whose punctuation separates nothing (claims and rejected numbers), in text order."""
        self._text = text
        self._claims = claims
        self._closed = closed
        self._next_claim = 0
        self._next_closed = 0

    def sentences(self, block: Span) -> tuple[Sentence, ...]:
        """The sentences of one block; what stands in brackets hangs below its bracket."""
        while self._next_claim < len(self._claims) and self._claims[self._next_claim].span.start < block.start:
            self._next_claim += 1
        levels = [_Level(block.start, block.start)]
        for at, mark in self._marks(block):
            if mark in _OPEN:
                if len(levels) <= MAX_DEPTH:
                    self._take_claims(levels[-1], at)
                    levels.append(_Level(at + 1, at + 1))
            elif mark in _CLOSE:
                if len(levels) > 1:
                    self._close_bracket(levels, at)
            else:
                self._end_clause(levels[-1], at, mark)
                if mark in _SENTENCE_ENDS:
                    _end_sentence(levels[-1])
        while len(levels) > 1:
            self._close_bracket(levels, block.end)
        self._end_clause(levels[0], block.end, "")
        _end_sentence(levels[0])
        return tuple(levels[0].sentences)

    def _marks(self, block: Span) -> Iterator[tuple[int, str]]:
        closed, n = self._closed, self._next_closed
        for match in _MARKS.finditer(self._text, block.start, block.end):
            at = match.start()
            while n < len(closed) and closed[n].end <= at:
                n += 1
            if n == len(closed) or at < closed[n].start:
                yield at, match[0]
        self._next_closed = n

    def _take_claims(self, level: _Level, end: int) -> None:
        claims, at = self._claims, self._next_claim
        while at < len(claims) and claims[at].span.start < end:
            level.claims.append(at)
            at += 1
        self._next_claim = at

    def _close_bracket(self, levels: list[_Level], at: int) -> None:
        inner = levels.pop()
        self._end_clause(inner, at, "")
        _end_sentence(inner)
        outer = levels[-1]
        host = None
        if outer.claims:
            claim = self._claims[outer.claims[-1]]
            gap = self._text[claim.span.end : inner.start - 1]
            near = len(gap) <= _HOST_GAP or squeeze(gap) == claim.label
            host = outer.claims[-1] if near and "、" not in gap else None
        elif outer.last is not None and _continues(outer) and _ALL_OF_THEM.match(self._text, outer.clause_start):
            host = outer.last.order
        outer.brackets.append((Span(inner.start, at), tuple(inner.sentences), host))

    def _end_clause(self, level: _Level, at: int, mark: str) -> None:
        self._take_claims(level, at)
        start = level.clause_start
        if level.claims or level.brackets:
            earlier = level.last
            figures = dict(zip(level.claims, self._figures(level, at), strict=True))
            brackets = tuple(
                Bracket(span, sentences, figures.get(host, earlier) if host is not None else None)
                for span, sentences, host in level.brackets
            )
            text = self._plain(level, start, at)
            level.clauses.append(_clause(_span(start, at), text, level.before, mark, (*figures.values(),), brackets))
            level.figures += figures.values()
            level.before = mark
            level.claims, level.brackets = [], []
        elif text := squeeze(self._text[start:at]):
            level.clauses.append(_clause(_span(start, at), text, level.before, mark, (), ()))
            level.before = mark
        level.clause_start = at + len(mark)

    def _figures(self, level: _Level, end: int) -> Iterator[Figure]:
        at = level.clause_start
        for n, index in enumerate(level.claims):
            claim = self._claims[index]
            until = self._claims[level.claims[n + 1]].span.start if n + 1 < len(level.claims) else end
            lead = self._plain(level, max(at, claim.span.start - 3 * CONTEXT), claim.span.start)[-CONTEXT:]
            tail = self._plain(level, claim.span.end, min(until, claim.span.end + 3 * CONTEXT))[:CONTEXT]
            aspect, sign = read_aspect(claim, lead, tail, level.last if n or _continues(level) else None)
            level.last = _figure(claim, index, lead, tail, aspect, sign)
            yield level.last
            if claim.dimension != "age" and not _is_time_ago(claim, tail):
                at = claim.span.end  # 65岁及以上人口20056万人, 半年前的5人: part of the name of what follows

    def _plain(self, level: _Level, start: int, end: int) -> str:
        if not level.brackets:
            return squeeze(self._text[start:end])
        pieces, at = [], start
        for n in range(bisect_left(level.brackets, start, key=_opening), len(level.brackets)):
            span = level.brackets[n][0]
            if span.start > end:
                break
            pieces.append(self._text[at : span.start - 1])
            at = span.end + 1
        pieces.append(self._text[at:end])
        return squeeze("".join(pieces))


def _is_time_ago(claim: Claim, tail: str) -> bool:
    """Whether the claim only says when something was (三年前的5人)."""
    return claim.dimension.startswith(("time", "months")) and tail.startswith(("前", "以前", "之前"))


def _opening(bracket: tuple[Span, tuple[Sentence, ...], int | None]) -> int:
    return bracket[0].start - 1


def _continues(level: _Level) -> bool:
    """Whether the clause goes on with the one before it (5.2%，6.1%和…)."""
    return level.before in ("，", ",", "；", ";")


def _end_sentence(level: _Level) -> None:
    if level.clauses:
        span = _span(level.clauses[0].span.start, level.clauses[-1].span.end)
        level.sentences.append(_sentence(span, tuple(level.clauses), tuple(level.figures)))
        level.clauses, level.figures = [], []
    level.before, level.last = "", None
