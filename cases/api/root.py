"""The way in: what there is, the OpenAPI document, and the JSON Schemas."""

import json
from functools import cache

from django.http import HttpRequest, HttpResponse

from cases.documents.build import FOLDERS, LICENSE
from cases.record.lookup import last_seq
from cases.record.names import nearest_word

from . import fields
from .changes import NoForm
from .details import compact
from .openapi import Generator, answers, in_path, kinds, schema_texts
from .problems import ROOT, NotHere
from .responses import View, answer

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


class Index(View):
    """What there is to read, and up to which revision it goes."""

    operation = "get_index"
    summary = "All resources"
    answers = answers("index", 304, 400)

    def get(self, request: HttpRequest) -> HttpResponse:
        fields.asked(NoForm(request.GET))
        return answer(
            request,
            compact(
                {
                    "name": "CaseDB",
                    "api": "1",
                    "seq": last_seq(),
                    "resources": {name: f"{ROOT}/{name}/" for name in RESOURCES},
                    "documentation": "/api/",
                    "schemas": {kind: f"/schemas/{kind}/1.json" for kind in kinds()},
                    "license": LICENSE,
                }
            ),
        )


class OpenApi(View):
    """This API in OpenAPI 3.1."""

    operation = "get_schema"
    summary = "The OpenAPI document"
    answers = answers("any_object", 304, 400, media_type=OPENAPI)

    def get(self, request: HttpRequest) -> HttpResponse:
        fields.asked(NoForm(request.GET))
        return answer(request, openapi_text(), media_type=OPENAPI)


class JsonSchema(View):
    """The JSON Schema (2020-12) of one kind of document, named by the `$schema` of every document."""

    operation = "get_json_schema"
    summary = "The JSON Schema of a kind of document"
    answers = answers("any_object", 304, 400, 404, media_type="application/schema+json")
    parameters = [in_path("kind", "A kind of document, or `common` for what they share.", **fields.NAME)]

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        fields.asked(NoForm(request.GET))
        texts = schema_texts()
        if kind not in texts:
            near = nearest_word(kind[:60], texts)
            raise NotHere(f"There is no schema “{kind[:60]}”.", [near] if near else [])
        return answer(request, texts[kind], media_type="application/schema+json")


@cache
def openapi_text() -> str:
    return json.dumps(Generator().get_schema(request=None, public=True), ensure_ascii=False)
