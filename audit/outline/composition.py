"""Finds compositions: percentages in one sentence or list that together make up a whole.

A node of kind `composition` has the slot `parts`. The feature `closed` says that the text calls them shares and
that their names are a known partition or end in the rest, or that it speaks of the make-up of a whole. Form `ratio`:
the terms of 三次产业结构为8.6:40.4:51, `structure` where it is called so. Form `brackets`: what is listed with its
share in brackets (手机（45.2%）、电脑（30.1%）、其他（24.7%）), but for the first one's, which may stand before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache
from itertools import count

from audit.claim import Kind
from audit.outline.cues import one_of, table
from audit.outline.itemized import line_lists
from audit.outline.outline import Outline
from audit.outline.parts import MAX_PARTS, features_of_parts, has_deduction, remainders
from audit.outline.share_sums import find_share_sums
from audit.outline.tree import Aspect, Bracket, Figure, Node, Sentence
from audit.quantity.interval import Interval
from audit.slip import mends

_BASE = re.compile(r"占(?P<base>.*?)(?:的|比重|比例|总|$)")
_SEMICOLONS = frozenset(";；")
_COLONS = frozenset(":：︰∶")
_BETWEEN = "）)、，,；;和及与以 "
_IS = ("为", "是")
_COORDINATIONS = frozenset({"、", "和", "与", "及", "以及"})
_THREE = 3
_WHOLE = 100
_OTHER_WHOLES = frozenset({1, 10, 1000})
_ASPECTS = frozenset({Aspect.SHARE, Aspect.LEVEL, Aspect.CONTRIBUTION})


def find_compositions(outline: Outline) -> Iterator[Node]:
    """The compositions of a document: each run of at least two percentages of one aspect."""
    groups = count()
    for sentences in outline.streams:
        for index, sentence in enumerate(sentences):
            if not sentence.figures:
                continue
            shares = [f for f in sentence.figures if _is_share(f)]
            for run in _lists(shares) or _between_semicolons(sentence) or [shares]:
                yield from _node("sentence", run, next(groups))
            yield from _ratios(outline.text, sentence, groups)
            if index and len(shares) == 1:
                earlier = _just_before(sentences[max(0, index - 5) : index])
                run = [f for f in earlier if f.aspect is shares[0].aspect or _is_rest(shares[0])][-5:] + shares
                yield from _node("sentences", run, next(groups))
    for _, columns, _ in line_lists(outline):
        first = (next((f for f in column if _is_share(f)), None) for column in columns)
        yield from _node("lines", [f for f in first if f is not None], next(groups))
    yield from find_share_sums(outline, groups)
    for paragraph in outline.paragraphs:
        for sentence in paragraph.sentences:
            yield from _bracketed(outline.text, sentence, groups)


def _bracketed(text: str, sentence: Sentence, groups: Iterator[int]) -> Iterator[Node]:
    """The shares of a sentence that stand alone in brackets behind what they are shares for, with the one before."""
    listed: list[Figure] = []
    last = ""
    for clause in sentence.clauses:
        for bracket in clause.brackets:
            if bracket.host is None and len(bracket.figures) == 1 and _is_alone(text, bracket):
                last = text[listed[-1].span.end if listed else clause.span.start : bracket.span.start]
                listed.append(bracket.figures[0])
    before = [f for f in sentence.figures if listed and f.order < listed[0].order]
    first = [f for f in before[-1:] if f.aspect is Aspect.SHARE and f.claim.hedge is None]
    parts = (*first, *listed)[:MAX_PARTS]
    if len(parts) > 2:
        rest = remainders().match(last.lstrip(_BETWEEN)) is not None
        yield Node(
            kind="composition",
            form="brackets",
            span=parts[0].span.cover(parts[-1].span),
            slots=(("parts", parts),),
            features=frozenset({"remainder", "closed"} if rest else ()),
            group=next(groups),
        )


def _is_alone(text: str, bracket: Bracket) -> bool:
    """Whether a bracket has nothing but a percentage in it."""
    claim, span = bracket.figures[0].claim, bracket.span
    around = text[span.start : claim.span.start] + text[claim.span.end : span.end]
    return claim.kind is Kind.PERCENT and claim.hedge is None and not around.strip()


def _lists(shares: Sequence[Figure]) -> list[list[Figure]]:
    """The shares of a sentence, apart where it gives several lists (货运比重分别为75.2%和24.8%，客运比重分别为…)."""
    runs: list[list[Figure]] = []
    for share in shares:
        if runs and share.lead in _COORDINATIONS:
            runs[-1].append(share)
        else:
            runs.append([share])
    return runs if len(runs) > 1 and all(len(run) > 1 for run in runs) else []


def _between_semicolons(sentence: Sentence) -> list[list[Figure]]:
    """The shares of each part of a sentence between semicolons, where those of some part make up a whole (一年级占…，
    四年级占…；城镇户籍占…，农村户籍占…)."""
    runs: list[list[Figure]] = []
    for clause in sentence.clauses:
        if not runs or clause.before in _SEMICOLONS:
            runs.append([])
        runs[-1] += filter(_is_share, clause.figures)
    runs = [run for run in runs if len(run) > 1]
    wholes = (Interval.total([f.claim.interval for f in run]) for run in runs)
    return runs if any(whole.meets(Interval.point(Fraction(_WHOLE))) for whole in wholes) else []


def _just_before(sentences: Sequence[Sentence]) -> list[Figure]:
    """The percentages of the sentences that end a run, as far back as each has one."""
    run: list[Figure] = []
    for sentence in reversed(sentences):
        shares = [f for f in sentence.figures if _is_share(f)]
        if not shares:
            break
        run = shares + run
    return run


def _is_rest(figure: Figure) -> bool:
    """Whether the percentage is what the others leave (其他的44.2%), which needs no 占."""
    return figure.lead.startswith(tuple(table("breakdowns")["remainder"]["words"]))


def _says_share(figure: Figure) -> bool:
    """Whether the wording says that the percentage is part of a whole; 利率3.26% has a partition's names as well."""
    return figure.aspect in (Aspect.SHARE, Aspect.CONTRIBUTION)


def _is_share(figure: Figure) -> bool:
    return figure.claim.kind is Kind.PERCENT and figure.aspect in _ASPECTS and figure.claim.hedge is None


def _node(form: str, shares: Sequence[Figure], group: int) -> Iterator[Node]:
    parts = tuple(shares[:MAX_PARTS])
    if len(parts) < 2 or not _are_alike(parts):
        return
    if len({base for part in parts if (base := _base(part))}) > 1:
        return  # 白酒占酒类总量的52%，绿茶占茶类总量的61.5%
    yield Node(
        kind="composition",
        form=form,
        span=parts[0].span.cover(parts[-1].span),
        slots=(("parts", parts),),
        features=_features(parts),
        group=group,
    )


def _are_alike(parts: Sequence[Figure]) -> bool:
    """Whether the percentages say the same of their subjects: those after a share may leave out that word (男性占比为
    47.3%，女性为52.7%), as what the others leave does."""
    first, *others = (part.aspect for part in parts)
    if all(aspect is first for aspect in others):
        return True
    if _is_rest(parts[-1]) and all(aspect is first for aspect in others[:-1]):
        return True
    return first is Aspect.SHARE and all(
        part.aspect is first or (part.aspect is Aspect.LEVEL and part.lead.endswith(_IS)) for part in parts[1:]
    )


def _features(parts: Sequence[Figure]) -> frozenset[str]:
    features = features_of_parts(parts)
    named = _threes().search(parts[0].lead) and all(f.lead in _COORDINATIONS for f in parts[1:])
    if (named and len(parts) == _THREE or _of_structure().match(parts[-1].tail)) and "open" not in features:
        features |= {"closed"}
    if parts[0].aspect is Aspect.CONTRIBUTION:  # 净流出的贡献率为-8%: its sign says what is taken off
        return features
    return features if _says_share(parts[0]) and not has_deduction(parts) else features - {"closed"}


def _base(share: Figure) -> str:
    """What the percentage is said to be a share of, "" where its clause does not say."""
    found = _BASE.search(share.lead)
    return found["base"] if found else ""


@cache
def _structure() -> re.Pattern[str]:
    """How the text calls what is made up of shares that leave nothing over: 结构, 构成."""
    return re.compile(one_of(table("breakdowns")["structure"]["words"]))


@cache
def _threes() -> re.Pattern[str]:
    """What names three parts that are all (三次产业)."""
    return re.compile(one_of(table("breakdowns")["structure"]["threes"]))


@cache
def _of_structure() -> re.Pattern[str]:
    """What goes on behind the last of such shares: …占20%的利益分配模式."""
    return re.compile(f"的[^，。；：]{{0,6}}{_structure().pattern}")


def _ratios(text: str, sentence: Sentence, groups: Iterator[int]) -> Iterator[Node]:
    """The ratios of three or more terms that make up a hundred, or would but for a slip."""
    runs: list[list[Figure]] = []
    for figure in sentence.figures:
        if figure.claim.kind is not Kind.RATIO:
            continue
        if runs and text[runs[-1][-1].span.end : figure.span.start].strip() in _COLONS:
            runs[-1].append(figure)
        else:
            runs.append([figure])
    for run in runs:
        if 2 < len(run) <= MAX_PARTS and (features := _of_hundred(run)):
            if _structure().search(text, sentence.span.start, run[0].span.start):
                features |= {"structure"}
            span = run[0].span.cover(run[-1].span)
            yield Node("composition", "ratio", span, (("parts", tuple(run)),), features=features, group=next(groups))


def _of_hundred(terms: Sequence[Figure]) -> frozenset[str]:
    """`hundred` where the terms make up a hundred, `slip` where they would but for one slip."""
    whole = sum((f.claim.value for f in terms), Fraction(0))
    if whole in _OTHER_WHOLES or whole < _WHOLE / 2:
        return frozenset()  # 6:2:2 is in tenths
    gap = _WHOLE - whole
    rounding = sum((f.claim.interval.width or Fraction(0) for f in terms), Fraction(0)) / 2
    if abs(gap) > rounding and not any(
        abs(gap - mend.value + f.claim.value) <= rounding for f in terms for mend in mends(f.claim)
    ):
        return frozenset()
    return frozenset({"slip"} if abs(gap) > rounding else {"hundred"})
