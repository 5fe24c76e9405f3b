"""Ids say nothing: those of subjects and sources are random, and whatever belongs to them has an id that follows."""

import uuid
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from cases.dossiers.dump import dump, dump_text
from cases.dossiers.load import check, save
from cases.models import Case, Claim, Conflict, Response
from cases.publication.publish import publish
from sources.models import Capture, Excerpt
from tests.admin.pages import save as save_form
from tests.factories import (
    both,
    make_actor,
    make_capture,
    make_case,
    make_claim,
    make_excerpt,
    make_public,
    make_source,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(User.objects.create_superuser("a-superuser"))
    return client


def test_two_things_of_one_name_have_ids_of_their_own():
    first, second = make_actor(slug="pt-misal"), make_source(slug="pt-misal")
    assert first.id.version == second.id.version == 4
    first.delete()
    assert make_actor(slug="pt-misal").id != first.id


def test_what_belongs_to_a_thing_has_an_id_that_follows_from_its_own():
    case, capture = make_case(claims=0), make_capture()
    excerpt = make_excerpt(capture=capture)
    claim = make_claim(case, excerpt, key="uang")
    explained = {"explanation_id": "a", "explanation_en": "a"}
    conflict = Conflict.objects.create(subject=case, key="uang", kind="slip", property="start", **explained)
    response = Response.objects.create(subject=case, key="uang", who=make_actor(), state="not_asked")
    assert capture.id == uuid.uuid5(capture.source_id, capture.text_sha256)
    assert excerpt.id == uuid.uuid5(capture.id, f"{excerpt.start}-{excerpt.end}")
    assert claim.id == uuid.uuid5(case.id, "uang")
    assert conflict.id == uuid.uuid5(case.id, "conflicts/uang")
    assert response.id == uuid.uuid5(case.id, "responses/uang")


def test_the_desk_gives_the_same_ids(desk):
    case, source = make_case(claims=0), make_source()
    save_form(
        desk, reverse("admin:sources_capture_add"), "capture_form", source=source.pk, text="Uang tunai di Contoh."
    )
    capture = Capture.objects.get(source=source)
    words = {"capture": capture.pk, "exact": "Uang tunai"}
    save_form(desk, reverse("admin:sources_excerpt_add"), "excerpt_form", **words)
    excerpt = Excerpt.objects.get(capture=capture)
    add_claim(desk, case, excerpt, key="uang")
    assert capture.id == uuid.uuid5(source.id, capture.text_sha256)
    assert excerpt.id == uuid.uuid5(capture.id, "0-10")
    assert Claim.objects.get().id == uuid.uuid5(case.id, "uang")
    assert Claim.objects.get().citations.get().excerpt == excerpt


def add_claim(desk: Client, case: Case, excerpt: Excerpt, **fields: Any) -> None:
    given = {
        "kind": "description",
        "standing": "stated",
        "statement_id": "Satu kalimat.",
        "said_by_source": excerpt.capture.source.pk,
        "citations-0-excerpt": excerpt.pk,
        "citations-0-relation": "supports",
    }
    address = f"{reverse('admin:cases_claim_add')}?subject={case.pk}"
    response = save_form(desk, address, "claim_form", **given | fields)
    assert response.redirect_chain, response.content.decode()


def test_a_claim_that_takes_the_key_of_a_renamed_one_does_not_take_its_id(desk):
    case = make_case(claims=0)
    first = make_claim(case, key="uang", lead=1)
    Claim.objects.filter(pk=first.pk).update(key="suap")
    add_claim(desk, case, make_excerpt(), key="uang", statement_id="Kalimat lain.")
    second = Claim.objects.get(key="uang")
    assert (first.id, Claim.objects.get(pk=first.pk).statement_id) == (uuid.uuid5(case.id, "uang"), first.statement_id)
    assert second.id == uuid.uuid5(case.id, "uang~1")
    assert [row.get("id") for row in dump(case)["claims"]] == [str(first.id), str(second.id)]


def test_ids_that_a_dossier_names_come_back_from_it(curator):
    case = make_case(claims=0)
    first = make_claim(case, key="uang", lead=1)
    Claim.objects.filter(pk=first.pk).update(key="suap")
    second = make_claim(case, key="uang")
    text = dump_text(case)
    save(check({f"cases/{case.slug}.yaml": text}), by={"": curator}, origin="import")
    assert dict(Claim.objects.values_list("key", "id")) == {"suap": first.id, "uang": second.id}
    assert dump_text(case) == text
    assert text.startswith(f"id: {case.id}\n")


def test_a_new_claim_never_has_the_id_under_which_another_was_public(curator, reviewer):
    case = make_case(claims=2)
    case.claims.filter(lead=None).update(key="uang")
    make_public(case, by=curator, reviewer=reviewer)
    old = case.claims.get(key="uang")
    old_id = old.pk
    old.delete()
    new = make_claim(case, key="uang")
    assert new.pk != old_id
    lost = make_claim(case, key="lain")
    lost_id = lost.pk
    lost.delete()
    assert make_claim(case, key="lain").pk == lost_id, "what nobody saw may be written anew"
    publish(make_set(case), by=curator, reviewer=reviewer, reason=both("Diganti"))


def make_set(case: Case) -> list[Any]:
    return [case, *{citation.excerpt.capture.source for c in case.claims.all()[1:] for citation in c.citations.all()}]


def test_a_copy_is_stored_once_and_never_over_another():
    capture = make_capture()
    twin = Capture(source=capture.source, text_sha256=capture.text_sha256, text_length=7)
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()
    assert Capture.objects.get().text == capture.text
