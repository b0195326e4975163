"""Tokens into claims: ranges, ratios, shared units, what a figure is per, and what is no quantity after all."""

from __future__ import annotations

import re
from fractions import Fraction

from audit.claim import Claim, Kind, Rejected
from audit.document import Document
from audit.extract.build import claim_of, range_of, read_token, unit_of
from audit.extract.context import clause_before, hedge_before, label_before, per_before
from audit.extract.table import CODE, GLUED, Cells
from audit.extract.token import Token
from audit.quantity.interval import Interval
from audit.quantity.unit import units
from audit.span import Span

_RANGE = {"-", "－", "—", "——", "–", "~", "～", "―", "至", "到", "--"}
_LIST = {"、", "和", "与", "及", "以及", "或", "，", ","}
_RATIO = {":", "：", "∶", "比"}
_SLOGAN = set("大化有清级提补免增减去保位")
_QUOTES = "“\"‘『「"
_COUNTED = set("种类项个大条级步篇张点批方面")


def assemble(document: Document, tokens: list[Token]) -> tuple[list[Claim], list[Rejected]]:
    """The claims the tokens state and the tokens that state none, both in text order."""
    return _Assembly(document, tokens).run()


class _Assembly:
    def __init__(self, document: Document, tokens: list[Token]) -> None:
        self.text = document.text
        self.cells = Cells(document)
        self.tokens = tokens
        self.claims: list[Claim] = []
        self.rejected: list[Rejected] = []

    def run(self) -> tuple[list[Claim], list[Rejected]]:
        i, n = 0, len(self.tokens)
        while i < n:
            i += self.step(i)
        return self.claims, self.rejected

    def gap(self, i: int) -> str:
        """What stands between token i and the next, "" when they are far apart or there is none."""
        if i + 1 >= len(self.tokens):
            return ""
        a, b = self.tokens[i].end, self.tokens[i + 1].start
        return self.text[a:b].strip() if 0 < b - a <= 4 else ""

    def step(self, i: int) -> int:
        """Handles the token at i with the neighbours that belong to it; how many tokens that were."""
        token = self.tokens[i]
        text = self.text
        if token.start and text[token.start - 1] == "第":
            return self.reject(token, "序数，不是数量")
        if not token.chinese and (cell := self.cells.at(token.start)):
            return self.cell(token, cell)
        gap = self.gap(i)
        if gap:
            if gap in _RATIO and token.bare and self.tokens[i + 1].bare:
                return self.ratio(i)
            if gap in ("/", "／") and token.bare and not self.tokens[i + 1].chinese:
                if self.fraction(i):
                    return 2
            if gap in _RANGE and (used := self.range(i)):
                return used
        if token.bare:
            if gap in _LIST and (used := self.shared(i)):
                return used
            return self.open_noun(token)
        if token.chinese:
            return self.chinese(i)
        self.emit(token)
        return 1

    def reject(self, token: Token, reason: str) -> int:
        span = Span(token.start, max(token.number, token.end))
        self.rejected.append(Rejected(span, span.of(self.text), reason))
        return 1

    def emit(self, token: Token, kind: Kind | None = None) -> None:
        hedge_before(self.text, token)
        clause = clause_before(self.text, token.left)
        per, average = ("", False)
        unit = unit_of(token.unit) if token.unit else None
        if unit is None or unit.kind in ("amount", "count", "measure"):
            per, average = per_before(clause)
            if (per or token.per) and kind is None:
                kind = Kind.PER
        if kind is None:
            kind = self.list_count(token, unit.kind if unit else "")
        try:
            self.claims.append(claim_of(self.text, token, kind, label_before(self.text, token.left), per, bool(per)))
        except ValueError as error:
            self.reject(token, str(error))

    def list_count(self, token: Token, kind: str) -> Kind | None:
        if token.unit not in _COUNTED and token.unit not in _SLOGAN:
            return None
        if token.hedges or not (token.chinese or len(token.numeral) <= 2):
            return None
        before = self.text[token.start - 1 : token.start]
        clause = clause_before(self.text, token.start)
        if before and before in _QUOTES + "”\"’等" or "、" in clause[-20:] or token.unit in _SLOGAN:
            return Kind.LIST_COUNT
        return None

    def chinese(self, i: int) -> int:
        token, text = self.tokens[i], self.text
        if "分之" in token.numeral:
            return self.parts(token)
        before = text[token.start - 1 : token.start]
        after = text[token.end : token.end + 1]
        if not token.unit:
            if token.scale or token.hedges:
                return self.open_noun(token)
            if after and (after in _SLOGAN or before and before in "“‘") and token.numeral in "二两三四五六七八九十":
                token.unit, token.end = after, token.end + 1
                self.emit(token, Kind.LIST_COUNT)
                return 1
            return 1
        if re.fullmatch("[十百千万亿]*[百千万亿]", token.numeral):
            hedge_before(text, token)
            if not token.hedges:
                return self.reject(token, "泛指的整数，不是数量")
            token.hedges = token.hedges[token.left < token.start :] if False else token.hedges
            token.left, hedged = token.start, token.hedges
            token.hedges = [h for h in hedged if h[0] in text[token.start : token.end]]
        elif token.numeral == "一" and not token.hedges and not (before and before in _QUOTES):
            if not after or "一" <= after <= "鿿":
                return self.reject(token, "泛指的“一”，不是数量")
            if clause_before(text, token.start)[-1:] in ("每", "完", "吊"):
                return self.reject(token, "泛指的“一”，不是数量")
        self.emit(token)
        return 1

    def parts(self, token: Token) -> int:
        """X分之Y."""
        whole, _, part = token.numeral.partition("分之")
        known = {"百": "%", "千": "‰"}
        if whole in known:
            token.numeral, token.unit = part, known[whole]
            self.emit(token)
            return 1
        try:
            value = read_token_value(part) / read_token_value(whole)
        except (ValueError, ZeroDivisionError):
            return self.reject(token, "不成数")
        self.fraction_claim(token, value)
        return 1

    def fraction_claim(self, token: Token, value: Fraction) -> None:
        hedge_before(self.text, token)
        span = Span(token.left, token.end)
        point = Interval.point(value)
        self.claims.append(
            Claim(
                span,
                Span(token.start, token.digits),
                span.of(self.text),
                Kind.FRACTION,
                value,
                point,
                point,
                "",
                "fraction",
                label=label_before(self.text, token.left),
                reading=(("fraction", token.numeral),),
            )
        )

    def fraction(self, i: int) -> bool:
        a, b = self.tokens[i], self.tokens[i + 1]
        if b.unit or b.scale or not (a.numeral.isdigit() and b.numeral.isdigit()):
            return False
        x, y = int(a.numeral), int(b.numeral)
        if not 0 < x < y <= 100:
            return False
        merged = Token(a.start, b.end, b.digits, b.number, f"{x}/{y}", "", "", "", False, a.left)
        self.fraction_claim(merged, Fraction(x, y))
        return True

    def ratio(self, i: int) -> int:
        run = [self.tokens[i]]
        j = i
        while self.gap(j) in _RATIO and self.tokens[j + 1].bare:
            j += 1
            run.append(self.tokens[j])
        if len(run) == 2:
            a, b = run
            if re.fullmatch(r"\d{1,2}", a.numeral) and re.fullmatch(r"[0-5]\d", b.numeral) and int(a.numeral) < 24:
                span = Span(a.start, b.end)
                self.rejected.append(Rejected(span, span.of(self.text), "日期、年份或时间"))
                return 2
            first, second = read_token(a).value, read_token(b).value
            if not first:
                self.reject(a, "比的前项是零")
                return 2
            value = second / first
            span = Span(a.left, b.end)
            point = Interval.point(value)
            self.claims.append(
                Claim(span, span, span.of(self.text), Kind.RATIO, value, point, point, "", "ratio",
                      label=label_before(self.text, a.left), reading=(("ratio", span.of(self.text)),))
            )  # fmt: skip
            return 2
        for token in run:
            self.emit(token, Kind.RATIO)
        return len(run)

    def range(self, i: int) -> int:
        a, b = self.tokens[i], self.tokens[i + 1]
        if not (b.unit or b.scale) or (a.unit and a.unit != b.unit):
            return 0
        before = clause_before(self.text, a.start)[-8:]
        if self.gap(i) in ("至", "到") and re.search("[由从自]", before):
            return 0
        try:
            if b.scale and not a.scale and not a.chinese and read_token(a).value < read_numeral_of(b):
                a.numeral += b.scale
            elif a.chinese and not a.scale and not a.unit and b.numeral[-1:] in "万亿" and a.numeral[-1:] not in "万亿":
                a.numeral += b.numeral[-1]
            hedge_before(self.text, a)
            clause = clause_before(self.text, a.left)
            per, _ = per_before(clause) if unit_of(b.unit or "个").kind in ("amount", "count", "measure") else ("", False)
            self.claims.append(range_of(self.text, a, b, label_before(self.text, a.left), per))
        except ValueError:
            return 0
        return 2

    def shared(self, i: int) -> int:
        """Numbers in a row that share the unit of the last one (17、23、46万户)."""
        j = i
        while self.tokens[j].bare and self.gap(j) in _LIST:
            j += 1
        last = self.tokens[j]
        if last.bare or not last.unit or last.chinese or j == i:
            return 0
        for token in self.tokens[i:j]:
            token.numeral += last.scale
            token.scale, token.unit, token.shared = last.scale, last.unit, True
            self.emit(token)
        return j - i

    def open_noun(self, token: Token) -> int:
        text = self.text
        match = re.match(r"[一-鿿]{1,8}", text[token.end : token.end + 8])
        if match and (token.scale or token.hedges):
            noun = re.split("[的在和与及是为被将了已实增达]", match[0])[0]
            ends = [k for k in range(1, len(noun) + 1) if noun[k - 1] in "户人口家店村企车树"]
            cut = ends[-1] if ends else min(4, len(noun))
            if cut:
                token.unit, token.end = noun[:cut], token.end + cut
                self.emit(token)
                return 1
        if token.scale:
            self.emit(token)
            return 1
        return self.reject(token, "没有单位，不知所计")

    def cell(self, token: Token, unit: str) -> int:
        if unit == CODE:
            return self.reject(token, "表中的编号、序号或年份")
        if unit == GLUED:
            return self.reject(token, "单元格里的数字粘连或断开，读不出来")
        if not token.unit and not token.scale and unit.strip():
            plain = unit
            scale = re.match("万亿|[千百十]?[万亿]|千(?![瓦米克])|百万", plain)
            if scale and plain[scale.end() :] in units().by_name:
                token.numeral, token.scale = token.numeral + scale[0], scale[0]
                plain = plain[scale.end() :]
            token.unit, token.shared = plain, True
        before, after = self.text[token.start - 1 : token.start], self.text[token.digits : token.digits + 1]
        opened = before in ("(", "（") and after in (")", "）")
        if opened or before in ("-", "−", "－"):
            token.sign = -1
            token.left = token.start - 1
            token.end = max(token.end, token.digits + opened)
        self.emit(token)
        return 1


def read_token_value(text: str) -> Fraction:
    """The value of a numeral."""
    from audit.quantity.numeral import read_numeral

    return read_numeral(text).value


def read_numeral_of(token: Token) -> Fraction:
    """The number before the scale word."""
    from audit.quantity.numeral import read_numeral

    return read_numeral(token.numeral.removesuffix(token.scale)).value
