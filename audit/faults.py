"""Files that cannot be used: every fault of one in Chinese and in English."""

from __future__ import annotations

from collections.abc import Sequence


class FaultyFileError(Exception):
    """A file that cannot be used: every fault as (Chinese line, English line) that says where and how to mend it."""

    def __init__(self, faults: Sequence[tuple[str, str]]) -> None:
        self.faults = tuple(faults)
        super().__init__(self.told())

    def told(self, lang: str = "zh") -> str:
        """One line a fault."""
        return "\n".join(zh if lang == "zh" else en for zh, en in self.faults)
