"""What everybody asks of a document, on one small document made by hand."""

import json

import pytest

from cases.claim_kinds.figure import FigureDetail
from cases.claim_kinds.transfer import TransferDetail
from cases.documents.base import UNVERSIONED
from cases.documents.claims import SaidBy
from cases.documents.references import SubjectRef
from cases.documents.types import encode_document, parse_document, ref
from sources.json_fields import LanguageMap, or_none

SAME = {"id": "sama", "en": "same"}


def actor(name, kind="company"):
    return {"id": name, "kind": "actor", "slug": name, "path": f"/actors/{name}/", "title": SAME, "actor_kind": kind}


def claim(key, **fields):
    bare = dict.fromkeys(["aspect", "start", "end", "date_as_stated"])
    lists = {name: [] for name in ("relayed_by", "parties", "places", "topics", "citations", "conflicts", "unknowns")}
    given = {"id": key, "path": f"/claims/{key}/", "kind": "event", "standing": "stated", "statement": SAME}
    return given | bare | lists | {"said_by": {"source": "tesis"}, "ongoing_when_written": False} | fields


def excerpt(key):
    words = {"exact": key, "prefix": "", "suffix": "", "start": 0, "end": 1, "language": "id", "locator": None}
    return words | {"id": key, "path": f"/excerpts/{key}/", "source": "tesis", "text_sha256": "", "translation": {}}


SOURCE = dict.fromkeys(["institution", "publisher", "published", "url", "extent"]) | {
    "id": "s1", "kind": "source", "slug": "tesis", "path": "/sources/tesis/", "title": "Tesis", "title_given": None,
    "source_kind": "thesis", "authors": [], "language": "id", "known_through": [],
}  # fmt: skip
TRANSFER = dict.fromkeys(["kind", "currency", "in_kind", "quantity", "unit", "as_stated", "number_reason"]) | {
    "amount": "5"
}
FIRST = claim(
    "c1",
    kind="transfer",
    transfer=TRANSFER,
    parties=[
        {"part": "payer", "who": actor("lama"), "as_stated": None},
        {"part": "recipient", "who": None, "as_stated": "petugas"},
        {"part": "accused", "who": actor("orang", "person"), "as_stated": None},
    ],
    citations=[{"excerpt": "e2", "relation": "supports"}, {"excerpt": "e1", "relation": "context"}],
    conflicts=["k1"],
    start="2022",
    relayed_by=["berita"],
)
SECOND = claim("c2", citations=[{"excerpt": "e1", "relation": "supports"}], said_by={"speaker": SAME})
UNKNOWN = {"reason": "not_in_source", "note": None, "excerpt": None, "searched_on": None}
CONFLICT = {"kind": "slip", "family": "inconsistent", "explanation": SAME, "property": "end"}
SIDES = [{"value": "a", "excerpt": "e1"}, {"value": "b", "excerpt": "e1"}]
RAW = {
    "$schema": "/schemas/case/2.json",
    "kind": "case",
    "id": "d1",
    "slug": "perkara",
    "path": "/cases/perkara/",
    "title": {"id": "Perkara", "en": "Case"},
    "aliases": [{"name": "P", "kind": "initials", "excerpt": "e2"}],
    "places": [],
    "topics": [],
    "period": {"start": "2022", "end": None},
    "lead": ["c2", "c1"],
    "claims": [FIRST, SECOND],
    "excerpts": [excerpt("e1"), excerpt("e2")],
    "sources": [SOURCE],
    "conflicts": [
        CONFLICT | {"id": "k1", "claim": "c1", "sides": SIDES},
        CONFLICT | {"id": "k2", "claim": None, "sides": []},
    ],
    "unknowns": [
        UNKNOWN | {"claim": "c2", "property": "date", "excerpt": "e2"},
        UNKNOWN | {"claim": None, "property": "cost"},
    ],
    "responses": [
        {"id": "r1", "who": actor("lama"), "state": "declined", "not_asked_because": None, "asked": "2024",
         "deadline": None, "answered": None, "denies": False, "note": None, "claims": ["c1"], "excerpts": ["e1"]},
    ],
    "license": "CC-BY-4.0",
}  # fmt: skip


@pytest.fixture
def document():
    return parse_document(json.dumps(RAW))


@pytest.fixture
def first(document):
    return document.claim("c1")


@pytest.fixture
def second(document):
    return document.claim("c2")


def test_things_are_found_by_id_and_slug(document):
    assert document.claim("c2").id == "c2"
    assert document.excerpt("e1").exact == "e1"
    assert document.source("tesis") is document.source_of("e2")
    for lookup in (document.claim, document.excerpt, document.source):
        with pytest.raises(KeyError):
            lookup("none")


def test_supporting_excerpts_leave_out_the_context(document, first):
    assert first.supporting_excerpts == ("e2",)
    assert [each.id for each in document.supporting_excerpts_of(first)] == ["e2"]


def test_conflicts_unknowns_and_responses_belong_to_a_claim_or_to_the_whole(document, first, second):
    assert [each.id for each in document.conflicts_of(first)] == ["k1"]
    assert document.conflicts_of(second) == document.unknowns_of(first) == ()
    assert [each.property for each in document.unknowns_of(second)] == ["date"]
    assert [each.id for each in document.own_conflicts] == ["k2"]
    assert [each.property for each in document.own_unknowns] == ["cost"]
    assert [each.id for each in document.responses_to(first)] == ["r1"]
    assert document.responses_to(second) == ()


def test_the_lead_keeps_its_order(document):
    assert [each.id for each in document.lead_claims] == ["c2", "c1"]


def test_parties_are_asked_for_by_part(first):
    assert [party.part for party in first.parties_in("recipient", "payer")] == ["payer", "recipient"]
    assert first.parties_in("holder") == ()
    assert first.charged_ids == {"orang"}


def test_a_claim_names_a_person_as_party_or_as_speaker(first, second):
    assert first.names_person
    assert not second.names_person
    person = SubjectRef(id="a", kind="actor", slug="a", path="/actors/a/", title=second.statement, actor_kind="person")
    spoken = type(second)(**{name: getattr(second, name) for name in second.__struct_fields__ if name != "said_by"},
                          said_by=SaidBy(actor=person))  # fmt: skip
    assert spoken.names_person
    assert spoken.people == (person,)


def test_a_claim_knows_its_works_dates_and_numbers(first, second):
    assert first.source_slugs == ("berita", "tesis")
    assert second.source_slugs == ()
    assert (first.is_dated, second.is_dated) == (True, False)
    assert first.detail_of(TransferDetail).amount == "5"
    assert first.detail_of(FigureDetail) is None
    assert second.detail is None


def test_a_statement_kind_has_no_numbers_though_a_field_has_its_name(document):
    raw = RAW | {"claims": [claim("c1", kind="statement"), SECOND]}
    assert parse_document(json.dumps(raw)).claim("c1").detail is None


def test_what_rests_on_an_excerpt_is_counted_once(document, first, second):
    uses = document.uses_of_excerpts["e1"]
    assert uses.claims == [(first, "context"), (second, "supports")]
    assert [each.id for each in uses.conflicts] == ["k1"]
    assert [each.id for each in uses.responses] == ["r1"]
    assert [each.name for each in document.uses_of_excerpts["e2"].aliases] == ["P"]
    assert [each.property for each in document.uses_of_excerpts["e2"].unknowns] == ["date"]


def test_a_language_falls_back_on_the_other(document):
    assert document.title.choose("id") == "Perkara"
    assert document.title.choose("en") == "Case"
    assert LanguageMap(id="Saja", en="").choose("en") == "Saja"
    assert LanguageMap(id="", en="Only").choose("id") == "Only"


def test_optional_keys_that_are_absent_are_none_for_who_asks_so(document, first, second):
    assert or_none(second.said_by.actor) is None
    assert or_none(first.said_by.source) == "tesis"
    assert (ref(document).subkind, first.parties[0].who.subkind) == ("", "company")


def test_a_document_that_is_not_published_yet_has_no_version(document):
    assert document.version is UNVERSIONED
    assert "version" not in json.loads(encode_document(document))
