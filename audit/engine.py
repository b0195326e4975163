"""The only composer of the stages: sources and rules in, a report out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from audit.coverage import outcomes, sections
from audit.diagnosis import Culprits, diagnose, explained_by_one_slip
from audit.document import Document, Skipped
from audit.explanation import explain, fingerprint
from audit.extract import extract
from audit.finding import Finding, Severity
from audit.outline import build_outline
from audit.read import DEFAULT_LIMITS, Limits, ReadError, Source, read_source
from audit.relation import Relation, bind
from audit.report import Audit, Report
from audit.rounding import Rounding, forgiven
from audit.rule.schema import Rule
from audit.suppression import uncommented
from audit.verdict import Check, Verdict, judge

_HOLDS = (Verdict.EXACT, Verdict.ROUNDING)
_UNDECIDED_SEVERITY = {"error": Severity.WARNING, "warning": Severity.WARNING, "note": Severity.NOTE}


def audit_document(
    document: Document, rules: Sequence[Rule], rounding: Rounding = Rounding.STANDARD
) -> tuple[Audit, tuple[Skipped, ...]]:
    """The audit of one document, and the document rules that could not be bound to it."""
    extraction = uncommented(extract(document), document.text)
    outline = build_outline(document, extraction)
    relations, unbound = bind(rules, outline)
    checks = tuple(_tempered(check) for check in _settle(relations, document.text))
    if rounding is Rounding.LENIENT:
        checks = tuple(forgiven(check, document.text) for check in checks)
    culprits = diagnose(checks, extraction.claims)
    ended = outcomes(outline, checks, culprits)
    findings = tuple(_findings(document, checks, culprits))
    if rounding is Rounding.STRICT:
        remainders = (_remainder(document, check) for check in checks if check.verdict is Verdict.ROUNDING)
        findings = tuple(sorted((*findings, *remainders), key=lambda finding: _place(finding.check)))
    audit = Audit(document, ended, extraction.rejected, checks, findings, sections(outline, ended))
    return audit, tuple(Skipped(str(u.rule.source), u.reason, u.reason_en) for u in unbound)


def audit_sources(
    sources: Sequence[Source],
    rules: Sequence[Rule],
    *,
    rounding: Rounding = Rounding.STANDARD,
    limits: Limits = DEFAULT_LIMITS,
    on_progress: Callable[[int], None] | None = None,
) -> Report:
    """The audit of several sources, in their order; a source that cannot be read or audited is skipped with its reason.

    `on_progress` is called with the number of sources done after each one.
    """
    audits: list[Audit] = []
    skipped: list[Skipped] = []
    for done, source in enumerate(sources, 1):
        try:
            audit, unbound = audit_document(read_source(source, limits), rules, rounding)
        except ReadError as error:
            skipped.append(Skipped(error.path, error.reason, error.reason_en))
        except Exception as error:  # one document must not take the others with it
            skipped.append(crashed(source.path, f"{type(error).__name__}: {error}"))
        else:
            audits.append(audit)
            skipped += [*audit.document.unread, *unbound]
        if on_progress is not None:
            on_progress(done)
    return Report(tuple(audits), tuple(skipped), tuple(rules))


def crashed(path: str, what: str) -> Skipped:
    """What is told of a document on which the program itself failed; `what` names the failure."""
    detail = " ".join(what.split())
    return Skipped(
        path,
        f"审计时程序出错（{detail}），其余文件不受影响，请把文件和这句话报告给本程序的开发者",
        f"the program failed on it ({detail}); other documents are not affected; please report it with the document",
    )


def _settle(relations: Sequence[Relation], text: str) -> tuple[Check, ...]:
    """One check for each place: of alternative readings the first that holds, else the likeliest.

    Two rules or readings that compare the same figures are one check, under the general rule where there is one.
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
    return tuple(sorted(unique.values(), key=_place))


def _place(check: Check) -> tuple[int, int, str]:
    evidence = check.relation.evidence
    return evidence.start, evidence.end, check.relation.rule.id


_UNEXPLAINED = "没有单个笔误能解释差额，可能是口径不同"


def _tempered(check: Check) -> Check:
    """The check, undecided where its rule is not sure enough of itself to call it inconsistent.

    A rule of medium confidence is believed where a single slip of one figure explains the gap, one of low confidence
    never.
    """
    confidence = check.relation.rule.confidence
    if check.verdict is not Verdict.INCONSISTENT or confidence == "high":
        return check
    if not explained_by_one_slip(check):
        return replace(check, verdict=Verdict.UNDECIDED, reason=_UNEXPLAINED)
    if confidence == "medium":
        return check
    return replace(check, verdict=Verdict.UNDECIDED, reason="这类勾稽关系把握不大，请核实口径")


def _severity(check: Check) -> Severity:
    severity = Severity(check.relation.severity or check.relation.rule.severity)
    if check.verdict is not Verdict.UNDECIDED:
        return severity
    return Severity.NOTE if check.reason == _UNEXPLAINED or _is_coarse(check) else _UNDECIDED_SEVERITY[severity]


def _is_coarse(check: Check) -> bool:
    """Whether only trailing zeros stand between a quotient and what is stated: figures too coarse to ask about."""
    relation = check.relation
    return not relation.doubts and relation.rule.relation in ("ratio", "growth")


def _findings(document: Document, checks: Sequence[Check], culprits: Mapping[int, Culprits]) -> Iterable[Finding]:
    """One finding for each check that fails, those together that one repair of one figure would mend."""
    for index in sorted(culprits):
        joint = culprits[index].joint
        if _gravest((index, *joint), checks) == index:
            told = tuple(_finding(document, checks[i], culprits[i]) for i in joint)
            yield replace(_finding(document, checks[index], culprits[index]), joint=told)


def _finding(document: Document, check: Check, culprits: Culprits) -> Finding:
    span = check.relation.claims[0].span if check.relation.claims else check.relation.evidence
    line, column = document.lines.place(span.start)
    return Finding(
        check=check,
        severity=_severity(check),
        message=explain(check, "zh"),
        message_en=explain(check, "en"),
        span=span,
        line=line,
        column=column,
        fingerprint=fingerprint(check, document),
        suspects=culprits.suspects,
        diagnosis=culprits.remark,
        diagnosis_en=culprits.remark_en,
    )


def _remainder(document: Document, check: Check) -> Finding:
    """The note that a difference which rounding explains (尾差) is reported as under the strict policy."""
    found = _finding(document, check, Culprits())
    return replace(
        found,
        severity=Severity.NOTE,
        message=f"{found.message}（尾差，在舍入范围内）",
        message_en=f"{found.message_en} (within rounding)",
    )


def _gravest(indices: Sequence[int], checks: Sequence[Check]) -> int:
    ranks = list(Severity)
    return min(indices, key=lambda i: (ranks.index(_severity(checks[i])), i))
