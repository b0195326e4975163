"""The noun phrase a figure is about, from the words before it in its clause, or behind it (82个贫困村)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from audit.quantity.trie import any_of

_LONGEST_BEFORE = 24
_LONGEST_AFTER = 14
_SUBJECT = 2
_CLOSED, _OPENED = "”’》）)", "“‘《（("
_HAN = re.compile(r"[一-鿿]")
_SPACE = re.compile(r"\s+")
_BRACKET = re.compile(r"[（(][^（()）]{0,20}[)）]$")
_LISTED = re.compile(r"^.*、.*等(?=[一-鿿]{2})|^[^、]{1,8}等(?=各类|各种|多种)")
_DATE = re.compile(
    r"(?:[0-9０-９]{4}|[一二][零〇○一二三四五六七八九]{3})年(?:[0-9０-９]{1,2}月|[上下]半年|末|初|底|度)?的?|[0-9０-９]{1,2}月(?:末|份|底)?"
)
_QUOTED = r"[“‘][^“”‘’]{1,12}[”’]"
_QUOTED_AFTER = re.compile(rf"{_QUOTED}([一-鿿]{{0,8}})")


@dataclass(frozen=True, slots=True)
class _Words:
    verb: re.Pattern[str]
    weak: re.Pattern[str]
    nominal: re.Pattern[str]
    link: re.Pattern[str]
    leading: re.Pattern[str]
    stop: re.Pattern[str]
    begins: re.Pattern[str]


@cache
def _words() -> _Words:
    data = tomllib.loads(resources.files("audit.data").joinpath("labels.toml").read_text(encoding="utf-8"))
    verbs, links, leading, stops = data["verbs"], data["links"], data["leading"], data["stops"]
    strong, weak, light = any_of(verbs["strong"]), any_of(verbs["weak"]), any_of(data["light"]["words"])
    compared = rf"(?:{'|'.join(links['openers'])})[^，；。]{{1,12}}{any_of(links['closers'])}"
    noun = "(?![率值额量性数度金])"  # 增加值, 开工率: a verb before these is none
    return _Words(
        verb=re.compile(
            rf"{_QUOTED}|{any_of(verbs['keep'])}|(?P<light>{light}){noun}|(?P<strong>{strong}{noun}|{weak}了)"
        ),
        weak=re.compile(rf"(?!{any_of(verbs['keep'])}){weak}{noun}(?:了|出|到)?"),
        nominal=re.compile(rf"(?:[为对向给][^，]{{2,16}}?|每[^，]{{1,4}}?)({any_of(data['nominal']['words'])})$"),
        link=re.compile(rf"(?:{any_of(links['words'])}|{compared})+$"),
        leading=re.compile(
            rf"(?:(?!{any_of(leading['keep'])})(?:{any_of(leading['words'])}|[0-9０-９.,，-]+(?:年|月|日|季度|[%％])))+"
        ),
        stop=re.compile(
            rf"(?P<keep>{any_of(stops['keep'])})|[{re.escape(stops['characters'])}]|{any_of(stops['verbs'])}|{strong}|{light}"
        ),
        begins=re.compile(
            rf"(?!{any_of([*stops['keep'], *verbs['keep']])})(?:{any_of(stops['verbs'])}|{strong}|{weak})"
        ),
    )


def noun_after(text: str, at: int, end: int) -> str:
    """The noun phrase that begins at the offset, "" when none does."""
    if at < end and text[at] == "的":
        at += 1
    tail = text[at : min(end, at + _LONGEST_AFTER)]
    if quoted := _QUOTED_AFTER.match(tail):
        rest = noun_after(quoted[1], 0, len(quoted[1]))
        return quoted[0][: quoted.start(1)] + rest
    words = _words()
    if not _HAN.match(tail) or words.begins.match(tail):
        return ""
    for stop in words.stop.finditer(tail):
        if stop.lastgroup is None:
            return tail[: stop.start()]
    return tail


def noun_before(lead: str) -> str:
    """The noun phrase at the end of the words before a figure, "" when they name nothing but verbs and links."""
    words = _words()
    phrase = _BRACKET.sub("", _SPACE.sub("", lead))
    phrase = _BRACKET.sub("", words.link.sub("", _DATE.sub("", words.link.sub("", phrase))))
    if named := words.nominal.search(phrase):
        return named[1]
    subject, start = "", 0
    for verb in words.verb.finditer(phrase):
        if verb.lastgroup == "light":
            subject, start = phrase[start : verb.start()], verb.end()
        elif verb.lastgroup == "strong" and (
            verb.end() < len(phrase) or len(_bare(phrase[start : verb.start()])) < _SUBJECT
        ):
            subject, start = "", verb.end()
    noun = _bare(phrase[start:])
    return (_bare(subject) + noun if noun else "")[-_LONGEST_BEFORE:].lstrip(_CLOSED).rstrip(_OPENED)


def _bare(phrase: str) -> str:
    """The phrase without what only leads up to it: time, scope, verbs that begin it, the members before 等."""
    words = _words()
    for _ in range(3):
        if found := words.leading.match(phrase) or words.weak.match(phrase):
            phrase = phrase[found.end() :]
        else:
            break
    return _LISTED.sub("", phrase)
