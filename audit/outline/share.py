"""Finds shares: a percentage, the figure it is the share of, and the base it is measured against.

A node of kind `share` has the slots `part`, `base` and `share`. Several possible bases or parts are alternative
readings of one group, likeliest first. Forms: `named` (the text names the base: 占总播种面积的49.3%), `breakdown` (it names
none, and the part stands in a breakdown whose total is the base), `plan` (完成年初预算的95.45%).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import count

from audit.claim import Kind
from audit.outline.breakdown import find_breakdowns
from audit.outline.naming import core, likeness, name_of
from audit.outline.outline import Outline
from audit.outline.tree import Aspect, Clause, Figure, Node, Sentence

_STATED = frozenset({Aspect.LEVEL, Aspect.END, Aspect.CHANGE})
_KINDS = frozenset({Kind.AMOUNT, Kind.COUNT, Kind.MEASURE})
_PHRASE = re.compile(r"(?:占|完成了?|为|达到?)(?P<base>[^占]*?)的?(?:比重|比例|份额|股权|股份|比率|权益)?(?:的|为|是|达|达到|约|均|仅|只|分别)*$")
_REACH = 40
"""How many figures back a named base is looked for."""


def find_shares(outline: Outline) -> Iterator[Node]:
    """The shares of a document, in text order."""
    groups = count()
    totals = _totals_of_parts(outline)
    for sentences in _streams(outline):
        for sentence in sentences:
            yield from _sentence_shares(outline, sentence, totals, groups)


def _streams(outline: Outline) -> Iterator[Sequence[Sentence]]:
    for paragraph in outline.paragraphs:
        streams: list[Sequence[Sentence]] = [paragraph.sentences]
        while streams:
            sentences = streams.pop()
            yield sentences
            streams += [b.sentences for s in sentences for c in s.clauses for b in c.brackets]


def _totals_of_parts(outline: Outline) -> dict[int, list[Figure]]:
    """For each part of a breakdown (by its order) the totals it is split from, likeliest first."""
    totals: dict[int, list[Figure]] = {}
    for node in find_breakdowns(outline):
        (total,) = node.slot("total")
        for part in node.slot("parts"):
            known = totals.setdefault(part.order, [])
            if total not in known and len(known) < 3:
                known.append(total)
    return totals


def _sentence_shares(
    outline: Outline, sentence: Sentence, totals: dict[int, list[Figure]], groups: Iterator[int]
) -> Iterator[Node]:
    earlier: list[Figure] = []
    for clause in sentence.clauses:
        for figure in clause.figures:
            if figure.claim.kind is Kind.PERCENT and figure.aspect in (Aspect.SHARE, Aspect.COMPLETION):
                yield from _share_nodes(outline, clause, figure, earlier, totals, next(groups))
            earlier.append(figure)
        for bracket in clause.brackets:
            inner = bracket.figures
            if bracket.host is not None and len(inner) >= 1 and inner[0].aspect is Aspect.SHARE and not inner[0].lead[1:]:
                pass


def _share_nodes(
    outline: Outline,
    clause: Clause,
    share: Figure,
    earlier: Sequence[Figure],
    totals: dict[int, list[Figure]],
    group: int,
) -> Iterator[Node]:
    match = _PHRASE.search(share.lead)
    phrase = match["base"] if match else ""
    subject = share.lead[: match.start()] if match else ""
    rank = 0
    for part in _parts(clause, share, subject, earlier):
        for base, form, features in _bases(outline, share, phrase, part, totals):
            if base is part:
                continue
            yield Node(
                kind="share",
                form=form,
                span=base.span.cover(share.span).cover(part.span),
                slots=(("part", (part,)), ("base", (base,)), ("share", (share,))),
                features=features,
                group=group,
                reading=rank,
            )
            rank += 1


def _parts(clause: Clause, share: Figure, subject: str, earlier: Sequence[Figure]) -> list[Figure]:
    """The figures the percentage can be a share of something for, likeliest first."""
    stated = [f for f in earlier if f.aspect in _STATED and f.claim.kind in _KINDS]
    if len(core(subject)) > 1:
        named = [f for f in reversed(stated) if likeness(subject, name_of(f))]
        if named:
            return named[:1]
        return [f for f in clause.figures if f in stated][-1:]
    return stated[-1:]


def _bases(
    outline: Outline, share: Figure, phrase: str, part: Figure, totals: dict[int, list[Figure]]
) -> Iterator[tuple[Figure, str, frozenset[str]]]:
    form = "plan" if share.aspect is Aspect.COMPLETION else "named"
    if len(core(phrase)) > 1:
        end = bisect_left(outline.main_starts, share.span.start)
        found = []
        for back, figure in enumerate(reversed(outline.main[max(0, end - _REACH) : end])):
            if (
                figure is not part
                and figure.aspect in _STATED
                and figure.claim.dimension == part.claim.dimension
                and figure.claim.kind is part.claim.kind
                and (alike := likeness(phrase, name_of(figure)))
            ):
                found.append((-alike, back, figure))
        same = _sentence_start(outline, share)
        for _, _, figure in sorted(found, key=lambda f: f[:2])[:3]:
            yield figure, form, frozenset({"near"} if figure.span.start >= same else {"distant"})
    elif form == "named":
        for total in totals.get(part.order, ()):
            yield total, "breakdown", frozenset({"near"})


def _sentence_start(outline: Outline, figure: Figure) -> int:
    text = outline.text
    window = max(0, figure.span.start - 400)
    return max(text.rfind(end, window, figure.span.start) for end in "。！？\n") + 1
