"""Two people at one form: no save undoes another's, nothing typed is lost, nothing is written twice."""

import json
import re
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from cases.models import Alias, Case, Claim, Draft, Party
from cases.vocabularies import topics
from sources.models import ExcerptTranslation, Source
from tests.admin.pages import Form, filled, save, words
from tests.factories import make_actor, make_case, make_excerpt, make_source, make_transfer

pytestmark = pytest.mark.django_db


def address(row: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def opened(client: Any, row: Any, **changes: Any) -> dict[str, Any]:
    """A form as it was opened, with some fields changed and not saved yet."""
    return filled(client, address(row), f"{row._meta.model_name}_form", **changes)


def again(response: Any, row: Any, **changes: Any) -> dict[str, Any]:
    """What a browser would send from the page that a refused save shows."""
    form = Form(response.content.decode(), f"{row._meta.model_name}_form")
    return {name: value for name, value in (form.data | changes).items() if value is not None}


def claim_of(case: Case) -> Claim:
    return case.claims.get()


def test_two_texts_of_one_field_are_shown_and_neither_is_written_over(desk, review):
    claim = claim_of(make_case())
    late = opened(desk, claim, statement_id="Kalimat saya.")
    save(review, address(claim), "claim_form", statement_id="Kalimat rekan.")
    refused = desk.post(address(claim), late)
    assert refused.status_code == 200
    claim.refresh_from_db()
    assert claim.statement_id == "Kalimat rekan."
    said = words(refused)
    assert "Somebody changed this while you had it open" in said
    assert "Last changed by a-reviewer" in said
    assert "Yours: Kalimat saya." in said
    assert "What stands now: Kalimat rekan." in said
    assert "Kalimat saya." in again(refused, claim)["statement_id"]


@pytest.mark.parametrize(("choice", "written"), [("mine", "Kalimat saya."), ("theirs", "Kalimat rekan.")])
def test_either_text_is_taken(desk, review, choice, written):
    claim = claim_of(make_case())
    late = opened(desk, claim, statement_id="Kalimat saya.")
    save(review, address(claim), "claim_form", statement_id="Kalimat rekan.")
    refused = desk.post(address(claim), late)
    chosen = desk.post(address(claim), again(refused, claim, **{"_take-statement_id": choice}))
    assert chosen.status_code == 302
    claim.refresh_from_db()
    assert claim.statement_id == written


def test_between_two_texts_nothing_is_written_until_somebody_chooses(desk, review):
    claim = claim_of(make_case())
    late = opened(desk, claim, statement_id="Kalimat saya.")
    save(review, address(claim), "claim_form", statement_id="Kalimat rekan.")
    refused = desk.post(address(claim), late)
    undecided = desk.post(address(claim), again(refused, claim))
    assert "What stands now: Kalimat rekan." in words(undecided)
    claim.refresh_from_db()
    assert claim.statement_id == "Kalimat rekan."


def test_a_third_change_is_shown_as_well(desk, review):
    claim = claim_of(make_case())
    late = opened(desk, claim, statement_id="Kalimat saya.")
    save(review, address(claim), "claim_form", statement_id="Kalimat rekan.")
    refused = desk.post(address(claim), late)
    save(review, address(claim), "claim_form", statement_id="Kalimat ketiga.")
    second = desk.post(address(claim), again(refused, claim, **{"_take-statement_id": "mine"}))
    assert "What stands now: Kalimat ketiga." in words(second)
    claim.refresh_from_db()
    assert claim.statement_id == "Kalimat ketiga."


def test_an_old_form_does_not_undo_fields_that_it_left_alone(desk, review):
    claim = claim_of(make_case())
    late = opened(desk, claim, statement_en="My sentence.")
    topic = next(iter(topics()))
    save(review, address(claim), "claim_form", start="2021", topics=[topic])
    refused = desk.post(address(claim), late)
    assert "you did not change it" in words(refused)
    claim.refresh_from_db()
    assert claim.statement_en != "My sentence."
    assert desk.post(address(claim), again(refused, claim)).status_code == 302
    claim.refresh_from_db()
    assert (claim.statement_en, str(claim.start), claim.topics) == ("My sentence.", "2021", [topic])


@pytest.mark.parametrize(
    "opened_with", ["", "{", "[]", '{"at": 1, "rows": 2}', '{"at": "x", "rows": {"": {"": {"key": 3}}}}']
)
def test_a_form_that_does_not_say_what_it_was_opened_with_undoes_nothing(desk, opened_with):
    claim = claim_of(make_case())
    before = claim.statement_id
    refused = desk.post(address(claim), opened(desk, claim, statement_id="Lain.", _opened=opened_with))
    assert refused.status_code == 200
    assert f"What stands now: {before}" in words(refused)
    claim.refresh_from_db()
    assert claim.statement_id == before


def party_rows(*rows: dict[str, Any]) -> dict[str, Any]:
    return {f"parties-{index}-{name}": value for index, row in enumerate(rows) for name, value in row.items()}


def claim_with_parties() -> Claim:
    claim = claim_of(make_case())
    for position, who in enumerate(("PT Satu", "PT Dua")):
        Party.objects.create(claim=claim, part="named", who=make_actor(who), as_stated=who, position=position)
    return claim


def parties(claim: Claim) -> list[str]:
    return list(claim.parties.order_by("position").values_list("as_stated", flat=True))


def test_two_texts_in_one_row_are_shown(desk, review):
    claim = claim_with_parties()
    late = opened(desk, claim, **{"parties-1-as_stated": "punyaku"})
    save(review, address(claim), "claim_form", **{"parties-1-as_stated": "punyamu"})
    refused = desk.post(address(claim), late)
    assert "Yours: punyaku" in words(refused)
    assert "What stands now: punyamu" in words(refused)
    desk.post(address(claim), again(refused, claim, **{"_take-parties-1-as_stated": "mine"}))
    assert parties(claim) == ["PT Satu", "punyaku"]


def test_a_row_that_came_meanwhile_stays(desk, review):
    claim = claim_with_parties()
    late = opened(desk, claim, statement_id="Kalimat saya.")
    new = {"parties-TOTAL_FORMS": 3, "parties-2-part": "named", "parties-2-as_stated": "baru"}
    save(review, address(claim), "claim_form", **new)
    refused = desk.post(address(claim), late)
    assert "added" in words(refused)
    desk.post(address(claim), again(refused, claim))
    assert parties(claim) == ["PT Satu", "PT Dua", "baru"]
    assert claim_of(claim.subject).statement_id == "Kalimat saya."


def test_rows_added_by_both_are_both_kept(desk, review):
    claim = claim_with_parties()
    new = {"parties-TOTAL_FORMS": 3, "parties-2-part": "named", "parties-2-as_stated": "dariku"}
    late = opened(desk, claim, **new)
    save(review, address(claim), "claim_form", **new | {"parties-2-as_stated": "darimu"})
    refused = desk.post(address(claim), late)
    desk.post(address(claim), again(refused, claim))
    assert sorted(parties(claim)) == ["PT Dua", "PT Satu", "dariku", "darimu"]


def test_a_row_that_was_removed_meanwhile_does_not_come_back_by_itself(desk, review):
    claim = claim_with_parties()
    late = opened(desk, claim, statement_id="Kalimat saya.")
    save(review, address(claim), "claim_form", **{"parties-0-DELETE": "on"})
    refused = desk.post(address(claim), late)
    assert "removed" in words(refused)
    desk.post(address(claim), again(refused, claim))
    assert parties(claim) == ["PT Dua"]
    assert claim_of(claim.subject).statement_id == "Kalimat saya."


@pytest.mark.parametrize(("choice", "left"), [("mine", ["PT Dua", "punyaku"]), ("theirs", ["PT Dua"])])
def test_a_changed_row_that_was_removed_meanwhile_is_a_choice(desk, review, choice, left):
    claim = claim_with_parties()
    late = opened(desk, claim, **{"parties-0-as_stated": "punyaku"})
    save(review, address(claim), "claim_form", **{"parties-0-DELETE": "on"})
    refused = desk.post(address(claim), late)
    form = again(refused, claim)
    desk.post(address(claim), form | {f"_take-{form['_clash'][0]}": choice})
    assert sorted(parties(claim)) == left


@pytest.mark.parametrize(("choice", "left"), [("mine", ["PT Dua"]), ("theirs", ["PT Dua", "punyamu"])])
def test_a_removed_row_that_was_changed_meanwhile_is_a_choice(desk, review, choice, left):
    claim = claim_with_parties()
    late = opened(desk, claim, **{"parties-0-DELETE": "on"})
    save(review, address(claim), "claim_form", **{"parties-0-as_stated": "punyamu"})
    refused = desk.post(address(claim), late)
    assert "punyamu" in words(refused)
    desk.post(address(claim), again(refused, claim, **{"_take-parties-0-DELETE": choice}))
    assert sorted(parties(claim)) == left


def test_numbers_of_one_claim_are_compared_too(desk, review):
    claim = make_transfer(make_case(claims=0))
    late = opened(desk, claim, **{"transfer-0-unit": ["unit saya"], "transfer-0-currency": "USD"})
    save(review, address(claim), "claim_form", **{"transfer-0-currency": "EUR"})
    refused = desk.post(address(claim), late)
    assert "What stands now: EUR" in words(refused)
    claim.refresh_from_db()
    assert claim.transfer.currency == "EUR"


def test_subjects_and_their_aliases_are_compared(desk, review):
    case, excerpt = make_case(), make_excerpt()
    alias = Alias.objects.create(subject=case, name="Nama lama", kind="spelling", excerpt=excerpt)
    late = opened(desk, case, title_id="Judul saya", **{"aliases-0-name": "Nama saya"})
    save(review, address(case), "case_form", title_id="Judul rekan", **{"aliases-0-name": "Nama rekan"})
    refused = desk.post(address(case), late)
    assert {"Yours: Judul saya", "Yours: Nama saya"} <= set(re.findall(r"Yours: \w+ saya", words(refused)))
    alias.refresh_from_db()
    assert alias.name == "Nama rekan"


def test_sources_and_translations_of_excerpts_are_compared(desk, review):
    source = make_source()
    late = opened(desk, source, publisher="Penerbit saya")
    save(review, address(source), "source_form", publisher="Penerbit rekan")
    assert "What stands now: Penerbit rekan" in words(desk.post(address(source), late))
    excerpt = make_excerpt()
    text = ExcerptTranslation.objects.create(excerpt=excerpt, language="en", by="curator", text="Their words")
    late = opened(desk, excerpt, **{"translations-0-text": "My words"})
    save(review, address(excerpt), "excerpt_form", **{"translations-0-text": "Other words"})
    assert "What stands now: Other words" in words(desk.post(address(excerpt), late))
    text.refresh_from_db()
    assert text.text == "Other words"


def test_a_double_click_on_save_writes_nothing_twice(desk):
    claim = claim_with_parties()
    new = {"parties-TOTAL_FORMS": 3, "parties-2-part": "named", "parties-2-as_stated": "baru"}
    form = opened(desk, claim, statement_id="Kalimat saya.", **new)
    assert desk.post(address(claim), form).status_code == 302
    assert desk.post(address(claim), form).status_code == 302
    assert parties(claim) == ["PT Satu", "PT Dua", "baru"]
    assert Draft.objects.filter(object_id=claim.subject_id).count() == 1


def test_a_new_row_is_not_saved_twice(desk):
    form = filled(desk, "/admin/sources/source/add/", "source_form", source_kind="news", title="Judul", slug="judul")
    assert desk.post("/admin/sources/source/add/", form).status_code == 302
    second = desk.post("/admin/sources/source/add/", form | {"slug": "judul-2", "publisher": "Ketikan baru"})
    assert "This form was saved already, as Judul" in words(second)
    assert "Ketikan baru" in second.content.decode()
    assert Source.objects.count() == 1


def test_two_new_rows_of_two_forms_are_two(desk):
    for slug in ("satu", "dua"):
        save(desk, "/admin/sources/source/add/", "source_form", source_kind="news", title="Judul", slug=slug)
    assert Source.objects.count() == 2


def test_what_was_typed_into_a_deleted_row_is_shown(desk, review):
    claim = claim_of(make_case())
    late = opened(desk, claim, statement_id="Kalimat yang panjang.")
    claim.delete()
    gone = desk.post(address(claim), late)
    assert gone.status_code == 410
    assert "Kalimat yang panjang." in words(gone)


def test_a_save_that_changes_nothing_is_no_clash(desk):
    """Every form posts exactly what it was opened with."""
    for row in (make_case(), claim_with_parties(), make_transfer(make_case(claims=0)), make_source(), make_excerpt()):
        form = opened(desk, row)
        assert json.loads(form["_opened"][0] if isinstance(form["_opened"], list) else form["_opened"])["rows"]
        assert desk.post(address(row), form).status_code == 302


def test_the_log_names_no_form_to_readers_of_the_history(desk):
    save(desk, "/admin/sources/source/add/", "source_form", source_kind="news", title="Judul", slug="judul")
    assert LogEntry.objects.get().get_change_message() == "Added."


@pytest.mark.parametrize("number", [501, 5000, 10**9])
def test_more_rows_than_a_form_takes_are_refused_with_a_sentence(desk, number):
    claim = claim_with_parties()
    form = opened(desk, claim, **{"parties-TOTAL_FORMS": number})
    refused = desk.post(address(claim), form)
    assert refused.status_code == 400
    assert "at most 500 rows" in words(refused)
    assert parties(claim) == ["PT Satu", "PT Dua"]


def test_five_thousand_rows_are_refused_with_a_sentence(desk):
    claim = claim_with_parties()
    rows = {"parties-TOTAL_FORMS": 5002}
    for index in range(2, 5002):
        rows |= {f"parties-{index}-part": "named", f"parties-{index}-as_stated": f"orang {index}"}
    refused = desk.post(address(claim), opened(desk, claim, **rows))
    assert refused.status_code == 400
    assert "at most 4000 fields" in words(refused)
    assert parties(claim) == ["PT Satu", "PT Dua"]
