"""Finds breakdowns whose parts stand one an item: in marked lists, and one a paragraph after a colon."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache

from audit.outline.cues import one_of, table
from audit.outline.mention import significance
from audit.outline.outline import Outline
from audit.outline.parts import LEVELS, MAX_PARTS, features_of_split, fits_with, is_even, is_sure_slip, may_sum
from audit.outline.tree import Figure, Node
from audit.quantity.interval import Interval
from audit.span import Span

_STOP = re.compile("[。！？]")
_DIGITS = 4
"""A total of so many digits is no sum of other figures by chance."""
_FAR = 12
"""How many figures before a list that is introduced without one are tried as its total."""


def find_itemized(outline: Outline, groups: Iterator[int]) -> Iterator[Node]:
    """The breakdowns of a document that stand in lists: nodes of kind `breakdown`, forms `list` and `lines`."""
    lines = [
        node
        for head, columns, colon in line_lists(outline)
        for node in _column_nodes(outline.text, "lines", head, columns, colon, frozenset({"colon"}), groups)
    ]
    whole = {node.slot("total")[0]: frozenset(node.slot("parts")) for node in lines if _is_even(node)}
    for node in _list_nodes(outline, groups):
        # An item whose marker is misprinted is a line like the others.
        if not frozenset(node.slot("parts")) < whole.get(node.slot("total")[0], frozenset()):
            yield node
    yield from lines


def _is_even(node: Node) -> bool:
    return is_even(node.slot("total")[0], node.slot("parts"))


def _list_nodes(outline: Outline, groups: Iterator[int]) -> Iterator[Node]:
    for marked in outline.lists:
        first = marked.items[0].marker
        head, colon = _before(outline, first.start)
        columns = [outline.main_in(item.span)[:MAX_PARTS] for item in marked.items]
        facts = frozenset({"colon"} if colon else ())
        kinds = {f.claim.dimension for column in columns for f in column}
        if any(may_sum(f) and f.claim.dimension in kinds for f in head):
            yield from _column_nodes(outline.text, "list", head, columns, first, facts, groups)
        else:
            end = bisect_left(outline.main_starts, first.start)
            earlier = outline.main[max(0, end - _FAR) : end]
            yield from _column_nodes(outline.text, "list", earlier, columns, first, frozenset({"far"}), groups)


def _before(outline: Outline, at: int) -> tuple[tuple[Figure, ...], bool]:
    """The figures of the sentence before a list that starts at an offset; and whether a colon stands directly before
    the list."""
    start = max(0, at - 400)
    text = outline.text[start:at].rstrip(" 　（(\n\r\t")
    cut = max((text.rfind(end, 0, len(text) - 1) for end in "。！？!?\n"), default=-1)
    return outline.main_in(Span(start + cut + 1, start + len(text))), text.endswith(("：", ":"))


def line_lists(outline: Outline) -> Iterator[tuple[tuple[Figure, ...], list[tuple[Figure, ...]], Span]]:
    """Lists without markers, one item a paragraph after a paragraph that ends in a colon: the figures of the sentence
    that introduces the list, the figures of each item, and the colon."""
    paragraphs = outline.paragraphs
    index = 0
    while index < len(paragraphs):
        intro = paragraphs[index]
        index += 1
        if not intro.sentences or not intro.span.of(outline.text).rstrip().endswith(("：", ":")):
            continue
        columns = []
        while index < len(paragraphs):
            closing = paragraphs[index].span.of(outline.text).rstrip()[-1:]
            if closing not in ("；", ";", "。"):
                break
            columns.append(outline.main_in(paragraphs[index].span)[:MAX_PARTS])
            index += 1
            if closing == "。":
                break
        if len(columns) > 1:
            yield intro.sentences[-1].figures, columns, Span(intro.span.end - 1, intro.span.end)


def _refers(figure: Figure) -> bool:
    """Whether the figure names what was mentioned rather than count it: 两村, 三县."""
    return figure.claim.value <= 10 and not figure.claim.text[0].isdigit()


def _adds_up_exactly(total: Figure, parts: Sequence[Figure]) -> bool:
    """Whether unhedged parts give the total to the digit, or are finer than a total of several digits and round to it;
    what is asked of a total that the list does not follow."""
    if any(f.claim.hedge for f in (total, *parts)):
        return False
    together = sum(f.claim.value for f in parts)
    rounded = significance(total) >= _DIGITS and Interval.point(Fraction(together)).meets(total.claim.interval)
    return together == total.claim.value or rounded


def _several(text: str, figures: Sequence[Figure]) -> bool:
    """Whether the sentence of an item's first figure has more of the total's kind, and not just its parts."""
    if len(figures) < 2 or _STOP.search(text, figures[0].span.end, figures[1].span.start):
        return False
    return not _splitting().search(text, figures[0].span.end, figures[1].span.start)


@cache
def _splitting() -> re.Pattern[str]:
    data = table("breakdowns")
    return re.compile(one_of([w for group in ("qizhong", "including", "only") for w in data[group]["words"]]))


def _column_nodes(
    text: str,
    form: str,
    head: Sequence[Figure],
    columns: Sequence[Sequence[Figure]],
    cue: Span,
    facts: frozenset[str],
    groups: Iterator[int],
) -> Iterator[Node]:
    """Breakdowns of a list: one part an item, the first fitting figure of each. The nearest figure of a dimension is
    the total; of a `far` head any, as alternative readings."""
    by_dimension: dict[str, int] = {}
    readings: dict[int, int] = {}
    for total in reversed(head):
        dimension = total.claim.dimension
        if not may_sum(total) or total.aspect not in LEVELS or _refers(total):
            continue
        if dimension in by_dimension and "far" not in facts:
            continue
        fits = fits_with(total, LEVELS)
        firsts = [next((f for f in column if fits(f)), None) for column in columns]
        parts = tuple(f for f in firsts if f is not None)[:MAX_PARTS]
        if len(parts) < 2:
            continue
        features = set(features_of_split(total, parts, facts))
        single = not any(_several(text, [f for f in column if fits(f)]) for column in columns)
        if len(parts) == len(columns) and single:
            features.add("every")
            if "colon" in features and "open" not in features:
                features.add("closed")
        else:
            features -= {"slip", "clear_slip"}
        if (
            "far" in facts
            and not _adds_up_exactly(total, parts)
            and not ("clear_slip" in features and is_sure_slip(total, parts))
        ):
            continue
        group = by_dimension.setdefault(dimension, next(groups))
        yield Node(
            kind="breakdown",
            form=form,
            span=total.span.cover(parts[-1].span),
            slots=(("total", (total,)), ("parts", parts)),
            cue=cue,
            features=frozenset(features),
            group=group,
            reading=readings.setdefault(group, 0),
        )
        readings[group] += 1
