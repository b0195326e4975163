"""What a line begins with: heading numbers, list markers, captions and notes."""

from __future__ import annotations

import re

_HAN = "[一二三四五六七八九十百零〇]"
_NUMBER = rf"(?:{_HAN}{{1,4}}|[0-9０-９]{{1,3}})"
_SHORT = r"[0-9０-９]{1,2}"

# The usual order of numbering in official documents (GB/T 9704-2012, 7.3.3: 一、 （一） 1. （1）), below chapters.
_NUMBERINGS = tuple(
    (level, re.compile(pattern))
    for level, pattern in (
        (1, rf"第{_NUMBER}(?:部分|[篇编章])"),
        (2, rf"第{_NUMBER}节"),
        (3, rf"{_HAN}{{1,3}}、"),
        (4, rf"[（(]{_HAN}{{1,3}}[）)]"),
        (5, rf"{_SHORT}(?:[、．]|\.(?![0-9０-９]))"),
        (6, rf"[（(]{_SHORT}[）)]|{_SHORT}[）)]"),
    )
)
_MAY_NUMBER = re.compile(r"[*_第（(0-9０-９一二三四五六七八九十百零〇]")
_DECIMAL = re.compile(r"[0-9]{1,2}(?:[.．][0-9]{1,2}){1,4}(?=[\s　、]|[\u4e00-\u9fff]{2})")
_HASHES = re.compile(r"(#{1,6})\s+(?=\S)")
_EMPHASIS = re.compile(r"[*_]{1,3}(?=\S)")
_BULLET = re.compile(
    rf"[-*+•·●○■□◆◇▪►➢※＊√☑✓]\s*(?=\S)|——|第{_HAN}{{1,2}}[，,、是]|{_HAN}{{1,2}}[是要][，,：:]?|[①-⑳]|>\s"
)
_CAPTION = re.compile(
    rf"(?:金额|计量|货币)?单位\s*[：:]|(?:续?表|附表|图|Table|Figure)\s*{_NUMBER}(?:[-.．—－]{_NUMBER})*(?![0-9.%％年月日个张份])"
)
_NOTE = re.compile(r"(?:备?注\s*[0-9０-９]*|(?:资料|数据)来源|说明)\s*[：:]")

# Nothing ends inside a title, and no title leaves off at one of these.
_SENTENCE = re.compile(r"[。；;！!？?]")
_OPEN_ENDS = frozenset("，,、：:—-")

TITLE = 40
"""How many characters a heading has at most."""
DECIMAL_LEVEL = 4
PLAIN_LEVEL = 9


def hashes(text: str) -> tuple[int, int] | None:
    """(level, length of the marks) of a Markdown heading."""
    found = _HASHES.match(text)
    return (len(found[1]), found.end()) if found else None


def numbering(text: str) -> tuple[int, str] | None:
    """(level, number as printed) of a line that begins like a numbered heading or item."""
    if not _MAY_NUMBER.match(text):
        return None
    emphasis = _EMPHASIS.match(text)
    start = emphasis.end() if emphasis else 0
    decimal = _DECIMAL.match(text, start)
    # 3.2 亿元，… is a figure, 3.2 财务状况 a number: only what is shaped like a title is taken for numbered.
    if decimal and is_title(text):
        return DECIMAL_LEVEL + len(re.split("[.．]", decimal[0])), decimal[0]
    for level, pattern in _NUMBERINGS:
        found = pattern.match(text, start)
        if found:
            return level, found[0]
    return None


def is_title(text: str) -> bool:
    """Whether a line is short and does not run like a sentence: nothing ends in it, and it ends with no mark."""
    return len(text) <= TITLE and not _SENTENCE.search(text) and text[-1] not in _OPEN_ENDS


def is_caption(text: str) -> bool:
    """Whether a line names a table or figure, or the unit of one."""
    return len(text) <= 60 and _CAPTION.match(text) is not None and not text.endswith(("。", "；", "，"))


def is_note(text: str) -> bool:
    """Whether a line is a note or names a source."""
    return _NOTE.match(text) is not None


def begins_anew(text: str) -> bool:
    """Whether a line begins something of its own, so that it does not continue the line before."""
    return (
        numbering(text) is not None
        or _BULLET.match(text) is not None
        or hashes(text) is not None
        or is_caption(text)
        or is_note(text)
    )
