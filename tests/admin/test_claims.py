"""Claims, conflicts and subjects at the desk: errors stand where they are mended, and every save leaves one draft."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.claim_kinds.transfer import Transfer
from cases.models import Case, Citation, Claim, Conflict, Draft, Party, Response
from cases.publication.publish import publish
from cases.vocabularies import topics
from sources.models import Excerpt
from sources.number_words import in_words
from tests.admin.pages import refusals, save, words
from tests.factories import (
    both,
    everything_named_by,
    make_actor,
    make_capture,
    make_case,
    make_claim,
    make_excerpt,
    make_place,
    make_source,
    make_transfer,
)

pytestmark = pytest.mark.django_db

ADD_CLAIM = "/admin/cases/claim/add/"
FIGURE = {"figure-0-value": "7", "figure-0-unit_id": "kali", "figure-0-unit_en": "times", "figure-0-as_stated": "7"}


def new_claim(desk: Any, case: Case, excerpt: Excerpt | None = None, **fields: Any) -> Any:
    excerpt = excerpt or make_excerpt()
    given = {
        "key": "klaim-baru",
        "kind": "description",
        "standing": "stated",
        "statement_id": "Satu kalimat.",
        "statement_en": "One sentence.",
        "said_by_source": excerpt.capture.source.pk,
        "citations-0-excerpt": excerpt.pk,
        "citations-0-relation": "supports",
    }
    return save(desk, f"{ADD_CLAIM}?subject={case.pk}", "claim_form", **given | fields)


def change(client: Any, row: Any, **fields: Any) -> Any:
    name = row._meta.model_name
    return save(client, reverse(f"admin:cases_{name}_change", args=[row.pk]), f"{name}_form", **fields)


def test_a_claim_is_added_from_the_page_of_its_subject(desk):
    case = make_case()
    page = desk.get(reverse("admin:cases_case_change", args=[case.pk])).content.decode()
    assert f"{ADD_CLAIM}?subject={case.pk}" in page
    response = new_claim(desk, case)
    claim = Claim.objects.get(key="klaim-baru")
    assert response.redirect_chain[-1][0] == reverse("admin:cases_case_change", args=[case.pk])
    assert (claim.subject_id, claim.position) == (case.pk, case.claims.exclude(pk=claim.pk).get().position + 1)
    assert "Satu kalimat." in Draft.objects.get(object_id=case.pk).dossier


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"said_by_source": ""}, "Exactly one says it"),
        ({"speaker_id": "seorang warga", "speaker_en": "a resident"}, "Exactly one says it"),
        ({"kind": "role"}, "A role, tie, finding or plan needs an aspect"),
        ({"kind": "stage"}, "A legal stage needs its date"),
        ({"lead": 1}, "Another claim stands at this place of the lead"),
        ({"start": "2022-13"}, "is not a day of the calendar"),
        ({"start": "2022", "end": "2021"}, "cannot end before it starts"),
        ({"citations-0-relation": "context"}, "at least one excerpt that supports it"),
        ({"citations-0-excerpt": ""}, "at least one excerpt that supports it"),
        ({"parties-TOTAL_FORMS": 1, "parties-0-part": "payer"}, "A party is an actor or the words"),
        ({"transfer-0-amount": "2,5 miliar"}, "is not a plain number"),
        ({"kind": "transfer", "transfer-0-amount": "25"}, "Beside a number stands what the source wrote"),
        ({"transfer-0-kind": "bribe"}, "Only a claim of kind “transfer” has these numbers"),
        ({"kind": "figure", "start": "2020", "figure-0-value": "1,5"}, "is not a plain number"),
    ],
)
def test_a_claim_that_cannot_stand_is_refused_with_a_sentence_and_kept_on_the_page(desk, fields, sentence):
    response = new_claim(desk, make_case(), **fields)
    assert sentence in words(response)
    assert "Satu kalimat." in response.content.decode()
    assert not Claim.objects.filter(key="klaim-baru").exists()
    assert not Draft.objects.exists()


def test_the_sentence_stands_beside_the_field_that_mends_it(desk):
    html = new_claim(desk, make_case(), kind="role").content.decode()
    row = html[html.index("field-kind") : html.index("field-key")]
    assert "needs an aspect" in row


@pytest.mark.parametrize(
    ("language", "said"), [("en", "two billion five hundred million"), ("id", "dua miliar lima ratus juta")]
)
def test_a_number_is_read_back_in_words(desk, language, said):
    claim = make_transfer(make_case())
    address = reverse("admin:cases_claim_change", args=[claim.pk])
    desk.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    assert said in words(desk.get(address))
    refused = change(desk, claim, **{"transfer-0-amount": "27950000000", "transfer-0-as_stated": ""})
    assert said not in words(refused)
    assert in_words("27950000000", language) in words(refused)
    refused = change(desk, claim, **{"transfer-0-amount": "1.409", "transfer-0-as_stated": ""})
    assert in_words("1.409", language) in words(refused)


def test_a_key_stands_once_in_its_subject_also_when_changed(desk):
    case = make_case()
    first, second = case.claims.get(), make_claim(case)
    assert "has a claim with this key already" in words(change(desk, second, key=first.key))


def test_a_transfer_is_saved_with_its_numbers_and_its_unknowns(desk):
    case = make_case()
    new_claim(
        desk,
        case,
        kind="transfer",
        **{
            "transfer-0-amount": "2500000000",
            "transfer-0-as_stated": "2.5 milyar",
            "unknowns-TOTAL_FORMS": 1,
            "unknowns-0-property": "currency",
            "unknowns-0-reason": "not_in_source",
        },
    )
    claim = Claim.objects.get(key="klaim-baru")
    assert claim.transfer.amount == "2500000000"
    assert claim.unknowns.get().subject_id == case.pk
    assert "currency" in Draft.objects.get(object_id=case.pk).dossier


UNKNOWN = {"unknowns-TOTAL_FORMS": 1, "unknowns-0-property": "cost"}


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"reason": "refused"}, "excerpt", "This reason needs the words that say so."),
        ({"reason": "none_exists"}, "excerpt", "This reason needs the words that say so."),
        ({"reason": "searched_not_found"}, "searched_on", "Say where we looked, and when."),
        ({"reason": "searched_not_found", "searched_on": "2026-11"}, "searched_on", "Say where we looked, and when."),
        ({"reason": "not_searched", "searched_on": "2026-13"}, "searched_on", "is not a day of the calendar"),
        ({"reason": "not_in_source", "note_id": "biaya tahunan"}, "note_en", "Say it in both languages"),
    ],
)
def test_what_is_unknown_rests_on_words_or_on_a_search(desk, fields, field, sentence):
    case = make_case()
    given = UNKNOWN | {f"unknowns-0-{name}": value for name, value in fields.items()}
    for row in (case, case.claims.get()):
        refused = refusals(change(desk, row, **given))
        assert sentence in refused[f"unknowns-0-{field}"]
    assert not case.unknowns.exists()


def test_an_unknown_is_saved_with_its_words_and_where_we_looked(desk):
    case, excerpt = make_case(), make_excerpt()
    given = {"reason": "refused", "excerpt": excerpt.pk, "note_id": "biaya", "note_en": "cost"}
    change(desk, case, **UNKNOWN | {f"unknowns-0-{name}": value for name, value in given.items()})
    assert case.unknowns.get().excerpt == excerpt
    claim = case.claims.get()
    given = {"reason": "searched_not_found", "searched_on": "2026-11", "note_id": "SIPP", "note_en": "SIPP"}
    change(desk, claim, **UNKNOWN | {f"unknowns-0-{name}": value for name, value in given.items()})
    assert str(claim.unknowns.get().searched_on) == "2026-11"
    dossier = Draft.objects.filter(object_id=case.pk).first().dossier
    assert "searched_on: 2026-11" in dossier
    assert "property: cost\n    reason: refused" in dossier


def test_a_curator_sees_before_submitting_that_a_silence_is_not_the_source_s(desk):
    case = make_case()
    claim = case.claims.get()
    claim.unknowns.create(subject=case, property="cost", reason="not_in_source")
    page = reverse("admin:cases_case_change", args=[case.pk])
    sentence = "We do not hold every work on the way in full, so “cost” is"
    assert sentence not in words(desk.get(page)), "we hold the whole of it"
    part = {"extent_id": "Bab I", "extent_en": "Chapter I", "captured_at": timezone.now()}
    make_capture(claim.said_by_source, **part)
    assert f"{sentence} “not_in_our_copy”" in words(desk.get(page))
    claim.relays.create(source=make_source(title="Karya lain"))
    claim.relays.get().source.known_through.add(claim.said_by_source)
    assert f"{sentence} “not_held”" in words(desk.get(page))


def test_a_page_that_readers_see_as_it_is_gives_no_reason_against_publishing_it(desk, curator, reviewer):
    case = make_case(claims=2)
    case.claims.last().citations.all().delete()
    page = reverse("admin:cases_case_change", args=[case.pk])
    assert "1 reason why this cannot be published yet" in words(desk.get(page))
    Citation.objects.create(claim=case.claims.last(), excerpt=make_excerpt())
    assert "cannot be published yet" not in words(desk.get(page))
    publish(everything_named_by(case), by=curator, reviewer=reviewer, reason=both("Terbit"))
    assert "cannot be published yet" not in words(desk.get(page))


def test_numbers_of_another_kind_must_go_when_the_kind_changes(desk):
    claim = make_transfer(make_case())
    assert "Only a claim of kind" in words(change(desk, claim, kind="event"))
    change(desk, claim, kind="event", **{"transfer-0-DELETE": "on"})
    assert not Transfer.objects.exists()
    assert Claim.objects.get(pk=claim.pk).kind == "event"


def test_a_claim_stays_with_its_subject(desk):
    claim, other = make_claim(make_case()), make_case()
    change(desk, claim, subject=other.pk)
    assert Claim.objects.get(pk=claim.pk).subject_id == claim.subject_id


@pytest.mark.parametrize(
    ("stale", "fields", "expected"),
    [
        ("", {"statement_id": "Lain."}, "en"),
        ("", {"statement_en": "Other."}, "id"),
        ("", {"statement_id": "Lain.", "statement_en": "Other."}, ""),
        ("", {"standing": "alleged"}, ""),
        ("en", {"statement_en": "Other.", "stale_language": ""}, ""),
        ("en", {"statement_en": "Other."}, "en"),
        ("en", {"statement_id": "Lain."}, "en"),
    ],
)
def test_a_change_in_one_language_marks_the_other_as_to_be_checked(desk, stale, fields, expected):
    claim = make_claim(make_case(), stale_language=stale)
    change(desk, claim, **fields)
    claim.refresh_from_db()
    assert claim.stale_language == expected


@pytest.mark.parametrize(
    ("before", "fields", "expected"),
    [
        ({"statement_en": ""}, {"statement_en": "One sentence."}, ""),
        ({"statement_en": ""}, {"statement_id": "Lain."}, ""),
        ({"statement_en": "", "stale_language": "en"}, {"statement_id": "Lain."}, ""),
        ({"stale_language": "en"}, {"statement_en": ""}, ""),
    ],
)
def test_a_language_that_is_not_there_is_not_to_be_checked(desk, before, fields, expected):
    claim = make_claim(make_case(), **before)
    change(desk, claim, **fields)
    claim.refresh_from_db()
    assert claim.stale_language == expected


def test_a_statement_may_stand_in_one_language_and_the_curator_is_told(desk):
    page = words(new_claim(desk, make_case(), statement_en=""))
    assert "The statement stands in one language" in page
    assert Claim.objects.get(key="klaim-baru").statement_en == ""
    assert "The statement stands in one language" not in words(new_claim(desk, make_case()))
    assert "the other may follow later" in words(desk.get(ADD_CLAIM))


def test_a_claim_without_a_sentence_is_refused_beside_it(desk):
    refused = refusals(new_claim(desk, make_case(), statement_id="", statement_en=""))
    assert refused == {"statement_id": "A claim is one sentence, in Indonesian or English, best in both."}


def test_a_text_in_one_language_asks_for_the_other_beside_its_field(desk):
    refused = refusals(
        new_claim(desk, make_case(), kind="figure", start="2020", **{"figure-0-indicator_id": "Keluhan"} | FIGURE)
    )
    assert refused["figure-0-indicator_en"]
    assert "Say it in both languages" in refusals(new_claim(desk, make_case(), speaker_id="warga"))["speaker_en"]


def test_a_statement_is_one_line(desk):
    claim = make_claim(make_case())
    change(desk, claim, statement_id="Satu\r\nkalimat.")
    assert Claim.objects.get(pk=claim.pk).statement_id == "Satu kalimat."


def test_new_parties_stand_after_those_that_are_there(desk):
    claim = make_claim(make_case(), parties=[("payer", "calon klien"), ("recipient", "calon patron")])
    row = {"parties-TOTAL_FORMS": 3, "parties-2-part": "named", "parties-2-who": make_place().pk}
    change(desk, claim, **row)
    assert [party.part for party in Party.objects.all()] == ["payer", "recipient", "named"]


def test_saving_without_a_change_leaves_no_draft(desk):
    case = make_case(topics=["cctv", "procurement"])
    make_transfer(case)
    change(desk, case)
    assert Draft.objects.count() == 1, "the first save notes the first state"
    change(desk, case)
    for claim in case.claims.all():
        change(desk, claim)
    assert Draft.objects.count() == 1


def test_every_save_leaves_one_draft_and_the_history_shows_what_changed_and_who(desk, curator):
    case = make_case("Judul Lama")
    change(desk, case)
    change(desk, case, title_id="Judul Baru")
    assert Draft.objects.filter(object_id=case.pk, by=curator, origin="admin").count() == 2
    html = desk.get(reverse("admin:cases_case_history", args=[case.pk])).content.decode()
    assert "<ins>+   id: Judul Baru</ins>" in html
    assert "<del>−   id: Judul Lama</del>" in html
    assert "a-curator" in html


def test_deleting_a_claim_or_a_conflict_leaves_a_draft_of_its_subject(desk):
    case = make_case()
    claim = make_claim(case)
    conflict = Conflict.objects.create(
        subject=case, key="k", kind="strength", property="standing", explanation_id="a", explanation_en="b"
    )
    for number, row in enumerate((claim, conflict), start=1):
        desk.post(reverse(f"admin:cases_{row._meta.model_name}_delete", args=[row.pk]), {"post": "yes"})
        assert Draft.objects.filter(object_id=case.pk).count() == number
    assert case.claims.count() == 1
    assert not Citation.objects.filter(claim_id=claim.pk).exists()


def test_a_conflict_is_saved_with_its_sides(desk):
    case, excerpt = make_case(), make_excerpt()
    given = {"key": "k", "kind": "strength", "property": "transfer.kind", "subject": case.pk}
    given |= {"explanation_id": "Dua.", "explanation_en": "Two."}
    for number, value in enumerate(("bribe", "money_unspecified")):
        given |= {f"sides-{number}-value": value, f"sides-{number}-excerpt": excerpt.pk}
    save(desk, "/admin/cases/conflict/add/", "conflict_form", **given)
    assert [side.value for side in Conflict.objects.get().sides.all()] == ["bribe", "money_unspecified"]
    other = make_claim(make_case())
    assert "belongs to another subject" in words(change(desk, Conflict.objects.get(), claim=other.pk))


def test_a_response_is_dated_and_answers_claims_of_its_subject(desk):
    case = make_case()
    given = {"subject": case.pk, "who": make_actor().pk, "key": "r"}
    url, form = "/admin/cases/response/add/", "response_form"
    assert refusals(save(desk, url, form, **given)) == {"state": "This field is required."}
    given |= {"state": "asked"}
    assert refusals(save(desk, url, form, **given)) == {"asked": "Say when we asked, or when the answer came."}
    given |= {"asked": "2026-10-01"}
    assert "of its own subject only" in words(save(desk, url, form, **given, claims=[make_claim(make_case()).pk]))
    save(desk, url, form, **given, claims=[case.claims.get().pk])
    assert Response.objects.get().claims.get() == case.claims.get()


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"state": "not_asked", "answered": "2026"}, "answered", "Only an answer has a day"),
        ({"state": "unreachable", "denies": "on"}, "answered", "only an answer can deny"),
        ({"state": "unreachable", "not_asked_because": "legal_bar"}, "not_asked_because", "Only who was not asked"),
        ({"state": "no_answer_by", "deadline": "2026-11"}, "asked", "Say when we asked"),
        ({"state": "asked_by_source"}, "note_id", "Say what the source tells of the answer"),
        ({"state": "asked_by_source", "note_id": "Diam."}, "note_en", "Say it in both languages"),
    ],
)
def test_a_state_of_a_reply_says_what_belongs_to_it_beside_its_field(desk, fields, field, sentence):
    given = {"subject": make_case().pk, "who": make_actor().pk, "key": "r"} | fields
    response = save(desk, "/admin/cases/response/add/", "response_form", **given)
    assert sentence in refusals(response)[field]
    assert not Response.objects.exists()


def test_a_reply_that_the_source_asked_for_is_saved_with_its_words(desk):
    case, excerpt = make_case(), make_excerpt()
    given = {"subject": case.pk, "who": make_actor().pk, "key": "r", "state": "asked_by_source"}
    given |= {"note_id": "Tidak menjawab.", "note_en": "Did not answer.", "excerpts": [excerpt.pk]}
    save(desk, "/admin/cases/response/add/", "response_form", **given)
    assert Response.objects.get().excerpts.get() == excerpt
    assert "state: asked_by_source" in Draft.objects.get(object_id=case.pk).dossier


def test_a_subject_is_added_with_topics_places_and_unknowns(desk):
    given = {
        "title_id": "CCTV Kota",
        "title_en": "City CCTV",
        "slug": "cctv-kota",
        "topics": ["cctv"],
        "places": [make_place().pk],
        "unknowns-TOTAL_FORMS": 1,
        "unknowns-0-property": "cost",
        "unknowns-0-reason": "not_in_source",
    }
    save(desk, "/admin/cases/case/add/", "case_form", **given)
    case = Case.objects.get()
    assert (case.topics, case.unknowns.get().property, case.places.count()) == (["cctv"], "cost", 1)


def test_the_same_unknown_is_not_noted_twice(desk):
    case = make_case()
    rows = {"unknowns-TOTAL_FORMS": 2}
    for number in range(2):
        rows |= {f"unknowns-{number}-property": "cost", f"unknowns-{number}-reason": "not_in_source"}
    assert "noted as unknown already" in words(change(desk, case, **rows))


def test_topics_are_boxes_with_labels_and_keep_their_order(desk):
    case = make_case(topics=["procurement", "cctv"])
    url = reverse("admin:cases_case_change", args=[case.pk])
    assert 'type="checkbox" name="topics" value="cctv"' in desk.get(url).content.decode()
    added = next(code for code in topics() if code not in case.topics)
    change(desk, case, topics=[added, "cctv", "procurement"])
    case.refresh_from_db()
    assert case.topics == ["procurement", "cctv", added]


def test_what_was_published_is_never_deleted_and_a_draft_can_be(desk, above, curator, reviewer):
    case, draft = make_case(), make_case()
    publish(everything_named_by(case), by=curator, reviewer=reviewer, reason=both("Terbit"))
    source = case.claims.get().said_by_source
    for client in (desk, above):
        for url in (
            reverse("admin:cases_case_delete", args=[case.pk]),
            reverse("admin:sources_source_delete", args=[source.pk]),
        ):
            assert client.post(url, {"post": "yes"}).status_code == 403
        client.post(reverse("admin:cases_subject_delete", args=[case.pk]), {"post": "yes"})
    assert Case.objects.filter(pk=case.pk).exists()
    desk.post(reverse("admin:cases_case_delete", args=[draft.pk]), {"post": "yes"})
    assert not Case.objects.filter(pk=draft.pk).exists()


def test_a_claim_of_a_public_case_may_be_deleted_in_the_working_copy(desk, curator, reviewer):
    case = make_case(claims=2)
    publish(everything_named_by(case), by=curator, reviewer=reviewer, reason=both("Terbit"))
    desk.post(reverse("admin:cases_claim_delete", args=[case.claims.last().pk]), {"post": "yes"})
    assert case.claims.count() == 1


def test_renaming_a_public_address_says_what_it_means(desk, curator, reviewer):
    case = make_case()
    publish(everything_named_by(case), by=curator, reviewer=reviewer, reason=both("Terbit"))
    assert "the old one will lead here" in words(change(desk, case, slug="alamat-baru"))


def test_a_source_says_where_it_stands(desk, curator, reviewer):
    source = make_source()
    url = reverse("admin:sources_source_change", args=[source.pk])
    assert "readers see nothing of it yet" in words(desk.get(url))


def test_a_place_does_not_lie_in_itself(desk):
    city, village = make_place(), make_place()
    change(desk, village, parent=city.pk)
    assert "A place does not lie in itself" in words(change(desk, city, parent=village.pk))
