"""Stored JSON and its types: the same bytes come back, and readers take what later versions may add."""

import json

import msgspec
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from cases.claim_kinds import DETAILED, REGISTRY, DetailDocument
from cases.documents.build import ref_of
from cases.documents.cards import uses_of
from cases.documents.schemas import json_schema
from cases.documents.types import (
    DOCUMENT_TYPES,
    LanguageMap,
    Merger,
    SourceDocument,
    Withdrawal,
    encode_document,
    parse_document,
    ref,
)
from cases.publication.projection import titles
from cases.publication.rules import names_a_person


def test_every_document_comes_back_byte_for_byte(stored_texts):
    for text in stored_texts:
        assert encode_document(parse_document(text)) == text


def test_the_record_tested_holds_every_kind_of_document(stored_texts):
    types = {type(parse_document(text)) for text in stored_texts}
    assert types == set(DOCUMENT_TYPES.values())
    assert any('"merged_from"' in text for text in stored_texts)


def test_every_document_without_its_version_comes_back_too(stored):
    for document in stored:
        text = rfc8785.dumps({key: value for key, value in document.items() if key != "version"}).decode()
        assert encode_document(parse_document(text)) == text


@given(data=st.data())
def test_texts_of_any_characters_come_back(data, stored):
    document = data.draw(st.sampled_from([each for each in stored if each.get("claims")]))
    characters = st.characters(exclude_categories=["Cs"])
    said = {"id": data.draw(st.text(characters)), "en": data.draw(st.text(characters))}
    claims = [document["claims"][0] | {"statement": said}, *document["claims"][1:]]
    text = rfc8785.dumps(document | {"claims": claims}).decode()
    assert encode_document(parse_document(text)) == text


def test_fields_that_are_unknown_are_left_out_wherever_they_stand(stored, stored_texts):
    for document, text in zip(stored, stored_texts, strict=True):
        assert encode_document(parse_document(json.dumps(_with_new_fields(document)))) == text


def _with_new_fields(value, is_map=False):
    if isinstance(value, list):
        return [_with_new_fields(each) for each in value]
    if not isinstance(value, dict):
        return value
    members = {key: _with_new_fields(entry, key == "translation") for key, entry in value.items()}
    return members if is_map else members | {"new_field": {"new": [1.5, None]}}


def _places_of_words(schema):
    """(place, words) of every closed list of a schema, where a place is the names of the fields that lead there."""

    def walk(part, place):
        part = part | schema["$defs"][part["$ref"].rsplit("/", 1)[1]] if "$ref" in part else part
        if "enum" in part:
            yield place, part["enum"]
        for choice in part.get("anyOf", []):
            yield from walk(choice, place)
        if "items" in part:
            yield from walk(part["items"], (*place, "*"))
        if isinstance(part.get("additionalProperties"), dict):
            yield from walk(part["additionalProperties"], (*place, "*"))
        for name, field in part.get("properties", {}).items():
            yield from walk(field, (*place, name))

    return dict(walk(schema, ()))


def _replace(value, place, word):
    """How many words of a document at a place were replaced."""
    step, *rest = place
    keys = [step] if step != "*" else list(value if isinstance(value, dict) else range(len(value)))
    if isinstance(value, dict):
        keys = [key for key in keys if value.get(key) is not None]
    if not rest:
        for key in keys:
            value[key] = word
        return len(keys)
    return sum(_replace(value[key], rest, word) for key in keys if isinstance(value[key], (dict, list)))


@pytest.mark.parametrize("kind", DOCUMENT_TYPES)
def test_a_word_that_no_list_has_stops_no_reader(kind, stored):
    places = _places_of_words(json_schema(kind))
    found = set()
    for document in stored:
        if document["$schema"] != f"/schemas/{kind}/1.json":
            continue
        changed = json.loads(json.dumps(document))
        found.update(place for place in places if _replace(changed, place, "a_new_word"))
        assert encode_document(parse_document(json.dumps(changed))) == rfc8785.dumps(changed).decode()
    assert found


def test_a_missing_field_is_refused():
    with pytest.raises(msgspec.ValidationError, match="slug"):
        parse_document('{"$schema": "/schemas/case/1.json", "kind": "case", "id": "x"}')


def test_a_document_cannot_be_changed(stored_texts):
    document = parse_document(stored_texts[0])
    with pytest.raises(AttributeError):
        document.slug = "other"


def test_the_types_answer_what_was_computed_by_hand(stored, stored_texts):
    for raw, text in zip(stored, stored_texts, strict=True):
        document = parse_document(text)
        assert document.names_person == names_a_person(raw)
        assert document.stands == ("withdrawn" not in raw and "merged" not in raw)
        assert msgspec.to_builtins(document.titles) == titles(raw)
        if document.stands:
            assert json.loads(msgspec.json.encode(ref(document))) == ref_of(raw)
        uses = {
            key: {
                "claims": [{**msgspec.to_builtins(claim), "relation": relation} for claim, relation in use.claims],
                "conflicts": msgspec.to_builtins(use.conflicts),
                "aliases": msgspec.to_builtins(use.aliases),
                "responses": msgspec.to_builtins(use.responses),
            }
            for key, use in document.uses_of_excerpts.items()
        }
        assert json.loads(json.dumps(uses)) == uses_of(raw)


def test_the_languages_of_a_text_stand_in_the_order_of_the_stored_bytes(stored):
    claim = next(claim for document in stored for claim in document.get("claims", []))
    assert [*LanguageMap(**claim["statement"]).items()] == [*claim["statement"].items()]


def test_a_detail_is_read_under_the_name_of_the_kind_alone(stored_texts):
    found = set()
    for text in stored_texts:
        for claim in parse_document(text).claims:
            detail = claim.detail
            assert (detail is not None) == (claim.kind in DETAILED)
            if detail is not None:
                found.add(claim.kind)
                assert claim.detail_of(DETAILED[claim.kind].document) is detail is claim.detail_of(DetailDocument)
    assert found == set(DETAILED)
    assert set(DETAILED) <= set(REGISTRY)


def test_what_has_no_claims_answers_with_nothing(stored_texts):
    documents = [parse_document(text) for text in stored_texts]
    bare = [each for each in documents if isinstance(each, (SourceDocument, Withdrawal, Merger))]
    assert bare
    for document in bare:
        assert document.claims == document.excerpts == document.sources == document.conflicts == ()
        assert document.unknowns == document.responses == document.aliases == document.lead_claims == ()
        assert document.own_conflicts == document.own_unknowns == ()
        assert document.uses_of_excerpts == {}
