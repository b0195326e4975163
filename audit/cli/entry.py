"""The command's entry points, and its exit codes.

0 clean; 1 findings at or above the fail level; 2 wrong usage or configuration, or something could not be read.
Interrupted runs end as a shell expects them to: 130 after Ctrl-C, 141 when the reader of a pipe has gone.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from audit.cli.arguments import parse
from audit.cli.speech import Speech

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

FAILED = 2
INTERRUPTED = 130
BROKEN_PIPE = 141


def main(argv: Sequence[str] | None = None) -> int:
    """The exit code of one run; raises SystemExit where the arguments are wrong or only ask for help."""
    args = parse(sys.argv[1:] if argv is None else argv)
    # Each command imports what it needs, so that --help and --version stay fast.
    from importlib import import_module

    return int(import_module(f"audit.cli.{args.command}").execute(args))


def run() -> NoReturn:
    """Runs the command with the process's arguments and ends the process with its exit code."""
    try:
        code = main()
        sys.stdout.flush()
    except KeyboardInterrupt:
        print(Speech.of(sys.argv[1:])("已中断，没有写出结果", "interrupted; nothing was written"), file=sys.stderr)
        code = INTERRUPTED
    except BrokenPipeError:
        # What is still buffered must go somewhere when the interpreter closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = BROKEN_PIPE
    except Exception as error:
        print(_failure(error), file=sys.stderr)
        code = FAILED
    sys.exit(code)


def _failure(error: Exception) -> str:
    """What is told of a failure of the program itself, with the place that a report of it must name."""
    from traceback import extract_tb

    last = extract_tb(error.__traceback__)[-1]
    what = f"{type(error).__name__}: {error}, {os.path.basename(last.filename)}:{last.lineno}"
    return Speech.of(sys.argv[1:])(
        f"错误: 程序出错（{' '.join(what.split())}），请把命令和这句话报告给本程序的开发者",
        f"error: the program failed ({' '.join(what.split())}); please report it with the command",
    )
