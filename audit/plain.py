"""The plain form of a text, character for character as long as the text: what is read where only words count.

Word processors, web pages and Markdown print the same words in several forms. In the plain one digits are those of
ASCII, characters are the simplified ones, quotation marks are “ and ”, blanks of every width are spaces, a middle dot
that is a decimal point is a full stop, and marks of formatting, marks of notes and page numbers are `FILLER`; offsets
hold in both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING
from unicodedata import normalize

from audit.furniture import furniture
from audit.span import Span

if TYPE_CHECKING:
    from opencc import OpenCC

FILLER = "\x1f"
"""Stands for what is not printed: a blank to whoever skips blanks, but none that sets figures or columns apart."""

_SCRIPT = "0123456789+-=()"
RAISED = str.maketrans(_SCRIPT, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾")
LOWERED = str.maketrans(_SCRIPT, "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
"""A raised or lowered digit is no digit of the figure before it: the mark of a note, m², PM₂.₅."""

_BLANKS = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"
_WIDTHLESS = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_WIDE = range(0xFF01, 0xFF5F)
"""Letters, digits and marks as wide as a Chinese character; but for the straight quote, marks stay as they are."""
_MARKS = dict(zip("﹐﹑﹒﹔﹕﹖﹗﹙﹚﹝﹞﹪﹩「」『』〝〞", "，、.；：？！（）［］%$“”“”“”", strict=True))
"""Marks that typesetters of Taiwan print small or at an angle."""
_RADICALS = (range(0x2E80, 0x2FD6), range(0xF900, 0xFAD9))
"""Radicals, and characters that stand in the code once more: PDF files have them in place of the common ones."""
_ALIKE = tuple(
    zip(
        "⺟⺠⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻩⻬⻮⻰．",
        "母民西见角贝车长门青韦页风飞食马骨鬼鱼鸟黄齐齿龙.",
        strict=True,
    )
)
"""The same for radicals whose character the code does not name."""


def _simple() -> dict[int, str]:
    """The plain character for each that is printed in another form."""
    wide = {code: chr(code - 0xFEE0) for code in _WIDE if chr(code - 0xFEE0).isalnum() or code == 0xFF02}
    again = {code: normalize("NFKC", chr(code)) for codes in _RADICALS for code in codes}
    blanks = dict.fromkeys(map(ord, _BLANKS), " ") | dict.fromkeys(map(ord, _WIDTHLESS), FILLER)
    small = {ord(mark): plain for mark, plain in (*_MARKS.items(), *_ALIKE)}
    return wide | {code: same for code, same in again.items() if len(same) == 1} | blanks | small


_TAG = r"</?(?:a|b|big|em|font|i|p|small|span|strong|u)(?:\s[^<>\n]{0,400})?>|<br\s{0,3}/?>"
_ENTITY = r"&(?:nbsp|ensp|emsp|thinsp|#160|#xa0|#12288);"
_EMPHASIS = r"(?<!\*)\*{2,4}(?!\*)|(?<!_)__(?!_)"
_LINK = r"(?<!\])\[(?=[^\[\]\n]{1,80}\]\([^()\s]{1,400}\))|(?<=[^\[\n])\]\([^()\s]{1,400}\)"
_NOTE = r"(?<=[\u4e00-\u9fff％%）)”])(?<![注见图表献件式])\[[0-9]{1,2}\]"
_SHIFTED = r"(?P<tag><su(?P<shift>[bp])>)(?P<shifted>[^<>\n]{1,20})</su[bp]>"
_MARKED = re.compile(rf"{_TAG}|{_ENTITY}|{_EMPHASIS}|{_LINK}|{_NOTE}|{_SHIFTED}", re.IGNORECASE)
_MAY_BE_MARKED = re.compile(r"[<&]|\*\*|__|\]\(|\[[0-9]")
# 1，234，567 and 1，234.00 are thousands set apart, while 1，234 may list two numbers.
_THOUSANDS = re.compile(
    r"(?<![0-9０-９,，.．])[0-9]{1,3}(?:(?:，[0-9]{3}){2,9}(?![0-9，])|(?:，[0-9]{3}){1,9}(?=[.．][0-9]{2}(?![0-9])))|"
    r"(?<![0-9０-９,，.．])[０-９]{1,3}(?:，[０-９]{3}){1,9}(?![０-９，])"
)
# A text of some length in traditional characters has one of these; no simplified one needs them.
_TRADITIONAL = re.compile("[萬億個戶項總數較國發產業這們時來對會佔與為爲縣級兩費務員單區鄉鎮農動達進過還學實際開關]")
DOTS = "·・‧∙•ꞏ･⋅"
"""Dots at half height: newspapers print them for a decimal point (8·5%), and between month and day (“9·18”)."""
_MEASURE = (
    "[%％‰万亿倍吨斤克亩升米级]|元(?!旦|首|宵)|(?:美|港|日|欧|韩|澳|加|新加坡)元|港币|英[镑里尺寸亩]|"
    "公[里斤顷分]|平方|立方|[厘毫千][米克升瓦]|个(?:百分)?点"
)
# 12·9 and 1998·5 are dates unless what is measured follows, be it at the last of several (5·3和5·5个百分点); 37·5 can
# only be a number.
_DATED = rf"(?:0?[1-9]|1[0-2])[{DOTS}](?:0?[1-9]|[12][0-9]|3[01])|[12][0-9]{{3}}[{DOTS}](?:0?[1-9]|1[0-2])"
_LISTED = rf"(?:[、和与至到—～-]{{1,2}}[0-9]{{1,6}}[.{DOTS}][0-9]{{1,4}}){{0,6}}"
_DECIMAL = re.compile(
    rf"(?<![0-9.．{DOTS}])(?:(?!(?:{_DATED})(?![0-9]))|(?=[0-9]{{1,4}}[{DOTS}][0-9]{{1,2}}{_LISTED}\s?(?:{_MEASURE})))"
    rf"[0-9]{{1,12}}([{DOTS}])[0-9]{{1,12}}(?![0-9.．{DOTS}])"
)
_DOTTED = frozenset(DOTS)
_HAN = "\u4e00-\u9fff，。；：、（）《》“”"
_LAID_OUT = re.compile(rf"[\r\n\v\f\u2028\u2029][\s{FILLER}]*|(?<=[{_HAN}]) (?=[0-9])|(?<=[0-9%]) (?=[{_HAN}])")
_OPENING = re.compile(r"\s*[0-9]{1,2}(?:\.[0-9]{1,2}){0,4}\.? ")


_PLAIN = _simple()


def plain(text: str) -> str:
    """The text in its plain form, as long as it is."""
    simple = _without_furniture(text)
    if "，" in text:
        simple = _THOUSANDS.sub(lambda found: found[0].replace("，", ","), simple)
    if not text.isascii():
        simple = simple.translate(_PLAIN)
        if _TRADITIONAL.search(simple):
            simple = _simplified(simple)
        if not _DOTTED.isdisjoint(simple):
            simple = _DECIMAL.sub(lambda found: found[0].replace(found[1], "."), simple)
    if _MAY_BE_MARKED.search(simple):
        simple = _MARKED.sub(_unmarked, simple)
    return simple


def _unmarked(found: re.Match[str]) -> str:
    if not found["shifted"]:
        return FILLER * len(found[0])
    said = found["shifted"].translate(RAISED if found["shift"] in "pP" else LOWERED)
    return FILLER * len(found["tag"]) + said + FILLER * (len(found[0]) - len(found["tag"]) - len(said))


def _simplified(text: str) -> str:
    """The text in simplified characters, character by character: 萬 is 万, 佔 is 占."""
    changed = {ord(character): _converter().convert(character) for character in set(text) if character > "\u2e7f"}
    return text.translate({code: simple for code, simple in changed.items() if len(simple) == 1})


@cache
def _converter() -> OpenCC:
    from opencc import OpenCC  # only texts in traditional characters need it

    return OpenCC("t2s")


def breaks(text: str, paragraphs: Iterable[Span]) -> Iterator[Span]:
    """What the layout put into the running text: line breaks with the blanks behind them, and single blanks between
    figures and Chinese characters. The blank behind a number that opens a paragraph stays: it may count paragraphs.
    """
    for span in paragraphs:
        number = _OPENING.match(text, span.start, span.end)
        for found in _LAID_OUT.finditer(text, number.end() if number else span.start, span.end):
            yield Span(*found.span())


def unwrapped(text: str, taken: Sequence[Span]) -> str:
    """The text with FILLER in place of what is taken out; as long as it is."""
    parts = []
    position = 0
    for span in taken:
        parts += [text[position : span.start], FILLER * len(span)]
        position = span.end
    return "".join([*parts, text[position:]]) if parts else text


def quoted(text: str, paragraphs: Iterable[Span]) -> str:
    """The text with the straight quotation marks of its paragraphs opening and closing by turns, where they come in
    pairs; as long as it is."""
    if '"' not in text:
        return text
    characters = list(text)
    for span in paragraphs:
        marks = [at for at in range(span.start, span.end) if text[at] == '"']
        # Behind a digit it may stand for inches or seconds.
        for pairs in ([at for at in marks if not text[at - 1 : at].isdecimal()], marks):
            if len(pairs) % 2 == 0:
                for n, at in enumerate(pairs):
                    characters[at] = "“”"[n % 2]
                break
    return "".join(characters)


def _without_furniture(text: str) -> str:
    parts = []
    position = 0
    for start, end in furniture(text):
        parts += [text[position:start], FILLER * (end - start)]
        position = end
    return "".join([*parts, text[position:]]) if parts else text
