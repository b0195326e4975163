"""The auditor's report: one HTML page that needs nothing but itself, or an index with one page for each document."""

from __future__ import annotations

import base64
import datetime
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from audit.decisions import FORMAT, Decision, Settlement
from audit.output.json import Names, slashed
from audit.output.phrases import phrase
from audit.output.printable import printable
from audit.output.shown import DocumentView, FindingView
from audit.output.view import document_view
from audit.output.words import say
from audit.report import Audit, Report, Status
from audit.rule.schema import Rule
from audit.version import __version__

CHARACTERS = 200_000
FINDINGS = 200
"""Above either, a report is an index and one page for each document: a browser stalls on much more in one page."""

_LONG = 50_000  # characters from which what is out of sight is not laid out (CSS content-visibility)


_COUNTED = ("claims", "strong", "weak", "contradicted", "undecided", "unlinked")


@dataclass(frozen=True, slots=True)
class RuleView:
    """A rule that was run and how often its checks came out how."""

    id: str
    title: str
    why: str
    source: str
    false_positives: tuple[str, ...]
    verdicts: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Options:
    lang: str
    date: datetime.date | None
    settlement: Settlement


def render(
    report: Report,
    *,
    lang: str = "zh",
    settlement: Settlement | None = None,
    date: datetime.date | None = None,
) -> str:
    """The whole report as one self-contained page; `date` is printed when given, the clock is never read."""
    options = _Options(lang, date, settlement or Settlement())
    names = Names(report)
    documents = [document_view(report, n, names, options.settlement, lang) for n in range(len(report.audits))]
    return _page("page.html", report, documents, options)


def pages(
    report: Report,
    name: str,
    *,
    lang: str = "zh",
    settlement: Settlement | None = None,
    date: datetime.date | None = None,
) -> dict[str, str]:
    """The report's files by their paths relative to the folder of the file called `name`, which is the first.

    One page up to 200,000 characters and 200 findings; above that an index under `name` and a page for each document
    in the folder beside it that has its name without suffix.
    """
    characters = sum(len(audit.document.text) for audit in report.audits)
    findings = sum(len(audit.findings) for audit in report.audits)
    if characters <= CHARACTERS and findings <= FINDINGS:
        return {name: render(report, lang=lang, settlement=settlement, date=date)}
    options = _Options(lang, date, settlement or Settlement())
    names, folder = Names(report), PurePath(name).stem
    paths = [f"{folder}/{n:03d}.html" for n in range(1, len(report.audits) + 1)]
    documents = [document_view(report, n, names, options.settlement, lang) for n in range(len(paths))]
    linked = [replace(document, href=quote(path)) for document, path in zip(documents, paths, strict=True)]
    out = {name: _page("index.html", report, linked, options)}
    for document, path in zip(documents, paths, strict=True):
        out[path] = _page("page.html", report, [document], options, index="../" + quote(name))
    return out


def _page(
    template: str,
    report: Report,
    documents: Sequence[DocumentView],
    options: _Options,
    index: str = "",
) -> str:
    environment = _environment(options.lang)
    style, script = _source("style.css"), _source("script.js")
    audits = [report.audits[d.number] for d in documents]
    rules = list(_rules(() if index else report.rules, audits, options.lang))
    totals = {name: sum(getattr(d.whole, name) for d in documents) for name in _COUNTED}
    return environment.get_template(template).render(
        policy=_policy(style, script),
        style=Markup(style),
        script=Markup(script),
        data=_data(documents, options, figures=template == "page.html"),
        version=__version__,
        date=options.date,
        lang=options.lang,
        documents=documents,
        totals=totals,
        severities={s: sum(d.severities[s] for d in documents) for s in ("error", "warning", "note")},
        dismissed=sum(d.dismissed for d in documents),
        finding_rules=sorted({(f.rule, f.title) for d in documents for f in d.findings}),
        skipped=[
            (printable(slashed(s.path)), printable(s.reason_en or s.reason if options.lang == "en" else s.reason))
            for s in ([] if index else report.skipped)
        ],
        gone=() if index else options.settlement.gone,
        rules=rules,
        index=index,
        long=sum(d.characters for d in documents) > _LONG,
    )


@lru_cache
def _environment(lang: str) -> Environment:
    environment = Environment(
        loader=PackageLoader("audit.output"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )

    def t(key: str, **values: object) -> str:
        return phrase(key, lang, **values)

    def opinion(decision: Decision) -> str:
        ruling = say(f"ruling:{decision.ruling.value}", lang)
        return printable(
            t("opinion", ruling=ruling, auditor=decision.auditor, decided=decision.decided[:10], note=decision.note)
        )

    environment.globals.update(t=t, say=lambda key: say(key, lang), opinion=opinion, grouped=lambda n: f"{n:,}")
    return environment


@lru_cache
def _source(name: str) -> str:
    environment = Environment(loader=PackageLoader("audit.output"), autoescape=False)
    loader = environment.loader
    assert loader is not None
    return loader.get_source(environment, name)[0]


def _policy(style: str, script: str) -> str:
    """The Content-Security-Policy: nothing but the page's own style and script, and no request at all."""
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


@lru_cache
def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _rules(run: Iterable[Rule], audits: Iterable[Audit], lang: str) -> Iterator[RuleView]:
    """The rules that were run and those that bound something in the audits, by id."""
    checks = [check for audit in audits for check in audit.checks]
    known = {rule.id: rule for rule in run} | {check.relation.rule.id: check.relation.rule for check in checks}
    counted = Counter((check.relation.rule.id, check.verdict.value) for check in checks)
    for rule in sorted(known.values(), key=lambda r: r.id):
        verdicts = {v: counted[rule.id, v] for v in ("exact", "rounding", "undecided", "inconsistent")}
        title, why, cautions = rule.said(lang)
        yield RuleView(rule.id, title, why, slashed(str(rule.source)), cautions, verdicts)


# ---------------------------------------------------------------- what the script needs to know
def _data(documents: Sequence[DocumentView], options: _Options, *, figures: bool) -> Markup:
    lang = options.lang
    data: dict[str, Any] = {
        "format": FORMAT,
        "lang": lang,
        "documents": [{"path": d.path, "sha256": d.sha256} for d in documents],
        "findings": {f.anchor: _finding(at, f) for at, d in enumerate(documents) for f in d.findings},
        "claims": {
            c.id: [c.text, c.kind, c.value, c.interval, c.label, c.hedge, c.status, c.reason]
            for d in documents
            for c in (d.claims if figures else ())
        },
        "checks": {
            k.id: [k.title, k.working, k.verdict, k.roles, k.anchor]
            for d in documents
            for k in (d.checks if figures else ())
        },
        "words": {
            key: phrase(key, lang)
            for key in (
                *("reading", "label", "kind", "interval", "hedge", "reason", "related", "no_checks", "shown"),
                *("none_shown", "not_decisions", "imported", "no_reason", "see_text", "details", "close", "ruling:"),
            )
        }
        | {s.value: say(s, lang) for s in Status}
        | {v: say(v, lang) for v in ("exact", "rounding", "inconsistent")}
        | {f"ruling:{r}": say(f"ruling:{r}", lang) for r in ("confirmed", "dismissed", "pending")},
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # A data block ends at the first `</script`, whatever the quotes around it say.
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)


def _finding(document: int, finding: FindingView) -> list[Any]:
    decided = finding.decision
    saved = [decided.ruling.value, decided.note, decided.auditor, decided.decided] if decided else None
    return [document, finding.rule, finding.fingerprint, finding.remembered, saved]
