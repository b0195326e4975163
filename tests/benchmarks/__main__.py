"""Prints the benchmarks' figures; none of them is a test: `python -m tests.benchmarks [checking reading page …]`."""

from __future__ import annotations

import sys
from importlib import import_module

NAMES = ("checking", "extraction", "reading", "startup", "page")

for name in sys.argv[1:] or NAMES:
    for line in import_module(f"tests.benchmarks.{name}").figures():
        print(line, flush=True)
