"""Every page of the desk opens for those who may, closes for those who may not, and keeps to the strict policy."""

import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from cases.models import Case, Conflict, ConflictSide, DeskAct, PublicationRequest, Response, Revision, Submission
from cases.publication.publish import publish
from cases.publication.requests import submit, usual_act
from sources.models import Source
from tests.admin.pages import save
from tests.factories import (
    both,
    everything_named_by,
    make_actor,
    make_case,
    make_claim,
    make_excerpt,
    make_place,
    make_transfer,
)
from tests.sources.telling import make_statement

pytestmark = pytest.mark.django_db

OURS = [model for model in admin.site._registry if model not in (User, Group, DeskAct)]
INLINE = re.compile(r"<style|\sstyle\s*=|<script(?![^>]*\ssrc=)[^>]*>|\son[a-z]+\s*=|javascript:", re.IGNORECASE)


@pytest.fixture
def cast(curator, reviewer) -> Case:
    """At least one row of everything: a public case, a claim of each sort, a request that waits."""
    case, actor = make_case(), make_actor()
    case.places.add(make_place())
    case.aliases.create(name="CCTV", kind="short", excerpt=make_excerpt())
    claim = make_claim(case, parties=[("partner", actor)])
    make_transfer(case)
    conflict = Conflict.objects.create(
        subject=case, key="k", kind="strength", property="standing", explanation_id="a", explanation_en="b"
    )
    for value in ("potential", "stated"):
        ConflictSide.objects.create(conflict=conflict, value=value, excerpt=make_excerpt())
    Response.objects.create(subject=case, key="r", who=actor, state="asked", asked="2026").claims.add(claim)
    case.unknowns.create(property="cost", reason="refused", excerpt=make_excerpt())
    for source in Source.objects.all():
        make_statement(source, make_excerpt())
    publish(everything_named_by(case), by=curator, reviewer=reviewer, reason=both("Terbit"))
    Submission.objects.create(kind="mistake", path="/", statement="Salah.")
    submit([usual_act(make_actor("PT Menunggu"))], by=curator, reason=both("Baru"))
    return case


def pages(client: Client) -> list[str]:
    """Index, and the list, add and change page of each of our models."""
    found = [reverse("admin:index")]
    for model in OURS:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        found.append(reverse(f"{name}_changelist"))
        if row := model.objects.first():
            found += [reverse(f"{name}_change", args=[row.pk]), reverse(f"{name}_history", args=[row.pk])]
    found += [reverse(f"admin:sources_{name}_add") for name in ("source", "capture", "excerpt")]
    for name in ("case", "collaboration", "actor", "system", "place", "claim", "conflict", "response"):
        found.append(reverse(f"admin:cases_{name}_add"))
    found.append(reverse("admin:cases_publicationrequest_add"))
    case = Case.objects.get()
    found.append(reverse("admin:cases_case_preview", args=[case.pk]))
    found.append(f"{reverse('admin:cases_publicationrequest_add')}?item=case:{case.pk}&act=withdraw")
    return found


@pytest.mark.parametrize("who", ["desk", "review", "above"])
def test_every_page_opens_for_those_who_work_here(cast, request, who):
    client = request.getfixturevalue(who)
    for url in pages(client):
        response = client.get(url, follow=True)
        assert response.status_code == 200, url


def test_no_page_opens_for_anybody_else(cast):
    for url in pages(Client()):
        response = Client().get(url)
        assert response.status_code == 302, url
        assert "/admin/login/" in response.headers["Location"], url


def test_no_page_opens_for_staff_without_a_group(cast):
    client = Client()
    client.force_login(User.objects.create_user("new-here", is_staff=True))
    for url in pages(client)[1:]:
        assert client.get(url).status_code == 403, url


def test_no_page_has_a_style_or_script_of_its_own(cast, above):
    for url in pages(above):
        response = above.get(url, follow=True)
        assert not INLINE.search(response.content.decode()), url
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]


def test_no_page_is_kept_by_a_browser_or_a_proxy(cast, desk):
    for url in pages(desk):
        assert "no-store" in desk.get(url, follow=True).headers["Cache-Control"], url


def test_a_browser_says_to_our_own_forms_where_it_comes_from(desk):
    """With `no-referrer` it sends `Origin: null`, and every form would be refused as forged."""
    assert desk.get(reverse("admin:index")).headers["Referrer-Policy"] == "same-origin"


def test_the_login_page_has_a_heading():
    html = Client(headers={"accept-language": "en"}).get(reverse("admin:login")).content.decode()
    assert "<h1>Log in to the desk</h1>" in html
    assert "CaseDB" in html


def test_the_desk_speaks_the_language_of_the_browser(desk):
    assert 'lang="en"' in desk.get("/admin/").content.decode()
    assert 'lang="id"' in desk.get("/admin/", headers={"accept-language": "id"}).content.decode()


def test_the_ledger_can_be_read_and_not_changed_even_by_a_superuser(cast, above):
    revision = Revision.objects.first()
    url = reverse("admin:cases_revision_change", args=[revision.pk])
    assert "Terbit" in above.get(url).content.decode()
    assert above.post(url, {"action": "withdraw"}).status_code == 403
    assert above.post(reverse("admin:cases_revision_delete", args=[revision.pk]), {"post": "yes"}).status_code == 403
    assert above.get("/admin/cases/revision/add/").status_code == 403


@pytest.mark.parametrize("name", ["revisionbody", "record", "recordclaim", "publication", "draft"])
def test_the_tables_behind_the_record_are_not_at_the_desk(above, name):
    assert above.get(f"/admin/cases/{name}/").status_code == 404


def test_of_a_submission_the_sender_s_words_cannot_be_changed(cast, desk):
    sent = Submission.objects.get()
    url = reverse("admin:cases_submission_change", args=[sent.pk])
    save(desk, url, "submission_form", state="acted", statement="Lain.")
    sent.refresh_from_db()
    assert (sent.state, sent.statement) == ("acted", "Salah.")


def test_a_list_costs_the_same_for_many_rows_as_for_one(cast, desk, django_assert_max_num_queries):
    for number in range(15):
        make_claim(make_case(f"Perkara {number}"))
    for model in OURS:
        url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        with django_assert_max_num_queries(16):
            assert desk.get(url).status_code == 200


def test_requests_are_listed_with_their_members(cast, desk):
    assert "PT Menunggu" in desk.get(reverse("admin:cases_publicationrequest_changelist")).content.decode()
    assert PublicationRequest.objects.count() == 1
