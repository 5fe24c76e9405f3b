"""The JSON Schemas that the API serves, and the same as components of its OpenAPI document.

Those of documents are generated from their types (cases.documents.schemas), those of version 1 as they were released;
what the API puts around documents is described in schemas/api/1.json, which is strict. What is served is open: new
fields and words may come within a version.
"""

import re
from functools import cache
from pathlib import Path

import msgspec

from cases.claim_kinds import DETAILED
from cases.documents.base import Json
from cases.documents.schemas import VERSION, Schema, schema_path, served_schema
from cases.documents.types import DOCUMENT_TYPES

API_SCHEMA = Path(__file__).parent / "schemas" / "api" / "1.json"
COMPONENTS = "#/components/schemas/"
API_VERSION = 1
REFERENCE = re.compile(rf"(?:/schemas/(?P<kind>[a-z]+)/{VERSION}\.json)?(?:#(?P<pointer>/.*))?")


def strict_api_schema() -> Schema:
    """Return the JSON Schema of what the API answers. The numbers in a card of a claim come from the registry."""
    schema: Schema = msgspec.json.decode(API_SCHEMA.read_bytes())
    card = _at(schema, "/$defs/claim_card/properties")
    for name, kind in DETAILED.items():
        if kind.document:
            where = f"{schema_path('case')}#/$defs/{kind.document.__name__}/properties"
            card[name] = {
                "type": "object",
                "description": "As in the document; what is long may be left out.",
                "properties": {field: {"$ref": f"{where}/{field}"} for field in kind.document.__struct_fields__},
                "additionalProperties": False,
            }
    return schema


@cache
def schema_texts() -> dict[tuple[str, int], str]:
    """Return the served schemas as text, by kind of document and version; as `api`, that of what the API answers."""
    served = {(name, API_VERSION if name == "api" else VERSION): schema for name, schema in _served().items()}
    released = {(kind, older): served_schema(kind, older) for kind in DOCUMENT_TYPES for older in range(1, VERSION)}
    return {key: msgspec.json.encode(schema).decode() for key, schema in (released | served).items()}


def components() -> Schema:
    """Return the served schemas as components. Their titles are left out, for they would name classes of clients."""
    found: Schema = {}
    for name, schema in _served().items():
        definitions = _object(schema.pop("$defs"))
        if name in DOCUMENT_TYPES:
            found[name] = {"description": schema.pop("title")} | schema
        found |= {_component_name(each): definition for each, definition in definitions.items()}
    return {name: _rebase(schema) for name, schema in found.items()}


def _served() -> dict[str, Schema]:
    return {
        "api": _object(_open(strict_api_schema())),
        **{kind: served_schema(kind) for kind in sorted(DOCUMENT_TYPES)},
    }


def _open(value: Json) -> Json:
    """Return a schema that allows other fields, and names its words as examples."""
    if isinstance(value, list):
        return [_open(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        "examples" if key == "enum" else key: _open(each)
        for key, each in value.items()
        if key != "propertyNames" and not (key == "additionalProperties" and each is False)
    }


def _rebase(value: Json) -> Json:
    """Return a schema whose references point to components. What is no component of its own is copied."""
    if isinstance(value, list):
        return [_rebase(each) for each in value]
    if not isinstance(value, dict):
        return value
    kept = {key: _rebase(each) for key, each in value.items() if not _is_name(key, each)}
    reference = kept.get("$ref")
    if not isinstance(reference, str):
        return kept
    named = REFERENCE.fullmatch(reference)
    kind, pointer = (named["kind"], named["pointer"] or "") if named else (None, "")
    if kind and pointer and not re.fullmatch(r"/\$defs/\w+", pointer):
        del kept["$ref"]
        copied = _rebase(_at(served_schema(kind), pointer))
        return copied | kept if isinstance(copied, dict) else copied
    return kept | {"$ref": COMPONENTS + (_component_name(pointer.removeprefix("/$defs/")) if pointer else kind or "")}


def _is_name(key: str, value: Json) -> bool:
    """Return whether a key names the schema; a property of that name has a schema as its value."""
    return key in ("$id", "$schema", "title") and isinstance(value, str)


def _at(schema: Schema, pointer: str) -> Schema:
    """Return the part of a schema at a JSON pointer. Raises KeyError."""
    for step in pointer.split("/")[1:]:
        schema = _object(schema[step])
    return schema


def _object(value: Json) -> Schema:
    """Return a value that is an object. Raises TypeError."""
    if not isinstance(value, dict):
        raise TypeError(f"{value!r} is no object.")
    return value


def _component_name(name: str) -> str:
    """Return `conflict_side` for `PublishedConflictSide`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name.removeprefix("Published")).lower()
