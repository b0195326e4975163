"""text -> blocks."""

from audit.read.layout.layout import Piece, blocks_of, lay_out
from audit.read.layout.line import read_lines
from audit.read.layout.wrap import breaks_off

__all__ = ["Piece", "blocks_of", "breaks_off", "lay_out", "read_lines"]
