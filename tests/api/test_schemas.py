"""What the schemas promise: every document and every answer is what they say, and every parameter is as documented."""

import json
from typing import Any

import jsonschema
import pytest
from openapi_spec_validator import validate
from referencing import Registry, Resource

from cases import claim_kinds, vocabularies
from cases.api.openapi import SCHEMAS, SHARED, Generator, schema_texts
from cases.claim_kinds import figure, stage, transfer
from cases.documents.canonical import loads
from cases.models import Actor, Record, RecordClaim, RecordExcerpt, Revision, RevisionBody
from cases.publication.acts import merge, withdraw
from cases.vocabularies import topics
from sources import vocabularies as source_words
from tests.factories import make_actor, make_case, make_figure

pytestmark = pytest.mark.django_db

REGISTRY: Registry[Any] = Registry().with_resources(
    [(f"/schemas/{name}/1.json", Resource.from_contents(json.loads(text))) for name, text in schema_texts().items()]
)


def faults(value: Any, reference: str) -> list[str]:
    validator = jsonschema.Draft202012Validator({"$ref": reference}, registry=REGISTRY)
    return [f"{error.json_path}: {error.message[:300]}" for error in validator.iter_errors(value)]


def documents():
    return [loads(text) for text in RevisionBody.objects.values_list("document", flat=True)]


def test_every_schema_is_one():
    for text in schema_texts().values():
        jsonschema.Draft202012Validator.check_schema(json.loads(text))


def test_every_published_document_is_what_its_schema_says(world, published):
    make_figure(world.case)
    world.case.unknowns.create(property="cost", reason="not_in_source", note_id="Berapa.", note_en="How much.")
    world.case.aliases.create(name="Kamera", kind="short", excerpt=world.excerpt)
    response = world.case.responses.create(key="r", who=world.actor, asked="2026-01", declined=True)
    response.claims.add(world.lead)
    published(world.case)
    published(withdraw(world.system, "error"))
    published(make_actor("PT Lama", slug="pt-lama"))
    published(merge(Actor.objects.get(slug="pt-lama"), world.actor))
    kinds = set()
    for document in documents():
        kinds.add(document["$schema"].split("/")[2])
        assert faults(document, document["$schema"]) == [], document["path"]
    assert kinds == set(schema_texts()) - set(SHARED)


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
        assert faults(spoilt, "/schemas/case/1.json")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("standing", vocabularies.Standing),
        ("actor_kind", vocabularies.ActorKind),
        ("system_kind", vocabularies.SystemKind),
        ("place_kind", vocabularies.PlaceKind),
        ("source_kind", source_words.SourceKind),
        ("language", source_words.Language),
        ("claim.kind", claim_kinds.ClaimKindName),
        ("party.part", vocabularies.Part),
        ("stage.stage", stage.StageWord),
        ("figure.bound", figure.Bound),
        ("citation.relation", vocabularies.Relation),
        ("conflict.kind", vocabularies.ConflictKind),
        ("unknown.reason", vocabularies.UnknownReason),
        ("alias.kind", vocabularies.AliasKind),
        ("version.action", vocabularies.Action),
        ("translation.by", source_words.TranslatedBy),
        ("transfer.kind", transfer.TransferKind),
        ("figure.nature", figure.FigureNature),
        ("stage.outcome", stage.Outcome),
        ("version.reason_code", vocabularies.WithdrawalReason),
    ],
)
def test_the_words_of_the_schemas_are_those_of_the_vocabularies(name, words):
    definition, _dot, member = name.partition(".")
    schema = json.loads(schema_texts()["common"])["$defs"][definition]
    schema = schema["properties"][member] if member else schema
    assert (schema.get("enum") or schema["anyOf"][0]["enum"]) == words.values


def test_the_topics_of_the_schemas_are_those_of_the_list():
    assert json.loads(schema_texts()["common"])["$defs"]["topic_code"]["enum"] == list(topics())


def test_each_schema_stands_where_documents_say_it_does(api):
    for kind in schema_texts():
        response = api.read(f"/schemas/{kind}/1.json")
        assert response["Content-Type"] == "application/schema+json"
        assert response.content == (SCHEMAS / kind / "1.json").read_bytes()
        assert response.json()["$id"] == f"/schemas/{kind}/1.json"


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
    "amount_min": "1",
    "amount_max": "2.5",
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
        assert all(len(card.encode()) <= 1500 for card in model.objects.values_list("card", flat=True)), model
    for row in [*Record.objects.all(), *RecordClaim.objects.all(), *RecordExcerpt.objects.all()]:
        card = loads(row.card)
        name = {RecordClaim: "claim", RecordExcerpt: "excerpt"}.get(type(row)) or SHOWN.get(card["kind"], "subject")
        assert faults(card, f"/schemas/api/1.json#/$defs/{name}_card") == [], card["path"]
        if name == "claim" and card["kind"] in DETAILS:
            assert DETAILS[card["kind"]] <= set(card[card["kind"]]), f"{card['path']}: it is what this list is read for"
        if name == "subject":
            assert {"places", "lead"} <= set(card), f"{card['path']}: the pages of the site show them"


def test_a_case_with_nothing_but_a_lead_is_valid(published):
    published(make_case())
    assert all(faults(document, document["$schema"]) == [] for document in documents())
