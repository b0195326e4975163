"""What a whole check of the seeds costs, against a bare scan of their text for anything that looks like a numeral."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from audit.engine import audit_document
from audit.extract import extract
from audit.outline import build_outline
from audit.read import read_source
from audit.relation import bind
from audit.rule.load import shipped_rules

SEEDS = Path(__file__).parents[2] / "seeds"
FLOOR = re.compile("[0-9０-９一二三四五六七八九十百千万亿两零〇半几数]+")
ROUNDS = 7


def figures() -> Iterator[str]:
    """Microseconds a KB (UTF-8) of each stage and of the whole, with the ratio to the scan;."""
    documents = [read_source(path) for path in sorted(SEEDS.glob("*.txt"))]
    size = sum(len(d.text.encode()) for d in documents) / 1024
    rules = shipped_rules()
    extractions = [extract(d) for d in documents]
    outlines = [build_outline(d, e) for d, e in zip(documents, extractions, strict=True)]
    stages: dict[str, Callable[[], object]] = {
        "scan": lambda: [FLOOR.findall(d.text) for d in documents],
        "extract": lambda: [extract(d) for d in documents],
        "outline": lambda: [build_outline(d, e) for d, e in zip(documents, extractions, strict=True)],
        "bind": lambda: [bind(rules, o) for o in outlines],
        "check": lambda: [audit_document(d, rules) for d in documents],
    }
    floor = 0.0
    for name, stage in stages.items():
        seconds = _shortest(stage)
        floor = floor or seconds
        yield f"checking: {name:<8} {seconds * 1e6 / size:8.0f} µs/KB, {seconds / floor:6.1f} times the scan"


def _shortest(stage: Callable[[], object]) -> float:
    shortest = float("inf")
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        stage()
        shortest = min(shortest, time.perf_counter() - begun)
    return shortest
