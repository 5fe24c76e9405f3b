"""Filters: each keeps what it says, several values mean any of them, and several filters mean all of them."""

import pytest
import time_machine
from django.utils import timezone

from cases.claim_kinds.stage import Stage
from cases.models import Conflict, RecordLink
from cases.publication.acts import withdraw
from cases.record.as_of import last_seq
from tests.factories import make_actor, make_capture, make_case, make_claim, make_excerpt, make_system, make_transfer

pytestmark = pytest.mark.django_db


@pytest.fixture
def claims(api, world):
    """The names, in the world, of the claims of the case that a query finds."""
    names = {
        str(getattr(world, name).id): name for name in ("lead", "partner", "plan", "transfer", "rupiah", "disputed")
    }

    def find(**query):
        found = api.ids("claims/", subject="cases/cctv-kota-contoh", **query)
        return {names[claim_id] for claim_id in found}

    return find


CASES = [
    ({}, {"cctv-kota-contoh"}),
    ({"q": "cctv"}, {"cctv-kota-contoh"}),
    ({"q": "kota  CONTOH!"}, {"cctv-kota-contoh"}),
    ({"q": "contoh kota"}, set()),
    ({"topic": "cctv"}, {"cctv-kota-contoh"}),
    ({"topic": "smart-city"}, {"cctv-kota-contoh"}),
    ({"topic": "procurement"}, set()),
    ({"topic": ["procurement", "cctv"]}, {"cctv-kota-contoh"}),
    ({"place": "kota-contoh"}, {"cctv-kota-contoh"}),
    ({"place": "provinsi-contoh"}, {"cctv-kota-contoh"}),
    ({"actor": "pt-misal"}, {"cctv-kota-contoh"}),
    ({"actor": ["dinas-contoh", "pt-misal"]}, {"cctv-kota-contoh"}),
    ({"standing": "potential"}, {"cctv-kota-contoh"}),
    ({"standing": "decided"}, set()),
    ({"from": "2018", "to": "2018-12"}, {"cctv-kota-contoh"}),
    ({"to": "2017"}, set()),
    ({"from": "2022-06-01"}, {"cctv-kota-contoh"}),
    ({"from": "2023"}, set()),
    ({"topic": "cctv", "standing": "decided"}, set()),
    ({"transfer_kind": "money_unspecified"}, {"cctv-kota-contoh"}),
    ({"transfer_kind": ["csr", "award"]}, set()),
    ({"stage": "verdict"}, set()),
    ({"has_conflict": "true"}, {"cctv-kota-contoh"}),
    ({"has_conflict": "false"}, set()),
    ({"conflict_family": "inconsistent"}, {"cctv-kota-contoh"}),
    ({"conflict_family": ["denied", "sources_differ", "unclear", "identity"]}, set()),
    ({"has_unknown": "true"}, {"cctv-kota-contoh"}),
]


def test_cases_are_found_by(api, world, subtests):
    for query, expected in CASES:
        with subtests.test(query=query):
            assert set(api.ids("cases/", **query)) == expected


def test_what_was_going_on_when_it_was_written_has_an_open_end(api, world):
    assert api.ids("collaborations/", **{"from": "2030"}) == ["kota-pintar"]
    assert api.ids("collaborations/", to="2016") == []


def test_documents_are_found_by_the_source_that_they_cite(api, world):
    assert api.ids("collaborations/", source=world.source.slug) == ["kota-pintar"]
    assert api.ids("places/", source=world.source.slug) == []


def test_kinds_of_actors_systems_places_and_sources(api, world):
    assert api.ids("actors/", actor_kind="company") == ["pt-misal"]
    assert set(api.ids("actors/", actor_kind=["company", "public_body"])) == {"pt-misal", "dinas-contoh"}
    assert api.ids("systems/", system_kind="platform") == []
    assert api.ids("places/", place_kind="province") == ["provinsi-contoh"]
    assert api.ids("places/", place="provinsi-contoh") == ["provinsi-contoh"]
    assert api.ids("places/", parent="provinsi-contoh") == ["kota-contoh"]
    assert api.ids("places/", parent="kota-contoh") == []
    assert world.source.slug in api.ids("sources/", source_kind="thesis")
    assert api.ids("sources/", source_kind="news") == []


def test_a_step_of_proceedings_is_found_by_its_word(api, world, published):
    parties = [("defendant", world.actor)]
    given = {"kind": "stage", "standing": "alleged", "start": "2020", "parties": parties}
    claim = make_claim(world.case, world.excerpt, **given)
    Stage.objects.create(claim=claim, stage="charged")
    published(world.case)
    assert api.ids("claims/", stage="charged") == api.ids("claims/", stage=["charged", "final"]) == [str(claim.id)]
    assert api.ids("cases/", stage="charged") == ["cctv-kota-contoh"]
    assert api.ids("claims/", stage="final") == []


def test_a_transfer_is_found_by_its_word_and_a_topic_of_the_same_code_is_not_it(api, world, claims):
    assert claims(transfer_kind="money_unspecified") == {"transfer", "rupiah"}
    assert claims(transfer_kind="bribe") == set()
    world.case.topics = ["csr"]
    assert api.ids("cases/", transfer_kind="csr") == []


def disputed_kind(case, *values):
    """A transfer about whose kind two excerpts differ."""
    claim, capture = make_transfer(case, kind=""), make_capture()
    told = {"key": "kind", "kind": "between_languages", "explanation_id": "Beda.", "explanation_en": "They differ."}
    conflict = Conflict.objects.create(subject=case, claim=claim, property="transfer.kind", **told)
    for position, (value, words) in enumerate(zip(values, ("bekerja sama", "sejak tahun 2017"), strict=True)):
        conflict.sides.create(value=value, excerpt=make_excerpt(words, capture), position=position)
    return claim


def test_a_transfer_in_dispute_is_found_by_the_word_of_each_side(api, published):
    case, other = make_case(slug="perkara"), make_case(slug="lain")
    claim = disputed_kind(case, "bribe", "money_unspecified")
    unsaid = make_transfer(other, kind="")
    unsaid.unknowns.create(subject=other, property="kind", reason="not_in_source")
    published(case, other)
    for word in ("bribe", "money_unspecified"):
        assert api.ids("claims/", transfer_kind=word) == [str(claim.id)]
        assert api.ids("cases/", transfer_kind=word) == ["perkara"]
    assert api.ids("claims/", transfer_kind="not_stated") == [str(unsaid.id)]
    assert api.ids("claims/", transfer_kind="csr") == []


def test_words_of_a_side_that_name_no_kind_are_not_one(api, published):
    case = make_case(slug="perkara")
    disputed_kind(case, "uang terima kasih", "money_unspecified")
    published(case)
    words = RecordLink.objects.filter(part="transfer").values_list("target", flat=True)
    assert list(words) == ["transfer:money_unspecified"]


def test_a_step_and_a_dispute_are_found_as_of_a_day(api, published):
    case, actor = make_case(slug="perkara"), make_actor(slug="pt-misal")
    given = {"kind": "stage", "standing": "alleged", "start": "2020", "parties": [("accused", actor)]}
    with time_machine.travel("2026-11-01T16:59:00Z"):  # 23.59 in Jakarta
        published(case)
    with time_machine.travel("2026-11-01T17:00:00Z"):
        Stage.objects.create(claim=make_claim(case, **given), stage="charged")
        disputed_kind(case, "bribe", "grant")
        published(case)
    with time_machine.travel("2026-11-20T05:00:00Z"):
        for query in ({"stage": "charged"}, {"transfer_kind": "grant"}, {"has_conflict": "true"}):
            assert api.ids("cases/", **query) == ["perkara"]
            assert api.ids("cases/", as_of="2026-11-01", **query) == []
        assert api.ids("cases/", has_conflict="false", as_of="2026-11-01") == ["perkara"]
        assert len(api.ids("claims/", changed_since="2026-11-02")) == 3, "midnight in Jakarta begins the day"
        assert api.ids("claims/", changed_since="2026-11-03") == []
        assert len(api.ids("claims/", changed_since="2026-11-01", as_of="2026-11-01")) == 1


def test_what_is_unknown_of_the_whole_counts_too(api, world):
    assert api.ids("collaborations/", has_unknown="true") == ["kota-pintar"]
    assert api.ids("systems/", has_unknown="true") == []
    assert api.ids("systems/", has_unknown="false", has_conflict="false") == ["aplikasi-lapor"]


def test_a_bound_of_the_amount_counts_what_it_cannot_be_compared_with(api, world):
    answer = api.read("claims/", currency="IDR", amount_min="1").json()
    assert (len(answer["results"]), answer["not_compared"]) == (1, 1)
    answer = api.read("claims/", currency="IDR", amount_min="9999999", kind="transfer").json()
    assert (len(answer["results"]), answer["not_compared"]) == (0, 1)
    assert api.read("claims/", currency="USD", amount_max="1").json()["not_compared"] == 2
    elsewhere = api.read("claims/", currency="IDR", amount_max="1", subject="systems/aplikasi-lapor").json()
    assert elsewhere["not_compared"] == 0
    assert "not_compared" not in api.read("claims/", currency="IDR").json()


def test_only_what_changed_since_a_day_or_a_time(api, world, published):
    day = timezone.localdate().isoformat()
    assert api.ids("cases/", changed_since=day) == ["cctv-kota-contoh"]
    assert api.ids("cases/", changed_since="2001-01-01") == ["cctv-kota-contoh"]
    now = timezone.now().isoformat().replace("+00:00", "Z")
    assert api.ids("cases/", changed_since=now) == []
    world.case.title_en = "Renamed"
    world.case.save()
    published(world.case)
    assert api.ids("cases/", changed_since=now) == ["cctv-kota-contoh"]


def test_only_what_changed_since_a_seq(api, world, published):
    last = api.read("").json()["seq"]
    assert api.ids("cases/", changed_since=last) == []
    make_claim(world.case, world.excerpt)
    published(world.case)
    assert api.ids("cases/", changed_since=last) == ["cctv-kota-contoh"]
    assert len(api.ids("claims/", changed_since=last)) == 7


CLAIMS = [
    ({"kind": "transfer"}, {"transfer", "rupiah"}),
    ({"kind": ["plan", "role"]}, {"plan", "partner"}),
    ({"aspect": "hoped"}, {"plan"}),
    ({"standing": "potential"}, {"transfer", "rupiah"}),
    ({"actor": "pt-misal"}, {"partner"}),
    ({"actor": "pt-misal", "part": "partner"}, {"partner"}),
    ({"actor": "pt-misal", "part": "body"}, set()),
    ({"actor": ["pt-misal", "dinas-contoh"], "part": "body"}, {"plan"}),
    ({"part": "body"}, {"plan"}),
    ({"place": "provinsi-contoh"}, {"partner"}),
    ({"place": "kota-contoh"}, {"lead", "plan", "transfer", "rupiah", "disputed"}),
    ({"topic": "smart-city"}, {"plan"}),
    ({"topic": "cctv"}, {"lead", "partner", "transfer", "rupiah", "disputed"}),
    ({"from": "2018", "to": "2019"}, {"partner", "disputed"}),
    ({"to": "2018-02"}, set()),
    ({"from": "2022"}, {"transfer", "rupiah"}),
    ({"currency": "IDR"}, {"rupiah"}),
    ({"currency": "not_stated"}, {"transfer"}),
    ({"currency": "USD"}, set()),
    ({"currency": "not_stated", "amount_min": "2500000000"}, {"transfer"}),
    ({"currency": "not_stated", "amount_min": "2500000000.01"}, set()),
    ({"currency": "IDR", "amount_min": "150000.50", "amount_max": "150000.5"}, {"rupiah"}),
    ({"currency": "IDR", "amount_max": "0"}, set()),
    ({"has_conflict": "true"}, {"disputed"}),
    ({"conflict_family": "inconsistent"}, {"disputed"}),
    ({"conflict_family": ["inconsistent", "denied"]}, {"disputed"}),
    ({"conflict_family": "denied"}, set()),
    ({"has_unknown": "true"}, {"transfer"}),
    ({"has_unknown": "false", "kind": "transfer"}, {"rupiah"}),
    ({"q": "PERNYATAAN"}, {"lead", "partner", "plan", "transfer", "rupiah", "disputed"}),
]


def test_claims_are_found_by(claims, subtests):
    for query, expected in CLAIMS:
        with subtests.test(query=query):
            assert claims(**query) == expected


def test_a_claim_is_found_by_who_says_it_and_who_relays_it(api, world, published):
    speaker = make_actor("Badan Audit", slug="badan-audit")
    said = make_claim(world.case, world.excerpt, said_by_actor=speaker)
    said.relays.create(source=world.source)
    published(world.case)
    assert api.ids("claims/", actor="badan-audit", part="said_by") == [str(said.id)]
    assert str(said.id) in api.ids("claims/", source=world.source.slug)


def test_a_subject_is_named_by_its_address_or_its_id(api, world):
    by_id = api.ids("claims/", subject=str(world.system.id))
    assert (
        by_id
        == api.ids("claims/", subject="systems/aplikasi-lapor")
        == api.ids("claims/", subject="/systems/aplikasi-lapor/")
    )
    assert len(by_id) == 1


def test_excerpts_are_found_by_their_source_and_their_words(api, world):
    assert set(api.ids("excerpts/", source=world.source.slug)) >= {str(world.excerpt.id)}
    assert api.ids("excerpts/", q="BEKERJA SAMA, dengan pt misal") == [str(world.excerpt.id)]


def test_a_slug_that_was_renamed_still_filters(api, world, published):
    world.actor.slug = "pt-baru"
    world.actor.save()
    published(world.actor)
    assert api.ids("cases/", actor="pt-misal") == api.ids("cases/", actor="pt-baru") == ["cctv-kota-contoh"]
    assert api.ids("cases/", actor=str(world.actor.id)) == ["cctv-kota-contoh"]


def test_what_names_only_a_withdrawn_thing_is_no_longer_found(api, world, published):
    published(withdraw(world.case, "error"))
    assert api.ids("claims/", actor="pt-misal") == []


LAST = "the last seq"
REFUSED = [
    ("cases/", {"stnding": "stated"}, "stnding", "standing"),
    ("cases/", {"limt": "5"}, "limt", "limit"),
    ("cases/", {"standing": "allegd"}, "standing", "alleged"),
    ("cases/", {"standing": ["stated", "Alleged"]}, "standing", "alleged"),
    ("cases/", {"topic": "cctvs"}, "topic", "cctv"),
    ("cases/", {"place": "kota-conto"}, "place", "kota-contoh"),
    ("cases/", {"actor": ["pt-misal", "pt-misol"]}, "actor", "pt-misal"),
    ("cases/", {"source": "nothing-like-it"}, "source", None),
    ("cases/", {"order": "titel"}, "order", "title"),
    ("cases/", {"order": ["title", "recent"]}, "order", None),
    ("cases/", {"actor_kind": "company"}, "actor_kind", None),
    ("cases/", {"parent": "provinsi-contoh"}, "parent", None),
    ("places/", {"parent": "provinsi-contohh"}, "parent", "provinsi-contoh"),
    ("cases/", {"from": "2022-13"}, "from", None),
    ("cases/", {"to": "22"}, "to", None),
    ("cases/", {"from": "0000"}, "from", None),
    ("cases/", {"q": ""}, "q", None),
    ("cases/", {"q": " "}, "q", None),
    ("cases/", {"q": "…!"}, "q", None),
    ("cases/", {"q": "a" * 201}, "q", None),
    ("cases/", {"count": "yes"}, "count", None),
    ("cases/", {"include": "documents"}, "include", "document"),
    ("cases/", {"changed_since": "9" * 19}, "changed_since", None),
    ("cases/", {"changed_since": "-1"}, "changed_since", None),
    ("claims/", {"changed_since": "9999"}, "changed_since", LAST),
    ("excerpts/", {"changed_since": "9999"}, "changed_since", LAST),
    ("changes/", {"after": "9999"}, "after", LAST),
    ("claims/", {"from": "2022", "to": "2020"}, "to", None),
    ("cases/", {"from": "2022-03", "to": "2022-02"}, "to", None),
    ("sources/", {"from": "2022-03", "to": "2022-02"}, "to", None),
    ("claims/", {"currency": "not_stated", "amount_min": "3000000000", "amount_max": "1"}, "amount_max", None),
    ("claims/", {"currency": "IDR", "amount_min": "1.01", "amount_max": "1"}, "amount_max", None),
    ("cases/", {"changed_since": "2022-02-30"}, "changed_since", None),
    ("cases/", {"changed_since": "2999-01-01"}, "changed_since", None),
    ("claims/", {"transfer_kind": "bribes"}, "transfer_kind", "bribe"),
    ("cases/", {"stage": "verdicts"}, "stage", "verdict"),
    ("cases/", {"has_conflict": "yes"}, "has_conflict", None),
    ("cases/", {"utm_source": "x"}, "utm_source", "source"),
    ("cases/", {"format": "xml"}, "format", None),
    ("claims/", {"amount_min": "5"}, "amount_min", "currency"),
    ("claims/", {"amount_max": "5"}, "amount_max", "currency"),
    ("claims/", {"amount_min": "2,5 miliar", "currency": "IDR"}, "amount_min", None),
    ("claims/", {"amount_min": "-5", "currency": "IDR"}, "amount_min", None),
    ("claims/", {"amount_min": "1e9", "currency": "IDR"}, "amount_min", None),
    ("claims/", {"amount_min": "9" * 17, "currency": "IDR"}, "amount_min", None),
    ("claims/", {"amount_min": "1.005", "currency": "IDR"}, "amount_min", None),
    ("claims/", {"currency": "idr"}, "currency", "IDR"),
    ("claims/", {"currency": "rupiah"}, "currency", "not_stated"),
    ("claims/", {"subject": "cases/nothing"}, "subject", None),
    ("claims/", {"subject": "cases/cctv-kota"}, "subject", "cases/cctv-kota-contoh"),
    ("claims/", {"subject": "case/cctv-kota-contoh"}, "subject", "cases/cctv-kota-contoh"),
    ("claims/", {"subject": "11111111-1111-1111-1111-111111111111"}, "subject", None),
    ("claims/", {"part": "payr"}, "part", "payer"),
    ("claims/", {"has_conflict": "1"}, "has_conflict", None),
    ("excerpts/", {"standing": "stated"}, "standing", None),
    ("changes/", {"after": "x"}, "after", None),
    ("changes/", {"limit": "500"}, "limit", None),
    ("changes/", {"kind": "case"}, "kind", None),
    ("topics/", {"limit": "5"}, "limit", None),
    ("", {"x": "1"}, "x", None),
    ("schema/", {"format": "json"}, "format", None),
    ("revisions/1/", {"x": "1"}, "x", None),
    ("cases/cctv-kota-contoh/", {"versions": "1"}, "versions", "version"),
    ("cases/cctv-kota-contoh/", {"version": "0"}, "version", None),
]


def test_what_is_not_understood_is_refused_by_name(api, world, subtests):
    for address, query, parameter, nearest in REFUSED:
        with subtests.test(query=query):
            response = api.read(address, **query)
            assert response.status_code == 400, response.content
            assert response["Content-Type"] == "application/problem+json"
            told = response.json()
            assert (told["status"], told["parameter"]) == (400, parameter)
            if nearest == LAST:
                assert told["did_you_mean"] == [str(last_seq())]
            elif nearest:
                assert told["did_you_mean"] == [nearest]


def test_the_ends_of_a_range_may_touch(api, world):
    for query in ({"from": "2022-06", "to": "2022"}, {"from": "2022", "to": "2022-01-01"}):
        assert api.read("claims/", **query).status_code == 200
    assert api.read("claims/", currency="IDR", amount_min="1.5", amount_max="1.50").status_code == 200
    assert api.ids("claims/", changed_since=str(last_seq())) == []


def test_a_system_is_found_by_the_topic_of_its_claims(api, published):
    system = make_system("Aduan", slug="aduan")
    make_claim(system, lead=1, topics=["citizen-complaints"])
    published(system, make_case())
    assert api.ids("systems/", topic="citizen-complaints") == ["aduan"]


def test_what_is_weaker_than_a_standing(api, world):
    assert set(api.ids("claims/", standing_below="alleged")) == set(api.ids("claims/", standing="potential"))
    assert str(world.transfer.id) in api.ids("claims/", standing_below="decided")
    assert api.ids("claims/", standing_below="potential") == []
    assert api.ids("cases/", standing_below="alleged") == ["cctv-kota-contoh"]
    assert api.ids("systems/", standing_below="alleged") == []
