"""What a rate is per: 每户, 人均 and the like before a figure."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from audit.extract.figure import Sense
from audit.extract.label import noun_until_verb
from audit.quantity.trie import any_of

_LONGEST = 4


@cache
def context() -> dict[str, dict[str, list[str]]]:
    """The words of audit/data/context.toml, read once."""
    data: dict[str, dict[str, list[str]]] = tomllib.loads(
        resources.files("audit.data").joinpath("context.toml").read_text(encoding="utf-8")
    )
    return data


@cache
def _increase() -> re.Pattern[str]:
    verbs = any_of(word[::-1] for word in context()["increase"]["verbs"])
    return re.compile(rf"(?:了|近|约|近将)?{verbs}")


def is_added(lead: str) -> bool:
    """Whether the words before 倍, given from right to left, say that so many times is added (增长2倍)."""
    return _increase().match(lead) is not None


def is_score(text: str, start: int, end: int) -> bool:
    """Whether the ratio text[start:end] is the score of a game (以3:2战胜)."""
    words = context()["score"]
    return text.endswith(tuple(words["before"]), 0, start) or text.startswith(tuple(words["after"]), end)


@cache
def open_head() -> re.Pattern[str]:
    """A noun up to the first word that can be its head."""
    return re.compile(rf".{{0,8}}?{any_of(context()['open']['heads'])}(?<![农乡]村)")


@dataclass(frozen=True, slots=True)
class _Rates:
    each: re.Pattern[str]
    mean: re.Pattern[str]
    time: frozenset[str]
    norm: re.Pattern[str]


@cache
def _rates() -> _Rates:
    data = context()["rate"]
    classifier = "(?:个|名|位|家|座|栋|台|头|只|条|所|间|张|枚|支|套)"
    return _Rates(
        each=re.compile(rf"每一?{classifier}?(?:((?:[0-9]+|[十百千万]+)?{any_of(data['each'])})|([一-鿿“‘]{{1,8}}))"),
        mean=re.compile(rf"([{''.join(data['means'])}])均(?![衡等值线匀势])"),
        time=frozenset(data["time"]),
        norm=re.compile(any_of(data["norms"])),
    )


def rate_before(lead: str, kind: str) -> tuple[str, Sense]:
    """(what the figure is per, how that makes it to be read) from the words before it in its clause.

    `kind` is what its unit states (amount, count, measure): averages and rates of money and measures are quotients,
    except norms; a count of whole things is not.
    """
    rates = _rates()
    means = rates.mean.findall(lead)
    per = [p for p in means if p not in rates.time and p != "均"]
    average = bool(means)
    if not per:
        each = [known or noun_until_verb(noun)[:_LONGEST] for known, noun in rates.each.findall(lead)]
        per = [p for p in each if p not in rates.time]
        if not per and (each or means):
            return (each or means)[-1], Sense.MEAN if means else Sense.PLAIN
    if not per:
        return "", Sense.PLAIN
    if rates.norm.search(lead) or (kind == "count" and not average):
        return per[-1], Sense.RATE
    return per[-1], Sense.AVERAGE
