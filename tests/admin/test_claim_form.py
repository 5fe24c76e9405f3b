"""A claim made of selected words in the reader: its form for every kind, what refuses it, and what a save leaves."""

import re
import uuid
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from cases.claim_kinds import DETAILED, REGISTRY, FieldSort
from cases.models import (
    Actor,
    Claim,
    DeskAct,
    Draft,
    PublicationItem,
    PublicationRequest,
    ReadingPlace,
    UnsavedText,
)
from sources.models import Excerpt
from tests.admin.conftest import at_the_desk
from tests.admin.pages import Form, save, words
from tests.admin.test_page_checks import PDF, with_a_footer_between
from tests.admin.test_page_images import kept, scan
from tests.factories import hide, make_actor, make_capture, make_case, make_claim, make_excerpt, make_place

pytestmark = pytest.mark.django_db
TEXT = (
    "Halaman satu. PT Misal menyerahkan uang sebesar Rp2.500.000.000,00 kepada Budi Contoh pada 14 Maret 2031. "
    "Bu Melati tinggal di sana. Terdakwa dihukum pidana penjara selama 5 (lima) tahun dan 6 (enam) bulan."
)
MONEY = "PT Misal menyerahkan uang sebesar Rp2.500.000.000,00 kepada Budi Contoh pada 14 Maret 2031"


@pytest.fixture
def capture(db):
    return make_capture(text=TEXT)


@pytest.fixture
def case(db):
    return make_case("Papan digital")


def address(capture, words_of_it=MONEY, **query: Any) -> str:
    start = capture.text.index(words_of_it)
    given = {"start": start, "end": start + len(words_of_it)} | query
    return f"{claim_url(capture)}?" + "&".join(f"{name}={value}" for name, value in given.items())


def claim_url(capture, page: str = "claim") -> str:
    return reverse(f"admin:sources_capture_{page}", args=[capture.pk])


def opened(client: Client, capture, words_of_it: str = MONEY, **query: Any) -> dict[str, Any]:
    """What a browser would send from the form on some words."""
    response = client.get(address(capture, words_of_it, **query))
    assert response.status_code == 200
    return Form(response.content.decode(), "claim_form").data


def filled(client: Client, capture, case, words_of_it: str = MONEY, kind: str = "transfer", **changes: Any):
    data = opened(client, capture, words_of_it, kind=kind)
    given = {"subject": str(case.pk), "standing": "stated", "statement_id": "PT Misal menyerahkan uang."}
    return data | given | changes


def party_row(data: dict[str, Any], part: str) -> str:
    """The prefix of the row in which somebody stands as `part`."""
    return next(
        name.removesuffix("-part") for name, value in data.items() if name.startswith("party-") and part in value
    )


def reasons(response) -> str:
    return words(response)


@pytest.mark.parametrize("kind", REGISTRY)
def test_the_form_of_every_kind_has_the_fields_of_the_kind_and_no_others(desk, capture, kind):
    data = opened(desk, capture, kind=kind)
    own = {f"n-{column}" for field in DETAILED[kind].fields for column in field.columns} if kind in DETAILED else set()
    assert {name for name in data if name.startswith("n-")} == own
    assert ("aspect" in data) == bool(REGISTRY[kind].aspects)
    parts = [value[0] for name, value in data.items() if re.fullmatch(r"party-\d+-part", name) and value != [""]]
    assert parts == list(REGISTRY[kind].parts)


@pytest.mark.parametrize("kind", REGISTRY)
def test_the_kind_of_the_form_stands_before_the_fold_and_every_kind_once(desk, capture, kind):
    page = desk.get(address(capture, kind=kind)).content.decode()
    kinds = page.partition('class="kinds"')[2].partition("</nav>")[0]
    assert f'data-kind="{kind}" aria-current="true"' in kinds.partition("<details>")[0]
    assert sorted(re.findall(r'data-kind="(\w+)"', kinds)) == sorted(REGISTRY)


def valid_numbers(kind) -> dict[str, str]:
    """The least that the numbers of a kind need."""
    given = {}
    for field in DETAILED[kind].fields if kind in DETAILED else ():
        for column in field.columns if field.required else ():
            word = next(iter(field.vocabulary.values)) if field.sort == FieldSort.CHOICE else "Contoh"
            given[f"n-{column}"] = word
    return given


@pytest.mark.parametrize("kind", REGISTRY)
def test_a_claim_of_every_kind_is_saved(desk, capture, case, kind):
    aspects = REGISTRY[kind].aspects
    aspect = {"aspect": next(iter(aspects.values))} if aspects else {}
    plain = "Bu Melati tinggal di sana"
    data = filled(desk, capture, case, plain, kind=kind, start="14 Maret 2031", **aspect, **valid_numbers(kind))
    response = desk.post(claim_url(capture), data)
    assert response.status_code == 302, reasons(response)
    claim = Claim.objects.get(kind=kind, subject=case, statement_id="PT Misal menyerahkan uang.")
    assert claim.start == "2031-03-14"
    assert claim.said_by_source == capture.source
    assert [citation.excerpt.exact for citation in claim.citations.all()] == [plain]


def test_a_transfer_takes_numbers_as_people_write_them_and_those_who_stand_in_it(desk, curator, capture, case):
    payer, recipient = make_actor("PT Misal"), make_actor("Budi Contoh", actor_kind="person")
    data = opened(desk, capture, kind="transfer")
    rows = {
        part: next(n for n, v in data.items() if n.endswith("-part") and v == [part])[:-5]
        for part in ("payer", "recipient")
    }
    data |= {
        "subject": str(case.pk),
        "standing": "stated",
        "statement_id": "PT Misal menyerahkan Rp2.500.000.000 kepada Budi Contoh.",
        "n-kind": "money_unspecified",
        "n-amount": "Rp2.500.000.000,00",
        "n-currency": "IDR",
        f"{rows['payer']}-who": str(payer.pk),
        f"{rows['recipient']}-who_name": "budi contoh",
    }
    response = desk.post(claim_url(capture), data)
    assert response.status_code == 302, reasons(response)
    claim = case.claims.get(kind="transfer")
    assert (claim.transfer.amount, claim.transfer.as_stated) == ("2500000000", "Rp2.500.000.000,00")
    assert {(party.part, party.who_id) for party in claim.parties.all()} == {
        ("payer", payer.pk),
        ("recipient", recipient.pk),
    }
    assert Draft.objects.filter(object_id=case.pk, by=curator).exists(), "the history of the case has it"
    assert DeskAct.objects.filter(actor=curator, act="added", object_kind="claim", object_id=str(claim.pk)).exists()
    assert ReadingPlace.objects.get(by=curator, capture=capture).last_claim == claim


def test_somebody_new_is_added_in_the_same_save(desk, curator, capture, case):
    data = filled(desk, capture, case, "Budi Contoh", kind="transfer")
    row = party_row(data, "payer")
    refused = desk.post(claim_url(capture), data | {f"{row}-who_name": "PT Baru"})
    assert refused.status_code == 422
    assert "Nobody here is called “PT Baru”" in reasons(refused)
    assert 'value="PT Baru"' in refused.content.decode(), "what was typed is still there"
    assert (
        desk.post(claim_url(capture), data | {f"{row}-who_name": "PT Baru", f"{row}-new": "company"}).status_code == 302
    )
    actor = Actor.objects.get(slug="pt-baru")
    assert case.claims.get(kind="transfer").parties.get().who_id == actor.pk
    assert Draft.objects.filter(object_id=actor.pk, by=curator).exists()


def test_one_of_two_namesakes_is_never_guessed(desk, capture, case):
    make_actor("Ahmad Fauzan", slug="ahmad-fauzan-pokja"), make_actor("Ahmad Fauzan", slug="ahmad-fauzan-pengemudi")
    data = filled(desk, capture, case)
    row = party_row(data, "payer")
    refused = desk.post(claim_url(capture), data | {f"{row}-who_name": "ahmad fauzan"})
    assert refused.status_code == 422
    assert "ahmad-fauzan-pokja" in reasons(refused)
    assert desk.post(claim_url(capture), data | {f"{row}-who_name": "ahmad-fauzan-pokja"}).status_code == 302


def test_why_a_field_is_empty_is_kept_with_the_claim(desk, capture, case):
    data = filled(desk, capture, case) | {
        "gap-payer": "not_in_source",
        "gap-amount": "outside",
        "gap-kind": "differ",
        "n-amount": "",
    }
    response = desk.post(claim_url(capture), data, follow=True)
    claim = case.claims.get(kind="transfer")
    assert set(claim.unknowns.values_list("property", "reason")) == {
        ("payer", "not_in_source"),
        ("amount", "not_in_our_copy"),
    }
    assert f"claim={claim.pk}&amp;property=kind" in response.content.decode(), "a link to say how sources differ"


def test_a_form_that_is_sent_twice_makes_one_claim(desk, capture, case):
    data = filled(desk, capture, case)
    first = desk.post(claim_url(capture), data)
    again = desk.post(claim_url(capture), data, follow=True)
    assert first.status_code == 302
    assert "Nothing was written twice" in words(again)
    assert case.claims.filter(kind="transfer").count() == 1


def test_what_a_save_lacks_is_said_and_nothing_is_lost(desk, capture, case):
    data = filled(desk, capture, case, subject="") | {"n-amount": "dua ribu atau tiga ribu"}
    response = desk.post(claim_url(capture), data)
    assert response.status_code == 422
    assert "is not one number" in reasons(response)
    assert "dua ribu atau tiga ribu" in response.content.decode()
    assert not Claim.objects.filter(kind="transfer").exists()
    assert not Excerpt.objects.filter(capture=capture).exists()


def test_the_check_tells_what_speaks_against_publishing_reads_back_and_writes_nothing(desk, capture, case):
    data = filled(desk, capture, case) | {"n-amount": "2,5 miliar", "n-currency": "IDR", "start": "14 Maret 2031"}
    response = desk.post(claim_url(capture, "check"), data)
    said = words(response)
    assert "2,500,000,000" in said
    assert "14 March 2031" in said
    assert "“payer” is empty" in said
    assert "It can be saved as a draft." in said
    assert not Claim.objects.filter(kind="transfer").exists()
    assert not Excerpt.objects.filter(capture=capture).exists()


def test_the_check_tells_what_cannot_be_saved(desk, capture, case):
    said = words(desk.post(claim_url(capture, "check"), filled(desk, capture, case, standing="")))
    assert "It cannot be saved yet" in said


def test_what_is_typed_is_kept_by_the_check_and_taken_up_again(desk, curator, capture, case):
    data = filled(desk, capture, case, statement_id="Kalimat setengah jadi")
    desk.post(claim_url(capture, "check"), data)
    page = desk.get(claim_url(capture))
    assert "You have unsaved text of" in words(page)
    taken = desk.post(claim_url(capture), {"_take_up": "1"})
    assert "Kalimat setengah jadi" in taken.content.decode()
    assert "It is not saved yet." in words(taken)
    desk.post(claim_url(capture), Form(taken.content.decode(), "claim_form").data)
    assert case.claims.filter(statement_id="Kalimat setengah jadi").exists()
    assert not UnsavedText.objects.filter(by=curator).exists(), "it is saved, so it is not offered again"


def test_subject_speaker_and_places_are_kept_for_the_next_words(desk, capture, case):
    speaker, place = make_actor("PN Contoh", actor_kind="public_body"), make_place()
    data = filled(desk, capture, case) | {"said_by_actor": str(speaker.pk), "more_place": str(place.pk)}
    assert desk.post(claim_url(capture), data).status_code == 302
    claim = case.claims.get(kind="transfer")
    assert (claim.said_by_actor_id, claim.said_by_source_id) == (speaker.pk, None)
    following = opened(desk, capture, "Budi Contoh")
    assert following["subject"] == [str(case.pk)]
    assert following["said_by_actor"] == [str(speaker.pk)]
    assert following["places"] == [str(place.pk)]


def test_half_words_are_taken_whole_and_what_is_private_is_refused(desk, capture):
    page = desk.get(address(capture, "isal menyerahkan uang sebesar Rp2.500.00"))
    assert "<blockquote" in page.content.decode()
    assert "Misal menyerahkan uang sebesar Rp2.500.000.000,00</blockquote>" in page.content.decode()
    hide(capture, "Bu Melati")
    refused = words(desk.get(address(capture, "Melati tinggal")))
    assert "touch the name of a private person" in refused


def test_pasted_words_open_the_same_form(desk, capture):
    read = reverse("admin:sources_capture_read", args=[capture.pk])
    html = desk.get(read, {"words": "uang   sebesar\nRp2.500.000.000,00"}).content.decode()
    assert Form(html, "claim_form").data["start_at"] == [str(capture.text.index("uang sebesar"))]
    assert "These words are not in the text" in words(desk.get(read, {"words": "kata yang tidak ada"}))


def test_the_words_may_be_one_more_passage_of_a_claim_that_is_there(desk, capture, case):
    claim = make_claim(case)
    data = filled(desk, capture, case, statement_id="") | {"_passage": str(claim.pk)}
    response = desk.post(claim_url(capture), data, follow=True)
    assert "one more passage" in words(response)
    assert MONEY in [citation.excerpt.exact for citation in claim.citations.all()]
    assert not case.claims.filter(kind="transfer").exists()


def test_words_that_are_an_excerpt_already_are_cited_as_that(desk, capture, case):
    excerpt = make_excerpt(MONEY, capture)
    assert desk.post(claim_url(capture), filled(desk, capture, case)).status_code == 302
    assert case.claims.get(kind="transfer").citations.get().excerpt == excerpt


@pytest.mark.parametrize(
    "query",
    [
        "?start=x&end=5",
        "?start=1",
        "?start=1&end=99999999999",
        "?start=1&end=5&kind=galaxy",
        "?" + "start=1&end=5&" * 9,
    ],
)
def test_an_address_that_means_nothing_is_refused(desk, capture, query):
    assert desk.get(claim_url(capture) + query).status_code == 400


def test_only_who_may_add_claims_and_excerpts_gets_in(client, capture, case, review):
    stranger = at_the_desk(User.objects.create_user("without-rights", is_staff=True))
    for page, method in (("claim", "get"), ("claim", "post"), ("check", "post"), ("place", "post")):
        url = claim_url(capture, page)
        assert getattr(stranger, method)(url).status_code == 403, (page, method)
        assert "/admin/login/" in getattr(client, method)(url)["Location"]
    names = reverse("admin:sources_capture_names")
    assert stranger.get(names, {"term": "pt"}).status_code == 403
    assert review.get(names, {"term": "pt"}).status_code == 200
    assert review.get(address(capture)).status_code == 200
    assert review.get(f"/admin/sources/capture/{uuid.uuid4()}/claim/?start=1&end=5").status_code == 404


def test_names_tell_namesakes_apart_at_few_queries(desk, django_assert_max_num_queries):
    for number in range(30):
        make_actor("Ahmad Fauzan", slug=f"ahmad-{number}", actor_kind="person")
    names = reverse("admin:sources_capture_names")
    desk.get(names, {"term": "ahmad", "kind": "actor"})
    with django_assert_max_num_queries(9):  # three of them for the names, the others for session and rights
        found = desk.get(names, {"term": "ahmad fauzan", "kind": "actor"}).json()["names"]
    assert len(found) == 12
    assert all("another one is called so" in each["about"] for each in found)


def test_the_place_of_a_reader_is_kept(desk, curator, capture):
    for data in ({"page": "3", "read": "1 2"}, {"page": "4", "read": "2 3"}):
        assert desk.post(claim_url(capture, "place"), data).status_code == 204
    place = ReadingPlace.objects.get(by=curator, capture=capture)
    assert (place.page, place.pages_read) == (4, [1, 2, 3])
    assert desk.post(claim_url(capture, "place"), {"page": "x"}).status_code == 400


@pytest.mark.parametrize(
    ("changes", "is_proposed"),
    [({}, True), ({"confirmed": "on"}, False), ({"statement_id": "PT Misal memberi uang."}, False)],
    ids=["as proposed", "confirmed", "changed"],
)
def test_a_proposed_sentence_is_marked_until_it_is_changed_or_confirmed(desk, capture, case, changes, is_proposed):
    data = opened(desk, capture, kind="transfer")
    assert data["statement_id"] == [f"{MONEY}."], "the quotation itself"
    assert (
        desk.post(claim_url(capture), data | {"subject": str(case.pk), "standing": "stated"} | changes).status_code
        == 302
    )
    assert case.claims.get(kind="transfer").statement_is_proposed is is_proposed


def test_the_reviewer_sees_which_sentences_were_only_proposed(desk, review, curator, case):
    claim = case.claims.get()
    Claim.objects.filter(pk=claim.pk).update(statement_is_proposed=True)
    request = PublicationRequest.objects.create(reason_id="Baru", reason_en="New", by=curator)
    PublicationItem.objects.create(request=request, subject=case)
    page = review.get(reverse("admin:cases_publicationrequest_change", args=[request.pk]))
    assert "nobody has changed or confirmed these sentences yet: " + claim.statement_en in words(page)
    change = reverse("admin:cases_claim_change", args=[claim.pk])
    save(desk, change, "claim_form", statement_id="Kalimat lain.")
    claim.refresh_from_db()
    assert (claim.statement_id, claim.statement_is_proposed) == ("Kalimat lain.", False)


def test_words_whose_order_is_doubtful_ask_for_the_eye_and_keep_who_looked(desk, curator, case):
    image = scan()
    assert "I have compared these words with the page" in words(desk.get(address(image, "Saksi Melati")))
    desk.post(claim_url(image), filled(desk, image, case, "Saksi Melati", kind="description"))
    check = Excerpt.objects.get(capture=image).page_check
    assert (check.state, check.waits) == ("doubtful", True)
    given = filled(desk, image, case, "Saksi Melati", kind="event", seen_on_page="on", start="2029")
    desk.post(claim_url(image), given, follow=True)
    check.refresh_from_db()
    assert (check.by, check.waits) == (curator, False)


def test_a_footer_between_the_words_is_left_out_and_never_quoted(desk, case):
    capture = with_a_footer_between()
    desk.post(claim_url(capture), filled(desk, capture, case, capture.text.strip()))
    quoted = [each.exact.strip() for each in Excerpt.objects.filter(capture=capture)]
    assert quoted == ["Saksi menerima", "uang tunai"]


def test_two_passages_with_words_left_out_between_them_are_refused(desk, case):
    capture = kept(PDF)
    data = filled(desk, capture, case, "Saksi menerangkan")
    data |= {"start_at": [0, 0], "end_at": [0, 0]}
    for place, part in enumerate(["Saksi menerangkan", "Saksi kedua"]):
        start = capture.text.index(part)
        data["start_at"][place], data["end_at"][place] = start, start + len(part)
    response = desk.post(claim_url(capture), data)
    assert response.status_code == 422
    assert "Words between the parts are left out." in words(response)
    assert not Excerpt.objects.filter(capture=capture).exists()
