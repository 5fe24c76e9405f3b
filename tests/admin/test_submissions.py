"""The desk answers what readers sent."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from cases.admin.groups import ADMINISTRATORS, REVIEWERS, desk_groups
from cases.models import DeskAct, Submission
from sources.intake import files
from tests.admin.conftest import at_the_desk
from tests.admin.pages import save
from tests.factories import make_actor, make_case

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


def test_they_are_found_by_the_number_as_somebody_says_it(desk, sent):
    listing = reverse("admin:cases_submission_changelist")
    number = sent.number
    for asked in (number, sent.spoken_number, f"{number[:4]}-{number[4:]}", f" {number} ", f"{number[:7]}x"):
        page = desk.get(listing, {"q": asked}).content.decode()
        assert (change(sent) in page) == (not asked.endswith("x")), asked


class TestReplies:
    @pytest.fixture
    def reply(self, sent, settings, tmp_path):
        settings.CASEDB_FILES_DIR = tmp_path / "files"
        person = make_actor("Bu Kenanga")
        name, _sha256, size = files.store([b"<script>alert(1)</script>"])
        kept = {"file": name, "file_name": "surat <b>.txt", "file_size": size}
        return Submission.objects.create(kind="response", path=sent.path, who=person.slug, **kept)

    def test_the_desk_sees_for_whom_it_is_its_number_and_its_file(self, desk, reply):
        page = desk.get(change(reply)).content.decode()
        assert reply.spoken_number in page
        assert f'href="/actors/{reply.who}/"' in page
        assert "/admin/cases/actor/" in page
        assert f'href="/admin/cases/submission/{reply.pk}/file/"' in page
        assert "surat &lt;b&gt;.txt" in page

    def test_its_file_is_saved_and_never_shown_and_that_is_noted(self, desk, reply):
        answer = desk.get(f"/admin/cases/submission/{reply.pk}/file/")
        assert b"".join(answer.streaming_content) == b"<script>alert(1)</script>"
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["Content-Type"] == "application/octet-stream"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "private, no-store" in answer.headers["Cache-Control"]
        assert DeskAct.objects.filter(object_kind="cases_submission_file", object_id=str(reply.pk)).exists()

    def test_only_who_may_view_submissions_gets_it(self, reply):
        address = f"/admin/cases/submission/{reply.pk}/file/"
        statuses = {}
        for group in (REVIEWERS, ADMINISTRATORS):
            user = User.objects.create_user(f"of-{group}", is_staff=True)
            user.groups.set([desk_groups()[group]])
            answer = at_the_desk(user).get(address)
            statuses[group] = answer.status_code
            if answer.streaming:
                b"".join(answer.streaming_content)  # its file is open until it was read
        assert statuses == {REVIEWERS: 200, ADMINISTRATORS: 403}
        assert Client().get(address).status_code == 302

    def test_there_is_none_of_one_without_a_file_or_that_was_erased(self, desk, sent, reply):
        Submission.objects.filter(pk=reply.pk).erase()
        for key in (sent.pk, reply.pk, 999):
            assert desk.get(f"/admin/cases/submission/{key}/file/").status_code == 404
        assert desk.get(change(reply)).status_code == 200
