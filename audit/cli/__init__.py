"""The command line."""

from audit.cli.entry import main, run

__all__ = ["main", "run"]
