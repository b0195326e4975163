"""The command's messages in Chinese or English."""

from __future__ import annotations

import sys
from collections.abc import Sequence


class Speech:
    """The language the user reads: "zh" or "en"."""

    # No dataclass: importing dataclasses takes longer than everything else that --help needs.
    __slots__ = ("lang",)

    def __init__(self, lang: str = "zh") -> None:
        self.lang = lang

    @classmethod
    def of(cls, argv: Sequence[str]) -> Speech:
        """The language that the arguments ask for, read before they are parsed because --help speaks it too."""
        for position, argument in enumerate(argv):
            if argument == "--lang=en" or (argument == "--lang" and [*argv, ""][position + 1] == "en"):
                return cls("en")
        return cls()

    def __call__(self, chinese: str, english: str) -> str:
        return english if self.lang == "en" else chinese

    def complain(self, what: str, chinese: str, english: str) -> None:
        """Writes one line about something that is wrong to standard error."""
        self.complain_line(f"{what}: {self(chinese, english)}")

    def complain_line(self, line: str) -> None:
        """Writes a line that already says what is wrong and where to standard error."""
        print(f"{self('错误', 'error')}: {line}", file=sys.stderr)

    def remark(self, what: str, chinese: str, english: str) -> None:
        """Writes one line about something that should be mended but does no harm to standard error."""
        print(f"{self('提示', 'note')}: {what}: {self(chinese, english)}", file=sys.stderr)

    def tell(self, what: str, chinese: str, english: str) -> None:
        """Writes one line about what was done to standard error."""
        print(f"{what}: {self(chinese, english)}", file=sys.stderr)
