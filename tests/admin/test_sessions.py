"""A session of the desk ends half an hour after the last request, and twelve hours after the login in any case."""

import os
import subprocess
import sys
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings as configured
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db
PASSPHRASE = "hujan turun di bulan Juni"
MORNING = datetime(2026, 5, 4, 8, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
INDEX = "/admin/"


@pytest.fixture
def logged_in(db) -> Client:
    User.objects.create_superuser("siti", password=PASSPHRASE)
    client = Client()
    with time_machine.travel(MORNING, tick=False):
        assert client.post(reverse("admin:login"), {"username": "siti", "password": PASSPHRASE}).status_code == 302
    return client


def is_open(client: Client, *, minutes: int) -> bool:
    with time_machine.travel(MORNING + timedelta(minutes=minutes), tick=False):
        return client.get(INDEX).status_code == 200


def test_it_ends_after_half_an_hour_without_a_request(logged_in):
    assert is_open(logged_in, minutes=30)
    assert is_open(logged_in, minutes=60)
    assert not is_open(logged_in, minutes=92)


def test_it_ends_twelve_hours_after_the_login_however_busy(logged_in):
    assert all(is_open(logged_in, minutes=minutes) for minutes in range(20, 12 * 60, 20))
    assert not is_open(logged_in, minutes=12 * 60)
    assert not Session.objects.exists(), "the old cookie opens nothing, whatever the clock says"


def test_the_limits_are_settings(logged_in, settings):
    settings.CASEDB_SESSION_HOURS = 1
    assert is_open(logged_in, minutes=29)
    assert is_open(logged_in, minutes=58)
    assert not is_open(logged_in, minutes=61)


def test_a_new_login_begins_a_new_day(logged_in):
    assert not is_open(logged_in, minutes=12 * 60)
    with time_machine.travel(MORNING + timedelta(hours=12), tick=False):
        logged_in.post(reverse("admin:login"), {"username": "siti", "password": PASSPHRASE})
    assert is_open(logged_in, minutes=12 * 60 + 10)


def test_most_requests_write_nothing(logged_in, django_assert_max_num_queries):
    with time_machine.travel(MORNING + timedelta(minutes=5), tick=False):
        logged_in.get(INDEX)
        with django_assert_max_num_queries(20) as queries:
            logged_in.get(INDEX)
    assert not [query for query in queries.captured_queries if query["sql"].startswith(("UPDATE", "INSERT", "DELETE"))]


def test_the_cookies_of_a_public_site_are_for_its_own_host_and_https_only():
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "from casedb import settings as s; print(s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE, "
            "s.SESSION_COOKIE_HTTPONLY, s.CSRF_COOKIE_NAME, s.CSRF_COOKIE_SECURE, s.CSRF_COOKIE_HTTPONLY)",
        ],
        env=os.environ
        | {
            "CASEDB_ENVIRONMENT": "production",
            "CASEDB_HOSTS": "example.org",
            "CASEDB_SECRET_KEY": "x" * 50,
            "CASEDB_SLUG_KEY": "y" * 50,
        },
        cwd=configured.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert told.stdout.split() == ["__Host-sessionid", "True", "True", "__Host-csrftoken", "True", "True"]
