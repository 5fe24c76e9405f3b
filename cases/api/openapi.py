"""The OpenAPI 3.1 document: drf-spectacular walks the URLs, each view describes itself, the schemas are our own."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from . import examples
from .fields import QueryField
from .json_schemas import COMPONENTS, components

MEANINGS = {
    304: "Nothing has changed since the ETag in If-None-Match.",
    308: "It is at another address now: follow `Location`.",
    400: "A parameter or its value is not understood; the answer names it and what is nearest.",
    404: "There is no such thing in the public record; the answer names what is nearest.",
    503: "Too much to be answered while you wait; the answer says what else there is.",
    429: "Too many requests from this address; `Retry-After` says when to go on.",
    410: "It was withdrawn (the answer says when and why), or its words were erased.",
}


# Headers of many answers, by name
HEADERS = {
    "ETag": "Strong: send it back as If-None-Match. A packed answer has it with `W/`.",
    "Link": "The licence, and of one thing the page to cite.",
    "RateLimit": 'What is left to this address: `"address";r=599;t=42`, so many in so many seconds.',
    "RateLimit-Policy": 'What one address may ask: `"address";q=600;w=60`, so many in so many seconds.',
    "Location": "Where it is now.",
    "Retry-After": "Seconds.",
}
HEADERS_OF_STATUS = {
    "200": ["ETag", "Link", "RateLimit", "RateLimit-Policy"],
    "304": ["ETag", "Link", "RateLimit", "RateLimit-Policy"],
    "308": ["Location", "Link", "RateLimit", "RateLimit-Policy"],
    "429": ["Retry-After", "Link", "RateLimit", "RateLimit-Policy"],
}
HEADERS_OF_ERRORS = ["Link", "RateLimit", "RateLimit-Policy"]


class PlainSchema(AutoSchema):
    """Takes what a view (cases.api.views.ApiView) says of itself and guesses nothing."""

    view: Any

    def get_operation_id(self) -> str:
        return str(self.view.operation)

    def get_summary(self) -> str:
        return str(self.view.summary)

    def get_tags(self) -> list[str]:
        return [self.path.removeprefix("/api/v1/").strip("/").split("/")[0] or "index"]

    def get_filter_backends(self) -> list[Any]:
        return []

    def get_override_parameters(self) -> list[Any]:
        filterset = getattr(self.view, "filterset_class", None)
        return [*(_parameters_of(filterset.form_fields()) if filterset else ()), *self.view.parameters]

    def get_request_serializer(self) -> None:
        return None

    def get_response_serializers(self) -> Any:
        return self.view.responses


class Generator(SchemaGenerator):
    """Adds the JSON Schemas of documents and answers as components, and to every operation its example."""

    def get_schema(self, request: Any = None, public: bool = False) -> Any:
        document = super().get_schema(request, public)  # type: ignore[no-untyped-call]
        for path, operations in document["paths"].items():
            for operation in operations.values():
                examples.show(path, operation)
                for status, response in operation["responses"].items():
                    names = HEADERS_OF_STATUS.get(status, HEADERS_OF_ERRORS)
                    headers = {name: {"$ref": f"#/components/headers/{name}"} for name in names}
                    response["headers"] = headers | response.get("headers", {})
        shared = document.setdefault("components", {})
        shared.setdefault("schemas", {}).update(components())
        shared["headers"] = {
            name: {"schema": {"type": "string"}, "description": description} for name, description in HEADERS.items()
        }
        return document


def responses_of(
    component: str, *codes: int, description: str = "", media_type: str = "application/json"
) -> dict[tuple[int, str] | int, OpenApiResponse]:
    """Return the responses of a view: 200 with the component, and the codes given."""
    responses: dict[tuple[int, str] | int, OpenApiResponse] = {
        (200, media_type): OpenApiResponse({"$ref": COMPONENTS + component}, description or component)
    }
    for code in (*codes, 429, 503):
        if code < 400:
            responses[code] = OpenApiResponse(None, MEANINGS[code])
        else:
            key = (code, "application/problem+json")
            responses[key] = OpenApiResponse({"$ref": f"{COMPONENTS}problem"}, MEANINGS[code])
    return responses


def in_path(name: str, description: str, **written: object) -> OpenApiParameter:
    schema: dict[str, object] = {"type": "string"} | written
    return OpenApiParameter(name, schema, OpenApiParameter.PATH, required=True, description=description)


def in_query(form: type[forms.Form]) -> list[OpenApiParameter]:
    """Return the parameters that a form of query fields declares."""
    return _parameters_of(cast(dict[str, QueryField], form.base_fields))


def _parameters_of(declared: Mapping[str, QueryField]) -> list[OpenApiParameter]:
    return [OpenApiParameter(name, each.openapi, description=str(each.help_text)) for name, each in declared.items()]


def in_headers(**described: str) -> list[OpenApiParameter]:
    """Return headers of a 200, given with underscores for hyphens."""
    return [
        OpenApiParameter(name.replace("_", "-"), str, OpenApiParameter.HEADER, response=[200], description=description)
        for name, description in described.items()
    ]
