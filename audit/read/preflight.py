"""Looks a file over before any parser sees it: is it what its suffix says, and will it stay within limits?"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from audit.read.decode import signature_of
from audit.read.error import ReadError
from audit.read.limits import MEGABYTE, Limits, beyond, too_many_cells
from audit.read.ole import is_encrypted

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ARCHIVES = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))
_MANIFEST, _ENCRYPTED_PART = "meta-inf/manifest.xml", b"encryption-data"
_XML = (".xml", ".rels", ".vml")
_CHUNK = 1 << 18

ZIPPED = frozenset({".docx", ".xlsx", ".xlsm", ".xlsb", ".ods"})
"""The suffixes of formats that are ZIP archives."""
_OTHERS = {".pdf": b"%PDF-", ".xls": _OLE, ".doc": _OLE, ".wps": _OLE, ".rtf": b"{\\rtf"}


def preflight(path: str, suffix: str, data: bytes, limits: Limits) -> None:
    """Raises ReadError where a file is not what its suffix says, is encrypted, or would go beyond the limits."""
    if len(data) > limits.file_size:
        raise limits.too_large(path, len(data))
    if not data:
        raise ReadError(path, "文件是空的，请确认保存或传输时内容没有丢失", "the file is empty; save it again")
    if suffix in ZIPPED:
        if not data.startswith(b"PK"):
            raise _mislabelled(path, suffix, data)
        _check_archive(path, data, limits)
    elif suffix in _OTHERS:
        # Readers of PDF look for the header in the first kilobyte.
        if _OTHERS[suffix] not in data[: 1024 if suffix == ".pdf" else 8]:
            raise _mislabelled(path, suffix, data)
        if _OTHERS[suffix] == _OLE and is_encrypted(data):
            raise _encrypted(path)


def _mislabelled(path: str, suffix: str, data: bytes) -> ReadError:
    if data.startswith(_OLE) and _ENCRYPTED in data:
        return ReadError(
            path,
            "文件设有打开密码（已加密），请先去除密码再审计",
            "the file is encrypted with a password; remove it first",
        )
    kind, real = signature_of(data) or ("", "")
    if not kind and data[:1024].lstrip()[:1] == b"<":
        kind, real = "网页（HTML/XML）", ".html"
    if kind:
        return ReadError(
            path,
            f"扩展名是 {suffix}，内容却是 {kind}，请改用正确的扩展名（{real}）或重新另存",
            f"is named {suffix} but holds {real}; give it its right suffix or save it again",
        )
    return ReadError(
        path,
        f"不是有效的 {suffix} 文件，可能已损坏或被截断，请重新保存或取得完整的文件",
        f"is no {suffix} file; it may be damaged or cut short, save it again",
    )


def _check_archive(path: str, data: bytes, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_sizes(path, entries, limits)
            cells = sum(_check_entry(path, archive, entry) for entry in entries)
            if cells > limits.cells:
                raise too_many_cells(path, cells)
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, ValueError, OSError) as error:
        raise ReadError(
            path,
            f"文件结构已损坏或被截断（{' '.join(str(error).split())[:60]}），请重新保存或取得完整的文件",
            "its structure is damaged or cut short; save it again or get the whole file",
        ) from None
    except RuntimeError:  # what zipfile raises for an entry that wants a password
        raise _encrypted(path) from None


def _check_sizes(path: str, entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(entries) > limits.entries:
        raise beyond(path, f"内含 {len(entries)} 个部件", f"{len(entries)} parts", "entries")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > limits.unpacked:
        raise beyond(path, f"解压后有 {unpacked // MEGABYTE} MB", f"{unpacked // MEGABYTE} MB unpacked", "unpacked")
    for entry in entries:
        if entry.file_size > MEGABYTE and entry.file_size > limits.ratio * max(entry.compress_size, 1):
            times = entry.file_size // max(entry.compress_size, 1)
            raise beyond(path, f"部件 {entry.filename} 压缩了 {times} 倍", f"a part packed {times} times", "ratio")
        if entry.flag_bits & 0x1:
            raise _encrypted(path)


def _check_entry(path: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> int:
    """How many cells of sheets an entry holds.

    Refuses archives inside the archive, but for embedded objects, which no reader opens, and DOCTYPEs.
    """
    if entry.is_dir():
        return 0
    name = entry.filename.lower()
    is_xml, is_sheet = name.endswith(_XML), name.startswith("xl/worksheets/")
    cells = 0
    with archive.open(entry) as stream:
        tail = stream.read(_CHUNK)
        if tail.startswith(_ARCHIVES) and "embeddings/" not in name:
            raise ReadError(
                path,
                f"内部还有压缩包（{entry.filename}），为安全起见不予读取，请重新另存文档",
                f"holds another archive ({entry.filename}), which is not read; save the document again",
            )
        while is_xml and tail:
            if name == _MANIFEST and _ENCRYPTED_PART in tail:
                raise _encrypted(path)
            if any(mark in tail for mark in _DOCTYPES):
                raise ReadError(
                    path,
                    f"部件 {entry.filename} 含有 DOCTYPE 声明，正常的文档没有，可能是恶意文件，不予读取",
                    f"its part {entry.filename} declares a DOCTYPE, which no honest document does; it is not read",
                )
            cells += tail.count(b"<c ") if is_sheet else 0
            more = stream.read(_CHUNK)
            # A mark of 18 bytes at most must not hide at the edge of a chunk, and no cell be counted twice.
            tail = tail[-2 if is_sheet else -32 :] + more if more else b""
    return cells


def _encrypted(path: str) -> ReadError:
    return ReadError(path, "文件已加密，请先去除密码再审计", "the file is encrypted; remove the password first")
