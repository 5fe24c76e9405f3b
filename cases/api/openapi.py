"""The OpenAPI 3.1 document: drf-spectacular walks the addresses, each view says what it is, the shapes are our own."""

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from . import examples

SCHEMAS = Path(__file__).parent / "schemas"
COMPONENTS = "#/components/schemas/"
SHARED = ("common", "api")
"""Files that hold definitions; each of the others is the schema of one kind of document."""
MEANINGS = {
    304: "Nothing has changed since the ETag in If-None-Match.",
    308: "It is at another address now: follow `Location`.",
    400: "A parameter or its value is not understood; the answer names it and what is nearest.",
    404: "There is no such thing in the public record; the answer names what is nearest.",
    503: "Too much to be answered while you wait; the answer says what else there is.",
    429: "Too many requests from this address; `Retry-After` says when to go on.",
    410: "It was withdrawn (the answer says when and why), or its words were erased.",
}


HEADERS = {
    "ETag": "Strong: send it back as If-None-Match. A packed answer has it with `W/`.",
    "Link": "The licence, and of one thing the page to cite.",
    "RateLimit": 'What is left to this address: `"address";r=599;t=42`, so many in so many seconds.',
    "RateLimit-Policy": 'What one address may ask: `"address";q=600;w=60`, so many in so many seconds.',
    "Location": "Where it is now.",
    "Retry-After": "Seconds.",
}
"""Headers of many answers, by name."""
SENT = {
    "200": ["ETag", "Link", "RateLimit", "RateLimit-Policy"],
    "304": ["ETag", "Link", "RateLimit", "RateLimit-Policy"],
    "308": ["Location", "Link", "RateLimit", "RateLimit-Policy"],
    "429": ["Retry-After", "Link", "RateLimit", "RateLimit-Policy"],
}
REFUSED = ["Link", "RateLimit", "RateLimit-Policy"]


class PlainSchema(AutoSchema):
    """Takes what a view (cases.api.responses.View) says of itself and guesses nothing."""

    view: Any

    def get_operation_id(self) -> str:
        return str(self.view.operation)

    def get_summary(self) -> str:
        return str(self.view.summary)

    def get_tags(self) -> list[str]:
        return [self.path.removeprefix("/api/v1/").strip("/").split("/")[0] or "index"]

    def get_filter_backends(self) -> list[Any]:
        return list(getattr(self.view, "filter_backends", []))

    def get_override_parameters(self) -> list[Any]:
        return list(self.view.parameters)

    def get_request_serializer(self) -> None:
        return None

    def get_response_serializers(self) -> Any:
        return self.view.answers


class Generator(SchemaGenerator):
    """Adds the JSON Schemas of documents and answers as components, and to every operation its example."""

    def get_schema(self, request: Any = None, public: bool = False) -> Any:
        document = super().get_schema(request, public)
        for path, operations in document["paths"].items():
            for operation in operations.values():
                examples.show(path, operation)
                for status, answer in operation["responses"].items():
                    told = {name: {"$ref": f"#/components/headers/{name}"} for name in SENT.get(status, REFUSED)}
                    answer["headers"] = told | answer.get("headers", {})
        known = document.setdefault("components", {})
        known.setdefault("schemas", {}).update(components())
        known["headers"] = {
            name: {"schema": {"type": "string"}, "description": description} for name, description in HEADERS.items()
        }
        return document


def answers(component: str, *codes: int, description: str = "", media_type: str = "application/json") -> dict[Any, Any]:
    """What a view may answer: 200 with the component, and the codes given."""
    said: dict[Any, Any] = {
        (200, media_type): OpenApiResponse({"$ref": COMPONENTS + component}, description or component)
    }
    for code in (*codes, 429, 503):
        if code < 400:
            said[code] = OpenApiResponse(None, MEANINGS[code])
        else:
            key = (code, "application/problem+json")
            said[key] = OpenApiResponse({"$ref": f"{COMPONENTS}problem"}, MEANINGS[code])
    return said


def in_path(name: str, description: str, **written: Any) -> OpenApiParameter:
    schema = {"type": "string"} | written
    return OpenApiParameter(name, schema, OpenApiParameter.PATH, required=True, description=description)


def in_query(form: Any) -> list[OpenApiParameter]:
    """The parameters that a form declares."""
    parameters = []
    for name, field in form.base_fields.items():
        schema = field.openapi
        description = schema.pop("description")
        parameters.append(OpenApiParameter(name, schema, description=description))
    return parameters


def in_headers(**described: str) -> list[OpenApiParameter]:
    """Headers of a 200, with underscores for hyphens."""
    return [
        OpenApiParameter(name.replace("_", "-"), str, OpenApiParameter.HEADER, response=[200], description=description)
        for name, description in described.items()
    ]


@cache
def schema_texts() -> dict[str, str]:
    """The files of JSON Schema by name: every kind of document, and what they share."""
    return {path.parent.name: path.read_text(encoding="utf-8") for path in sorted(SCHEMAS.glob("*/1.json"))}


def components() -> dict[str, Any]:
    """The same schemas as components of the OpenAPI document. A title there would name the classes of clients."""
    found: dict[str, Any] = {}
    for name, text in schema_texts().items():
        schema = json.loads(text)
        title = schema.pop("title")
        found |= schema["$defs"] if name in SHARED else {name: {"description": title} | schema}
    return {name: _rebased(schema) for name, schema in found.items()}


def _rebased(value: Any) -> Any:
    """A schema whose references point into the components."""
    if isinstance(value, dict):
        kept = {k: v for k, v in value.items() if k not in ("$id", "$schema") or not isinstance(v, str)}
        return {k: _component(v) if k == "$ref" else _rebased(v) for k, v in kept.items()}
    if isinstance(value, list):
        return [_rebased(entry) for entry in value]
    return value


def _component(reference: str) -> str:
    file, _hash, fragment = reference.partition("#")
    return COMPONENTS + (fragment.removeprefix("/$defs/") if fragment else file.split("/")[2])


def kinds() -> Iterable[str]:
    return [name for name in schema_texts() if name not in SHARED]
