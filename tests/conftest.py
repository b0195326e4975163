"""Settings of all tests."""

from __future__ import annotations

from hypothesis import settings

# How long an example takes depends on the machine and its load; speed is held by the benchmarks.
settings.register_profile("figure-audit", deadline=None)
settings.load_profile("figure-audit")
