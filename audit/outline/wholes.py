"""Tells whether a phrase asks for the whole number of what a figure counts: 志愿者总数, 共享单车总量, 总人数."""

from __future__ import annotations

import re
from functools import cache

from audit.outline.cues import one_of, table
from audit.outline.naming import core, is_whole, likeness, name_of
from audit.outline.tree import Figure

_NUMBER = re.compile("[人户件]数?$")
"""What says that members of a set are counted (全体毕业生人数)."""
_CHANGED = re.compile("[增减]")
"""相应增加营业费用224.45万元 is no 营业费用."""


def is_any_whole(phrase: str) -> bool:
    """Whether a phrase asks for the whole number without saying of what: 总人数, 总量."""
    return _whole().fullmatch(core(phrase).removesuffix("数")) is not None


def set_in(phrase: str) -> str:
    """The set of which a phrase asks for the whole number, "" where it asks for none."""
    stripped = _whole().sub("", phrase)
    asked = stripped.startswith(tuple(table("naming")["wholes"]["before"]))
    name = core(_NUMBER.sub("", stripped) if asked else stripped)
    return name if (asked or name != core(phrase)) and len(name) > 1 else ""


def counts_whole(phrase: str, figure: Figure) -> bool:
    """Whether a figure counts just the set that a phrase asks for the whole number of (借阅总量 for 办理借阅1725件)."""
    wanted = set_in(phrase)
    if not wanted or _CHANGED.search(figure.lead) or _dealt().search(figure.lead):
        return False
    label = figure.claim.label
    return is_whole(phrase, figure) or wanted in (core(label), core(_whole().sub("", label)))


def may_count_whole(phrase: str, figure: Figure) -> bool:
    """Whether a figure counts a set of that name, be it one of a kind (志愿者总数 for 社区志愿者3.2万人,
    共享单车总量 for 共享单车保有量8.6万辆)."""
    wanted = set_in(phrase)
    names = (core(figure.lead), core(figure.claim.label)) if wanted else ()
    found = (re.search(f"^(.*){re.escape(wanted)}(?:.{{0,2}}[数量额])?$", name) for name in names)
    return any(match is not None and not _is_another(match[1]) for match in found)


def contains_set(phrase: str, figure: Figure) -> bool:
    """Whether a figure's name has the set in it that a phrase asks for the whole number of (授予总额 for 授予股票)."""
    return likeness(set_in(phrase), name_of(figure)) > 0


def is_total_of(phrase: str, figure: Figure) -> bool:
    """Whether a figure is called as a phrase that asks for the total (总人口 for 年末常住人口)."""
    wanted = core(phrase).removeprefix("总")
    return len(wanted) > 1 and wanted != core(phrase) and core(name_of(figure)).endswith(wanted)


def _is_another(before: str) -> bool:
    """Whether what stands before a name makes it another one (进出口), the change of it, or only what someone has of
    it (持有公司股份 is not all of 公司股份)."""
    if before[-1:] in table("naming")["distinct"]["before"]:
        return True
    return _CHANGED.search(before) is not None or _dealt().search(before) is not None


@cache
def _dealt() -> re.Pattern[str]:
    return re.compile(one_of(table("naming")["dealt"]["words"]))


@cache
def _whole() -> re.Pattern[str]:
    return re.compile(f"{one_of(table('naming')['wholes']['words'])}的?$")
