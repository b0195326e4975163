"""Bytes become the text that was saved, whatever encoding of Chinese it was saved in; damage is named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.read.decode import decode
from audit.read.error import ReadError

SENTENCE = "全县筹集扶贫资金15.7亿元，其中本级财政8200万元。\r\n第二行\n"
TRADITIONAL = "全縣共有貧困戶15224戶，其中建檔立卡貧困戶8888戶。\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-32", "utf-16-le", "utf-16-be"]
)
def test_reads_chinese(encoding: str) -> None:
    assert decode("a.txt", SENTENCE.encode(encoding)) == SENTENCE


@pytest.mark.parametrize("encoding", ["utf-8", "big5", "utf-16-le"])
def test_reads_traditional_chinese(encoding: str) -> None:
    assert decode("a.txt", TRADITIONAL.encode(encoding)) == TRADITIONAL


@pytest.mark.parametrize("text", ["共计10户", "合计：", "单位：万元\n", "危房改造"])
def test_reads_a_few_characters_of_gbk(text: str) -> None:
    assert decode("a.txt", text.encode("gbk")) == text


def test_gb18030_with_its_own_mark() -> None:
    assert decode("a.txt", b"\x84\x31\x95\x33" + SENTENCE.encode("gb18030")) == SENTENCE


def test_newlines_stay_as_they_are() -> None:
    assert decode("a.txt", "一\r二\r\n三\n".encode()) == "一\r二\r\n三\n"


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1))
def test_utf8_text_stays_untouched(text: str) -> None:
    if text.startswith(("\ufeff", "%PDF-", "{\\rtf")):
        return
    assert decode("a.txt", text.encode()) == text


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b"", "空"),
        (b"%PDF-1.7\n...", "PDF"),
        (b"PK\x03\x04\x14\x00", "Word/Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "旧版"),
        (b"MZ\x90\x00\x03\x00\x00\x00" * 40, "二进制"),
        (bytes(range(1, 32)) * 4, "二进制"),
        ("Обычный текст".encode("cp1251"), "无法识别文字编码"),
        ("これは日本の経済に関する報告書であり、売上高は前年比で増加した。".encode("euc-jp"), "无法识别文字编码"),
    ],
)
def test_what_is_no_chinese_text_is_refused(data: bytes, named: str) -> None:
    with pytest.raises(ReadError) as caught:
        decode("a.txt", data)
    assert named in caught.value.reason
    assert caught.value.path == "a.txt"
    assert caught.value.reason_en


def test_a_damaged_utf8_file_names_the_place() -> None:
    data = bytearray((SENTENCE * 3).encode())
    at = data.index(b"\n", 100) + 2
    data[at] = 0xFF
    with pytest.raises(ReadError) as caught:
        decode("a.txt", bytes(data))
    line = bytes(data).count(b"\n", 0, at) + 1
    assert f"第{line}行" in caught.value.reason
    assert "UTF-8" in caught.value.reason


def test_a_file_cut_inside_a_character_names_the_place() -> None:
    data = (SENTENCE * 3).encode()[:-5]
    with pytest.raises(ReadError, match="UTF-8"):
        decode("a.txt", data)


def test_a_damaged_gbk_file_names_the_place() -> None:
    data = (SENTENCE * 3).encode("gbk") + b"\xff\xff"
    with pytest.raises(ReadError, match="GB18030"):
        decode("a.txt", data)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_with_a_reason(data: bytes) -> None:
    try:
        text = decode("a.txt", data)
    except ReadError as error:
        text, reasons = "", (error.reason, error.reason_en)
    else:
        reasons = ("read", "read")
    assert "\0" not in text
    assert all(reasons)
