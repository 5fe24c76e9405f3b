"""How somebody comes to the desk: groups that are there after `migrate`, and a one-time link that sets a password."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group, Permission, User
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.admin.groups import ADMINISTRATORS, CURATORS, REVIEWERS
from tests.admin.conftest import at_the_desk
from tests.admin.pages import words

pytestmark = pytest.mark.django_db
PASSPHRASE = "hujan turun di bulan Juni"


def link_for(capsys, *arguments) -> str:
    call_command("curator", *arguments)
    return re.search(r"^http\S+?(/admin/access/\S+)$", capsys.readouterr().out, re.MULTILINE)[1]


def choose_password(link: str, password: str = PASSPHRASE) -> tuple[Client, object]:
    client = Client(headers={"accept-language": "en"})
    page = client.get(link, follow=True)
    if not page.redirect_chain:
        return client, page
    chosen = {"new_password1": password, "new_password2": password}
    return client, client.post(page.redirect_chain[-1][0], chosen, follow=True)


def test_migrate_makes_the_groups_with_their_permissions():
    codes = {group.name: set(group.permissions.values_list("codename", flat=True)) for group in Group.objects.all()}
    assert set(codes) == {CURATORS, REVIEWERS, ADMINISTRATORS}
    assert codes[REVIEWERS] - codes[CURATORS] == {"decide_publicationrequest"}
    assert {"change_claim", "add_publicationrequest"} <= codes[CURATORS]
    assert not codes[ADMINISTRATORS] & codes[REVIEWERS]
    assert not any(code.startswith("delete_user") for code in set.union(*codes.values()))


def test_migrate_gives_a_group_again_what_was_taken_from_it():
    curators = Group.objects.get(name=CURATORS)
    curators.permissions.set(Permission.objects.filter(codename="decide_publicationrequest"))
    call_command("migrate", verbosity=0)
    codes = set(curators.permissions.values_list("codename", flat=True))
    assert "change_claim" in codes
    assert "decide_publicationrequest" not in codes


@pytest.mark.parametrize(
    ("option", "group"), [([], CURATORS), (["--reviewer"], REVIEWERS), (["--administrator"], ADMINISTRATORS)]
)
def test_a_new_account_begins_with_a_link_that_sets_a_password(capsys, settings, option, group):
    settings.DEVELOPMENT = False
    settings.ALLOWED_HOSTS = ["desk.example.org", *settings.ALLOWED_HOSTS]
    call_command("curator", "siti", *option)
    out = capsys.readouterr().out
    assert out.startswith("https://desk.example.org/admin/access/")
    user = User.objects.get(username="siti")
    assert (user.is_staff, user.has_usable_password(), user.is_superuser) == (True, False, False)
    assert [each.name for each in user.groups.all()] == [group]


def test_whoever_chose_a_password_is_at_the_desk(capsys):
    _client, page = choose_password(link_for(capsys, "siti"))
    assert page.status_code == 200
    assert page.wsgi_request.user.username == "siti"
    again = Client()
    sent = {"username": "siti", "password": PASSPHRASE}
    assert again.post(reverse("admin:login"), sent).status_code == 302


def test_a_short_password_is_refused_and_the_link_stays(capsys):
    link = link_for(capsys, "siti")
    _client, page = choose_password(link, "pendek")
    assert "at least 15 characters" in words(page)
    assert choose_password(link)[1].wsgi_request.user.is_authenticated


def test_a_link_works_once(capsys):
    link = link_for(capsys, "siti")
    choose_password(link)
    client, page = choose_password(link, "lain lagi yang panjang sekali")
    assert "has been used or is older than 24 hours" in words(page)
    assert "_auth_user_id" not in client.session


def test_a_link_works_for_a_day(capsys):
    link = link_for(capsys, "siti")
    with time_machine.travel(timezone.localtime() + timedelta(hours=24, minutes=1)):
        assert "older than 24 hours" in words(choose_password(link)[1])
    with time_machine.travel(timezone.localtime() + timedelta(hours=23, minutes=59)):
        assert choose_password(link)[1].wsgi_request.user.username == "siti"


def test_a_second_link_ends_the_first_the_password_and_the_sessions(capsys):
    first = link_for(capsys, "siti")
    at_work, _page = choose_password(first)
    earlier = link_for(capsys, "siti", "--reviewer")
    assert at_work.get(reverse("admin:index")).status_code == 302
    assert Client().post(reverse("admin:login"), {"username": "siti", "password": PASSPHRASE}).status_code == 200
    link_for(capsys, "siti")
    assert "has been used" in words(choose_password(earlier)[1])
    assert {group.name for group in User.objects.get().groups.all()} == {CURATORS, REVIEWERS}


def test_a_closed_account_and_a_bad_name_are_refused():
    User.objects.create_user("gone", is_active=False)
    with pytest.raises(CommandError, match="is closed"):
        call_command("curator", "gone")
    with pytest.raises(CommandError, match="valid username"):
        call_command("curator", "a b<c>")
    assert User.objects.count() == 1


class TestAdministrators:
    @pytest.fixture
    def office(self) -> Client:
        user = User.objects.create_user("an-administrator", is_staff=True)
        user.groups.set([Group.objects.get(name=ADMINISTRATORS)])
        return at_the_desk(user)

    def test_they_open_an_account_and_hand_over_its_link(self, office):
        curators = Group.objects.get(name=CURATORS)
        page = office.post(reverse("admin:auth_user_add"), {"username": "siti", "groups": [curators.pk]}, follow=True)
        assert "lets siti choose a password" in words(page)
        shown = office.post(page.redirect_chain[-1][0])
        link = re.search(r"<code>http://testserver(\S+)</code>", shown.content.decode())[1]
        assert choose_password(link)[1].wsgi_request.user.username == "siti"
        assert set(User.objects.get(username="siti").groups.all()) == {curators}

    def test_looking_at_the_page_takes_nothing_away(self, office, curator):
        at_work = at_the_desk(curator)
        office.get(reverse("admin:auth_user_password_change", args=[curator.pk]))
        assert at_work.get(reverse("admin:index")).status_code == 200

    def test_they_close_an_account(self, office, curator):
        at_work = at_the_desk(curator)
        url = reverse("admin:auth_user_change", args=[curator.pk])
        office.post(url, {"username": curator.username, "is_staff": "on"})
        assert at_work.get(reverse("admin:index")).status_code == 302

    def test_they_make_nobody_a_superuser_and_touch_none(self, office, curator, superuser):
        url = reverse("admin:auth_user_change", args=[curator.pk])
        office.post(url, {"username": curator.username, "is_superuser": "on", "is_staff": "on", "is_active": "on"})
        curator.refresh_from_db()
        assert not curator.is_superuser
        for name in ("change", "password_change"):
            url = reverse(f"admin:auth_user_{name}", args=[superuser.pk])
            assert office.post(url, {"username": "x"}).status_code == 403
        superuser.refresh_from_db()
        assert superuser.username == "a-superuser"

    def test_nobody_deletes_an_account(self, office, above, curator):
        for client in (office, above):
            url = reverse("admin:auth_user_delete", args=[curator.pk])
            assert client.post(url, {"post": "yes"}).status_code == 403
