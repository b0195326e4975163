"""Reads the figures of one stretch of prose: what belongs together, what states a quantity, what does not and why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from audit.extract import nonclaim
from audit.extract.before import skip_blanks, take_before, tells_before
from audit.extract.counting import counts_parties, is_indefinite, is_numbered, slogan_unit
from audit.extract.figure import Sense, fraction_figure, read_figure
from audit.extract.join import (
    LISTS,
    RANGES,
    RATIOS,
    SHORT,
    SLASHES,
    joint,
    range_figure,
    ratio_of,
    sharers,
    slash_fraction,
)
from audit.extract.label import noun_after, noun_before
from audit.extract.ledger import Ledger
from audit.extract.mention import Mention, Tail, is_noise, mention_of
from audit.extract.pattern import DATE, FIGURE, figure_pattern
from audit.extract.rate import context, is_score, open_head
from audit.extract.words import figure_words
from audit.quantity.numeral import read_numeral
from audit.quantity.unit import is_amount, unit_named

_FORMAL = "壹贰叁肆伍陆柒捌玖拾佰仟"
"""Formal digits are words of their own where they stand alone and state no money: 陆地, 队伍."""
_SYMBOL = re.compile(r"(?:^|[^A-Za-z])[A-Za-z]$")
_OPENING, _CLOSING = ("(", "（"), (")", "）")
_SCALES = frozenset({"万", "百万", "千万", "亿", "百亿", "千亿", "万亿"})
_HUNDREDTHS = {"百": "%", "千": "‰"}


def read_prose(ledger: Ledger, start: int, end: int) -> None:
    """Enters the claims and rejected numbers of a stretch of the ledger's text: a paragraph or a cell."""
    _Reader(ledger).read(start, end)


class _Reader:
    """Reads one stretch after the other into a ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.text = ledger.text

    def read(self, start: int, end: int) -> None:
        """Reads text[start:end]."""
        text = self.text
        self.ledger.open(start, end)
        mentions: list[Mention] = []
        words, telling = figure_words(), tells_before()
        free = start  # where what is found so far ends
        for match in figure_pattern().finditer(text, start, end):
            found = match.lastindex
            if found == FIGURE:
                begin, behind = match.span()
                if behind - begin > 1 or not is_noise(text, begin, behind):
                    mention = mention_of(match)
                    if begin > free and text[skip_blanks(text, begin, free) - 1] in telling:
                        take_before(text, mention, free, free == start)
                    mentions.append(mention)
                    free = mention.end
            elif found == DATE:
                self._settle(mentions, match.start())
                self.ledger.reject(match.start(), match.end(), nonclaim.DATE)
                free = match.end()
            else:
                word, reason = words.reason(text, match.start(), match.end())
                if reason:
                    at = max(free, match.end() - len(word))
                    self._settle(mentions, at)
                    self.ledger.reject(at, match.end(), reason)
                    free = match.end()
        self._settle(mentions, end)

    def _settle(self, mentions: list[Mention], end: int) -> None:
        """Handles all mentions; what is found next begins at `end`."""
        i, last = 0, len(mentions) - 1
        text, ledger = self.text, self.ledger
        while i <= last:
            mention = mentions[i]
            ledger.limit = end if i == last else mentions[i + 1].left
            if (
                mention.unit
                and not mention.chinese
                and nonclaim.is_plain(text, mention)
                and (i == last or joint(text, mention, mentions[i + 1]) not in RANGES)
                and not (mention.unit == SHORT and sharers(text, mentions, i))
            ):
                ledger.state(mention)
                i += 1
            else:
                i += self._take_or_reject(mentions, i)
        mentions.clear()

    def _take_or_reject(self, mentions: Sequence[Mention], i: int) -> int:
        try:
            return self._take(mentions, i)
        except ValueError as error:  # what looks like a numeral states no number
            self.ledger.reject(mentions[i].start, mentions[i].digits, str(error))
            return 1

    def _take(self, mentions: Sequence[Mention], i: int) -> int:
        """Handles the i-th mention with those that belong to it; how many they are."""
        text, mention = self.text, mentions[i]
        following = mentions[i + 1] if i + 1 < len(mentions) else None
        link = joint(text, mention, following) if following else ""
        if text.startswith("第", mention.start - 1) and mention.start > self.ledger.start:
            return self._ordinal(mentions, i)
        if (mention.unit or not mention.chinese) and (reason := nonclaim.reason_of(text, mention)):
            self.ledger.reject(mention.start, mention.end, reason)
            return 1
        if following and link:
            used = self._joined(mentions, i, following, link)
            if used:
                return used
        if mention.bare:
            return self._bracketed(mention, following) or self._bare(mention)
        if mention.chinese:
            return self._chinese(mention)
        if not mention.unit:
            return self._open_noun(mention)
        self.ledger.state(mention)
        return 1

    def _ordinal(self, mentions: Sequence[Mention], i: int) -> int:
        j = i
        while (
            j + 1 < len(mentions)
            and joint(self.text, mentions[j], mentions[j + 1]) in RANGES | LISTS
            and not mentions[j].unit
        ):
            j += 1
        self.ledger.reject(mentions[i].start - 1, mentions[j].end, nonclaim.ORDINAL)
        return j - i + 1

    def _joined(self, mentions: Sequence[Mention], i: int, following: Mention, link: str) -> int:
        mention, text = mentions[i], self.text
        if link in RATIOS and mention.bare and following.bare:
            return self._ratio(mentions, i)
        if link in SLASHES and mention.bare and (figure := slash_fraction(mention, following)):
            self.ledger.enter(figure, mention, following)
            return 2
        if (link in RANGES or (link == "、" and mention.chinese)) and (
            figure := range_figure(text, mention, following, self.ledger.start)
        ):
            if following.unit and unit_named(following.unit).family == "age":
                self.ledger.reject(mention.start, following.end, nonclaim.AGE)
            else:
                self.ledger.enter(figure, mention, following)
            return 2
        if (mention.bare or mention.unit == SHORT) and link in LISTS and (count := sharers(text, mentions, i)):
            last = mentions[i + count]
            if reason := nonclaim.reason_of(text, last):
                self.ledger.reject(mention.start, last.end, reason)
                return count + 1
            for each in mentions[i : i + count]:
                each.numeral += last.tail.scale
                each.tail, each.unit, each.shared = Tail(scale=last.tail.scale, per=last.tail.per), last.unit, True
                self.ledger.state(each)
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
            figures = [read_figure(part.numeral, sense=Sense.PART) for part in parts]
            for figure, part in zip(figures, parts, strict=True):
                self.ledger.enter(figure, part, part)
            return len(parts)
        if (
            self.text[parts[1].end : parts[1].end + 1] == " "
            and self.text[parts[1].end + 1 : parts[1].end + 2].isdigit()
        ):
            self.ledger.reject(parts[0].start, parts[1].end, nonclaim.UNITLESS)
            return 2
        ratio = ratio_of(parts[0], parts[1], self.text[parts[0].start : parts[1].end])
        if ratio is None or nonclaim.is_year(parts[1].numeral) or is_score(self.text, parts[0].start, parts[1].end):
            self.ledger.reject(parts[0].start, parts[1].end, nonclaim.UNITLESS)
        else:
            self.ledger.enter(ratio, parts[0], parts[1])
        return 2

    def _bracketed(self, mention: Mention, following: Mention | None) -> int:
        """A negative amount in brackets before its unit, as accounts print it: (2.50)亿元, (3.1)%."""
        text, start, end = self.text, mention.start, mention.end
        if text[start - 1 : start] not in _OPENING or text[end : end + 1] not in _CLOSING or mention.numeral.isdigit():
            return 0
        if following and following.start == end + 1 and following.numeral in _SCALES:
            scale, unit, behind, used = following.numeral, following.unit, following.end, 2
        else:
            scale, unit, behind, used = "", text[end + 1 : end + 2], end + 2, 1
        if not unit or not (is_amount(unit) or unit in "%％"):
            return 0
        mention.numeral, mention.unit, mention.end = mention.numeral + scale, unit, behind
        mention.left, mention.negative = start - 1, True
        self.ledger.state(mention)
        return used

    def _bare(self, mention: Mention) -> int:
        text = self.text
        lead = self.ledger.lead(mention.left)
        known = context()["bare"]
        noun = noun_before(lead)
        linked = lead[::-1].endswith(tuple(known["links"]))
        decimal = "." in mention.numeral or "．" in mention.numeral
        free = mention.end < self.ledger.limit
        if free and text.startswith("大", mention.end) and slogan_unit(text, mention, arabic=True):
            mention.count("大")
            self.ledger.state(mention, sense=Sense.LISTED)
            return 1
        if mention.hedges and _SYMBOL.search(text, max(0, mention.left - 2), mention.left):  # P<0.05
            self.ledger.reject(mention.start, mention.digits, nonclaim.CODE)
            return 1
        code = nonclaim.is_code(text, mention) or text[mention.end : mention.end + 1] in ("-", "/", "+", "级", "号")
        if not code and (noun.endswith(tuple(known["nouns"])) or (linked and decimal)):
            figure = read_figure(mention.numeral, "", mention.hedges, negative=mention.negative)
            self.ledger.enter(figure, mention, mention)
            return 1
        if mention.hedges:
            return self._open_noun(mention)
        self.ledger.reject(
            mention.start, mention.digits, nonclaim.reason_of_bare(text, mention, self.ledger.start, self.ledger.end)
        )
        return 1

    def _open_noun(self, mention: Mention) -> int:
        """A figure that counts the noun behind it without a classifier (128万网店, 15万贫困人口)."""
        if self.text.startswith("级", mention.end):
            self.ledger.reject(mention.start, mention.end, nonclaim.GRADE)
            return 1
        noun = noun_after(self.text, mention.end, self.ledger.limit)
        if noun and self.text[mention.end] != "的" and noun[0] not in "“‘":
            if head := open_head().match(noun):
                noun = head[0]
            mention.count(noun)
            self.ledger.state(mention, noun)
        elif mention.tail.scale or mention.hedges or mention.numeral[-1] in "万亿":
            self.ledger.state(mention)
        else:
            self.ledger.reject(mention.start, mention.end, nonclaim.UNITLESS)
        return 1

    def _chinese(self, mention: Mention) -> int:
        text = self.text
        if "分之" in mention.numeral:
            return self._parts_of(mention)
        if len(mention.numeral) == 1 and mention.numeral in _FORMAL and not is_amount(mention.unit):
            return 1
        if not mention.unit:
            if mention.numeral == "一半":
                self.ledger.enter(fraction_figure(Fraction(1), Fraction(2), mention.hedges, "一半"), mention, mention)
            elif mention.end < self.ledger.limit and (unit := slogan_unit(text, mention)):
                mention.count(unit)
                self.ledger.state(mention, sense=Sense.LISTED)
            elif mention.tail.scale or mention.hedges or (len(mention.numeral) > 1 and mention.numeral[-1] in "万亿"):
                if is_indefinite(text, mention):
                    return 1
                return self._open_noun(mention)
            elif text[mention.end : mention.end + 1] in ("、", "）", ")", "是") and self._opens(mention.start):
                self.ledger.reject(mention.start, mention.end, nonclaim.MARKER)
            return 1
        if is_numbered(mention):
            self.ledger.reject(mention.start, mention.end, nonclaim.ORDINAL)
        elif is_indefinite(text, mention):
            self.ledger.reject(mention.start, mention.end, nonclaim.INDEFINITE)
        else:
            self.ledger.state(mention, sense=Sense.LISTED if counts_parties(mention) else Sense.PLAIN)
        return 1

    def _opens(self, at: int) -> bool:
        return at == self.ledger.start or self.text[at - 1] in "（(。；;\n：: \x1f\u3000，,"

    def _parts_of(self, mention: Mention) -> int:
        """X分之Y: a percentage where X is 百, else a fraction."""
        whole, _, part = mention.numeral.partition("分之")
        if whole in _HUNDREDTHS:
            mention.numeral, mention.unit = part, _HUNDREDTHS[whole]
            self.ledger.state(mention)
            return 1
        parts, all_parts = read_numeral(part).value, read_numeral(whole).value
        if not all_parts:
            raise ValueError("分母是零，不成数")
        figure = fraction_figure(parts, all_parts, mention.hedges, mention.numeral)
        self.ledger.enter(figure, mention, mention)
        return 1
