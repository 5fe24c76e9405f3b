"""The JSON Schemas: strict ones for what we write, open ones for those who read."""

import json

import jsonschema
import pytest

from cases.documents.schemas import VERSION, json_schema, served_schema, validate_document, validate_json
from cases.documents.types import DOCUMENT_TYPES, parse_document


def test_every_document_of_the_record_is_what_its_strict_schema_says(stored_texts):
    for text in stored_texts:
        assert validate_document(parse_document(text)) == []
        assert validate_json(json.loads(text)) == []


@pytest.mark.parametrize("kind", DOCUMENT_TYPES)
@pytest.mark.parametrize("make", [json_schema, served_schema])
def test_every_schema_is_one_and_stands_alone(kind, make):
    schema = make(kind)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"/schemas/{kind}/{VERSION}.json"
    references = {part for part in json.dumps(schema).split('"') if part.startswith("#/$defs/")}
    assert references <= {f"#/$defs/{name}" for name in schema["$defs"]}


def _set(document, place, value):
    *steps, last = place
    for step in steps:
        document = document[step]
    document[last] = value


FAULTS = {
    "an unknown kind of claim": (("claims", 0, "kind"), "rumour", "$.claims[0].kind"),
    "an unknown standing": (("claims", 0, "standing"), "certain", "$.claims[0].standing"),
    "an unknown topic": (("topics",), ["unheard-of"], "$.topics[0]"),
    "an unknown part": (("claims", 0, "parties", 0, "part"), "villain", "$.claims[0].parties[0].part"),
    "an extra field": (("claims", 0, "summary"), "x", "$.claims[0]"),
    "an extra field of the whole": (("summary",), "x", "$"),
    "a float amount": (("claims", 1, "transfer", "amount"), 2.5, "$.claims[1].transfer.amount"),
    "an amount with an end zero": (("claims", 1, "transfer", "amount"), "2.50", "$.claims[1].transfer.amount"),
    "a date of another form": (("claims", 1, "start"), "14-04-2023", "$.claims[1].start"),
    "two speakers": (("claims", 0, "said_by"), {"source": "a", "speaker": {"id": "", "en": ""}},
                     "$.claims[0].said_by"),
    "no speaker": (("claims", 0, "said_by"), {}, "$.claims[0].said_by"),
    "an empty statement": (("claims", 0, "statement"), {"id": "", "en": ""}, "$.claims[0].statement"),
    "a locator in one language": (("excerpts", 0, "locator"), "Bab I", "$.excerpts[0].locator"),
    "a reason in one language": (("version", "reason", "en"), "", "$.version.reason.en"),
    "a family of our own": (("conflicts", 0, "family"), "disputed", "$.conflicts[0].family"),
    "a work without a title": (("sources", 0, "title"), None, "$.sources[0]"),
    "the word of version 1": (("claims", 0, "subkind"), "partner", "$.claims[0]"),
    "a claim without citations": (("claims", 0, "citations"), [], "$.claims[0].citations"),
    "an id in capitals": (("id",), "5D7B9F0E-3C1A-5E88-9A55-0C2F4B1D7E60", "$.id"),
    "a path with a host": (("path",), "https://example.org/cases/a/", "$.path"),
    "a translation into a third language": (("excerpts", 0, "translation"), {"fr": {"text": "x", "by": "machine"}},
                                            "$.excerpts[0].translation"),
    "a quote that is too long": (("excerpts", 0, "exact"), "x" * 601, "$.excerpts[0].exact"),
    "another kind": (("kind",), "actor", "$.kind"),
    "another licence": (("license",), "MIT", "$.license"),
    "a version of another form": (("version", "recorded_at"), "2026-11-01", "$.version.recorded_at"),
    "another schema": (("$schema",), "/schemas/case/9.json", "$.$schema"),
}  # fmt: skip


@pytest.fixture
def case(stored):
    """A case whose first claim has parties and whose second is a transfer."""
    found = next(each for each in stored if each["slug"].startswith("case-") and each.get("claims"))
    claims = sorted(found["claims"], key=lambda claim: (not claim["parties"], "transfer" in claim))
    transfer = next(claim for claim in claims if "transfer" in claim)
    return json.loads(json.dumps(found | {"claims": [claims[0], transfer]}))


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found_where_it_stands(fault, case):
    assert validate_json(case) == []
    place, value, path = FAULTS[fault]
    _set(case, place, value)
    assert [found.split(": ")[0] for found in validate_json(case)] == [path]


def test_a_statement_may_stand_in_one_language(case):
    case["claims"][0]["statement"]["en"] = ""
    assert validate_json(case) == []


def test_a_fault_in_a_typed_document_is_found(case):
    case["claims"][0]["standing"] = "certain"
    assert len(validate_document(parse_document(json.dumps(case)))) == 1


@pytest.mark.parametrize("kind", DOCUMENT_TYPES)
def test_every_missing_field_is_found(kind, stored):
    document = next(each for each in stored if each["$schema"] == f"/schemas/{kind}/{VERSION}.json")
    for name in json_schema(kind)["required"]:
        assert validate_json({key: value for key, value in document.items() if key != name}), name


def test_the_served_schema_lets_new_fields_and_words_come(case):
    validator = jsonschema.Draft202012Validator(served_schema("case"))
    case["claims"][0] |= {"summary": "x", "standing": "certain", "kind": "rumour"}
    case |= {"topics": ["unheard-of"], "summary": "x"}
    assert list(validator.iter_errors(case)) == []
    case["claims"][0]["start"] = 2022
    assert [error.json_path for error in validator.iter_errors(case)] == ["$.claims[0].start"]


def test_the_served_schema_says_the_words_of_today():
    standing = served_schema("case")["$defs"]["PublishedClaim"]["properties"]["standing"]
    assert standing["examples"] == ["potential", "alleged", "stated", "decided"]
    assert "Today one of: potential, alleged" in standing["description"]


def test_the_title_of_what_was_withdrawn_is_a_text_or_a_pair_of_texts_and_never_empty(stored):
    gone = next(each for each in stored if "withdrawn" in each)
    given = {"id": "Surat", "en": "Letter"}
    for title in ("Surat", given):
        assert validate_json(gone | {"title": title}) == []
    assert validate_json(gone | {"title": None, "title_given": given}) == []
    assert validate_json(gone | {"title": None, "title_given": None})
    for title in ("", {"id": "", "en": "Letter"}, {"id": "Surat"}, None):
        assert validate_json(gone | {"title": title})
