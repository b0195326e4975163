"""Small audits made by hand: every verdict, severity and status, a hostile text, infinite ends, skipped sources."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from audit.claim import Claim, Kind, Rejected
from audit.document import Block, BlockKind, Cell, Document, Skipped, Table
from audit.explanation import explain
from audit.finding import Finding, Severity, Suspect
from audit.fingerprint import fingerprint
from audit.quantity.interval import Interval
from audit.relation import Relation
from audit.report import Audit, Coverage, Outcome, Report, SectionCoverage, Status
from audit.rule.expression import Call, Comparison, Name, Operation
from audit.rule.schema import Doubt, Rule, Source, Where
from audit.span import Span
from audit.verdict import Check, Quantity, Verdict

LEDGER = """关于某县年度资金使用情况的报告

一、资金筹集
全年筹集资金15.7亿元：一是财政资金8200万元，其中修路5000万元、修渠3200万元；二是信贷资金10.85亿元；三是专项资金3.5亿元。

二、完成情况
计划改造危房5000户，开工3905户，开工率87.1%，投入资金１２００万元以上。建设四类项目：道路、水渠、围墙。
全县共有贫困村82个，比上年减少约10个。本县贫困村80个已全部通电。
附记：<script>alert("1200元")</script>\u202e倒序\u202c与\x1b[31m着色\x1b[0m均按原样显示，共30万元。
"""

BULLETIN = "全年发放补助99.08万元，受益学生1016人。\n"


def rule(identity: str, title: str, title_en: str, why: str, why_en: str, cues: tuple[str, ...] = ()) -> Rule:
    """A rule with what the reports show of it."""
    return Rule(
        id=identity,
        title=title,
        title_en=title_en,
        why=why,
        why_en=why_en,
        severity="error",
        confidence="high",
        source=Source(f"rules/general/{identity}.yaml", 1),
        where=Where(node="sentence", cues=cues),
        bind=(),
        expect=(),
    )


LISTED = rule(
    "listed-sum",
    "分项合计应等于总数",
    "A total equals the sum of its listed parts",
    "合计是分项之和。",
    "The total is the sum of its parts.",
    ("一是",),
)
WITHIN = rule("parts-of-total", "“其中”各项之和应等于总数", "Parts after 其中 add up to the total", "", "", ("其中",))
SHARE = rule(
    "share-of-base",
    "占比应等于部分除以基数",
    "A share is its part over its base",
    "比率由部分和基数算出。",
    "It is worked out from part and base.",
)
COUNTED = rule(
    "list-count",
    "所称项数应与所列项数一致",
    "An announced number of items is listed",
    "说几项就应列几项。",
    "As many are listed as are announced.",
)
REPEATED = rule("repeats", "同一事项前后应一致", "One fact is stated alike everywhere", "", "")

NEAR = Doubt(None, "基数取自前一分句", "the base stands in the clause before")

SUMS = Comparison("==", Call("sum", (Name("parts"),)), Name("total"))
SHARES = Comparison("==", Operation("/", Name("part"), Name("base")), Name("share"))
COUNTS = Comparison("==", Call("count", (Name("items"),)), Name("stated"))
REPEATS = Comparison("==", Name("first"), Name("second"))


def rounded(value: Fraction | int, half: Fraction | int) -> Interval:
    """[value − half, value + half), or the point where `half` is 0."""
    return Interval(Fraction(value) - half, Fraction(value) + half, False, half != 0)


class Page:
    """A text whose figures are claimed one by one, by their wording."""

    def __init__(self, path: str, text: str) -> None:
        self.text = text
        self.document = Document(
            path=path, text=text, sha256=hashlib.sha256(text.encode()).hexdigest(), blocks=blocks(text)
        )
        self.claims: list[Claim] = []

    def claim(
        self,
        wording: str,
        kind: Kind,
        value: Fraction | int,
        half: Fraction | int = 0,
        unit: str = "元",
        *,
        after: str = "",
        interval: Interval | None = None,
        **more: Any,
    ) -> Claim:
        """The claim of the first `wording` that stands after `after`."""
        start = self.text.index(wording, self.text.index(after) + len(after) if after else 0)
        span = Span(start, start + len(wording))
        read = interval or rounded(value, half)
        made = Claim(span, span, wording, kind, Fraction(value), read, read, unit, unit, **more)
        self.claims.append(made)
        return made

    def span(self, wording: str) -> Span:
        """Where `wording` first stands."""
        start = self.text.index(wording)
        return Span(start, start + len(wording))

    def stretch(self, first: str, last: str) -> Span:
        """From where `first` stands to the end of the next `last`."""
        start = self.text.index(first)
        return Span(start, self.text.index(last, start) + len(last))

    def check(
        self,
        of: Rule,
        roles: dict[str, tuple[Claim, ...]],
        expectation: Comparison,
        verdict: Verdict,
        stated: Claim,
        computed: Quantity,
        *,
        evidence: Span,
        cue: str = "",
        reason: tuple[str, str] = ("", ""),
        **more: Any,
    ) -> Check:
        """A check whose stated side is the figure `stated`."""
        relation = Relation(
            of,
            tuple(roles.items()),
            expectation,
            evidence,
            self.span(cue) if cue else None,
            **more,
        )
        side = Quantity(stated.value * stated.ratio, stated.interval.scaled(stated.ratio))
        return Check(relation, verdict, side, computed, computed.value - side.value, *reason, self.text)

    def finding(self, check: Check, severity: Severity, stated: Claim, *suspects: Suspect) -> Finding:
        """The finding that reports `check` on the figure `stated`."""
        line, column = self.document.lines.place(stated.span.start)
        return Finding(
            check,
            severity,
            explain(check),
            explain(check, "en"),
            stated.span,
            line,
            column,
            fingerprint(check, self.document),
            suspects,
        )

    def audit(
        self,
        checks: tuple[Check, ...] = (),
        findings: tuple[Finding, ...] = (),
        status: dict[Claim, Status] | None = None,
        reasons: dict[Claim, tuple[str, str]] | None = None,
        rejected: tuple[Rejected, ...] = (),
        powers: dict[Claim, Fraction] | None = None,
        questions: dict[Claim, tuple[str, str]] | None = None,
    ) -> Audit:
        """The audit of the page; claims without a status are unlinked, each heading begins a section."""
        ended, known, asked = status or {}, powers or {}, questions or {}
        outcomes = tuple(
            Outcome(
                c,
                ended.get(c, Status.UNLINKED),
                (reasons or {}).get(c, (None, None))[0],
                (reasons or {}).get(c, (None, None))[1],
                power=known.get(c, Fraction(0)),
                strong=known.get(c, 0) >= Fraction(9, 10),
                question=asked.get(c, (None, None))[0],
                question_en=asked.get(c, (None, None))[1],
            )
            for c in sorted(self.claims, key=lambda c: c.span)
        )
        return Audit(self.document, outcomes, rejected, checks, findings, tuple(self._sections(outcomes)))

    def _sections(self, outcomes: tuple[Outcome, ...]) -> Iterator[SectionCoverage]:
        heads = [block for block in self.document.blocks if block.kind is BlockKind.HEADING]
        ends = [*(head.span.start for head in heads[1:]), len(self.text)]
        for head, end in zip(heads, ends, strict=False):
            span = Span(head.span.start, end)
            own = [o for o in outcomes if span.start <= o.claim.span.start < span.end]
            yield SectionCoverage(head.span.of(self.text), head.level, span, Coverage.of(own))


def blocks(text: str) -> tuple[Block, ...]:
    """Each non-blank line a block; lines that start with 一、 and the like are headings."""
    out, at = [], 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            span = Span(at, at + len(line.rstrip("\r\n")))
            heading = line[1:2] == "、"
            out.append(Block(BlockKind.HEADING if heading else BlockKind.PARAGRAPH, span, 1 if heading else 0))
        at += len(line)
    return tuple(out)


def ledger(path: str = "文件/资金报告.txt", text: str = LEDGER) -> Audit:
    """An audit with an error, a warning, a note, confirmed checks and unlinked figures."""
    p = Page(path, text)
    yi, wan = 10**8, 10**4
    total = p.claim("15.7亿元", Kind.AMOUNT, 1570000000, 5000000, label="资金")
    fiscal = p.claim("8200万元", Kind.AMOUNT, 8200 * wan, 5000, label="财政资金")
    road = p.claim("5000万元", Kind.AMOUNT, 5000 * wan, 5000)
    canal = p.claim("3200万元", Kind.AMOUNT, 3200 * wan, 5000)
    credit = p.claim("10.85亿元", Kind.AMOUNT, Fraction(1085, 100) * yi, Fraction(1, 200) * yi, label="信贷资金")
    grant = p.claim("3.5亿元", Kind.AMOUNT, Fraction(35, 10) * yi, Fraction(1, 20) * yi, label="专项资金")
    houses = p.claim("5000户", Kind.COUNT, 5000, 0, "户", label="危房")
    begun = p.claim("3905户", Kind.COUNT, 3905, 0, "户")
    rate = p.claim("87.1%", Kind.PERCENT, Fraction(871, 10), Fraction(1, 20), "%", label="开工率")
    outlay = p.claim(
        "１２００万元以上",
        Kind.AMOUNT,
        1200 * wan,
        interval=Interval(Fraction(1200 * wan), None),
        hedge="以上",
        label="资金",
    )
    kinds = p.claim("四类项目", Kind.LIST_COUNT, 4, 0, "类项目")
    villages = p.claim("82个", Kind.COUNT, 82, 0, "个贫困村", label="贫困村")
    fewer = p.claim("约10个", Kind.COUNT, 10, 1, "个", hedge="约")
    again = p.claim("80个", Kind.COUNT, 80, 0, "个贫困村", label="贫困村")
    p.claim("1200元", Kind.AMOUNT, 1200, 0)
    p.claim("30万元", Kind.AMOUNT, 30 * wan, 5000)

    def sums(*parts: Claim) -> Quantity:
        interval = parts[0].interval
        for part in parts[1:]:
            interval += part.interval
        return Quantity(sum((c.value for c in parts), Fraction(0)), interval)

    opening = p.check(
        LISTED,
        {"total": (total,), "parts": (fiscal, credit, grant)},
        SUMS,
        Verdict.INCONSISTENT,
        total,
        sums(fiscal, credit, grant),
        evidence=p.stretch("全年", "3.5亿元"),
        cue="一是",
    )
    inner = p.check(
        WITHIN,
        {"total": (fiscal,), "parts": (road, canal)},
        SUMS,
        Verdict.EXACT,
        fiscal,
        sums(road, canal),
        evidence=p.stretch("财政资金", "3200万元"),
        cue="其中",
    )
    share = p.check(
        SHARE,
        {"part": (begun,), "base": (houses,), "share": (rate,)},
        SHARES,
        Verdict.UNDECIDED,
        rate,
        Quantity(Fraction(3905, 5000), Interval.point(Fraction(3905, 5000))),
        evidence=p.stretch("计划", "87.1%"),
        reason=(NEAR.because, NEAR.because_en),
        doubts=(NEAR,),
    )
    count = p.check(
        COUNTED,
        {"stated": (kinds,)},
        COUNTS,
        Verdict.INCONSISTENT,
        kinds,
        Quantity(Fraction(3), Interval.point(3)),
        evidence=p.stretch("建设", "围墙"),
        items=(p.span("道路"), p.span("水渠"), p.span("围墙")),
    )
    twice = p.check(
        REPEATED,
        {"first": (villages,), "second": (again,)},
        REPEATS,
        Verdict.UNDECIDED,
        again,
        Quantity(Fraction(82), Interval.point(82)),
        evidence=p.stretch("全县共有贫困村", "通电"),
        reason=("两处口径可能不同", "the two places may differ in scope"),
    )
    repair = Suspect(total, "15.17亿元", "insert_digit", (opening,))
    swap = Suspect(rate, "78.1%", "transpose_digits", (share,))
    return p.audit(
        (opening, inner, share, count, twice),
        (
            p.finding(opening, Severity.ERROR, total, repair),
            p.finding(share, Severity.WARNING, rate, swap),
            p.finding(count, Severity.ERROR, kinds),
            p.finding(twice, Severity.NOTE, again),
        ),
        {
            total: Status.CONTRADICTED,
            fiscal: Status.CONFIRMED,
            road: Status.CONFIRMED,
            canal: Status.CONFIRMED,
            credit: Status.CONTRADICTED,
            grant: Status.CONTRADICTED,
            houses: Status.UNDECIDED,
            begun: Status.UNDECIDED,
            rate: Status.UNDECIDED,
            kinds: Status.CONTRADICTED,
            villages: Status.UNDECIDED,
            again: Status.UNDECIDED,
        },
        {
            fewer: ("文中没有上年数", "the text does not give last year's figure"),
            outlay: ("“以上”范围过宽，无法核对", "“以上” leaves too wide a range to check"),
            rate: (NEAR.because, NEAR.because_en),
        },
        (Rejected(p.span("一是"), "一", "列举标记"),),
        {fiscal: Fraction(9995, 10000), road: Fraction(9995, 10000), canal: Fraction(5, 10)},
        {outlay: ("资金１２００万元以上：请提供准确数。", "资金１２００万元以上: what is the exact figure?")},
    )


def bulletin(path: str = "文件/简报.txt") -> Audit:
    """An audit without a finding."""
    p = Page(path, BULLETIN)
    p.claim("99.08万元", Kind.AMOUNT, 990800, 50)
    p.claim("1016人", Kind.COUNT, 1016, 0, "人")
    return p.audit(reasons={p.claims[0]: ("没有可与之核对的数字", "nothing in the text to hold it against")})


def tabular() -> Audit:
    """An audit of a document whose text holds a table with a merged and an empty cell."""
    text = "表1 资金\n项目|金额\n合计|30万元\n|10万元\n"
    p = Page("文件/附表.md", text)
    p.claim("30万元", Kind.AMOUNT, 300000, 5000)
    p.claim("10万元", Kind.AMOUNT, 100000, 5000)

    def cell(wording: str, row: int, column: int, **spans: int) -> Cell:
        return Cell(p.span(wording), row, column, **spans)

    start = text.index("项目")
    table = Table(
        Span(start, len(text) - 1),
        (
            (cell("项目", 0, 0), cell("金额", 0, 1)),
            (cell("合计", 1, 0, row_span=2), cell("30万元", 1, 1)),
            (cell("10万元", 2, 1),),
        ),
    )
    caption = Block(BlockKind.CAPTION, p.span("表1 资金"))
    document = Document(
        p.document.path, text, p.document.sha256, (caption, Block(BlockKind.TABLE, table.span, table=table))
    )
    p.document = document
    return p.audit()


def report() -> Report:
    """Everything that a report can hold."""
    return Report(
        (ledger(), bulletin(), tabular()),
        (
            Skipped(
                "文件/空白.txt",
                "文件为空，没有可审计的文字；请换成有内容的文件",
                "the file is empty; give one with text",
            ),
        ),
        (LISTED, WITHIN, SHARE, COUNTED, REPEATED),
    )
