"""After the password a code: asked of whoever set one up, and demanded of whoever may publish or give access."""

import re
import time
from base64 import b32decode
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from casedb.checks import publishers_have_a_second_factor
from cases.admin.groups import ADMINISTRATORS, CURATORS, REVIEWERS, desk_groups
from tests.admin.pages import words

pytestmark = pytest.mark.django_db
PASSPHRASE = "hujan turun di bulan Juni"
NOON = datetime(2026, 5, 4, 12, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
PAGE = "/admin/second-factor/"
LIST = "/admin/cases/case/"


@pytest.fixture(autouse=True)
def _public_site(settings):
    settings.DEVELOPMENT = False


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as travelling:
        yield travelling


def account(name: str, group: str) -> User:
    user = User.objects.create_user(name, password=PASSPHRASE, is_staff=True)
    user.groups.set([desk_groups()[group]])
    return user


def with_password(name: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    assert client.post(reverse("admin:login"), {"username": name, "password": PASSPHRASE}).status_code == 302
    return client


def code_now(secret: bytes) -> str:
    totp = TOTP(secret)
    totp.time = time.time()
    return f"{totp.token():06d}"


def set_up(client: Client) -> tuple[bytes, list[str]]:
    secret = b32decode(re.search(r"this key into the app: <code>(\w+)</code>", client.get(PAGE).content.decode())[1])
    page = client.post(PAGE, {"code": code_now(secret)})
    assert "Your second factor is set up" in words(page)
    return secret, re.findall(r"<li><code>(\w+)</code>", page.content.decode())


@pytest.mark.parametrize("group", [REVIEWERS, ADMINISTRATORS])
def test_those_who_may_publish_or_give_access_get_no_page_with_the_password_alone(clock, group):
    account("siti", group)
    client = with_password("siti")
    for url in ("/admin/", LIST, "/admin/auth/user/", "/admin/password_change/", "/admin/autocomplete/"):
        for response in (client.get(url), client.post(url)):
            assert (response.status_code, response.headers["Location"].split("?")[0]) == (302, PAGE), url
    set_up(client)
    assert client.get("/admin/").status_code == 200


def test_superusers_are_asked_as_well(clock):
    User.objects.create_superuser("siti", password=PASSPHRASE)
    assert with_password("siti").get(LIST).headers["Location"] == f"{PAGE}?next={LIST.replace('/', '%2F')}"


def test_a_curator_may_set_one_up_and_is_asked_from_then_on(clock):
    account("siti", CURATORS)
    client = with_password("siti")
    assert client.get(LIST).status_code == 200
    assert "Not now" in words(client.get(PAGE))
    secret, _codes = set_up(client)
    clock.shift(60)
    later = with_password("siti")
    assert later.get(LIST).status_code == 302
    response = later.post(f"{PAGE}?next={LIST}", {"code": code_now(secret)})
    assert (response.status_code, response.headers["Location"]) == (302, LIST)
    assert later.get(LIST).status_code == 200


def test_in_development_nobody_has_to(settings):
    settings.DEVELOPMENT = True
    account("siti", REVIEWERS)
    assert with_password("siti").get(LIST).status_code == 200


def test_the_page_needs_the_password_first():
    assert Client().get(PAGE).headers["Location"].startswith("/admin/login/")
    reader = User.objects.create_user("reader", password=PASSPHRASE)
    client = Client()
    client.force_login(reader)
    assert client.get(PAGE).status_code == 302


def test_the_page_has_no_style_or_script_of_its_own_and_is_not_kept(clock):
    account("siti", REVIEWERS)
    response = with_password("siti").get(PAGE)
    assert 'src="data:image/svg+xml' in response.content.decode()
    assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|https?://(?!www.w3.org)", response.content.decode())
    assert "no-store" in response.headers["Cache-Control"]


class TestCodes:
    @pytest.fixture
    def siti(self, clock):
        user = account("siti", REVIEWERS)
        self.secret, self.codes = set_up(with_password("siti"))
        clock.shift(60)
        return user

    def test_one_that_was_used_is_refused(self, siti, clock):
        code = code_now(self.secret)
        with_password("siti").post(PAGE, {"code": code})
        again = with_password("siti")
        assert "has been used already" in words(again.post(PAGE, {"code": code}))
        assert again.get(LIST).status_code == 302

    def test_the_one_of_setting_up_is_used_as_well(self, clock):
        account("siti", REVIEWERS)
        secret, _codes = set_up(with_password("siti"))
        assert "has been used already" in words(with_password("siti").post(PAGE, {"code": code_now(secret)}))

    def test_wrong_ones_meet_longer_and_longer_pauses_also_for_the_right_one(self, siti, clock):
        client, tried = with_password("siti"), 0
        for second in range(600):
            page = words(client.post(PAGE, {"code": "000000"}))
            tried += "This code is wrong" in page
            clock.move_to(NOON + timedelta(seconds=61 + second))
        assert tried < 12
        assert "Wait until 12:" in words(client.post(PAGE, {"code": code_now(self.secret)}))

    @pytest.mark.parametrize("nonsense", ["", "١٢٣٤٥٦", "a" * 17, "½½½½½½", "12345\0"])
    def test_nonsense_is_refused_in_words(self, siti, nonsense):
        response = with_password("siti").post(PAGE, {"code": nonsense})
        assert response.status_code == 200
        assert 'class="errorlist' in response.content.decode()

    def test_ten_backup_codes_open_once_each_and_are_shown_once(self, siti):
        assert len(set(self.codes)) == 10
        client = with_password("siti")
        assert client.post(PAGE, {"code": self.codes[0].upper()}).status_code == 302
        shown = words(client.get(PAGE))
        assert "9 backup codes are left" in shown
        assert not [code for code in self.codes if code in shown]
        assert with_password("siti").post(PAGE, {"code": self.codes[0]}).status_code == 200

    def test_new_backup_codes_end_the_old_ones(self, siti):
        client = with_password("siti")
        client.post(PAGE, {"code": code_now(self.secret)})
        assert len(re.findall(r"<li><code>", client.post(PAGE, {"codes": "1"}).content.decode())) == 10
        assert with_password("siti").post(PAGE, {"code": self.codes[1]}).status_code == 200

    def test_who_is_let_in_goes_on_to_this_site_only(self, siti):
        response = with_password("siti").post(f"{PAGE}?next=https://evil.example/", {"code": code_now(self.secret)})
        assert response.headers["Location"] == "/admin/"

    def test_another_device_is_set_up_by_whoever_has_the_first(self, siti):
        client = with_password("siti")
        client.post(PAGE, {"again": "1"})
        assert TOTPDevice.objects.filter(user=siti).count() == 1, "the password alone removes nothing"
        client.post(PAGE, {"code": code_now(self.secret)})
        client.post(PAGE, {"again": "1"})
        assert client.get(LIST).status_code == 302
        assert set_up(client)[0] != self.secret

    def test_a_secret_seen_with_the_password_alone_is_not_the_one_of_the_owner(self, clock):
        account("siti", REVIEWERS)
        thief, owner = with_password("siti"), with_password("siti")
        seen = b32decode(re.search(r"the app: <code>(\w+)</code>", thief.get(PAGE).content.decode())[1])
        secret, _codes = set_up(owner)
        assert seen != secret
        assert "backup codes" in words(thief.get(PAGE)), "and now the thief is asked for a code"
        assert "Scan this code" not in words(thief.get(PAGE))

    def test_a_lost_device_is_reset_by_an_administrator(self, siti, clock, superuser):
        superuser.set_password(PASSPHRASE)
        superuser.save()
        office = with_password("a-superuser")
        set_up(office)
        shown = office.post(reverse("admin:auth_user_password_change", args=[siti.pk])).content.decode()
        link = re.search(r"<code>http://testserver(\S+)</code>", shown)[1]
        assert not TOTPDevice.objects.filter(user=siti).exists()
        again = Client(headers={"accept-language": "en"})
        form = again.get(link, follow=True).redirect_chain[-1][0]
        page = again.post(form, {"new_password1": PASSPHRASE + "!", "new_password2": PASSPHRASE + "!"}, follow=True)
        assert page.redirect_chain[-1][0] == PAGE
        assert again.get(LIST).status_code == 302
        set_up(again)
        assert again.get(LIST).status_code == 200


def test_nobody_reads_the_secrets_of_others_at_the_desk():
    tables = {model._meta.app_label for model in admin.site._registry}
    assert not tables & {"otp_totp", "otp_static", "axes"}


def test_the_check_of_a_deployment_names_whoever_has_none(clock, capsys):
    account("siti", REVIEWERS), account("budi", CURATORS), account("ani", ADMINISTRATORS)
    assert "for: ani, siti." in publishers_have_a_second_factor(None)[0].msg
    for name in ("siti", "ani"):
        set_up(with_password(name))
    assert publishers_have_a_second_factor(None) == []
    call_command("check", "--deploy", "--fail-level", "CRITICAL")
