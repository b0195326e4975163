"""The gold annotation of the seed documents, and which of our checks bind its relations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from audit import check_file
from audit.report import Audit
from audit.span import Span
from audit.verdict import Check

SEEDS = Path(__file__).parents[2] / "seeds"


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation or trap of the gold: its figures' spans, and for list counts how many items it lists."""

    id: str
    kind: str
    tier: str
    difficulty: str
    verdict: str
    figures: tuple[Span, ...]
    items: int | None


@dataclass(frozen=True, slots=True)
class Gold:
    """The annotation of one document."""

    document: str
    relations: tuple[Relation, ...]
    traps: tuple[Relation, ...]


@cache
def gold() -> tuple[Gold, ...]:
    """The annotation of every seed document, in the order of their names."""
    found = []
    for file in sorted((SEEDS / "gold").glob("00*.yaml")):
        entry = yaml.safe_load(file.read_text("utf-8"))
        relations = tuple(_relation(r) for r in entry["relations"])
        traps = tuple(_relation({**t, "type": t["looks_like"]}) for t in entry["traps"])
        found.append(Gold(entry["document"], relations, traps))
    return tuple(found)


@cache
def audit_of(document: str) -> Audit:
    """Our audit of a seed document by the shipped rules."""
    report = check_file(SEEDS / document)
    assert not report.skipped
    return report.audits[0]


def binds(check: Check, relation: Relation) -> bool:
    """Whether a check binds just the figures of a relation, one each; of a list count the number and all items."""
    claims = [claim.span for claim in check.relation.claims]
    if relation.items is not None:
        counted = not check.relation.items or len(check.relation.items) == relation.items
        return len(claims) == 1 and counted and any(claims[0].overlaps(f) for f in relation.figures)
    return len(claims) == len(relation.figures) and _paired(claims, relation.figures)


def _paired(claims: Iterable[Span], figures: Sequence[Span]) -> bool:
    left = list(figures)
    for claim in claims:
        hit = next((f for f in left if claim.overlaps(f)), None)
        if hit is None:
            return False
        left.remove(hit)
    return not left


def _relation(entry: dict[str, Any]) -> Relation:
    figures = tuple(Span(*p["span"]) for p in entry["participants"] if "surface" in p and "span" in p)
    items = None
    if entry["type"] == "list_count":
        items = sum(len(p["items"]) if "items" in p else 1 for p in entry["participants"] if "surface" not in p)
    return Relation(
        id=entry["id"],
        kind=entry["type"],
        tier=entry.get("tier", ""),
        difficulty=entry.get("difficulty", ""),
        verdict=entry.get("verdict", ""),
        figures=figures,
        items=items,
    )
