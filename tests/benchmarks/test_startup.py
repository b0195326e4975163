"""How long --help takes, against an interpreter that does nothing."""

from __future__ import annotations

import subprocess
import sys
import time

ROUNDS = 6
RUNS = 5


def seconds(*arguments: str) -> float:
    """The shortest of a few runs: the others waited for something else."""
    shortest = float("inf")
    for _ in range(RUNS):
        start = time.perf_counter()
        subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
        shortest = min(shortest, time.perf_counter() - start)
    return shortest


def test_help_takes_no_longer_than_half_an_interpreter_and_50_ms_more() -> None:
    command = ("-c", "from audit.cli import run; run()", "--help")
    bare, told = float("inf"), float("inf")
    for _ in range(ROUNDS):
        bare, told = min(bare, seconds("-c", "pass")), min(told, seconds(*command))
        if told <= 1.5 * bare + 0.05:
            break
    print(f"python -c pass {bare * 1000:.0f} ms, --help {told * 1000:.0f} ms")
    assert told <= 1.5 * bare + 0.05
