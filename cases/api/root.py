"""The index of the API, the OpenAPI document, and the JSON Schemas."""

import json
from functools import cache

from django.http import HttpResponse
from rest_framework.request import Request

from cases.documents.kinds import FOLDERS, LICENSE
from cases.documents.schemas import schema_path
from cases.documents.types import DOCUMENT_TYPES
from cases.http.query_parameters import check_names
from cases.record.as_of import last_seq
from cases.record.names import nearest_word

from . import fields
from .json_schemas import schema_texts
from .openapi import Generator, in_path, responses_of
from .problems import ROOT, NoSuchResourceError
from .responses import json_response, raw_response
from .views import ApiView

OPENAPI = "application/vnd.oai.openapi+json;version=3.1"
RESOURCES = [
    *FOLDERS.values(),
    "claims",
    "excerpts",
    "topics",
    "search",
    "suggest",
    "changes",
    "revisions",
    "digest",
    "export",
    "schema",
]


class Index(ApiView):
    """What there is to read, and up to which revision it goes."""

    operation = "get_index"
    summary = "All resources"
    responses = responses_of("index", 304, 400)

    def get(self, request: Request) -> HttpResponse:
        check_names(request.GET, ())
        index = {
            "name": "CaseDB",
            "api": "1",
            "seq": last_seq(),
            "resources": {name: f"{ROOT}/{name}/" for name in RESOURCES},
            "documentation": "/api/",
            "schemas": {kind: schema_path(kind) for kind in sorted(DOCUMENT_TYPES)},
            "license": LICENSE,
        }
        return json_response(request, index)


class OpenApi(ApiView):
    """This API in OpenAPI 3.1."""

    operation = "get_schema"
    summary = "The OpenAPI document"
    responses = responses_of("any_object", 304, 400, media_type=OPENAPI)

    def get(self, request: Request) -> HttpResponse:
        check_names(request.GET, ())
        return raw_response(request, openapi_text(), media_type=OPENAPI)


class JsonSchema(ApiView):
    """The JSON Schema (2020-12) of one kind of document, named by the `$schema` of every document."""

    operation = "get_json_schema"
    summary = "The JSON Schema of a kind of document"
    responses = responses_of("any_object", 304, 400, 404, media_type="application/schema+json")
    parameters = [
        in_path("kind", "A kind of document, or `api` for what the API answers.", **fields.NAME),
        in_path("version", "The version of the schema.", type="integer", minimum=1),
    ]

    def get(self, request: Request, kind: str, version: int) -> HttpResponse:
        check_names(request.GET, ())
        texts = schema_texts()
        if (kind, version) in texts:
            return raw_response(request, texts[kind, version], media_type="application/schema+json")
        last = dict(sorted(texts))
        if kind in last:
            raise NoSuchResourceError(f"The schema “{kind}” has no version {version}; the last is {last[kind]}.")
        near = nearest_word(kind[:60], last)
        raise NoSuchResourceError(f"There is no schema “{kind[:60]}”.", [near] if near else [])


@cache
def openapi_text() -> str:
    generator = Generator()  # type: ignore[no-untyped-call]
    return json.dumps(generator.get_schema(public=True), ensure_ascii=False)
