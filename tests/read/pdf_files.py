"""PDF files written by hand: text in a Chinese font that every reader knows, and straight lines."""

from __future__ import annotations

from collections.abc import Sequence

FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font"
    b"/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>"
    b"/DW 1000/W[1 95 500]/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 4"
    b"/FontBBox[0 -120 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 80>>>>]>>"
)


def text(x: float, y: float, said: str, size: float = 12) -> bytes:
    """Text that begins at a point, in points from the lower left corner."""
    return b"BT /F %g Tf %g %g Td <%s> Tj ET\n" % (size, x, y, said.encode("utf-16-be").hex().encode())


def line(x0: float, y0: float, x1: float, y1: float) -> bytes:
    """A straight line."""
    return b"%g %g m %g %g l S\n" % (x0, y0, x1, y1)


def grid(x: float, y: float, widths: Sequence[float], height: float, rows: Sequence[Sequence[str]]) -> bytes:
    """A ruled table below a point, with the text of its cells."""
    right, bottom = x + sum(widths), y - height * len(rows)
    edges = [x + sum(widths[:n]) for n in range(len(widths) + 1)]
    drawn = [line(x, y - height * n, right, y - height * n) for n in range(len(rows) + 1)]
    drawn += [line(edge, y, edge, bottom) for edge in edges]
    drawn += [
        text(edges[column] + 4, y - height * (number + 1) + 6, said)
        for number, row in enumerate(rows)
        for column, said in enumerate(row)
        if said
    ]
    return b"".join(drawn)


IMAGE = b"q 500 0 0 700 40 60 cm /I Do Q\n"
"""A picture that fills the page."""


PIXEL = b"stream\n\x80\nendstream"


def pdf(*pages: bytes, page_extra: bytes = b"") -> bytes:
    """A file of A4 pages with these contents."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>"
        % (b" ".join(b"%d 0 R" % (5 + 2 * n) for n in range(len(pages))), len(pages)),
        FONT,
        b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>%s" % PIXEL,
    ]
    for number, content in enumerate(pages):
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>/XObject<</I 4 0 R>>>>"
            b"/Contents %d 0 R%s>>" % (6 + 2 * number, page_extra)
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
    return assemble(objects)


def assemble(objects: Sequence[bytes]) -> bytes:
    """A file of these objects, the first one its catalogue."""
    data, offsets = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
    return data + end % (len(objects) + 1, table, len(objects) + 1, len(data))
