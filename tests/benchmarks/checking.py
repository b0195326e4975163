"""What a whole check costs by stages, how it grows with the text, and what memory it takes.

A check is timed inside the engine, each stage by itself, so that the shares are those of one run. `new` figures and
words are those of a first document, `known` those that the bounded caches still hold from the round before.
"""

from __future__ import annotations

import gc
import re
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from functools import _lru_cache_wrapper
from pathlib import Path
from typing import Any
from unittest.mock import patch

from audit import engine
from audit.document import Document
from audit.read import read_source, read_text
from audit.rule.load import shipped_rules

SEEDS = Path(__file__).parents[2] / "seeds"
FLOOR = re.compile("[0-9０-９一二三四五六七八九十百千万亿两零〇半几数]+")
ROUNDS = 15
STAGES = {
    "extract": "extract",
    "outline": "build_outline",
    "bind": "bind",
    "judge": "settle",
    "diagnose": "diagnose",
    "coverage": "outcomes",
    "findings": "findings_of",
}
"""The stages of a check after reading, and the functions of the engine that are these."""
Spent = dict[str, float]
"""Microseconds of each stage, and of the whole `check`."""
TIMES = (1, 2, 4, 8)
"""The longest seed is checked so many times over."""


def figures() -> Iterator[str]:
    """Microseconds a KB (UTF-8) of each stage and of the whole with its share, for longer texts, and memory."""
    paths = sorted(SEEDS.glob("*.txt"))
    documents = [read_source(path) for path in paths]
    size = sum(_size(d) for d in documents)
    floor = _shortest(lambda: [FLOOR.findall(d.text) for d in documents]) * 1e6 / size
    yield f"checking: scan {floor:.1f} µs/KB"
    yield f"checking: read {_shortest(lambda: [read_source(path) for path in paths]) * 1e6 / size:.0f} µs/KB"
    for kind, before in (("known", gc.collect), ("new", _forget)):
        spent = _stages(documents, before)
        whole = spent["check"]
        yield f"checking: check of {kind} text {whole / size:.0f} µs/KB, {whole / size / floor:.0f} times the scan"
        for stage in (*STAGES, "rest"):
            yield f"checking: {kind:<5} {stage:<8} {spent[stage] / size:6.0f} µs/KB, {spent[stage] / whole:6.1%}"
    text = max((d.text for d in documents), key=len)
    for times in TIMES:
        document = read_text(text * times)
        spent = _stages([document], _forget)
        yield f"checking: {_size(document):4.0f} KB {spent['check'] / _size(document):6.0f} µs/KB, {_peak(document)}"


def _size(document: Document) -> float:
    return len(document.text.encode()) / 1024


def _stages(documents: Sequence[Document], before: Callable[[], object]) -> Spent:
    """Microseconds of the processor for each stage and the whole, of the quickest of some rounds."""
    rules = shipped_rules()
    rounds = []
    for _ in range(ROUNDS):
        before()
        spent: Spent = dict.fromkeys(STAGES, 0.0)
        with patch.dict(vars(engine), {name: _timed(stage, name, spent) for stage, name in STAGES.items()}):
            begun = time.process_time()
            for document in documents:
                engine.audit_document(document, rules)
            spent["check"] = (time.process_time() - begun) * 1e6
        spent["rest"] = 2 * spent["check"] - sum(spent.values())
        rounds.append(spent)
    return min(rounds, key=lambda spent: spent["check"])


def _timed(stage: str, name: str, spent: Spent) -> Callable[..., Any]:
    run = getattr(engine, name)

    def timed(*arguments: Any) -> Any:
        begun = time.process_time()
        try:
            return run(*arguments)
        finally:
            spent[stage] += (time.process_time() - begun) * 1e6

    return timed


def _forget() -> None:
    """Empties the bounded caches: they hold what was read of documents, the unbounded ones what rules and data say."""
    for name, module in list(sys.modules.items()):
        if name.startswith("audit."):
            for cached in vars(module).values():
                if isinstance(cached, _lru_cache_wrapper) and cached.cache_parameters()["maxsize"] is not None:
                    cached.cache_clear()
    gc.collect()


def _peak(document: Document) -> str:
    """What the check allocates at most, its result included, for each byte of the text."""
    _forget()
    tracemalloc.start()
    try:
        engine.audit_document(document, shipped_rules())
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    return f"{peak / len(document.text.encode()):.0f} bytes of memory a byte of text"


def _shortest(stage: Callable[[], object]) -> float:
    """Seconds of the processor, of the quickest of some rounds: what else the machine does counts least."""
    shortest = float("inf")
    for _ in range(ROUNDS):
        begun = time.process_time()
        stage()
        shortest = min(shortest, time.process_time() - begun)
    return shortest
