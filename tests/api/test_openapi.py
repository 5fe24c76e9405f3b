"""The committed OpenAPI document: it is what the code says now, and its examples are answers of the record."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.conf import settings
from django.core.management import call_command

from tests.api.test_schemas import faults

pytestmark = pytest.mark.django_db

COMMITTED = settings.BASE_DIR / "docs" / "openapi.json"
DOCUMENT = json.loads(COMMITTED.read_text(encoding="utf-8"))
OPERATIONS = {path: operation["get"] for path, operation in DOCUMENT["paths"].items()}


def generated(folder: Path) -> str:
    file = folder / "openapi.json"
    call_command("spectacular", format="openapi-json", file=str(file), validate=True, fail_on_warn=True)
    return file.read_text(encoding="utf-8")


def test_the_committed_document_is_what_the_code_says(tmp_path):
    same = generated(tmp_path) == COMMITTED.read_text(encoding="utf-8")  # half a megabyte of difference helps nobody
    assert same, "docs/openapi.json is out of date: run `make openapi` and commit it."


def test_the_site_serves_the_committed_document(api):
    assert api.read("schema/").json() == DOCUMENT


def declared(schema: Any, value: Any) -> list[str]:
    """What is wrong with a value by a schema of the document itself."""
    whole = {**schema, "components": DOCUMENT["components"]}
    return [f"{e.json_path}: {e.message[:300]}" for e in jsonschema.Draft202012Validator(whole).iter_errors(value)]


def example_of(operation: Any) -> tuple[str, str, Any]:
    """Its address, the media type and the declared schema of the answer."""
    [(media_type, media)] = operation["responses"]["200"]["content"].items()
    [example] = media["examples"].values()
    return example["externalValue"], media_type, media["schema"]


def test_every_refusal_has_an_example_of_its_shape():
    for path, operation in OPERATIONS.items():
        for status, answer in operation["responses"].items():
            for media_type, media in answer.get("content", {}).items():
                if status != "200":
                    assert media_type == "application/problem+json", (path, status)
                    assert media["example"]["status"] == int(status), path
                    assert declared(media["schema"], media["example"]) == [], path


def test_the_examples_of_refusals_are_what_the_record_answers(api, seeded):
    refusals = OPERATIONS["/api/v1/cases/{name}/"]["responses"]
    for address, status in (("cases/?standng=alleged", "400"), ("cases/cctv-bandung/", "404")):
        response = api.read(address)
        assert response.json() == refusals[status]["content"]["application/problem+json"]["example"]
        assert set(refusals[status]["headers"]) <= set(response.headers)


def test_every_example_shows_something_and_is_answered_as_declared(api, seeded):
    for path, operation in OPERATIONS.items():
        address, media_type, schema = example_of(operation)
        response = api.get(address)
        body = b"".join(response) if response.streaming else response.content
        assert response.status_code == 200, (address, body)
        assert response["Content-Type"] == media_type, address
        assert set(operation["responses"]["200"].get("headers", {})) <= set(response.headers), address
        if "json" in media_type.rpartition(".")[2] and "ndjson" not in media_type:
            assert declared(schema, value := json.loads(body)) == [], address
            assert value, address
            assert "results" not in value or value["results"], address
        else:
            assert shown(path, body), address


def shown(path: str, body: bytes) -> list[Any]:
    """The lines, rows or entries of a file; documents among them are what their schema says."""
    if path.endswith(".sqlite"):
        return [body] if body.startswith(b"SQLite format 3\0") else []
    text = body.decode()
    if path.endswith(".csv"):
        return list(csv.DictReader(io.StringIO(text)))
    if path.endswith(".bib"):
        return [line for line in text.splitlines() if line.startswith("@")]
    entries = [json.loads(line) for line in text.splitlines()]
    for entry in entries:
        assert "$schema" not in entry or faults(entry, entry["$schema"]) == [], path
    return entries


def test_every_value_that_an_example_gives_is_one_that_its_parameter_takes():
    for path, operation in OPERATIONS.items():
        parameters = operation.get("parameters", [])
        for parameter in parameters:
            assert "example" in parameter or parameter["in"] != "path", path
            if "example" in parameter:
                assert declared(parameter["schema"], parameter["example"]) == [], (path, parameter["name"])
    assert sum("example" in p for operation in OPERATIONS.values() for p in operation.get("parameters", [])) > 40


def test_a_spoilt_answer_is_not_taken_for_a_good_one(api, seeded):
    address, _media_type, schema = example_of(OPERATIONS["/api/v1/claims/{claim_id}/"])
    answer = api.get(address).json()
    assert declared(schema, answer) == []
    unknown_word = answer | {"claim": answer["claim"] | {"standing": "proven"}}
    assert declared(schema, unknown_word) == [], "new words may come"
    assert faults(unknown_word, "/schemas/api/1.json#/$defs/claim_detail")
    assert declared(schema, answer | {"claim": answer["claim"] | {"standing": 5}})
    assert declared(schema, {name: value for name, value in answer.items() if name != "sources"})
