"""Findings that a comment in the document silences: <!-- figure-audit: ignore[rule-id] 理由 -->."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from audit.claim import Extraction, Rejected
from audit.document import Document
from audit.finding import Finding
from audit.report import Audit
from audit.span import Span

# The comment's own words may not hold the sign that opens one, so that an unclosed comment ends nothing.
_COMMENT = re.compile(r"<!--(?:(?!<!--|-->).)*-->", re.DOTALL)
_WORDS = re.compile(r"<!--\s*figure-audit\s*:(.*)-->", re.DOTALL)
_ORDER = re.compile(r"\s*([\w-]+)\s*(?:\[([^\]]*)\])?\s*(.*)", re.DOTALL)
_ORDERS = ("ignore", "ignore-file")


@dataclass(frozen=True, slots=True)
class Suppression:
    """One comment: it silences the findings of `rules` whose stated figure lies in `scope`, for `reason`."""

    span: Span
    rules: tuple[str, ...]
    reason: str
    scope: Span


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about a way of living with findings that should be mended: where, and what, in both languages."""

    path: str
    line: int
    zh: str
    en: str


def comments_of(text: str) -> list[Span]:
    """The spans of the HTML comments in a text."""
    return [Span(*found.span()) for found in _COMMENT.finditer(text)] if "<!--" in text else []


def uncommented(extraction: Extraction, text: str) -> Extraction:
    """The extraction without the figures that stand in comments: they are not the document's."""
    comments = comments_of(text)
    if not comments:
        return extraction
    inside = [c for c in extraction.claims if any(comment.contains(c.span) for comment in comments)]
    kept = tuple(c for c in extraction.claims if c not in inside)
    rejected = [*extraction.rejected, *(Rejected(c.span, c.text, "注释") for c in inside)]
    return Extraction(kept, tuple(sorted(rejected, key=lambda each: each.span)))


def suppressions_of(document: Document, known: Sequence[str]) -> tuple[list[Suppression], list[Notice]]:
    """The suppressions that a document's comments ask for, and what is wrong with those that cannot be granted.

    `known` are the ids of the rules. A comment silences its own line, or, standing alone, the paragraph, list or table
    after it; `ignore-file` the whole document. Without a rule or without a reason it silences nothing.
    """
    granted: list[Suppression] = []
    notices: list[Notice] = []
    comments = comments_of(document.text)
    for comment in comments:
        words = _WORDS.fullmatch(comment.of(document.text))
        if words is None:
            continue
        line, _ = document.lines.place(comment.start)
        order = _ORDER.fullmatch(words[1])
        rules = tuple(rule for rule in re.split(r"[\s,，、]+", (order and order[2]) or "") if rule)
        fault = _fault(order[1] if order else "", rules, order[3].strip() if order else "", known)
        if fault is not None:
            notices.append(Notice(document.path, line, *fault))
        elif order is not None:
            whole = Span(0, len(document.text))
            scope = whole if order[1] == "ignore-file" else _scope(comment, comments, document)
            granted.append(Suppression(comment, rules, " ".join(order[3].split()), scope))
    return granted, notices


def _fault(order: str, rules: Sequence[str], reason: str, known: Sequence[str]) -> tuple[str, str] | None:
    form = "<!-- figure-audit: ignore[rule-id] 理由 -->"
    if order not in _ORDERS:
        return f"看不懂这条注释，应写成 {form}", f"this comment is not understood; write {form}"
    if not rules:
        return f"没有写明不报哪条规则，应写成 {form}", f"no rule is named; write {form}"
    unknown = [rule for rule in rules if rule not in known]
    if unknown:
        near = get_close_matches(unknown[0], known, 1)
        return (
            f"没有规则 {unknown[0]}" + (f"，是否应为 {near[0]}" if near else "，见 figure-audit rules list"),
            f"no rule {unknown[0]}" + (f"; did you mean {near[0]}?" if near else "; see figure-audit rules list"),
        )
    if not reason:
        return f"没有写理由，不予采用，应写成 {form}", f"no reason is given, so it has no effect; write {form}"
    return None


def _scope(comment: Span, comments: Sequence[Span], document: Document) -> Span:
    """The lines of a comment that has text beside it, else the next block that is more than comments."""
    text, lines = document.text, document.lines
    first, last = lines.place(comment.start)[0], lines.place(comment.end)[0]
    beside = lines.line_span(first, text).cover(lines.line_span(last, text))
    if _holds_words(beside, comments, text):
        return beside
    after = (b.span for b in document.blocks if b.span.end > comment.end)
    for span in after:
        rest = Span(max(span.start, comment.end), span.end)
        if _holds_words(rest, comments, text):
            return rest
    return beside


def _holds_words(span: Span, comments: Sequence[Span], text: str) -> bool:
    covered = [comment for comment in comments if comment.overlaps(span)]
    left, at = "", span.start
    for comment in covered:
        left += text[at : comment.start]
        at = max(at, comment.end)
    return bool((left + text[at : span.end]).strip())


def silence(audit: Audit, known: Sequence[str]) -> tuple[Audit, list[Notice]]:
    """The audit without what the document's comments silence, and notices of comments that are wrong or unused."""
    granted, notices = suppressions_of(audit.document, known)
    used: set[Span] = set()

    def silenced(finding: Finding) -> bool:
        rule = finding.check.relation.rule.id
        by = [s for s in granted if rule in s.rules and s.scope.start <= finding.span.start < s.scope.end]
        used.update(s.span for s in by)
        return bool(by)

    left = without(audit, silenced)
    for suppression in granted:
        if suppression.span not in used:
            line, _ = audit.document.lines.place(suppression.span.start)
            rules = ", ".join(suppression.rules)
            zh = f"这条注释（{rules}）没有用到，请删去"
            notices.append(Notice(audit.document.path, line, zh, f"this comment ({rules}) silences nothing; remove it"))
    return left, sorted(notices, key=lambda notice: notice.line)


def without(audit: Audit, accepted: Callable[[Finding], bool]) -> Audit:
    """The audit without the findings that are accepted; of several told together the others stay."""
    findings = tuple(_left(audit.findings, accepted))
    return audit if findings == audit.findings else replace(audit, findings=findings)


def _left(findings: Sequence[Finding], accepted: Callable[[Finding], bool]) -> Iterator[Finding]:
    for finding in findings:
        kept = [each for each in finding.together if not accepted(each)]
        if len(kept) == len(finding.together):
            yield finding
        elif kept:
            yield replace(kept[0], joint=tuple(kept[1:]))
