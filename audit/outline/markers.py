"""Reads the markers of list items: 一是, 第一，, 第一步, （一）, 其一, 首先, 1., ①."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audit.outline.tree import Paragraph
from audit.span import Span

FIRST = "首先"
"""The series of 首先, 其次, 再次, 最后, which 第三 may go on with."""
ORDINAL = "第"
"""The series of 第一, 第二."""
AGAIN = "是"
"""The series whose first marker may stand before every item: 一是…，一是…."""
OTHER = "另"
"""The series of 一种…，另一种…, whose first marker may come again as well."""
LAST = 0
"""The number of 最后, which is the last item wherever it stands."""
_DIGITS = "一二三四五六七八九十"
_CHINESE = rf"(?:[{_DIGITS}]|十[{_DIGITS[:9]}]|[二三]十[{_DIGITS[:9]}]?)"
_ARABIC = "[0-9０-９]{1,2}"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_WORDS = {"首先": 1, "其次": 2, "再次": 3, "再者": 3, "最后": LAST}
_OTHERS = {"一": 1, "另一": 2, "另外一": 2, "而另一": 2}
_STEPS = "步|阶段|方面|部分|环节|层次|层|类|种|条|点|项|个"
# Each series of markers is counted on its own; the ones below are told apart inside running text.
_INLINE = (
    *((verb, re.compile(rf"(?P<n>{_CHINESE}){verb}")) for verb in "是要则靠抓"),
    (ORDINAL, re.compile(rf"第(?P<n>{_CHINESE})[，,、是：:]")),
    ("其", re.compile(rf"其(?P<n>{_CHINESE})[，,、是：:]")),
    *((step, re.compile(rf"第(?P<n>{_CHINESE}){step}")) for step in _STEPS.split("|")),
    (FIRST, re.compile(f"(?P<n>{'|'.join(_WORDS)})")),
    (OTHER, re.compile(f"(?P<n>{'|'.join(_OTHERS)})(?:种|类|个|条|项|边|方面|部分|家|位|名|件)")),
    ("（一）", re.compile(rf"[（(](?P<n>{_CHINESE})[）)]")),
    ("（1）", re.compile(rf"[（(](?P<n>{_ARABIC})[）)]")),
    ("①", re.compile(rf"(?P<n>[{_CIRCLED}])")),
    ("1）", re.compile(rf"(?P<n>{_ARABIC})[）)]")),
)
# … these only behind what ends a sentence or announces a list …
_BEHIND_STOPS = (
    ("一、", re.compile(rf"(?P<n>{_CHINESE})、(?![{_DIGITS}])")),
    ("1.", re.compile(rf"(?P<n>{_ARABIC})[、.．](?![0-9０-９])")),
)
# … and these only where a paragraph begins.
_LEADING = (
    ("一、", re.compile(rf"(?P<n>{_CHINESE})[、.．]")),
    ("1.", re.compile(rf"(?P<n>{_ARABIC})(?:[、.．](?![0-9０-９])|\s)")),
)
_STOPS = frozenset("。；;：:！!？?")
_BLANKS = re.compile(r"\s*")
# A bracketed number after one of these refers to an item elsewhere (不属于上述(1)或(2)的合同).
_REFERRING = frozenset("述第前本注条款项或和与及、至")
# Only stops are looked at behind which a marker can begin; most are followed by other text.
_BREAKS = re.compile(
    rf"[。！？!?；;，,：:](?=\s*[{_DIGITS}第其首再最另而①-⑳0-9０-９])|[（(](?=[{_DIGITS}0-9０-９])|[①-⑳]"
)


@dataclass(frozen=True, slots=True)
class Marker:
    """One marker: its series, its number in it, its span and the index of its paragraph."""

    series: str
    number: int
    span: Span
    paragraph: int


def find_markers(text: str, paragraphs: Sequence[Paragraph]) -> Iterator[Marker]:
    """The markers of a document in text order; what looks like one need not be part of a list."""
    for index, paragraph in enumerate(paragraphs):
        span = paragraph.span
        if found := _match(text, span.start, span.end, (*_LEADING, *_INLINE)):
            yield _marker(*found, index)
        for stop in _BREAKS.finditer(text, span.start + 1, span.end):
            bracketed = stop[0] in "（("
            if bracketed and text[stop.start() - 1] in _REFERRING:
                continue
            at = stop.start() if bracketed or stop[0] in _CIRCLED else stop.end()
            patterns = (*_INLINE, *_BEHIND_STOPS) if stop[0] in _STOPS else _INLINE
            found = _match(text, at, span.end, patterns)
            if found and bracketed == (found[0] in ("（一）", "（1）")):
                yield _marker(*found, index)


def _match(
    text: str, start: int, end: int, patterns: Sequence[tuple[str, re.Pattern[str]]]
) -> tuple[str, re.Match[str]] | None:
    """The series of the first pattern that matches behind blanks, and its match."""
    start = _BLANKS.match(text, start, end).end()  # type: ignore[union-attr]
    return next(((series, m) for series, pattern in patterns if (m := pattern.match(text, start, end))), None)


def _marker(series: str, found: re.Match[str], paragraph: int) -> Marker:
    return Marker(series, _number(found["n"]), Span(*found.span()), paragraph)


def _number(printed: str) -> int:
    if printed in _WORDS:
        return _WORDS[printed]
    if printed in _OTHERS:
        return _OTHERS[printed]
    if printed in _CIRCLED:
        return _CIRCLED.index(printed) + 1
    if printed[0] in _DIGITS:
        tens, ten, ones = printed.partition("十")
        if not ten:
            return _DIGITS.index(printed) + 1
        return (_DIGITS.index(tens) + 1 if tens else 1) * 10 + (_DIGITS.index(ones) + 1 if ones else 0)
    return int(printed)
