"""Finds breakdowns: a total and the figures that the text names as its parts.

A node of kind `breakdown` has the slots `total` (one figure) and `parts`. Where the text allows several readings
(which figure is the total, which later figures are still parts) the node is the one that comes out even, as a reader
who knows the subject would settle it; else the one that a slip of the pen explains; else the one the wording
suggests.

Forms: `qizhong` 其中…, `bracket` 65个（甲40个、乙25个）, `including` 包括…, `among` 在2300人中…, `subset` 仅…就…,
`colon` …：甲1元、乙2元, `grouping` 分产业看…, `list` 一是…二是…, `lines` one part a paragraph after a colon.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import count, takewhile

from audit.claim import Kind
from audit.outline.cues import one_of, table
from audit.outline.divisible import divisible, is_named_in
from audit.outline.excess import are_of_another, breaks_off, is_unfounded_excess, up_to_excess, without_overlap
from audit.outline.itemized import find_itemized
from audit.outline.naming import namesake
from audit.outline.outline import Outline
from audit.outline.part_readings import STRONG, part_readings
from audit.outline.parts import (
    LEVELS,
    MAX_PARTS,
    are_said_to_overlap,
    features_of_split,
    fits_with,
    is_even,
    is_net,
    is_rise_of_net,
    may_sum,
    remainders,
)
from audit.outline.restated import Restated, find_restated, wholes_in_a_row
from audit.outline.tree import Aspect, Bracket, Clause, Figure, Node, Paragraph, Sentence
from audit.quantity.exact import total as together
from audit.span import Span

_CHANGES = frozenset({Aspect.CHANGE})
_HEAD = 40
"""How many figures before a cue are tried as its total."""
_SENTENCES = 4
"""How many sentences before a grouping are looked through for its total."""
_LATER = 6
"""How many figures after a breakdown are looked through for one that makes up a gap."""
_RANKS = (frozenset({"clear_slip"}), frozenset({"partition"}), frozenset({"slip"}))
"""What speaks for one of several readings that do not come out even, the strongest first."""
_PLACING = re.compile("[到了着过在于为从给入]")
"""Prepositions and particles, which stand in a statement and not in a name."""
_NAME_ONLY = re.compile(r"^[^，。；：]{1,24}$")


@dataclass(frozen=True, slots=True)
class _Cues:
    qizhong: re.Pattern[str]
    including: re.Pattern[str]
    among: re.Pattern[str]
    within: re.Pattern[str]
    only: re.Pattern[str]
    respectively: re.Pattern[str]
    grouping: re.Pattern[str]
    aside: re.Pattern[str]
    composition: re.Pattern[str]


@cache
def _cues() -> _Cues:
    data = table("breakdowns")
    return _Cues(
        qizhong=re.compile(rf"^(?:在)?{one_of(data['qizhong']['words'])}"),
        including=re.compile(rf"^{one_of(data['including']['words'])}"),
        among=re.compile(data["among"]["pattern"]),
        within=re.compile(data["among"]["within"]),
        only=re.compile(rf"^{one_of(data['only']['words'])}"),
        respectively=re.compile(rf"{one_of(data['respectively']['words'])}$"),
        grouping=re.compile(data["grouping"]["pattern"]),
        aside=re.compile(rf"{one_of(data['aside']['words'])}(?!级)"),  # 一年级 is a group, no date
        composition=re.compile(one_of(data["grouping"]["full"])),
    )


@dataclass(frozen=True, slots=True)
class _Split:
    """A place where a total may be split: the figures before it, likeliest total first, and the runs of clauses that
    can name the parts, likeliest first. `context` is the text that says so."""

    form: str
    totals: tuple[Figure, ...]
    runs: tuple[tuple[Clause, ...], ...]
    cue: Span
    context: Span
    facts: frozenset[str] = frozenset()


@lru_cache(maxsize=1)
def find_breakdowns(outline: Outline) -> tuple[Node, ...]:
    """The breakdowns of a document, in no particular order; shares look at them too."""
    return tuple(_breakdowns(outline))


def _breakdowns(outline: Outline) -> Iterator[Node]:
    groups = count()
    for split in _splits(outline):
        if are_said_to_overlap(outline.text, split.cue.start, split.context.end):
            split = replace(split, facts=split.facts | {"shared"})
        yield from _nodes(split, outline, groups)
    for restated in find_restated(outline):
        yield from _of_restated(restated, groups)
    yield from find_itemized(outline, groups)


def _of_restated(restated: Restated, groups: Iterator[int]) -> Iterator[Node]:
    """The breakdowns of a total that the text names again: all that come out even, else one that does not reach the
    total or that a slip explains."""
    span = restated.totals[-1].span.cover(restated.clauses[-1].span)
    split = _Split("among", restated.totals, (restated.clauses,), restated.cue, span, frozenset({"apart", "restated"}))
    for dimension in dict.fromkeys(f.claim.dimension for f in restated.totals):
        totals = [f for f in restated.totals if f.claim.dimension == dimension][:3]
        fits = divisible(fits_with(totals[0], LEVELS), ())
        parts = [f for clause in restated.clauses for f in clause.figures if fits(f)]
        wholes = next((w for total in totals if (w := [(total, run) for run in wholes_in_a_row(total, parts)])), [])
        for total, run in wholes:
            yield from _likeliest(split, [total], [run], (), next(groups))
        if not wholes and restated.sure:
            readings = [r for r in part_readings(restated.clauses, fits) if len(r) > 1]
            for node in _likeliest(split, totals[:1], readings, (), next(groups)):
                exceeds = together(f.claim.value for f in node.slot("parts")) > totals[0].claim.value
                if not exceeds or node.features & {"slip", "clear_slip"}:
                    yield node


def _splits(outline: Outline) -> Iterator[_Split]:
    for n, paragraph in enumerate(outline.paragraphs):
        if n and (split := _split_of_paragraph(outline.paragraphs[n - 1], paragraph)):
            yield split
        streams = [paragraph.sentences]
        while streams:
            sentences = streams.pop()
            for index, sentence in enumerate(sentences):
                if sentence.figures:
                    yield from _sentence_splits(sentences, index)
                for clause in sentence.clauses:
                    for bracket in clause.brackets:
                        streams.append(bracket.sentences)
                        if split := _bracket_split(sentence, clause, bracket):
                            yield split


def _split_of_paragraph(before: Paragraph, paragraph: Paragraph) -> _Split | None:
    """The split of a total in the last sentence of the paragraph before one that begins with 其中, or in its last
    ones before one that begins with a grouping (用电量分产业看)."""
    if not (before.sentences and paragraph.sentences):
        return None
    total, run = before.sentences[-1], paragraph.sentences[0].clauses[:MAX_PARTS]
    lead = list(takewhile(lambda clause: not clause.figures, run))
    if lead and _cues().grouping.match(lead[-1].text):
        near = before.sentences[-_SENTENCES:]
        totals, context = tuple(f for s in near for f in s.figures), near[0].span.cover(run[-1].span)
        return _Split("grouping", totals, (run[len(lead) :],), lead[-1].span, context, frozenset({"apart", "beyond"}))
    if not total.figures or not _cues().qizhong.match(run[0].text):
        return None
    context = total.span.cover(run[-1].span)
    return _Split("qizhong", total.figures[::-1], (run,), run[0].span, context, frozenset({"apart"}))


def _sentence_splits(sentences: Sequence[Sentence], index: int) -> Iterator[_Split]:
    sentence = sentences[index]
    cues = _cues()
    head: tuple[Figure, ...] = ()
    group: tuple[Figure, ...] = ()
    for n, clause in enumerate(sentence.clauses):
        if clause.before in STRONG:
            group = ()
        rest = sentence.clauses[n : n + MAX_PARTS]
        # What stands between the last semicolon and the cue is what the cue splits, be it of another kind.
        nearest = (group or head)[::-1]
        if cues.qizhong.match(clause.text):
            if (not clause.figures and "、" in clause.text) or (n and _is_rest(sentence.clauses[n - 1])):
                pass  # 其中包括干部、教师等, 其余为间接贸易: what follows is no part of what stands before
            elif head:
                yield _Split("qizhong", nearest, (_until_semicolon(rest), rest), clause.span, sentence.span)
            elif index:
                before = sentences[index - 1]
                facts = frozenset({"apart"})
                context = before.span.cover(sentence.span)
                yield _Split("qizhong", _nearest_totals(before, rest), (rest,), clause.span, context, facts)
        elif cues.grouping.match(clause.text) and len(rest) > 1:
            earlier = tuple(f for s in sentences[max(0, index - _SENTENCES) : index] for f in s.figures)
            context = sentences[max(0, index - _SENTENCES)].span.cover(sentence.span)
            facts = frozenset({"apart", *(["full"] if cues.composition.search(clause.text) else [])})
            yield _Split("grouping", earlier + head, (rest[1:],), clause.span, context, facts)
        elif head and clause.before in ("，", ",") and cues.including.match(clause.text):
            yield _Split("including", nearest, (_until_semicolon(rest), rest), clause.span, sentence.span)
        elif head and clause.before in ("，", ",") and cues.only.match(clause.text):
            named = tuple(f for f in nearest if is_named_in(f, clause.text))
            yield _Split("subset", named, ((clause,),), clause.span, sentence.span)
        elif head and clause.before in ("：", ":"):
            facts = frozenset({"full"} if cues.respectively.search(sentence.clauses[n - 1].text) else ())
            yield _Split("colon", nearest, (rest,), clause.span, sentence.span, facts)
        if len(rest) > 1 and rest[1].figures and cues.among.match(clause.text) and _is_whole_among(clause):
            runs = ((rest[1],), _until_next_whole(rest[1:]))
            yield _Split("among", clause.figures[::-1], runs, clause.span, sentence.span)
        elif len(clause.figures) > 1 and cues.within.match(clause.figures[0].tail):
            run = (replace(clause, figures=clause.figures[1:]), *_until_next_whole(rest[1:]))
            yield _Split("among", clause.figures[:1], (run,), clause.span, sentence.span)
        head = (head + clause.figures)[-_HEAD:]
        group = (group + clause.figures)[-_HEAD:]


def _is_rest(clause: Clause) -> bool:
    """Whether a clause speaks of the rest without its number, which is what 其中 splits then."""
    return not clause.figures and remainders().match(clause.text) is not None


def _is_whole_among(clause: Clause) -> bool:
    """Whether a clause that ends in 中 says among which things (在2300名代办员中), and not where something is (棉衣送到
    灾民手中)."""
    if not clause.figures:
        return False
    figure = clause.figures[-1]
    among = re.sub("(?:之|当)?中$", "", figure.tail)
    if figure.claim.kind is Kind.MEASURE:
        return among in ("", figure.claim.label, f"的{figure.claim.label}")
    return not _PLACING.search(among)


def _nearest_totals(sentence: Sentence, run: Sequence[Clause]) -> tuple[Figure, ...]:
    """The figures of the sentence before 其中, the last first: those behind its last colon where they are of the kind
    that follows (筹集15.7亿元：一是筹措8200万元。其中…)."""
    wanted = {f.claim.dimension for clause in run for f in clause.figures}
    group: tuple[Figure, ...] = ()
    for clause in sentence.clauses:
        group = clause.figures if clause.before in ("：", ":") else group + clause.figures
    return (group if any(f.claim.dimension in wanted for f in group) else sentence.figures)[::-1]


def _until_semicolon(clauses: Sequence[Clause]) -> tuple[Clause, ...]:
    return (*clauses[:1], *takewhile(lambda c: c.before not in STRONG, clauses[1:]))


def _until_next_whole(clauses: Sequence[Clause]) -> tuple[Clause, ...]:
    """The clauses up to the first semicolon or the first that splits another whole (60名中有40名，另60名中有20名)."""
    cues = _cues()
    wholes = (n for n, c in enumerate(clauses) if c.figures and cues.within.match(c.figures[0].tail))
    return _until_semicolon(clauses[: next(wholes, None)])


def _bracket_split(sentence: Sentence, clause: Clause, bracket: Bracket) -> _Split | None:
    if bracket.host is None or not bracket.sentences:
        return None
    end = bisect_right(clause.figures, bracket.host.order, key=lambda figure: figure.order)
    head = clause.figures[max(0, end - _HEAD) : end][::-1]
    items = tuple(c for s in bracket.sentences for c in s.clauses)
    cues = _cues()
    facts = {"bracketed"}
    if cues.qizhong.match(items[0].text):
        form = "qizhong"
    elif cues.including.match(items[0].text):
        form = "including"
    else:
        form = "bracket"
        figures = [f for c in items for f in c.figures]
        if any(cues.aside.search(c.text) for c in items) or len({f.claim.dimension for f in figures}) == len(figures):
            return None  # 12823亿日元（约130日元合1美元）
        if all(c.figures and all(_NAME_ONLY.match(f.lead) and f.aspect in LEVELS for f in c.figures) for c in items):
            facts.add("pairs")
    return _Split(form, head, (items,), bracket.span, sentence.span, frozenset(facts))


def _nodes(split: _Split, outline: Outline, groups: Iterator[int]) -> Iterator[Node]:
    done: set[tuple[str, bool]] = set()
    named = {f.order: f for f in (*split.totals, *(f for c in split.runs[-1] for f in c.figures))}
    beside = [named[order] for order in sorted(named)]
    for figure in (f for c in split.runs[0] for f in c.figures):
        for aspects in (LEVELS, _CHANGES):
            key = (figure.claim.dimension, aspects is _CHANGES)
            if key in done or figure.aspect not in aspects or not may_sum(figure):
                continue
            done.add(key)
            if aspects is _CHANGES and _offset(split, figure):
                continue
            if aspects is LEVELS and any(is_rise_of_net(figure, f) for f in split.totals[:1]):
                continue
            fits = divisible(fits_with(figure, aspects), beside)
            nearest = next((f for f in split.totals if f.claim.dimension == figure.claim.dimension), None)
            if nearest is not None and nearest.claim.kind is Kind.LIST_COUNT:
                continue  # 共4个大项，其中小项40个: what is split is not the number before it
            totals = [f for f in split.totals if fits(f)][:3]
            readings = [parts for run in split.runs for parts in part_readings(run, fits)]
            end = bisect_left(outline.main_starts, split.runs[-1][-1].span.end)
            later = [f for f in outline.main[end : end + _LATER] if fits(f)]
            runs = [run for run in _runs_between_semicolons(split.runs[-1], fits) if _whole(totals, run)]
            if len(runs) > 1:  # 地表水…，地下水…；生活…，工业…，农业…: one total split twice
                for run in runs:
                    yield from _likeliest(split, totals, [run], (), next(groups))
                continue
            for total_choice, choices in _paired_by_name(split, totals, readings):
                yield from _likeliest(split, total_choice, choices, later, next(groups))


def _offset(split: _Split, change: Figure) -> bool:
    """Whether a change of the same kind goes the other way: then the parts are no parts of the whole's change."""
    return any(
        f.aspect is Aspect.CHANGE and f.claim.dimension == change.claim.dimension and f.sign != change.sign
        for clause in split.runs[-1]
        for f in clause.figures
    )


def _runs_between_semicolons(clauses: Sequence[Clause], fits: Callable[[Figure], bool]) -> list[tuple[Figure, ...]]:
    """The fitting figures of each part of a sentence between semicolons."""
    runs: list[list[Figure]] = [[]]
    for clause in clauses:
        if clause.before in STRONG:
            runs.append([])
        runs[-1] += [f for f in clause.figures if fits(f)]
    return [tuple(run[:MAX_PARTS]) for run in runs]


def _whole(totals: Sequence[Figure], parts: tuple[Figure, ...]) -> bool:
    return len(parts) > 1 and any(is_even(total, parts) for total in totals[:1])


def _paired_by_name(
    split: _Split, totals: Sequence[Figure], readings: Sequence[tuple[Figure, ...]]
) -> Iterator[tuple[Sequence[Figure], Sequence[tuple[Figure, ...]]]]:
    """The totals with the readings of their parts. Of several totals before one cue
    (受理25.4万件，办结23.1万件，其中…受理…， 办结…) each takes the parts that are called like it; parts called like
    none are only bound where they come out even."""
    if len(totals) < 2 or "bracketed" in split.facts:
        yield totals, readings
        return
    for total in totals:
        for parts in dict.fromkeys(readings):
            if len(parts) > 1 and total not in parts and is_even(total, parts):
                yield [total], [parts]
                return
    namesakes = {part: namesake(part, totals) for part in dict.fromkeys(p for parts in readings for p in parts)}
    for total in totals:
        own = [tuple(p for p in parts if namesakes[p] is total) for parts in readings]
        if named := [parts for parts in own if parts]:
            yield [total], named


def _likeliest(
    split: _Split,
    totals: Sequence[Figure],
    readings: Sequence[tuple[Figure, ...]],
    later: Sequence[Figure],
    group: int,
) -> Iterator[Node]:
    """The reading that comes out even, be it with a part that is named later (此外上缴2亿元，也包括在内); else one
    that a slip explains, else the likeliest by the wording alone."""
    likeliest: tuple[int, Figure, tuple[Figure, ...], frozenset[str]] | None = None
    for total in totals:
        for parts in dict.fromkeys(readings):
            if total in parts:
                continue
            parts = without_overlap(total, parts)
            even = len(parts) > 1 and is_even(total, parts)
            if len(parts) > 1 and not even:
                gap = total.claim.value - together(f.claim.value for f in parts)
                missing = tuple(f for f in later if f.claim.value == gap and f is not total)[:1]
                parts, even = parts + missing, bool(missing)
            features = features_of_split(total, parts, split.facts) - _foreign(split, total, parts, readings)
            if not even and not features & {"partition", "full", "slip", "clear_slip"}:
                parts = up_to_excess(total, parts)
                features = features_of_split(total, parts, split.facts) - _foreign(split, total, parts, readings)
            if total.aspect is Aspect.CHANGE or is_net(total):
                # A part may rise by more than the whole where another falls: nothing but an even sum says much.
                # … but for one that names all parts, of which none falls.
                certain = {"closed"} if {"partition", "closed"} <= features and total.aspect is Aspect.CHANGE else set()
                features = features - {"closed", "disjoint", "separate"} | {"changes"} | certain
            if "beyond" in features and not even:  # the total of another paragraph may be another one
                features -= {"closed"}
            rank = 0 if even else next((n for n, of in enumerate(_RANKS, 1) if features & of), len(_RANKS) + 1)
            if likeliest is None or rank < likeliest[0]:
                likeliest = (rank, total, parts, features)
    if likeliest is None:
        return
    _, total, parts, features = likeliest
    farther = split.form == "qizhong" and total is not split.totals[0]
    opening = next(clause for clause in split.runs[0] if clause.figures)
    alone = not features & {"closed", "clear_slip", "slip"}
    unfounded = alone and is_unfounded_excess(total, parts, opening, bool({"apart", "beyond"} & split.facts))
    if not (unfounded or (farther and are_of_another(total, parts))):
        yield Node(
            kind="breakdown",
            form=split.form,
            span=split.context,
            slots=(("total", (total,)), ("parts", parts)),
            cue=split.cue,
            features=features,
            group=group,
        )


def _foreign(
    split: _Split, total: Figure, parts: Sequence[Figure], readings: Sequence[tuple[Figure, ...]]
) -> frozenset[str]:
    """What a gap says nothing of: parts that exceed their total where 其中 stands in its sentence and the last of them
    follows a semicolon, where another total may stand beside it (二产708亿元，其中工业708亿元；三产571亿元); and parts
    that break off where 、 joins the next one to them."""
    beyond = "apart" not in split.facts and parts[-1].span.end > split.runs[0][-1].span.end
    if beyond and together(f.claim.value for f in parts) >= total.claim.value:
        return frozenset({"slip", "clear_slip"})
    return frozenset({"slip", "clear_slip"}) if breaks_off(parts, readings) else frozenset()
