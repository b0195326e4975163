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
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from itertools import count, pairwise

from audit.claim import Kind
from audit.outline.divisible import divisible
from audit.outline.excess import (
    are_of_another,
    breaks_off,
    holds_farther,
    is_chance,
    is_named,
    is_unfounded_excess,
    up_to_excess,
    without_overlap,
)
from audit.outline.itemized import find_itemized
from audit.outline.naming import namesake
from audit.outline.outline import Outline
from audit.outline.part_readings import STRONG, part_readings
from audit.outline.parts import (
    LEVELS,
    MAX_PARTS,
    are_said_to_overlap,
    features_of_parts,
    features_of_split,
    fits_with,
    is_even,
    is_loosely_even,
    is_net,
    is_rise_of_net,
    may_sum,
    slip_odds,
)
from audit.outline.restated import Restated, find_restated, wholes_in_a_row
from audit.outline.splits import Split, find_splits
from audit.outline.tree import Aspect, Clause, Figure, Node
from audit.quantity.exact import total as together
from audit.quantity.interval import Interval

_CHANGES = frozenset({Aspect.CHANGE})
_HUNDRED = Interval.point(Fraction(100))
_SEVERAL = 3
"""So many averages hardly make up another by chance."""
_HARDLY = 20
"""A list that leaves out no more than this part of its total names all but trifles."""
_LATER = 6
"""How many figures of the paragraph after a breakdown are looked through for one that makes up a gap."""
_CLAUSE_END = re.compile("[，；;]|,(?![0-9])")
_RANKS = (frozenset({"clear_slip"}), frozenset({"partition"}), frozenset({"slip"}))
"""What speaks for one of several readings that do not come out even, the strongest first."""


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around a breakdown: the shares behind figures, the fitting figures behind it in its paragraph, and
    the next ones wherever they stand."""

    shares: Mapping[int, Figure]
    later: Sequence[Figure] = ()
    following: Sequence[Figure] = ()


@lru_cache(maxsize=1)
def find_breakdowns(outline: Outline) -> tuple[Node, ...]:
    """The breakdowns of a document, in no particular order; shares look at them too."""
    return tuple(_breakdowns(outline))


def _breakdowns(outline: Outline) -> Iterator[Node]:
    groups = count()
    for split in find_splits(outline):
        if are_said_to_overlap(outline.text, split.cue.start, split.context.end):
            split = replace(split, facts=split.facts | {"shared"})
        yield from _nodes(split, outline, groups)
        yield from _of_averages(split, groups)
    for restated in find_restated(outline):
        yield from _of_restated(restated, _shares_behind(outline), groups)
    yield from find_itemized(outline, groups)


def _of_restated(restated: Restated, shares: Mapping[int, Figure], groups: Iterator[int]) -> Iterator[Node]:
    """The breakdowns of a total that the text names again: all that come out even, else one that does not reach the
    total or that a slip explains."""
    span = restated.totals[-1].span.cover(restated.clauses[-1].span)
    split = Split("among", restated.totals, (restated.clauses,), restated.cue, span, frozenset({"apart", "restated"}))
    for dimension in dict.fromkeys(f.claim.dimension for f in restated.totals):
        totals = [f for f in restated.totals if f.claim.dimension == dimension][:3]
        fits = divisible(fits_with(totals[0], LEVELS), ())
        parts = [f for clause in restated.clauses for f in clause.figures if fits(f)]
        # 全国人口[1]14.4亿人，其中大陆14.1亿人…。全国人口[2]中，男性…，女性…: its note tells which is meant
        tried = (*totals, *(f for f in restated.others if f.claim.dimension == dimension))
        wholes = next((w for total in tried if (w := [(total, run) for run in wholes_in_a_row(total, parts)])), [])
        for total, run in wholes:
            yield from _likeliest(split, [total], [run], _Around(shares), next(groups))
        if not wholes and restated.sure:
            readings = [r for r in part_readings(restated.clauses, fits) if len(r) > 1]
            for node in _likeliest(split, totals[:1], readings, _Around(shares), next(groups)):
                exceeds = together(f.claim.value for f in node.slot("parts")) > totals[0].claim.value
                if not exceeds or node.features & {"slip", "clear_slip"}:
                    yield node


def _nodes(split: Split, outline: Outline, groups: Iterator[int]) -> Iterator[Node]:
    done: set[tuple[str, bool]] = set()
    shares = _shares_behind(outline)
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
            until = outline.paragraph_end(split.cue.start)
            following = [f for f in outline.main[end : end + _LATER] if fits(f)]
            around = _Around(shares, [f for f in following if f.span.end <= until], following)
            runs = [run for run in _runs_between_semicolons(split.runs[-1], fits) if _whole(totals, run)]
            if _strays(split, figure, nearest, outline.text) and not any(_whole(totals, parts) for parts in readings):
                continue
            if len(runs) > 1:  # 地表水…，地下水…；生活…，工业…，农业…: one total split twice
                for run in runs:
                    yield from _likeliest(split, totals, [run], _Around(shares), next(groups))
                continue
            for total_choice, choices in _paired_by_name(split, totals, readings):
                yield from _likeliest(split, total_choice, choices, around, next(groups))


def _strays(split: Split, figure: Figure, nearest: Figure | None, text: str) -> bool:
    """Whether a figure of another kind follows the parts in a clause of its own, and its total stands in another clause
    than the one that 其中 splits (出动民警500名，查获船只4艘，其中货船3艘，抓获嫌疑人64名)."""
    if split.form != "qizhong" or "apart" in split.facts or nearest is None or nearest is split.totals[0]:
        return False
    opening = next(clause for clause in split.runs[0] if clause.figures)
    between = text[nearest.span.end : split.totals[0].span.start]
    return figure not in opening.figures and _CLAUSE_END.search(between) is not None


def _of_averages(split: Split, groups: Iterator[int]) -> Iterator[Node]:
    """The averages of a grouping that make up another to the digit, as those of one set do (按收入来源分，人均工资性
    收入23418元；人均经营净收入5873元；…) and those of town and country do not."""
    each = [f for c in split.runs[-1] for f in c.figures if f.aspect is Aspect.EACH] if split.form == "grouping" else []
    for total in (f for f in split.totals if each and f.aspect is Aspect.EACH):
        alike = [f for f in each if (f.claim.dimension, f.claim.per) == (total.claim.dimension, total.claim.per)]
        parts = next((alike[:n] for n in range(_SEVERAL, len(alike) + 1) if is_even(total, alike[:n])), [])
        if parts:
            facts = split.facts | {"full"}
            yield Node(
                kind="breakdown",
                form=split.form,
                span=split.context,
                slots=(("total", (total,)), ("parts", tuple(parts))),
                cue=split.cue,
                features=features_of_split(total, parts, facts),
                group=next(groups),
            )
            return


def _offset(split: Split, change: Figure) -> bool:
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
    split: Split, totals: Sequence[Figure], readings: Sequence[tuple[Figure, ...]]
) -> Iterator[tuple[Sequence[Figure], Sequence[tuple[Figure, ...]]]]:
    """The totals with the readings of their parts. Of several totals before one cue
    (受理25.4万件，办结23.1万件，其中…受理…， 办结…) each takes the parts that are called like it; parts called like
    none are only bound where they come out even, a single one where the nearest total is no smaller."""
    if len(totals) < 2 or "bracketed" in split.facts:
        yield totals, readings
        return
    for total in totals:
        for parts in dict.fromkeys(readings):
            if len(parts) > 1 and total not in parts and is_even(total, parts):
                if not _breaks_off_at_zero(parts, readings):
                    yield [total], [parts]
                    return
    namesakes = {part: namesake(part, totals) for part in dict.fromkeys(p for parts in readings for p in parts)}
    for total in totals:
        own = [tuple(p for p in parts if namesakes[p] is total) for parts in readings]
        if named := [parts for parts in own if parts]:
            yield [total], named
    if len(namesakes) == 1 and not any(namesakes.values()):
        ((part, _),) = namesakes.items()
        if part.claim.value < totals[0].claim.value:
            yield totals[:1], [(part,)]


def _likeliest(
    split: Split,
    totals: Sequence[Figure],
    readings: Sequence[tuple[Figure, ...]],
    around: _Around,
    group: int,
) -> Iterator[Node]:
    """The reading that comes out even, be it with a part that is named later (此外上缴2亿元，也包括在内); else one
    that a slip explains, else the likeliest by the wording alone."""
    if any(_make_up_rise(split, total, parts) for total in totals for parts in readings):
        return
    likeliest: tuple[int, Figure, tuple[Figure, ...], frozenset[str]] | None = None
    for total in totals:
        for parts in dict.fromkeys(readings):
            if total in parts or _goes_on(total, parts, readings):
                continue
            if "partition" not in features_of_parts(parts):
                parts = without_overlap(total, parts)
            even = len(parts) > 1 and is_even(total, parts) and not _breaks_off_at_zero(parts, readings)
            if len(parts) > 1 and not even:
                gap = total.claim.value - together(f.claim.value for f in parts)
                missing = tuple(f for f in around.later if f.claim.value == gap and f is not total)[:1]
                missing = () if is_chance(total, around.later) else missing
                parts, even = parts + missing, bool(missing)
            elif len(parts) == 1 and (twin := _twin(total, parts[0], around.following)):
                parts, even = (*parts, twin), True
            facts = split.facts | ({"full"} if _share_all(parts, around.shares) else set())
            features = features_of_split(total, parts, facts) - _foreign(split, total, parts, readings)
            if not even and not features & {"partition", "full", "slip", "clear_slip"}:
                parts = up_to_excess(total, parts)
                features = features_of_split(total, parts, split.facts) - _foreign(split, total, parts, readings)
            if total.aspect is Aspect.CHANGE or is_net(total):
                # A part may rise by more than the whole where another falls: nothing but an even sum says much.
                # … but for one that names all parts, of which none falls.
                certain = {"closed"} if {"partition", "closed"} <= features and total.aspect is Aspect.CHANGE else set()
                features = features - {"closed", "disjoint", "separate"} | {"changes"} | certain
            known = "called" in features and slip_odds(total, parts)[0] > 0
            if "beyond" in features and not (even or known):  # the total of another paragraph may be another one
                features -= {"closed"}
            rank = 0 if even else next((n for n, of in enumerate(_RANKS, 1) if features & of), len(_RANKS) + 1)
            if likeliest is not None and not rank and likeliest[0] == 1 and is_loosely_even(total, parts):
                if set(parts) < set(likeliest[2]):
                    continue  # that a part rounded to whole 亿 leaves room says less than a slip that fits to the digit
            if likeliest is None or rank < likeliest[0]:
                likeliest = (rank, total, parts, features)
    if likeliest is None:
        return
    _, total, parts, features = likeliest
    farther = split.form == "qizhong" and total is not split.totals[0]
    opening = next(clause for clause in split.runs[0] if clause.figures)
    alone = not features & {"closed", "clear_slip", "slip"}
    unfounded = alone and is_unfounded_excess(total, parts, opening, bool({"apart", "beyond"} & split.facts))
    if split.form == "qizhong" and holds_farther(split.totals, total, parts):
        # 教师11人，其中讲师5人、助教4人，其中5人有博士学位: the 5 are some of the 11
        unfounded = unfounded or not is_named(parts[0])
        features |= {"elsewhere"}
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


def _goes_on(total: Figure, parts: tuple[Figure, ...], readings: Sequence[tuple[Figure, ...]]) -> bool:
    """Whether parts that are called like all there are leave out of their total hardly more than the next ones of the
    list (贷款增加172亿元，其中短期贷款增加31亿元，中长期贷款增加118亿元，票据融资增加21亿元)."""
    if "partition" not in features_of_parts(parts) or is_even(total, parts):
        return False
    longer = (together(f.claim.value for f in r) for r in readings if len(r) > len(parts) and r[: len(parts)] == parts)
    return any(0 <= total.claim.value - value <= total.claim.value / _HARDLY for value in longer)


def _make_up_rise(split: Split, total: Figure, parts: Sequence[Figure]) -> bool:
    """Whether parts make up what a total has risen by (由1200个增加到1850个，其中新建420个、改建230个)."""
    start = next((f for f in split.totals if f.order == total.order - 1), None)
    if total.aspect is not Aspect.END or start is None or start.aspect is not Aspect.START:
        return False
    return together(f.claim.value for f in parts) == total.claim.value - start.claim.value


def _twin(total: Figure, part: Figure, later: Sequence[Figure]) -> Figure | None:
    """The next of the figures behind a sole part that makes up its total and whose name is the other half of what the
    part's begins (其中：公务用车购置18万元。…。公务用车运行9.46万元)."""
    gap = total.claim.value - part.claim.value
    found = next((f for f in later if f.claim.value == gap and "partition" in features_of_parts((part, f))), None)
    return found if found is not None and not part.claim.hedge and not found.claim.hedge else None


def _breaks_off_at_zero(parts: tuple[Figure, ...], readings: Sequence[tuple[Figure, ...]]) -> bool:
    """Whether parts come out even only because one of them is all of the total and the others are nothing, where the
    text names further ones (出国费0万元，公务用车费27.46万元，接待费1.22万元)."""
    if sorted(p.claim.value for p in parts)[:-1] != [0] * (len(parts) - 1):
        return False
    return any(len(reading) > len(parts) and reading[: len(parts)] == parts for reading in readings)


def _share_all(parts: Sequence[Figure], shares: Mapping[int, Figure]) -> bool:
    """Whether the shares that the text gives right behind the parts leave nothing over (…，占64.5%；…，占35.5%)."""
    own = [shares.get(part.order) for part in parts]
    if len(parts) < 2 or None in own:
        return False
    return Interval.total([share.claim.interval for share in own if share is not None]).meets(_HUNDRED)


@lru_cache(maxsize=1)
def _shares_behind(outline: Outline) -> Mapping[int, Figure]:
    """The percentage that stands right behind a figure and is called its share, by the figure's order."""
    return {
        figure.order: share
        for figure, share in pairwise(outline.figures)
        if share.claim.kind is Kind.PERCENT and share.aspect is Aspect.SHARE
    }


def _foreign(
    split: Split, total: Figure, parts: Sequence[Figure], readings: Sequence[tuple[Figure, ...]]
) -> frozenset[str]:
    """What a gap says nothing of: parts that exceed their total where 其中 stands in its sentence and the last of them
    follows a semicolon, where another total may stand beside it (二产708亿元，其中工业708亿元；三产571亿元); and parts
    that break off where 、 joins the next one to them."""
    beyond = "apart" not in split.facts and parts[-1].span.end > split.runs[0][-1].span.end
    if beyond and together(f.claim.value for f in parts) >= total.claim.value:
        return frozenset({"slip", "clear_slip"})
    return frozenset({"slip", "clear_slip"}) if breaks_off(parts, readings) else frozenset()
