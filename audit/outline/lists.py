"""Finds marked lists: 一是…二是…, （一）（二）, 1. 2., ①②, 第一，第二，; inside a paragraph and across paragraphs."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audit.outline.tree import Paragraph
from audit.span import Span

_DIGITS = "一二三四五六七八九十"
_CHINESE = rf"(?:[{_DIGITS}]|十[{_DIGITS[:9]}]|[二三]十[{_DIGITS[:9]}]?)"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
# Each series of markers is counted on its own; the ones below are told apart inside running text.
_INLINE = (
    ("是", re.compile(rf"\s*(?P<n>{_CHINESE})是")),
    ("第", re.compile(rf"\s*第(?P<n>{_CHINESE})[，,、是]")),
    ("（一）", re.compile(rf"\s*[（(](?P<n>{_CHINESE})[）)]")),
    ("（1）", re.compile(r"\s*[（(](?P<n>[0-9０-９]{1,2})[）)]")),
    ("①", re.compile(rf"\s*(?P<n>[{_CIRCLED}])")),
    ("1）", re.compile(r"\s*(?P<n>[0-9０-９]{1,2})[）)]")),
)
# … and these only where a paragraph begins.
_LEADING = (
    ("一、", re.compile(rf"\s*(?P<n>{_CHINESE})[、.．]")),
    ("1.", re.compile(r"\s*(?P<n>[0-9０-９]{1,2})(?:[、.．](?![0-9０-９])|\s)")),
)
_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")
# A bracketed number after one of these refers to an item elsewhere (不属于上述(1)或(2)的合同).
_REFERRING = frozenset("述第前本注条款项或和与及、至")
# Only stops are looked at behind which a marker can begin; most are followed by other text.
_BREAKS = re.compile(rf"[。！？!?；;，,：:](?=\s*[{_DIGITS}第①-⑳0-9０-９])|[（(](?=[{_DIGITS}0-9０-９])|[①-⑳]")


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


@dataclass(frozen=True, slots=True)
class _Marker:
    series: str
    number: int
    span: Span
    paragraph: int


def find_lists(text: str, paragraphs: Sequence[Paragraph]) -> tuple[MarkedList, ...]:
    """The document's marked lists with at least two items, in the order of their first markers."""
    markers = list(_markers(text, paragraphs))
    starts = [m.span.start for m in markers]
    lists: list[list[_Marker]] = []
    running: dict[str, list[_Marker]] = {}
    for marker in markers:
        if marker.number == 1:
            running[marker.series] = [marker]
            lists.append(running[marker.series])
        elif (members := running.get(marker.series)) and members[-1].number + 1 == marker.number:
            members.append(marker)
        else:
            running.pop(marker.series, None)
    found = []
    for members in lists:
        if len(members) > 1:
            found.append(_marked_list(members, markers, starts, paragraphs))
    return tuple(found)


def _markers(text: str, paragraphs: Sequence[Paragraph]) -> Iterator[_Marker]:
    for index, paragraph in enumerate(paragraphs):
        span = paragraph.span
        for series, pattern in (*_LEADING, *_INLINE):
            if match := pattern.match(text, span.start, span.end):
                yield _Marker(series, _number(match["n"]), Span(match.start("n"), match.end()), index)
                break
        for stop in _BREAKS.finditer(text, span.start + 1, span.end):
            at = stop.start() if stop[0] in "（(" or stop[0] in _CIRCLED else stop.end()
            for series, pattern in _INLINE:
                if match := pattern.match(text, at, span.end):
                    bracketed = stop[0] in "（("
                    if bracketed and text[at - 1] in _REFERRING:
                        continue
                    if bracketed != (series in ("（一）", "（1）")) and series != "①":
                        continue
                    yield _Marker(series, _number(match["n"]), Span(match.start("n"), match.end()), index)
                    break


def _marked_list(
    members: list[_Marker], markers: list[_Marker], starts: list[int], paragraphs: Sequence[Paragraph]
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
    members: list[_Marker], markers: list[_Marker], starts: list[int], paragraphs: Sequence[Paragraph]
) -> int:
    """Where the last item ends: its paragraph's end, or the next marker of a series that the list stands inside of."""
    last = members[-1]
    end = paragraphs[last.paragraph].span.end
    inner = {m.series for m in markers[bisect_right(starts, members[0].span.start) :][:200] if m.span.start < end}
    at = bisect_right(starts, last.span.start)
    if at < len(markers) and markers[at].span.start < end and markers[at].series not in inner - {last.series}:
        return markers[at].span.start
    return end


def _number(printed: str) -> int:
    if printed in _CIRCLED:
        return _CIRCLED.index(printed) + 1
    if printed[0] in _DIGITS or printed[0] == "十":
        tens, ten, ones = printed.partition("十")
        if not ten:
            return _DIGITS.index(printed) + 1
        return (_DIGITS.index(tens) + 1 if tens else 1) * 10 + (_DIGITS.index(ones) + 1 if ones else 0)
    return int(printed.translate(_WIDE))
