"""Rate limits: who is counted, and when one may go on."""

import pytest
from django.core.cache import cache

from cases.http.rate_limit import TokenBucket, client_ip, count_request


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()
    yield
    cache.clear()


def test_a_token_comes_back_with_time(rf, time_machine):
    bucket, request = TokenBucket("x", capacity=5, refill_seconds=600), rf.get("/")
    time_machine.move_to("2026-11-01T00:00:00Z", tick=False)
    assert [bucket.take(request) for _each in range(5)] == [0] * 5
    assert bucket.take(request) == 600
    time_machine.shift(600)
    assert bucket.take(request) == 0
    assert bucket.take(request) > 0


def test_what_is_counted_for_one_purpose_or_address_counts_for_no_other(rf):
    for scope, ip in (("x", "9.9.9.9"), ("y", "9.9.9.9"), ("x", "9.9.9.8")):
        request = rf.get("/", REMOTE_ADDR=ip)
        assert count_request(request, scope, limit=3, window_seconds=3600).remaining == 2
    assert not any("9.9.9" in key for key in cache._cache), "no address is kept"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "believed"),
    [(0, "1.1.1.1", "9.9.9.9"), (1, "forged, 1.1.1.1", "1.1.1.1"), (2, "forged, 1.1.1.1, 2.2.2.2", "1.1.1.1")],
)
def test_only_our_own_proxies_are_believed(rf, settings, proxies, forwarded, believed):
    settings.CASEDB_PROXIES = proxies
    request = rf.get("/", REMOTE_ADDR="9.9.9.9", headers={"x-forwarded-for": forwarded})
    assert client_ip(request) == believed


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        ("192.0.2.1", "192.0.2.2", False),
        ("no address", "nor this", False),
    ],
)
def test_an_ipv6_client_is_counted_by_its_network(rf, one, other, same):
    left = [
        count_request(rf.get("/", REMOTE_ADDR=ip), "x", limit=3, window_seconds=3600).remaining for ip in (one, other)
    ]
    assert left == [2, 1 if same else 2]
