"""The command line."""

from audit.cli.main import main, run

__all__ = ["main", "run"]
