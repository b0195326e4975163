"""Reads lists that are spread over paragraphs or sentences: “四个强化” … 强化“资金保障” … 强化“环境改善” …."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from audit.document import BlockKind
from audit.outline.counting import Listing, Number
from audit.outline.items import Reading
from audit.outline.tree import Paragraph
from audit.plain import FILLER
from audit.span import Span

_AHEAD = 60
"""At most this many paragraphs after the number are looked at."""
_OPENING = re.compile(r"[^，,。；;：:！？\n]{2,40}")
_LABEL = re.compile(r"\s*(?P<label>[一-鿿“][^，,。；;：:！？\n]{1,11})[：:](?!\s*$)")
_NOUN = re.compile(r"[^，,。；;：:、！？“”‘’（(\n]{1,12}(?=[，,。；;：:！？”’\n]|$)")
_INTRODUCED = re.compile(r"[^，,。；;：:\n]{0,12}[：:]\s*$")
_VERB = re.compile("[一-鿿]{2}(?=[“‘]?$)")
_LEADING = re.compile(r"\s*(?:[—－-]{2}|[（(]?[一二三四五六七八九十0-9]{1,3}[）)、.．]|[●○■□◆·])?\s*")


def listed_by_labels(text: str, number: Number, paragraphs: Sequence[Paragraph], index: int) -> Listing | None:
    """The labels before a colon (以奖代投：…) with which the paragraphs after one begin, as far as they all do."""
    labels = []
    for span in _section(text, paragraphs, index):
        found = _LABEL.match(text, span.start, span.end)
        if not found:
            break
        labels.append(Span(*found.span("label")))
    if len(labels) < 3 or len({label.of(text) for label in labels}) < len(labels):
        return None  # speakers take turns, items do not
    named = text[number.figure.span.start - 1] in "“‘" or paragraphs[index].block.kind is BlockKind.HEADING
    announced = _INTRODUCED.match(text, number.figure.span.end, paragraphs[index].span.end)
    return Listing("labels", (Reading(tuple(labels), "；"),), frozenset({"likely"} if named or announced else ()))


def announces(number: Number, paragraph: Paragraph) -> int:
    """How well the number stands where it may announce the paragraphs that follow, from 2 (a heading, the first clause)
    over 1 (the last sentence) to 0 (elsewhere)."""
    at = number.figure.span.start
    first = paragraph.sentences[0].clauses[0].span
    if paragraph.block.kind is BlockKind.HEADING or first.start <= at < first.end:
        return 2
    return 1 if at >= paragraph.sentences[-1].span.start else 0


def listed_by_openings(text: str, number: Number, paragraphs: Sequence[Paragraph], index: int) -> Listing | None:
    """The openings after the number that begin with one word and bear the counted noun: of the paragraphs that follow,
    of the sentences that follow in its own paragraph, or of both."""
    noun = _NOUN.match(text, number.figure.span.end)
    if not noun:
        return None
    here = [s.span for s in paragraphs[index].sentences if s.span.start > noun.end()]
    following = _section(text, paragraphs, index)
    verb = _VERB.search(text, max(paragraphs[index].span.start, number.figure.span.start - 4), number.figure.span.start)
    name = noun[0].replace(FILLER, "")
    after, within = _openings(text, name, following), _openings(text, name, here)
    both = {begin: [*within.get(begin, ()), *after.get(begin, ())] for begin in {**within, **after}}
    readings = []
    firm = True
    for groups in (after, within, both):
        begin, openings = max(groups.items(), key=lambda group: len(group[1]), default=("", []))
        if len(openings) > 1 and _are_dense(openings, [*here, *following]):
            readings.append(Reading(tuple(openings), "；"))
            firm &= begin == name or (verb is not None and begin == verb[0])
    if not readings:
        return None
    quoted = text[number.figure.span.start - 1] in "“‘"
    firm &= max(map(len, readings)) > 2 and (quoted or announces(number, paragraphs[index]) > 0)
    return Listing("openings", tuple(readings), frozenset({"likely"} if firm else ()))


def _are_dense(openings: Sequence[Span], places: Sequence[Span]) -> bool:
    """Whether at least every other of the sentences or paragraphs between the first and the last opening has one."""
    between = sum(openings[0].start <= place.end and place.start <= openings[-1].start for place in places)
    return between <= 2 * len(openings)


def _section(text: str, paragraphs: Sequence[Paragraph], index: int) -> list[Span]:
    """The paragraphs after one, up to the next heading or paragraph that begins with the same mark."""
    mark = _mark(text, paragraphs[index].span)
    spans = []
    for paragraph in paragraphs[index + 1 : index + 1 + _AHEAD]:
        if paragraph.block.kind is BlockKind.HEADING or (mark and _mark(text, paragraph.span) == mark):
            break
        spans.append(paragraph.span)
    return spans


def _mark(text: str, span: Span) -> str:
    return _mark_of(text, span.start, span.end)


@lru_cache(maxsize=1024)
def _mark_of(text: str, start: int, end: int) -> str:
    """The mark of a paragraph, numbers left out; every number before it asks for it."""
    found = _LEADING.match(text, start, end)
    return re.sub("[一二三四五六七八九十0-9]+", "#", found[0].strip()) if found else ""


def _openings(text: str, noun: str, places: Sequence[Span]) -> dict[str, list[Span]]:
    """The openings that bear the counted noun, by the word they begin with."""
    groups: dict[str, list[Span]] = {}
    for place in places:
        begin, said = _opening(text, place.start, place.end)
        words = said.replace(FILLER, "")
        if words and (words[:2] == noun[:2] or noun[-2:] in words[2:]):
            groups.setdefault(words[:2], []).append(Span(begin, begin + len(said)))
    return groups


@lru_cache(maxsize=2048)
def _opening(text: str, start: int, end: int) -> tuple[int, str]:
    """Where a place begins behind its mark, and what it opens with, "" where that is no opening."""
    lead = _LEADING.match(text, start, end)
    found = _OPENING.match(text, lead.end() if lead else start, end)
    return (found.start(), found[0]) if found else (start, "")
