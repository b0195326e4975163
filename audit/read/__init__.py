"""bytes -> Document: the readers, one module a format."""

from audit.read.error import ReadError
from audit.read.limits import DEFAULT as DEFAULT_LIMITS
from audit.read.limits import Limits
from audit.read.source import STDIN, Source, find_sources, read_source
from audit.read.text import read_text

__all__ = ["DEFAULT_LIMITS", "STDIN", "Limits", "ReadError", "Source", "find_sources", "read_source", "read_text"]
