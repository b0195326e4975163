"""Finds what the text itself says of the two sides of an account.

Nodes of kind `summing`. Forms: `added` (收入20.4亿元，加上级补助收入31.8亿元，…，收入总量为58.7亿元), `listed`
(收入26.1亿元，上级补助1.3亿元，上年结余2.4亿元，收入总计29.8亿元: by their names all are items of one side),
`settled` (收入总量…，支出总量…，收支相抵，结余…: revenue is the total of expenditure and what is left) and `balanced`
(收入总计…，支出总计…，收支平衡: the slot `parts` has the one figure that the total equals). The feature `stated` says
that nothing else can be meant: without it such a node only counts where it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby

from audit.outline.breakdown import find_breakdowns
from audit.outline.cues import one_of, table
from audit.outline.outline import Outline
from audit.outline.parts import LEVELS, MAX_PARTS, may_sum
from audit.outline.tree import Clause, Figure, Node, Sentence

_BACK = 4
"""So many sentences back the sides of an account are looked for."""
_OPEN = re.compile("等$")


@dataclass(frozen=True, slots=True)
class _Cues:
    plus: re.Pattern[str]
    minus: re.Pattern[str]
    whole: re.Pattern[str]
    sides: re.Pattern[str]
    settled: re.Pattern[str]
    wanting: re.Pattern[str]
    balanced: re.Pattern[str]
    carried: re.Pattern[str]
    part: re.Pattern[str]
    items: re.Pattern[str]


@cache
def _cues() -> _Cues:
    data = table("breakdowns")
    words = data["accounts"]
    return _Cues(
        plus=re.compile(rf"{one_of(words['plus'])}(?!{one_of(words['another'])})"),
        minus=re.compile(one_of(words["minus"])),
        whole=re.compile(rf"{one_of(words['wholes'])}[^，。；、,;]{{0,4}}$"),
        sides=re.compile(f"(?P<income>{one_of(words['income'])})|(?P<expenditure>{one_of(words['expenditure'])})"),
        settled=re.compile(one_of(words["settled"])),
        wanting=re.compile(one_of(words["wanting"])),
        balanced=re.compile(one_of(words["balanced"])),
        carried=re.compile(one_of(words["carried"])),
        items=re.compile(one_of(words["items"])),
        part=re.compile(rf"(?:在)?{one_of([*data['qizhong']['words'], *data['subset']['words']])}"),
    )


def find_accounts(outline: Outline, groups: Iterator[int]) -> Iterator[Node]:
    """The accounts of a document, in text order."""
    for told in _by_section(outline):
        sentences = [sentence for _, sentence in told]
        for index, sentence in enumerate(sentences):
            adding = [n for n, c in enumerate(sentence.clauses) if c.figures and _cues().plus.match(c.text)]
            for n in adding:
                yield from _added(sentences, index, n, _whole_of_parts(outline), groups)
            if not adding and any(map(_is_whole, sentence.figures)):
                yield from _listed(sentence, _whole_of_parts(outline), groups)
            if _cues().settled.search(outline.text, sentence.span.start, sentence.span.end):
                near = [s for n, s in told[:index] if told[index][0] - n < 2]
                yield from _settled(sentences, index, len(near), _whole_of_parts(outline), groups)
            if _says(outline, sentence):
                yield from _balanced(sentences, index, groups)


def _by_section(outline: Outline) -> Iterator[list[tuple[int, Sentence]]]:
    """The sentences with figures of each section, with the number of their paragraph: revenue and expenditure may have
    paragraphs of their own."""
    for _, paragraphs in groupby(enumerate(outline.paragraphs), key=lambda numbered: numbered[1].section):
        yield [(n, s) for n, paragraph in paragraphs for s in paragraph.sentences if s.figures or _says(outline, s)]


def _says(outline: Outline, sentence: Sentence) -> bool:
    """Whether a sentence says that both sides are equal, be it without any figure."""
    return _cues().balanced.search(outline.text, sentence.span.start, sentence.span.end) is not None


@lru_cache(maxsize=1)
def _whole_of_parts(outline: Outline) -> dict[int, int]:
    """The order of the total of each figure that a breakdown names as a part."""
    return {part.order: node.slot("total")[0].order for node in find_breakdowns(outline) for part in node.slot("parts")}


def _levels(figures: Sequence[Figure], like: Figure) -> list[Figure]:
    return [
        f
        for f in figures
        if f.aspect in LEVELS and may_sum(f) and f.claim.hedge is None and f.claim.dimension == like.claim.dimension
    ]


def _side(figure: Figure) -> str:
    """Whether the figure is called revenue (income) or expenditure, by the last such word of its name; else ""."""
    return next((m.lastgroup or "" for m in reversed([*_cues().sides.finditer(figure.lead)])), "")


def _is_whole(figure: Figure) -> bool:
    return _cues().whole.search(figure.lead) is not None


def _added(
    sentences: Sequence[Sentence], index: int, n: int, parts: Mapping[int, int], groups: Iterator[int]
) -> Iterator[Node]:
    """What is added from a clause on up to the total, with what it is added to."""
    clauses = sentences[index].clauses
    first = clauses[n].figures[0]
    head = _levels([f for clause in clauses[:n] for f in clause.figures], first)
    if not head and index:
        head = _levels(sentences[index - 1].figures, first)
    orders = {f.order for f in head}
    head = [f for f in head if parts.get(f.order) not in orders and not _is_whole(f)]
    found = _up_to_total(clauses[n:], first)
    if found is None or not head:
        return
    added, total, certain = found
    if len({_side(head[-1]), _side(total)} - {""}) > 1:
        return
    alone = len(head) == 1
    yield _node("added", total, (head[-1], *added), sentences[index], certain and alone, next(groups))


def _up_to_total(clauses: Sequence[Clause], first: Figure) -> tuple[list[Figure], Figure, bool] | None:
    """The figures of clauses up to the first that is called a total, that total, and whether nothing but these is
    named; None where no total comes or something is taken away."""
    added: list[Figure] = []
    certain = True
    for clause in clauses:
        if _cues().minus.match(clause.text):
            return None
        certain &= _OPEN.search(clause.text) is None
        sub = _cues().part.match(clause.text) is not None
        for figure in _levels(clause.figures, first):
            if _is_whole(figure) and len(added) and figure is not first:
                return (added, figure, certain) if len(added) < MAX_PARTS else None
            if not sub:
                added.append(figure)
    return None


def _listed(sentence: Sentence, parts: Mapping[int, int], groups: Iterator[int]) -> Iterator[Node]:
    """The totals of a sentence that follow nothing but items of their side of the account."""
    items: list[Figure] = []
    certain = True
    for clause in sentence.clauses:
        certain &= _OPEN.search(clause.text) is None and _cues().minus.match(clause.text) is None
        for figure in clause.figures:
            if not _levels([figure], items[0] if items else figure):
                continue
            if _is_whole(figure):
                if 1 < len(items) < MAX_PARTS and certain and _are_items(items, figure):
                    yield _node("listed", figure, items, sentence, certain, next(groups))
                items, certain = [], True
            elif parts.get(figure.order) not in {f.order for f in items}:
                items.append(figure)


def _are_items(figures: Sequence[Figure], total: Figure) -> bool:
    """Whether figures are called revenue (or expenditure) and further items of the same side of an account."""
    first, *others = figures
    side = _side(total) or _side(first)
    return side == _side(first) != "" and all(_cues().items.search(f.lead) for f in others)


def _settled(
    sentences: Sequence[Sentence], index: int, near: int, parts: Mapping[int, int], groups: Iterator[int]
) -> Iterator[Node]:
    """Revenue and expenditure as last told before what is left of them. Farther back than the last `near` sentences,
    which are those of the paragraph before, it is not certain that they are meant."""
    sentence = sentences[index]
    at = next((n for n, clause in enumerate(sentence.clauses) if _cues().settled.search(clause.text)), None)
    rest = next((f for clause in sentence.clauses[at:] for f in clause.figures), None)
    if at is None or rest is None or not _levels([rest], rest) or _cues().carried.search(rest.lead):
        return
    before = [f for s in sentences[max(0, index - _BACK) : index] for f in s.figures]
    before = _levels([*before, *(f for clause in sentence.clauses[:at] for f in clause.figures)], rest)
    before = [f for f in before if f.order not in parts or _is_whole(f)]
    income, expenditure = _last(before, "income"), _last(before, "expenditure")
    if income is None or expenditure is None:
        return
    certain = _is_whole(income) == _is_whole(expenditure) and not _between(before, income, expenditure)
    certain &= _are_last(before, income, expenditure)
    certain &= min(income.span.start, expenditure.span.start) >= sentences[index - near].span.start
    whole, less = (expenditure, income) if _cues().wanting.search(rest.lead) else (income, expenditure)
    yield _node("settled", whole, (less, rest), sentence, certain, next(groups))


def _last(figures: Sequence[Figure], side: str) -> Figure | None:
    """The last figure of a side, a total of it rather than any other."""
    named = [f for f in figures if _side(f) == side]
    return next((f for f in reversed(named) if _is_whole(f)), named[-1] if named else None)


def _between(figures: Sequence[Figure], income: Figure, expenditure: Figure) -> bool:
    """Whether several figures of a side stand there of which none is called the total."""
    if _is_whole(income) and _is_whole(expenditure):
        return False
    return any(sum(_side(f) == side for f in figures) > 1 for side in ("income", "expenditure"))


def _are_last(figures: Sequence[Figure], *totals: Figure) -> bool:
    """Whether nothing else of their side is told behind the totals."""
    return all(f.order <= total.order for total in totals for f in figures if _side(f) == _side(total))


def _balanced(sentences: Sequence[Sentence], index: int, groups: Iterator[int]) -> Iterator[Node]:
    """The totals of both sides that stand in the sentence that says so, or one of them in the sentence before; both
    before a sentence that says nothing else."""
    sentence = sentences[index]
    back = 1 if sentence.figures else 2
    near = [f for s in sentences[max(0, index - back) : index + 1] for f in s.figures if _is_whole(f)]
    like = next(filter(_is_whole, sentence.figures or near), None)
    if like is None or (not sentence.figures and len(sentence.clauses) > 1):
        return
    income, expenditure = (_last(_levels(near, like), side) for side in ("income", "expenditure"))
    if income is not None and expenditure is not None:
        yield _node("balanced", income, (expenditure,), sentence, True, next(groups))


def _node(form: str, total: Figure, parts: Sequence[Figure], sentence: Sentence, certain: bool, group: int) -> Node:
    return Node(
        kind="summing",
        form=form,
        span=min((total, *parts), key=lambda f: f.order).span.cover(sentence.span),
        slots=(("total", (total,)), ("parts", tuple(parts))),
        features=frozenset({"stated"} if certain else ()),
        group=group,
    )
