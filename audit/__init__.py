"""figure-audit: finds the figures of a Chinese report that do not agree with one another.

The public interface; everything else may change between versions.
"""

from __future__ import annotations

from collections.abc import Sequence

from audit.version import __version__

TYPE_CHECKING = False  # as in typing, which takes longer to import than everything here
if TYPE_CHECKING:
    from os import PathLike

    from audit.claim import Claim
    from audit.report import Report
    from audit.rule.schema import Rule

__all__ = ["__version__", "check_file", "check_text", "extract_text"]


def extract_text(text: str) -> tuple[Claim, ...]:
    """The numeric claims of a text, in text order; offsets are code points."""
    from audit.extract import extract
    from audit.read import read_text

    return extract(read_text(text)).claims


def check_text(text: str, rules: Sequence[Rule] | None = None) -> Report:
    """The audit of a text; `rules` are the shipped ones unless given."""
    from audit.engine import audit_document
    from audit.read import read_text
    from audit.report import Report

    audit, skipped = audit_document(read_text(text), _rules(rules))
    return Report((audit,), skipped)


def check_file(path: str | PathLike[str], rules: Sequence[Rule] | None = None) -> Report:
    """The audit of one file; a file that cannot be read is in `skipped`. `rules` are the shipped ones unless given."""
    from os import fspath

    from audit.engine import audit_sources
    from audit.read import Source

    return audit_sources([Source(fspath(path))], _rules(rules))


def _rules(rules: Sequence[Rule] | None) -> Sequence[Rule]:
    if rules is not None:
        return rules
    from audit.rule.load import shipped_rules

    return shipped_rules()
