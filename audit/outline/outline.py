"""The outline of one document: its paragraphs, sections, lists and tables with every figure in its place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from audit.claim import Extraction
from audit.document import Block, BlockKind, Document
from audit.outline.lists import MarkedList, find_lists
from audit.outline.segment import Segmenter
from audit.outline.tree import Bracket, Figure, Paragraph, Section, Sentence
from audit.span import Span


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """A document's structure.

    `figures` are all figures of the running text in text order, those in brackets included; `main` only those outside
    brackets. `streams` are the sentences of every paragraph and of every bracket in which a figure stands, each level
    on its own; `stating` are those sentences of them that have figures of their own, for whoever looks at sentences one
    by one. Tables are in `tables`, as blocks with the claims of each cell.
    """

    document: Document
    extraction: Extraction
    paragraphs: tuple[Paragraph, ...]
    sections: tuple[Section, ...]
    lists: tuple[MarkedList, ...]
    tables: tuple[Block, ...]
    streams: tuple[tuple[Sentence, ...], ...]
    stating: tuple[Sentence, ...]
    figures: tuple[Figure, ...]
    main: tuple[Figure, ...]
    main_starts: tuple[int, ...]

    @property
    def text(self) -> str:
        """The document's text in its plain form."""
        return self.document.plain

    def main_in(self, span: Span) -> tuple[Figure, ...]:
        """The figures outside brackets that start in a span."""
        return self.main[bisect_left(self.main_starts, span.start) : bisect_left(self.main_starts, span.end)]

    def paragraph_end(self, offset: int) -> int:
        """Where the last paragraph ends that starts at or before an offset."""
        following = bisect_right(self.paragraphs, offset, key=lambda paragraph: paragraph.span.start)
        return self.paragraphs[following - 1].span.end if following else offset


def build_outline(document: Document, extraction: Extraction) -> Outline:
    """The outline of a document with the given claims; linear in the text's length."""
    closed = _closed_spans(extraction)
    segmenter = Segmenter(document.plain, extraction.claims, closed)
    paragraphs: list[Paragraph] = []
    tables: list[Block] = []
    sections: list[Section] = []
    for block in _whole_blocks(document.blocks, extraction):
        if block.kind is BlockKind.TABLE:
            tables.append(block)
            continue
        if block.kind is BlockKind.HEADING:
            sections.append(Section(block.span.of(document.plain).strip(), block.level, block.span))
        paragraphs.append(Paragraph(block, segmenter.sentences(block.span), len(sections)))
    figures: list[Figure] = []
    main: list[Figure] = []
    for paragraph in paragraphs:
        _gather(paragraph.sentences, main, figures)
    figures.sort(key=lambda f: f.order)
    streams = tuple(_streams(paragraphs))
    return Outline(
        document=document,
        extraction=extraction,
        paragraphs=tuple(paragraphs),
        sections=tuple(sections),
        lists=find_lists(document.plain, paragraphs),
        tables=tuple(tables),
        streams=streams,
        stating=tuple([sentence for stream in streams for sentence in stream if sentence.figures]),
        figures=tuple(figures),
        main=tuple(main),
        main_starts=tuple(f.span.start for f in main),
    )


def _whole_blocks(blocks: Sequence[Block], extraction: Extraction) -> list[Block]:
    """The blocks, those joined that share a figure (122.43 at the end of a line, 万元 on the next)."""
    whole: list[Block] = []
    at = 0
    claims = extraction.claims
    for block in blocks:
        while at < len(claims) and claims[at].span.end <= block.span.start:
            at += 1
        cut = at < len(claims) and claims[at].span.start < block.span.start
        if cut and whole and BlockKind.TABLE not in (block.kind, whole[-1].kind):
            whole[-1] = replace(whole[-1], span=whole[-1].span.cover(block.span))
        else:
            whole.append(block)
    return whole


def _streams(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[Sentence, ...]]:
    for paragraph in paragraphs:
        waiting = [paragraph.sentences]
        while waiting:
            sentences = waiting.pop()
            if any(s.figures for s in sentences):
                yield sentences
            waiting += [b.sentences for s in sentences for c in s.clauses for b in c.brackets]


def _gather(sentences: Sequence[Sentence], main: list[Figure], figures: list[Figure]) -> None:
    brackets: list[Bracket] = []
    for sentence in sentences:
        for clause in sentence.clauses:
            main.extend(clause.figures)
            figures.extend(clause.figures)
            brackets.extend(clause.brackets)
    while brackets:
        bracket = brackets.pop()
        figures.extend(bracket.figures)
        brackets.extend(b for s in bracket.sentences for c in s.clauses for b in c.brackets)


def _closed_spans(extraction: Extraction) -> list[Span]:
    return sorted([*(c.span for c in extraction.claims), *(r.span for r in extraction.rejected)])
