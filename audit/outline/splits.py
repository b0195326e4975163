"""Finds where a text splits a total: the cue, the figures that may be the total, the clauses that name the parts."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import takewhile

from audit.claim import Kind
from audit.outline.cues import one_of, table
from audit.outline.divisible import is_named_in
from audit.outline.naming import core
from audit.outline.outline import Outline
from audit.outline.part_readings import STRONG
from audit.outline.parts import LEVELS, MAX_PARTS, remainders
from audit.outline.tree import Bracket, Clause, Figure, Paragraph, Sentence
from audit.outline.views import called_alike, first_part, names_parts
from audit.span import Span

_HEAD = 40
"""How many figures before a cue are tried as its total."""
_SENTENCES = 4
"""How many sentences before a grouping are looked through for its total."""
_VIEWS = 6
"""How many paragraphs on end can split one total, each by another grouping."""
_TWO = 2
_PLACE = 4
"""Before the name of a part stands no more than a place (全市第一产业)."""
_PLACING = re.compile("[到了着过在于为从给入]")
"""Prepositions and particles, which stand in a statement and not in a name."""
_MARKED = re.compile("一[是要则靠抓]|其一|首先|第一[，,、是：:]?$")
"""How the first item of a list begins, whose parts are told one an item."""
_NAME_ONLY = re.compile(r"^[^，。；：]{1,24}$")


@dataclass(frozen=True, slots=True)
class _Cues:
    qizhong: re.Pattern[str]
    including: re.Pattern[str]
    among: re.Pattern[str]
    within: re.Pattern[str]
    only: re.Pattern[str]
    respectively: re.Pattern[str]
    grouping: re.Pattern[str]
    aside: re.Pattern[str]
    composition: re.Pattern[str]


@cache
def _cues() -> _Cues:
    data = table("breakdowns")
    return _Cues(
        qizhong=re.compile(rf"^(?:在)?{one_of(data['qizhong']['words'])}"),
        including=re.compile(rf"^{one_of(data['including']['words'])}"),
        among=re.compile(data["among"]["pattern"]),
        within=re.compile(data["among"]["within"]),
        only=re.compile(rf"^{one_of(data['only']['words'])}"),
        respectively=re.compile(rf"{one_of(data['respectively']['words'])}$"),
        grouping=re.compile(data["grouping"]["pattern"]),
        aside=re.compile(rf"{one_of(data['aside']['words'])}(?!级)"),  # 一年级 is a group, no date
        composition=re.compile(one_of(data["grouping"]["full"])),
    )


@dataclass(frozen=True, slots=True)
class Split:
    """A place where a total may be split: the figures before it, likeliest total first, and the runs of clauses that
    can name the parts, likeliest first. `context` is the text that says so."""

    form: str
    totals: tuple[Figure, ...]
    runs: tuple[tuple[Clause, ...], ...]
    cue: Span
    context: Span
    facts: frozenset[str] = frozenset()


def find_splits(outline: Outline) -> Iterator[Split]:
    """The places of a document where a total may be split, paragraph by paragraph."""
    for n, paragraph in enumerate(outline.paragraphs):
        if n:
            yield from _paragraph_splits(outline.paragraphs, n)
        streams = [paragraph.sentences]
        while streams:
            sentences = streams.pop()
            for index, sentence in enumerate(sentences):
                if sentence.figures:
                    yield from _sentence_splits(sentences, index)
                for clause in sentence.clauses:
                    for bracket in clause.brackets:
                        streams.append(bracket.sentences)
                        if split := _bracket_split(sentence, clause, bracket):
                            yield split


def _paragraph_splits(paragraphs: Sequence[Paragraph], n: int) -> Iterator[Split]:
    """The splits of a total in the paragraphs before one that begins with 其中 or with a grouping (用电量分产业看)."""
    paragraph, before = paragraphs[n], paragraphs[n - 1]
    if not (before.sentences and paragraph.sentences):
        return
    run = paragraph.sentences[0].clauses[:MAX_PARTS]
    if _view(run) is not None:
        yield from _views_of_paragraph(paragraphs, n)
    elif (total := before.sentences[-1]).figures and _cues().qizhong.match(run[0].text):
        context = total.span.cover(run[-1].span)
        yield Split("qizhong", total.figures[::-1], (run,), run[0].span, context, frozenset({"apart"}))


def _views_of_paragraph(paragraphs: Sequence[Paragraph], n: int) -> Iterator[Split]:
    """The splits by the groupings of a paragraph that begins with one. The total stands in the last sentences of the
    paragraph before it, or where that begins with a grouping as well, before the first that does."""
    first = next((k for k in range(n, max(0, n - _VIEWS), -1) if not _begins_with_view(paragraphs[k - 1])), 0)
    near = paragraphs[first - 1].sentences[-_SENTENCES:] if first else ()
    totals = tuple(f for s in near for f in s.figures)
    # What is told after 其中 is itself a part.
    told = {f.order for s in near if _cues().qizhong.match(s.clauses[0].text) for f in s.figures}
    for index, sentence in enumerate(paragraphs[n].sentences[: _SENTENCES if totals else 0]):
        run = sentence.clauses[:MAX_PARTS]
        view = _view(run)
        if view is None and index:
            break
        if view is not None:
            cue, parts = run[view], run[view + 1 :]
            context = near[0].span.cover(run[-1].span)
            part = first_part(parts)
            called = called_alike(totals, part, told) if part else ()
            facts = {"apart", "beyond"} | ({"called"} if called else set())
            facts |= {"full"} if names_parts(cue.text, parts) else set()
            yield Split("grouping", called or totals, (parts,), cue.span, context, frozenset(facts))


def _view(clauses: Sequence[Clause]) -> int | None:
    """Which clause before the first figures of a sentence is a grouping, with or without a remark behind it (分产业看，
    增势良好：…)."""
    lead = takewhile(lambda clause: not clause.figures, clauses)
    return next((k for k, clause in enumerate(lead) if _cues().grouping.match(clause.text)), None)


def _begins_with_view(paragraph: Paragraph) -> bool:
    return bool(paragraph.sentences) and _view(paragraph.sentences[0].clauses) is not None


def _partition_split(before: Sentence, sentence: Sentence) -> Split | None:
    """The split of a total by the next sentence, which begins with the first of three parts or more that are all
    (地区生产总值512亿元。第一产业增加值…；第二产业…；第三产业…)."""
    first = sentence.clauses[0]
    row = next((row for row in _partitions() if row[0] in first.text[: len(row[0]) + _PLACE]), None)
    if row is None or not first.figures or not before.figures:
        return None
    part, text = first.figures[0], "".join(clause.text for clause in sentence.clauses)
    if not all(name in text for name in row):
        return None
    totals = tuple(f for f in before.figures if f.claim.dimension == part.claim.dimension)
    named = called_alike(totals, part)
    facts = {"apart", "beyond"} | ({"called"} if named else set())
    context = before.span.cover(sentence.span)
    return Split("grouping", named or totals, (sentence.clauses,), first.span, context, frozenset(facts))


@cache
def _partitions() -> tuple[tuple[str, ...], ...]:
    """The names of three parts or more that are all."""
    return tuple(tuple(row) for row in table("breakdowns")["partitions"]["rows"] if len(row) > _TWO)


def _sentence_splits(sentences: Sequence[Sentence], index: int) -> Iterator[Split]:
    sentence = sentences[index]
    cues = _cues()
    if index and (split := _partition_split(sentences[index - 1], sentence)):
        yield split
    head: tuple[Figure, ...] = ()
    group: tuple[Figure, ...] = ()
    for n, clause in enumerate(sentence.clauses):
        if clause.before in STRONG:
            group = ()
        rest = sentence.clauses[n : n + MAX_PARTS]
        # What stands between the last semicolon and the cue is what the cue splits, be it of another kind.
        nearest = (group or head)[::-1]
        if cues.qizhong.match(clause.text):
            if (not clause.figures and "、" in clause.text) or (n and _is_rest(sentence.clauses[n - 1])):
                pass  # 其中包括干部、教师等, 其余为间接贸易: what follows is no part of what stands before
            elif head:
                yield Split("qizhong", nearest, (_until_semicolon(rest), rest), clause.span, sentence.span)
            elif index:
                before = sentences[index - 1]
                facts = frozenset({"apart"})
                context = before.span.cover(sentence.span)
                yield Split("qizhong", _nearest_totals(before, rest), (rest,), clause.span, context, facts)
        elif cues.grouping.match(clause.text) and len(rest) > 1:
            earlier = tuple(f for s in sentences[max(0, index - _SENTENCES) : index] for f in s.figures)
            context = sentences[max(0, index - _SENTENCES)].span.cover(sentence.span)
            full = cues.composition.search(clause.text) or names_parts(clause.text, rest[1:])
            facts = frozenset({"apart", *(["full"] if full else [])})
            yield Split("grouping", earlier + head, (rest[1:],), clause.span, context, facts)
        elif len(rest) > 1 and not clause.figures and _MARKED.match(rest[1].text):
            pass  # 包括：一是甲区276亿元，其中…
        elif head and clause.before in ("，", ",") and cues.including.match(clause.text):
            yield Split("including", nearest, (_until_semicolon(rest), rest), clause.span, sentence.span)
        elif head and clause.before in ("，", ",") and cues.only.match(clause.text):
            named = tuple(f for f in nearest if is_named_in(f, clause.text))
            yield Split("subset", named, ((clause,),), clause.span, sentence.span)
        elif head and clause.before in ("：", ":"):
            facts = frozenset({"full"} if cues.respectively.search(sentence.clauses[n - 1].text) else ())
            yield Split("colon", nearest, (rest,), clause.span, sentence.span, facts)
        if len(rest) > 1 and rest[1].figures and cues.among.match(clause.text) and _is_whole_among(clause):
            runs = ((rest[1],), _until_next_whole(rest[1:]))
            yield Split("among", clause.figures[::-1], runs, clause.span, sentence.span)
        elif len(clause.figures) > 1 and cues.within.match(clause.figures[0].tail):
            run = (replace(clause, figures=clause.figures[1:]), *_until_next_whole(rest[1:]))
            yield Split("among", clause.figures[:1], (run,), clause.span, sentence.span)
        head = (head + clause.figures)[-_HEAD:]
        group = (group + clause.figures)[-_HEAD:]


def _is_rest(clause: Clause) -> bool:
    """Whether a clause speaks of the rest without its number, which is what 其中 splits then."""
    return not clause.figures and remainders().match(clause.text) is not None


def _is_whole_among(clause: Clause) -> bool:
    """Whether a clause that ends in 中 says among which things (在2300名代办员中), and not where something is (棉衣送到
    灾民手中)."""
    if not clause.figures:
        return False
    figure = clause.figures[-1]
    among = re.sub("(?:之|当)?中$", "", figure.tail)
    if figure.claim.kind is Kind.MEASURE:
        return among in ("", figure.claim.label, f"的{figure.claim.label}")
    return not _PLACING.search(among)


def _nearest_totals(sentence: Sentence, run: Sequence[Clause]) -> tuple[Figure, ...]:
    """The figures of the sentence before 其中, the last first: those behind its last colon where they are of the kind
    that follows (筹集15.7亿元：一是筹措8200万元。其中…)."""
    wanted = {f.claim.dimension for clause in run for f in clause.figures}
    group: tuple[Figure, ...] = ()
    for clause in sentence.clauses:
        group = clause.figures if clause.before in ("：", ":") else group + clause.figures
    return (group if any(f.claim.dimension in wanted for f in group) else sentence.figures)[::-1]


def _until_semicolon(clauses: Sequence[Clause]) -> tuple[Clause, ...]:
    return (*clauses[:1], *takewhile(lambda c: c.before not in STRONG, clauses[1:]))


def _until_next_whole(clauses: Sequence[Clause]) -> tuple[Clause, ...]:
    """The clauses up to the first semicolon or the first that splits another whole (60名中有40名，另60名中有20名)."""
    cues = _cues()
    wholes = (n for n, c in enumerate(clauses) if c.figures and cues.within.match(c.figures[0].tail))
    return _until_semicolon(clauses[: next(wholes, None)])


def _order(figure: Figure) -> int:
    return figure.order


def _names_one_of(figures: Sequence[Figure], host: Figure) -> bool:
    """Whether a bracket names one group of what is counted before it, and its number (新增病例63例（甲市60例）)."""
    part = figures[0] if len(figures) == 1 else None
    return (
        part is not None
        and part.claim.kind is host.claim.kind is Kind.COUNT
        and part.claim.dimension == host.claim.dimension
        and part.claim.value <= host.claim.value
        and part.claim.hedge is None
        and part.aspect in LEVELS
        and len(core(part.lead)) > 1
        and not part.tail
    )


def _bracket_split(sentence: Sentence, clause: Clause, bracket: Bracket) -> Split | None:
    if bracket.host is None or not bracket.sentences:
        return None
    end = bisect_right(clause.figures, bracket.host.order, key=_order)
    head = clause.figures[max(0, end - _HEAD) : end][::-1] or (bracket.host,)
    told = [s for s in bracket.sentences if s.figures]
    items = tuple(c for s in (told[:1] if len(told) > 1 else bracket.sentences) for c in s.clauses)
    cues = _cues()
    facts = {"bracketed"}
    if cues.qizhong.match(items[0].text):
        form = "qizhong"
        wanted = {f.claim.dimension for c in items for f in c.figures if f.claim.kind is not Kind.PERCENT}
        if wanted and not any(f.claim.dimension in wanted for f in head):
            # 项目48个，平均得分99.2分（其中，优的48个、良的0个）
            at = bisect_right(sentence.figures, bracket.host.order, key=_order)
            head = sentence.figures[max(0, at - _HEAD) : at][::-1]
    elif cues.including.match(items[0].text):
        form = "including"
    else:
        form = "bracket"
        figures = [f for c in items for f in c.figures]
        apart = len({f.claim.dimension for f in figures}) == len(figures)
        if any(cues.aside.search(c.text) for c in items) or (apart and not _names_one_of(figures, bracket.host)):
            return None  # 12823亿日元（约130日元合1美元）
        if all(c.figures and all(_NAME_ONLY.match(f.lead) and f.aspect in LEVELS for f in c.figures) for c in items):
            facts.add("pairs")
    return Split(form, head, (items,), bracket.span, sentence.span, frozenset(facts))
