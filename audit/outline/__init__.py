"""The outline: where every figure stands, and which constructions of the text could assert a relation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from audit.outline.alignment import find_alignments
from audit.outline.averages import find_averages_of_totals
from audit.outline.bounded import find_bounded
from audit.outline.breakdown import find_breakdowns
from audit.outline.change import find_changes
from audit.outline.comparison import find_comparisons
from audit.outline.composition import find_compositions
from audit.outline.enumeration import find_enumerations
from audit.outline.grouping import find_groupings
from audit.outline.household import find_households
from audit.outline.leverage import find_leverages
from audit.outline.mixture import find_mixtures
from audit.outline.multiples import find_multiples
from audit.outline.outline import Outline, build_outline
from audit.outline.pairing import find_pairings
from audit.outline.planned import find_planned
from audit.outline.rates import find_rates
from audit.outline.repeat import find_repeats
from audit.outline.rollforward import find_rollforwards
from audit.outline.share import find_shares
from audit.outline.signed import find_signed
from audit.outline.summing import find_summings
from audit.outline.tables import find_repeats_of_tables, find_tables
from audit.outline.tree import Aspect, Figure, Node
from audit.outline.units import find_units
from audit.outline.years import find_years

__all__ = ["NODE_FINDERS", "Aspect", "Figure", "Node", "Outline", "build_outline"]

NODE_FINDERS: Mapping[str, Callable[[Outline], Iterable[Node]]] = {
    "alignment": find_alignments,
    "average": find_averages_of_totals,
    "bounded": find_bounded,
    "breakdown": find_breakdowns,
    "change": find_changes,
    "citation": find_repeats_of_tables,
    "comparison": find_comparisons,
    "composition": find_compositions,
    "enumeration": find_enumerations,
    "grouping": find_groupings,
    "households": find_households,
    "leverage": find_leverages,
    "mixture": find_mixtures,
    "multiple": find_multiples,
    "repeat": find_repeats,
    "pairing": find_pairings,
    "planned": find_planned,
    "rates": find_rates,
    "rollforward": find_rollforwards,
    "share": find_shares,
    "signed": find_signed,
    "summing": find_summings,
    "units": find_units,
    "years": find_years,
    "table": find_tables,
}
"""The finder of each node kind that rules can look at; a new kind of construction is one module and one line here."""
