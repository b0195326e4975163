"""Finds parts listed with their shares of one base that is not stated: 男性18462人，占52.9%；女性16437人，占47.1%.

Nodes of kind `rates` and form `shares`, with the slots `first_count`, `first_rate`, `second_count` and `second_rate`.
A run is a list of parts in one unit, each with its share in the same words: in one sentence, or one a sentence.
Each pair of a run is set against the one that tells the base most finely, so that a slip in one of the others breaks
one node only. Features: `hundred` where the shares of the run make up 100%, `agreed` where a third pair has the base of
one of the two, `named` where the text names what all are shares of, `same` where it does so in the same words with
both, `apart` where the two stand in different sentences. Pairs whose base is stated beside them, or fits both, are left
to the shares of that base.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from audit.claim import Kind
from audit.outline.cues import one_of, table
from audit.outline.naming import core
from audit.outline.outline import Outline
from audit.outline.parts import LEVELS, MAX_PARTS, may_sum
from audit.outline.share import find_shares, given_together
from audit.outline.share_base import fits, is_telling
from audit.outline.tree import Aspect, Clause, Figure, Node, Sentence
from audit.quantity.interval import Interval

_STRONG = frozenset("；;")
_COORDINATED = ("、", "和", "及", "与", "以及")
_TIME = re.compile(r"[12][0-9]{3}\s?年|[0-9]{1,2}\s?月|[上去今前]年|同期|季度|半年")
_PASSED_OVER = frozenset({Aspect.CHANGE, Aspect.GROWTH})
_COARSE = Fraction(1, 2)
"""A base known no better than this says nothing."""
_OWN = re.compile(
    "^(?:同类|同[组行]|各自?|本[组类行]|该|其(?!他)|自身|相应|所在|当地)|(?:[国省市县区州旗乡镇村]|世界|全球)$"
)
"""A base that differs from part to part: what is like it (同类产品), or the same in a larger place (占全省的5%)."""
_WHOLE = 100


@dataclass(frozen=True, slots=True)
class _Pair:
    """A part with its share: the sentence it stands in, the words for the base, how it is written, the base implied."""

    part: Figure
    share: Figure
    sentence: int
    base: str
    bracketed: bool
    implied: Interval
    coarseness: Fraction


def find_parallel_shares(outline: Outline) -> Iterator[Node]:
    """The pairs of parts and shares of a document that have one base."""
    runs = list(_runs(outline))
    if not runs:
        return
    near, fitting = _stated_bases(outline)
    for run in runs:
        finest = min(run, key=lambda pair: pair.coarseness)
        features = {"hundred"} if _makes_whole(run) else set()
        for pair in run:
            known = {pair.share.order, finest.share.order}
            if pair is finest or known <= near or known <= fitting or _misses_hedged(pair, finest):
                continue
            first, second = sorted((pair, finest), key=lambda p: p.part.order)
            yield Node(
                kind="rates",
                form="shares",
                span=first.part.span.cover(second.share.span),
                slots=(
                    ("first_count", (first.part,)),
                    ("first_rate", (first.share,)),
                    ("second_count", (second.part,)),
                    ("second_rate", (second.share,)),
                ),
                features=frozenset(features | _features(first, second, run)),
            )


def _misses_hedged(pair: _Pair, other: _Pair) -> bool:
    """Whether two bases lie apart of which a hedge (9400多家) says how far only by convention."""
    hedged = any(f.claim.hedge for f in (pair.part, pair.share, other.part, other.share))
    return hedged and not pair.implied.meets(other.implied)


def _features(first: _Pair, second: _Pair, run: Sequence[_Pair]) -> set[str]:
    features = set()
    others = [p for p in run if p is not first and p is not second and is_telling(p.share)]
    if any(p.implied.meets(first.implied) or p.implied.meets(second.implied) for p in others):
        features.add("agreed")
    if first.base:
        features.add("named")
    if _base_of(first.share) == _base_of(second.share) != "":
        features.add("same")
    if first.sentence != second.sentence:
        features.add("apart")
    return features


def _makes_whole(run: Sequence[_Pair]) -> bool:
    total = Interval.total([p.share.claim.interval for p in run])
    return total.meets(Interval.point(_WHOLE))


def _stated_bases(outline: Outline) -> tuple[frozenset[int], frozenset[int]]:
    """The orders of the shares whose base stands beside them, and of those that fit a base somewhere."""
    near, fitting = set(), set()
    for node in find_shares(outline):
        base, share = node.slot("base"), node.slot("share")
        if base and len(share) == 1:
            if "near" in node.features:
                near.add(share[0].order)
            if fits(node.slot("part")[0], base, share[0]):
                fitting.add(share[0].order)
    return frozenset(near), frozenset(fitting)


def _runs(outline: Outline) -> Iterator[list[_Pair]]:
    """The lists of parts in one unit with shares of one base, each of at least two."""
    own = {id(paragraph.sentences) for paragraph in outline.paragraphs}
    main = [sentence for paragraph in outline.paragraphs for sentence in paragraph.sentences]
    for sentences in (main, *(stream for stream in outline.streams if id(stream) not in own)):
        runs: dict[str, list[_Pair]] = {}
        for index, sentence in enumerate(sentences):
            pairs = _pairs(sentence, index)
            alone = len(pairs) == 1 and all(
                len(run) < 2 or run[-2].sentence < run[-1].sentence for run in runs.values()
            )
            if runs and (not alone or _starts_afresh(sentence, pairs[0])):
                yield from _listed(runs.values())
                runs = {}
            for pair in pairs:
                run = runs.setdefault(pair.part.claim.dimension, [])
                if run and not _goes_on(run[-1], pair):
                    yield from _listed([run])
                    run.clear()
                run.append(pair)
        yield from _listed(runs.values())


def _listed(runs: Iterable[list[_Pair]]) -> Iterator[list[_Pair]]:
    """Those that are lists; shares in brackets that nothing calls so (25例（58.1%）) must make up a whole."""
    for run in runs:
        if 1 < len(run) <= MAX_PARTS and (run[0].share.aspect is Aspect.SHARE or _makes_whole(run)):
            yield run.copy()


def _starts_afresh(sentence: Sentence, first: _Pair) -> bool:
    """Whether a sentence has a base of its own: a total before its first part, or the part that 其中 goes on from."""
    alike = [f for f in sentence.figures if f.claim.dimension == first.part.claim.dimension and f.aspect in LEVELS]
    if alike and alike[0] is not first.part:
        return True
    heads = [clause.text for clause in sentence.clauses if clause.span.start < first.part.span.start]
    return any(text.startswith("其中") or text.endswith("中") for text in heads) or "中" in first.part.lead


def _goes_on(before: _Pair, pair: _Pair) -> bool:
    times = _TIME.findall(pair.part.lead)
    return (pair.base, pair.bracketed, pair.share.aspect) == (before.base, before.bracketed, before.share.aspect) and (
        not times or times == _TIME.findall(before.part.lead)
    )


def _pairs(sentence: Sentence, index: int) -> list[_Pair]:
    """The parts of a sentence with their shares; those of a part's own parts (其中…) are left out, unless they name the
    base of the others as their own."""
    pairs: list[_Pair] = []
    found: list[tuple[Figure, Figure]] = []
    figures = sentence.figures
    start = since = 0
    base, nested = "", False
    for clause in sentence.clauses:
        nested = clause.before not in _STRONG and (nested or (bool(pairs) and clause.text.startswith("其中")))
        inside = dict(_in_brackets(clause))
        for at, figure in enumerate(clause.figures, start):
            share = inside.get(figure.order)
            if share is None and not _is_share(figure):
                continue
            again = [(found[0][0], figure)] if len(found) == 1 and since == at else []  # 占甲的5%，占乙的3%
            found = [(figure, share)] if share else given_together(figures, at) or _before(figures, since, at) or again
            since = at + 1
            own = _base_of(share or figure)
            as_others = bool(own) and own == base
            base = own or base
            if not nested or as_others:
                made = (_pair(part, of_part, index, base, share is not None) for part, of_part in found)
                pairs += [pair for pair in made if pair is not None]
        start += len(clause.figures)
    return pairs


def _is_share(figure: Figure) -> bool:
    return figure.claim.kind is Kind.PERCENT and figure.aspect is Aspect.SHARE


def _in_brackets(clause: Clause) -> Iterator[tuple[int, Figure]]:
    """The shares alone in brackets, by the order of the part they follow: 男25例（占58.1%）, 男25例（58.1%）."""
    for bracket in clause.brackets:
        inside = bracket.figures
        if bracket.host is not None and len(inside) == 1 and inside[0].claim.kind is Kind.PERCENT:
            if inside[0].aspect is Aspect.SHARE or not inside[0].lead + inside[0].tail:
                yield bracket.host.order, inside[0]


def _before(figures: Sequence[Figure], since: int, at: int) -> list[tuple[Figure, Figure]]:
    """The share with the part right before it, past what is said of the part's change; [] where it may be another's."""
    levels = [n for n in range(since, at) if figures[n].aspect in LEVELS and may_sum(figures[n])]
    if not levels or (len(levels) > 1 and since):
        return []
    part = figures[levels[-1]]
    if any(f.aspect not in _PASSED_OVER for f in figures[levels[-1] + 1 : at]):
        return []
    joined = len(levels) > 1 and (not part.lead or part.lead.startswith(_COORDINATED))
    followed = any(f.claim.kind is Kind.PERCENT and f.lead.startswith(_COORDINATED) for f in figures[at + 1 : at + 2])
    return [] if joined or followed else [(part, figures[at])]


def _pair(part: Figure, share: Figure, sentence: int, base: str, bracketed: bool) -> _Pair | None:
    """The pair, None where its base is its own or hardly told by it."""
    if not 0 < share.claim.value <= _WHOLE or part.claim.value <= 0 or not may_sum(part):
        return None
    if base and (_OWN.search(base) or len(core(base)) < 2):
        return None
    implied = part.claim.interval / share.claim.interval.scaled(share.claim.ratio)
    if implied.low is None or implied.high is None or implied.low <= 0:
        return None
    coarseness = (implied.high - implied.low) / implied.high
    return _Pair(part, share, sentence, base, bracketed, implied, coarseness) if coarseness < _COARSE else None


def _base_of(share: Figure) -> str:
    """What the words before a share say it is a share of, "" where they do not."""
    found = _base_pattern().search(share.lead)
    return found["base"] if found else ""


@cache
def _base_pattern() -> re.Pattern[str]:
    tail = one_of([word for word in table("shares")["tail"]["words"] if word not in ("数", "占")])
    return re.compile(f"占(?!比)(?:到|了|据)?(?P<base>[^占]*?){tail}*$")
