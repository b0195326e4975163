"""Finds breakdowns: a total and the figures that the text names as its parts.

A node of kind `breakdown` has the slots `total` (one figure) and `parts`. Where the text allows several readings
(which figure is the total, which later figures are still parts) it yields one node for each, likeliest first, in one
group; a reader who knows the subject would settle for the reading that comes out even, and so do the rules.

Forms: `qizhong` 其中…, `bracket` 65个（甲40个、乙25个）, `including` 包括…, `colon` …：甲1元、乙2元, `grouping` 分产业看…,
`list` 一是…二是…, `lines` one part a paragraph after a colon.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count

from audit.claim import Kind
from audit.outline.cues import one_of, table
from audit.outline.outline import Outline
from audit.outline.tree import Aspect, Bracket, Clause, Figure, Node, Sentence
from audit.span import Span

MAX_PARTS = 100
"""A breakdown of more parts than this is a listing, not a sentence; it also bounds hostile text."""
_LEVELS = frozenset({Aspect.LEVEL, Aspect.END})
_CHANGES = frozenset({Aspect.CHANGE})
_SUMMABLE = frozenset({Kind.AMOUNT, Kind.COUNT, Kind.MEASURE})
_NEVER_DISJOINT = frozenset({"person", "household"})
_STRONG = frozenset({";", "；"})
_PAIRS_ONLY = re.compile(r"^[^，。；：]{0,24}$")


@dataclass(frozen=True, slots=True)
class _Cues:
    qizhong: re.Pattern[str]
    including: re.Pattern[str]
    respectively: re.Pattern[str]
    grouping: re.Pattern[str]
    subset: re.Pattern[str]
    remainder: re.Pattern[str]
    overlapping: re.Pattern[str]
    partitions: tuple[tuple[str, ...], ...]


@cache
def _cues() -> _Cues:
    data = table("breakdowns")
    return _Cues(
        qizhong=re.compile(rf"^(?:在)?{one_of(data['qizhong']['words'])}"),
        including=re.compile(rf"^{one_of(data['including']['words'])}"),
        respectively=re.compile(rf"{one_of(data['respectively']['words'])}$"),
        grouping=re.compile(data["grouping"]["pattern"]),
        subset=re.compile(rf"^{one_of(data['subset']['words'])}"),
        remainder=re.compile(one_of(data["remainder"]["words"])),
        overlapping=re.compile(one_of(data["overlapping"]["words"])),
        partitions=tuple(tuple(row) for row in data["partitions"]["rows"]),
    )


@dataclass(frozen=True, slots=True)
class _Split:
    """A place where a total may be split: figures before it (nearest last) and the clauses that name the parts."""

    form: str
    head: tuple[Figure, ...]
    items: tuple[Clause, ...]
    cue: Span
    facts: frozenset[str] = frozenset()


def find_breakdowns(outline: Outline) -> Iterator[Node]:
    """The breakdowns of a document, in no particular order."""
    groups = count()
    for split in _splits(outline):
        yield from _nodes(split, groups)
    yield from _list_nodes(outline, groups)
    yield from _line_nodes(outline, groups)


def _splits(outline: Outline) -> Iterator[_Split]:
    for paragraph in outline.paragraphs:
        streams = [paragraph.sentences]
        while streams:
            sentences = streams.pop()
            for index, sentence in enumerate(sentences):
                yield from _sentence_splits(sentences, index)
                for clause in sentence.clauses:
                    for bracket in clause.brackets:
                        streams.append(bracket.sentences)
                        if split := _bracket_split(clause, bracket):
                            yield split


def _sentence_splits(sentences: Sequence[Sentence], index: int) -> Iterator[_Split]:
    sentence = sentences[index]
    cues = _cues()
    for n, clause in enumerate(sentence.clauses):
        head = tuple(f for c in sentence.clauses[:n] for f in c.figures)
        rest = sentence.clauses[n:]
        if cues.qizhong.match(clause.text):
            before = head or (sentences[index - 1].figures if index else ())
            yield _Split("qizhong", before, rest, clause.span, frozenset() if head else frozenset({"apart"}))
        elif cues.grouping.match(clause.text) and n + 1 < len(sentence.clauses):
            earlier = tuple(f for s in sentences[max(0, index - 4) : index] for f in s.figures)
            yield _Split("grouping", earlier + head, sentence.clauses[n + 1 :], clause.span, frozenset({"apart"}))
        elif head and clause.before in ("，", ",") and cues.including.match(clause.text):
            yield _Split("including", head, rest, clause.span)
        elif head and clause.before in ("：", ":"):
            facts = {"full"} if cues.respectively.search(sentence.clauses[n - 1].text) else set()
            yield _Split("colon", head, rest, clause.span, frozenset(facts))


def _bracket_split(clause: Clause, bracket: Bracket) -> _Split | None:
    if bracket.host is None or not bracket.sentences:
        return None
    head = tuple(f for f in clause.figures if f.order <= bracket.host.order)
    items = tuple(c for s in bracket.sentences for c in s.clauses)
    first = items[0].text
    cues = _cues()
    if cues.qizhong.match(first):
        form = "qizhong"
    elif cues.including.match(first):
        form = "including"
    else:
        form = "bracket"
    facts = {"bracketed"}
    if form == "bracket" and all(
        f.aspect in _LEVELS and f.lead and _PAIRS_ONLY.match(f.lead) for c in items for f in c.figures
    ) and all(c.figures for c in items):
        facts.add("pairs")
    return _Split(form, head, items, bracket.span, frozenset(facts))


def _nodes(split: _Split, groups: Iterator[int]) -> Iterator[Node]:
    done: set[tuple[str, bool]] = set()
    for figure in (f for c in split.items for f in c.figures):
        for aspects in (_LEVELS, _CHANGES):
            key = (figure.claim.dimension, aspects is _CHANGES)
            if figure.claim.kind not in _SUMMABLE or figure.aspect not in aspects or key in done:
                continue
            done.add(key)
            fits = _fits(figure, aspects)
            totals = [f for f in reversed(split.head) if fits(f)]
            if split.form == "grouping":
                totals.reverse()
            readings = _part_readings(split.items, fits)
            yield from _readings(split, totals[:3], readings, next(groups))


def _fits(figure: Figure, aspects: frozenset[Aspect]) -> Callable[[Figure], bool]:
    dimension, sign, changes = figure.claim.dimension, figure.sign, aspects is _CHANGES

    def fits(other: Figure) -> bool:
        claim = other.claim
        return (
            claim.dimension == dimension
            and claim.kind in _SUMMABLE
            and other.aspect in aspects
            and (not changes or other.sign == sign)
        )

    return fits


def _readings(
    split: _Split, totals: Sequence[Figure], readings: Sequence[tuple[Figure, ...]], group: int
) -> Iterator[Node]:
    rank = 0
    for total in totals:
        for parts in readings:
            if parts and total not in parts:
                span = Span(
                    min(total.span.start, parts[0].span.start), max(f.span.end for f in (total, *parts))
                )
                yield Node(
                    kind="breakdown",
                    form=split.form,
                    span=span,
                    slots=(("total", (total,)), ("parts", parts)),
                    cue=split.cue,
                    features=_features(total, parts, split.facts),
                    group=group,
                    reading=rank,
                )
                rank += 1


def _part_readings(clauses: Sequence[Clause], fits: Callable[[Figure], bool]) -> list[tuple[Figure, ...]]:
    """Which figures are parts, likeliest first.

    A clause without figures (主要用于…) and a sub-part (仅…, 其中…) end a chain of parts until the next semicolon.
    """
    cues = _cues()
    chained: list[Figure] = []
    every: list[Figure] = []
    leading: list[Figure] = []
    open_chain = fresh = True
    for n, clause in enumerate(clauses):
        if clause.before in _STRONG:
            open_chain = fresh = True
        fitting = [f for f in clause.figures if fits(f)]
        every += fitting
        if n and cues.subset.match(clause.text):
            open_chain = False
            continue
        if not clause.figures and not fresh:
            open_chain = False
        if fitting and open_chain:
            chained += fitting
            if fresh:
                leading.append(fitting[0])
            fresh = False
    readings: list[tuple[Figure, ...]] = []
    for parts in (chained, leading, every):
        reading = tuple(parts[:MAX_PARTS])
        if reading and reading not in readings:
            readings.append(reading)
    return readings


def _features(total: Figure, parts: Sequence[Figure], facts: frozenset[str]) -> frozenset[str]:
    cues = _cues()
    features = set(facts)
    names = [f.lead + f.claim.label for f in parts]
    if any(f.tail.startswith("等") for f in parts):
        features.add("open")
    if any(cues.remainder.match(n.lstrip("、和及，")) for n in names[1:]):
        features.add("remainder")
    if any(_is_partition(names, row) for row in cues.partitions):
        features.add("partition")
    if total.claim.dimension not in _NEVER_DISJOINT or features & {"partition"}:
        features.add("disjoint")
    elif not any(cues.overlapping.search(n) for n in names):
        features.add("separate")
    if total.claim.interval.width or any(f.claim.hedge for f in parts):
        features.add("rounded")
    if (
        features & {"partition", "remainder", "full"}
        or ("pairs" in features and len(parts) > 1 and "disjoint" in features)
    ) and "open" not in features:
        features.add("closed")
    return frozenset(features)


def _is_partition(names: Sequence[str], row: Sequence[str]) -> bool:
    if len(names) != len(row):
        return False
    return all(sum(word in name for name in names) == 1 for word in sorted(row, key=len)) or all(
        row[i] in names[i] for i in range(len(row))
    )


def _list_nodes(outline: Outline, groups: Iterator[int]) -> Iterator[Node]:
    for marked in outline.lists:
        first = marked.items[0].marker.start
        head, colon = _before(outline, first)
        columns = [outline.main_in(item.span)[:MAX_PARTS] for item in marked.items]
        facts = frozenset({"listed", *(["colon"] if colon else [])})
        yield from _column_nodes("list", head, columns, marked.items[0].marker, facts, groups)


def _before(outline: Outline, at: int) -> tuple[tuple[Figure, ...], bool]:
    """The figures that introduce a list starting at an offset: those of the sentence before it; and whether a colon
    stands directly before the list."""
    start = max(0, at - 400)
    text = outline.text[start:at].rstrip(" 　（(\n\r\t")
    colon = text.endswith(("：", ":"))
    cut = max((text.rfind(end, 0, len(text) - 1) for end in "。！？!?\n"), default=-1)
    return outline.main_in(Span(start + cut + 1, start + len(text))), colon


def _line_nodes(outline: Outline, groups: Iterator[int]) -> Iterator[Node]:
    """Breakdowns whose parts stand one a paragraph after a paragraph that ends in a colon."""
    paragraphs = outline.paragraphs
    index = 0
    while index < len(paragraphs):
        start = index
        index += 1
        if not paragraphs[start].span.of(outline.text).rstrip().endswith(("：", ":")):
            continue
        lines = []
        while index < len(paragraphs):
            closing = paragraphs[index].span.of(outline.text).rstrip()[-1:]
            if closing not in "；;。":
                break
            lines.append(paragraphs[index])
            index += 1
            if closing == "。":
                break
        if len(lines) > 1 and paragraphs[start].sentences:
            head = paragraphs[start].sentences[-1].figures
            columns = [outline.main_in(line.span)[:MAX_PARTS] for line in lines]
            cue = Span(paragraphs[start].span.end - 1, paragraphs[start].span.end)
            yield from _column_nodes("lines", head, columns, cue, frozenset({"listed", "colon"}), groups)


def _column_nodes(
    form: str,
    head: Sequence[Figure],
    columns: Sequence[Sequence[Figure]],
    cue: Span,
    facts: frozenset[str],
    groups: Iterator[int],
) -> Iterator[Node]:
    """Breakdowns of a list: one part an item, the first fitting figure of each."""
    seen: set[str] = set()
    for total in reversed(head):
        if total.claim.dimension in seen or total.claim.kind not in _SUMMABLE or total.aspect not in _LEVELS:
            continue
        seen.add(total.claim.dimension)
        fits = _fits(total, _LEVELS)
        firsts = [next((f for f in column if fits(f)), None) for column in columns]
        parts = tuple(f for f in firsts if f is not None)[:MAX_PARTS]
        if len(parts) < 2:
            continue
        features = set(_features(total, parts, facts))
        if len(parts) == len(columns):
            features.add("every")
            if "colon" in features and "open" not in features:
                features.add("closed")
        yield Node(
            kind="breakdown",
            form=form,
            span=total.span.cover(parts[-1].span),
            slots=(("total", (total,)), ("parts", parts)),
            cue=cue,
            features=frozenset(features),
            group=next(groups),
        )
