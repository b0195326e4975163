"""settle(Relations) -> Checks: one check for each place of a document, no surer of itself than its rule is.

borne_out(Checks, Culprits) -> Checks: those that were in doubt are decided that one slip explains together with others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from audit.diagnosis import Culprits, explained_by_one_slip
from audit.relation import Relation
from audit.slip import TELLING_SLIPS
from audit.span import Span
from audit.verdict import Check, Verdict, judge

UNEXPLAINED = ("没有单个笔误能解释差额，可能是口径不同", "no single slip explains the gap; the scopes may differ")
"""Why a check is undecided whose gap no slip of the pen explains, in Chinese and in English."""
UNRELIABLE = (
    "这条规则在本文件中多处不符，可能是本文件的写法或口径与规则所设想的不同",
    "this rule fails in several places of the document, which may use words or scopes it does not expect",
)
"""Why the checks of a rule are undecided that fails more often than it holds."""
_UNSURE = ("这类勾稽关系把握不大，请核实口径", "relations of this kind are far from sure; check the scope")
_BORNE_OUT = 3
"""In so many places a rule for tables must hold to be believed about a gap that no slip explains."""
_HOLDS = (Verdict.EXACT, Verdict.ROUNDING)


def settle(relations: Sequence[Relation], text: str) -> tuple[Check, ...]:
    """The checks of a document in text order, one for each place.

    Of alternative readings it is the first that holds, else the likeliest. Two rules or readings that compare the same
    figures are one check, under the general rule where there is one.
    """
    chosen: dict[tuple[str, int], Check] = {}
    found: list[tuple[str, int] | Check] = []
    for relation in relations:
        check = judge(relation, text)
        if relation.group < 0:
            found.append(check)
            continue
        key = (relation.rule.id, relation.group)
        if key not in chosen:
            chosen[key] = check
            found.append(key)
        elif chosen[key].verdict not in _HOLDS and check.verdict in _HOLDS:
            chosen[key] = check
    checks = [s if isinstance(s, Check) else chosen[s] for s in found]
    unique: dict[object, Check] = {}
    for check in sorted(checks, key=lambda c: bool(c.relation.rule.applies_to)):
        relation = check.relation
        figures = frozenset(c.span for c in relation.claims) | frozenset(relation.items)
        unique.setdefault((figures, relation.expectation.operator, bool(relation.items)), check)
    settled = sorted(unique.values(), key=place)
    held = Counter(check.relation.rule.id for check in settled if check.verdict in _HOLDS)
    return _doubted([_tempered(check, held[check.relation.rule.id]) for check in settled], held)


def place(check: Check) -> tuple[int, int, str]:
    """Where a check comes among those of its document."""
    evidence = check.relation.evidence
    return evidence.start, evidence.end, check.relation.rule.id


def _tempered(check: Check, held: int) -> Check:
    """The check, undecided where its rule is not sure enough of itself to call it inconsistent.

    Whatever looks for figures may take the wrong ones: it is believed where a single slip of one figure explains the
    gap, and where its confidence is low never. Of high confidence, a rule that quotes its figures is always believed,
    and one for tables that holds in so many other places of the document that it has read them rightly.
    """
    where, confidence = check.relation.rule.where, check.relation.rule.confidence
    if check.verdict is not Verdict.INCONSISTENT:
        return check
    if confidence == "high" and (where is None or (where.node == "table" and held >= _BORNE_OUT)):
        return check
    if not explained_by_one_slip(check):
        return _undecided(check, UNEXPLAINED)
    if confidence == "low":
        return _undecided(check, _UNSURE)
    return check


def borne_out(checks: Sequence[Check], culprits: Mapping[int, Culprits]) -> tuple[Check, ...]:
    """The checks, those inconsistent whose binding was in doubt and which another one bears out: both blame the same
    figure first, and mending the same slip of it restores both. Figures that are bound wrongly miss by any amount; that
    two relations miss by just what one slip makes up is no chance, unless both only say which figure is larger or the
    slip is one digit for another, as neighbouring years differ by.
    """
    return tuple(
        replace(check, verdict=Verdict.INCONSISTENT, reason="", reason_en="")
        if _is_doubted(check) and index in culprits and _is_shared_slip(index, culprits[index], checks)
        else check
        for index, check in enumerate(checks)
    )


def _is_doubted(check: Check) -> bool:
    """Whether it is only the binding of a check that is in doubt."""
    by_rule = check.reason in (UNEXPLAINED[0], UNRELIABLE[0], _UNSURE[0])
    return check.verdict is Verdict.UNDECIDED and bool(check.relation.doubts) and not by_rule


def _is_shared_slip(index: int, found: Culprits, checks: Sequence[Check]) -> bool:
    if not found.joint or found.suspects[0].edit not in TELLING_SLIPS:
        return False
    equal = any(checks[i].relation.expectation.operator == "==" for i in (index, *found.joint))
    others = {
        frozenset(c.span for c in checks[i].relation.claims) for i in (index, *found.joint)
    }  # not one relation told by two rules
    return equal and len(others) > 1


def _undecided(check: Check, reason: tuple[str, str]) -> Check:
    return replace(check, verdict=Verdict.UNDECIDED, reason=reason[0], reason_en=reason[1])


def _doubted(checks: Sequence[Check], held: Mapping[str, int]) -> tuple[Check, ...]:
    """The checks, undecided where their rule fails in several places that share no figure, and in more than it holds.

    Reports have few slips: such a rule has met words that it takes wrongly.
    """
    broken: Counter[str] = Counter()
    seen: set[tuple[str, Span]] = set()
    for check in checks:
        rule = check.relation.rule
        if check.verdict is Verdict.INCONSISTENT and rule.where is not None:
            figures = {(rule.id, claim.span) for claim in check.relation.claims}
            broken[rule.id] += not figures & seen
            seen |= figures
    doubted = {rule for rule, times in broken.items() if times > 1 and times > held[rule]}
    return tuple(
        _undecided(check, UNRELIABLE)
        if check.verdict is Verdict.INCONSISTENT and check.relation.rule.id in doubted
        else check
        for check in checks
    )
