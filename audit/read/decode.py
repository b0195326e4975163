"""bytes -> text, with every newline as it stands in the file; a byte order mark is not part of the text.

UTF-8 is tried first because no other encoding of Chinese passes for it by chance. GB18030 accepts almost any
bytes, so its text must also look like modern Chinese: nearly all of its Han characters among the 3,755 of the first
level of GB 2312-80, ordered there by frequency of use. What is left (Big5, EUC, UTF-16 without a mark) is for the
detector.
"""

from __future__ import annotations

import codecs
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
_COMMON_SHARE = 0.85


def decode(path: str, data: bytes) -> str:
    """The text of a file; raises ReadError where it is empty, no text, or in no encoding known here."""
    if not data:
        raise ReadError(
            path, "文件是空的，请确认保存或传输时内容没有丢失", "the file is empty; check that it was saved in full"
        )
    for signature, kind, suffix in _SIGNATURES:
        if data.startswith(signature):
            raise ReadError(
                path,
                f"不是文本文件，而是 {kind} 文件，请改用正确的扩展名（{suffix}）或另存为 UTF-8 文本",
                f"is no text but a {suffix} file; give it its right suffix or save it as UTF-8 text",
            )
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(path, data[len(mark) :], encoding)
    wide = _wide_encoding(data)
    if wide:
        return _strict(path, data, wide)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        text = _not_utf8(path, data, error)
    return _checked(path, text)


def _strict(path: str, data: bytes, encoding: str) -> str:
    try:
        return _checked(path, data.decode(encoding))
    except UnicodeDecodeError as error:
        raise _broken(path, data, error) from None


def _checked(path: str, text: str) -> str:
    controls = sum(text.count(control) for control in _CONTROLS)
    if "\0" in text or controls * 100 > len(text):
        raise ReadError(
            path,
            "不是文本文件（含有二进制数据），请另存为 UTF-8 文本后再试",
            "is no text file (it holds binary data); save it as UTF-8 text",
        )
    return text


def _broken(path: str, data: bytes, error: UnicodeDecodeError) -> ReadError:
    line = data.count(b"\n", 0, error.start) + 1
    name = error.encoding.upper()
    return ReadError(
        path,
        f"第{line}行（第{error.start + 1}个字节）不是有效的 {name} 编码，文件可能已损坏或被截断，请重新导出为 UTF-8",
        f"line {line} (byte {error.start + 1}) is no valid {name}; "
        "the file may be damaged or cut short, export it again as UTF-8",
    )


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 without a mark: ASCII (newlines, digits) has its zero byte on one side only."""
    if len(data) % 2 or b"\0" not in data:
        return None
    even, odd = data[0::2].count(0), data[1::2].count(0)
    for encoding, zeros, others in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if zeros and not others:
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                return None
            return encoding if _controls_free(text) else None
    return None


def _controls_free(text: str) -> bool:
    return not any(control in text for control in _CONTROLS)


def _not_utf8(path: str, data: bytes, error: UnicodeDecodeError) -> str:
    try:
        text = data.decode("gb18030")
        if _common_share(text) >= _COMMON_SHARE:
            return text
    except UnicodeDecodeError as gb_error:
        # One bad byte in a long file must be named, not papered over by another encoding that happens to fit.
        if _common_share(data[: gb_error.start].decode("gb18030")) >= _COMMON_SHARE and gb_error.start > error.start:
            raise _broken(path, data, gb_error) from None
    if _common_share(data[: error.start].decode("utf-8")) >= _COMMON_SHARE:
        raise _broken(path, data, error) from None
    detected = _detected(data)
    if detected is None:
        raise ReadError(
            path,
            "无法识别文字编码（不是 UTF-8、UTF-16、GB18030 或 Big5），请用文本编辑器另存为 UTF-8 后再试",
            "its encoding is not known (neither UTF-8, UTF-16, GB18030 nor Big5); save it as UTF-8 in a text editor",
        )
    return detected


def _detected(data: bytes) -> str | None:
    """What the detector makes of the bytes, None where that is not Chinese."""
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=["big5", "big5hkscs", "cp950", "gb18030", "utf_16_le", "utf_16_be"]).best()
    if best is None:
        return None
    text = str(best)
    han = sum("\u4e00" <= c <= "\u9fff" for c in text)
    return text if han * 2 > sum(c > "\x7f" for c in text) else None


@cache
def _common() -> frozenset[str]:
    """The first-level characters of GB 2312-80 with its punctuation, symbols and full-width forms (rows 1 to 3)."""
    rows = [*range(0xA1, 0xA4), *range(0xB0, 0xD8)]
    return frozenset(
        "".join(bytes((row, cell)).decode("gb2312", "ignore") for row in rows for cell in range(0xA1, 0xFF))
    )


def _common_share(text: str) -> float:
    """The share of common Chinese characters among those beyond ASCII; 0 where there are none."""
    beyond = [character for character in text if character > "\x7f"]
    return sum(map(_common().__contains__, beyond)) / len(beyond) if beyond else 0.0
