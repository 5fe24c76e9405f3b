"""Every address of the API: HEAD, OPTIONS, tags, the licence, and what is the same whether packed or not."""

import gzip

import brotli
import pytest
from django.urls import get_resolver

from cases.api.urls import urlpatterns
from tests.api.conftest import ADDRESSES

pytestmark = pytest.mark.django_db

ROUTES = [str(each.pattern) for each in urlpatterns]
CANONICAL = {
    "api/v1/claims/<str:claim_id>/": "/claims/{claim}/",
    "api/v1/excerpts/<str:excerpt_id>/": "/excerpts/{excerpt}/",
    "api/v1/topics/<str:code>/": "/topics/cctv/",
    "api/v1/revisions/<int:seq>/": "/",
    **{f"api/v1/{folder}/<str:name>/": f"/{folder}/{slug}/" for folder, slug in ADDRESSES.items()},
    "api/v1/sources/<str:name>/": "/sources/",
}
"""The page that each answer about one thing calls its own, as far as it is known beforehand."""
DATED = [*CANONICAL, "api/v1/changes/", "api/v1/revisions/", "api/v1/digest/"]
UNDATED = ("api/v1/excerpts/<str:excerpt_id>/", "api/v1/topics/<str:code>/")
"""Put together from several things: no one moment is the last that it changed at."""


def address_of(route: str, world) -> str:
    parts = {
        "<str:claim_id>": str(world.lead.id),
        "<str:excerpt_id>": str(world.excerpt.id),
        "<str:code>": "cctv",
        "<int:seq>": "1",
        "<int:version>": "2",
        "<str:kind>": "case",
        "<str:name>": (ADDRESSES | {"sources": world.source.slug}).get(route.split("/")[2], ""),
    }
    for part, value in parts.items():
        route = route.replace(part, value)
    assert "<" not in route, "a route that this test does not know"
    return f"/{route}"


def body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_all_routes_of_the_api_are_walked():
    served = {str(each.pattern) for each in get_resolver().url_patterns if str(each.pattern).startswith("api/v1/")}
    assert len(ROUTES) > 35
    assert not served, "the API has no addresses outside cases.api.urls"


@pytest.mark.parametrize("route", ROUTES)
def test_an_address_answers_get_head_and_options_alike(api, world, route):
    address = address_of(route, world)
    whole, head, options = api.get(address), api.head(address), api.options(address)
    assert (whole.status_code, head.status_code, options.status_code) == (200, 200, 204), whole
    length = len(body(whole))
    assert length
    assert body(head) == body(options) == b""
    assert head.get("Content-Length", str(length)) == str(length)
    for name in ("ETag", "Link", "Vary", "Cache-Control", "Content-Type"):
        assert head[name] == whole[name], name
    assert head.get("Last-Modified") == whole.get("Last-Modified")
    assert whole["ETag"].startswith('"')
    assert "Accept-Encoding" in whole["Vary"]
    assert 'licenses/by/4.0/>; rel="license"' in whole["Link"]
    assert ('rel="canonical"' in whole["Link"]) == (route in CANONICAL)
    canonical = CANONICAL.get(route, "").format(claim=world.lead.id, excerpt=world.excerpt.id)
    assert f"<http://localhost{canonical}" in whole["Link"] or not canonical
    assert ("Last-Modified" in whole) == (route in DATED and route not in UNDATED)


@pytest.mark.parametrize(("coding", "unpack"), [("gzip", gzip.decompress), ("br", brotli.decompress)])
@pytest.mark.parametrize("route", ROUTES)
def test_a_packed_answer_has_a_weak_tag_and_is_known_again_by_it(api, world, route, coding, unpack):
    address = address_of(route, world)
    plain, packed = api.get(address), api.get(address, headers={"Accept-Encoding": coding})
    content = body(packed)
    if packed.get("Content-Encoding") == coding:
        assert packed["ETag"] == f"W/{plain['ETag']}", "other bytes: the strong tag does not vouch for them"
        assert unpack(content)[:1] == body(plain)[:1]
    else:
        assert packed["ETag"] == plain["ETag"]
        assert "sqlite" in route or len(content) < 1000, "only what would not become shorter goes as it is"
    for tag, told in ((packed["ETag"], packed["ETag"]), (plain["ETag"], plain["ETag"]), ("*", plain["ETag"])):
        again = api.get(address, headers={"Accept-Encoding": coding, "If-None-Match": tag})
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == told, "a cache renews only what bears exactly this tag"
        assert "Accept-Encoding" in again["Vary"]
    other = api.get(address, headers={"If-None-Match": 'W/"0000"'})
    assert (other.status_code, body(other) != b"") == (200, True)
