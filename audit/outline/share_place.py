"""Where the part and the base of one percentage can stand in its sentence and before it.

Gives the nodes of kind `share` that share.py finds the percentages for; the forms and features are told there.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache
from itertools import pairwise

from audit.claim import Kind
from audit.outline.cues import one_of, table
from audit.outline.excess import resumes
from audit.outline.naming import core, is_exactly, likeness, name_of
from audit.outline.outline import Outline
from audit.outline.parts import LEVELS, SPANS_OF_TIME, features_of_parts
from audit.outline.parts_of_year import part_of_year
from audit.outline.restated import is_of_set
from audit.outline.share_base import bases_above, fits, is_telling
from audit.outline.tree import Aspect, Figure, Node, Sentence
from audit.outline.wholes import contains_set, counts_whole, is_any_whole, is_total_of, may_count_whole, set_in

_KINDS = frozenset({Kind.AMOUNT, Kind.COUNT, Kind.MEASURE, Kind.PER})
_Base = tuple[tuple[Figure, ...], str, frozenset[str]]
"""The figures that make up a base, the form of the node, and its features."""
_SPECIFIC = 5
"""How long a base's name must be to be looked for outside the sentence: 总人口 is said of every county."""
_YEAR = re.compile(r"[12][0-9]{3}(?=\s?年)")
_ANY_PLAN = re.compile("(?:目标|任务|计划|预算|预期|指标|调整|变动|数)+")
_COVERB = re.compile("(?:[对向给使让把将帮助]|(?<![数量额共计])为){1,2}$")
"""Before some of a set to whom something is done (对376户特困职工进行救济)."""
_ABOUT = re.compile("[约近]占")
_OWN = re.compile("(?:其|本人|自身|各自)所(?![有得属在])([一-鿿])")
"""A base that is called by what its owner does with it (占其所持股份的46.9%)."""
_PLANNED = re.compile("计划|任务|目标|下达|安排|调整为|(?<!公共)预算")
_FRAME = re.compile("(?<![其初高集途])中有?$")
_VAGUE = Fraction(1, 20)
"""A base known no better than this (突破2000亿元) is borne out by too many percentages."""
_FAR = 10
"""How many figures back a named base is looked for."""
_REACH = 160


def _restates(base: Sequence[Figure], part: Figure, share: Figure) -> bool:
    """Whether a base is the part itself, stated before."""
    return len(base) == 1 and base[0].claim.value == part.claim.value and share.claim.value != 100


class Place:
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

        A share that names no base may go on with the one `told` before it (诗集占全部藏书的2.6%，小说占47.8%).
        """
        self._together = part is not None
        part = part or self._part(subject, phrase)
        if part is None:
            return
        named = phrase and not is_any_whole(phrase)
        bases = self._named(phrase, part, totals.get(part.order, ())) if named else self._unnamed(part, totals)
        if phrase and not bases:
            bases = self._united(phrase, part) or self._framing(part, phrase)
        if phrase and all("unsure" in features and not named for *_, features in bases):
            bases += self._unstated(part, subject)
        if told and not phrase:
            bases = [*bases, *self._named(told, part, ())]
        bases = [b for b in bases if not _restates(b[0], part, self._share)]
        if _ABOUT.search(self._share.lead):
            bases = [(base, form, features | {"unsure"}) for base, form, features in bases]
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
        if subject and self._after and resumes(self._after[0]):
            return self._after[0]  # 其中私人债务占55%，达650亿美元
        stated = [f for f in self._before if is_stated(f)]
        if stated and stated[-1].aspect is Aspect.CHANGE and not re.search("[增减]", phrase):
            # 电动车4.2万辆，比年初增加0.9万辆，占登记车辆的35%: the share of what there is now.
            stated = [f for f in stated if f.aspect is not Aspect.CHANGE]
        if len(core(subject)) > 1:
            named = [f for f in reversed(stated) if likeness(subject, name_of(f))]
            elsewhere = is_of_set(self._sentence) or (self._before and self._before[-1].tail.endswith("中"))
            if not named and not elsewhere:
                named = [f for f in self._earlier() if is_stated(f) and likeness(subject, name_of(f)) == 2]
            levels = [f for f in named if f.aspect in LEVELS]
            same = [f for f in levels if core(name_of(f)) == core(subject)]
            exact = [f for f in levels if is_exactly(subject, name_of(f))]
            return next(iter(same or exact or levels or named), None)
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
        own = _OWN.search(phrase)
        found = []
        near = [*reversed(self._before), *self._after]
        for back, figure in enumerate([*near, *self._earlier()]):
            if (
                figure is part
                or self._is_share_itself(figure, phrase)
                or figure.claim.dimension != part.claim.dimension
                or not (is_stated(figure) and figure.aspect in LEVELS)
                and not (part.aspect is Aspect.EACH is figure.aspect and part.claim.per == figure.claim.per)
                and not (changes and figure.aspect is Aspect.CHANGE)
                and not (form == "plan" and figure.aspect is Aspect.START)
            ):
                continue
            reached = back >= len(near) and _COVERB.search(figure.lead) is not None
            is_whole = figure in wholes  # whatever its size, which a slip may have changed
            of_set = (
                not reached
                and self._may_contain(figure, part, whatever_size=is_whole)
                and (may_count_whole(phrase, figure) or (is_whole and contains_set(phrase, figure)))
            )
            likely = likeness(phrase, name_of(figure)) or of_set
            # 计划总投资9万元，其中…占总投资的74%: the total it is a part of may have a longer name.
            whole = not reached and counts_whole(phrase, figure)
            of_total = is_total_of(phrase, figure) and (is_whole or self._fits_alone(part, figure))
            exactly = is_exactly(phrase, name_of(figure)) or whole or ((likely or of_total) and is_whole)
            if own and back < len(near) and figure.order < part.order and own[1] in figure.lead:
                exactly = True
            alike = 3 if exactly else 2 if of_set or of_total else likely
            if of_change and figure.aspect is Aspect.CHANGE:  # 占总增长额的67.35%: of the change stated before
                alike = max(alike, 2)
            outside = back >= len(self._before) and not is_whole
            too_small = outside and figure.claim.value < part.claim.value and self._share.claim.value <= 100
            if too_small and back < len(near):
                continue  # 486万户，占总量的68.3%，是2015年底192万户的2.5倍
            if form == "plan" and not core(name_of(figure)).rstrip("数").endswith(core(phrase)):
                if back < len(near) and figure.order < part.order and _is_planned(phrase, figure):
                    found.append((False, True, 0, back, figure, frozenset({"unsure", "planned"})))
                continue  # 一般公共预算收入 is no 年度预算
            if form == "plan" and back >= len(near) and _ANY_PLAN.fullmatch(core(phrase)):
                continue  # 年度目标任务: whatever was spoken of last had one
            spent = self._is_spent(phrase, figure, part) if form == "plan" else ""
            bindable = alike > 1 and (exactly or not too_small and (of_total or not only_exact))
            if bindable and spent != "whole" and self._may_be_of_period(figure, part):
                sure = exactly or (of_change and figure.aspect is Aspect.CHANGE)
                beside = back < len(near)
                known = sure and (beside or (len(phrase) >= _SPECIFIC and not self._is_far(figure)))
                known = known and self._same_year(figure) and not too_small
                # 财政收入48亿元。其中，税收34亿元，占财政收入的70.0%: named, and what the part is said to be part of
                of_whole = figure in wholes and (of_total or is_exactly(phrase, name_of(figure)))
                features = {"near" if beside and (exactly or not of_set) else "distant"}
                features |= {"owned"} if of_whole else set()
                features |= {"exact"} if known else set()
                features |= {"unsure"} if spent or self._is_qualified(figure) else set()
                found.append((too_small, "distant" in features, -alike, back, figure, frozenset(features)))
        return [((f,), form, features) for *_, f, features in sorted(found, key=lambda f: f[:4])[:3]]

    def _is_spent(self, phrase: str, base: Figure, part: Figure) -> str:
        """What a plan that is called just that was for, where another percentage of it stands before the part: the
        "whole" that the part is split from (预算50万元，决算40万元，完成预算的80%，其中…完成预算的72%), or "another"
        figure; "" where it may well be the part's own."""
        done = [f for f in self._before if f.aspect is Aspect.COMPLETION and base.order < f.order < part.order]
        if not done or not _ANY_PLAN.fullmatch(core(phrase)):
            return ""
        between = self._outline.text[done[-1].span.end : part.span.start]
        return "whole" if _split().search(between) else "another"

    def _is_share_itself(self, figure: Figure, phrase: str) -> bool:
        """Whether the figure is itself said to be a share of what the phrase names (甲持30万股，占总股本的5%)."""
        at = bisect_right(self._outline.main_starts, figure.span.start)
        following = self._outline.main[at] if at < len(self._outline.main) else self._share
        if following is self._share or following.aspect is not Aspect.SHARE:
            return False
        return core(phrase) in core(following.lead)

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

    def _fits_alone(self, part: Figure, base: Figure) -> bool:
        """Whether the percentage is telling and fits the base."""
        return is_telling(self._share) and fits(part, (base,), self._share)

    def _may_be_of_period(self, base: Figure, part: Figure) -> bool:
        """Whether the text names no different parts of a year before the base and the share (4月份零售额…。1-4月份…，
        占零售额的12.9%), or the percentage fits all the same."""
        ours, theirs = (part_of_year(self._outline.text, f.span.start) for f in (self._share, base))
        return not ours or not theirs or ours == theirs or fits(part, (base,), self._share)

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

    def _unstated(self, part: Figure, subject: str) -> list[_Base]:
        """The reading that the base of a count is not given in the text at all; where something else is said to have
        the share (吞吐量千万人次以上机场40个，吞吐量占全部的82.4%), there is none."""
        if subject and not re.search("数量?$", subject) and not core(name_of(part)).endswith(core(subject)[-2:]):
            return []
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
        bases += self._framing(part)
        known = [figure for base, *_ in bases for figure in base]
        for base in bases_above(self._outline, part, self._share, self._shared):
            if base not in known:
                features = {"distant", "shared" if base in self._shared else "unsure"}
                bases.append(((base,), "breakdown", frozenset(features)))
        return bases

    def _framing(self, part: Figure, phrase: str = "") -> list[_Base]:
        """The figure of the sentence that the part is said to be among (在学员1460人中; 外债1190亿美元，其中…占55%);
        one that the share's own phrase may be another name of is less sure."""
        if phrase and not set_in(phrase):
            return []
        for figure in reversed(self._before[-_FAR:]):
            alike = figure.claim.dimension == part.claim.dimension and figure.aspect in LEVELS and is_stated(figure)
            if not alike or not self._may_contain(figure, part):
                continue
            goes_on = figure is self._before[-1] and self._share.lead.startswith("其中")
            if goes_on or _FRAME.search(figure.tail):
                return [((figure,), "named" if phrase else "breakdown", frozenset({"distant" if phrase else "near"}))]
        return []

    def _may_contain(self, base: Figure, part: Figure, whatever_size: bool = False) -> bool:
        """Whether a figure stated before the share is as precise and as large as the part's whole must be."""
        width = base.claim.interval.width
        known = width is not None and width < base.claim.value * _VAGUE
        measured = is_stated(base) and base.claim.dimension not in SPANS_OF_TIME
        large = whatever_size or base.claim.value > part.claim.value
        return known and measured and large and base.order < self._share.order

    def _has_share(self, total: Figure, part: Figure) -> bool:
        """Whether the total is itself a share of something, which its parts may be shares of too (在校学生40万人，占
        20%，其中小学生25万人，占12.5%)."""
        for figure in self._outline.figures[total.order + 1 : min(part.order, total.order + _FAR)]:
            if figure.aspect is Aspect.SHARE:
                return True
            if figure.claim.dimension == part.claim.dimension and figure.aspect in LEVELS:
                return False  # the first of the parts: what follows is said of them
        return False


@cache
def _split() -> re.Pattern[str]:
    data = table("breakdowns")
    return re.compile(f"[，。；：,.;:](?:在)?{one_of([*data['qizhong']['words'], *data['including']['words']])}")


def _is_planned(phrase: str, figure: Figure) -> bool:
    """Whether a figure is said to be planned, and of what the phrase says was (安排植树350万株 for 年度植树任务)."""
    return _PLANNED.search(figure.lead) is not None and _ANY_PLAN.sub("", core(phrase)) in figure.lead


def is_stated(figure: Figure) -> bool:
    return figure.claim.kind in _KINDS and (figure.aspect in LEVELS or figure.aspect in (Aspect.CHANGE, Aspect.EACH))
