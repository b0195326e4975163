"""What an audit is written as: one module for each format, each with `render(report, …)`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module

Render = Callable[..., str]

_NAMES = ("console", "json", "html", "sarif", "github", "gitlab", "junit", "rdjson", "markdown")
_MODULES = {name: f"audit.output.{name}" for name in _NAMES}


class _Formats(Mapping[str, Render]):
    """The text formats by name; a format's module is imported when it is first asked for."""

    def __getitem__(self, name: str) -> Render:
        render: Render = import_module(_MODULES[name]).render
        return render

    def __iter__(self) -> Iterator[str]:
        return iter(_MODULES)

    def __len__(self) -> int:
        return len(_MODULES)


def formats() -> Mapping[str, Render]:
    """Each text format's `render(report, …)` by the name that `--format` takes."""
    return _Formats()
