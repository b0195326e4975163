"""Finds enumerations: a number word and the things that the text lists for it.

A node of kind `enumeration` has the slot `stated` (one figure) and the listed things. Where the text can be read in
several ways (和 between two items or inside one, a comma between items or before the list) it yields one node for
each, likeliest first, in one group.

Forms: `before` a、b和c三项, `quoted` “a、b、c”3个平台, `levels` 省市县三级, `previous` a、b、c，是三大特色,
`above` 以上三项, `after` 三个环节：a、b、c, `bracket` 三县（甲、乙、丙）, `marked` 五大基地：一是…五是…,
`bearing` those of them called 基地, `labels` and `openings` of what follows.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import count

from audit.outline.counting import Listing, number_of
from audit.outline.listed_after import listed_after, listed_by_markers
from audit.outline.listed_before import listed_before
from audit.outline.lists import MarkedList
from audit.outline.openings import announces, listed_by_labels, listed_by_openings
from audit.outline.outline import Outline
from audit.outline.tree import Figure, Node

_NEAR = frozenset({"before", "quoted", "levels", "marked"})


def find_enumerations(outline: Outline) -> Iterator[Node]:
    """The enumerations of a document, in the order of their number words."""
    text = outline.text
    groups = count()
    counting = [
        (number, index)
        for index, figures in enumerate(_by_paragraph(outline))
        for figure in figures
        if (number := number_of(text, figure, outline.paragraphs[index].span))
    ]
    introduced = _introductions(outline, [n.figure for n, _ in counting])
    announcing: dict[int, tuple[int, int]] = {}
    for n, (number, index) in enumerate(counting):
        announcing[index] = max(announcing.get(index, (1, 0)), (announces(number, outline.paragraphs[index]), n))
    for n, (number, index) in enumerate(counting):
        block = outline.paragraphs[index].span
        listings = [listed_before(text, number, block), listed_after(text, number, block)]
        if marked := introduced.get(number.figure.order):
            listings += listed_by_markers(text, number, marked)
        listings.append(listed_by_openings(text, number, outline.paragraphs, index))
        if announcing[index][1] == n:
            listings.append(listed_by_labels(text, number, outline.paragraphs, index))
        for listing in _told_apart(number.figure, [x for x in listings if x is not None and x.readings]):
            yield from _nodes(number.figure, listing, next(groups))


def _told_apart(figure: Figure, listings: list[Listing]) -> list[Listing]:
    """The listings that may be what the figure counts: where one fits, one farther away of other things is none."""
    fitting = [any(len(r) == figure.claim.value for r in listing.readings) for listing in listings]
    return [
        listing
        for listing, fits in zip(listings, fitting, strict=True)
        if fits or not any(fitting) or listing.form in _NEAR
    ]


def _by_paragraph(outline: Outline) -> Iterator[list[Figure]]:
    """The figures of each paragraph, those in brackets included."""
    figures, at = outline.figures, 0
    for paragraph in outline.paragraphs:
        inside = []
        while at < len(figures) and figures[at].span.start < paragraph.span.end:
            inside.append(figures[at])
            at += 1
        yield inside


def _introductions(outline: Outline, counting: Sequence[Figure]) -> dict[int, MarkedList]:
    """The marked list that a number word introduces, by the number word's order: the last one before its marker."""
    ends = [f.span.end for f in counting]
    found: dict[int, MarkedList] = {}
    for marked in outline.lists:
        at = bisect_right(ends, marked.items[0].marker.start) - 1
        if at >= 0:
            found.setdefault(counting[at].order, marked)
    return found


def _is_far_off(figure: Figure, listing: Listing) -> bool:
    """Whether a number in characters is so much greater than what is listed that no slip of the pen explains it
    (二十七本书分别是写给少儿、学生和爱好者的)."""
    printed = figure.claim.text
    return (
        listing.form == "after"
        and not any(c.isdigit() for c in printed)
        and figure.claim.value > 2 * max(map(len, listing.readings)) + 2
    )


def _nodes(figure: Figure, listing: Listing, group: int) -> Iterator[Node]:
    if _is_far_off(figure, listing):
        return
    for rank, reading in enumerate(listing.readings):
        span = figure.span
        for item in (reading.items[0], reading.items[-1]):
            span = span.cover(item)
        yield Node(
            kind="enumeration",
            form=listing.form,
            span=span,
            slots=(("stated", (figure,)),),
            listed=reading.items,
            features=listing.facts,
            group=group,
            reading=rank,
        )
