"""Fair use: so many requests a minute from one address, told in headers, refused in the form of every other error."""

import re

import pytest
from django.core.cache import cache

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _three_a_minute(settings, monkeypatch):
    settings.CASEDB_API_PER_MINUTE = 3
    monkeypatch.setattr("cases.http.rate_limit.time.time", lambda: 1_000_000_010.0)
    cache.clear()
    yield
    cache.clear()


def test_who_asks_too_much_is_told_when_to_go_on(api):
    for left in (2, 1, 0):
        response = api.read("topics/")
        assert response.status_code == 200
        assert response["RateLimit-Policy"] == '"address";q=3;w=60'
        assert re.fullmatch(rf'"address";r={left};t=\d+', response["RateLimit"])
    refused = api.read("topics/")
    assert (refused.status_code, refused["Content-Type"]) == (429, "application/problem+json")
    assert 0 < int(refused["Retry-After"]) <= 60
    assert refused.json()["status"] == 429
    assert re.fullmatch(r'"address";r=0;t=\d+', refused["RateLimit"])
    assert refused["Access-Control-Allow-Origin"] == "*"


def test_another_address_and_another_minute_are_counted_apart(api, monkeypatch):
    for _number in range(4):
        last = api.read("topics/")
    assert last.status_code == 429
    assert api.get("/api/v1/topics/", REMOTE_ADDR="192.0.2.7").status_code == 200
    monkeypatch.setattr("cases.http.rate_limit.time.time", lambda: 1_000_000_070.0)
    assert api.read("topics/").status_code == 200


def test_an_error_and_a_304_count_and_say_so_but_a_preflight_does_not(api):
    assert api.options("/api/v1/topics/").status_code == 204
    assert "r=2" in api.read("nothing-here/").get("RateLimit", "r=2")
    tag = api.read("topics/")["ETag"]
    assert '"address";r=1;' in api.read("topics/", headers={"If-None-Match": tag})["RateLimit"]
    assert '"address";r=0;' in api.read("topics/", x="1")["RateLimit"]


def test_a_cache_that_forgets_refuses_nobody(api, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    for _number in range(5):
        response = api.read("topics/")
        assert (response.status_code, response["RateLimit"].split(";")[1]) == (200, "r=2")


def test_the_address_itself_is_kept_nowhere(api):
    api.get("/api/v1/topics/", REMOTE_ADDR="192.0.2.7")
    assert not any("192.0.2.7" in key for key in cache._cache)
