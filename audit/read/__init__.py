"""bytes -> Document: the readers, one module a format."""

from audit.read.error import ReadError
from audit.read.source import STDIN, Source, find_sources, read_source
from audit.read.text import read_text

__all__ = ["STDIN", "ReadError", "Source", "find_sources", "read_source", "read_text"]
