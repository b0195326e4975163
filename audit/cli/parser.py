"""An argument parser that says what is wrong in one sentence, in Chinese or in English."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Iterable

from audit.cli.speech import Speech

TYPE_CHECKING = False  # of typing itself only type checkers need anything here: importing it is most of --help
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, NoReturn


class _Formatter(argparse.HelpFormatter):
    """Help as wide as the terminal, found without the imports that argparse needs for it."""

    def __init__(self, prog: str) -> None:
        columns = os.environ.get("COLUMNS", "")
        try:
            width = int(columns) if columns.isdigit() else os.get_terminal_size(1).columns
        except OSError:  # no terminal
            width = 80
        super().__init__(prog, width=max(width, 20) - 2)


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line and where to read on, without the usage text in front of it."""

    say = Speech("zh")

    def __init__(self, **options: Any) -> None:
        # An abbreviated option would change its meaning when another option with the same beginning is added.
        super().__init__(**{**options, "allow_abbrev": False, "formatter_class": _Formatter})

    def parse_args(self, args: Sequence[str] | None = None, namespace: Any = None) -> Any:  # type: ignore[override]
        """The arguments; a word that no option takes is refused by the command that it was given to."""
        parsed, left = self.parse_known_args(args, namespace)
        if left:
            self._asked(parsed).refuse(left)
        return parsed

    def refuse(self, words: Sequence[str]) -> NoReturn:
        """Ends with what is told of words that are no arguments of this command."""
        options = [name for action in self._actions for name in action.option_strings]
        word = words[0].partition("=")[0]
        hint, hint_en = _near(word, options) if word.startswith("-") else ("", "")
        told = " ".join(words)
        self.error(self.say(f"不认识的参数 {told}{hint}", f"unknown argument {told}{hint_en}"))

    def error(self, message: str) -> NoReturn:
        hint = self.say(f"用法见 {self.prog} --help", f"see {self.prog} --help")
        self.exit(2, f"{self.say('错误', 'error')}: {self._told(message)}\n{hint}\n")

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices:
            zh, en = _near(str(value), map(str, action.choices), known=True)
            raise argparse.ArgumentError(action, self.say(f"不能是 {value}{zh}", f"cannot be {value}{en}"))

    def _asked(self, parsed: argparse.Namespace) -> Parser:
        """The parser of the command that was given, down to its last word."""
        for action in self._actions:
            if isinstance(action, argparse._SubParsersAction):
                chosen = action.choices.get(getattr(parsed, action.dest, None) or "")
                if isinstance(chosen, Parser):
                    return chosen._asked(parsed)
        return self

    def _told(self, message: str) -> str:
        """What argparse says, in the user's language; its own sentences are known by their beginnings."""
        named = re.fullmatch(r"argument (\S+): (.*)", message, re.DOTALL)
        what, said = (f"{named[1]}: ", named[2]) if named else ("", message)
        if form := re.fullmatch(r"'(.*)': (.*)", said, re.DOTALL):
            said = self.say(f"不能是 {form[1]!r}，应写成 {form[2]}", f"cannot be {form[1]!r}; write {form[2]}")
        elif said.startswith("expected "):
            said = self.say("后面缺少值", "a value is missing after it")
        elif missing := re.fullmatch(r"the following arguments are required: (.*)", said):
            said = self.say(f"缺少 {missing[1]}", f"{missing[1]} is missing")
        return what + said


class EnglishParser(Parser):
    """The same in English; subcommands are parsed by the class of their parser."""

    say = Speech("en")


def _near(word: str, words: Iterable[str], *, known: bool = False) -> tuple[str, str]:
    """A hint at what was probably meant, in Chinese and English; at all there is where `known` and nothing is near."""
    from difflib import get_close_matches

    there = list(words)
    if near := get_close_matches(word, there, 1):
        return f"，是否应为 {near[0]}？", f"; did you mean {near[0]}?"
    return (f"，可用：{'、'.join(there)}", f"; there are: {', '.join(there)}") if known else ("", "")
