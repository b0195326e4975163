"""The places of a document that a finding speaks of: its figures by role, and the text around them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from audit.finding import Finding
from audit.span import Span
from audit.verdict import Check

_STOP = re.compile(r"[。！？!?；;\r\n]")


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure or listed item to point at; `stated` is the one a finding is reported on."""

    span: Span
    role: str
    stated: bool = False


def marks(finding: Finding) -> tuple[Mark, ...]:
    """The figures and items of the finding's check in text order; none overlaps another."""
    found = {mark.span: mark for mark in reversed(_bound(finding.check))}
    found[finding.span] = Mark(finding.span, found[finding.span].role if finding.span in found else "stated", True)
    out: list[Mark] = []
    for span in sorted(found):
        if not out or out[-1].span.end <= span.start:
            out.append(found[span])
        elif found[span].stated:
            out[-1] = found[span]
    return tuple(out)


def _bound(check: Check) -> list[Mark]:
    relation = check.relation
    figures = [Mark(claim.span, role) for role, claims in relation.roles for claim in claims]
    return figures + [Mark(item, "items") for item in relation.items]


def windows(spans: list[Span], text: str, reach: int) -> list[Span]:
    """The surroundings of `spans`, up to `reach` characters each side and never past the line; close ones joined."""
    out: list[Span] = []
    for span in spans:
        start = max(text.rfind("\n", 0, span.start), text.rfind("\r", 0, span.start), span.start - reach - 1) + 1
        breaks = [at for at in (text.find("\n", span.end), text.find("\r", span.end)) if at >= 0]
        end = min([*breaks, span.end + reach, len(text)])
        if out and start <= out[-1].end and not _breaks(text, out[-1].end, start):
            out[-1] = Span(out[-1].start, max(out[-1].end, end))
        else:
            out.append(Span(start, max(end, span.end)))
    return out


def sentences(spans: list[Span], text: str) -> list[Span]:
    """The sentences that hold `spans`, without the white space around them; adjacent and overlapping ones joined."""
    out: list[Span] = []
    for span in spans:
        start = max((m.end() for m in _STOP.finditer(text, max(0, span.start - _FAR), span.start)), default=None)
        stop = _STOP.search(text, span.end, span.end + _FAR)
        first = start if start is not None else max(0, span.start - _FAR)
        last = stop.end() if stop else min(len(text), span.end + _FAR)
        while first < span.start and text[first].isspace():
            first += 1
        while last > span.end and text[last - 1].isspace():
            last -= 1
        if out and first <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, last))
        else:
            out.append(Span(first, last))
    return out


_FAR = 160  # a sentence without an end in sight is cut here: hostile or laid-out text has lines of any length


def _breaks(text: str, start: int, end: int) -> bool:
    return any(c in "\r\n" for c in text[start:end])
