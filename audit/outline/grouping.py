"""Finds a number of people or things put into groups: 学员64例，随机分为早训组和晚训组，各32例.

A node of kind `grouping` has the slot `total` and, by form, `each` (the size that all groups have) or `sizes` (the size
of every group); `groups` gives how many groups there are. The feature `sole` says that nothing else can be the total.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache
from itertools import count

from audit.claim import Kind
from audit.outline.cues import one_of, table
from audit.outline.outline import Outline
from audit.outline.parts import LEVELS
from audit.outline.tree import Figure, Node, Sentence
from audit.quantity.numeral import read_numeral
from audit.span import Span

_MOST = 12
"""More groups than this are not told apart in one sentence."""
_ROOM = 160
"""The groups are named and sized within this many characters."""
_SUBJECTS = frozenset({"例", "person"})
"""Patients are counted in 例 and in 名 alike."""
_NAME = r"[^、和与及，,。；;：:（）()组]{1,12}组(?:[（(][^（）()]{1,20}[）)])?"
_NAMES = re.compile(rf"{_NAME}(?:[、和与及]{_NAME}){{1,{_MOST}}}")
_NUMBER = re.compile(r"[^，,。；;：:]{0,2}?([两二三四五六七八九十]|[0-9０-９]{1,2})\s?个?[小大]?组")
_EACH = re.compile(r"(?:每组(?:各|均|为|有|共)?|组各(?:有|为)?|^各(?:有|为)?)$")
_SIZE = re.compile(r"(?<![每各两])组(?:患者|病例)?(?:共|有|为|计)?[（(：:]?(?:[nN]=)?$")


@cache
def _cues() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data = table("grouping")
    return re.compile(one_of(data["split"]["words"])), re.compile(one_of(data["dropped"]["words"]))


def find_groupings(outline: Outline) -> Iterator[Node]:
    """The groupings of a document, in text order."""
    split, dropped = _cues()
    numbers = count()
    for sentences in outline.streams:
        for index, sentence in enumerate(sentences):
            start, end = sentence.span.start, sentence.span.end
            found = split.search(outline.text, start, end)
            if found and sentence.figures and not dropped.search(outline.text, start, end):
                cue = Span(found.start(), found.end())
                yield from _of_cue(outline.text, sentences[max(0, index - 1) : index + 1], cue, numbers)


def _of_cue(text: str, sentences: Sequence[Sentence], cue: Span, numbers: Iterator[int]) -> Iterator[Node]:
    end = min(sentences[-1].span.end, cue.end + _ROOM)
    groups = _number_of_groups(text[cue.end : end])
    if not 2 <= groups <= _MOST:
        return
    inside = [f for f in _figures(sentences[-1]) if cue.end <= f.span.start < end and f.claim.hedge is None]
    form, parts = "each", [f for f in inside if _EACH.search(f.lead)][:1]
    if not parts:
        form, parts = "sizes", [f for f in inside if _SIZE.search(text, cue.end, f.span.start)]
        if len(parts) != groups or len({f.claim.dimension for f in parts}) > 1:
            return
    totals = _totals(sentences, cue.start, parts[0])
    group = next(numbers)
    for reading, total in enumerate(totals):
        yield Node(
            kind="grouping",
            form=form,
            span=total.span.cover(parts[-1].span),
            slots=(("total", (total,)), (form, tuple(parts))),
            cue=cue,
            features=frozenset({"sole"} if len(totals) == 1 else ()),
            group=group,
            reading=reading,
            givens=(("groups", Fraction(groups)),),
        )


def _number_of_groups(text: str) -> int:
    """How many groups the text after the cue speaks of, by a number or by their names; 0 where it does not say."""
    if stated := _NUMBER.match(text):
        return int(read_numeral(stated[1]).value)
    named = _NAMES.match(text)
    return len(re.findall(_NAME, named[0])) if named else 0


def _figures(sentence: Sentence) -> list[Figure]:
    """The figures of a sentence with those in its brackets, in text order."""
    inside = (f for clause in sentence.clauses for bracket in clause.brackets for f in bracket.figures)
    return sorted((*sentence.figures, *inside), key=lambda f: f.order)


def _totals(sentences: Sequence[Sentence], before: int, part: Figure) -> list[Figure]:
    """What can have been put into groups: the counts of the same things in the sentence before the cue, else in the
    sentence before it, the nearest first."""
    for sentence in reversed(sentences):
        found = [
            f
            for f in sentence.figures
            if f.span.start < before
            and f.claim.kind is Kind.COUNT
            and f.aspect in LEVELS
            and f.claim.hedge is None
            and f.claim.value > part.claim.value
            and (f.claim.dimension == part.claim.dimension or {f.claim.dimension, part.claim.dimension} <= _SUBJECTS)
        ]
        if found:
            return found[::-1]
    return []
