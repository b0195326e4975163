"""How every claim of a document ended: confirmed (and how strongly), contradicted, undecided, or unlinked and why."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib import resources

from audit.claim import Claim, Kind
from audit.diagnosis import Culprits
from audit.diagnosis.power import CERTAIN, STRONG, Chances
from audit.outline import Figure, Outline
from audit.outline.tree import Aspect
from audit.report import Coverage, Outcome, SectionCoverage, Status
from audit.span import Span, squeeze
from audit.verdict import Check, Verdict

LARGE = Fraction(1, 100)
"""An amount is of weight from this part of the document's largest amount on."""
LISTED = 3
"""So many figures of one kind in one sentence are a listing."""
_QUOTED = 34
"""So many characters before a figure are quoted in a question about it."""
_HEADS, _HEAD = 3, 12  # of a table, the first cells that name it, and the characters of each
_SENTENCE_END = re.compile(r"[。；;！？!?\r\n]")
_CLAUSE_END = re.compile(r"[，,：:]")
_RATES = (Kind.PERCENT, Kind.POINTS, Kind.FRACTION, Kind.MULTIPLE, Kind.RATIO)


@dataclass(frozen=True, slots=True)
class _Gap:
    """What is missing to decide a figure: why it is unlinked, and what to ask for ("" where nothing would help)."""

    reason: str
    reason_en: str
    question: str = ""
    question_en: str = ""


@cache
def _gaps() -> Mapping[str, _Gap]:
    data = tomllib.loads((resources.files("audit.data") / "coverage.toml").read_text("utf-8"))
    return {entry.pop("gap"): _Gap(**entry) for entry in data["gap"]}


def outcomes(outline: Outline, checks: Sequence[Check], culprits: Mapping[int, Culprits]) -> tuple[Outcome, ...]:
    """One outcome for each claim of the document, in text order.

    A figure of a relation that does not hold counts as contradicted, unless other relations confirm it strongly and
    the diagnosis finds another figure likelier to be wrong.
    """
    places = _Places(outline)
    linked = _linked(checks, culprits)
    return tuple(
        _of_linked(claim, linked[claim.span]) if claim.span in linked else _of_unlinked(claim, places)
        for claim in outline.extraction.claims
    )


def sections(outline: Outline, ended: Sequence[Outcome]) -> tuple[SectionCoverage, ...]:
    """The coverage of each section with claims, by its own text without that of its subsections."""
    if not outline.sections:
        return ()
    starts = [0, *(section.span.start for section in outline.sections)]
    heads = [("", 0), *((section.title, section.level) for section in outline.sections)]
    members: dict[int, list[Outcome]] = {}
    for outcome in ended:
        members.setdefault(bisect_right(starts, outcome.claim.span.start) - 1, []).append(outcome)
    ends = [*starts[1:], len(outline.text)]
    return tuple(
        SectionCoverage(*heads[index], Span(starts[index], ends[index]), Coverage.of(own))
        for index, own in sorted(members.items())
    )


# ---------------------------------------------------------------- figures of relations
@dataclass(slots=True)
class _Links:
    """The checks of one claim: how likely those that hold would do so by chance (None where none does), those that are
    undecided, and whether it may be to blame for a broken one."""

    undecided: list[Check]
    chance: Fraction | None = None
    contradicted: bool = False
    blamed: bool = False


def _linked(checks: Sequence[Check], culprits: Mapping[int, Culprits]) -> dict[Span, _Links]:
    linked: dict[Span, _Links] = {}
    for index, check in enumerate(checks):
        cleared = _cleared(check, culprits.get(index))
        confirms = check.verdict in (Verdict.EXACT, Verdict.ROUNDING)
        chances = Chances(check.relation) if confirms else None
        concerned = check.relation.valued if confirms else check.relation.claims
        for span, claim in {claim.span: claim for claim in concerned}.items():
            links = linked.setdefault(span, _Links([]))
            if chances is not None:
                if links.chance is None or links.chance > CERTAIN:
                    links.chance = chances.of(claim) * (1 if links.chance is None else links.chance)
            elif check.verdict is Verdict.UNDECIDED:
                links.undecided.append(check)
            else:
                links.contradicted = True
                links.blamed = links.blamed or span not in cleared
    return linked


def _cleared(check: Check, culprits: Culprits | None) -> set[Span]:
    """The figures of a broken check that the diagnosis finds unlikely to be wrong."""
    if culprits is None or not culprits.suspects or not culprits.suspects[0].is_likely:
        return set()
    suspected = {s.claim.span for s in culprits.suspects if s.likelihood != "low"}
    return {claim.span for claim in check.relation.claims} - suspected


def _of_linked(claim: Claim, links: _Links) -> Outcome:
    power = Fraction(0) if links.chance is None else 1 - links.chance
    strong = power >= STRONG
    if links.contradicted and (links.blamed or not strong):
        return Outcome(claim, Status.CONTRADICTED)
    if links.chance is not None:
        return Outcome(claim, Status.CONFIRMED, power=power, strong=strong)
    reasons = dict.fromkeys((check.reason, check.reason_en) for check in links.undecided)
    return Outcome(
        claim,
        Status.UNDECIDED,
        "；".join(reason for reason, _ in reasons),
        "; ".join(reason for _, reason in reasons),
    )


# ---------------------------------------------------------------- figures without a relation
class _Places:
    """Where the figures of a document stand."""

    def __init__(self, outline: Outline) -> None:
        self.figures: dict[int, Figure] = {figure.span.start: figure for figure in outline.figures}
        self._beside: dict[int, Counter[str]] = {}
        for paragraph in outline.paragraphs:
            for sentence in paragraph.sentences:
                if len(sentence.figures) >= LISTED:
                    alike = Counter(f.claim.dimension for f in sentence.figures if f.aspect is Aspect.LEVEL)
                    for figure in sentence.figures:
                        self._beside[figure.span.start] = alike
        amounts = [abs(c.value) for c in outline.extraction.claims if c.dimension == "money"]
        self.large = max(amounts, default=Fraction(0)) * LARGE
        self._document = outline.document
        self._tables = [block.table for block in outline.document.blocks if block.table is not None]

    def listed(self, claim: Claim) -> bool:
        """Whether the figure stands in a sentence with others of its kind."""
        beside = self._beside.get(claim.span.start)
        return beside is not None and beside[claim.dimension] >= LISTED

    def quote(self, claim: Claim) -> str:
        """The figure with the words before it in its sentence, cut at a clause where they are many."""
        text = self._document.text
        start = max(0, claim.span.start - _QUOTED)
        before = _SENTENCE_END.split(text[start : claim.span.start])
        words = before[-1]
        if len(before) == 1 and start:
            clauses = _CLAUSE_END.search(words)
            words = "…" + words[clauses.end() if clauses else 0 :]
        return f"“{squeeze(words + claim.text)}”"

    def table(self, claim: Claim) -> tuple[str, str]:
        """What the table of a figure is called in Chinese and in English: by its line and its first cells."""
        at = bisect_right(self._tables, claim.span.start, key=lambda table: table.span.start) - 1
        if at < 0:
            return self.quote(claim), self.quote(claim)
        table = self._tables[at]
        line, _ = self._document.lines.place(table.span.start)
        heads = [word for cell in table.rows[0] if (word := squeeze(cell.span.of(self._document.text)))]
        shown = [*(head[:_HEAD] for head in heads[:_HEADS]), *(["…"] if len(heads) > _HEADS else [])]
        return f"第{line}行起的表（{'、'.join(shown)}）", f"the table from line {line} on ({', '.join(shown)})"


def _of_unlinked(claim: Claim, places: _Places) -> Outcome:
    figure = places.figures.get(claim.span.start)
    gap = _gaps()[next(_missing(claim, figure, places))]
    hedge = claim.hedge or ""
    weighty = claim.kind in _RATES or (claim.dimension == "money" and abs(claim.value) >= places.large)
    if not weighty or not gap.question:
        return Outcome(claim, Status.UNLINKED, gap.reason.format(hedge=hedge), gap.reason_en.format(hedge=hedge))
    quote, (table, table_en) = places.quote(claim), places.table(claim)
    return Outcome(
        claim,
        Status.UNLINKED,
        gap.reason.format(hedge=hedge),
        gap.reason_en.format(hedge=hedge),
        question=gap.question.format(figure=quote, table=table),
        question_en=gap.question_en.format(figure=quote, table=table_en),
    )


_TIMES = ("time", "months")  # dimensions: 天, 分钟; 年, 个月
_OF_ASPECT = {
    Aspect.BOUND: "bound",
    Aspect.SHARE: "share",
    Aspect.COMPLETION: "completion",
    Aspect.CONTRIBUTION: "contribution",
    Aspect.GROWTH: "growth",
    Aspect.EACH: "each",
}
_OF_KIND = {
    Kind.POINTS: "points",
    Kind.MULTIPLE: "multiple",
    Kind.RATIO: "ratio",
    Kind.FRACTION: "share",
    Kind.PERCENT: "rate",
    Kind.PER: "each",
    Kind.RANGE: "range",
    Kind.LIST_COUNT: "list_count",
}


def _missing(claim: Claim, figure: Figure | None, places: _Places) -> Iterator[str]:
    """What is missing to link the figure, the most telling first."""
    if figure is None:
        yield "cell"
    if figure is not None and figure.aspect in _OF_ASPECT:
        yield _OF_ASPECT[figure.aspect]
    if claim.kind in _OF_KIND:
        yield _OF_KIND[claim.kind]
    if claim.interval.width is None:
        yield "hedge"
    if figure is not None and figure.aspect in (Aspect.CHANGE, Aspect.START, Aspect.END):
        yield "change"
    if claim.dimension.startswith(_TIMES):
        yield "duration"
    if places.listed(claim):
        yield "listed"
    yield "alone"
