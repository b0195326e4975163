"""The JSON Schema of rule files, for editors, made from the same description that the loader checks by."""

from __future__ import annotations

import json
from typing import Any

from audit.rule.keys import RULE
from audit.rule.shape import Choice, Fields, Flag, Formula, Many, Named, Shape, Text, Whole

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def rule_schema() -> dict[str, Any]:
    """The schema as data."""
    return {"$schema": _DIALECT, "title": "figure-audit rule", **_schema(RULE)}


def schema_text() -> str:
    """The schema as the text of `rules/schema.json`."""
    return json.dumps(rule_schema(), ensure_ascii=False, indent=2) + "\n"


def _schema(shape: Shape) -> dict[str, Any]:
    match shape:
        case Text(""):
            return {"type": ["string", "number", "boolean"]}
        case Text(pattern):
            return {"type": "string", "pattern": f"^({pattern.removeprefix('(?s)')})$"}
        case Choice(words):
            return {"enum": list(words)}
        case Whole(least):
            return {"type": "integer", "minimum": least}
        case Flag():
            return {"type": "boolean"}
        case Formula():
            return {"type": "string", "maxLength": 500}
        case Many(of):
            one = _schema(of)
            return {"anyOf": [one, {"type": "array", "items": one, "minItems": 1}]}
        case Named(of):
            # Editors' engines differ in what \w means; names are checked by the loader.
            return {"type": "object", "additionalProperties": _schema(of), "minProperties": 1}
        case Fields(keys, short):
            full: dict[str, Any] = {
                "type": "object",
                "additionalProperties": False,
                "properties": {name: {"description": key.about, **_schema(key.shape)} for name, key in keys.items()},
            }
            if required := [name for name, key in keys.items() if key.required]:
                full["required"] = required
            return {"anyOf": [_schema(keys[short].shape), full]} if short else full
