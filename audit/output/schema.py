"""The JSON Schemas of the JSON report and of decisions files, generated from the types of `contract.py`.

`python -m audit.output.schema` writes it into schemas/, with `--check` it only compares (exit code 1 on a difference).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

from audit.output import contract

_DIALECT = "https://json-schema.org/draft/2020-12/schema"

_MARKED: dict[str, dict[str, Any]] = {
    "number": {"type": "string", "pattern": r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$"},
    "offset": {"type": "integer", "minimum": 0},
    "place": {"type": "integer", "minimum": 1},
    "claim": {"type": "string", "pattern": "^c[1-9][0-9]*$"},
    "check": {"type": "string", "pattern": "^k[1-9][0-9]*$"},
    "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
}
_PLAIN: dict[object, str] = {str: "string", int: "integer", bool: "boolean", NoneType: "null"}


def report_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the report; unknown keys are refused everywhere."""
    return schema_of(contract.ReportEntry, f"figure-audit report, schema {contract.SCHEMA}")


def decisions_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a decisions file."""
    return schema_of(contract.DecisionsEntry, "figure-audit decisions, format 1")


def schema_of(root: type, title: str) -> dict[str, Any]:
    """The JSON Schema of a TypedDict and of every one it mentions."""
    definitions: dict[str, Any] = {}
    body = _object(root, definitions)
    return {"$schema": _DIALECT, "title": title, **body, "$defs": dict(sorted(definitions.items()))}


def _object(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(kind, include_extras=True)
    return {
        "description": (kind.__doc__ or "").strip(),
        "type": "object",
        "properties": {key: _schema(hint, definitions) for key, hint in hints.items()},
        "required": [key for key in hints if key in kind.__required_keys__],
        "additionalProperties": False,
    }


def _schema(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return dict(_MARKED[arguments[1]])
    if origin is Literal:
        return {"const": arguments[0]} if len(arguments) == 1 else {"enum": list(arguments)}
    if origin in (Union, UnionType):
        return {"anyOf": [_schema(argument, definitions) for argument in arguments]}
    if origin is list:
        return {"type": "array", "items": _schema(arguments[0], definitions)}
    if origin is dict:
        return {"type": "object", "additionalProperties": _schema(arguments[1], definitions)}
    if is_typeddict(hint):
        if hint.__name__ not in definitions:
            definitions[hint.__name__] = {}
            definitions[hint.__name__] = _object(hint, definitions)
        return {"$ref": f"#/$defs/{hint.__name__}"}
    return {"type": _PLAIN[hint]}


def published() -> dict[str, str]:
    """The text of each published schema file by its name."""
    schemas = {"decisions": decisions_schema(), "report": report_schema()}
    return {
        f"{name}.schema.json": json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        for name, schema in schemas.items()
    }


def main(arguments: list[str]) -> int:
    """0, or 1 when `--check` finds a schema file that is missing or no longer what the types say."""
    folder = Path(__file__).resolve().parents[2] / "schemas"
    stale = []
    for name, text in published().items():
        path = folder / name
        if "--check" not in arguments:
            folder.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        elif not path.is_file() or path.read_bytes() != text.encode():
            stale.append(name)
    for name in stale:
        print(f"schemas/{name} is not what the types say: run `python -m audit.output.schema`", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
