"""Comments at the cells of a copy of a workbook; a cell's own comment is kept above the note.

They are put into the file's parts, so that values, formulas, charts and pictures stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lxml import etree

from audit.annotate.note import Note, Signature
from audit.annotate.parts import OFFICE, Package, parse, target
from audit.read.compose import compose_with_sources
from audit.read.sheet.grid import column_name, drafts_of
from audit.read.sheet.workbook import sheets_of_xlsx

_LONGEST = 30_000
_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
# What stands behind the drawing of comments in a sheet (ECMA-376 Part 1, 18.3.1.99).
_BEHIND = (
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
)
_EMPTY_DRAWING = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    b'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/>'
    b'</o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    b'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    b'<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
)
_SHAPE = (
    '<v:shape xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel" id="figure_audit_{row}_{column}" type="#_x0000_t202" '
    'style="position:absolute;width:240pt;height:{height}pt;z-index:1;visibility:hidden" fillcolor="#ffffe1" '
    'o:insetmode="auto"><v:fill color2="#ffffe1"/><v:path o:connecttype="none"/><v:textbox/>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{left}, 15, {top}, 4, {right}, 15, '
    "{bottom}, 4</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column>"
    "</x:ClientData></v:shape>"
)


def write(path: str, data: bytes, notes: Sequence[Note], signature: Signature) -> bytes:
    """The workbook with a comment for each note; raises ReadError."""
    sheets, _ = sheets_of_xlsx(path, data)
    _, laid = compose_with_sources(path, "", "", (draft for sheet in sheets for draft in drafts_of(sheet)))
    texts: dict[str, dict[tuple[int, int], str]] = {}
    for note in notes:
        source = next((item.source for span, item in laid if span.overlaps(note.span)), None)
        # A sheet's name stands in the text too, and has no cell.
        name, row, column = source if isinstance(source, tuple) else (sheets[0].name, 1, 1)
        cells = texts.setdefault(name, {})
        cells[row, column] = "\n".join(filter(None, (cells.get((row, column)), note.text)))
    package = Package(data)
    parts = _sheet_parts(package)
    for name, cells in texts.items():
        _annotate_sheet(package, parts[name], cells, signature)
    return package.save()


def _sheet_parts(package: Package) -> dict[str, str]:
    """The parts of the sheets by their names."""
    book = package.related("", "officeDocument") or "xl/workbook.xml"
    targets = {each.get("Id"): target(book, each.get("Target", "")) for each in package.relations(book)}
    sheets = [each for each in package.tree(book).iter() if etree.QName(each).localname == "sheet"]
    return {each.get("name"): targets[each.get(f"{{{OFFICE}}}id")] for each in sheets}


def _annotate_sheet(package: Package, sheet: str, cells: dict[tuple[int, int], str], signature: Signature) -> None:
    comments = _comments(package, sheet)
    shapes = _drawing(package, sheet)
    authors, listed = (comments.find(f"{{{_MAIN}}}{name}") for name in ("authors", "commentList"))
    etree.SubElement(authors, f"{{{_MAIN}}}author").text = signature.author
    own = {each.get("ref"): each for each in listed}
    for (row, column), text in sorted(cells.items()):
        address = f"{column_name(column)}{row}"
        if address in own:
            _add_text(own[address].find(f"{{{_MAIN}}}text"), f"\n{text}")
            continue
        comment = etree.SubElement(listed, f"{{{_MAIN}}}comment", ref=address, authorId=str(len(authors) - 1))
        _add_text(etree.SubElement(comment, f"{{{_MAIN}}}text"), text[:_LONGEST])
        lines = sum(1 + len(line) // 20 for line in text.split("\n"))
        shape = _SHAPE.format(
            row=row - 1,
            column=column - 1,
            height=15 * (lines + 1),
            left=column,
            top=max(row - 2, 0),
            right=column + 4,
            bottom=max(row - 2, 0) + lines + 1,
        )
        shapes.append(parse(shape.encode()))


def _add_text(element: Any, text: str) -> None:
    run = etree.SubElement(element, f"{{{_MAIN}}}r")
    said = etree.SubElement(run, f"{{{_MAIN}}}t")
    said.text = text
    said.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _comments(package: Package, sheet: str) -> Any:
    """The comments of a sheet, made where it has none."""
    part = package.related(sheet, "comments")
    if part is None:
        part = package.unused("xl/comments{}.xml")
        empty = f'<comments xmlns="{_MAIN}"><authors/><commentList/></comments>'
        package.add(part, parse(empty.encode()), override=_COMMENTS)
        package.relate(sheet, "comments", part)
    return package.tree(part)


def _drawing(package: Package, sheet: str) -> Any:
    """The drawing of a sheet's comments, made where it has none."""
    part = package.related(sheet, "vmlDrawing")
    root = package.tree(sheet)
    if part is None or root.find(f"{{{_MAIN}}}legacyDrawing") is None:
        part = package.unused("xl/drawings/vmlDrawing{}.vml")
        package.add(part, parse(_EMPTY_DRAWING), default=_VML)
        drawing = etree.Element(f"{{{_MAIN}}}legacyDrawing")
        drawing.set(f"{{{OFFICE}}}id", package.relate(sheet, "vmlDrawing", part))
        behind = next((each for each in root if etree.QName(each).localname in _BEHIND), None)
        if behind is None:
            root.append(drawing)
        else:
            behind.addprevious(drawing)
    return package.tree(part)
