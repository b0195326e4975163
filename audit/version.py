"""The version of figure-audit, in one place: the wheel, `--version` and the JSON report read it here."""

__version__ = "0.1.0"
