"""Finds sums that their digits or a word for the whole speak for, and sums in columns.

Nodes of kind `summing`. Forms: `after` (东区3.27万人，西区2.86万人，全县共6.13万人) and `before` (接到投诉4736件。
受理4158件，转办391件，不予受理187件), both only where figures in a row make up the total to the digit, with more digits
than chance explains; `parallel` (甲乡镇12个、村214个，乙乡镇8个、村120个，共乡镇20个、村334个): each figure of the last
row is the sum of those above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache

from audit.outline.breakdown import find_breakdowns
from audit.outline.cues import one_of, table
from audit.outline.mention import significance
from audit.outline.outline import Outline
from audit.outline.parts import (
    LEVELS,
    features_of_parts,
    features_of_split,
    is_called_whole,
    is_coordinated,
    is_even,
    make_up_another,
    may_sum,
    slip_odds,
    summed_as,
)
from audit.outline.tree import Figure, Node, Sentence
from audit.span import Span

_SENTENCES = 3
"""So many sentences may lie between a total and its parts."""
_MOST = 12
"""Longer runs of figures are not tried."""
_DIGITS = 4
"""So many digits a total has that its arithmetic alone binds; where more than that speaks for it, one fewer."""
_FEW = 2
"""So many digits are enough where all that a sentence counted so far is summed up at its end."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A figure with the index of its sentence in its paragraph."""

    figure: Figure
    sentence: int


@cache
def _rest() -> re.Pattern[str]:
    data = table("breakdowns")
    return re.compile(one_of([*data["remainder"]["words"], *data["remainder"]["undone"]]))


@cache
def _last_row() -> re.Pattern[str]:
    data = table("breakdowns")["summing"]
    return re.compile(one_of([*data["words"], *data["bare"]]))


def find_gathered(outline: Outline, groups: Iterator[int]) -> Iterator[Node]:
    """The sums of a document that stand in a row, and those in columns, in text order."""
    told = _told(outline)
    for sentences in outline.streams:
        by_dimension: dict[str, list[_Place]] = {}
        for index, sentence in enumerate(sentences):
            for figure in sentence.figures:
                if figure.aspect in LEVELS and may_sum(figure) and figure.claim.hedge is None:
                    by_dimension.setdefault(summed_as(figure), []).append(_Place(figure, index))
        for places in by_dimension.values():
            for at in range(len(places)):
                yield from _in_a_row(sentences, places, at, told, groups)
        for sentence in sentences:
            yield from _in_columns(sentence, groups)


@dataclass(frozen=True, slots=True)
class _Told:
    """What breakdowns tell: the order of each part's total, and the orders of each total's parts."""

    above: Mapping[int, int]
    below: Mapping[int, frozenset[int]]


def _told(outline: Outline) -> _Told:
    above: dict[int, int] = {}
    below: dict[int, frozenset[int]] = {}
    for node in find_breakdowns(outline):
        (total,) = node.slot("total")
        orders = frozenset(part.order for part in node.slot("parts"))
        below[total.order] = below.get(total.order, frozenset()) | orders
        above |= dict.fromkeys(orders, total.order)
    return _Told(above, below)


def _in_a_row(
    sentences: Sequence[Sentence], places: Sequence[_Place], at: int, told: _Told, groups: Iterator[int]
) -> Iterator[Node]:
    total = places[at]
    before = [p for p in places[max(0, at - 2 * _MOST) : at] if total.sentence - p.sentence <= _SENTENCES][::-1]
    after = [p for p in places[at + 1 : at + 1 + 2 * _MOST] if p.sentence - total.sentence <= _SENTENCES]
    called = is_called_whole(total.figure)
    known = told.below.get(total.figure.order, frozenset())
    for form, row in (("after", before), ("before", after)):
        found = _making_up(total.figure, row, told.above)
        while found and form == "before" and {p.figure.order for p in found} <= known:
            # 总产量3856万吨，其中夏粮…，秋粮…；谷物、豆类和薯类分别为…: the same total split again
            row = row[row.index(found[-1]) + 1 :]
            found = _making_up(total.figure, row, told.above)
        if not found and (form == "before" or called) and known.isdisjoint(p.figure.order for p in row):
            yield from _named_whole(sentences, total, row, form, groups)
        if not found or {p.figure.order for p in found} <= known:
            continue
        parts = sorted((p.figure for p in found), key=lambda figure: figure.order)
        first, last = (f(p.sentence for p in (total, *found)) for f in (min, max))
        node = _node(form, total.figure, parts, sentences[first].span.cover(sentences[last].span), next(groups))
        every = first == last and len(found) == sum(p.sentence == first for p in row)
        alone = every and not any(p.sentence == first for p in (after if form == "after" else before))
        apart = not is_coordinated(parts[0] if form == "before" else total.figure)
        if form == "after" and not called and not (alone and apart and len(parts) > 2):
            continue
        rest = _is_rest(parts[-1])
        likely = called or len(parts) > 2 or "closed" in node.features or rest or (alone and apart)
        least = _FEW if form == "after" and called and every else _DIGITS - likely
        if max(map(_digits, (total.figure, *parts) if rest else (total.figure,))) >= least:
            yield node


def _named_whole(
    sentences: Sequence[Sentence], total: _Place, row: Sequence[_Place], form: str, groups: Iterator[int]
) -> Iterator[Node]:
    """A total and what comes right behind it, or before one that is called a whole, where the names of the parts say
    that they are all (男, 女) and a slip of the pen explains why they do not make it up."""
    near = [p for p in row if p.sentence == total.sentence]
    for size in (2, 3):
        parts = [p.figure for p in near[:size]]
        if make_up_another(parts, [p.figure for p in near[size : size + 1]], total.figure):
            continue
        if len(parts) == size and all(p.claim.value < total.figure.claim.value for p in parts):
            span = sentences[total.sentence].span
            node = _node(form, total.figure, sorted(parts, key=lambda f: f.order), span, next(groups))
            complete = "partition" in node.features and not _is_one_of(total.figure, parts)
            if complete and slip_odds(total.figure, parts)[0]:
                yield replace(node, features=node.features | {"slip"})
                return


def _is_one_of(total: Figure, parts: Sequence[Figure]) -> bool:
    """Whether a total is called like one of the parts (9银, then 6铜、4金2银), or like one of two halves
    (男子400米, 女子200米, 男子100米)."""
    others = ([*parts[:n], total, *parts[n + 1 :]] for n in range(len(parts)))
    return any("partition" in features_of_parts(figures) for figures in others)


def _digits(figure: Figure) -> int:
    """How many digits the figure has: zeros at the end count where they stand behind a point (4.30亿元)."""
    printed = re.sub("[^0-9０-９.．]", "", figure.claim.text).lstrip("0０.．")
    pointed = "." in printed or "．" in printed
    return sum(c not in ".．" for c in printed) if pointed else significance(figure)


def _is_rest(part: Figure) -> bool:
    """Whether the part is called what is left (其余, 尚未, 不合格)."""
    return _rest().match(part.lead.lstrip("、和及与")) is not None


def _making_up(total: Figure, row: Sequence[_Place], above: Mapping[int, int]) -> list[_Place]:
    """The figures at the start of a row that make up the total to the digit; those are passed over that are told to
    be parts of another figure in the row."""
    orders = {place.figure.order for place in row}
    parts: list[_Place] = []
    together = Fraction(0)
    for place in row:
        if above.get(place.figure.order) in orders:
            continue
        parts.append(place)
        together += place.figure.claim.value
        if together >= total.claim.value or len(parts) > _MOST or place.figure.claim.value <= 0:
            break
    return parts if len(parts) > 1 and together == total.claim.value else []


def _in_columns(sentence: Sentence, groups: Iterator[int]) -> Iterator[Node]:
    """The sums of a last row that says so, of rows between semicolons, or else between commas."""
    if len(sentence.figures) < 6:  # three rows of two
        return
    for rows in (_rows(sentence, (";", "；")), _rows(sentence, ("，", ",", ";", "；"))):
        if len(rows) < 3 or not rows[-1][0]:
            continue
        last = rows[-1][1]
        shape = [f.claim.dimension for f in last]
        alike = [figures for _, figures in rows[:-1] if [f.claim.dimension for f in figures] == shape]
        if len(last) < 2 or len(alike) != len(rows) - 1:
            continue
        columns = list(zip(last, *alike, strict=True))
        # Rows of one build of which the last is said to sum up and does so for another column.
        facts = {"summed", "numbered"} if any(is_even(total, parts) for total, *parts in columns) else {"summed"}
        for total, *parts in columns:
            yield _node("parallel", total, parts, sentence.span, next(groups), frozenset(facts))
        return


def _rows(sentence: Sentence, marks: Sequence[str]) -> list[tuple[bool, list[Figure]]]:
    """The levels between marks, and whether the row begins with a word for the whole."""
    rows: list[tuple[bool, list[Figure]]] = []
    for clause in sentence.clauses:
        if not rows or clause.before in marks:
            rows.append((_last_row().match(clause.text) is not None, []))
        rows[-1][1].extend(f for f in clause.figures if f.aspect in LEVELS and may_sum(f))
    return rows


def _node(
    form: str, total: Figure, parts: Sequence[Figure], span: Span, group: int, facts: frozenset[str] = frozenset()
) -> Node:
    return Node(
        kind="summing",
        form=form,
        span=span,
        slots=(("total", (total,)), ("parts", tuple(parts))),
        features=features_of_split(total, parts, facts),
        group=group,
    )
