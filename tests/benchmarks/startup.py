"""How long --help takes, against an interpreter that does nothing."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator

RUNS = 20


def figures() -> Iterator[str]:
    """`--help` in milliseconds against its aim: 1.5 times a bare interpreter and 50 ms."""
    bare = _shortest("-c", "pass")
    told = _shortest("-c", "from audit.cli import run; run()", "--help")
    aim = 1.5 * bare + 0.05
    yield f"start-up: python -c pass {bare * 1000:.0f} ms, --help {told * 1000:.0f} ms (aim {aim * 1000:.0f} ms)"


def _shortest(*arguments: str) -> float:
    """The shortest of several runs in seconds: the others waited for something else."""
    shortest = float("inf")
    for _ in range(RUNS):
        start = time.perf_counter()
        subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
        shortest = min(shortest, time.perf_counter() - start)
    return shortest
