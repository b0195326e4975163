"""What a rule file says, as data. `load.py` reads it, `relation.py` binds it, `catalogue.py` prints it."""

from __future__ import annotations

from dataclasses import dataclass, field

from audit.rule.expression import Comparison, Condition, features


@dataclass(frozen=True, slots=True)
class Source:
    """Where something stands in a rule file; `line` counts from 1."""

    path: str
    line: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True)
class Where:
    """Which outline nodes a rule looks at.

    `node` is a node kind of the outline, `forms` limits it to some forms of that kind, `cues` to nodes that contain
    one of these words, `unless` leaves out nodes that contain one of these.
    """

    node: str
    forms: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Selector:
    """Which claims of a node take a role.

    A selector with `quote` looks at the whole document: `{}` stands for the figure, and the quote must match exactly
    one claim. Any other selector filters the claims of the node's slot `slot` (all its claims when ""), keeps those
    `before` / `after` the cue or a role bound earlier, and picks: `first`, `last`, `only` (binds nothing when there
    are several), `all`, or `each` (one relation for each candidate). `lead` and `tail` are words that must stand
    directly before or after the figure in its clause; the `_without` ones must not.
    """

    source: Source
    quote: str | None = None
    slot: str = ""
    before: str | None = None
    after: str | None = None
    pick: str = "only"
    kinds: tuple[str, ...] = ()
    aspects: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    same_unit: str | None = None
    same_label: str | None = None
    lead: tuple[str, ...] = ()
    lead_without: tuple[str, ...] = ()
    tail: tuple[str, ...] = ()
    tail_without: tuple[str, ...] = ()
    at_least: int = 1
    at_most: int | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Expectation:
    """What must hold, and when: `when` is None where it always must; `severity` is "" where it is that of the rule;
    `asked` are the features that it asks for."""

    that: Comparison
    when: Condition | None = None
    severity: str = ""
    asked: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "asked", _asked(self.when))


@dataclass(frozen=True, slots=True)
class Doubt:
    """A reason for which the binding of a relation is not certain, so that it can only be undecided; `asked` are the
    features that it asks for."""

    when: Condition | None
    because: str
    because_en: str
    asked: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "asked", _asked(self.when))


def _asked(condition: Condition | None) -> frozenset[str]:
    return frozenset() if condition is None else frozenset(feature.name for feature in features(condition))


@dataclass(frozen=True, slots=True)
class Example:
    """A text on which a rule passes, fails or must not bind at all; run by the tests through the engine.

    `binds` optionally names the figures of each role as printed; `verdict` the expected one.
    """

    source: Source
    text: str
    binds: tuple[tuple[str, tuple[str, ...]], ...] = ()
    verdict: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `applies_to` are file-name patterns; a rule with some is a document rule.

    Every `…_en` is the same in English, or the Chinese again where the file has no English for it.
    """

    id: str
    title: str
    title_en: str
    why: str
    why_en: str
    severity: str
    confidence: str
    source: Source
    where: Where | None
    bind: tuple[tuple[str, Selector], ...]
    expect: tuple[Expectation, ...]
    doubts: tuple[Doubt, ...] = ()
    applies_to: tuple[str, ...] = ()
    relation: str = ""
    false_positives: tuple[str, ...] = ()
    false_positives_en: tuple[str, ...] = ()
    passes: tuple[Example, ...] = ()
    fails: tuple[Example, ...] = ()
    ignores: tuple[Example, ...] = ()

    def said(self, lang: str) -> tuple[str, str, tuple[str, ...]]:
        """(title, why, false positives) in a language, zh or en."""
        if lang == "en":
            return self.title_en, self.why_en, self.false_positives_en
        return self.title, self.why, self.false_positives
