"""What lists show: small, never a sentence without who says it, and what does not fit is named."""

import copy
import json

import pytest

from cases.claim_kinds import DETAILED
from cases.claim_kinds.contract import Contract
from cases.claim_kinds.penalty import Penalty
from cases.claim_kinds.stage import Stage
from cases.claim_kinds.tie import Tie
from cases.documents.cards import CARD_MAX_BYTES, card, claim_card, compact, excerpt_card
from cases.documents.types import parse_document
from cases.models import Conflict, Record, RevisionBody
from tests.factories import (
    make_actor,
    make_capture,
    make_case,
    make_claim,
    make_excerpt,
    make_figure,
    make_public,
    make_source,
    make_transfer,
)
from tests.seeding import made_once

pytestmark = pytest.mark.django_db
SAYS = {"standing", "said_by", "relayed_by", "conflicts", "conflict_families", "replies"}
"""What no sentence is shown without."""


@pytest.fixture
def document(curator, reviewer):
    """A case whose lead is said by an actor, told in a work, accuses a company, and is told in two ways."""
    return made_once("cards", lambda: make_document(curator, reviewer))


def make_document(curator, reviewer):
    case, actor = make_case("Bansos Kota Contoh", claims=0), make_actor("Koalisi Misal", slug="koalisi-misal")
    relay = make_capture(make_source(title="Skripsi lain", slug="skripsi-lain")).source
    excerpt = make_excerpt()
    parties = [("accused", make_actor("PT Misal", slug="pt-misal"))]
    lead = make_claim(case, excerpt, parties, lead=1, standing="alleged", said_by_actor=actor, start="2020")
    lead.relays.create(source=relay)
    lead.unknowns.create(subject=case, property="acts", reason="not_in_source")
    for claim in (make_figure(case), make_transfer(case), lead):
        claim.date_as_stated = "tahun itu"
        claim.save()
    stage = make_claim(case, kind="stage", standing="alleged", parties=[("defendant", actor)], start="2021")
    Stage.objects.create(claim=stage, stage="verdict", outcome="acquitted")
    fined = make_claim(case, excerpt, kind="penalty", parties=[("authority", actor)], start="2021")
    Penalty.objects.create(claim=fined, kind="administrative", measure_id="teguran", measure_en="reprimand")
    awarded = make_claim(case, excerpt, kind="contract", parties=[("supplier", actor)], start="2021")
    Contract.objects.create(claim=awarded, step="award")
    awarded.unknowns.create(subject=case, property="amount", reason="not_in_source")
    Tie.objects.create(claim=make_claim(case, excerpt, kind="tie", aspect="owns"), holding="direct")
    conflict = Conflict.objects.create(
        subject=case, claim=lead, key="c", kind="slip", property="date", explanation_id="Beda.", explanation_en="No."
    )
    conflict.sides.create(value="2019", excerpt=excerpt)
    conflict.sides.create(value="2020", excerpt=make_excerpt("menerima uang tunai itu"), position=1)
    make_public(case, by=curator, reviewer=reviewer)
    return json.loads(RevisionBody.objects.get(pk=Record.objects.get(kind="case").since_seq).document)


def of_kind(document, kind):
    return next(claim for claim in document["claims"] if claim["kind"] == kind)


def card_of(document):
    return json.loads(compact(card(parse_document(json.dumps(document)))))


def claim_card_of(claim, document):
    """The card of a claim, which may have been changed since it was taken out of its document."""
    changed = document | {"claims": [claim if each["id"] == claim["id"] else each for each in document["claims"]]}
    typed = parse_document(json.dumps(changed))
    return json.loads(compact(claim_card(typed.claim(claim["id"]), typed)))


def excerpt_cards_of(document):
    typed = parse_document(json.dumps(document))
    return [json.loads(compact(excerpt_card(each, typed))) for each in typed.excerpts]


def long(words):
    return {"id": f"{words} ".ljust(199, "i"), "en": f"{words} ".ljust(199, "e")}


def size(value):
    return len(compact(value).encode())


def test_the_lead_of_a_card_tells_who_says_it_through_whom_what_disagrees_and_who_was_asked(document):
    lead = card_of(document)["lead"]
    assert (lead["standing"], lead["conflicts"], lead["relayed_by"]) == ("alleged", 1, ["skripsi-lain"])
    assert (lead["conflict_families"], lead["replies"]) == (["inconsistent"], {"pt-misal": "not_asked"})
    assert (lead["said_by"]["actor"]["slug"], lead["unknowns"]) == ("koalisi-misal", ["acts"])
    assert lead["id"] == document["lead"][0]


@pytest.mark.parametrize("length", [10, 100, 200, 300, 400, 500])
@pytest.mark.parametrize("places", [0, 2, 20])
def test_whatever_is_left_out_of_a_card_a_lead_keeps_what_no_sentence_is_shown_without(document, length, places):
    [lead] = [claim for claim in document["claims"] if claim["id"] == document["lead"][0]]
    lead["statement"] = {"id": "i" * length, "en": "e" * length}
    lead["said_by"]["actor"]["title"] = long("Koalisi")
    place = {"id": document["id"], "kind": "place", "path": "/places/x/", "place_kind": "city"}
    document["places"] = [place | {"slug": f"kota-{n}", "title": long("Kota")} for n in range(places)]
    document["topics"] = ["smart-city", "cctv"]
    whole = copy.deepcopy(document)
    found = card_of(document)
    assert document == whole, "the document itself stays as it is"
    assert size(found) <= CARD_MAX_BYTES
    left_out = found.get("left_out", [])
    assert {"topics", "places", "lead"} - set(found) == set(left_out) & {"topics", "places", "lead"}
    if "lead" in found:
        assert set(found["lead"]) >= SAYS | {"id", "statement"}
        assert found["lead"]["said_by"]["actor"]["slug"] == "koalisi-misal"
    else:
        assert {"topics", "places"} & set(found) <= {"places"}, "the rest goes before the lead"
        assert not found.get("places")


def test_a_card_of_a_claim_tells_who_pays_and_receives_and_the_date_in_the_words_of_the_source(document):
    found = claim_card_of(of_kind(document, "transfer"), document)
    assert [(party["part"], party["as_stated"]) for party in found["parties"]] == [
        ("payer", "calon klien"),
        ("recipient", "calon patron"),
    ]
    assert found["date_as_stated"] == "tahun itu"
    assert "left_out" not in found


def test_a_card_of_a_claim_names_the_parties_that_are_known_and_its_step(document):
    found = claim_card_of(of_kind(document, "stage"), document)
    [party] = found["parties"]
    assert set(party["who"]) == {"id", "kind", "slug", "title"}
    assert party["who"]["slug"] == "koalisi-misal"
    assert (found["stage"]["stage"], found["stage"]["outcome"]) == ("verdict", "acquitted")


@pytest.mark.parametrize("kind", ["figure", "transfer", "stage"])
@pytest.mark.parametrize("parties", [0, 2, 30])
def test_what_a_claim_is_read_for_stays_when_titles_and_parties_are_long(document, kind, parties):
    claim = of_kind(document, kind)
    who = {"id": document["id"], "kind": "actor", "slug": "a" * 40, "title": long("PT"), "path": "/actors/a/"}
    claim["parties"] = [{"part": "named", "who": who, "as_stated": None} for _number in range(parties)]
    claim["statement"] = long("Pernyataan")
    claim["said_by"] = of_kind(document, "description")["said_by"]
    document["title"] = long("Bansos")
    if kind == "figure":
        claim["figure"] |= {"indicator": long("Keluhan"), "base": long("Semua")}
    whole = copy.deepcopy(document)
    found = claim_card_of(claim, document)
    assert document == whole, "the document itself stays as it is"
    assert size(found) <= CARD_MAX_BYTES
    assert found[kind]["value" if kind == "figure" else "amount" if kind == "transfer" else "stage"]
    assert set(found) >= SAYS
    missing = {"parties", "date_as_stated"} - set(found)
    assert missing <= set(found["left_out"])
    if parties == 30:
        assert "parties" in found["left_out"]
        assert "parties.who.title" not in found["left_out"], "it is said once that they are not there"


@pytest.mark.parametrize("kind", DETAILED)
def test_a_card_shows_every_number_of_a_claim_of_any_kind(kind, document):
    claim = of_kind(document, kind)
    assert claim_card_of(claim, document)[kind] == claim[kind]
    assert set(claim[kind]) == set(DETAILED[kind].document.__struct_fields__)
    assert set(DETAILED[kind].omitted_first) <= set(claim[kind])


def test_a_field_that_was_empty_is_not_said_to_be_left_out(document):
    claim = of_kind(document, "description")
    claim |= {"parties": [], "date_as_stated": None, "statement": {"id": "i" * 400, "en": "e" * 400}}
    document["title"] = long("Bansos")
    found = claim_card_of(claim, document)
    assert (found["parties"], found["date_as_stated"], found["left_out"]) == ([], None, ["subject.title"])


def test_a_card_of_an_excerpt_has_what_checks_it_and_what_rests_on_it(document):
    cards = excerpt_cards_of(document)
    for excerpt, found in zip(document["excerpts"], cards, strict=True):
        assert excerpt.items() <= found.items()
        assert found["subject"] == {"id": document["id"], "kind": "case", "path": document["path"]}
    lead = document["lead"][0]
    [cited] = [
        found for found in cards if {"id": lead, "standing": "alleged", "relation": "supports"} in found["claims"]
    ]
    [side] = [found for found in cards if not found["claims"]]
    assert (cited["conflicts"], side["conflicts"], side["aliases"], side["responses"]) == (1, 1, 0, 0)


@pytest.mark.parametrize("length", [100, 300, 600])
@pytest.mark.parametrize("claims", [1, 12, 40])
def test_a_card_of_an_excerpt_keeps_what_checks_it_whatever_is_left_out(document, length, claims):
    excerpt = copy.deepcopy(document["excerpts"][0])
    excerpt |= {"exact": "x" * length, "translation": {"en": {"text": "e" * length, "by": "curator"}}}
    claim = of_kind(document, "description") | {"citations": [{"excerpt": excerpt["id"], "relation": "supports"}]}
    document["claims"] = [claim] * claims
    document |= {"excerpts": [excerpt], "aliases": [], "conflicts": [], "responses": []}
    [found] = excerpt_cards_of(document)
    assert size(found) <= CARD_MAX_BYTES
    left_out = set(found.get("left_out", []))
    assert set(excerpt) - set(found) == left_out & {"translation"}, "nothing else that was given may go"
    assert ("claims" in found) == ("claims" not in left_out)
    assert len(found.get("claims", [])) in (0, claims)
    kept = {key for each in found.get("claims", []) for key in each}
    assert "claims" in left_out or {"standing", "relation"} - kept == {
        path.removeprefix("claims.") for path in left_out if path.startswith("claims.")
    }
