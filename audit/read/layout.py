"""text -> blocks."""

from __future__ import annotations

import re

from audit.document import Block, BlockKind
from audit.span import Span

_LINE = re.compile(r"[^\r\n]+")


def lay_out(text: str) -> tuple[Block, ...]:
    """The blocks of a text, in order: one for each line that is not blank."""
    blocks = []
    for line in _LINE.finditer(text):
        content = line.group().strip()
        if content:
            start = line.start() + line.group().index(content)
            blocks.append(Block(BlockKind.PARAGRAPH, Span(start, start + len(content))))
    return tuple(blocks)
