"""Frozen, slotted dataclasses that are made quickly, for the values that are made by the thousand.

The dataclass's own `__init__` sets every field through `object.__setattr__`, which looks it up by its name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, fields
from typing import Any, TypeVar

T = TypeVar("T")


def direct(cls: type[T]) -> type[T]:
    """The dataclass with an `__init__` of the same parameters that sets the slots themselves.

    Every field is either a parameter, with or without a default, or left to `__post_init__`.
    """
    own = fields(cls)  # type: ignore[arg-type]
    given = [field for field in own if field.init]
    scope: dict[str, Any] = {f"set_{field.name}": vars(cls)[field.name].__set__ for field in given}
    scope |= {f"default_{field.name}": field.default for field in given}
    parameters = [f.name if f.default is MISSING else f"{f.name}=default_{f.name}" for f in given]
    lines = [f"def __init__(self, {', '.join(parameters)}):"]
    lines += [f"    set_{field.name}(self, {field.name})" for field in given]
    if hasattr(cls, "__post_init__"):
        lines.append("    self.__post_init__()")
    exec("\n".join(lines), scope)
    made = scope["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    made.__annotations__ = cls.__init__.__annotations__
    cls.__init__ = made  # type: ignore[method-assign]
    return cls


def unchecked(cls: type[T]) -> Callable[..., T]:
    """A constructor of a frozen, slotted dataclass that takes every field by position and checks nothing.

    It fills an object that is not frozen, of a class with the same slots, and then makes it one of the class.
    """
    names = [field.name for field in fields(cls)]  # type: ignore[arg-type]
    lines = [f"def make({', '.join(names)}):", "    made = new(twin)"]
    lines += [f"    made.{name} = {name}" for name in names]
    twin = type(cls.__name__, (), {"__slots__": tuple(names)})
    scope: dict[str, Any] = {"new": object.__new__, "twin": twin, "cls": cls}
    exec("\n".join([*lines, "    made.__class__ = cls", "    return made"]), scope)
    make: Callable[..., T] = scope["make"]
    return make
