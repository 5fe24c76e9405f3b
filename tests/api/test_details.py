"""One document at its address: the bytes that were published, and what it takes to check them."""

import gzip
import hashlib
from email.utils import parsedate_to_datetime
from json import loads

import pytest
import time_machine

from cases.documents.kinds import FOLDERS
from cases.models import Record, Revision, RevisionBody
from cases.publication.acts import reinstate, withdraw
from cases.record.lookup import document_of_revision, document_or_none, find_document
from cases.record.stored_document import RevisionHeader
from tests.factories import both, make_actor, make_capture, make_case, make_claim, make_excerpt, make_source

from .conftest import ADDRESSES
from .test_schemas import faults

pytestmark = pytest.mark.django_db


def test_a_detail_is_exactly_the_bytes_that_were_published(api, world):
    for folder, slug in ADDRESSES.items():
        response = api.read(f"{folder}/{slug}/")
        body = RevisionBody.objects.get(pk=response["CaseDB-Seq"])
        assert response.content == body.document.encode()
        assert response["Content-Type"] == "application/json"


def test_a_reader_can_check_the_commitment_with_what_the_headers_say(api, world):
    response = api.read("cases/cctv-kota-contoh/")
    digest = hashlib.sha256(bytes.fromhex(response["CaseDB-Salt"]) + response.content).hexdigest()
    assert digest == response["CaseDB-Commitment"]
    assert response["ETag"] == f'"{digest}"'


def test_a_detail_says_where_it_lives_and_under_which_licence(api, world):
    response = api.read(f"cases/{world.case.id}/")
    assert '<http://localhost/cases/cctv-kota-contoh/>; rel="canonical"' in response["Link"]
    assert 'rel="license"' in response["Link"]
    written = Revision.objects.get(pk=response["CaseDB-Seq"]).recorded_at
    assert parsedate_to_datetime(response["Last-Modified"]) == written.replace(microsecond=0)
    assert response["CaseDB-Status"] == "current"
    assert response["Cache-Control"] == "public, max-age=60"


def test_what_is_told_of_a_revision_is_the_same_however_it_was_found(world):
    for kind, folder in FOLDERS.items():
        one = document_or_none(kind, (ADDRESSES | {"sources": world.source.slug})[folder])
        assert one.revision == document_of_revision(one.revision.seq).revision
        assert one.revision == RevisionHeader.by(Revision.objects.get(pk=one.revision.seq))


def test_any_site_may_read_it_and_the_headers_that_check_it(api, world):
    response = api.read("cases/cctv-kota-contoh/")
    assert response["Access-Control-Allow-Origin"] == "*"
    for name in ("CaseDB-Seq", "CaseDB-Commitment", "CaseDB-Salt", "ETag"):
        assert name in response["Access-Control-Expose-Headers"]


def test_a_source_is_a_document_like_any_other(api, world):
    assert api.read(f"sources/{world.source.slug}/").json()["id"] == str(world.source.id)


def test_who_has_it_already_gets_304_for_one_query(api, world, django_assert_num_queries):
    etag = api.read("cases/cctv-kota-contoh/")["CaseDB-Commitment"]
    for form in ('"{}"', 'W/"{}"', '"other", "{}"', "*"):
        with django_assert_num_queries(1):
            response = api.read("cases/cctv-kota-contoh/", headers={"If-None-Match": form.format(etag)})
        assert (response.status_code, response.content) == (304, b"")
        assert response["Access-Control-Allow-Origin"] == "*"


def test_who_has_another_version_gets_the_whole(api, world, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = api.read("cases/cctv-kota-contoh/", headers={"If-None-Match": '"0000"'})
    assert response.status_code == 200


def test_a_version_stands_until_the_seq_that_replaces_it_and_not_at_it(world, published):
    make_claim(world.case, world.excerpt)
    replaced_at = published(world.case)[0].seq
    versions = [
        find_document("case", "cctv-kota-contoh", seq=seq).revision.version for seq in (replaced_at - 1, replaced_at)
    ]
    assert versions == [1, 2]


def test_head_answers_like_get_without_a_body(api, world):
    response = api.head("/api/v1/cases/cctv-kota-contoh/")
    assert (response.status_code, response.content) == (200, b"")
    assert response["ETag"] == api.read("cases/cctv-kota-contoh/")["ETag"]


def test_an_earlier_version_stays_readable_and_says_that_it_is_superseded(api, world, published):
    make_claim(world.case, world.excerpt)
    published(world.case, reason=both("Satu lagi"))
    first, second = (api.read("cases/cctv-kota-contoh/", version=number) for number in (1, 2))
    assert (first.json()["version"]["number"], first["CaseDB-Status"]) == (1, "superseded")
    assert first["X-Robots-Tag"] == "noindex"
    assert (second["CaseDB-Status"], second.content) == ("current", api.read("cases/cctv-kota-contoh/").content)
    assert api.read("cases/cctv-kota-contoh/", version=3).status_code == 404


def test_as_of_reads_what_stood_at_the_end_of_that_day_in_jakarta(api, published):
    with time_machine.travel("2026-11-01T16:59:00Z", tick=False):  # 23:59 in Jakarta
        case = make_case(slug="a")
        published(case)
    with time_machine.travel("2026-11-01T17:01:00Z", tick=False):
        make_claim(case)
        published(case)
    with time_machine.travel("2026-11-20T00:00:00Z", tick=False):
        assert api.read("cases/a/", as_of="2026-11-01").json()["version"]["number"] == 1
        assert api.read("cases/a/", as_of="2026-11-01")["CaseDB-Status"] == "superseded"
        assert api.read("cases/a/", as_of="2026-11-02").json()["version"]["number"] == 2
        assert api.read("cases/a/", as_of="2026-11-01T17:00:30Z").json()["version"]["number"] == 1
        missing = api.read("cases/a/", as_of="2026-10-31")
        assert missing.status_code == 404
        assert "as of 2026-10-31" in missing.json()["detail"]


def test_a_day_in_the_future_or_no_day_at_all_is_refused(api, world):
    for moment in (
        "2999-01-01",
        "2026-13-01",
        "yesterday",
        "2026",
        "2026-11-01T99:00",
        "9999-12-31T23:59:59-12:00",
        " ",
    ):
        response = api.read("cases/cctv-kota-contoh/", as_of=moment)
        assert (response.status_code, response.json()["parameter"]) == (400, "as_of"), moment


def test_before_the_record_began_there_is_nothing(api, world):
    for moment in ("0001-01-01", "0001-01-01T00:00:00", "1899-12-31T23:59:59+14:00"):
        assert api.read("cases/cctv-kota-contoh/", as_of=moment).status_code == 404, moment
        assert api.ids("cases/", as_of=moment) == []


def test_version_and_as_of_are_not_asked_together(api, world):
    assert api.read("cases/cctv-kota-contoh/", version=1, as_of="2026-01-01").json()["parameter"] == "version"


def test_a_renamed_case_is_at_its_new_address_and_keeps_the_query(api, world, published):
    world.case.slug = "kamera-kota-contoh"
    world.case.save()
    published(world.case)
    response = api.read("cases/cctv-kota-contoh/", version=1)
    assert response.status_code == 200, "a version is found by any slug that the case ever had"
    response = api.get("/api/v1/cases/cctv-kota-contoh/")
    assert (response.status_code, response["Location"]) == (308, "/api/v1/cases/kamera-kota-contoh/")


def test_a_withdrawn_case_is_gone_and_says_when_and_why(api, world, published):
    published(withdraw(world.case, "error"), reason=both("Keliru"))
    response = api.read("cases/cctv-kota-contoh/")
    assert response.status_code == 410
    assert response["Content-Type"] == "application/problem+json"
    told = response.json()["withdrawn"]
    assert (told["reason"]["en"], told["reason_code"], told["title"]["id"]) == ("Keliru", "error", "CCTV Kota Contoh")
    assert told["at"].endswith("Z")
    assert api.read(f"cases/{world.case.id}/").status_code == 410
    assert api.read("cases/cctv-kota-contoh/", version=1)["CaseDB-Status"] == "withdrawn"
    assert api.read("cases/cctv-kota-contoh/", version=2).json()["withdrawn"] == {"reason": "error"}
    assert "cctv-kota-contoh" not in api.ids("cases/")


def test_a_reinstated_case_is_there_again(api, world, published):
    published(withdraw(world.case, "error"))
    published(reinstate(world.case))
    assert api.read("cases/cctv-kota-contoh/").json()["version"]["number"] == 3


def test_what_was_never_there_is_missing_and_the_nearest_is_named(api, world):
    response = api.read("cases/cctv-kota-conto/")
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    assert response.json()["did_you_mean"] == ["cctv-kota-contoh"]
    assert "did_you_mean" not in api.read("cases/qqqqq/").json()


def test_an_actor_is_not_found_among_the_cases(api, world):
    assert api.read("cases/pt-misal/").status_code == 404
    assert api.read(f"cases/{world.actor.id}/").status_code == 404


def test_the_words_of_a_redacted_version_are_gone_and_their_commitment_stays(api, world, published):
    make_claim(world.case, world.excerpt)
    published(world.case)
    first = Revision.objects.get(object_id=world.case.id, version=1)
    last = Revision.objects.order_by("-seq").first()
    Revision.objects.create(
        seq=last.seq + 1,
        object_id=world.actor.id,
        kind="actor",
        version=99,
        action="redact",
        recorded_at=last.recorded_at,
        batch=last.seq + 1,
        commitment="0" * 64,
        redacts=first.seq,
    )
    RevisionBody.objects.filter(pk=first.seq).delete()
    for response in (api.read(f"revisions/{first.seq}/"), api.read("cases/cctv-kota-contoh/", version=1)):
        assert response.status_code == 410
        assert response.json()["redacted"] == {"seq": first.seq, "commitment": first.commitment}
    change = next(c for c in api.read("changes/").json()["results"] if c["seq"] == first.seq)
    assert (change["reason"], change["title"], change["commitment"]) == (None, None, first.commitment)


def test_a_claim_comes_with_its_evidence_and_what_disagrees(api, world):
    response = api.read(f"claims/{world.disputed.id}/")
    told = response.json()
    assert told["claim"]["id"] == str(world.disputed.id)
    assert told["subject"]["slug"] == "cctv-kota-contoh"
    assert [conflict["property"] for conflict in told["conflicts"]] == ["date"]
    assert {excerpt["exact"] for excerpt in told["excerpts"]} == {"bekerja sama dengan PT Misal", "sejak tahun 2017"}
    assert [source["slug"] for source in told["sources"]] == [world.source.slug]
    assert (told["unknowns"], told["version"], str(told["seq"])) == ([], 1, response["CaseDB-Seq"])
    assert response["ETag"] != f'"{told["commitment"]}"', "it is not the document that was committed to"


def test_a_claim_says_who_denies_it_and_who_was_asked_for_a_reply(api, world, published):
    other = make_actor("PT Kenari", slug="pt-kenari")
    accused = make_claim(
        world.case, world.excerpt, standing="alleged", parties=[("accused", world.actor), ("payer", other)]
    )
    told = make_excerpt("sejak tahun 2017", world.excerpt.capture)
    denial = world.case.responses.create(key="r", who=world.actor, state="answered", answered="2026-10-09", denies=True)
    denial.excerpts.add(told)
    published(world.case)
    detail = api.read(f"claims/{accused.id}/").json()
    assert faults(detail, "/schemas/api/1.json#/$defs/claim_detail") == []
    assert (detail["conflicts"], detail["conflict_families"]) == ([], ["denied"])
    assert detail["replies"] == {"pt-misal": "answered", "pt-kenari": "not_asked"}
    assert [response["id"] for response in detail["responses"]] == [str(denial.id)]
    assert str(told.id) in [excerpt["id"] for excerpt in detail["excerpts"]], "the words of the answer"
    card = next(card for card in api.read("claims/").json()["results"] if card["id"] == str(accused.id))
    assert (card["conflict_families"], card["replies"]) == (detail["conflict_families"], detail["replies"])
    assert api.ids("claims/", conflict_family="denied") == [str(accused.id)]
    assert str(accused.id) in api.ids("claims/", has_conflict="true")
    assert api.ids("cases/", conflict_family="denied") == [world.case.slug]


def test_a_claim_says_what_is_unknown_about_it(api, world):
    assert [u["property"] for u in api.read(f"claims/{world.transfer.id}/").json()["unknowns"]] == ["currency"]


def test_an_excerpt_comes_with_its_source_and_every_claim_that_cites_it(api, world):
    told = api.read(f"excerpts/{world.excerpt.id}/").json()
    assert (told["exact"], told["source"]["slug"]) == ("bekerja sama dengan PT Misal", world.source.slug)
    subjects = {claim["subject"]["slug"] for claim in told["claims"]}
    assert subjects == {"cctv-kota-contoh", "kota-pintar", "aplikasi-lapor"}
    assert {claim["relation"] for claim in told["claims"]} == {"supports"}
    assert all(claim["standing"] for claim in told["claims"])


@pytest.fixture
def side(world, published):
    """Words that no claim cites: one side of a disagreement, and by now a name, a reply and a refusal too."""
    words = world.case.conflicts.get().sides.get(value="2020").excerpt
    world.case.aliases.create(name="Kamera", kind="short", excerpt=words)
    world.case.unknowns.create(property="cost", reason="refused", excerpt=words)
    response = world.case.responses.create(key="r", who=world.actor, state="answered", answered="2026-01")
    response.excerpts.add(words)
    response.claims.add(world.disputed)
    whole = world.collaboration.conflicts.create(
        key="w", kind="ambiguous_wording", property="start", explanation_id="Tak jelas.", explanation_en="Unclear."
    )
    for position, value in enumerate(("2016", "2017")):
        whole.sides.create(value=value, excerpt=words, position=position)
    published(world.case, world.collaboration)
    return words


def test_words_that_no_claim_cites_tell_of_which_disagreements_they_are_a_side(api, world, side):
    told = api.read(f"excerpts/{side.id}/").json()
    assert told["claims"] == []
    of_claim, of_whole = sorted(told["conflicts"], key=lambda conflict: conflict["property"])
    assert (of_claim["kind"], of_claim["property"], of_claim["values"]) == ("slip", "date", ["2020"])
    assert [side["value"] for side in of_claim["sides"]] == ["2019", "2020"]
    assert of_claim["explanation"] == {"id": "Beda.", "en": "No."}
    assert of_claim["subject"]["slug"] == "cctv-kota-contoh"
    about = of_claim["about"]
    assert (about["id"], about["standing"], about["conflicts"]) == (str(world.disputed.id), "stated", 1)
    assert (about["conflict_families"], about["replies"]) == (["inconsistent"], {"pt-misal": "answered"})
    assert about["said_by"] == {"source": world.source.slug}
    assert (of_claim["family"], of_whole["family"]) == ("inconsistent", "unclear")
    assert (of_whole["claim"], of_whole["about"], of_whole["values"]) == (None, None, ["2016", "2017"])
    assert of_whole["subject"]["slug"] == "kota-pintar"


def test_words_tell_the_names_that_they_show_and_the_replies_of_which_they_are_part(api, world, side):
    told = api.read(f"excerpts/{side.id}/").json()
    [alias], [response] = told["aliases"], told["responses"]
    assert (alias["name"], alias["kind"], alias["subject"]["slug"]) == ("Kamera", "short", "cctv-kota-contoh")
    assert (response["who"]["slug"], response["answered"]) == ("pt-misal", "2026-01")
    assert (response["claims"], response["subject"]["slug"]) == ([str(world.disputed.id)], "cctv-kota-contoh")
    assert (response["state"], response["denies"]) == ("answered", False)
    [unknown] = told["unknowns"]
    assert (unknown["property"], unknown["reason"], unknown["subject"]["slug"]) == (
        "cost",
        "refused",
        "cctv-kota-contoh",
    )
    assert faults(told, "/schemas/api/1.json#/$defs/excerpt_detail") == []


def naming(value, excerpt_id, at=()):
    """Where a document names an excerpt."""
    if isinstance(value, dict):
        return [place for key, each in value.items() for place in naming(each, excerpt_id, (*at, key))]
    if isinstance(value, list):
        return [place for each in value for place in naming(each, excerpt_id, at)]
    return [at] if value == excerpt_id else []


def test_whatever_names_an_excerpt_in_a_document_is_told_with_it(api, world, side):
    for excerpt in (world.excerpt, side):
        told = api.read(f"excerpts/{excerpt.id}/").json()
        standing = RevisionBody.objects.filter(pk__in=Record.objects.current().values("since_seq"))
        places = [place for body in standing for place in naming(loads(body.document), str(excerpt.id))]
        kept = [place for place in places if place[0] != "excerpts"]
        assert {place[0] for place in kept} <= {"claims", "conflicts", "aliases", "responses", "unknowns"}
        for name in ("claims", "conflicts", "aliases", "responses", "unknowns"):
            number = sum(len(each["values"]) if name == "conflicts" else 1 for each in told[name])
            assert number == sum(place[0] == name for place in kept), name


def test_a_claim_beside_an_excerpt_tells_who_says_it_through_whom_and_what_disagrees(api, world, published):
    other = make_capture(make_source(title="Yang meneruskan", slug="yang-meneruskan")).source
    world.disputed.relays.create(source=other, position=0)
    published(world.case)
    claims = {claim["id"]: claim for claim in api.read(f"excerpts/{world.excerpt.id}/").json()["claims"]}
    disputed, partner = claims[str(world.disputed.id)], claims[str(world.partner.id)]
    assert disputed["said_by"] == {"source": world.source.slug}
    assert (disputed["relayed_by"], disputed["conflict_families"]) == (["yang-meneruskan"], ["inconsistent"])
    assert (partner["relayed_by"], partner["conflict_families"], partner["aspect"]) == ([], [], "partner")


def test_a_claim_of_a_withdrawn_case_is_gone_with_it(api, world, published):
    published(withdraw(world.case, "error"), reason=both("Keliru"))
    response = api.read(f"claims/{world.lead.id}/")
    assert (response.status_code, response.json()["withdrawn"]["reason"]["id"]) == (410, "Keliru")
    only = world.lead.citations.get().excerpt
    assert api.read(f"excerpts/{only.id}/").status_code == 410


@pytest.mark.parametrize("folder", ["claims", "excerpts"])
def test_an_unknown_claim_or_excerpt_is_missing(api, folder):
    for name in ("x", "11111111-1111-1111-1111-111111111111", "%F0%9F%92%A9"):
        assert api.read(f"{folder}/{name}/").status_code == 404


def test_a_claim_and_an_excerpt_can_be_known_already(api, world):
    for address in (f"claims/{world.lead.id}/", f"excerpts/{world.excerpt.id}/"):
        etag = api.read(address)["ETag"]
        assert api.read(address, headers={"If-None-Match": etag}).status_code == 304


def test_an_excerpt_costs_the_same_however_many_documents_hold_it(api, world, published, django_assert_num_queries):
    for number in range(5):
        case = make_case(slug=f"more-{number}")
        make_claim(case, world.excerpt)
        published(case)
    with django_assert_num_queries(2):  # the rows, their documents
        told = api.read(f"excerpts/{world.excerpt.id}/")
    assert (len(told.json()["claims"]), told.json()["left_off"]) == (9, 0)


def test_an_excerpt_that_very_many_documents_hold_names_the_latest_and_counts_the_rest(
    api, world, published, monkeypatch
):
    monkeypatch.setattr("cases.record.lookup.MAX_EXCERPT_DOCUMENTS", 3)
    for number in range(5):
        case = make_case(slug=f"more-{number}")
        make_claim(case, world.excerpt)
        published(case)
    told = api.read(f"excerpts/{world.excerpt.id}/").json()
    assert [claim["subject"]["path"] for claim in told["claims"]] == [f"/cases/more-{n}/" for n in (2, 3, 4)]
    assert told["left_off"] >= 3
    for door, said in (("/en", "more records cite it."), ("", "catatan lain mengutipnya.")):
        page = api.get(f"{door}/excerpts/{world.excerpt.id}/").content.decode()
        assert f"{told['left_off']} {said}" in page


def test_the_index_links_every_resource(api, world):
    index = api.read("").json()
    assert index["seq"] == Revision.objects.count()
    assert index["license"] == "CC-BY-4.0"
    for address in [*index["resources"].values(), *index["schemas"].values()]:
        assert api.read(address).status_code == 200, address


def test_a_topic_says_how_much_of_the_record_it_holds(api, world):
    topic = api.read("topics/cctv/").json()
    assert topic["label"]["en"] == "CCTV"
    assert (topic["counts"]["cases"], topic["counts"]["claims"], topic["as_of"]) == (1, 5, None)
    by_code = {topic["code"]: topic for topic in api.read("topics/").json()["results"]}
    assert by_code["smart-city"]["counts"] == dict.fromkeys(topic["counts"], 0) | {"cases": 1, "claims": 1}
    assert api.read("topics/ccvt/").json()["did_you_mean"] == ["cctv"]
    then = api.read("topics/", as_of="2020-01-01").json()
    assert then["as_of"]["seq"] == 0
    assert all(topic["claims"].endswith("&as_of=2020-01-01") for topic in then["results"])


def test_a_topic_as_of_a_day_leads_to_its_claims_as_of_that_day(api, published):
    with time_machine.travel("2026-11-01T05:00:00Z"):
        case = make_case(slug="perkara", topics=["cctv"])
        published(case)
    with time_machine.travel("2026-11-03T05:00:00Z"):
        make_claim(case)
        published(case)
    with time_machine.travel("2026-11-04T05:00:00Z"):
        for day, claims in (("2026-11-02", 1), ("2026-11-02T10:00:00+07:00", 1), ("2026-11-03", 2)):
            topic = api.read("topics/cctv/", as_of=day).json()
            assert faults(topic, "/schemas/api/1.json#/$defs/topic_detail") == []
            assert (topic["as_of"]["asked"], topic["counts"]["claims"]) == (day, claims)
            assert len(api.read(topic["claims"]).json()["results"]) == claims


def test_a_document_is_packed_for_who_asks_and_stays_the_same_bytes(api, world):
    plain = api.read("cases/cctv-kota-contoh/")
    packed = api.read("cases/cctv-kota-contoh/", headers={"Accept-Encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content) / 2
    again = api.read("cases/cctv-kota-contoh/", headers={"Accept-Encoding": "gzip", "If-None-Match": packed["ETag"]})
    assert again.status_code == 304
