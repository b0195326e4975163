"""Documents of old formats turned into new ones by LibreOffice, where it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from audit.read.error import ReadError
from audit.read.limits import Limits

_COMMANDS = ("soffice", "libreoffice")
_SHARE = 0.8
"""LibreOffice may take this share of the time that reading the document may take."""


def converted(path: str, data: bytes, suffix: str, wanted: str, limits: Limits) -> bytes:
    """The document in the wanted format, converted without a display and under a profile of its own.

    Raises ReadError where LibreOffice is not installed, fails or takes too long.
    """
    command = next(filter(None, map(shutil.which, _COMMANDS)), None)
    if command is None:
        raise ReadError(
            path,
            f"读取 {suffix} 需要安装 LibreOffice；请安装，或用 Word/WPS 打开后另存为 .{wanted}",
            f"reading {suffix} files takes LibreOffice; install it, or save the file as .{wanted}",
        )
    with tempfile.TemporaryDirectory(prefix="figure-audit-") as folder:
        source = Path(folder, f"document{suffix}")
        source.write_bytes(data)
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        arguments = [command, profile, "--headless", "--norestore", "--nolockcheck", "--convert-to", wanted]
        if not _run([*arguments, "--outdir", folder, str(source)], limits.seconds * _SHARE):
            raise ReadError(
                path,
                "LibreOffice 转换超时，已中止，未审计；请用 Word/WPS 打开后另存为新格式",
                "LibreOffice took too long over it and was stopped; save the file in a new format",
            )
        target = source.with_suffix(f".{wanted}")
        if not target.exists():
            raise ReadError(
                path,
                "LibreOffice 不能打开这个文件，可能已损坏或加密，请用 Word/WPS 打开后另存为新格式",
                "LibreOffice cannot open it; it may be damaged or encrypted, save it in a new format",
            )
        return target.read_bytes()


def _run(arguments: list[str], seconds: float) -> bool:
    """Whether the command ended in time; with it end the processes that it started."""
    process = subprocess.Popen(
        arguments,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.wait()
        return False
    return True
