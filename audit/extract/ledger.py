"""Where the claims of a text are entered: each with its rate and its label, from the words around it."""

from __future__ import annotations

import re

from audit.claim import Claim, Kind, Rejected
from audit.extract.counting import counts_list
from audit.extract.figure import Figure, Sense, read_figure
from audit.extract.join import LISTS
from audit.extract.label import noun_after, noun_before
from audit.extract.mention import Mention
from audit.extract.rate import is_added, rate_before
from audit.quantity.frozen import unchecked
from audit.quantity.unit import unit_named
from audit.span import Span

_BACK = re.compile(r"[^，。；：！？…,.;:!?|()（）]*(?:[)）][^()（）]{0,20}[(（][^，。；：！？…,.;:!?|()（）]*)*")
_SENTENCE = re.compile(r"[。；！？;!?]")
_REACH = 60
_NO_NOUN_BEHIND = ("percent", "points", "fraction", "time", "months", "age")
_RATED = frozenset({"amount", "count", "measure"})
_TIMES = ("time", "months")
_SPANS = frozenset({*_TIMES, "age"})
_QUOTES = "“‘"
_span = unchecked(Span)
_claim = unchecked(Claim)


class Ledger:
    """The claims and rejected numbers of one text, in text order, stretch by stretch.

    `limit` is where the next number begins: no noun behind a figure reaches over it.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.claims: list[Claim] = []
        self.rejected: list[Rejected] = []
        self.start = self.end = self.limit = 0
        self._lead_from = 0

    def open(self, start: int, end: int) -> None:
        """Begins a stretch: what stands outside of it says nothing of the figures in it."""
        self.start, self.end, self.limit, self._lead_from = start, end, end, start

    def reject(self, start: int, end: int, reason: str) -> None:
        """Enters text[start:end] as no quantity."""
        self.rejected.append(Rejected(_span(start, end), self.text[start:end], reason))

    def lead(self, at: int) -> str:
        """The words before an offset in its clause, from the figure before it on; from right to left."""
        window = self.text[max(self._lead_from, at - _REACH) : at][::-1]
        return window[: _BACK.match(window).end()]  # type: ignore[union-attr]

    def state(self, mention: Mention, label: str = "", sense: Sense = Sense.PLAIN) -> None:
        """Enters the claim of one figure, or rejects it where its numeral states no number."""
        lead = self.lead(mention.left)
        per = mention.per
        if mention.unit and sense is Sense.PLAIN:
            unit = unit_named(mention.unit)
            kind = unit.kind
            if kind in _RATED and unit.family not in _SPANS:
                if counts_list(self.text, mention, lead):
                    sense = Sense.LISTED
                else:
                    per, sense = self._rate(lead, mention, kind)
            elif kind == "multiple" and is_added(lead):
                sense = Sense.ADDED
        try:
            figure = read_figure(mention.numeral, mention.unit, mention.hedges, sense, mention.negative, mention.half)
        except ValueError as error:
            self.reject(mention.start, mention.end, str(error))
        else:
            self.enter(figure, mention, mention, lead, label, per)

    def enter(
        self, figure: Figure, first: Mention, last: Mention, lead: str | None = None, label: str = "", per: str = ""
    ) -> None:
        """Enters the claim of a figure that reaches from one mention to another (mostly the same)."""
        left, end, text = first.left, last.end, self.text
        if lead is None:
            lead = self.lead(left)
        self.claims.append(
            _claim(
                _span(left, end),
                _span(first.start, last.digits),
                text[left:end],
                figure.kind,
                figure.value,
                figure.interval,
                figure.loose,
                f"{figure.unit}/{last.per}" if last.per else figure.unit,
                figure.dimension,
                figure.hedge,
                label or self._label(figure, lead, left, end),
                per or last.per,
                first.shared or not last.unit,
                figure.reading,
            )
        )
        self._lead_from = end

    def _rate(self, lead: str, mention: Mention, kind: str) -> tuple[str, Sense]:
        if mention.per:
            return mention.per, Sense.AVERAGE
        if "均" in lead or "每" in lead:
            return rate_before(lead[::-1], kind)
        if len(lead) <= 2 and self.claims and lead.strip() in LISTS:
            previous = self.claims[-1]
            if previous.per and previous.span.end >= self.start:
                shared = previous.kind is Kind.PER and kind != "count"
                return previous.per, Sense.AVERAGE if shared else Sense.PLAIN
        return "", Sense.PLAIN

    def _label(self, figure: Figure, lead: str, left: int, end: int) -> str:
        text = self.text
        behind = text[end] if end < self.limit else ""
        if "一" <= behind <= "鿿" or behind in _QUOTES:
            if behind == "的" or not figure.dimension.startswith(_NO_NOUN_BEHIND):
                noun = noun_after(text, end, self.limit)
                if noun:
                    return noun
        noun = noun_before(lead) if lead else ""
        if noun or not self.claims:
            return noun
        previous = self.claims[-1]
        from_previous = previous.span.end
        if from_previous < self.start or left - from_previous > _REACH or previous.dimension.startswith(_TIMES):
            return ""
        return "" if _SENTENCE.search(text, from_previous, left) else previous.label
