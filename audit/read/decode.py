"""bytes -> text, with every newline as it stands in the file; a byte order mark is not part of the text.

UTF-8 is tried first because no other encoding of Chinese passes for it by chance. The others accept almost any bytes,
so their text must look like modern Chinese: nearly all of its characters beyond ASCII among the common ones, those of
the first level of GB 2312-80 (3,755) or of Big5 (5,401), which both standards chose by frequency of use. On a line of
ten characters of GBK that is right where the general detector mostly is not; the detector gets what is left.
"""

from __future__ import annotations

import codecs
from contextlib import suppress
from functools import cache

from audit.read.error import ReadError

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)

_CHINESE_BY_NAME = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5hkscs"}
"""Files that name an older encoding mostly hold characters of the newer one that contains it."""

# Signatures of what people rename to .txt, and how to get the text out of it.
_SIGNATURES = (
    (b"%PDF-", "PDF", ".pdf"),
    (b"PK\x03\x04", "Word/Excel 或压缩包（ZIP）", ".docx / .xlsx"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版 Word/Excel/WPS", ".doc / .xls"),
    (b"{\\rtf", "RTF", ".rtf"),
    (b"\x89PNG\r\n", "图片", ".png"),
    (b"\xff\xd8\xff", "图片", ".jpg"),
    (b"\x1f\x8b", "压缩包（gzip）", ".gz"),
    (b"7z\xbc\xaf\x27\x1c", "压缩包（7z）", ".7z"),
    (b"Rar!\x1a\x07", "压缩包（RAR）", ".rar"),
)

# More of these than one in a hundred characters is no text; form feeds and the end mark of DOS are.
_CONTROLS = frozenset(map(chr, range(32))) - frozenset("\t\n\v\f\r\x1a\x1b")
_PLAIN = frozenset(map(chr, range(32, 127))) | frozenset("\t\n\v\f\r\x1a")
_COMMON_SHARE = 0.85
_SAMPLE = 20_000
_READS_WELL = 60
"""How many bytes must read as Chinese before a bad one for it to be damage in the file."""


def signature_of(data: bytes) -> tuple[str, str] | None:
    """(what the file is, its suffix) by its first bytes; None where they are of no known kind."""
    return next(((kind, suffix) for signature, kind, suffix in _SIGNATURES if data.startswith(signature)), None)


def decode(path: str, data: bytes, declared: str = "") -> str:
    """The text of a file; raises ReadError where it is empty, no text, or in no encoding known here.

    `declared` is the encoding that the file itself names. Such names are often wrong: it is believed only where the
    text does not show its encoding by itself.
    """
    if not data:
        raise ReadError(
            path, "文件是空的，请确认保存或传输时内容没有丢失", "the file is empty; check that it was saved in full"
        )
    signature = signature_of(data)
    if signature is not None:
        kind, suffix = signature
        raise ReadError(
            path,
            f"不是文本文件，而是 {kind} 文件，请改用正确的扩展名（{suffix}）或另存为 UTF-8 文本",
            f"is no text but a {suffix} file; give it its right suffix or save it as UTF-8 text",
        )
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(path, data[len(mark) :], encoding)
    if b"\0" not in data:
        try:
            return _checked(path, data.decode("utf-8"))
        except UnicodeDecodeError:
            pass
    return _checked(path, _chinese(path, data, declared))


def _strict(path: str, data: bytes, encoding: str) -> str:
    try:
        return _checked(path, data.decode(encoding))
    except UnicodeDecodeError as error:
        raise _broken(path, data, error) from None


def _checked(path: str, text: str) -> str:
    controls = sum(text.count(control) for control in _CONTROLS)
    if "\0" in text or controls * 100 > len(text):
        raise _binary(path)
    return text


def _binary(path: str) -> ReadError:
    return ReadError(
        path,
        "不是文本文件（含有二进制数据），请另存为 UTF-8 文本后再试",
        "is no text file (it holds binary data); save it as UTF-8 text",
    )


def _broken(path: str, data: bytes, error: UnicodeDecodeError) -> ReadError:
    line = data.count(b"\n", 0, error.start) + 1
    name = error.encoding.upper()
    return ReadError(
        path,
        f"第{line}行（第{error.start + 1}个字节）不是有效的 {name} 编码，文件可能已损坏或被截断，请重新导出为 UTF-8",
        f"line {line} (byte {error.start + 1}) is no valid {name}; "
        "the file may be damaged or cut short, export it again as UTF-8",
    )


def _chinese(path: str, data: bytes, declared: str) -> str:
    """The text in the encoding in which it looks most like Chinese.

    A file that reads well up to a bad byte is damaged: that is said, and not papered over by some other encoding.
    """
    texts: list[tuple[float, str]] = []
    damaged: list[tuple[int, UnicodeDecodeError]] = []
    for encoding in ("utf-8", "gb18030", "utf-16-le", "utf-16-be", "big5"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            if _common_share(data[: error.start].decode(encoding, "ignore")) >= _COMMON_SHARE:
                damaged.append((error.start, error))
        else:
            texts.append((_common_share(text), text))
    share, best = max(texts, default=(0.0, ""), key=lambda one: one[0])
    if share >= _COMMON_SHARE:
        return best
    with suppress(UnicodeDecodeError):
        if named := _CHINESE_BY_NAME.get(declared.lower()):
            return data.decode(named)
    last = max(damaged, default=None, key=lambda one: one[0])
    if last is not None and last[0] >= _READS_WELL:
        raise _broken(path, data, last[1])
    if b"\0" in data:
        raise _binary(path)
    detected = _detected(data)
    if detected is None:
        raise ReadError(
            path,
            "无法识别文字编码（不是 UTF-8、UTF-16、GB18030 或 Big5），请用文本编辑器另存为 UTF-8 后再试",
            "its encoding is not known (neither UTF-8, UTF-16, GB18030 nor Big5); save it as UTF-8 in a text editor",
        )
    return detected


def _detected(data: bytes) -> str | None:
    """What the general detector makes of the bytes, None where that is not Chinese."""
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        return None
    text = str(best)
    han = sum("\u4e00" <= character <= "\u9fff" for character in text)
    return text if han * 2 > sum(character > "\x7f" for character in text) else None


@cache
def _common() -> frozenset[str]:
    """The first-level characters of GB 2312-80 and Big5, with their punctuation, symbols and full-width forms.

    The last 63 of Big5 stand in one row with kana, which are none of Chinese; they are left out.
    """
    gb = [(row, cell) for row in (*range(0xA1, 0xA4), *range(0xB0, 0xD8)) for cell in range(0xA1, 0xFF)]
    big5 = [(row, cell) for row in range(0xA1, 0xC6) for cell in (*range(0x40, 0x7F), *range(0xA1, 0xFF))]
    return frozenset(
        "".join(
            bytes(code).decode(encoding, "ignore")
            for encoding, codes in (("gb2312", gb), ("big5", big5))
            for code in codes
        )
    ) - frozenset(map(chr, range(128)))


def _common_share(text: str) -> float:
    """The share of common Chinese characters among those that are not printable ASCII; 0 where there are none."""
    beyond = [character for character in text[:_SAMPLE] if character not in _PLAIN]
    return sum(map(_common().__contains__, beyond)) / len(beyond) if beyond else 0.0
