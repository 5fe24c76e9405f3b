"""Stored JSON and its types: the same bytes come back, and readers take what later versions may add."""

import json

import msgspec
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from cases.claim_kinds import DETAILED, REGISTRY, DetailDocument
from cases.documents.schemas import VERSION, json_schema
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
from tests.documents.words import places_of_words, replace_words


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


@pytest.mark.parametrize("kind", DOCUMENT_TYPES)
def test_a_word_that_no_list_has_stops_no_reader(kind, stored):
    places = places_of_words(json_schema(kind))
    found = set()
    for document in stored:
        if document["$schema"] != f"/schemas/{kind}/{VERSION}.json":
            continue
        changed = json.loads(json.dumps(document))
        found.update(place for place in places if replace_words(changed, place, "a_new_word"))
        assert encode_document(parse_document(json.dumps(changed))) == rfc8785.dumps(changed).decode()
    assert found


def test_a_missing_field_is_refused():
    with pytest.raises(msgspec.ValidationError, match="slug"):
        parse_document('{"$schema": "/schemas/case/1.json", "kind": "case", "id": "x"}')


def test_a_document_cannot_be_changed(stored_texts):
    document = parse_document(stored_texts[0])
    with pytest.raises(AttributeError):
        document.slug = "other"


def names_a_person(raw):
    claims = raw.get("claims", [])
    parties = [party for claim in claims for party in claim["parties"]]
    people = [party["who"] for party in parties] + [claim["said_by"].get("actor") for claim in claims]
    return (
        raw["kind"] == "case"
        or raw.get("actor_kind") == "person"
        or any(party["part"] in ("accused", "defendant") for party in parties)
        or any(who and who.get("actor_kind") == "person" for who in people)
    )


def titles(raw):
    if raw["kind"] != "source":
        return raw["title"]
    if raw["title"] is None:
        return {language: f"[{title}]" for language, title in raw["title_given"].items()}
    return {"id": raw["title"], "en": raw["title"]}


def ref_of(raw):
    cited = ("title_given", "authors", "institution", "publisher", "published", "language", "url", "extent")
    keys = ["id", "kind", "slug", "path", "title", f"{raw['kind']}_kind"]
    keys += [*cited, "known_through"] if raw["kind"] == "source" else []
    return {key: raw[key] for key in keys if key in raw}


def uses_of(raw):
    found = {
        excerpt["id"]: {
            "claims": [],
            "conflicts": [],
            "aliases": [],
            "identifiers": [],
            "responses": [],
            "unknowns": [],
        }
        for excerpt in raw.get("excerpts", [])
    }
    for claim in raw.get("claims", []):
        for citation in claim["citations"]:
            found[citation["excerpt"]]["claims"].append(claim | {"relation": citation["relation"]})
    for conflict in raw.get("conflicts", []):
        for excerpt_id in dict.fromkeys(side["excerpt"] for side in conflict["sides"]):
            found[excerpt_id]["conflicts"].append(conflict)
    for alias in raw.get("aliases", []):
        found[alias["excerpt"]]["aliases"].append(alias)
    for identifier in raw.get("identifiers", []):
        found[identifier["excerpt"]]["identifiers"].append(identifier)
    for response in raw.get("responses", []):
        for excerpt_id in response["excerpts"]:
            found[excerpt_id]["responses"].append(response)
    for unknown in raw.get("unknowns", []):
        if unknown["excerpt"]:
            found[unknown["excerpt"]]["unknowns"].append(unknown)
    return found


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
                "identifiers": msgspec.to_builtins(use.identifiers),
                "responses": msgspec.to_builtins(use.responses),
                "unknowns": msgspec.to_builtins(use.unknowns),
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
            assert detail is not None or claim.kind not in DETAILED or not DETAILED[claim.kind].needs_numbers
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
        assert document.claims == document.conflicts == ()
        if isinstance(document, SourceDocument) and document.about:
            continue  # what it tells of itself has words, and works in which they stand
        assert document.excerpts == document.sources == ()
        assert document.unknowns == document.responses == document.aliases == document.lead_claims == ()
        assert document.own_conflicts == document.own_unknowns == ()
        assert document.uses_of_excerpts == {}
