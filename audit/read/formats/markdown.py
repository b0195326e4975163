"""Markdown, with its tables and the HTML tables inside it."""

from __future__ import annotations

from audit.read.format import Format
from audit.read.text import text_reader

FORMAT = Format("Markdown", (".md", ".markdown"), "text/markdown", text_reader("text/markdown"))
