"""Plain text."""

from __future__ import annotations

from audit.read.format import Format
from audit.read.text import text_reader

FORMAT = Format("plain text", (".txt", ".text"), "text/plain", text_reader("text/plain"))
