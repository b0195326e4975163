"""text -> blocks."""

from audit.read.layout.layout import lay_out

__all__ = ["lay_out"]
