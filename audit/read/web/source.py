"""Where in the source of a page its text stands, and whether a parser of it has left any out.

libxml2 tells neither the column of a text nor that it gave one up. The text between the tags is therefore gathered here
from the source itself, without blanks and with its character references resolved, by the rules of the HTML standard
for tokens (WHATWG HTML 13.2.5); what the parser hands over in the same order is then found in it from left to right.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from html import unescape

from audit.span import LineIndex, squeeze

# Possessive, and open to the end of the source: no tag or comment is looked at twice.
_MARKUP = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|(?P<comment>\Z)))"
    r"|</?(?P<name>[a-z][^\s/>]*+)(?:=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^\s>\"'][^\s>]*+)?|[^>/]|/(?!>))*+"
    r"(?P<empty>/)?(?:>|(?P<tag>\Z))"
    r"|<[!?/][^>]*+(?:>|(?P<other>\Z))",
    re.IGNORECASE | re.DOTALL,
)
_UNCLOSED = ("comment", "tag", "other")
RAW = frozenset({"iframe", "noembed", "noframes", "script", "style", "textarea", "title"})
"""Elements that hold no tags, and whose text no reader of the page sees."""
_RAW_MARK = {name: re.compile(rf"<!--|-->|<(/?){name}(?=[\s/>])", re.IGNORECASE) for name in RAW}
_PIECE = re.compile(r"&#?[0-9a-zA-Z]+;?|[^\s&]+|&")
_MOST_STRAYS = 100
"""After so many texts that the source does not hold, the two are no longer compared."""


class SourceText:
    """The text of a page's source, and how far a parser has come in it."""

    def __init__(self, source: str) -> None:
        self._lines = LineIndex(source)
        self._starts, self._offsets = array("q"), array("q")
        parts: list[str] = []
        length = 0
        for start, end in _runs(source):
            for piece in _PIECE.finditer(source, start, end):
                self._starts.append(length)
                self._offsets.append(piece.start())
                said = piece[0]
                if said[0] == "&":
                    said = squeeze(unescape(said))
                parts.append(said)
                length += len(said)
        self._text = "".join(parts)
        self._at = 0
        self._strays = 0
        self._left: list[tuple[int, int]] = []

    def locate(self, text: str) -> tuple[int, int] | None:
        """Line and column, from 1, of the first visible character of the next text of the page.

        None for blanks and for what the source does not hold.
        """
        text = squeeze(text)
        if not text or self._strays > _MOST_STRAYS:
            return None
        # Most texts follow the last one directly: only others are looked for further on.
        at = self._at if self._text.startswith(text, self._at) else self._text.find(text, self._at)
        if at < 0:
            self._strays += 1
            return None
        self._leave(at)
        self._at = at + len(text)
        return self._lines.place(self._offset(at))

    def left_out(self) -> tuple[int, int] | None:
        """The line of the first text that the parser has left out by now, and how many characters it has left out.

        Counts as left out what a tag or comment swallows that is never closed. None where nothing is missing.
        """
        self._leave(len(self._text))
        if not self._left:
            return None
        return self._lines.place(self._offset(self._left[0][0]))[0], sum(end - start for start, end in self._left)

    def _leave(self, end: int) -> None:
        """Goes on to an index, and notes what lies before it if that is more than signs."""
        if any(character.isalnum() for character in self._text[self._at : end]):
            self._left.append((self._at, end))
        self._at = end

    def _offset(self, at: int) -> int:
        """The offset in the source of the character at an index of the text."""
        piece = bisect_right(self._starts, at) - 1
        following = self._starts[piece + 1] if piece + 1 < len(self._starts) else len(self._text)
        inside = min(at, following - 1) - self._starts[piece]
        return self._offsets[piece] + inside


def _runs(source: str) -> Iterator[tuple[int, int]]:
    """(start, end) of the stretches between tags and comments; of the last one where it is not closed, too."""
    at = 0
    while found := _MARKUP.search(source, at):
        yield at, found.start()
        at = found.end()
        if at == len(source) and any(found[name] is not None for name in _UNCLOSED):
            yield found.start() + 1, at
            return
        name = (found["name"] or "").lower()
        if name in RAW and source[found.start() + 1] != "/" and not found["empty"]:
            end = _end_of_raw(source, at, name)
            if end < 0:
                yield at, len(source)
                return
            at = end
    yield at, len(source)


def _end_of_raw(source: str, at: int, name: str) -> int:
    """Where the end tag of an element without tags inside begins, -1 for nowhere.

    In a script between <!-- and --> a pair of script tags is a part of it (script data double escaped state).
    """
    escaped = nested = False
    for found in _RAW_MARK[name].finditer(source, at):
        if found[0] == "<!--":
            escaped = name == "script"
        elif found[0] == "-->":
            escaped = nested = False
        elif not found[1]:
            nested = escaped
        elif nested:
            nested = False
        else:
            return found.start()
    return -1
