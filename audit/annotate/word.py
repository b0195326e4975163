"""Comments in a Word document, anchored on the characters of a figure; its text and formatting stay as they are."""

from __future__ import annotations

import copy
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from audit.annotate.note import Note, Signature
from audit.read.compose import Laid, compose_with_sources
from audit.read.word.inline import W
from audit.read.word.package import drafts_of, open_package
from audit.read.word.walk import Origin
from audit.span import Span

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of what was one text element, and where its first character stood in that."""

    start: int
    element: Any


class _Texts:
    """The text elements of a document and what has become of each by being cut."""

    def __init__(self) -> None:
        self._pieces: dict[Any, list[_Piece]] = {}

    def runs(self, element: Any, start: int, end: int) -> list[Any]:
        """The runs that hold exactly the characters [start, end) of a text element as it was at first."""
        pieces = self._pieces.setdefault(element, [_Piece(0, element)])
        for offset in (start, end):
            at = max(n for n, piece in enumerate(pieces) if piece.start <= offset)
            inside = offset - pieces[at].start
            if 0 < inside < len(pieces[at].element.text or ""):
                pieces.insert(at + 1, _Piece(offset, _cut(pieces[at].element, inside)))
        covered = [piece.element for piece in pieces if start <= piece.start < end and piece.element.text]
        if covered:
            _split_run(covered[0].getparent(), covered[0])
            following = covered[-1].getnext()
            if following is not None:
                _split_run(covered[-1].getparent(), following)
        return [each.getparent() for each in covered]


def _cut(element: Any, offset: int) -> Any:
    """Cuts a text element in two; the second one."""
    rest = copy.deepcopy(element)
    rest.text, element.text = element.text[offset:], element.text[:offset]
    for each in (rest, element):
        each.set(_XML_SPACE, "preserve")
    element.addnext(rest)
    return rest


def _split_run(run: Any, child: Any) -> None:
    """Begins a run of the same properties at a child of a run, unless nothing stands before it there."""
    at = run.index(child)
    properties = run.find(W + "rPr")
    if at == (0 if properties is None else 1):
        return
    second = run.makeelement(run.tag, dict(run.attrib))
    if properties is not None:
        second.append(copy.deepcopy(properties))
    for each in list(run)[at:]:
        second.append(each)
    run.addnext(second)


def write(path: str, data: bytes, notes: Sequence[Note], signature: Signature) -> bytes:
    """The document with a comment for each note; raises ReadError."""
    word = open_package(path, data)
    _, laid = compose_with_sources(path, "", "", drafts_of(word))
    texts = _Texts()
    for note in notes:
        _anchor(word, laid, note.span, texts)
    # Runs are final only when all of them have been cut.
    anchored = [(note, _anchor(word, laid, note.span, texts)) for note in notes]
    for note, (first, last, paragraph, prefix) in anchored:
        comment = word.comments.add_comment(prefix + note.text, signature.author, signature.initials)
        if first is None:
            _around(paragraph, comment.comment_id)
        else:
            _between(first, last, comment.comment_id)
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


def _anchor(word: Any, laid: Sequence[Laid], span: Span, texts: _Texts) -> tuple[Any, Any, Any, str]:
    """(first run, last run, paragraph, what to say first): no runs where the whole paragraph takes the comment."""
    found = next((each for each in laid if each[0].overlaps(span)), laid[0])
    origin = found[1].source
    assert isinstance(origin, Origin)
    inside = list(_inside(origin, found[0], span))
    host = _host(word, inside[0][0] if inside else origin.paragraph)
    if host is not None:
        return None, None, host, f"（{found[1].place}）{span_text(origin, found[0], span)}："
    runs = [run for element, start, end in inside for run in texts.runs(element, start, end)]
    if not runs:
        return None, None, origin.paragraph, ""
    return runs[0], runs[-1], None, ""


def span_text(origin: Origin, whole: Span, span: Span) -> str:
    """The characters of a passage that a span covers."""
    text = "".join(segment.text for segment in origin.segments)
    return text[max(span.start - whole.start, 0) : span.end - whole.start]


def _inside(origin: Origin, whole: Span, span: Span) -> Iterator[tuple[Any, int, int]]:
    """(text element, start, end) of the parts of a passage that a span covers, in text elements of runs."""
    at = whole.start
    for segment in origin.segments:
        start, end = max(span.start, at), min(span.end, at + len(segment.text))
        if start < end and segment.element is not None and segment.element.tag == W + "t":
            yield segment.element, segment.offset + start - at, segment.offset + end - at
        at += len(segment.text)


def _host(word: Any, element: Any) -> Any:
    """The paragraph of the body that takes the comment where Word has none at the place itself; None where it has.

    Word comments neither notes nor headers and footers nor text boxes.
    """
    body = word.element.body
    ancestors = [element, *element.iterancestors()]
    boxes = [each for each in ancestors if each.tag == W + "txbxContent"]
    if boxes and body in ancestors:
        return next(each for each in boxes[-1].iterancestors() if each.tag == W + "p")
    if body in ancestors:
        return None
    for note, kind in ((each, each.tag.removeprefix(W)) for each in ancestors):
        if kind in ("footnote", "endnote"):
            for reference in body.iter(f"{W}{kind}Reference"):
                if reference.get(W + "id") == note.get(W + "id"):
                    return next(each for each in reference.iterancestors() if each.tag == W + "p")
    return next(body.iter(W + "p"))


def _mark(name: str, comment: int) -> Any:
    from docx.oxml import OxmlElement

    mark = OxmlElement(f"w:{name}")
    mark.set(W + "id", str(comment))
    return mark


def _reference(comment: int) -> Any:
    from docx.oxml import OxmlElement

    run = OxmlElement("w:r")
    run.append(_mark("commentReference", comment))
    return run


def _between(first: Any, last: Any, comment: int) -> None:
    """Marks the runs from the first to the last; earlier comments on them keep their marks outside of these."""
    first.addprevious(_mark("commentRangeStart", comment))
    last.addnext(_reference(comment))
    last.addnext(_mark("commentRangeEnd", comment))


def _around(paragraph: Any, comment: int) -> None:
    """Marks all that a paragraph holds."""
    start = _mark("commentRangeStart", comment)
    properties = paragraph.find(W + "pPr")
    if properties is None:
        paragraph.insert(0, start)
    else:
        properties.addnext(start)
    paragraph.append(_mark("commentRangeEnd", comment))
    paragraph.append(_reference(comment))
