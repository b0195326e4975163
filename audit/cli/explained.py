"""What `figure-audit rules explain` tells of a line: what was checked, what was not, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audit.cli.speech import Speech
from audit.engine import misses_of
from audit.misses import Miss
from audit.output.printable import printable
from audit.report import Audit, Outcome, Status
from audit.rule.schema import Rule
from audit.span import Span
from audit.trial import roles_told
from audit.verdict import Check


def explained(audit: Audit, rules: Sequence[Rule], number: int, say: Speech) -> Iterator[str]:
    """The checks of a line's figures, the figures that none takes in, and why the other rules check nothing there."""
    lines = audit.document.lines
    here = [outcome for outcome in audit.outcomes if lines.place(outcome.claim.span.start)[0] == number]
    if not here:
        yield say(f"第{number}行没有数字", f"no figure in line {number}")
        return
    yield from _checked(audit, {outcome.claim.span for outcome in here}, say)
    yield from _unlinked(audit, here, say)
    yield from _missed(misses_of(audit.document, rules, number), say)


def _checked(audit: Audit, figures: set[Span], say: Speech) -> Iterator[str]:
    for check in audit.checks:
        if any(claim.span in figures for claim in check.relation.claims):
            yield from _of_check(check, audit.document.text, say)


def _of_check(check: Check, text: str, say: Speech) -> Iterator[str]:
    relation = check.relation
    yield f"{relation.rule.id}  {check.verdict.value}  {printable(check.working_in(say.lang))}"
    yield f"    {printable(roles_told(check, text))}"
    if relation.cue is not None:
        yield say("    线索：", "    cue: ") + printable(" ".join(relation.cue.of(text).split()))
    doubts = dict.fromkeys(say(doubt.because, doubt.because_en) for doubt in relation.doubts)
    reason = say(check.reason, check.reason_en)
    for doubt in doubts:
        yield say("    疑点：", "    doubt: ") + doubt
    if reason and reason not in (*doubts, say("；", "; ").join(doubts)):
        yield say("    只作问题：", "    a question only: ") + printable(reason)


def _unlinked(audit: Audit, here: Sequence[Outcome], say: Speech) -> Iterator[str]:
    unlinked = [outcome for outcome in here if outcome.status is Status.UNLINKED]
    if unlinked:
        yield from ("", say("没有核对的数字", "Figures that were not checked"))
    for outcome in unlinked:
        line, column = audit.document.lines.place(outcome.claim.span.start)
        reason = say(outcome.reason or "未勾稽", outcome.reason_en or "unlinked")
        yield f"{line}:{column}  {printable(outcome.claim.text)}  {reason}"


def _missed(missed: Sequence[Miss], say: Speech) -> Iterator[str]:
    standing = [miss for miss in missed if miss.figures]
    if standing:
        yield from ("", say("认出了写法，但没有核对的规则", "Rules that found their wording, but checked nothing"))
    for miss in standing:
        yield f"{' '.join(miss.rules)}  {say(miss.why, miss.why_en)}"
        yield f"    {printable(miss.figures)}"
    absent = [miss for miss in missed if not miss.figures]
    if absent:
        yield from ("", say("在这里没有找到所要写法的规则", "Rules that did not find their wording here"))
    for miss in absent:
        about = say(miss.about, miss.about_en)
        yield f"{' '.join(miss.rules)}  {say(miss.why, miss.why_en)}"
        if about:
            yield f"    {about}"
