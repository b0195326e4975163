"""Claims and rejected numbers of one stretch of prose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from audit.claim import Claim, Kind, Rejected
from audit.extract import nonclaim
from audit.extract.before import take_hedges, take_sign
from audit.extract.counting import counts_list, is_indefinite, slogan_unit
from audit.extract.figure import Figure, Sense, fraction_figure, read_figure
from audit.extract.join import LISTS, RANGES, RATIOS, SLASHES, joint, range_figure, ratio_of, sharers, slash_fraction
from audit.extract.label import noun_after, noun_before
from audit.extract.mention import Mention, mention_of
from audit.extract.pattern import figure_pattern, measure_pattern
from audit.extract.rate import context, open_head, rate_before
from audit.extract.words import figure_words
from audit.quantity.numeral import read_numeral
from audit.quantity.trie import any_of
from audit.quantity.unit import unit_named
from audit.span import Span

_CLAUSE = re.compile(r"[，。；：！？,;:!?|]|[（(](?![^（()）]*[)）])")
_SENTENCE = re.compile(r"[。；！？;!?]")
_REACH = 60
_HUNDREDTHS = {"百": "%", "千": "‰"}
_NO_NOUN_BEHIND = ("percent", "points", "fraction", "time", "months", "age")
_ADDED = re.compile(rf"{any_of(context()['increase']['verbs'])}(?:了|近|约|将近)?$")
_RATED = frozenset({"amount", "count", "measure"})


class Prose:
    """Reads stretches of one text and collects what it finds, in text order."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.claims: list[Claim] = []
        self.rejected: list[Rejected] = []
        self._start = self._end = 0
        self._lead_from = 0

    def read(self, start: int, end: int) -> None:
        """Reads text[start:end], a paragraph or a cell."""
        self._start, self._end, self._lead_from = start, end, start
        mentions: list[Mention] = []
        for match in figure_pattern().finditer(self.text, start, end):
            kind = match.lastgroup
            if kind == "figure":
                mention = mention_of(match)
                if mention.start > start:
                    take_sign(self.text, mention)
                    take_hedges(self.text, mention)
                mentions.append(mention)
            elif kind == "date":
                self._flush(mentions)
                self._reject(match.start(), match.end(), nonclaim.DATE)
            elif kind == "name":
                self._flush(mentions)
                word, reason = figure_words().reason(match[0])
                self._reject(match.end() - len(word), match.end(), reason)
        self._flush(mentions)

    def continues(self, end: int, start: int) -> bool:
        """Whether a number at the end of one block has its unit at the start of the next (122.43, then 万元)."""
        return self.text[end - 1].isdigit() and measure_pattern().match(self.text, start) is not None

    def _flush(self, mentions: list[Mention]) -> None:
        i, n = 0, len(mentions)
        while i < n:
            i += self._take(mentions, i)
        mentions.clear()

    def _reject(self, start: int, end: int, reason: str) -> None:
        span = Span(start, end)
        self.rejected.append(Rejected(span, span.of(self.text), reason))

    def _take(self, mentions: Sequence[Mention], i: int) -> int:
        """Handles the i-th mention with those that belong to it; how many they are."""
        text, mention = self.text, mentions[i]
        following = mentions[i + 1] if i + 1 < len(mentions) else None
        link = joint(text, mention, following) if following else ""
        if text.startswith("第", mention.start - 1) and mention.start > self._start:
            return self._ordinal(mentions, i)
        if (mention.unit or not mention.chinese) and (reason := nonclaim.reason_of(text, mention)):
            self._reject(mention.start, mention.end, reason)
            return 1
        if following and link:
            used = self._joined(mentions, i, following, link)
            if used:
                return used
        if mention.bare:
            return self._bare(mention)
        if mention.chinese:
            return self._chinese(mention)
        if not mention.unit:
            return self._open_noun(mention)
        self._state(mention)
        return 1

    def _ordinal(self, mentions: Sequence[Mention], i: int) -> int:
        j = i
        while (
            j + 1 < len(mentions)
            and joint(self.text, mentions[j], mentions[j + 1]) in RANGES | LISTS
            and not mentions[j].unit
        ):
            j += 1
        self._reject(mentions[i].start - 1, mentions[j].end, nonclaim.ORDINAL)
        return j - i + 1

    def _joined(self, mentions: Sequence[Mention], i: int, following: Mention, link: str) -> int:
        mention, text = mentions[i], self.text
        if link in RATIOS and mention.bare and following.bare:
            return self._ratio(mentions, i)
        if link in SLASHES and mention.bare and (figure := slash_fraction(mention, following)):
            self._add(figure, mention, following)
            return 2
        if (link in RANGES or (link == "、" and mention.chinese)) and (
            figure := range_figure(text, mention, following, self._start)
        ):
            if following.unit and unit_named(following.unit).family == "age":
                self._reject(mention.start, following.end, nonclaim.AGE)
            else:
                self._add(figure, mention, following)
            return 2
        if mention.bare and link in LISTS and (count := sharers(text, mentions, i)):
            last = mentions[i + count]
            if reason := nonclaim.reason_of(text, last):
                self._reject(mention.start, last.end, reason)
                return count + 1
            for each in mentions[i : i + count]:
                each.numeral += last.scale
                each.scale, each.unit, each.shared = last.scale, last.unit, True
                self._state(each)
            return count
        return 0

    def _ratio(self, mentions: Sequence[Mention], i: int) -> int:
        j = i + 1
        while (
            j + 1 < len(mentions) and mentions[j + 1].bare and joint(self.text, mentions[j], mentions[j + 1]) in RATIOS
        ):
            j += 1
        parts = mentions[i : j + 1]
        if len(parts) > 2:
            for part in parts:
                self._add(read_figure(part.numeral, sense=Sense.PART), part)
            return len(parts)
        figure = ratio_of(parts[0], parts[1], self.text[parts[0].start : parts[1].end])
        if figure is None:
            self._reject(parts[0].start, parts[1].end, nonclaim.UNITLESS)
        else:
            self._add(figure, parts[0], parts[1])
        return 2

    def _bare(self, mention: Mention) -> int:
        text = self.text
        lead = self._lead(mention.left)
        known = context()["bare"]
        noun = noun_before(lead)
        linked = lead.endswith(tuple(known["links"]))
        decimal = "." in mention.numeral or "．" in mention.numeral
        if text.startswith("大", mention.end) and slogan_unit(text, mention, arabic=True):
            mention.unit, mention.end = "大", mention.end + 1
            self._state(mention, sense=Sense.LISTED)
            return 1
        code = nonclaim.is_code(text, mention) or text[mention.end : mention.end + 1] in ("-", "/", "+", "级", "号")
        if not code and (noun.endswith(tuple(known["nouns"])) or (linked and decimal)):
            self._add(read_figure(mention.numeral, "", mention.hedges, negative=mention.negative), mention)
            return 1
        if mention.hedges:
            return self._open_noun(mention)
        self._reject(mention.start, mention.digits, nonclaim.reason_of_bare(text, mention, self._start, self._end))
        return 1

    def _open_noun(self, mention: Mention) -> int:
        """A figure that counts the noun behind it without a classifier (128万网店, 15万贫困人口)."""
        noun = noun_after(self.text, mention.end, self._end)
        if noun and self.text[mention.end] != "的" and noun[0] not in "“‘「":
            if head := open_head().match(noun):
                noun = head[0]
            mention.unit, mention.end = noun, mention.end + len(noun)
            self._state(mention, noun)
        elif mention.scale or mention.hedges:
            self._state(mention)
        else:
            self._reject(mention.start, mention.end, nonclaim.UNITLESS)
        return 1

    def _chinese(self, mention: Mention) -> int:
        text = self.text
        if "分之" in mention.numeral:
            return self._parts_of(mention)
        if not mention.unit:
            if mention.numeral == "一半":
                self._add(fraction_figure(Fraction(1), Fraction(2), mention.hedges, "一半"), mention)
            elif unit := slogan_unit(text, mention):
                mention.unit, mention.end = unit, mention.end + len(unit)
                self._state(mention, sense=Sense.LISTED)
            elif mention.scale or mention.hedges or (len(mention.numeral) > 1 and mention.numeral[-1] in "万亿"):
                if is_indefinite(text, mention):
                    return 1
                return self._open_noun(mention)
            elif text[mention.end : mention.end + 1] in ("、", "）", ")", "是") and self._opens(mention.start):
                self._reject(mention.start, mention.end, nonclaim.MARKER)
            return 1
        if is_indefinite(text, mention):
            self._reject(mention.start, mention.end, nonclaim.INDEFINITE)
        else:
            self._state(mention)
        return 1

    def _opens(self, at: int) -> bool:
        return at == self._start or self.text[at - 1] in "（(。；;\n：: \u3000，,"

    def _parts_of(self, mention: Mention) -> int:
        """X分之Y: a percentage where X is 百, else a fraction."""
        whole, _, part = mention.numeral.partition("分之")
        if whole in _HUNDREDTHS:
            mention.numeral, mention.unit = part, _HUNDREDTHS[whole]
            self._state(mention)
            return 1
        try:
            figure = fraction_figure(
                read_numeral(part).value, read_numeral(whole).value, mention.hedges, mention.numeral
            )
        except (ValueError, ZeroDivisionError):
            self._reject(mention.start, mention.end, nonclaim.UNITLESS)
            return 1
        self._add(figure, mention)
        return 1

    def _lead(self, at: int) -> str:
        """The words before a figure in its clause, from the figure before it on."""
        window = self.text[max(self._lead_from, at - _REACH) : at]
        cut = 0
        for boundary in _CLAUSE.finditer(window):
            cut = boundary.end()
        return window[cut:]

    def _state(self, mention: Mention, label: str = "", sense: Sense = Sense.PLAIN) -> None:
        """Adds the claim of one figure with its unit, rate and label."""
        text, unit = self.text, unit_named(mention.unit) if mention.unit else None
        lead = self._lead(mention.left)
        per = mention.per
        if unit is not None and unit.kind == "multiple" and _ADDED.search(lead) and mention.unit != "番":
            sense = Sense.ADDED
        elif sense is Sense.PLAIN and unit is not None and unit.kind in _RATED:
            if counts_list(text, mention, lead):
                sense = Sense.LISTED
            else:
                per, sense = self._rate(lead, mention, unit.kind)
        try:
            figure = read_figure(mention.numeral, mention.unit, mention.hedges, sense, mention.negative, mention.half)
        except ValueError as error:
            self._reject(mention.start, mention.end, str(error))
            return
        self._add(figure, mention, label=label, per=per, lead=lead)

    def _rate(self, lead: str, mention: Mention, kind: str) -> tuple[str, Sense]:
        if mention.per:
            return mention.per, Sense.AVERAGE
        if "均" in lead or "每" in lead:
            return rate_before(lead, kind)
        previous = self.claims[-1] if self.claims else None
        if previous and previous.per and lead.strip() in LISTS and previous.span.end >= self._start:
            return previous.per, Sense.AVERAGE if previous.kind is Kind.PER and kind != "count" else Sense.PLAIN
        return "", Sense.PLAIN

    def _add(
        self,
        figure: Figure,
        first: Mention,
        last: Mention | None = None,
        *,
        label: str = "",
        per: str = "",
        lead: str | None = None,
    ) -> None:
        last = last or first
        if lead is None:
            lead = self._lead(first.left)
        span = Span(first.left, last.end)
        self.claims.append(
            Claim(
                span,
                Span(first.start, last.digits),
                span.of(self.text),
                figure.kind,
                figure.value,
                figure.interval,
                figure.loose,
                figure.unit + ("/" + last.per if last.per else ""),
                figure.dimension,
                figure.hedge,
                label or self._label(figure, lead, last.end, first.left),
                per or last.per,
                first.shared or not last.unit,
                figure.reading,
            )
        )
        self._lead_from = last.end

    def _label(self, figure: Figure, lead: str, end: int, left: int) -> str:
        if not figure.dimension.startswith(_NO_NOUN_BEHIND) or self.text.startswith("的", end):
            noun = noun_after(self.text, end, self._end)
            if noun:
                return noun
        noun = noun_before(lead)
        if noun or not self.claims:
            return noun
        previous = self.claims[-1]
        between = self.text[previous.span.end : left] if previous.span.end >= self._start else "。"
        return previous.label if len(between) <= _REACH and not _SENTENCE.search(between) else ""
