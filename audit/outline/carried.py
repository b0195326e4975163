"""Finds stocks carried forward within one sentence: 上年结余A，本年收入B，支出C，年末结余D; 新收B，旧存A，审结C，未结D.

Nodes of kind `rollforward` and form `sentence`. Every figure of the kind between the two stocks is a flow by its name,
else nothing is bound; what joined the stock may stand before it. The feature `counted` says that none of them is
rounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from audit.outline.cues import one_of, table
from audit.outline.naming import core
from audit.outline.outline import Outline
from audit.outline.parts import may_sum
from audit.outline.tree import Aspect, Figure, Node, Sentence

_MOST = 8
"""More flows than this are not told in one sentence."""
_ASPECTS = frozenset({Aspect.LEVEL, Aspect.START, Aspect.END, Aspect.CHANGE})


@dataclass(frozen=True, slots=True)
class _Names:
    """What the figures of such a sentence are called (of flows a group a role, the longest name first), and what
    tells one that is only compared."""

    opening: re.Pattern[str]
    closing: re.Pattern[str]
    flows: re.Pattern[str]
    compared: re.Pattern[str]
    total: re.Pattern[str]
    within: re.Pattern[str]


@cache
def _names() -> _Names:
    data = table("rollforward")["carried"]
    flows = ("entries", "exits")
    pairs = sorted(((word, role) for role in flows for word in data[role]), key=lambda pair: (-len(pair[0]), pair))
    return _Names(
        opening=re.compile(one_of(data["opening"])),
        closing=re.compile(one_of(data["closing"])),
        flows=re.compile("|".join(f"(?P<{role}_{n}>{re.escape(word)})" for n, (word, role) in enumerate(pairs))),
        compared=re.compile(one_of(data["compared"])),
        total=re.compile(one_of(table("breakdowns")["accounts"]["wholes"])),
        within=re.compile(one_of([w for key in ("qizhong", "including") for w in table("breakdowns")[key]["words"]])),
    )


def find_carried(outline: Outline, groups: Iterator[int]) -> Iterator[Node]:
    """The stocks of a document that one sentence carries forward, in text order."""
    for sentence in outline.stating:
        if len(sentence.figures) > 2:
            yield from _of_sentence(sentence, groups)


def _of_sentence(sentence: Sentence, groups: Iterator[int]) -> Iterator[Node]:
    figures = [f for f in sentence.figures if may_sum(f) and f.aspect in _ASPECTS]
    roles = [_role(f) for f in figures]
    for n, opening in enumerate(figures):
        if roles[n] != "opening":
            continue
        following = [
            (f, role)
            for f, role in zip(figures[n + 1 :], roles[n + 1 :], strict=True)
            if f.claim.dimension == opening.claim.dimension
        ][: _MOST + 1]
        end = next((i for i, (_, role) in enumerate(following) if role not in ("entries", "exits")), None)
        if any(_names().total.search(f.lead) for f, _ in following[:end]):
            continue  # 上年结转120万元，收入合计2800万元: with what was brought forward
        if end and following[end][1] == "closing" and _is_of_one_stock(opening, following[end][0]):
            flows = following[:end]
            if n and roles[n - 1] == "entries" and "entries" not in (role for _, role in flows):
                flows = [*_joined_before(figures[n - 1], opening), *flows]
            yield _node(opening, flows, following[end][0], sentence, next(groups))


def _joined_before(entry: Figure, opening: Figure) -> list[tuple[Figure, str]]:
    """What joined a stock where it stands right before what there was at first, which is no part of it then."""
    apart = entry.claim.dimension == opening.claim.dimension and not _names().within.match(opening.lead)
    return [(entry, "entries")] if apart else []


def has_opening(sentence: Sentence) -> bool:
    """Whether a figure of the sentence is what there was at first."""
    return any(_role(figure) == "opening" for figure in sentence.figures)


def _role(figure: Figure) -> str:
    """What the figure is by its name, "" where it is none of the four or only compared."""
    names = _names()
    if figure.claim.hedge or names.compared.search(figure.lead):
        return ""
    if names.opening.search(figure.lead):
        return "opening"
    if names.closing.search(figure.lead):
        return "closing"
    found = list(names.flows.finditer(figure.lead))
    return (found[-1].lastgroup or "").partition("_")[0] if found else ""


def _is_of_one_stock(opening: Figure, closing: Figure) -> bool:
    """Whether the names of the two stocks are the same but for their dates, or one says no more than its date."""
    names = _names()
    first = core(names.opening.sub("", opening.lead))
    last = core(names.closing.sub("", closing.lead))
    return first.endswith(last) or last.endswith(first)


def _node(
    opening: Figure, flows: Sequence[tuple[Figure, str]], closing: Figure, sentence: Sentence, group: int
) -> Node:
    moved = (opening, closing, *(f for f, _ in flows))
    return Node(
        kind="rollforward",
        form="sentence",
        span=sentence.span,
        slots=(
            ("opening", (opening,)),
            ("exits", tuple(f for f, role in flows if role == "exits")),
            ("entries", tuple(f for f, role in flows if role == "entries")),
            ("closing", (closing,)),
        ),
        features=frozenset() if any(f.claim.interval.width for f in moved) else frozenset({"counted"}),
        group=group,
    )
