"""Finds changes: what a quantity was, what it became, by how much and by what share it changed.

A node of kind `change` has the slots `before`, `after`, `change` and `growth`; a slot is empty where the text says
nothing. Forms: `average`, `average-ends` (see years.py), `periods` (both values are stated elsewhere for their periods,
see series.py), `from-to` (由A增加到B, with or without the change and the growth; several at once: paired.py), `stated`
(see stated.py), `multiplied` (see multiplied.py), `chained` (see chained.py), `change-growth` (B，增加d，增长g: the
start is B − d), `change-of-base` (与A相比，增加d，增长g), `difference` (B，比A多d; see also compared_base.py), `gap`
(see gaps.py), `index` (see indexed.py), `years` (see yearly.py). The feature `fell` says that the wording speaks of a
fall, `neutral` that it speaks of neither rise nor fall, `comparable` that growth may be at comparable prices.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import count, pairwise, takewhile

from audit.claim import Kind
from audit.outline.chained import find_chained
from audit.outline.change_said import (
    amounts_after,
    change_node,
    is_growth,
    is_same_subject,
    may_move,
    verbs,
    without_spans,
)
from audit.outline.compared_base import find_compared, reference
from audit.outline.cues import one_of, table
from audit.outline.gaps import find_gaps
from audit.outline.indexed import find_indices
from audit.outline.level_elsewhere import level_elsewhere
from audit.outline.multiplied import find_multiplied
from audit.outline.naming import core, likeness, name_of
from audit.outline.outline import Outline
from audit.outline.paired import find_paired, paired_runs
from audit.outline.parts import is_net
from audit.outline.series import find_series
from audit.outline.stated import find_stated, starts_from, without_past
from audit.outline.tree import Aspect, Figure, Node, Sentence
from audit.outline.yearly import find_yearly
from audit.outline.years import find_average_of_ends, find_averages

_KINDS = frozenset({Kind.AMOUNT, Kind.COUNT, Kind.MEASURE, Kind.PERCENT, Kind.PER})
_REACH = 20
"""How many figures back the level is looked for that a change led to."""
_COUNTED = re.compile("[起件户宗次]数$")
"""What only says in what a thing is counted (火灾起数减少137起)."""
_SKIPPED = 4
"""How many figures back the level is looked for that is compared with another."""
_SCALES = ("万", "亿", "萬", "億")
_PARTING = "；;。"
_LEVELS = frozenset({Aspect.LEVEL, Aspect.END, Aspect.RATE, Aspect.SHARE, Aspect.EACH})


def find_changes(outline: Outline) -> Iterator[Node]:
    """The changes of a document, in text order."""
    groups = count()
    yield from map(_noted(outline), find_series(outline, "change", groups))
    yield from find_chained(outline, groups)
    yield from find_averages(outline, groups)
    yield from map(_noted(outline), find_yearly(outline, groups))
    for sentences in outline.streams:
        for index, sentence in enumerate(sentences):
            if not sentence.figures:
                continue
            found = (
                *_from_to(outline, sentence, groups),
                *find_paired(sentence, groups),
                *find_stated(outline, sentence, groups),
                *_change_growth(outline, sentences, index, groups),
                *_growth_first(sentence, groups),
                *_differences(sentence, groups),
                *find_compared(outline, sentences, index, groups),
                *find_gaps(outline, sentence, groups),
                *find_indices(outline, sentence, groups),
            )
            yield from map(_noted(outline), found)


def _noted(outline: Outline) -> Callable[[Node], Node]:
    """Adds the feature `comparable` to a node where its text speaks of comparable prices."""

    def noted(node: Node) -> Node:
        said, own = node.span.of(outline.text), _own_part(outline.text, node)
        may_be = _comparable("words").search(said) or _comparable("quantities").search(own)
        return replace(node, features=node.features | {"comparable"}) if may_be else node

    return noted


def _own_part(text: str, node: Node) -> str:
    """What the text says of the node's figures, between the semicolons or full stops around them."""
    figures = [figure.span for figure in node.slot("")]
    first, last = min(f.start for f in figures), max(f.end for f in figures)
    start = max(text.rfind(mark, node.span.start, first) for mark in _PARTING) + 1
    ends = [end for mark in _PARTING if (end := text.find(mark, last, node.span.end)) >= 0]
    return text[max(start, node.span.start) : min(ends, default=node.span.end)]


def _from_to(outline: Outline, sentence: Sentence, groups: Iterator[int]) -> Iterator[Node]:
    figures = sentence.figures
    paired = {ends[0].order for _, ends in paired_runs(figures)}
    for n, start in enumerate(figures[:-1]):
        end = figures[n + 1]
        if (
            end.order in paired
            or end.aspect is not Aspect.END
            or not (start.aspect is Aspect.START or _becomes(start, end))
        ):
            continue
        if start.claim.kind not in _KINDS or not _are_alike(start, end):
            continue
        neutral = end.sign > 0 and not _rises().search(end.lead)
        change, growth = amounts_after(figures[n + 2 : n + 4], end, 0 if neutral else end.sign)
        if not change and n:
            change = _change_before(figures[n - 1], start, end)
        facts = frozenset({"neutral"} if neutral else ())
        yield change_node("from-to", (start,), (end,), change, growth, sentence.span, next(groups), 0, facts)
        yield from find_average_of_ends(outline, sentence, n, groups)
        yield from find_multiplied(start, end, next(iter(figures[n + 2 : n + 3]), None), groups)


def _change_before(change: Figure, start: Figure, end: Figure) -> tuple[Figure, ...]:
    """The change stated right before what it led from and to (收支增加235亿元，总收支从3597亿元调整为3832亿元)."""
    subject = core(verbs().sub("", change.lead))
    told = change.aspect is Aspect.CHANGE and change.claim.dimension == end.claim.dimension
    goes = 1 if end.claim.value > start.claim.value else -1
    return (change,) if told and len(subject) > 1 and subject in start.lead and change.sign == goes else ()


def _are_alike(start: Figure, end: Figure) -> bool:
    """Whether two figures are in one unit, which the first may leave to the second (从1500万减少到486万人)."""
    a, b = start.claim, end.claim
    return a.dimension == b.dimension or not a.unit and a.kind is b.kind is Kind.COUNT


@cache
def _rises() -> re.Pattern[str]:
    """How a text says that a quantity rose to what follows, and not only what became of it (由36个调整为32个)."""
    change = table("cues")["change"]
    return re.compile(f"{one_of([*change['rise'], *change['becoming'], '扩'])}[^到至]{{0,6}}[到至为]")


def _differences(sentence: Sentence, groups: Iterator[int]) -> Iterator[Node]:
    """完成12亿元，比预算数28亿元少16亿元; 人均3862元，与全省4275元相比少413元; 1350件，比上年的2250件减少40%."""
    figures = without_spans(sentence.figures)
    for n, (base, moved) in enumerate(pairwise(figures)):
        if base.aspect is not Aspect.START or not reference().match(base.lead):
            continue
        same = moved.claim.dimension == base.claim.dimension
        points = moved.claim.kind is Kind.POINTS and base.claim.kind is Kind.PERCENT
        if moved.aspect is not Aspect.CHANGE or not (same or points):
            if not is_growth(moved) or base.claim.kind is Kind.PERCENT or not is_same_subject(moved):
                continue
        level = figures[n - 1] if n else None
        for figure in reversed(figures[max(0, n - _SKIPPED) : n]):
            if figure.aspect in _LEVELS and figure.claim.dimension == base.claim.dimension:
                level = figure
                break
        if level is not None and level.claim.dimension == base.claim.dimension:
            rate = is_growth(moved)
            change, growth = (() if rate else (moved,)), ((moved,) if rate else ())
            yield change_node("difference", (base,), (level,), change, growth, sentence.span, next(groups))


def _becomes(start: Figure, end: Figure) -> bool:
    """Whether the second figure says what became of the first: in its clause (47只肉羊已发展到100余只), or in the next
    one, which names nothing else then (2003年58万册，2004年则增至126万册)."""
    if start.aspect is not Aspect.LEVEL or re.search("[、和及与]", end.lead):
        return False
    if start.tail:
        return end.lead.startswith(start.tail)
    said = core(_moved().sub("", end.lead))
    return len(said.translate(_adverbs())) < 2


@cache
def _adverbs() -> dict[int, None]:
    """What a clause that goes on speaking of the same thing has before its verb, struck out."""
    return dict.fromkeys(map(ord, table("cues")["change"]["adverbs"]))


@cache
def _moved() -> re.Pattern[str]:
    """What a text says of a quantity that rose or fell to what follows."""
    change = table("cues")["change"]
    return re.compile(f"{one_of([*change['rise'], *change['fall'], *change['becoming']])}[到至为].*$")


def _change_growth(
    outline: Outline, sentences: Sequence[Sentence], index: int, groups: Iterator[int]
) -> Iterator[Node]:
    figures = without_spans(sentences[index].figures)
    for n, change, growth in _changes_with_growth(figures):
        if (
            not is_growth(growth)
            or change.claim.kind not in (Kind.AMOUNT, Kind.COUNT, Kind.MEASURE)
            or change.sign != growth.sign
            or (n > 1 and figures[n - 1].aspect is Aspect.END and figures[n - 2].aspect is Aspect.START)
        ):
            continue
        group = next(groups)
        base = figures[n - 1] if n else None
        if base is not None and base.aspect is Aspect.START and base.claim.dimension == change.claim.dimension:
            yield change_node("change-of-base", (base,), (), (change,), (growth,), sentences[index].span, group)
            continue
        readings = list(_levels(sentences, index, n, figures[n], change))
        if not readings and (level := level_elsewhere(outline, figures[n], change, growth)):
            readings = [(level, frozenset({"named"}))]
        for reading, (level, facts) in enumerate(readings):
            context = sentences[index].span.cover(level.span)
            if starts_from(level, change):
                yield change_node("change-of-base", (level,), (), (change,), (growth,), context, group)
                break
            yield change_node("change-growth", (), (level,), (change,), (growth,), context, group, reading, facts)


def _changes_with_growth(figures: Sequence[Figure]) -> Iterator[tuple[int, Figure, Figure]]:
    """(the place of the first of them, a change, its growth), also of several given together: 减少150起、12人，分别下降
    10.7%和11.1%."""
    for n, (first, second) in enumerate(pairwise(figures)):
        if first.aspect is Aspect.GROWTH and second.aspect is Aspect.CHANGE and not second.lead.startswith("即"):
            if is_same_subject(second) and "分别" not in first.lead:
                yield n, second, first
        elif first.aspect is Aspect.CHANGE and second.aspect is Aspect.GROWTH:
            rates = [second, *takewhile(_is_coordinated, figures[n + 2 :])]
            start = n + 1 - len(rates)
            changes = figures[max(0, start) : n + 1]
            if len(rates) == 1:
                # 病例和发病率分别下降320例和7.4%: of one each
                if is_same_subject(second) and "分别" not in first.lead:
                    yield n, first, second
            elif len(changes) == len(rates) and all(map(_is_coordinated, changes[1:])):
                if changes[0].aspect is Aspect.CHANGE and not _is_coordinated(changes[0]):
                    yield from zip(count(start), changes, rates)


def _is_coordinated(figure: Figure) -> bool:
    """Whether the figure is given together with the one before it."""
    return figure.lead in table("cues")["coordination"]["words"]


@cache
def _comparable(what: str) -> re.Pattern[str]:
    return re.compile(one_of(table("cues")["comparable"][what]))


def _growth_first(sentence: Sentence, groups: Iterator[int]) -> Iterator[Node]:
    """粮食增长17.6%，即增产578亿斤，到1957年达到3856亿斤."""
    figures = sentence.figures
    for growth, change, after in zip(figures, figures[1:], figures[2:], strict=False):
        if (
            growth.aspect is Aspect.GROWTH
            and growth.claim.kind is Kind.PERCENT
            and change.aspect is Aspect.CHANGE
            and change.lead.startswith("即")
            and change.sign == growth.sign
            and after.aspect in _LEVELS
            and after.claim.dimension == change.claim.dimension
        ):
            facts = frozenset({"near"})
            yield change_node(
                "change-growth", (), (after,), (change,), (growth,), sentence.span, next(groups), 0, facts
            )


def _levels(
    sentences: Sequence[Sentence], index: int, n: int, first: Figure, change: Figure
) -> Iterator[tuple[Figure, frozenset[str]]]:
    """The levels that the change can have led to, likeliest first: those in its sentence, of several the ones called
    like the change (81649人死亡、380442人受伤，死亡人数减少7806人); else those of the same name in the sentences
    before."""
    figures = without_spans(sentences[index].figures)
    near = [
        f
        for f, following in zip(figures[max(0, n - _REACH) : n], figures[max(0, n - _REACH) + 1 : n + 1], strict=True)
        if _is_level(f, change) and not _is_base_of(f, following)
    ]
    near = without_past(near)
    if len(near) > 1 and is_net(change) and near[-2].claim.value - near[-1].claim.value == change.claim.value:
        return  # 新设6.2万户，注销4.4万户，净增1.8万户，增长11%: of neither, nor of what stands before them
    subject = _COUNTED.sub("", verbs().sub("", first.lead))
    noun = core(subject)
    if len(noun) > 1:
        near = [f for f in near if f.tail.startswith(noun[:2])] or [f for f in near if _is_called(f, subject)]
    if near and not _another_begins(sentences[index], near[-1], change):
        yield near[-1], frozenset({"near"})
        for figure in reversed(near[:-1]):
            if near[-1].lead in ("和", "、", "及", "与"):
                yield figure, frozenset({"near"})
        return
    for sentence in reversed(sentences[max(0, index - 5) : index]):
        levels = [f for f in sentence.figures if _is_level(f, change)]
        told = [f for f in levels if len(noun) > 1 and f.tail.startswith(noun[:2])]
        for figure in told or [f for f in levels if _is_called(f, subject)]:
            yield figure, frozenset({"named"})


def _another_begins(sentence: Sentence, level: Figure, change: Figure) -> bool:
    """Whether a clause without figures after a semicolon names another subject in between (鲜果罐头销售58.36亿元，
    增长7.25%；其余为菌菇罐头等，同比增加3.18亿元)."""
    return any(
        c.before in ("；", ";")
        and not c.figures
        and level.span.end < c.span.start < change.span.start
        and len(core(verbs().sub("", c.text))) > 1
        for c in sentence.clauses
    )


def _is_level(figure: Figure, change: Figure) -> bool:
    """Whether a figure can be what a change led to: a level in its unit, which a change in 万 or 亿 may leave to it."""
    unit_left = not change.claim.unit and change.claim.kind is Kind.COUNT and change.claim.text[-1:] in _SCALES
    same = figure.claim.dimension == change.claim.dimension
    kin = same or (unit_left and figure.claim.kind in (Kind.AMOUNT, Kind.COUNT))
    return figure.aspect in _LEVELS and kin and may_move(figure, change)


def _is_base_of(figure: Figure, following: Figure) -> bool:
    """Whether the figure is only what the next percentage is of (完成全年计划数2450吨的62.8%)."""
    return figure.tail.startswith("的") and following.claim.kind is Kind.PERCENT


def _is_called(figure: Figure, subject: str) -> bool:
    name = name_of(figure)
    return likeness(name, subject) > 0 or likeness(subject, name) > 0
