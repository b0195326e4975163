"""The form of a text changes nothing: the same claims, checks and findings however its characters are printed.

Every variant keeps the characters of the original in order and adds or exchanges some, so that a claim of the variant
stands for the one that begins at the same character of the original.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from opencc import OpenCC

from audit.engine import audit_document
from audit.plain import FILLER, plain
from audit.read.text import read_text
from audit.rule.load import shipped_rules

RULES = shipped_rules()
INTO, BACK = OpenCC("s2t"), OpenCC("t2s")
SEEDS = [path.read_text(encoding="utf-8") for path in sorted(Path("seeds").glob("*.txt"))]
EXAMPLES = [e.text for rule in RULES for e in (*rule.passes, *rule.fails, *rule.ignores)]

Pairs = list[tuple[str, int]]
"""The characters of a variant, each with the offset of the original's character it stands for or precedes."""


def exchanged(old: str, new: str) -> Callable[[str], Pairs]:
    table = str.maketrans(old, new)
    return lambda text: [(character.translate(table), at) for at, character in enumerate(text)]


def inserted(pattern: str, what: str) -> Callable[[str], Pairs]:
    """`what` put in wherever the pattern matches nothing but a place."""

    def variant(text: str) -> Pairs:
        places = {found.start() for found in re.finditer(pattern, text)}
        return list(_with(text, places, what))

    return variant


def _with(text: str, places: set[int], what: str) -> Iterator[tuple[str, int]]:
    for at, character in enumerate(f"{text}\0"):
        if at in places:
            yield from ((mark, at) for mark in what)
        if at < len(text):
            yield character, at


def traditional(text: str) -> Pairs:
    """In the characters of Hong Kong and Taiwan, as far as these stand for one simplified character only."""
    pairs = [(INTO.convert(character), at) for at, character in enumerate(text)]
    pairs = [(old if BACK.convert(old) == text[at] else text[at], at) for old, at in pairs]
    # A few words may have none of the characters by which a text is known to be a traditional one.
    known = plain("".join(character for character, _ in pairs)) == "".join(map(BACK.convert, plain(text)))
    return pairs if known else original(text)


FORMS = {
    "traditional characters": traditional,
    "full-width digits": exchanged("0123456789", "０１２３４５６７８９"),
    "half-width punctuation": exchanged("，；：（）％", ",;:()%"),
    "marks and digits of other widths": exchanged("，；：（）%“”02468", "﹐﹔﹕﹙﹚﹪＂＂０２４６８"),
    "straight quotes": exchanged("“”", '""'),
    "radicals": exchanged("人日月金食风页", "⼈⽇⽉⾦⻝⻛⻚"),
    "blanks around figures": inserted(r"(?<=[一-鿿])(?=[0-9])|(?<=[0-9%])(?=[一-鿿])", "\u2009"),
    "Windows line ends": inserted(r"(?=\n)", "\r"),
    "byte order mark": inserted(r"\A", "\ufeff"),
    "tabs before lines": inserted(r"(?m)^(?=[^|\s])", "\t"),
    "indented lines": inserted(r"(?m)^(?=[^|\s#])", "　　"),
    "line breaks of HTML": inserted(r"(?m)(?<=[^|\n])$", "<br>"),
    "entities before lines": inserted(r"(?m)^(?=[^|\s#<])", "&nbsp;&nbsp;"),
}


def outcome(pairs: Pairs) -> tuple[object, object, object]:
    """(claims, checks, findings), told by the characters of the original they stand on."""
    audit, _ = audit_document(read_text("".join(character for character, _ in pairs)), RULES)
    starts = [at for _, at in pairs]
    claims = [(starts[o.claim.numeral.start], o.claim.value, o.claim.interval, o.claim.unit) for o in audit.outcomes]
    checks = [
        (
            check.relation.rule.id,
            [(role, [starts[claim.numeral.start] for claim in bound]) for role, bound in check.relation.roles],
            check.verdict,
        )
        for check in audit.checks
    ]
    return claims, checks, [(finding.check.relation.rule.id, finding.severity) for finding in audit.findings]


def original(text: str) -> Pairs:
    return [(character, at) for at, character in enumerate(text)]


PROSE = (
    "为了推动各项工作落到实处，有关部门坚持问题导向，认真查找短板，逐项研究措施，切实加强组织领导，形成上下联动、齐抓共管的"
    "工作局面，各地结合实际细化方案，明确责任单位和完成时限，定期调度通报进展情况，确保各项任务按期完成，努力开创新的局面。"
)
"""A paragraph without figures, from which the margin of a wrapped text can be told."""


def wrapped(text: str, width: int, furniture: str = "", every: int = 8) -> Pairs:
    """The text with its paragraphs indented and broken after so many characters, numerals and words included; with
    `furniture` after every so many lines of text, where {page} is the number of the page."""
    pairs: Pairs = []
    count = 0
    for found in re.finditer(r"[^\n]*\n|[^\n]+", text):
        for line in _lines(found, width):
            pairs += line
            count += len(line) > 1
            if furniture and len(line) > 1 and count % every == 0 and line[-1][0] == "\n" and "|" not in found[0]:
                pairs += [(character, line[-1][1]) for character in furniture.format(page=count // every)]
    return pairs


def _lines(paragraph: re.Match[str], width: int) -> Iterator[Pairs]:
    """The lines of one paragraph with their ends; rows of tables and short lines as they are."""
    line = paragraph[0].strip()
    spread = re.search(r"\S(?: {2,}|\t|\u3000+)\S", line)
    if len(line) <= width or spread or "|" in line or "<" in line:
        yield [(character, paragraph.start() + n) for n, character in enumerate(paragraph[0])]
        return
    start = paragraph.start() + paragraph[0].index(line)
    indented = [*[("\u3000", start)] * 2, *((character, start + n) for n, character in enumerate(line))]
    for at in range(0, len(indented), width):
        piece = indented[at : at + width]
        if at + width < len(indented):
            yield [*piece, ("\n", indented[at + width][1])]
        else:
            yield [*piece, *([("\n", paragraph.end() - 1)] if paragraph[0].endswith("\n") else [])]


def is_ambiguous(pairs: Pairs, width: int) -> bool:
    """Whether a full line ends with a sentence, so that nothing shows whether its paragraph goes on."""
    lines = "".join(character for character, _ in pairs).split("\n")
    return any(len(line) >= width - 2 and line[-1] in "。；：！？;:" for line in lines)


@pytest.fixture(scope="module")
def outcomes() -> dict[str, object]:
    return {text: outcome(original(text)) for text in (*SEEDS, *EXAMPLES)}


def test_most_texts_are_known_to_be_traditional() -> None:
    known = [text for text in (*SEEDS, *EXAMPLES) if traditional(text) != original(text)]
    assert set(SEEDS) <= set(known)
    assert len(known) > len(EXAMPLES) * 3 // 4


@pytest.mark.parametrize("form", FORMS)
def test_a_form_changes_nothing(form: str, outcomes: dict[str, object]) -> None:
    for text, told in outcomes.items():
        if "　　" in text and "lines" in form:
            continue  # indented already, where it has paragraphs of several lines
        assert outcome(FORMS[form](text)) == told, text


@pytest.mark.parametrize("width", [30, 34, 38, 40])
def test_seeds_may_be_wrapped_after_any_number_of_characters(width: int, outcomes: dict[str, object]) -> None:
    for text in SEEDS:
        assert outcome(wrapped(text, width)) == outcomes[text]


FURNITURE = {
    "numbers between dashes": "\n- {page} -\n\n",
    "numbers of pages": "第 {page} 页 共 12 页\n",
    "English numbers": "\nPage {page} of 12\n",
    "bare numbers": "{page}\n",
    "numbers and heads": "\n{page}\n\n某某县预算执行审计工作报告\n\n",
    "form feeds and heads": "\n{page}\n\f某某县预算执行审计工作报告\n",
    "heads alone": "某某县预算执行审计工作报告\n",
}


@pytest.mark.parametrize("form", FURNITURE)
@pytest.mark.parametrize("width", [34, 40])
def test_pages_may_have_numbers_and_heads(form: str, width: int, outcomes: dict[str, object]) -> None:
    for text in SEEDS:
        assert outcome(wrapped(text, width, FURNITURE[form])) == outcomes[text]


@pytest.mark.parametrize("width", [30, 40])
def test_examples_may_be_wrapped(width: int) -> None:
    long = [example for example in EXAMPLES if max(map(len, example.split("\n"))) > width]
    clear = [example for example in long if not is_ambiguous(wrapped(example, width), width)]
    assert len(clear) > 50
    for text in (f"{example}\n\n{PROSE}\n\n{PROSE}" for example in clear):
        assert outcome(wrapped(text, width)) == outcome(original(text)), text


@pytest.mark.parametrize(
    ("marked", "read"),
    [
        ("投入\u00a0１５．7\u2009亿元", "投入 15.7 亿元"),
        ("投入**15.7亿元**，增长<b>3%</b>", "投入15.7亿元，增长3%"),
        ("增长3%<sup>1</sup>，<i>PM<sub>2.5</sub></i>为30，占地5亩<sup>[2]</sup>", "增长3%¹，PM₂.₅为30，占地5亩[²]"),
        ("[收入](https://example.org/a)达&nbsp;3&nbsp;亿元", "收入达3亿元"),
        ("收入1，234，567元，支出1，234.00元", "收入1,234,567元，支出1,234.00元"),
        ("第一、1，234家", "第一、1，234家"),
        ("常住人口[2]为386542人，见[2]", "常住人口为386542人，见[2]"),
        ("2*3 与 a_b，注[1]，1<2", "2*3 与 a_b，注[1]，1<2"),
    ],
)
def test_the_plain_form_is_as_long_as_the_text(marked: str, read: str) -> None:
    assert len(plain(marked)) == len(marked)
    assert plain(marked).replace(FILLER, "") == read


def test_a_page_number_between_two_lines_is_none_of_the_text() -> None:
    text = "全县投入扶贫资金15.\n\n- 12 -\n\n7亿元。"
    assert plain(text).replace(FILLER, "") == "全县投入扶贫资金15.\n7亿元。"
    assert plain("- 12 -\n全县") == "- 12 -\n全县"
