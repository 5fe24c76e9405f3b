"""JSON Schemas (draft 2020-12) of the documents, generated from their types.

The strict form is for what we write: closed lists, no other fields. The form that we serve is open: new fields and
words may come within a version.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import jsonschema_rs
import msgspec

from .base import DocumentBase, Json
from .types import DOCUMENT_TYPES

Schema = dict[str, Json]
# A work has a title of its own, or one that we gave it
TITLED: Json = [
    {"properties": {"title": {"not": {"type": "null"}}}},
    {"properties": {"title_given": {"type": "object"}}, "required": ["title_given"]},
]

MAX_MESSAGE_CHARS = 300
VERSION = 2
# The schemas of version 1 as they were served: they do not change any more
RELEASED = Path(__file__).parent / "schemas_v1"


def schema_path(kind: str, version: int = VERSION) -> str:
    """Return the path of the JSON Schema of a kind of document."""
    return f"/schemas/{kind}/{version}.json"


KIND_OF_SCHEMA = {schema_path(kind): kind for kind in DOCUMENT_TYPES}


def json_schema(kind: str) -> Schema:
    """Return the strict JSON Schema of a kind of document, a key of DOCUMENT_TYPES. Raises KeyError."""
    return _schema(kind, _close)


def served_schema(kind: str, version: int = VERSION) -> Schema:
    """Return the JSON Schema of a kind of document for readers. Raises KeyError; a version is 1 or 2."""
    if version == VERSION:
        return _schema(kind, _open)
    if version != 1 or kind not in DOCUMENT_TYPES:
        raise KeyError(kind)
    released: Schema = msgspec.json.decode((RELEASED / f"{kind}.json").read_bytes())
    return released


def validate_document(document: DocumentBase) -> list[str]:
    """Return what breaks the strict schema of its kind, each as `$.path: message`."""
    return validate_json(msgspec.to_builtins(document))


def validate_json(value: Schema) -> list[str]:
    """Return what breaks the strict schema that `$schema` names, each as `$.path: message`."""
    kind = KIND_OF_SCHEMA.get(str(value.get("$schema")))
    if kind is None:
        return [f"$.$schema: {value.get('$schema')!r} is no schema of ours"]
    errors = _validator(kind).iter_errors(value)
    return [f"{_json_path(error.instance_path)}: {error.message[:MAX_MESSAGE_CHARS]}" for error in errors]


@cache
def _validator(kind: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(json_schema(kind))


def _json_path(steps: list[str | int]) -> str:
    return "$" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)


def _schema(kind: str, adapt: Callable[[Schema], Schema]) -> Schema:
    """Return the schema of a type with every part of it adapted; the version, optional in Python only, is required."""
    generated = msgspec.json.schema(DOCUMENT_TYPES[kind])
    definitions = generated["$defs"]
    name = generated["$ref"].rsplit("/", 1)[1]
    root = definitions.pop(name)
    root["properties"]["$schema"] = {"const": schema_path(kind)}
    root["properties"]["version"].pop("default")
    root["required"] = [*root["required"], "version"]
    root["title"] = root.pop("description")
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": schema_path(kind)}
    whole: Schema = dialect | root | {"$defs": definitions}
    return _walk(whole, adapt)


def _walk(schema: Schema, adapt: Callable[[Schema], Schema]) -> Schema:
    """Return the schema with every object of it adapted, from the inside out."""
    walked = {key: _walk_value(value, adapt) for key, value in schema.items()}
    fields = schema.get("properties")
    is_work = isinstance(fields, dict) and {"title", "title_given"} <= fields.keys()
    return adapt(walked | {"anyOf": TITLED} if is_work else walked)


def _walk_value(value: Json, adapt: Callable[[Schema], Schema]) -> Json:
    if isinstance(value, dict):
        return _walk(value, adapt)
    return [_walk_value(each, adapt) for each in value] if isinstance(value, list) else value


def _close(schema: Schema) -> Schema:
    """Refuse what the type does not name. A map of named values keeps the schema of its values."""
    is_struct = schema.get("type") == "object" and "properties" in schema
    return schema | {"additionalProperties": False} if is_struct else schema


def _open(schema: Schema) -> Schema:
    """Say the words of today instead of demanding them. `$schema`, `kind` and the license stay as they are."""
    kept = {key: value for key, value in schema.items() if key not in ("enum", "propertyNames", "maxProperties")}
    words = schema.get("enum")
    if not isinstance(words, list):
        return kept
    said = [str(schema["description"])] if "description" in schema else []
    today = f"Today one of: {', '.join(map(str, words))}. New words may come."
    return kept | {"type": "string", "examples": words, "description": " ".join([*said, today])}
