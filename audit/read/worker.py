"""Reads documents in a process of its own, with limits on memory and time, so that a hostile file ends that process.

The process is started for the first document and kept for the next ones; it ends with the one that it serves.
"""

from __future__ import annotations

import atexit
import os
import pickle
import struct
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from audit.document import Document
from audit.read.error import ReadError
from audit.read.limits import MEGABYTE, Limits

_LENGTH = struct.Struct(">Q")
_IDLE = 300
"""Seconds after which a process that nobody asks anything ends by itself."""


@dataclass(slots=True)
class _Worker:
    """A reading process, and the process it was started by: what is forked from that must not share it."""

    process: subprocess.Popen[bytes]
    owner: int
    limits: Limits


_worker: _Worker | None = None
_Reply = Document | tuple[str, str]


def read_apart(path: str, suffix: str, data: bytes, limits: Limits) -> Document:
    """The document, read in another process; raises ReadError where that fails or goes beyond the limits."""
    process = _process(limits)
    replies: list[_Reply] = []
    asking = threading.Thread(target=_ask, args=(process, (path, suffix, data, limits), replies), daemon=True)
    asking.start()
    asking.join(limits.seconds)
    if asking.is_alive():
        stop()
        asking.join()
        raise ReadError(
            path,
            f"读取超过 {limits.seconds} 秒的时限，已中止，未审计；确认文件可信后可在配置中调高上限（seconds）",
            f"reading it took longer than {limits.seconds} s and was stopped; raise the limit (seconds) if trusted",
        )
    if not replies:
        stop()
        raise ReadError(
            path,
            "读取进程意外中止，文件可能已损坏或带有恶意内容，未审计；请另存后重试",
            "the process that read it ended unexpectedly; the file may be damaged or hostile, save it again",
        )
    reply = replies[0]
    if isinstance(reply, Document):
        return reply
    raise ReadError(path, *reply)


def stop() -> None:
    """Ends the reading process of this process, if there is one."""
    global _worker
    worker, _worker = _worker, None
    if worker is None or worker.owner != os.getpid():
        return
    worker.process.kill()
    worker.process.wait()
    for pipe in (worker.process.stdin, worker.process.stdout):
        if pipe is not None:
            with suppress(OSError):  # what was still to be written has nobody to read it
                pipe.close()


def _process(limits: Limits) -> subprocess.Popen[bytes]:
    global _worker
    if _worker is not None:
        if _worker.owner == os.getpid() and _worker.limits == limits and _worker.process.poll() is None:
            return _worker.process
        stop()
    # The package is found where this one is; the working folder may hold anything.
    roots = [str(Path(__file__).resolve().parents[2]), os.environ.get("PYTHONPATH", "")]
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", "from audit.read.worker import serve; serve()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, roots))},
    )
    if _worker is None:
        atexit.register(stop)
    _worker = _Worker(process, os.getpid(), limits)
    return process


def _ask(process: subprocess.Popen[bytes], request: tuple[str, str, bytes, Limits], replies: list[_Reply]) -> None:
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        _send(process.stdin, pickle.dumps(request, pickle.HIGHEST_PROTOCOL))
        message = _receive(process.stdout)
    except (OSError, ValueError):
        return
    if message is not None:
        replies.append(pickle.loads(message))


def _send(stream: IO[bytes], message: bytes) -> None:
    stream.write(_LENGTH.pack(len(message)))
    stream.write(message)
    stream.flush()


def _receive(stream: IO[bytes]) -> bytes | None:
    """The next message; None where the other side has gone."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    message = stream.read(length)
    return message if len(message) == length else None


def serve() -> None:
    """Answers requests from standard input until it ends; what runs in the reading process."""
    requests, replies = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not run into the replies
    while True:
        _alarm(_IDLE)
        message = _receive(requests)
        if message is None:
            return
        path, suffix, data, limits = pickle.loads(message)
        _alarm(limits.seconds + 5)
        _limit_memory(limits)
        try:
            reply = _read(path, suffix, data, limits)
            _send(replies, pickle.dumps(reply, pickle.HIGHEST_PROTOCOL))
        except MemoryError:
            size = limits.memory // MEGABYTE
            reply = (
                f"读取所需内存超过 {size} MB 的上限，未审计；确认文件可信后可在配置中调高上限（memory）",
                f"reading it takes more than {size} MB of memory; raise the limit (memory) if you trust it",
            )
            _send(replies, pickle.dumps(reply))
            return


def _read(path: str, suffix: str, data: bytes, limits: Limits) -> _Reply:
    from audit.read.format import formats
    from audit.read.preflight import preflight

    try:
        preflight(path, suffix, data, limits)
        return formats()[suffix].read(path, data, limits)
    except ReadError as error:
        return error.reason, error.reason_en
    except MemoryError:
        raise
    except (Exception, RecursionError) as error:  # a parser's own failure on one file
        detail = " ".join(f"{type(error).__name__}: {error}".split())[:120]
        return (
            f"读取时出错（{detail}），文件可能已损坏，请另存后重试",
            f"reading it failed ({detail}); the file may be damaged, save it again",
        )


def _alarm(seconds: int) -> None:
    """Ends this process after so many seconds, for the case that the one it serves has gone; not on Windows."""
    import signal

    if hasattr(signal, "alarm"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(seconds)


def _limit_memory(limits: Limits) -> None:
    """Limits what this process may take beyond what it has; not on Windows, which has no such limit."""
    try:
        import resource
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    size = limits.memory if hard == resource.RLIM_INFINITY else min(limits.memory, hard)
    resource.setrlimit(resource.RLIMIT_AS, (size, hard))
