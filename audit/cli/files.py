"""Writes what a run produces: whole files or none, and standard output in UTF-8."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path


def write(path: str, content: str | bytes) -> None:
    """Writes a file through a temporary one beside it, so that nobody ever sees half of it; "-" is standard output.

    Folders that are missing are made. Raises OSError where the file cannot be written.
    """
    if path == "-":
        write_stdout(content)
        return
    file = Path(path)
    data = _bytes(content)
    if file.exists() and not file.is_file():  # a pipe or a device cannot be replaced
        with file.open("wb") as device:
            device.write(data)
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    # A link is followed: what it points to is replaced, not the link.
    target = file.resolve()
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        os.chmod(temporary, target.stat().st_mode if target.exists() else 0o666 & ~_umask())
        os.replace(temporary, target)
    except BaseException:
        os.unlink(temporary)
        raise


def write_stdout(content: str | bytes) -> None:
    """Writes to standard output; a console that lacks a character shows a question mark for it."""
    stream = sys.stdout
    buffer = getattr(stream, "buffer", None)
    if isinstance(content, str) and (buffer is None or stream.isatty()):
        encoding = stream.encoding or "utf-8"
        stream.write(content.encode(encoding, "replace").decode(encoding))
    elif buffer is not None:
        stream.flush()
        left = memoryview(_bytes(content))
        while left:  # an unbuffered stream (PYTHONUNBUFFERED) takes only what fits into the pipe
            left = left[buffer.write(left) :]
        buffer.flush()


def _bytes(content: str | bytes) -> bytes:
    # A file's name may hold bytes that are no characters: no output is lost for that.
    return content.encode("utf-8", "replace") if isinstance(content, str) else content


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
