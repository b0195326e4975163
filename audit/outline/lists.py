"""Finds marked lists: 一是…二是…, （一）（二）, 1. 2., ①②, 首先…其次…; inside a paragraph and across paragraphs."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from audit.outline.markers import AGAIN, FIRST, LAST, ORDINAL, OTHER, Marker, find_markers
from audit.outline.tree import Paragraph
from audit.span import Span


@dataclass(frozen=True, slots=True)
class Item:
    """One list item: its marker and its text after the marker, up to the next item or the end of the list."""

    marker: Span
    span: Span


@dataclass(frozen=True, slots=True)
class MarkedList:
    """A list with consecutive markers of one series; `inline` when all items stand in one paragraph."""

    series: str
    items: tuple[Item, ...]
    inline: bool


def find_lists(text: str, paragraphs: Sequence[Paragraph]) -> tuple[MarkedList, ...]:
    """The document's marked lists with at least two items, in the order of their first markers."""
    markers = list(find_markers(text, paragraphs))
    starts = [m.span.start for m in markers]
    lists: list[list[Marker]] = []
    running: dict[str, list[Marker]] = {}
    for marker in markers:
        series = _series_of(marker, running)
        members = running.get(series)
        if members and _goes_on(members, marker):
            if marker.number == 2 and len(members) > 1:  # …一是甲。问题：一是乙，二是丙: the second 一是 begins anew
                members = running[series] = [members.pop()]
                lists.append(members)
            members.append(marker)
        elif marker.number == 1:
            running[series] = [marker]
            lists.append(running[series])
        else:
            running.pop(series, None)
    found = []
    for members in lists:
        if len(members) > 1:
            found.append(_marked_list(members, markers, starts, paragraphs))
    return tuple(found)


def _series_of(marker: Marker, running: Mapping[str, Sequence[Marker]]) -> str:
    """The series that a marker goes on with: 第三 stands for 再次 where there is no 第二."""
    words = running.get(FIRST)
    if marker.series == ORDINAL and words and words[-1].number + 1 == marker.number:
        return FIRST if marker.series not in running else ORDINAL
    return marker.series


def _goes_on(members: Sequence[Marker], marker: Marker) -> bool:
    """Whether a marker follows on those before it: one more, the last one, or the first again in the same paragraph
    (有两种途径：一是…，一是…)."""
    before = members[-1]
    if marker.number == before.number == 1:
        return marker.series in (AGAIN, OTHER) and marker.paragraph == before.paragraph
    return marker.number in (before.number + 1, LAST) and before.number != LAST


def _marked_list(
    members: list[Marker], markers: list[Marker], starts: list[int], paragraphs: Sequence[Paragraph]
) -> MarkedList:
    items = []
    for marker, following in zip(members, [*members[1:], None], strict=True):
        if following is not None:
            end = following.span.start
        else:
            end = _end_of_last(members, markers, starts, paragraphs)
        items.append(Item(marker.span, Span(marker.span.end, max(end, marker.span.end))))
    inline = members[0].paragraph == members[-1].paragraph
    return MarkedList(members[0].series, tuple(items), inline)


def _end_of_last(
    members: list[Marker], markers: list[Marker], starts: list[int], paragraphs: Sequence[Paragraph]
) -> int:
    """Where the last item ends: its paragraph's end, or the next marker of a series that the list stands inside of."""
    last = members[-1]
    end = paragraphs[last.paragraph].span.end
    inner = {m.series for m in markers[bisect_right(starts, members[0].span.start) :][:200] if m.span.start < end}
    at = bisect_right(starts, last.span.start)
    if at < len(markers) and markers[at].span.start < end and markers[at].series not in inner - {last.series}:
        return markers[at].span.start
    return end
