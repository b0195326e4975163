"""Finds stocks before and after an event that the text names, and what it added or took: 减持前持有A股，减持B股，减持后
持有C股; 总股本A股，共计转增B股，转增后总股本C股.

Nodes of kind `rollforward` and form `event`. The event is the same word before 前, before 后 and before what was moved;
where nothing is said of the time before, the stock is one of the closing stock's name before the flow. The feature
`counted` says that all three carry the event's name and none is rounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audit.outline.naming import core
from audit.outline.outline import Outline
from audit.outline.parts import may_sum
from audit.outline.tree import Aspect, Figure, Node, Sentence
from audit.span import Span, squeeze

_AFTER = re.compile("(?<!之)(?P<event>[一-鿿]{2})(?:完成|实施|完毕)?之?后")
_BACK = 3
"""How many sentences back the stock before the event is looked for."""
_NAME = 2
"""A stock that no word sets before the event must share so much of the closing stock's name."""
_NEAR = 8
"""So many figures before the closing stock are looked at."""
_CLAUSES = re.compile("[，,。；;：:]")
_WHICH = re.compile("本次|此次|上述|前述|该次|以上|[两三四]次|股份")
_BECOMING = re.compile("(?:将|已|相应)?(?:由|增加|减少|增|减|变更|变动|变|下降|上升|降|升|扩大)?[到至为]?$")
_LEVELS = frozenset({Aspect.LEVEL, Aspect.END})
_FLOWS = frozenset({Aspect.LEVEL, Aspect.CHANGE})


@dataclass(frozen=True, slots=True)
class _Said:
    """A figure with what its sentence says before it, from the figure before it of the same unit on."""

    figure: Figure
    before: str


def find_around_events(outline: Outline, groups: Iterator[int]) -> Iterator[Node]:
    """The stocks of a document that an event in the same paragraph changed, in text order."""
    sentences = [sentence for paragraph in outline.paragraphs for sentence in paragraph.sentences]
    for index, sentence in enumerate(sentences):
        if "后" in (said := sentence.span.of(outline.text)) and sentence.figures and _AFTER.search(said):
            yield from _of_sentence(outline.text, sentences[max(0, index - _BACK) : index + 1], groups)


def _of_sentence(text: str, sentences: Sequence[Sentence], groups: Iterator[int]) -> Iterator[Node]:
    figures = [said for sentence in sentences for said in _said(text, sentence)]
    own = sentences[-1].span.start
    for n, closing in enumerate(figures):
        event = _last_event(closing.before) if closing.figure.span.start >= own else ""
        if not event or closing.figure.aspect not in _LEVELS:
            continue
        dimension = closing.figure.claim.dimension
        before = [said for said in figures[:n] if said.figure.claim.dimension == dimension][-_NEAR:]
        opening = _opening(event, closing, before)
        if opening is None or not _is_of_one_owner(event, opening, closing):
            continue
        moved = [s for s in before if s is not opening and s.figure.aspect in _FLOWS]
        flows = [s.figure for s in moved if _is_flow(event, s)]
        others = [s.figure for s in moved] if f"{event}前" in opening.before else []
        if flow := _flow(opening.figure, closing.figure, flows, others):
            named = flow in flows and f"{event}前" in opening.before
            yield _node(opening.figure, flow, closing.figure, event, named, next(groups))


def _said(text: str, sentence: Sentence) -> Iterator[_Said]:
    starts: dict[str, int] = {}
    for figure in sentence.figures:
        if may_sum(figure) and figure.claim.hedge is None:
            dimension = figure.claim.dimension
            start = starts.get(dimension, sentence.span.start)
            yield _Said(figure, squeeze(text[start : figure.span.start]))
            starts[dimension] = figure.span.end


def _last_event(said: str) -> str:
    """The event after which a figure is said to have been, "" for none."""
    found = [match["event"] for match in _AFTER.finditer(said)]
    return found[-1] if found else ""


def _opening(event: str, closing: _Said, before: Sequence[_Said]) -> _Said | None:
    """The last stock said to be before the event, else the one of the closing stock's name."""
    name = _name(closing.before.rpartition("后")[2])
    for said in reversed(before):
        stated, _, called = said.before.rpartition(f"{event}前")
        if stated or called != said.before:
            alike = _name(called)
            return said if alike.endswith(name) or name.endswith(alike) else None
    named = [s for s in before if len(name) >= _NAME and s.figure.lead.endswith(name) and not _is_flow(event, s)]
    return named[-1] if named else None


def _is_of_one_owner(event: str, opening: _Said, closing: _Said) -> bool:
    """Whether nobody is named right before the event of the closing stock (乙公司增持后) who is not named before."""
    owner = _WHICH.sub("", _CLAUSES.split(closing.before.rpartition(event)[0])[-1])
    return len(owner) < _NAME or owner in opening.before or f"{event}前" not in opening.before


def _name(said: str) -> str:
    """What the last clause calls a stock, without who has it and what became of it."""
    return core(_BECOMING.sub("", _CLAUSES.split(said)[-1]))[-3:]


def _is_flow(event: str, said: _Said) -> bool:
    """Whether the event is what the figure's own words say was done with so many."""
    return re.search(f"{event}(?![前后完之]|完成|实施)", said.figure.lead) is not None


def _flow(opening: Figure, closing: Figure, flows: Sequence[Figure], others: Sequence[Figure]) -> Figure | None:
    """The flow that makes the difference, be it called by another word (处置60.3万股), else the only one."""
    gap = abs(closing.claim.value - opening.claim.value)
    exact = [f for f in (*others, *flows) if f.claim.value == gap]
    return exact[-1] if exact else flows[0] if len(flows) == 1 else None


def _node(opening: Figure, flow: Figure, closing: Figure, event: str, named: bool, group: int) -> Node:
    span: Span = opening.span.cover(flow.span).cover(closing.span)
    fell = "减" in event or ("增" not in event and closing.claim.value < opening.claim.value)
    rounded = any(f.claim.interval.width for f in (opening, flow, closing))
    return Node(
        kind="rollforward",
        form="event",
        span=span,
        slots=(
            ("opening", (opening,)),
            ("exits", (flow,) if fell else ()),
            ("entries", () if fell else (flow,)),
            ("closing", (closing,)),
        ),
        features=frozenset({"counted"} if named and not rounded else ()),
        group=group,
    )
