"""Every act at the desk is noted where nobody can change it: who, what, on which row, when, and no words."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.http import FileResponse, HttpRequest
from django.test import Client
from django.urls import include, path, reverse

from cases.admin.groups import ADMINISTRATORS, desk_groups
from cases.models import Case, DeskAct
from cases.publication.acts import Act, withdraw
from cases.publication.publish import publish
from cases.publication.requests import submit
from tests.admin.conftest import at_the_desk
from tests.admin.pages import save, words
from tests.admin.test_publication import decide, seen_on
from tests.factories import both, everything_named_by, make_actor, make_case, make_claim
from tests.tampering import settle

pytestmark = pytest.mark.django_db
PASSPHRASE = "hujan turun di bulan Juni"


def noted() -> list[tuple[str, str, str, str]]:
    """Actor, act, kind and id of every act, in order."""
    rows = DeskAct.objects.order_by("id").select_related("actor")
    return [(row.actor.username if row.actor else "", row.act, row.object_kind, row.object_id) for row in rows]


def test_logins_and_wrong_passwords_are_noted_with_the_account(db):
    user = User.objects.create_superuser("siti", password=PASSPHRASE)
    client = Client()
    for password in ("salah", PASSPHRASE):
        client.post(reverse("admin:login"), {"username": "siti", "password": password})
    client.post(reverse("admin:logout"))
    assert noted() == [
        ("", "failed", "user", str(user.pk)),
        ("siti", "logged_in", "", ""),
        ("siti", "logged_out", "", ""),
    ]


def test_whoever_guesses_cannot_fill_the_log(db):
    User.objects.create_superuser("siti", password=PASSPHRASE)
    for number in range(20):
        for name in ("siti", f"nobody-{number}"):
            Client().post(reverse("admin:login"), {"username": name, "password": PASSPHRASE + "?"})
    assert [act for _by, act, _kind, _key in noted()] == ["failed"] * 5


def test_saves_are_noted_without_their_words(desk):
    case = make_case("Perkara A")
    save(desk, reverse("admin:cases_case_change", args=[case.pk]), "case_form", title_en="Another title")
    assert noted()[1:] == [("a-curator", "changed", "case", str(case.pk))]
    assert "title" not in str(DeskAct.objects.values().last())


def test_a_publication_and_a_withdrawal_are_noted_for_each_member(curator, reviewer, review):
    case = make_case()
    make_claim(case, parties=[("partner", make_actor())])
    publish(everything_named_by(case), by=curator, reviewer=reviewer, reason=both("Terbit"))
    held = submit([withdraw(case, "error")], by=curator, reason=both("Keliru"))
    decide(review, held, publish="yes", seen=seen_on(review, held))
    again = submit([Act(case, "reinstate")], by=curator, reason=both("Benar"))
    decide(review, again, **{"return": "yes", "answer": "Belum."})
    assert [row for row in noted() if row[1] != "logged_in"] == [
        ("a-curator", "submitted", "publicationrequest", str(held.pk)),
        ("a-reviewer", "withdrew", "case", str(case.pk)),
        ("a-curator", "submitted", "publicationrequest", str(again.pk)),
        ("a-reviewer", "returned", "publicationrequest", str(again.pk)),
    ]


def test_an_act_that_was_refused_is_not_noted(curator, reviewer, review):
    held = submit([Act(make_actor("PT Satu"))], by=reviewer, reason=both("Baru"))
    decide(review, held, publish="yes", seen=seen_on(review, held))
    assert "published" not in {act for _by, act, _kind, _key in noted()}


def test_access_that_is_given_again_is_noted(above, superuser, curator, capsys):
    above.post(reverse("admin:auth_user_password_change", args=[curator.pk]))
    call_command("curator", curator.username)
    assert noted()[1:] == [
        ("a-superuser", "reset", "user", str(curator.pk)),
        ("", "reset", "user", str(curator.pk)),
    ]


def a_file(request: HttpRequest, object_id: str) -> FileResponse:
    return FileResponse(io.BytesIO(b"words"), as_attachment=True, filename="ruling.pdf")


urlpatterns = [path("admin/sources/capture/<object_id>/file/", a_file, name="sources_capture_file")]
urlpatterns += [path("admin/", include("cases.admin.urls")), path("admin/", admin.site.urls)]


def test_a_file_that_the_desk_hands_out_is_noted(settings, desk):
    settings.ROOT_URLCONF = __name__
    assert desk.get("/admin/sources/capture/17/file/").status_code == 200
    assert noted()[1:] == [("a-curator", "downloaded", "sources_capture_file", "17")]


@pytest.mark.parametrize(
    "tamper",
    [
        lambda rows: rows.update(act="logged_out"),
        lambda rows: rows.update(at=datetime.now(UTC) - timedelta(days=1)),
        lambda rows: rows.delete(),
        lambda rows: rows.first().save(),
        lambda rows: rows._raw_delete(rows.db),
    ],
)
def test_the_database_refuses_to_change_or_delete_an_act(desk, tamper):
    settle()
    before = list(DeskAct.objects.values())
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        tamper(DeskAct.objects.all())
    assert list(DeskAct.objects.values()) == before


@pytest.mark.postgresql
def test_the_table_cannot_be_emptied_at_once(desk):
    settle()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE cases_deskact")


def test_an_act_stays_when_its_row_is_gone(desk):
    case = make_case("Perkara Rahasia")
    save(desk, reverse("admin:cases_case_change", args=[case.pk]), "case_form", title_en="Secret")
    before = noted()
    Case.objects.filter(pk=case.pk).delete()
    assert noted() == before


class TestTheList:
    @pytest.fixture
    def office(self) -> Client:
        user = User.objects.create_user("an-administrator", is_staff=True)
        user.groups.set([desk_groups()[ADMINISTRATORS]])
        return at_the_desk(user)

    def test_administrators_read_it(self, office):
        page = words(office.get(reverse("admin:cases_deskact_changelist")))
        assert "an-administrator logged in" in page

    def test_curators_and_reviewers_do_not(self, desk, review):
        for client in (desk, review):
            assert client.get(reverse("admin:cases_deskact_changelist")).status_code == 403

    def test_nobody_changes_it_not_even_a_superuser(self, above, office):
        act = DeskAct.objects.last()
        for client in (above, office):
            for name, keys in (("add", []), ("change", [act.pk]), ("delete", [act.pk])):
                url = reverse(f"admin:cases_deskact_{name}", args=keys)
                assert client.post(url, {"act": "reset", "post": "yes"}).status_code == 403, url

    def test_it_costs_the_same_for_many_acts_as_for_one(self, office, django_assert_max_num_queries):
        for number in range(30):
            at_the_desk(User.objects.create_user(f"user-{number}"))
        with django_assert_max_num_queries(12):
            office.get(reverse("admin:cases_deskact_changelist"))
