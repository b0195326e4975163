"""What a text says right after a level of how it changed: the change, the growth, and nodes made of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from audit.claim import Kind
from audit.outline.cues import one_of, table
from audit.outline.naming import core
from audit.outline.tree import Aspect, Figure, Node
from audit.span import Span


@cache
def _idle() -> re.Pattern[str]:
    """What may stand between a new level and how it changed without naming anything else: a span of years, or a noun
    for amounts in general (五年累计, 比重)."""
    return re.compile(f"[0-9一二三四五六七八九十两]+年[来间内里中]?|{one_of(table('cues')['change']['idle'])}")


def amounts_after(
    following: Sequence[Figure], end: Figure, sign: int, since: int | None = None
) -> tuple[tuple[Figure, ...], tuple[Figure, ...]]:
    """The change and the growth stated directly after a new level, that go the way of `sign`, or either way for 0, and
    are not said to be against another year than `since`."""
    change: tuple[Figure, ...] = ()
    growth: tuple[Figure, ...] = ()
    for figure in following:
        if figure.claim.dimension.startswith("months"):
            continue  # 五年提高7.2个百分点
        if sign not in (0, figure.sign) or _against_another(figure, since) or _names_another(figure):
            break
        same = figure.claim.dimension == end.claim.dimension or (
            figure.claim.kind is Kind.POINTS and end.claim.kind is Kind.PERCENT
        )
        if figure.aspect is Aspect.CHANGE and same and not change and not growth and may_move(end, figure):
            change = (figure,)
        elif is_growth(figure) and not growth:
            growth = (figure,)
        else:
            break
    return change, growth


@cache
def _faster() -> re.Pattern[str]:
    change = table("cues")["change"]
    return re.compile(f"{one_of(change['faster'])}{one_of(change['fillers'])}*$")


def may_move(level: Figure, change: Figure) -> bool:
    """Whether a change can be one of the level: what rose by so much more than before (同比多增36亿元) is a rise
    itself, as the level is only where it is called so (新增贷款212亿元)."""
    if not _faster().search(change.lead):
        return True
    return any(word in level.lead for word in table("cues")["change"]["changing"])


def is_growth(figure: Figure) -> bool:
    """Whether the figure is a rate of growth, in percent or as a multiple with decimals (增长1.3倍; 2倍 is a round
    number)."""
    kind = figure.claim.kind
    return figure.aspect is Aspect.GROWTH and (
        kind is Kind.PERCENT or kind is Kind.MULTIPLE and figure.claim.value.denominator > 1
    )


def _against_another(change: Figure, since: int | None) -> bool:
    """Whether the change is measured against something of its own (已经比2012年提高了0.21个百分点)."""
    year = re.search(r"[比较与同].*?([0-9０-９]{2,4})\s?年", change.lead)
    return year is not None and (since is None or int(year[1]) != since)


def without_spans(figures: Sequence[Figure]) -> Sequence[Figure]:
    """The figures without those that open a clause and only say in how many years something changed (十年增加182人)."""
    return [f for f in figures if not (f.claim.unit.endswith("年") and not f.lead and f.tail)] or figures


@cache
def verbs() -> re.Pattern[str]:
    """How a text says, right before a figure, that a quantity rose or fell, and against what."""
    change = table("cues")["change"]
    compared = "(?:比[^，]*?|较[^，]*?|[与和同跟][^，]*?相[比较])?各?"
    return re.compile(f"{compared}{one_of([*change['rise'], *change['fall']])}{one_of(change['fillers'])}*$")


def subject_of(change: Figure) -> str:
    """What else the text says before a change than that something rose or fell: a period, or a subject of its own."""
    return core(verbs().sub("", change.lead))


def _names_another(change: Figure) -> bool:
    """Whether a change is of something else than the level before it (其中增值税增长12%), or of each year."""
    subject = subject_of(change)
    return "其中" in change.lead or subject == "年" or len(_idle().sub("", subject)) > 1


def is_same_subject(growth: Figure) -> bool:
    """Whether the growth goes on speaking of the figure before it: nothing but a verb stands between."""
    return len(subject_of(growth)) < 2


def change_node(
    form: str,
    before: tuple[Figure, ...],
    after: tuple[Figure, ...],
    change: tuple[Figure, ...],
    growth: tuple[Figure, ...],
    context: Span,
    group: int,
    reading: int = 0,
    facts: frozenset[str] = frozenset(),
) -> Node:
    slots = (("before", before), ("after", after), ("change", change), ("growth", growth))
    fell = (change or growth or after)[0].sign < 0
    return Node(
        kind="change",
        form=form,
        span=context,
        slots=slots,
        features=facts | {f"with_{name}" for name, figures in slots if figures} | ({"fell"} if fell else set()),
        group=group,
        reading=reading,
    )
