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
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import count, pairwise

from audit.claim import Kind
from audit.outline.breakdown import find_breakdowns
from audit.outline.cues import one_of, table
from audit.outline.naming import core, is_exactly, is_whole, likeness, name_of
from audit.outline.outline import Outline
from audit.outline.parts import LEVELS, features_of_parts
from audit.outline.printed_base import find_printed
from audit.outline.rated import find_rated
from audit.outline.restated import is_of_set
from audit.outline.series import find_series
from audit.outline.share_base import bases_above, confirmed, shared_bases
from audit.outline.tree import Aspect, Figure, Node, Sentence

_KINDS = frozenset({Kind.AMOUNT, Kind.COUNT, Kind.MEASURE, Kind.PER})
_PERCENTAGES = frozenset({Aspect.SHARE, Aspect.COMPLETION})
_Base = tuple[tuple[Figure, ...], str, frozenset[str]]
"""The figures that make up a base, the form of the node, and its features."""
_COVERB = re.compile("[对向给为使让把将帮助]{1,2}$")
"""Before some of a set to whom something is done (对376户特困职工进行救济)."""
_SPECIFIC = 5
"""How long a base's name must be to be looked for outside the sentence: 总人口 is said of every county."""
_YEAR = re.compile(r"[12][0-9]{3}(?=\s?年)")
_ANY_PLAN = re.compile("(?:目标|任务|计划|预算|预期|指标|数)+")
_COORDINATIONS = frozenset({"、", "和", "及", "与", "以及"})
_REACH = 160
_FAR = 10
"""How many figures back a named base is looked for."""


@lru_cache(maxsize=1)
def find_shares(outline: Outline) -> tuple[Node, ...]:
    """The shares of a document, in text order; the last outline's are kept."""
    return tuple(confirmed(_shares(outline)))


def _shares(outline: Outline) -> Iterator[Node]:
    groups = count()
    yield from find_series(outline, "share", groups)
    totals = _totals_of_parts(outline)
    for sentences in outline.streams:
        shared = shared_bases(outline, sentences)
        for index, sentence in enumerate(sentences):
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
                place = _Place(outline, sentences, index, aligned, before, ())
                yield from place.nodes("", phrase, totals, next(groups), part)
            continue
        if any(_is_coordinated(f) for f in figures[n : n + 2] if f.claim.kind is Kind.PERCENT):
            continue  # one of several shares given together (分别占…的2.47%、0.37%)
        subject, named = _read(share)
        if subject and n and _is_term(figures[n - 1], outline.text):
            continue  # 30日内报告比例达到83.08%: what has the share is told from before the 30日 on
        # 第一产业占生产总值的3.8%，第二产业比重为80.9%: the base is named once for all.
        phrase = named or (phrase if "占" not in share.lead or subject else "")
        place = _Place(outline, sentences, index, share, before, figures[n + 1 : n + 2], shared)
        yield from place.nodes(subject, phrase, totals, next(groups), told=told)
        told = phrase or told


def given_together(figures: Sequence[Figure], n: int) -> list[tuple[Figure, Figure]]:
    """Each part with its share, where several shares given together (分别占全县村、户总数的58.2%、30.8%) follow as many
    figures given together; 分别 need not be said of unlike ones (发生25.3万起、亡620人，占总数的38.3%和46.8%)."""
    if n and figures[n - 1].claim.kind is Kind.PERCENT and _is_coordinated(figures[n]):
        return []  # not the first of them
    run = n + 1
    while run < len(figures) and figures[run].claim.kind is Kind.PERCENT and _is_coordinated(figures[run]):
        run += 1
    size = run - n
    parts = figures[max(0, n - size) : n]
    if size < 2 or len(parts) < size or not all(map(_is_stated, parts)):
        return []
    if "分别" not in figures[n].lead and not _are_unlike(parts):
        return []
    before = figures[n - size - 1] if n > size else None
    if before is not None and parts[0].lead in _COORDINATIONS and _is_stated(before):
        return []  # more figures than shares
    return list(zip(parts, figures[n:run], strict=True))


def _are_unlike(parts: Sequence[Figure]) -> bool:
    """Whether the figures are joined to one another, to none before them, and each has a unit of its own."""
    joined = [part.lead.startswith(("、", "和", "及", "与")) for part in parts]
    return len({part.claim.dimension for part in parts}) == len(parts) and joined == [False] + [True] * len(parts[1:])


def _is_term(figure: Figure, text: str) -> bool:
    """Whether the figure is a span of time that qualifies what the text goes on with."""
    following = text[figure.span.end : figure.span.end + 1]
    return figure.claim.dimension.startswith("time") and following not in "，、；：（("


def _is_coordinated(share: Figure) -> bool:
    """Whether the percentage goes on with the one before it (96.25%和占3.75%)."""
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
                place = _Place(outline, sentences, index, share, (bracket.host,), ())
                yield from place.nodes("", phrase, totals, next(groups))


@cache
def _phrase() -> re.Pattern[str]:
    data = table("shares")
    tail = one_of(data["tail"]["words"])
    return re.compile(
        rf"^(?P<subject>.*?)(?:在(?P<inside>.+?)中所?)?(?:{one_of(data['verb']['words'])})(?P<base>.*?){tail}*$"
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


def _restates(base: Sequence[Figure], part: Figure, share: Figure) -> bool:
    """Whether a base is the part itself, stated before."""
    return len(base) == 1 and base[0].claim.value == part.claim.value and share.claim.value != 100


class _Place:
    """One percentage in its sentence, and where its part and base can stand."""

    def __init__(
        self,
        outline: Outline,
        sentences: Sequence[Sentence],
        index: int,
        share: Figure,
        before: Sequence[Figure],
        after: Sequence[Figure],
        shared: tuple[Figure, ...] = (),
    ) -> None:
        self._outline = outline
        self._sentence = sentences[index]
        self._share = share
        self._before = before
        self._after = after
        self._shared = shared
        self._together = False

    def nodes(
        self,
        subject: str,
        phrase: str,
        totals: dict[int, list[Figure]],
        group: int,
        part: Figure | None = None,
        told: str = "",
    ) -> Iterator[Node]:
        """One node for each reading, of the given part or the one that the subject names.

        A share that names no base may go on with the one `told` before it (国有占全部企业的0.4%，私营占84.1%).
        """
        self._together = part is not None
        part = part or self._part(subject, phrase)
        if part is None:
            return
        bases = self._named(phrase, part, totals.get(part.order, ())) if phrase else self._unnamed(part, totals)
        if phrase and not bases:
            bases = self._united(phrase, part) or self._unstated(part)
        if told and not phrase:
            bases = [*bases, *self._named(told, part, ())]
        bases = [b for b in bases if not _restates(b[0], part, self._share)]
        for rank, (base, form, features) in enumerate(bases):
            yield Node(
                kind="share",
                form=form,
                span=self._sentence.span if "distant" not in features else base[0].span.cover(self._sentence.span),
                slots=(("part", (part,)), ("base", base), ("share", (self._share,))),
                features=features,
                group=group,
                reading=rank,
            )

    def _part(self, subject: str, phrase: str) -> Figure | None:
        """The figure that the percentage is a share for: the named one, else the last one stated before it."""
        stated = [f for f in self._before if _is_stated(f)]
        if stated and stated[-1].aspect is Aspect.CHANGE and not re.search("[增减]", phrase):
            # 5G用户10.02亿户，比上年末增加1.8亿户，占移动电话用户的56%: the share of what there is now.
            stated = [f for f in stated if f.aspect is not Aspect.CHANGE]
        if len(core(subject)) > 1:
            named = [f for f in reversed(stated) if likeness(subject, name_of(f))]
            elsewhere = is_of_set(self._sentence) or (self._before and self._before[-1].tail.endswith("中"))
            if not named and not elsewhere:
                named = [f for f in self._earlier() if _is_stated(f) and likeness(subject, name_of(f)) == 2]
            levels = [f for f in named if f.aspect in LEVELS]
            exact = [f for f in levels if is_exactly(subject, name_of(f))]
            return next(iter(exact or levels or named), None)
        return stated[-1] if stated else None

    def _earlier(self) -> list[Figure]:
        """The figures before the sentence, nearest first."""
        end = bisect_left(self._outline.main_starts, self._sentence.span.start)
        return list(reversed(self._outline.main[max(0, end - _REACH) : end]))

    def _named(self, phrase: str, part: Figure, wholes: Sequence[Figure]) -> list[_Base]:
        form = "plan" if self._share.aspect is Aspect.COMPLETION else "named"
        # 债款收入占本年收入的…: every sibling is an 收入, only a figure called just that is the base.
        only_exact = name_of(part).endswith(core(phrase)[-2:])
        changes = re.search("[增减]", phrase) is not None
        of_change = re.fullmatch("总?[增减].*", core(phrase)) is not None
        found = []
        near = [*reversed(self._before), *self._after]
        for back, figure in enumerate([*near, *self._earlier()]):
            if (
                figure is part
                or figure.claim.dimension != part.claim.dimension
                or not (_is_stated(figure) and figure.aspect in LEVELS)
                and not (changes and figure.aspect is Aspect.CHANGE)
                and not (form == "plan" and figure.aspect is Aspect.START)
            ):
                continue
            likely = likeness(phrase, name_of(figure))
            # 计划总投资9万元，其中…占总投资的74%: the total it is a part of may have a longer name.
            whole = is_whole(phrase, figure) and not (back >= len(near) and _COVERB.search(figure.lead))
            exactly = is_exactly(phrase, name_of(figure)) or whole or (likely and figure in wholes)
            alike = 3 if exactly else likely
            if of_change and figure.aspect is Aspect.CHANGE:  # 占总增长额的67.35%: of the change stated before
                alike = max(alike, 2)
            too_small = back >= len(near) and figure.claim.value < part.claim.value and self._share.claim.value <= 100
            if form == "plan" and not core(name_of(figure)).rstrip("数").endswith(core(phrase)):
                continue  # 一般公共预算收入 is no 年度预算
            if form == "plan" and back >= len(near) and _ANY_PLAN.fullmatch(core(phrase)):
                continue  # 年度目标任务: whatever was spoken of last had one
            if alike > 1 and (exactly or not only_exact) and not too_small:
                sure = exactly or (of_change and figure.aspect is Aspect.CHANGE)
                beside = back < len(near)
                known = sure and (beside or (len(phrase) >= _SPECIFIC and not self._is_far(figure)))
                known = known and self._same_year(figure)
                features = {"near" if back < len(near) else "distant"} | ({"exact"} if known else set())
                features |= {"unsure"} if self._is_qualified(figure) else set()
                found.append((back >= len(near), -alike, back, figure, frozenset(features)))
        return [((f,), form, features) for *_, f, features in sorted(found, key=lambda f: f[:3])[:3]]

    def _is_qualified(self, base: Figure) -> bool:
        """Whether brackets right before the figure narrow it (支出（扣除上解部分）为77亿元)."""
        return (
            re.search("[)）][^，。；]{0,3}$", self._outline.text[max(0, base.span.start - 5) : base.span.start])
            is not None
        )

    def _is_far(self, base: Figure) -> bool:
        """Whether more than a few paragraphs stand between the base and the share: then it may be that of another."""
        paragraphs = self._outline.paragraphs
        theirs, ours = (
            bisect_right(paragraphs, span.start, key=lambda paragraph: paragraph.block.span.start)
            for span in (base.span, self._sentence.span)
        )
        return ours - theirs > _FAR

    def _same_year(self, base: Figure) -> bool:
        """Whether the base's clause and the share's sentence name no different years."""
        text = self._outline.text
        ours = set(_YEAR.findall(self._sentence.span.of(text)[:400]))
        theirs = set(_YEAR.findall(text[max(0, base.span.start - 60) : base.span.start].rpartition("。")[2]))
        return not ours or not theirs or bool(ours & theirs)

    def _united(self, phrase: str, part: Figure) -> list[_Base]:
        """A base that the text gives only as its two halves (城镇人口…，乡村人口… for 占全国人口的…), before or
        after."""
        start = bisect_left(self._outline.main_starts, self._sentence.span.start)
        around = self._outline.main[max(0, start - _REACH) : start + _REACH]
        head = core(phrase)[-2:]
        levels = [
            f
            for f in around
            if f.aspect in LEVELS and f.claim.dimension == part.claim.dimension and name_of(f).endswith(head)
        ]
        pairs = [pair for pair in pairwise(levels) if "partition" in features_of_parts(pair)]
        return [(pair, "united", frozenset({"distant"})) for pair in pairs[:3]]

    def _unstated(self, part: Figure) -> list[_Base]:
        """The reading that the base of a count is not given in the text at all."""
        exact = part.claim.interval.width == 0 and part.aspect in LEVELS and self._share.claim.hedge is None
        beside = self._together or (bool(self._before) and part is self._before[-1])
        return [((), "unstated", frozenset())] if exact and beside and self._share.aspect is Aspect.SHARE else []

    def _unnamed(self, part: Figure, totals: dict[int, list[Figure]]) -> list[_Base]:
        if self._share.aspect is Aspect.COMPLETION:
            return []
        known = totals.get(part.order, ())
        bases: list[_Base] = [
            ((total,), "breakdown", frozenset({"distant" if self._has_share(total, part) else "near"}))
            for total in known
        ]
        for base in bases_above(self._outline, part, self._share, self._shared):
            if base not in known:
                features = {"distant", "shared" if base in self._shared else "unsure"}
                bases.append(((base,), "breakdown", frozenset(features)))
        return bases

    def _has_share(self, total: Figure, part: Figure) -> bool:
        """Whether the total is itself a share of something, which its parts may be shares of too (60岁及以上100万人，占
        20%，其中65岁及以上72.5万人，占14.5%)."""
        return any(f.aspect is Aspect.SHARE and total.order < f.order < part.order for f in self._before)


def _is_stated(figure: Figure) -> bool:
    return figure.claim.kind in _KINDS and (figure.aspect in LEVELS or figure.aspect in (Aspect.CHANGE, Aspect.EACH))
