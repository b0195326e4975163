"""Finds what is left of a whole: 收入126.4亿元，支出118.7亿元，当期结余7.7亿元; 送审A，审定B，核减C.

Nodes of kind `summing` and form `difference`: the whole is the total of what is taken off it and what is left. Cash
flows of an activity may stand in sentences that follow each other (现金流入小计…。现金流出小计…。现金流量净额…。).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice, pairwise

from audit.claim import Kind
from audit.outline.cues import one_of, table
from audit.outline.outline import Outline
from audit.outline.parts import LEVELS, features_of_split, is_even, may_sum
from audit.outline.tree import Aspect, Figure, Node, Sentence
from audit.span import Span

_BEHIND = 4
"""A name that ends with one of the words has no more than this behind it (送审造价为)."""
_MANY = 60
"""So many figures of a sentence are looked at."""
_RATE = re.compile("率[为是达到]*$")
"""Rates that have one base add up like what they are rates of (出生率6.08‰，死亡率7.13‰，自然增长率-1.05‰)."""
_BALANCE = re.compile("相抵|[顺逆]差")
_TRADE = re.compile(
    "(?:其中)?(?:全[国省市县区州])?(?:货物|外贸|对外|贸易)*(?:出口|进口|[顺逆]差)(?:总额|总值|额|值)?(?:完成|实现|达到?|为)?"
)
_SHORT = 4
"""A sentence that only tells what is left has fewer figures."""
_ASPECTS = LEVELS | {Aspect.CHANGE}
_BACK = 2
"""How many sentences back the other two figures of a flow of cash are looked for."""
_ACTIVITY = re.compile("经营|投资|筹资|融资")


@dataclass(frozen=True, slots=True)
class _Row:
    """How the three figures of a difference are called: the group of the last match in a name tells which it is.

    `named` finds names that end so; `every` is one pattern a role.
    """

    words: re.Pattern[str]
    named: re.Pattern[str]
    every: tuple[re.Pattern[str], ...]


_ROLES = ("whole", "less", "rest")


@cache
def _rows(name: str) -> tuple[_Row, ...]:
    return tuple(_row(row) for row in table("breakdowns")["differences"][name])


def _row(row: Mapping[str, Sequence[str]]) -> _Row:
    pairs = sorted(((word, role) for role in _ROLES for word in row[role]), key=lambda pair: (-len(pair[0]), pair))
    words = "|".join(f"(?P<{role}_{n}>{re.escape(word)})" for n, (word, role) in enumerate(pairs))
    return _Row(
        words=re.compile(words),
        named=re.compile(f"(?:{words})[^，,、；;。]{{0,{_BEHIND}}}$"),
        every=tuple(re.compile(one_of(row[role])) for role in _ROLES),
    )


@cache
def _accumulated() -> re.Pattern[str]:
    return re.compile(one_of(table("breakdowns")["differences"]["accumulated"]))


@cache
def _current() -> re.Pattern[str]:
    return re.compile(one_of(table("breakdowns")["differences"]["current"]))


def find_differences(outline: Outline, groups: Iterator[int]) -> Iterator[Node]:
    """The differences of a document, in text order: the three figures stand in one sentence, those of trade in two
    (出口116亿元，进口93亿元。进出口相抵，贸易顺差23亿元), or those of a flow of cash in a few that follow each
    other."""
    for sentence in outline.stating:
        if len(sentence.figures) > 2:
            said = sentence.span.of(outline.text)
            yield from _of_figures(said, _rows("rows"), sentence.figures, sentence.span, groups)
    for sentences in outline.streams:
        for before, sentence in pairwise(sentences):
            if before.figures and _BALANCE.search(sentence.span.of(outline.text)) and len(sentence.figures) < _SHORT:
                span, figures = before.span.cover(sentence.span), before.figures + sentence.figures
                yield from _of_figures(before.span.of(outline.text), _rows("rows"), figures, span, groups, 2)
        yield from _of_flows(outline.text, sentences, groups)


def _of_flows(text: str, sentences: Sequence[Sentence], groups: Iterator[int]) -> Iterator[Node]:
    """The flows of cash whose three figures stand in sentences that follow each other."""
    for index, sentence in enumerate(sentences):
        if sentence.figures:
            few = sentences[max(0, index - _BACK) : index + 1]
            span = few[0].span.cover(sentence.span)
            figures = tuple(f for each in few for f in each.figures)
            for node in _of_figures(span.of(text), _rows("flows"), figures, span, groups):
                if node.slot("parts")[-1].span.start >= sentence.span.start:
                    yield node


def _of_figures(
    said: str, rows: Sequence[_Row], figures: Sequence[Figure], span: Span, groups: Iterator[int], wanted: int = 3
) -> Iterator[Node]:
    """The differences of some figures, as far as the text has a name for each of the first `wanted` of the three."""
    for row in rows:
        if not all(pattern.search(said) for pattern in row.every[:wanted]):
            continue
        called = list(islice(((f, role) for f in figures if (role := _role(row, f))), _MANY))
        for rest in (f for f, role in called if role == "rest"):
            alike = [(f, r) for f, r in called if f.claim.dimension == rest.claim.dimension and _is_of_one(f, rest)]
            whole, less = _nearest(rest, alike, "whole"), _nearest(rest, alike, "less")
            if whole and less:
                yield from _node(row, whole, (less, rest), span, groups)


def _is_of_one(figure: Figure, rest: Figure) -> bool:
    """Whether the two name no different activities of which the cash flows."""
    ours, theirs = set(_ACTIVITY.findall(figure.lead)), set(_ACTIVITY.findall(rest.lead))
    return not ours or not theirs or bool(ours & theirs)


def _role(row: _Row, figure: Figure) -> str:
    """Which of the three the figure is by its name, "" for none."""
    rate = figure.claim.kind is Kind.PERCENT and _RATE.search(figure.lead) is not None
    if figure.claim.hedge or not (rate or may_sum(figure) and figure.aspect in _ASPECTS):
        return ""
    found = list(row.words.finditer(figure.lead))
    return (found[-1].lastgroup or "").partition("_")[0] if found else ""


def _nearest(rest: Figure, called: Sequence[tuple[Figure, str]], role: str) -> Figure | None:
    """The last figure of a role before what is left, else the first behind it."""
    before = [f for f, r in called if r == role and f.order < rest.order]
    behind = [f for f, r in called if r == role and f.order > rest.order]
    return before[-1] if before else next(iter(behind), None)


def _node(row: _Row, whole: Figure, parts: tuple[Figure, Figure], span: Span, groups: Iterator[int]) -> Iterator[Node]:
    strict = all(row.named.search(f.lead) for f in (whole, *parts)) and not _accumulated().search(parts[1].lead)
    if not strict and not is_even(whole, parts):
        return
    # Rates of one base make up one another by definition: any slip is worth an alarm.
    # So do exports and imports, where nothing narrows them.
    sure = whole.claim.kind is Kind.PERCENT or all(_TRADE.fullmatch(f.lead) for f in (whole, *parts))
    yield Node(
        kind="summing",
        form="difference",
        span=span,
        slots=(("total", (whole,)), ("parts", parts)),
        features=_features(whole, parts, strict) | ({"clear_slip"} if sure else set()),
        group=next(groups),
    )


def _features(whole: Figure, parts: tuple[Figure, Figure], strict: bool) -> frozenset[str]:
    """Those of any split, and `stated` where what is left is called that of the year or of revenue and expenditure
    (当年收支结余), and so of nothing that came before."""
    features = features_of_split(whole, parts, frozenset()) - {"netting"}
    return features | {"stated"} if strict and _current().search(parts[1].lead) else features
