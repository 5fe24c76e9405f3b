"""Whatever is asked, however nasty: an answer, or a refusal in one shape. Never a fault of ours."""

import base64
import json
import random
import string
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.django_db

DOORS = [
    "/api/v1/",
    "/api/v1/cases/",
    "/api/v1/cases/cctv-kota-contoh/",
    "/api/v1/claims/",
    "/api/v1/claims/x/",
    "/api/v1/excerpts/",
    "/api/v1/excerpts/x/",
    "/api/v1/places/",
    "/api/v1/topics/",
    "/api/v1/topics/cctv/",
    "/api/v1/changes/",
    "/api/v1/revisions/",
    "/api/v1/revisions/1/",
    "/api/v1/schema/",
    "/schemas/case/2.json",
]


def is_a_problem(response, status):
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    told = response.json()
    assert (told["status"], told["type"]) == (status, "about:blank")
    assert told["title"]
    return True


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW"])
def test_the_record_is_read_only(api, method):
    for door in DOORS:
        response = api.generic(method, door, b'{"a": 1}', content_type="application/json")
        assert is_a_problem(response, 405), door
        assert response["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("door", DOORS)
def test_a_browser_may_ask_first_what_it_may_send(api, door):
    response = api.options(
        door,
        headers={
            "Origin": "https://example.org",
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "if-none-match",
        },
    )
    assert (response.status_code, response.content) == (204, b"")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert response["Access-Control-Allow-Headers"] == "If-None-Match"


def test_head_is_answered_everywhere(api, world):
    for door in DOORS:
        assert api.head(door).status_code == api.get(door).status_code, door


def test_a_page_of_another_site_can_read_why_it_was_refused(api, world):
    for address in ("cases/?x=1", "cases/none/", "nowhere/", "cases/?q=%00"):
        assert api.read(address)["Access-Control-Allow-Origin"] == "*"


def test_an_address_that_does_not_exist_is_a_problem_and_no_page(api, world):
    assert is_a_problem(api.read("nowhere/"), 404)
    assert "/api/v1/" in api.read("nowhere/").json()["detail"]
    assert is_a_problem(api.read("/schemas/cse/2.json"), 404)
    assert api.read("/schemas/cse/2.json").json()["did_you_mean"] == ["case"]


def test_an_address_without_its_last_slash_is_redirected_with_its_query(api, world):
    response = api.read("cases", limit=5)
    assert (response.status_code, response["Location"]) == (301, "/api/v1/cases/?limit=5")


def test_the_kind_of_answer_is_not_negotiated(api, world):
    for accept in ("text/html", "application/xml", "*/*", "nonsense"):
        assert api.read("cases/", headers={"Accept": accept})["Content-Type"] == "application/json"


def test_no_header_of_a_proxy_bends_a_link(api, world):
    headers = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "X-Forwarded-Port": "1"}
    response = api.read("claims/", limit=1, headers=headers)
    assert response.json()["next"].startswith("http://localhost/api/v1/claims/?")
    assert b"evil" not in response.content


NASTY = [
    "%00",
    "a%00b",
    "%ED%A0%80",
    "%ff",
    "%F0%9F%92%A9",
    "%E2%80%AE",
    "%0d%0aSet-Cookie:x",
    "'%20OR%201=1--",
    "%25%5F%5C",
    "..%2f..%2fetc",
    "-0",
    "1e309",
    "NaN",
    "%C2%A0",
    "%EF%BF%BE",
    "%EF%B7%BA" * 60,
    "a" * 10_240,
    "%41" * 3000,
]


@pytest.mark.parametrize("door", ["cases/", "claims/", "excerpts/", "changes/", "cases/cctv-kota-contoh/"])
def test_nasty_values_are_refused_or_answered(api, world, door):
    names = ("q", "cursor", "place", "subject", "from", "limit", "as_of", "version", "after")
    for name, nasty in [*product(names, NASTY), *((nasty[:900], nasty) for nasty in NASTY)]:
        response = api.get(f"/api/v1/{door}?{name}={nasty}")
        assert response.status_code in (200, 400), (name, response.content)
        if response.status_code == 400:
            is_a_problem(response, 400)


def test_nasty_addresses_are_missing(api, world):
    for folder, nasty in product(("cases", "claims", "excerpts", "topics", "revisions", "nowhere"), NASTY):
        response = api.get(f"/api/v1/{folder}/{nasty}/")
        assert response.status_code in (400, 404), response.content
        assert is_a_problem(response, response.status_code)


ALPHABET = string.printable + "\x00\u0130ßﬀ\u202e\ufffe\ufeff💩٣½%&=+#é'\"\\_"


def test_two_thousand_random_strings(api, world):
    """With a fixed seed: the same ones every time."""
    chance = random.Random(20261101)
    names = [
        "q",
        "cursor",
        "place",
        "topic",
        "subject",
        "from",
        "to",
        "limit",
        "as_of",
        "amount_min",
        "currency",
        "part",
    ]
    for _ in range(2000):
        text = "".join(chance.choices(ALPHABET, k=chance.choice((1, 3, 20, 200))))
        door = chance.choice(["cases/", "claims/", "excerpts/", "changes/"])
        name = chance.choice([*names, text])
        assert api.read(door, **{name: text}).status_code in (200, 400), (door, name, text)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=st.text(max_size=60), name=st.sampled_from(["q", "cursor", "as_of", "from", "subject", "limit", "place"]))
def test_any_text_at_all(api, world, value, name):
    encoded = value.encode("utf-8", "surrogatepass")
    query = f"{name}=" + "".join(f"%{byte:02x}" for byte in encoded)
    assert api.get(f"/api/v1/claims/?{query}").status_code in (200, 400)
    assert api.get(f"/api/v1/cases/{query.split('=')[1]}/").status_code in (200, 400, 404)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    payload=st.recursive(st.none() | st.booleans() | st.integers() | st.text() | st.floats(), st.lists, max_leaves=6)
)
def test_any_json_as_a_cursor(api, world, payload):
    forged = paging_text(payload)
    for order in ("subject", "recent"):
        assert api.read("claims/", order=order, cursor=forged).status_code in (200, 400)


def test_a_forged_place_in_the_right_query_is_a_place_or_refused(api, world):
    for order in ("subject", "recent"):
        bound = api.read("claims/", order=order, limit=1).json()["next"].split("cursor=")[1]
        binding = unpack(bound)[0]
        for key in ("x", "a\x00b", "\ud800", 5, -1, 2**63, True, None, 1.5, [], {}):
            for object_id in ("11111111-1111-1111-1111-111111111111", "x", None, 5, []):
                forged = paging_text([binding, False, key, object_id])
                assert api.read("claims/", order=order, cursor=forged).status_code in (200, 400), (key, object_id)


def paging_text(payload):
    return base64.urlsafe_b64encode(json.dumps(payload).encode()).decode().rstrip("=")


def unpack(cursor):
    return json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))


def test_every_refusal_has_the_licence(api, world):
    for address in ("nowhere/", "cases/none/", "cases/?x=1", "claims/?limit=0"):
        assert 'rel="license"' in api.read(address)["Link"], address


def test_what_is_refused_is_not_what_is_offered(api, world):
    told = api.read("claims/", subject=f"sources/{world.source.slug}").json()
    assert "did_you_mean" not in told
    assert "“source”" in told["detail"]
    assert api.read("claims/", subject=f"case/{world.case.slug}").json()["did_you_mean"] == [f"cases/{world.case.slug}"]


def test_an_empty_value_is_not_said_to_ask_for_everything(api, world):
    for address in ("suggest/?q=", "cases/?limit=", "cases/?as_of=", "cases/?cursor="):
        assert "everything" not in api.read(address).json()["detail"], address


def test_a_time_with_a_plus_that_the_query_took_for_a_space_is_understood(api, world):
    assert api.get("/api/v1/cases/?as_of=2020-01-01T12:00:00+07:00").status_code == 200
    assert api.get("/api/v1/cases/?as_of=2020-01-01T12:00+07:00").status_code == 200
    assert api.get("/api/v1/cases/?as_of=2020-01-01+07:00").status_code == 400
