"""The outline's parts: figures in their clauses, clauses in sentences, sentences in paragraphs and brackets."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from audit.claim import Claim
from audit.document import Block
from audit.frozen import direct
from audit.span import Span


class Aspect(StrEnum):
    """What a figure says of its subject, told from the words around it."""

    LEVEL = "level"  # how much there is: 收入15亿元
    CHANGE = "change"  # by how much it changed: 增加2亿元, 提高0.3个百分点
    GROWTH = "growth"  # by what share it changed: 增长7.5%
    START = "start"  # what it was: 由19.7%下降到…
    END = "end"  # what it became: …下降到15.2%
    SHARE = "share"  # what part of a base it is: 占总数的30%
    COMPLETION = "completion"  # what part of a plan is done: 完成预算的97%
    RATE = "rate"  # a named rate: 完工率67.7%
    CONTRIBUTION = "contribution"  # 拉动GDP增长1.1个百分点, 贡献率57%
    EACH = "each"  # an amount per unit: 每户3.2万元
    BOUND = "bound"  # a threshold, not a quantity: 60岁以上, 不超过10%
    RANK = "rank"  # a multiple, a code, or how many come first: 增长到3倍, 前五名


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """A claim in its place.

    `lead` is the text before the figure back to the previous figure or the start of its clause, `tail` the text after
    it up to the next figure or the end of its clause, both without blanks and bracketed text and cut to 40
    characters. `sign` is -1 where the wording says that the quantity fell, 1 otherwise. `order` counts the document's
    figures from 0.
    """

    claim: Claim
    order: int
    lead: str
    tail: str
    aspect: Aspect
    sign: int = 1

    @property
    def span(self) -> Span:
        """The claim's span."""
        return self.claim.span


@dataclass(frozen=True, slots=True, eq=False)
class Clause:
    """Text between two of ，；：。 on one bracket level, with the figures and brackets directly in it.

    `before` and `after` are the separators around it, "" at the ends of a paragraph or bracket; `text` is what it says
    without blanks and without bracketed text.
    """

    span: Span
    text: str
    before: str
    after: str
    figures: tuple[Figure, ...]
    brackets: tuple[Bracket, ...]


@direct
@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """Clauses up to a full stop, exclamation or question mark, or the end of the paragraph or bracket.

    `figures` are the sentence's own in text order, those in brackets left out.
    """

    span: Span
    clauses: tuple[Clause, ...]
    figures: tuple[Figure, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "figures", tuple(f for clause in self.clauses for f in clause.figures))


@dataclass(frozen=True, slots=True, eq=False)
class Bracket:
    """Bracketed text: its inside, the sentences in it, and the figure it directly follows (None where none does)."""

    span: Span
    sentences: tuple[Sentence, ...]
    host: Figure | None

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The bracket's own figures, deeper brackets left out."""
        return tuple(f for sentence in self.sentences for f in sentence.figures)


@direct
@dataclass(frozen=True, slots=True, eq=False)
class Paragraph:
    """One block of running text; `section` is the index of its section."""

    block: Block
    sentences: tuple[Sentence, ...]
    section: int

    @property
    def span(self) -> Span:
        """The block's span."""
        return self.block.span


@dataclass(frozen=True, slots=True, eq=False)
class Section:
    """A heading and what follows it up to the next heading of its level or above; level 0 is the whole document."""

    title: str
    level: int
    span: Span


@direct
@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A construction that can assert a relation: where it stands and which figures stand in which of its slots.

    `form` is the kind of construction within its node kind, `cue` the word that marks it. `listed` are listed things
    that are no figures. `givens` are numbers that follow from the wording without being claims (the years from 1952
    to 1957). `features` are the facts that rules may ask for (closed, open, …). Nodes with the same `group` are
    alternative readings of one construction, the likeliest first (`reading` 0).
    """

    kind: str
    form: str
    span: Span
    slots: tuple[tuple[str, tuple[Figure, ...]], ...]
    cue: Span | None = None
    listed: tuple[Span, ...] = ()
    features: frozenset[str] = frozenset()
    group: int = -1
    reading: int = 0
    givens: tuple[tuple[str, Fraction], ...] = ()

    def slot(self, name: str) -> tuple[Figure, ...]:
        """The figures of a slot; all figures of the node for ""."""
        if not name:
            return tuple(f for _, figures in self.slots for f in figures)
        return next((figures for slot, figures in self.slots if slot == name), ())
