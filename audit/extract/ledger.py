"""Where the claims of a text are entered: each with its rate and its label, from the words around it."""

from __future__ import annotations

import re
from functools import lru_cache

from audit.claim import Claim, Kind, Rejected
from audit.extract.counting import counts_list
from audit.extract.figure import Figure, Sense, read_figure
from audit.extract.join import LISTS
from audit.extract.label import noun_after, noun_before
from audit.extract.mention import Mention
from audit.extract.rate import is_added, rate_before
from audit.frozen import unchecked
from audit.quantity.unit import unit_named
from audit.span import Span

_BACK = re.compile(r"[^，。；：！？…,.;:!?|()（）]*(?:[)）][^()（）]{0,20}[(（][^，。；：！？…,.;:!?|()（）]*)*")
_SENTENCE = re.compile(r"[。；！？;!?]")
_REACH = 60
_NO_NOUN_BEHIND = ("percent", "points", "fraction", "time", "months", "age")
_RATED = frozenset({"amount", "count", "measure"})
_TIMES = ("time", "months")
_SPANS = frozenset({*_TIMES, "age"})
_span = unchecked(Span)
_claim = unchecked(Claim)


@lru_cache(maxsize=1 << 12)
def _is_rated(unit: str) -> bool:
    """Whether a figure in this unit may be a rate, or count what is listed."""
    known = unit_named(unit)
    return known.kind in _RATED and known.family not in _SPANS


@lru_cache(maxsize=1 << 12)
def _has_noun(dimension: str) -> bool:
    """Whether what a figure of this dimension is about may stand directly behind it (82个|贫困村)."""
    return not dimension.startswith(_NO_NOUN_BEHIND)


class Ledger:
    """The claims and rejected numbers of one text, in text order, stretch by stretch.

    `limit` is where the next number begins: no noun behind a figure reaches over it. `printed` is the text as printed,
    which claims quote, where `text` is its plain form.
    """

    def __init__(self, text: str, printed: str = "") -> None:
        self.text = text
        self.printed = printed or text
        self.claims: list[Claim] = []
        self.rejected: list[Rejected] = []
        self.start = self.end = self.limit = 0
        self._lead_from = 0

    def open(self, start: int, end: int) -> None:
        """Begins a stretch: what stands outside of it says nothing of the figures in it."""
        self.start, self.end, self.limit, self._lead_from = start, end, end, start

    def reject(self, start: int, end: int, reason: str) -> None:
        """Enters text[start:end] as no quantity."""
        self.rejected.append(Rejected(_span(start, end), self.printed[start:end], reason))

    def lead(self, at: int) -> str:
        """The words before an offset in its clause, from the figure before it on; from right to left."""
        start = self._lead_from
        if start >= at:
            return ""
        window = self.text[start if at - start < _REACH else at - _REACH : at][::-1]
        return _BACK.match(window)[0]  # type: ignore[index]

    def state(self, mention: Mention, label: str = "", sense: Sense = Sense.PLAIN) -> None:
        """Enters the claim of one figure, or rejects it where its numeral states no number."""
        lead = self.lead(mention.left)
        per, name = mention.tail.per, mention.unit
        if name and sense is Sense.PLAIN:
            if _is_rated(name):
                if not mention.hedges and counts_list(self.text, mention, lead):
                    sense = Sense.LISTED
                elif per:
                    sense = Sense.AVERAGE
                elif "均" in lead or "每" in lead:
                    per, sense = rate_before(lead[::-1], unit_named(name).kind)
                elif len(lead) <= 2 and self.claims and lead.strip() in LISTS:
                    per, sense = self._rate_of_previous(unit_named(name).kind)
            elif unit_named(name).kind == "multiple" and is_added(lead):
                sense = Sense.ADDED
        try:
            figure = read_figure(
                mention.numeral, mention.unit, mention.hedges, sense, mention.negative, mention.tail.half
            )
        except ValueError as error:
            self.reject(mention.start, mention.end, str(error))
        else:
            self.enter(figure, mention, mention, lead, label, per)

    def enter(
        self, figure: Figure, first: Mention, last: Mention, lead: str | None = None, label: str = "", per: str = ""
    ) -> None:
        """Enters the claim of a figure that reaches from one mention to another (mostly the same)."""
        left, end = first.left, last.end
        if lead is None:
            lead = self.lead(left)
        self.claims.append(
            _claim(
                _span(left, end),
                _span(first.start, last.digits),
                self.printed[left:end],
                figure.kind,
                figure.value,
                figure.interval,
                figure.loose,
                f"{figure.unit}/{last.tail.per}" if last.tail.per else figure.unit,
                figure.dimension,
                figure.hedge,
                label or self._label(figure, lead, left, end),
                per or last.tail.per,
                first.shared or not last.unit,
                figure.reading,
            )
        )
        self._lead_from = end

    def _rate_of_previous(self, kind: str) -> tuple[str, Sense]:
        """What a figure joined to the previous one is per (人均分别增收1130元和780元)."""
        previous = self.claims[-1]
        if not previous.per or previous.span.end < self.start:
            return "", Sense.PLAIN
        shared = previous.kind is Kind.PER and kind != "count"
        return previous.per, Sense.AVERAGE if shared else Sense.PLAIN

    def _label(self, figure: Figure, lead: str, left: int, end: int) -> str:
        text, limit = self.text, self.limit
        if (
            end < limit
            and (text[end] == "的" or _has_noun(figure.dimension))
            and (noun := noun_after(text, end, limit))
        ):
            return noun
        if lead and (noun := noun_before(lead)):
            return noun
        if not self.claims:
            return ""
        previous = self.claims[-1]
        from_previous = previous.span.end
        if from_previous < self.start or left - from_previous > _REACH or previous.dimension.startswith(_TIMES):
            return ""
        return "" if _SENTENCE.search(text, from_previous, left) else previous.label
