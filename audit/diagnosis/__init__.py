"""Which figure of a broken relation is the likely culprit, and which slip would explain it."""

from __future__ import annotations

from collections.abc import Sequence

from audit.finding import Suspect
from audit.verdict import Check


def suspects_of(check: Check, checks: Sequence[Check]) -> tuple[Suspect, ...]:
    """The figures whose slip would explain a broken check, likeliest first."""
    return ()
