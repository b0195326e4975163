"""Tells what a figure says of its subject (a level, a change, a share …) from the words directly around it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from audit.claim import Claim, Kind
from audit.outline.cues import one_of, table
from audit.outline.tree import Aspect, Figure

_BOUNDS = ("以上", "以下", "以内", "之内")
_RANKED = ("名", "位", "强")
"""Units in which ranks are counted: 前五名 says which are meant."""
_PERCENTS = frozenset({Kind.PERCENT, Kind.POINTS})


@dataclass(frozen=True, slots=True)
class _Patterns:
    change: re.Pattern[str]
    end: re.Pattern[str]
    level: re.Pattern[str]
    start: re.Pattern[str]
    moves: re.Pattern[str]
    reference: re.Pattern[str]
    difference: re.Pattern[str]
    share: re.Pattern[str]
    completion: re.Pattern[str]
    of_account: re.Pattern[str]
    rate: re.Pattern[str]
    contribution: re.Pattern[str]
    coordination: frozenset[str]
    fall: frozenset[str]


@cache
def _patterns() -> _Patterns:
    cues = table("cues")
    rise, fall = cues["change"]["rise"], cues["change"]["fall"]
    verb = one_of([*rise, *fall])
    moved = one_of([*rise, *fall, *cues["change"]["becoming"]])
    fill = one_of(cues["fillers"]["words"]) + "{0,2}$"
    starts = one_of(cues["change"]["starts"])
    return _Patterns(
        change=re.compile(f"(?!{one_of(cues['change']['reach'])})({verb}){one_of(cues['change']['fillers'])}{{0,2}}$"),
        end=re.compile(f"({moved}){one_of(cues['change']['ends'])}(?:了|约|近|超|超过|的)?(?:[^，；]{{0,8}}年的?)?$"),
        level=re.compile(f"{one_of(cues['change']['level'])}$"),
        start=re.compile(f"{starts}[^到至]{{0,24}}$"),
        moves=re.compile(
            f"^(?:[到至][^，到至]{{2,10}}[年月末底])?[^到至]{{0,12}}?({verb}|调整|变|发展|扩)[^到至]{{0,6}}[到至为]"
        ),
        reference=re.compile(f"{one_of(cues['change']['references'])}[^，；]*$"),
        difference=re.compile(f"(?:的[^，；]{{0,8}}?)?{verb}"),
        share=re.compile(f"{one_of(cues['share']['before'])}{fill}|{_shared(cues['share'])}[^，；]*$"),
        completion=re.compile(f"{one_of(cues['completion']['before'])}{fill}"),
        of_account=re.compile(f"{_shared(cues['share'])}[^，；]*{one_of(cues['completion']['accounts'])}{fill}"),
        rate=re.compile(f"{one_of(cues['rate']['before'])}{fill}"),
        contribution=re.compile(f"{one_of(cues['contribution']['within'])}[^，；]*$"),
        coordination=frozenset(cues["coordination"]["words"]),
        fall=frozenset(fall),
    )


def _shared(cues: Mapping[str, Any]) -> str:
    """A pattern for 占 where it is said of a share, and not in a word for taking something up (占用)."""
    taking = cues["taking"]
    return f"(?<!{one_of(taking['before'])}){one_of(cues['within'])}(?!{one_of(taking['after'])})"


def read_aspect(claim: Claim, lead: str, tail: str, previous: Figure | None) -> tuple[Aspect, int]:
    """What the figure says of its subject, and -1 as sign where the wording says that it fell (else 1).

    `previous` is the figure before it in the sentence, whose aspect a bare follow-up (、和 …) takes over.
    """
    p = _patterns()
    percent = claim.kind in _PERCENTS
    if lead.endswith("前") and claim.kind is Kind.COUNT and claim.text.endswith(_RANKED):
        return Aspect.RANK, 1
    if previous is not None and lead in p.coordination:
        inherited = _inherited(claim, previous)
        if inherited is not None:
            return inherited, previous.sign
    if p.start.search(lead) and p.moves.search(tail):
        return Aspect.START, 1
    if not percent and tail.startswith(("相比", "相较")):
        return Aspect.START, 1
    if previous is not None and previous.aspect is Aspect.START:
        if moved := p.moves.search(lead):
            return Aspect.END, -1 if moved[1] in p.fall else 1
        if lead.endswith(("到", "至", "到了", "为")):
            return Aspect.END, 1
    if (
        (not percent or lead.endswith("的") or tail.startswith("的"))
        and p.reference.search(lead)
        and p.difference.match(tail)
    ):
        return Aspect.START, 1
    if claim.kind is Kind.PERCENT:
        if p.completion.search(lead) and not p.of_account.search(lead):
            return Aspect.COMPLETION, 1
        if p.contribution.search(lead):
            return Aspect.CONTRIBUTION, 1
    if end := p.end.search(lead):
        if not (end[0].endswith("为") and percent):
            return Aspect.END, -1 if end[1] in p.fall else 1
    if p.level.search(lead):
        return Aspect.LEVEL, 1
    if change := p.change.search(lead):
        sign = -1 if change[1] in p.fall else 1
        return (Aspect.GROWTH if claim.kind in (Kind.PERCENT, Kind.MULTIPLE) else Aspect.CHANGE), sign
    if claim.kind is Kind.POINTS:
        return (Aspect.CONTRIBUTION if p.contribution.search(lead) else Aspect.CHANGE), 1
    if claim.kind is Kind.PER:
        return Aspect.EACH, 1
    if percent:
        if p.share.search(lead):
            return Aspect.SHARE, 1
        if p.rate.search(lead):
            return Aspect.RATE, 1
    if claim.kind is Kind.MULTIPLE:
        return Aspect.RANK, 1
    return (Aspect.BOUND if _is_bound(claim, tail) else Aspect.LEVEL), 1


def _is_bound(claim: Claim, tail: str) -> bool:
    """Whether a figure says which things are meant, not how much there is (年产100万台以上的企业, 30万元以上大案)."""
    if claim.hedge is None or not claim.hedge.endswith(_BOUNDS):
        return False
    return tail.startswith("的") or (tail != "" and claim.kind in (Kind.AMOUNT, Kind.MEASURE))


def _inherited(claim: Claim, previous: Figure) -> Aspect | None:
    """The aspect that a bare follow-up takes over, None where the two figures are of unlike kinds."""
    before = previous.claim.kind
    if claim.kind is before or {claim.kind, before} <= {Kind.AMOUNT, Kind.COUNT, Kind.MEASURE}:
        return Aspect.END if previous.aspect is Aspect.START else previous.aspect
    if previous.aspect is Aspect.CHANGE and claim.kind is Kind.PERCENT:
        return Aspect.GROWTH
    if previous.aspect is Aspect.GROWTH and claim.kind is Kind.POINTS:
        return Aspect.CHANGE
    return None
