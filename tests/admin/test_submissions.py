"""The desk answers what readers sent."""

import pytest
from django.urls import reverse

from cases.models import Submission
from tests.admin.pages import save
from tests.factories import make_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent():
    case = make_case("Perkara Contoh")
    return Submission.objects.create(kind="mistake", path=f"/cases/{case.slug}/", statement="Salah.")


def change(sent: Submission) -> str:
    return reverse("admin:cases_submission_change", args=[sent.pk])


def test_it_links_to_the_page_and_to_the_working_copy(desk, sent):
    page = desk.get(change(sent)).content.decode()
    assert f'href="{sent.path}"' in page
    assert "/admin/cases/case/" in page


@pytest.mark.parametrize("path", ["/", "/claims/not-an-id/", "/cases/nothing/", "/topics/cctv/"])
def test_one_about_something_else_opens_too(desk, path):
    assert desk.get(change(Submission.objects.create(kind="mistake", path=path))).status_code == 200


def test_declining_needs_a_reason_that_the_sender_reads(desk, sent):
    assert "Say why it is declined" in save(desk, change(sent), "submission_form", state="declined").content.decode()
    save(desk, change(sent), "submission_form", state="declined", answer="Sumbernya memang begitu.")
    sent.refresh_from_db()
    assert sent.state == "declined"
    assert sent.decided_at


def test_one_that_is_opened_again_is_no_longer_decided(desk, sent):
    save(desk, change(sent), "submission_form", state="acted")
    sent.refresh_from_db()
    assert sent.decided_at
    save(desk, change(sent), "submission_form", state="reading")
    sent.refresh_from_db()
    assert sent.decided_at is None


def test_they_are_found_by_reference_and_by_page(desk, sent):
    listing = reverse("admin:cases_submission_changelist")
    for asked in (str(sent.reference), sent.path, "no such words"):
        page = desk.get(listing, {"q": asked})
        assert page.status_code == 200
        assert (change(sent) in page.content.decode()) == (asked != "no such words"), asked
