"""Five wrong passwords for one account from one address, then a pause that says until when."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.admin.pages import words

pytestmark = pytest.mark.django_db
PASSPHRASE = "hujan turun di bulan Juni"
NOON = datetime(2026, 5, 4, 12, 0, tzinfo=ZoneInfo("Asia/Jakarta"))


@pytest.fixture(autouse=True)
def _account(db) -> None:
    User.objects.create_superuser("siti", password=PASSPHRASE)


def log_in(password: str, name: str = "siti", language: str = "en", **seen: str):
    client = Client(headers={"accept-language": language})
    return client.post(reverse("admin:login"), {"username": name, "password": password}, **seen)


def test_forty_wrong_passwords_meet_a_pause_at_the_fifth():
    statuses = [log_in(f"salah {number}").status_code for number in range(40)]
    assert statuses == [200] * 4 + [429] * 36
    assert log_in(PASSPHRASE).status_code == 429


def test_the_page_says_until_when_and_that_holds_however_often_one_tries():
    with time_machine.travel(NOON, tick=False):
        for _ in range(5):
            page = log_in("salah")
        assert "cannot be opened from your address until 12:15 (Jakarta time)" in words(page)
        assert page.headers["Retry-After"] == "900"
        assert "no-store" in page.headers["Cache-Control"]
        assert not re.search(r"<script(?![^>]*\ssrc=)|\sstyle=", page.content.decode())
    with time_machine.travel(NOON + timedelta(minutes=14), tick=False):
        assert "until 12:15" in words(log_in(PASSPHRASE))
    with time_machine.travel(NOON + timedelta(minutes=15, seconds=1), tick=False):
        assert log_in(PASSPHRASE).status_code == 302


def test_nobody_locks_another_out_from_elsewhere():
    for _ in range(5):
        log_in("salah", REMOTE_ADDR="203.0.113.5")
    assert log_in(PASSPHRASE, REMOTE_ADDR="203.0.113.5").status_code == 429
    assert log_in(PASSPHRASE, REMOTE_ADDR="203.0.113.6").status_code == 302


def test_another_account_from_the_same_address_is_not_stopped():
    for _ in range(5):
        log_in("salah", "nobody")
    assert log_in(PASSPHRASE).status_code == 302


def test_the_right_password_forgets_the_wrong_ones():
    for _ in range(3):
        assert [log_in("salah").status_code for _ in range(4)] == [200] * 4
        assert log_in(PASSPHRASE).status_code == 302


@pytest.mark.parametrize(("proxies", "status"), [(1, 302), (0, 429)])
def test_behind_a_proxy_the_client_is_who_the_proxy_saw(settings, proxies, status):
    settings.CASEDB_PROXIES = proxies
    for _ in range(5):
        log_in("salah", HTTP_X_FORWARDED_FOR="198.51.100.7")
    assert log_in(PASSPHRASE, HTTP_X_FORWARDED_FOR="198.51.100.8").status_code == status


def test_an_invented_address_before_that_of_the_proxy_changes_nothing(settings):
    settings.CASEDB_PROXIES = 1
    for number in range(5):
        log_in("salah", HTTP_X_FORWARDED_FOR=f"10.0.0.{number}, 198.51.100.7")
    assert log_in(PASSPHRASE, HTTP_X_FORWARDED_FOR="10.9.9.9, 198.51.100.7").status_code == 429


def test_no_address_is_kept_and_what_is_kept_goes_after_the_pause():
    with time_machine.travel(NOON):
        log_in("rahasia-sekali", REMOTE_ADDR="203.0.113.5")
        kept = str(AccessAttempt.objects.values().get())
        assert "203.0.113.5" not in kept
        assert "rahasia-sekali" not in kept
    with time_machine.travel(NOON + timedelta(minutes=16)):
        log_in(PASSPHRASE, REMOTE_ADDR="198.51.100.7")
        assert not AccessAttempt.objects.exists()
