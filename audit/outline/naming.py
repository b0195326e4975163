"""Compares the names of quantities: does a phrase of the text speak of this figure?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from audit.outline.cues import one_of, table
from audit.outline.tree import Figure

_NOTE = r"[\[［〔][0-9０-９]{1,2}[\]］〕]"
"""The mark of a note (常住人口[2])."""


_GDP, _PRODUCT = re.compile("GDP|ＧＤＰ"), "生产总值"
"""Reports name this quantity by its letters as often as by its name."""


@cache
def _ignored() -> re.Pattern[str]:
    data = table("naming")
    words = one_of([*data["determiners"]["words"], *data["particles"]["words"]])
    return re.compile(rf"{_NOTE}|{words}|[0-9０-９]+年?|\s")


@lru_cache(maxsize=4096)
def core(phrase: str) -> str:
    """The phrase without determiners, particles and years; "" where nothing else is in it."""
    return _ignored().sub("", _GDP.sub(_PRODUCT, phrase))


@lru_cache(maxsize=4096)
def _of_people(phrase: str) -> str:
    """The phrase with one word for the members of a set of people, where it says which people (贫困人口)."""
    return re.sub(f"(?<=..){one_of(table('naming')['people']['words'])}", "人", phrase)


@lru_cache(maxsize=4096)
def _plain(phrase: str) -> str:
    return re.sub(rf"{_NOTE}|[0-9０-９]+年?|[的了为是达约近共已有仅“”‘’\s]", "", _GDP.sub(_PRODUCT, phrase))


def name_of(figure: Figure) -> str:
    """What the figure's clause calls it: the words before it, else its label."""
    return figure.lead if len(core(figure.lead)) > 1 else figure.lead + figure.claim.label


def is_exactly(phrase: str, name: str) -> bool:
    """Whether a name is the phrase and nothing more than a verb or a place before it (全年实现地区生产总值 is
    地区生产总值)."""
    wanted, offered = _plain(phrase), _plain(name)
    if len(wanted) < 3:
        return False
    if offered.endswith(wanted):
        return not _is_another(offered[: len(offered) - len(wanted)])
    return core(name) == core(phrase) != ""


@cache
def _set_of() -> re.Pattern[str]:
    return re.compile(f"{one_of(table('naming')['wholes']['words'])}的?$")


def is_whole(phrase: str, figure: Figure) -> bool:
    """Whether a phrase asks for the whole number of what a figure counts: 图书馆总数 for 全市46个图书馆."""
    wanted = core(_set_of().sub("", phrase))
    return (
        wanted != core(phrase)
        and len(wanted) > 1
        and (wanted == core(name_of(figure).removeprefix("其中")) or figure.tail.startswith(wanted))
    )


def _is_another(before: str) -> bool:
    """Whether what stands before a name makes it another one: 进出口 is not 出口, nor 非税收入 税收."""
    return before[-1:] != "" and before[-1] in table("naming")["distinct"]["before"]


def likeness(phrase: str, name: str) -> int:
    """How well a phrase names a quantity: 2 when the name contains it, 1 when the name only puts words between
    (第一产业增加值 in 第一产业实现增加值), 0 when it is another name."""
    wanted, offered = core(phrase), core(name)
    if len(wanted) < 2 or len(offered) < 2:
        return 0
    if wanted in offered:
        return 0 if _is_another(offered[: offered.index(wanted)]) else 2
    if (people := _of_people(wanted)) != wanted and people in _of_people(offered):
        return 2
    if wanted[-2:] not in offered:
        return 0
    rest = iter(offered)
    return 1 if all(c in rest for c in wanted) else 0


def namesake(part: Figure, totals: Sequence[Figure]) -> Figure | None:
    """The one total whose name ends most like the part's; None where two do or none does."""
    endings = sorted(((_common_ending(part, total), -n) for n, total in enumerate(totals)), reverse=True)
    (longest, at), (second, _) = endings[0], endings[1]
    return totals[-at] if longest > max(second, 1) else None


def _common_ending(part: Figure, total: Figure) -> int:
    """How many characters at the end of their names two figures have in common."""
    ours, theirs = core(name_of(part)), core(name_of(total))
    length = 0
    while length < min(len(ours), len(theirs)) and ours[-1 - length] == theirs[-1 - length]:
        length += 1
    return length
