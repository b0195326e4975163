"""Word comments: on the figure, wherever it stands, with text and formatting as they were."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from lxml import etree

from audit.annotate import Signature, annotate
from audit.annotate.note import Note
from audit.annotate.word import write
from audit.engine import audit_document
from audit.read import ReadError
from audit.read.formats.docx import read
from audit.read.word.inline import W
from audit.rule.load import shipped_rules
from audit.span import Span
from tests.read.word_files import cell, package, paragraph, run, table

SIGNATURE = Signature("审计组", "SJ")


def annotated(data: bytes, *figures: str) -> bytes:
    text = read("a.docx", data).text
    notes = [
        Note(Span(found.start(), found.end()), f"核对{figure}")
        for figure in figures
        for found in re.finditer(re.escape(figure), text)
    ]
    return write("a.docx", data, sorted(notes, key=lambda note: note.span), SIGNATURE)


def anchors(data: bytes) -> dict[str, str]:
    """What each comment says, and the text between its marks."""
    document = docx.Document(io.BytesIO(data))
    said = {comment.comment_id: comment.text for comment in document.comments}
    found: dict[int, str] = {}
    open_comments: set[int] = set()
    for element in document.element.body.iter():
        if element.tag == f"{W}commentRangeStart":
            open_comments.add(int(element.get(W + "id")))
        elif element.tag == f"{W}commentRangeEnd":
            open_comments.remove(int(element.get(W + "id")))
        elif element.tag == f"{W}t":
            for number in open_comments:
                found[number] = found.get(number, "") + element.text
    assert not open_comments
    return {said[number]: found.get(number, "") for number in said}


def formatting(data: bytes) -> list[tuple[str, str]]:
    """Each character with the properties of its run."""
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    characters = []
    for element in root.iter(W + "t"):
        properties = next(element.itersiblings(W + "rPr", preceding=True), None)
        form = b"" if properties is None or not len(properties) else etree.tostring(properties, exclusive=True)
        characters += [(character, form.decode()) for character in element.text or ""]
    return characters


BODIES = {
    "inside a run": f"<w:p>{run('共投入15.7亿元，其中', '<w:b/>')}</w:p>",
    "over several runs": f"<w:p>{run('共投入1')}{run('5.', '<w:b/>')}{run('7亿元，其中', '<w:i/>')}</w:p>",
    "a whole run": f"<w:p>{run('共')}{run('15.7亿元')}</w:p>",
    "in a link": f'<w:p>{run("共")}<w:hyperlink w:anchor="x">{run("投入15.7亿元等")}</w:hyperlink></w:p>',
    "into an insertion": f"<w:p>{run('共15.')}<w:ins>{run('7亿元，')}</w:ins></w:p>",
    "over a deleted mark": f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('共15.')}</w:p>{paragraph('7亿元，')}",
    "in a content control": f"<w:sdt><w:sdtContent>{paragraph('共15.7亿元。')}</w:sdtContent></w:sdt>",
    "in a table": table(cell("合计") + cell("共15.7亿元"), cell("其中") + cell("3")),
    "behind a tab and a break": "<w:p><w:r><w:tab/><w:t>共15.7亿元</w:t><w:br/><w:t>其他</w:t></w:r></w:p>",
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_comments_stand_on_the_figure(body: str) -> None:
    before = package(body)
    after = annotated(before, "15.7亿元")
    assert anchors(after) == {"核对15.7亿元": "15.7亿元"}
    assert read("a.docx", after).text == read("a.docx", before).text
    assert formatting(after) == formatting(before)
    document = docx.Document(io.BytesIO(after))
    assert {(each.author, each.initials) for each in document.comments} == {("审计组", "SJ")}


def test_several_figures_of_one_run() -> None:
    before = package(paragraph("共15.7亿元，其中甲10亿元，乙5.7亿元。"))
    after = annotated(before, "15.7亿元", "10亿元", "乙5.7亿元", "5.7亿元，其中甲10")
    found = anchors(after)
    assert found["核对10亿元"] == "10亿元"
    assert found["核对乙5.7亿元"] == "乙5.7亿元"
    assert found["核对5.7亿元，其中甲10"] == "5.7亿元，其中甲10"
    assert formatting(after) == formatting(before)


def test_places_without_comments_give_them_to_their_paragraph() -> None:
    box = f"<w:r><w:pict><w:txbxContent>{paragraph('框内3亿元')}</w:txbxContent></w:pict></w:r>"
    body = (
        paragraph("首段")
        + f'<w:p>{run("投入2亿元")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
        + f"<w:p>{run('旁有')}{box}</w:p>"
    )
    before = package(
        body,
        {
            "footnotes": f'<w:footnote w:id="2">{paragraph("含贷款1亿元")}</w:footnote>',
            "header1": paragraph("页眉9亿元"),
        },
    )
    after = annotated(before, "1亿元", "3亿元", "9亿元")
    assert anchors(after) == {
        "（脚注1）1亿元：核对1亿元": "投入2亿元",
        "（第3段文本框）3亿元：核对3亿元": "旁有框内3亿元",
        "（页眉1）9亿元：核对9亿元": "首段",
    }
    assert read("a.docx", after).text == read("a.docx", before).text


SLIP = "贫困发生率由15.2%下降到19.7%，实现首战告捷。"


def test_findings_become_comments() -> None:
    data = package(paragraph(SLIP))
    audit, _ = audit_document(read("a.docx", data), shipped_rules())
    assert audit.findings
    made = annotate(audit, data, signature=SIGNATURE)
    assert made.left_out == 0
    assert set(anchors(made.content).values()) <= {"15.2%", "19.7%"}
    assert "错误" in "".join(anchors(made.content)) or "疑问" in "".join(anchors(made.content))


def test_more_notes_than_wanted_end_with_a_notice() -> None:
    data = package(paragraph("首段。") + paragraph(SLIP))
    audit, _ = audit_document(read("a.docx", data), shipped_rules())
    made = annotate(audit, data, most=0)
    assert (made.notes, made.left_out > 0) == (0, True)
    assert "未在此批注" in "".join(anchors(made.content))


@pytest.mark.parametrize(("path", "said"), [("a.docx", "改动"), ("a.txt", "批注")])
def test_other_bytes_and_other_formats_are_refused(path: str, said: str) -> None:
    data = package(paragraph(SLIP))
    audit, _ = audit_document(read(path, data), shipped_rules())
    with pytest.raises(ReadError, match=said):
        annotate(audit, data + b" ")


def test_the_command(tmp_path: Path, capsys: Any) -> None:
    from audit.cli.entry import main

    (tmp_path / "a.docx").write_bytes(package(paragraph(SLIP)))
    out = tmp_path / "b.docx"
    assert main(["annotate", str(tmp_path / "a.docx"), "-o", str(out), "--author", "审计组", "--no-config"]) == 0
    assert "1 处批注" in capsys.readouterr().out
    assert anchors(out.read_bytes())
    assert main(["annotate", str(out), "-o", str(out)]) == 2
    assert main(["annotate", str(tmp_path / "none.docx"), "-o", str(tmp_path / "c.docx")]) == 2
    assert not (tmp_path / "c.docx").exists()
