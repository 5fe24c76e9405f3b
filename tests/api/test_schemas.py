"""What the schemas promise: every document and every answer is what they say, and every parameter is as documented."""

import json
from typing import Any

import jsonschema
import pytest
from openapi_spec_validator import validate
from referencing import Registry, Resource

from cases.api.json_schemas import schema_texts, strict_api_schema
from cases.api.openapi import Generator
from cases.claim_kinds import DETAILED
from cases.documents.schemas import json_schema
from cases.documents.types import DOCUMENT_TYPES
from cases.models import Actor, Record, RecordClaim, RecordExcerpt, Revision, RevisionBody
from cases.publication.acts import merge, withdraw
from tests.factories import make_actor, make_case, make_figure

pytestmark = pytest.mark.django_db

STRICT: dict[str, Any] = {kind: json_schema(kind) for kind in DOCUMENT_TYPES} | {"api": strict_api_schema()}
REGISTRY: Registry[Any] = Registry().with_resources(
    [(schema["$id"], Resource.from_contents(schema)) for schema in STRICT.values()]
)


def faults(value: Any, reference: str) -> list[str]:
    """What is wrong with a value by our strict schemas, which know every field and word."""
    validator = jsonschema.Draft202012Validator({"$ref": reference}, registry=REGISTRY)
    return [f"{error.json_path}: {error.message[:300]}" for error in validator.iter_errors(value)]


def documents():
    return [json.loads(text) for text in RevisionBody.objects.values_list("document", flat=True)]


def test_every_schema_is_one():
    for schema in (*STRICT.values(), *(json.loads(text) for text in schema_texts().values())):
        jsonschema.Draft202012Validator.check_schema(schema)


def test_every_published_document_is_what_its_schema_says(world, published):
    make_figure(world.case)
    world.case.unknowns.create(property="cost", reason="not_in_source", note_id="Berapa.", note_en="How much.")
    world.case.aliases.create(name="Kamera", kind="short", excerpt=world.excerpt)
    response = world.case.responses.create(key="r", who=world.actor, asked="2026-01", state="declined")
    response.claims.add(world.lead)
    published(world.case)
    published(withdraw(world.system, "error"))
    published(make_actor("PT Lama", slug="pt-lama"))
    published(merge(Actor.objects.get(slug="pt-lama"), world.actor))
    kinds = set()
    for document in documents():
        kinds.add(document["$schema"].split("/")[2])
        assert faults(document, document["$schema"]) == [], document["path"]
    assert kinds == set(DOCUMENT_TYPES)


def test_a_schema_is_strict(world):
    document = next(d for d in documents() if d["kind"] == "case")
    for spoilt in (
        document | {"summary": "free text"},
        {key: value for key, value in document.items() if key != "license"},
        document | {"claims": [document["claims"][0] | {"standing": "proven"}]},
        document | {"claims": [document["claims"][0] | {"citations": []}]},
        document | {"claims": [document["claims"][0] | {"said_by": {}}]},
        document | {"excerpts": [document["excerpts"][0] | {"context": "more"}]},
    ):
        assert faults(spoilt, "/schemas/case/2.json")


def test_what_is_served_is_open_to_new_fields_and_words():
    """Those of documents: tests/documents. Neither names a closed list nor refuses a field."""
    for name, text in schema_texts().items():
        assert '"additionalProperties":false' not in text, name
        assert '"enum":' not in text, name


def test_a_claim_card_has_the_numbers_of_every_kind_that_has_some():
    card = STRICT["api"]["$defs"]["claim_card"]["properties"]
    for name, kind in DETAILED.items():
        assert set(card[name]["properties"]) == set(kind.document.__struct_fields__)


def test_each_schema_stands_where_documents_say_it_does(api):
    assert set(schema_texts()) == {(kind, version) for kind in DOCUMENT_TYPES for version in (1, 2)} | {("api", 1)}
    for kind, version in schema_texts():
        response = api.read(f"/schemas/{kind}/{version}.json")
        assert response["Content-Type"] == "application/schema+json"
        assert response.json()["$id"] == f"/schemas/{kind}/{version}.json"
    assert api.read("").json()["schemas"]["case"] == "/schemas/case/2.json"


def test_the_schema_of_version_1_is_the_one_that_was_served(api):
    """Documents of version 1 stand in mirrors and name it."""
    claim = api.read("/schemas/case/1.json").json()["$defs"]["PublishedClaim"]["properties"]
    assert ("subkind" in claim, "aspect" in claim) == (True, False)
    claim = api.read("/schemas/case/2.json").json()["$defs"]["PublishedClaim"]["properties"]
    assert ("subkind" in claim, "aspect" in claim) == (False, True)


def test_a_version_that_is_none_says_which_is_the_last(api):
    answer = api.read("/schemas/case/3.json")
    assert (answer.status_code, answer.json()["detail"]) == (404, "The schema “case” has no version 3; the last is 2.")
    assert api.read("/schemas/api/2.json").status_code == 404


@pytest.fixture
def openapi(api):
    return api.read("schema/").json()


def test_the_openapi_document_is_valid(openapi):
    validate(openapi)
    assert openapi["openapi"] == "3.1.0"


def test_the_openapi_document_is_generated_without_a_warning(capsys, api):
    Generator().get_schema(request=None, public=True)
    assert capsys.readouterr().err == ""


def test_every_operation_is_documented(openapi):
    operations = [operation for path in openapi["paths"].values() for operation in path.values()]
    names = [operation["operationId"] for operation in operations]
    assert len(names) == len(set(names)) == 47
    for operation in operations:
        assert operation["summary"]
        assert operation["description"]
        assert {"200", "400"} <= set(operation["responses"])
        assert all(parameter["description"] for parameter in operation.get("parameters", []))


VALUES = {
    "place": "kota-contoh",
    "parent": "provinsi-contoh",
    "topic": "cctv",
    "actor": "pt-misal",
    "subject": "cases/cctv-kota-contoh",
    "q": "kota",
    "as_of": "2026-01-01",
    "from": "2018",
    "to": "2022-08",
    "currency": "IDR",
    "identifier": "tender_code:88120431",
    "amount_min": "1",
    "amount_max": "2.5",
    "months_min": "1",
    "months_max": "2.5",
    "changed_since": "1",
    "after": "1",
    "version": "1",
    "name": "cctv-kota-contoh",
    "code": "cctv",
    "seq": "1",
    "kind": "case",
}
LISTS = ["cases", "collaborations", "actors", "systems", "sources", "places", "claims", "excerpts", "topics"]
LISTS += ["changes", "revisions"]


def value_for(parameter, world):
    if parameter["name"] == "source":
        return world.source.slug
    schema = parameter["schema"].get("items", parameter["schema"])
    if "enum" in schema:
        return schema["enum"][0]
    return {"boolean": "true", "integer": "1"}.get(schema["type"]) or VALUES[parameter["name"]]


@pytest.mark.parametrize("resource", LISTS)
def test_every_documented_parameter_is_accepted_and_the_answer_is_as_documented(api, world, openapi, resource):
    operation = openapi["paths"][f"/api/v1/{resource}/"]["get"]
    component = operation["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    for parameter in [None, *operation["parameters"]]:
        query: dict[str, Any] = {}
        if parameter and parameter["name"] == "cursor":
            following = api.read(f"{resource}/", limit=1).json()["next"]
            query = {"limit": 1, "cursor": following.split("cursor=")[1]} if following else {}
        elif parameter:
            query = {parameter["name"]: value_for(parameter, world)}
            if parameter["name"].startswith("amount_"):
                query["currency"] = "not_stated"
        response = api.read(f"{resource}/", **query)
        assert response.status_code == 200, (query, response.content)
        assert faults(response.json(), f"/schemas/api/1.json#/$defs/{component}") == [], query


@pytest.mark.parametrize("resource", LISTS)
def test_every_undocumented_parameter_is_refused(api, world, openapi, resource):
    own = {parameter["name"] for parameter in openapi["paths"][f"/api/v1/{resource}/"]["get"].get("parameters", [])}
    everywhere = {
        parameter["name"]
        for path in openapi["paths"].values()
        for parameter in path["get"].get("parameters", [])
        if parameter["in"] == "query"
    }
    for name in [*sorted(everywhere - own), "page", "offset", "ordering", "search", "fields", "Standing"]:
        response = api.read(f"{resource}/", **{name: "1"})
        assert (response.status_code, response.json()["parameter"]) == (400, name)
        assert faults(response.json(), "/schemas/api/1.json#/$defs/problem") == []


def test_every_other_answer_is_as_documented(api, world, openapi):
    addresses = {
        "index": "",
        "claim_detail": f"claims/{world.disputed.id}/",
        "excerpt_detail": f"excerpts/{world.excerpt.id}/",
        "topic_detail": "topics/cctv/",
    }
    for component, address in addresses.items():
        assert faults(api.read(address).json(), f"/schemas/api/1.json#/$defs/{component}") == [], component


def test_every_problem_is_as_documented(api, world, published):
    published(withdraw(world.case, "error"))
    for address, status in [("cases/cctv-kota-contoh/", 410), ("cases/x/", 404), ("cases/?x=1", 400), ("x/", 404)]:
        response = api.read(address)
        assert response.status_code == status
        assert faults(response.json(), "/schemas/api/1.json#/$defs/problem") == []


SHOWN = {"source": "source"}
DETAILS = {"figure": {"value", "unit", "as_stated"}, "transfer": {"kind", "amount", "as_stated"}, "stage": {"stage"}}


def test_the_seeded_record_is_what_its_schemas_say_and_its_cards_are_small(seeded):
    assert Revision.objects.count() > 20
    for document in documents():
        assert faults(document, document["$schema"]) == [], document["path"]
    for model in (Record, RecordClaim, RecordExcerpt):
        for card in model.objects.values_list("card", flat=True):
            # what is never left out may be longer by itself
            assert len(card.encode()) <= 1500 or {"subject.title", "parties"} <= set(json.loads(card)["left_out"]), card
    for row in [*Record.objects.all(), *RecordClaim.objects.all(), *RecordExcerpt.objects.all()]:
        card = json.loads(row.card)
        name = {RecordClaim: "claim", RecordExcerpt: "excerpt"}.get(type(row)) or SHOWN.get(card["kind"], "subject")
        assert faults(card, f"/schemas/api/1.json#/$defs/{name}_card") == [], card["path"]
        if name == "claim" and card["kind"] in DETAILS:
            assert DETAILS[card["kind"]] <= set(card[card["kind"]]), f"{card['path']}: it is what this list is read for"
        if name == "subject":
            assert {"places", "lead"} <= set(card), f"{card['path']}: the pages of the site show them"


def test_a_case_with_nothing_but_a_lead_is_valid(published):
    published(make_case())
    assert all(faults(document, document["$schema"]) == [] for document in documents())
