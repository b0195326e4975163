"""Findings written back into a copy of the document: Word comments, PDF highlights, cell comments."""

from audit.annotate.annotate import Annotated, annotate
from audit.annotate.note import Signature

__all__ = ["Annotated", "Signature", "annotate"]
