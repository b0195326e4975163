"""The only composer of the stages: sources and rules in, a report out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from audit.conclude import findings_of, remainder_of
from audit.coverage import outcomes, sections
from audit.diagnosis import diagnose
from audit.document import Document, Skipped
from audit.extract import Unbroken, extract
from audit.misses import Miss, misses
from audit.outline import Outline, build_outline
from audit.read import DEFAULT_LIMITS, Limits, ReadError, Source, read_source
from audit.relation import bind
from audit.report import Audit, Report
from audit.restore import Restored
from audit.rounding import Rounding, forgiven
from audit.rule.schema import Rule
from audit.settle import borne_out, place, settle
from audit.suppression import uncommented
from audit.verdict import Verdict


def audit_document(
    document: Document, rules: Sequence[Rule], rounding: Rounding = Rounding.STANDARD
) -> tuple[Audit, tuple[Skipped, ...]]:
    """The audit of one document, and the document rules that could not be bound to it."""
    unbroken = Unbroken(document)
    outline = _outline_of(unbroken.document)
    relations, unbound = bind(rules, outline)
    checks = settle(relations, unbroken.document.text)
    if rounding is Rounding.LENIENT:
        checks = tuple(forgiven(check) for check in checks)
    culprits = diagnose(checks, outline.extraction.claims)
    if (decided := borne_out(checks, culprits)) != checks:
        checks, culprits = decided, diagnose(decided, outline.extraction.claims)
    ended, rejected = outcomes(outline, checks, culprits), outline.extraction.rejected
    covered = sections(outline, ended)
    if unbroken.document is not document:
        restored = Restored(unbroken, checks)
        checks, culprits, ended = restored.checks, restored.culprits(culprits), restored.outcomes(ended)
        rejected, covered = tuple(map(unbroken.rejected, rejected)), restored.sections(covered)
    findings = findings_of(document, checks, culprits)
    if rounding is Rounding.STRICT:
        remainders = (remainder_of(document, check) for check in checks if check.verdict is Verdict.ROUNDING)
        findings = tuple(sorted((*findings, *remainders), key=lambda finding: place(finding.check)))
    audit = Audit(document, ended, rejected, checks, findings, covered)
    return audit, tuple(Skipped(str(u.rule.source), u.reason, u.reason_en) for u in unbound)


def misses_of(document: Document, rules: Sequence[Rule], line: int) -> tuple[Miss, ...]:
    """Why rules check nothing, or not all, in a line of a document; lines count from 1."""
    unbroken = Unbroken(document)
    outline = _outline_of(unbroken.document)
    relations, _ = bind(rules, outline)
    checks = settle(relations, unbroken.document.text)
    return misses(rules, outline, checks, unbroken.place(document.lines.line_span(line, document.text)))


def _outline_of(document: Document) -> Outline:
    return build_outline(document, uncommented(extract(document), document.text))


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
        except ModuleNotFoundError as error:
            skipped.append(_incomplete(source.path, error.name or str(error)))
        except Exception as error:  # one document must not take the others with it
            skipped.append(crashed(source.path, f"{type(error).__name__}: {error}"))
        else:
            audits.append(audit)
            skipped += [*audit.document.unread, *unbound]
        if on_progress is not None:
            on_progress(done)
    return Report(tuple(audits), tuple(skipped), tuple(rules))


def _incomplete(path: str, package: str) -> Skipped:
    """What is told of a document that a package is missing for."""
    return Skipped(
        path,
        f"没有装上所需的组件 {package}，没有审计；请用 python -m pip install 重新安装本程序，组件会一并装好",
        f"the package {package} is not installed, so it was not audited; install the program again with "
        "python -m pip install, which brings its packages along",
    )


def crashed(path: str, what: str) -> Skipped:
    """What is told of a document on which the program itself failed; `what` names the failure."""
    detail = " ".join(what.split())
    return Skipped(
        path,
        f"审计时程序出错（{detail}），其余文件不受影响，请把文件和这句话报告给本程序的开发者",
        f"the program failed on it ({detail}); other documents are not affected; please report it with the document",
    )
