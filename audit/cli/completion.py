"""`figure-audit completion`: a script that completes the command in a shell."""

from __future__ import annotations

import argparse

from audit.cli.arguments import parser_in
from audit.cli.files import write_stdout
from audit.cli.speech import Speech


def execute(args: argparse.Namespace) -> int:
    """0."""
    import shtab

    write_stdout(shtab.complete(parser_in(Speech(args.lang)), shell=args.shell).rstrip("\n") + "\n")
    return 0
