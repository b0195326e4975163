"""Claims of table cells: bare numbers with the units and labels that the table gives them."""

from __future__ import annotations

import re

from audit.claim import Claim, Kind
from audit.document import Cell, Document, Table
from audit.extract import nonclaim
from audit.extract.figure import Sense, read_figure
from audit.extract.ledger import Ledger
from audit.extract.prose import read_prose
from audit.grid import CODE, GLUED, cell_units, grids_of
from audit.grid.units import known
from audit.quantity.unit import units
from audit.span import Span

_NUMBER = re.compile(
    r"(?P<sign>[-−－–—+＋±])?(?P<open>[(（])?(?P<inner>[-−－])?\s*[¥￥$]?\s*(?P<digits>[0-9０-９]+(?:[,，][0-9０-９]{3})*(?:[.．][0-9０-９]+)?)\s*"
    r"(?P<unit>[^0-9０-９()（）\s]*)\s*(?P<close>[)）])?"
)
_BRACKET = re.compile(r"[（(【\[][^（()）】\]]{1,10}[)）】\]]")
_SCALE = re.compile(r"万亿|[千百十]?[万亿]|百万|[千百](?![分瓦米克卡伏赫帕焦])")
_MARKER = re.compile(
    r"^(?:[#＃*]|其中[:：]|[一二三四五六七八九十]+[、.]|[（(][一二三四五六七八九十\d]+[)）]|\d+[、.．])+\s*"
)
_DIGITS = re.compile(r"[0-9０-９][0-9０-９,，.．]*")
_ONE = re.compile(r"[0-9０-９]+(?:[,，][0-9０-９]{3})*(?:[.．][0-9０-９]+)?")
_LONGEST = 80
_MINUS = frozenset("-−－")
_DASHES = "-—–－/ \u3000"


class Tables:
    """The number cells of a document's tables: their units and the labels of their rows."""

    def __init__(self, document: Document) -> None:
        grids = grids_of(document)
        self._units = {span.start: (span, unit) for span, unit in cell_units(document, grids)}
        self._labels = {
            slot.span.start: clean_label(row.name) for grid in grids for row in grid.rows for slot in row.slots if slot
        }

    def read(self, ledger: Ledger, table: Table) -> None:
        """Adds the claims and rejected numbers of a table, row by row."""
        for row in table.rows:
            for cell in row:
                known = self._units.get(cell.span.start)
                if known is None:
                    if cell.span and cell.span.of(ledger.text).strip(_DASHES):
                        read_prose(ledger, cell.span.start, cell.span.end)
                else:
                    self._number(ledger, cell, known[1])

    def _number(self, ledger: Ledger, cell: Cell, unit: str) -> None:
        content = cell.span.of(ledger.text)
        number = _NUMBER.fullmatch(content.strip()) if len(content) <= _LONGEST else None
        if unit == CODE:
            ledger.reject(cell.span.start, cell.span.end, nonclaim.MARKER)
            return
        if number is None or unit == GLUED or not _is_measure(number["unit"]):
            runs = _DIGITS.findall(content) if len(content) <= _LONGEST else ()
            if len(runs) == 1 and _ONE.fullmatch(runs[0]):  # ≥20%, 300余
                read_prose(ledger, cell.span.start, cell.span.end)
            else:
                ledger.reject(cell.span.start, cell.span.end, nonclaim.BROKEN)
            return
        start = cell.span.start + len(content) - len(content.lstrip())
        span = Span(start, start + len(number[0]))
        scale, name = _scaled(number["unit"] or unit)
        if number["unit"] and not name:  # 1.2万 in a column of 平方米
            name = _scaled(unit)[1]
        name, _, per = name.partition("/") if name not in units().by_name else (name, "", "")
        negative = bool(number["open"] and number["close"] or number["inner"]) or number["sign"] in _MINUS
        try:
            sense = Sense.AVERAGE if per else Sense.PLAIN
            figure = read_figure(number["digits"] + scale, name, (), sense, negative)
        except ValueError as error:
            ledger.reject(span.start, span.end, str(error))
            return
        ledger.claims.append(
            Claim(
                span,
                Span(start + number.start("digits"), start + number.end("digits")),
                span.of(ledger.printed),
                figure.kind if name else Kind.COUNT,
                figure.value,
                figure.interval,
                figure.loose,
                f"{figure.unit}/{per}" if per else figure.unit,
                figure.dimension,
                label=self._labels.get(cell.span.start, ""),
                per=per,
                bare=not number["unit"],
                reading=figure.reading,
            )
        )


def _scaled(name: str) -> tuple[str, str]:
    """(scale word, unit) of a unit as a heading prints it (万元, 元/股)."""
    if not name or name in units().by_name:
        return "", name
    scale = _SCALE.match(name)
    rest = name[scale.end() :] if scale else name
    return (scale[0] if scale else "", rest)


def clean_label(label: str) -> str:
    """A row's label without list markers and the unit in brackets."""
    return _BRACKET.sub(lambda found: "" if _is_measure(found[0][1:-1]) else found[0], _MARKER.sub("", label))


def _is_measure(name: str) -> bool:
    """Whether what stands behind the digits is nothing, a scale word or a unit."""
    return not name or known(name) != "" or _SCALE.fullmatch(name) is not None
