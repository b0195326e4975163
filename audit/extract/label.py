"""The noun phrase a figure is about, from the words before it in its clause, or behind it (82个贫困村).

The words before a figure are read from right to left, as the noun phrase ends at the figure: the patterns for them are
those of the reversed words, and anchored.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

from audit.plain import FILLER
from audit.quantity.trie import any_of, trie_of

_LONGEST_BEFORE = 24
_LONGEST_AFTER = 14
_SUBJECT = 2
_NOUNS = "率值额量性数度金"
"""Behind these a verb is none: 增加值, 开工率, 成交金额."""
_SPACE = re.compile(r"\s+")
_BRACKET = r"[)）][^（()）]{0,20}[(（]"
_NOTE = r"[\]］〕][0-9]{1,3}[\[［〔]"
_YEAR_DIGITS = "(?:[0-9０-９]{4}|[零〇○一二三四五六七八九]{3}[一二])"
_YEAR = rf"的?[末初底度]?年{_YEAR_DIGITS}[比较同与自从由到在于]?|[末份底]?月[0-9０-９]{{1,2}}"
_LISTED = re.compile(r"^.*、.*等(?=[一-鿿]{2})|^[^、]{1,8}等(?=各类|各种|多种)")
_QUOTED_AFTER = re.compile(r"[“‘][^“”‘’]{1,12}[”’]([一-鿿]{0,8})")
_CLOSED, _OPENED = "”’》）)", "“‘《（("


@dataclass(frozen=True, slots=True)
class _Words:
    """Patterns; `link`, `nominal` and `verb` are for reversed text, and `nominals` are what `nominal` begins with.
    `kinds` says which of the words that `verb` finds are strong or light; the others are no verbs, but contain one."""

    link: re.Pattern[str]
    nominal: re.Pattern[str]
    nominals: frozenset[str]
    verb: re.Pattern[str]
    kinds: dict[str, str]
    weak: re.Pattern[str]
    leading: re.Pattern[str]
    stop: re.Pattern[str]
    kept: frozenset[str]
    begins: re.Pattern[str]
    any_verb: re.Pattern[str]
    beginners: frozenset[str]
    leaders: frozenset[str]


def _search(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds the longest of some words, fast to skip what none of them begins with."""
    return re.compile("|".join(trie_of(words).branches()))


def _reversed(words: Iterable[str]) -> str:
    return any_of(word[::-1] for word in words)


@cache
def _words() -> _Words:
    data = tomllib.loads(resources.files("audit.data").joinpath("labels.toml").read_text(encoding="utf-8"))
    verbs, links, leading, stops = data["verbs"], data["links"], data["leading"], data["stops"]
    light, nominal = data["light"]["words"], data["nominal"]["words"]
    weak = any_of(verbs["weak"])
    compared = rf"{_reversed(links['closers'])}[^，；。]{{1,12}}?(?:{'|'.join(links['openers'])})"
    link = rf"{_BRACKET}|{_NOTE}|{_YEAR}|{_reversed(links['words'])}"
    chars = stops["characters"]
    beginning = [*stops["verbs"], *verbs["strong"], *light, *verbs["weak"]]
    kinds = dict.fromkeys([word[::-1] for word in light], "light")
    kinds |= dict.fromkeys([word[::-1] for word in verbs["strong"]], "strong")
    kinds |= dict.fromkeys(["了" + word[::-1] for word in verbs["weak"]], "strong")
    found = trie_of([*kinds, *(word[::-1] for word in verbs["keep"])])
    return _Words(
        link=re.compile(rf"(?:{compared}|{link})*"),
        nominals=frozenset(word[-1] for word in nominal),
        nominal=re.compile(rf"({_reversed(nominal)})(?:[^，]{{2,16}}?[为对向给]|[^，]{{1,4}}?每)"),
        verb=re.compile("|".join(["”[^“”‘’]{1,12}“", "’[^“”‘’]{1,12}‘", *found.branches()])),
        kinds=kinds,
        weak=re.compile(rf"(?!{any_of(verbs['keep'])}){weak}(?![{_NOUNS}])(?:了|出|到)?"),
        leading=re.compile(
            rf"(?:(?!{any_of(leading['keep'])})(?:{any_of(leading['words'])}|[0-9０-９.,，-]+(?:年|月|日|季度|[%％])))+"
        ),
        stop=_search([*stops["keep"], *stops["verbs"], *verbs["strong"], *light, *chars]),
        kept=frozenset(stops["keep"]),
        begins=re.compile(rf"(?!{any_of([*stops['keep'], *verbs['keep']])}){any_of(beginning)}"),
        any_verb=_search([*beginning, *chars]),
        beginners=frozenset(word[0] for word in beginning),
        leaders=frozenset(
            word[:2] for word in [*leading["words"], *verbs["weak"], *"0123456789０１２３４５６７８９.,，-"]
        ),
    )


def noun_after(text: str, at: int, end: int) -> str:
    """The noun phrase that begins at the offset, "" when none does."""
    if at < end and text[at] == "的":
        at += 1
    while at < end and text[at] == FILLER:
        at += 1
    if at >= end:
        return ""
    first = text[at]
    if end > at + _LONGEST_AFTER:
        end = at + _LONGEST_AFTER
    if not "一" <= first <= "鿿":
        if first not in "“‘":
            return ""
        if quoted := _QUOTED_AFTER.match(text, at, end):
            rest = noun_after(text, quoted.start(1), quoted.end(1)) if quoted[1] else ""
            return text[at : quoted.start(1)] + rest
    words = _words()
    if first in words.beginners and words.begins.match(text, at):
        return ""
    for stop in words.stop.finditer(text, at, end):
        if stop[0] not in words.kept:
            return text[at : stop.start()]
    return text[at:end]


def noun_until_verb(phrase: str) -> str:
    """The phrase up to its first verb; its first character at least."""
    found = _words().any_verb.search(phrase, 1)
    return phrase[: found.start()] if found else phrase


def noun_before(backwards: str) -> str:
    """The noun phrase at the end of the words before a figure, given from right to left; "" when they name nothing but
    verbs and links."""
    words = _words()
    if not backwards.isalnum():
        backwards = _SPACE.sub("", backwards)
    start = words.link.match(backwards).end()  # type: ignore[union-attr]
    if start == len(backwards):
        return ""
    if backwards[start] in words.nominals and (named := words.nominal.match(backwards, start)):
        return named[1][::-1]
    noun_end = end = len(backwards)
    subject_from = 0
    for verb in words.verb.finditer(backwards, start):
        kind = words.kinds.get(verb[0])
        at = verb.start()
        if kind is None or (at and backwards[at - 1] in _NOUNS):
            continue
        if subject_from:
            end = at
            break
        if at == start and len(_bare(backwards[verb.end() :][::-1])) >= _SUBJECT:
            continue  # 省直部门援助2708万元: the verb itself is what the figure is about
        noun_end = at
        if kind == "strong":
            break
        subject_from = verb.end()
    noun = _bare(backwards[start:noun_end][::-1])
    if noun and subject_from:
        noun = _bare(backwards[subject_from:end][::-1]) + noun
    return noun[-_LONGEST_BEFORE:].lstrip(_CLOSED).rstrip(_OPENED)


def _bare(phrase: str) -> str:
    """The phrase without what only leads up to it: time, scope, verbs that begin it, the members before 等."""
    words = _words()
    for _ in range(3):
        if phrase[:1] not in words.leaders and phrase[:2] not in words.leaders:
            break
        if found := words.leading.match(phrase) or words.weak.match(phrase):
            phrase = phrase[found.end() :]
        else:
            break
    return _LISTED.sub("", phrase) if "等" in phrase else phrase
