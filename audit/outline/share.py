"""Finds shares: a percentage, the figure it is the share of, and the base it is measured against.

A node of kind `share` has the slots `part`, `base` and `share`. Several possible bases are alternative readings of
one group, likeliest first. Forms: `named` (the text names the base: 占总播种面积的49.3%), `breakdown` (it names none,
and the part stands in a breakdown whose total is the base), `plan` (完成年初预算的95.45%), `united` (the base is
given as its two halves), `unstated` (the text names the base but does not state it: the slot `base` is empty), and
those of rated.py. Features: `near` when part, base and share stand in one sentence, `exact` when the base is called
just what the phrase says, `distant` otherwise, `unsure` where brackets narrow the base or only its place speaks for
it, `confirmed` where at least two other shares fit the base, `shared` where other percentages nearby do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import count

from audit.claim import Kind
from audit.outline.breakdown import find_breakdowns
from audit.outline.cues import one_of, table
from audit.outline.joint_shares import find_joint_shares, is_of_several
from audit.outline.naming import core
from audit.outline.outline import Outline
from audit.outline.printed_base import find_printed
from audit.outline.rated import find_rated
from audit.outline.series import find_series
from audit.outline.share_base import confirmed, shared_bases
from audit.outline.share_place import Place, is_stated
from audit.outline.structure import find_structures
from audit.outline.tree import Aspect, Figure, Node, Sentence

_PERCENTAGES = frozenset({Aspect.SHARE, Aspect.COMPLETION})
_COORDINATIONS = frozenset({"、", "和", "及", "与", "以及"})
_REACH = 160


@lru_cache(maxsize=1)
def find_shares(outline: Outline) -> tuple[Node, ...]:
    """The shares of a document, in text order; the last outline's are kept."""
    groups, totals = count(), _totals_of_parts(outline)
    joint = (node for sentence in outline.stating for node in find_joint_shares(sentence, totals, groups))
    return (*confirmed(_shares(outline, totals, groups)), *joint)


def _shares(outline: Outline, totals: dict[int, list[Figure]], groups: Iterator[int]) -> Iterator[Node]:
    yield from find_series(outline, "share", groups)
    yield from find_structures(outline, groups)
    for sentences in outline.streams:
        shared = shared_bases(outline, sentences)
        for index, sentence in enumerate(sentences):
            if sentence.figures:
                yield from _of_sentence(outline, sentences, index, shared, totals, groups)
                yield from _bracketed_shares(outline, sentences, index, totals, groups)
                yield from find_rated(outline, sentences, index, groups)
                yield from find_printed(sentence, groups)


def _of_sentence(
    outline: Outline,
    sentences: Sequence[Sentence],
    index: int,
    shared: tuple[Figure, ...],
    totals: dict[int, list[Figure]],
    groups: Iterator[int],
) -> Iterator[Node]:
    """The percentages of one sentence that the text calls shares, each with its part before it."""
    figures = sentences[index].figures
    phrase = told = ""
    for n, share in enumerate(figures):
        if share.claim.kind is not Kind.PERCENT or share.aspect not in _PERCENTAGES:
            continue
        before = figures[max(0, n - _REACH) : n]
        if together := given_together(figures, n):
            phrase = _read(share)[1]
            for part, aligned in together:
                place = Place(outline, sentences, index, aligned, before, ())
                yield from place.nodes("", phrase, totals, next(groups), part)
            continue
        if any(_is_coordinated(f) for f in figures[n : n + 2] if f.claim.kind is Kind.PERCENT):
            continue  # one of several shares given together (分别占…的3.18%、0.64%)
        subject, named = _read(share)
        if n and (_is_rest(share) or (subject and _is_term(figures[n - 1], outline.text))):
            continue  # 其余占12.65%; 15日内办结比例达到91.4%: what has the share is told from before the 15日 on
        # 小学生占学生总数的43.5%，初中生比重为31.2%: the base is named once for all.
        phrase = named or (phrase if "占" not in share.lead or subject else "")
        place = Place(outline, sentences, index, share, before, figures[n + 1 : n + 2], shared)
        nodes = place.nodes(subject, phrase, totals, next(groups), told=told)
        nodes = (node for node in nodes if not _is_part_of_part(node, totals))
        yield from (node for node in nodes if subject or not is_of_several(node, before))
        told = phrase or told


def _is_part_of_part(node: Node, totals: dict[int, list[Figure]]) -> bool:
    """Whether the base is a part of what has the share (贷款7.33万亿元，占全行贷款的37.3%；其中产业贷款1.59万亿元)."""
    return any(part in totals.get(base.order, ()) for base in node.slot("base") for part in node.slot("part"))


def given_together(figures: Sequence[Figure], n: int) -> list[tuple[Figure, Figure]]:
    """Each part with its share, where several shares given together (分别占全县村、户总数的58.2%、30.8%) follow as many
    figures given together; 分别 need not be said of unlike ones (办展36场、迎客810人，占总数的24.0%和32.4%)."""
    if n and figures[n - 1].claim.kind is Kind.PERCENT and _is_coordinated(figures[n]):
        return []  # not the first of them
    run = n + 1
    while run < len(figures) and figures[run].claim.kind is Kind.PERCENT and _is_coordinated(figures[run]):
        run += 1
    size = run - n
    parts = figures[max(0, n - size) : n]
    if size < 2 or len(parts) < size or not all(map(is_stated, parts)):
        return []
    if "分别" not in figures[n].lead and not _are_unlike(parts):
        return []
    before = figures[n - size - 1] if n > size else None
    if before is not None and parts[0].lead in _COORDINATIONS and is_stated(before):
        return []  # more figures than shares
    return list(zip(parts, figures[n:run], strict=True))


def _are_unlike(parts: Sequence[Figure]) -> bool:
    """Whether the figures are joined to one another, to none before them, and each has a unit of its own."""
    joined = [part.lead.startswith(("、", "和", "及", "与")) for part in parts]
    return len({part.claim.dimension for part in parts}) == len(parts) and joined == [False] + [True] * len(parts[1:])


def _is_term(figure: Figure, text: str) -> bool:
    """Whether the figure is a span of time, or so many kinds, that what the text goes on with is told by."""
    following = text[figure.span.end : figure.span.end + 1]
    qualifies = figure.claim.dimension.startswith("time") or figure.claim.kind is Kind.LIST_COUNT
    return qualifies and following not in "，、；：（("


def _is_rest(share: Figure) -> bool:
    """Whether the percentage is what others leave (其余占12.65%), which no figure before it is the part of."""
    return share.lead.startswith(tuple(table("breakdowns")["remainder"]["words"]))


def _is_coordinated(share: Figure) -> bool:
    """Whether the percentage goes on with the one before it (72.4%和占27.6%)."""
    return share.lead.removesuffix("占") in _COORDINATIONS


def _bracketed_shares(
    outline: Outline,
    sentences: Sequence[Sentence],
    index: int,
    totals: dict[int, list[Figure]],
    groups: Iterator[int],
) -> Iterator[Node]:
    """Shares in brackets after their part: 医院713.1万张（占78.4%）, 男25例（58.1%）.

    They keep the base that one before them names.
    """
    phrase = ""
    for clause in sentences[index].clauses:
        for bracket in clause.brackets:
            share = bracket.figures[0] if len(bracket.figures) == 1 else None
            if share is None or share.claim.kind is not Kind.PERCENT or bracket.host is None:
                continue
            phrase = _read(share)[1] or (phrase if not share.lead else "")
            if share.aspect in _PERCENTAGES or not share.lead:
                place = Place(outline, sentences, index, share, (bracket.host,), ())
                yield from place.nodes("", phrase, totals, next(groups))


@cache
def _phrase() -> re.Pattern[str]:
    data = table("shares")
    tail = one_of(data["tail"]["words"])
    return re.compile(
        rf"^(?P<subject>.*?)(?:在(?P<inside>.+?)中所?)?(?:{one_of(data['verb']['words'])})(?P<base>(?:(?!占(?![地用有])).)*?){tail}*$"
    )


def _read(share: Figure) -> tuple[str, str]:
    """(what has the share, what it is a share of), each "" where the clause does not say."""
    if "占" not in share.lead and share.aspect is Aspect.SHARE:
        return re.sub(rf"{one_of(table('shares')['tail']['words'])}+$", "", share.lead), ""
    match = _phrase().match(share.lead)
    if match is None:
        return "", ""
    base = match["inside"] or match["base"]
    return match["subject"], base if len(core(base)) > 1 else ""


def _totals_of_parts(outline: Outline) -> dict[int, list[Figure]]:
    """For each part of a breakdown (by its order) the totals it may be split from, likeliest first."""
    totals: dict[int, list[Figure]] = {}
    for node in find_breakdowns(outline):
        if node.form in ("grouping", "list") and "closed" not in node.features:
            continue
        (total,) = node.slot("total")
        for part in node.slot("parts"):
            known = totals.setdefault(part.order, [])
            if total not in known and len(known) < 3:
                known.append(total)
    return totals
