"""settle(Relations) -> Checks: one check for each place of a document, no surer of itself than its rule is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from audit.diagnosis import explained_by_one_slip
from audit.relation import Relation
from audit.verdict import Check, Verdict, judge

UNEXPLAINED = "没有单个笔误能解释差额，可能是口径不同"
"""Why a check is undecided whose gap no slip of the pen explains."""
_UNEXPLAINED_EN = "no single slip explains the gap; the scopes may differ"
_UNSURE, _UNSURE_EN = "这类勾稽关系把握不大，请核实口径", "relations of this kind are far from sure; check the scope"
_HOLDS = (Verdict.EXACT, Verdict.ROUNDING)


def settle(relations: Sequence[Relation], text: str) -> tuple[Check, ...]:
    """The checks of a document in text order, one for each place.

    Of alternative readings it is the first that holds, else the likeliest. Two rules or readings that compare the same
    figures are one check, under the general rule where there is one.
    """
    chosen: dict[tuple[str, int], Check] = {}
    settled: list[tuple[str, int] | Check] = []
    for relation in relations:
        check = judge(relation, text)
        if relation.group < 0:
            settled.append(check)
            continue
        key = (relation.rule.id, relation.group)
        if key not in chosen:
            chosen[key] = check
            settled.append(key)
        elif chosen[key].verdict not in _HOLDS and check.verdict in _HOLDS:
            chosen[key] = check
    checks = [s if isinstance(s, Check) else chosen[s] for s in settled]
    unique: dict[object, Check] = {}
    for check in sorted(checks, key=lambda c: bool(c.relation.rule.applies_to)):
        relation = check.relation
        figures = frozenset(c.span for c in relation.claims) | frozenset(relation.items)
        unique.setdefault((figures, relation.expectation.operator, bool(relation.items)), check)
    return tuple(_tempered(check) for check in sorted(unique.values(), key=place))


def place(check: Check) -> tuple[int, int, str]:
    """Where a check comes among those of its document."""
    evidence = check.relation.evidence
    return evidence.start, evidence.end, check.relation.rule.id


def _tempered(check: Check) -> Check:
    """The check, undecided where its rule is not sure enough of itself to call it inconsistent.

    A rule of medium confidence is believed where a single slip of one figure explains the gap, one of low confidence
    never.
    """
    confidence = check.relation.rule.confidence
    if check.verdict is not Verdict.INCONSISTENT or confidence == "high":
        return check
    if not explained_by_one_slip(check):
        return replace(check, verdict=Verdict.UNDECIDED, reason=UNEXPLAINED, reason_en=_UNEXPLAINED_EN)
    if confidence == "medium":
        return check
    return replace(check, verdict=Verdict.UNDECIDED, reason=_UNSURE, reason_en=_UNSURE_EN)
