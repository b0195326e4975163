"""What extraction costs, against a bare scan for anything that looks like a numeral, and against public peers.

Peers are timed where they are installed: chinese2digits, jionlp (money), recognizers-text-suite (numbers and money).
"""

from __future__ import annotations

import importlib
import time
import tracemalloc
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from audit.document import Document
from audit.extract import extract
from audit.extract.figure import read_figure, read_range
from audit.extract.pattern import figure_pattern
from audit.quantity.numeral import read_numeral
from audit.read import read_source, read_text
from tests.benchmarks.checking import FLOOR

SEEDS = Path(__file__).parents[2] / "seeds"
ROUNDS = 15


def figures() -> Iterator[str]:
    """Microseconds a KB (UTF-8), the ratio to the scan, memory, and the peers' microseconds a KB."""
    documents = [read_source(path) for path in sorted(SEEDS.glob("*.txt"))]
    size = sum(len(d.text.encode()) for d in documents) / 1024
    claims = sum(len(extract(d).claims) for d in documents)
    floor: float = sum(_shortest(partial(FLOOR.findall, d.text)) for d in documents)
    yield f"extraction: scan {floor * 1e6 / size:.1f} µs/KB; {claims / size:.1f} claims a KB"
    bare: float = sum(_shortest(partial(_matches, d.text)) for d in documents)
    yield (
        f"extraction: the pattern of all figures alone {bare * 1e6 / size:.1f} µs/KB, "
        f"{bare / floor:.1f} times the scan: no extraction with it costs less"
    )
    runs: dict[str, Callable[[Document], object]] = {"figures new": _cold, "figures known": extract}
    for name, run in runs.items():
        seconds = sum(_shortest(partial(run, d)) for d in documents)
        yield (
            f"extraction: {name} {seconds * 1e6 / size:.1f} µs/KB, {seconds / floor:.1f} times the scan, "
            f"{seconds * 1e6 / claims:.1f} µs a claim; the pattern is {bare / seconds:.0%} of it"
        )
    text = documents[0].text
    small, large = (_peak(read_text(text * n)) / (len(text.encode()) * n) for n in (2, 8))
    yield f"extraction: {small:.1f} bytes of memory a byte of text, {large:.1f} for four times the text"
    texts = [line for d in documents for line in d.text.splitlines() if line.strip()]
    for name, peer in _peers():
        seconds = sum(_shortest(partial(peer, text), rounds=1) for text in texts)
        yield f"extraction: {name} {seconds * 1e6 / size:.0f} µs/KB, {seconds / floor:.0f} times the scan"


def _matches(text: str) -> int:
    """How many numbers the fused pattern finds, nothing done with them."""
    return sum(1 for _ in figure_pattern().finditer(text))


def _cold(document: Document) -> None:
    for cached in (read_figure, read_range, read_numeral):
        cached.cache_clear()
    extract(document)


def _shortest(run: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Seconds of the processor, of the quickest of some rounds: what else the machine does counts least."""
    shortest = float("inf")
    for _ in range(rounds):
        begun = time.process_time()
        run()
        shortest = min(shortest, time.process_time() - begun)
    return shortest


def _peak(document: Document) -> int:
    """Bytes that extraction allocates at most, its result included."""
    extract(document)
    tracemalloc.start()
    try:
        extract(document)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def _peers() -> Iterator[tuple[str, Callable[[str], Any]]]:
    """The peers that are installed, as functions of a text."""
    peers = {
        "chinese2digits": ("chinese2digits", "takeNumberFromString", ()),
        "jionlp (money)": ("jionlp", "ner.extract_money", ()),
        "recognizers-text (numbers)": ("recognizers_number", "recognize_number", ("zh-cn",)),
        "recognizers-text (money)": ("recognizers_number_with_unit", "recognize_currency", ("zh-cn",)),
    }
    for name, (module, path, arguments) in peers.items():
        try:
            found: Any = importlib.import_module(module)
        except ImportError:
            continue
        for part in path.split("."):
            found = getattr(found, part)
        yield name, partial(_call, found, arguments)


def _call(peer: Callable[..., Any], arguments: tuple[str, ...], text: str) -> Any:
    return peer(text, *arguments)
