"""The command as a process: what it imports, how it ends when it is interrupted or its reader goes away."""

from __future__ import annotations

import fcntl
import os
import pty
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from audit.version import __version__

COMMAND = [sys.executable, "-m", "audit"]
BAD = "全县有危房8224户，其中建档立卡贫困户8888户。\n"


def run(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*COMMAND, *arguments], input=stdin, capture_output=True, check=False, timeout=60)


def test_version() -> None:
    done = run("--version")
    assert (done.returncode, done.stdout.decode().strip()) == (0, f"figure-audit {__version__}")


@pytest.mark.parametrize("arguments", [["--help"], ["check", "--help"], ["rules", "test", "--help"]])
def test_help_in_both_languages(arguments: list[str]) -> None:
    chinese, english = run(*arguments).stdout.decode(), run(*arguments, "--lang=en").stdout.decode()
    assert chinese != english
    assert english.isascii()


def imported(*arguments: str) -> set[str]:
    """The modules that a run imports."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "audit", *arguments], capture_output=True, check=False, timeout=60
    )
    assert done.returncode in (0, 1), done.stderr.decode()
    lines = done.stderr.decode().splitlines()
    return {line.rpartition("|")[2].strip() for line in lines if line.startswith("import time:")}


def test_help_imports_next_to_nothing() -> None:
    modules = imported("--help")
    assert "audit.cli.arguments" in modules
    assert not {"pandas", "numpy", "yaml", "jinja2", "audit.engine", "dataclasses", "typing", "shutil"} & modules


@pytest.mark.parametrize("form", ["console", "json", "html"])
def test_a_check_imports_no_frames(tmp_path: Path, form: str) -> None:
    (tmp_path / "a.txt").write_text(BAD, "utf-8")
    modules = imported("check", str(tmp_path / "a.txt"), "--format", form)
    assert "audit.engine" in modules
    assert not {"pandas", "pandera", "numpy", "charset_normalizer"} & modules


def test_output_is_utf8_whatever_the_locale(tmp_path: Path) -> None:
    (tmp_path / "报告.txt").write_text(BAD, "utf-8")
    done = subprocess.run(
        [*COMMAND, "check", "报告.txt"],
        capture_output=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        timeout=60,
    )
    assert done.returncode == 1
    assert "8224户" in done.stdout.decode("utf-8")


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_slow_reader_gets_everything_and_one_that_goes_away_ends_the_run(tmp_path: Path, unbuffered: str) -> None:
    (tmp_path / "a.txt").write_text("共10户。" * 4_000, "utf-8")  # far more than a pipe holds
    command = [*COMMAND, "claims", str(tmp_path / "a.txt"), "--no-shipped-rules"]
    environment = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    for complete in (True, False):
        done = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
        assert done.stdout is not None
        assert done.stderr is not None
        with done.stdout as out, done.stderr as errors:
            lines = list(out) if complete else [out.readline()]
            out.close()
            complaint = errors.read()
        expected = (0, 4_002) if complete else (141, 1)
        assert (done.wait(60), len(lines), complaint) == (*expected, b"")


def test_ctrl_c_ends_the_run_with_one_line(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    done = subprocess.Popen(
        [*COMMAND, "check", "-", "--output", f"json={tmp_path / 'report.json'}"],
        stdin=reader,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        # Once the run has taken what was written it waits for more, which does not come.
        os.write(writer, BAD.encode())
        while _unread(reader):
            assert done.poll() is None
        done.send_signal(signal.SIGINT)
        out, errors = done.communicate(timeout=60)
    finally:
        os.close(writer)
        os.close(reader)
    assert (done.returncode, out, errors.decode()) == (130, b"", "已中断，没有写出结果\n")
    assert list(tmp_path.iterdir()) == []


def _unread(pipe: int) -> int:
    """How many bytes wait in a pipe."""
    answer = fcntl.ioctl(pipe, termios.FIONREAD, b"\0" * 4)
    return int.from_bytes(answer, sys.byteorder)


def test_a_failure_of_the_program_is_one_line_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BAD, "utf-8")
    broken = "import audit.output.json as j; j.to_dict = None; from audit.cli import run; run()"
    done = subprocess.run(
        [sys.executable, "-c", broken, "check", "a.txt", "--format=json"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (2, b"")
    (line,) = done.stderr.decode().splitlines()
    assert line.startswith("错误: 程序出错（TypeError")
    assert "json.py:" in line
    assert "报告" in line


def test_progress_is_shown_on_a_terminal_only(tmp_path: Path) -> None:
    for number in range(6):
        (tmp_path / f"{number}.txt").write_text("没有数字。", "utf-8")
    assert run("check", str(tmp_path)).stderr == b""
    terminal, end = pty.openpty()
    done = subprocess.run(
        [*COMMAND, "check", str(tmp_path)], stdout=subprocess.PIPE, stderr=end, check=False, timeout=60
    )
    os.close(end)
    shown = os.read(terminal, 10_000).decode()
    os.close(terminal)
    assert done.returncode == 0
    assert "6/6" in shown
    assert shown.endswith("\x1b[K")


def test_ctrl_c_ends_a_run_in_several_processes_at_once(tmp_path: Path) -> None:
    # Reading a pipe that nobody writes to lasts for ever.
    pipes = [tmp_path / f"{name}.txt" for name in "ab"]
    for pipe in pipes:
        os.mkfifo(pipe)
    done = subprocess.Popen(
        [*COMMAND, "check", "--jobs=2", "--output=json=report.json", *map(str, pipes)],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    writers = [_writer(pipe, done) for pipe in pipes]
    done.send_signal(signal.SIGINT)
    out, errors = done.communicate(timeout=60)
    for writer in writers:
        os.close(writer)
    assert (done.returncode, out, errors.decode()) == (130, b"", "已中断，没有写出结果\n")
    assert sorted(tmp_path.iterdir()) == pipes


def _writer(pipe: Path, reader: subprocess.Popen[bytes]) -> int:
    """The writing end of a named pipe, as soon as someone reads it."""
    while reader.poll() is None:
        try:
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the run has ended")
