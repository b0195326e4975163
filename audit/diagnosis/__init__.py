"""Which figure of a broken relation is the likely culprit, and which slip would explain it."""

from __future__ import annotations

from audit.diagnosis.diagnose import Culprits, diagnose
from audit.diagnosis.repair import explained_by_one_slip

__all__ = ["Culprits", "diagnose", "explained_by_one_slip"]
