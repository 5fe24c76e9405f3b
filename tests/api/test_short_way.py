"""The short way of plain questions gives the answers of Django's whole way, and leaves to it all that is not plain."""

import gzip
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import OperationalError, connection
from django.test import RequestFactory
from django.urls import get_urlconf
from django.utils import translation
from psycopg.errors import QueryCanceled

from casedb.handler import Handler
from cases.publication.acts import withdraw
from tests.api.conftest import ADDRESSES
from tests.api.test_headers import ROUTES, address_of
from tests.shared import kept_open

pytestmark = pytest.mark.django_db

passed: list[str] = []
"""The addresses that went through the middleware."""


def remember(get_response: Callable[..., Any]) -> Callable[..., Any]:
    def middleware(request: Any) -> Any:
        passed.append(request.path)
        return get_response(request)

    return middleware


@pytest.fixture(autouse=True)
def remembered(settings, tmp_path) -> Iterator[None]:
    settings.MIDDLEWARE = [f"{__name__}.remember", *settings.MIDDLEWARE]
    settings.STATIC_ROOT = tmp_path  # nobody collected static files for a test
    passed.clear()
    with kept_open(), translation.override("id"):  # as in a thread of a server
        yield


def ask(handler: WSGIHandler, path: str, method: str = "GET", **environ: Any) -> tuple[str, dict[str, str], bytes]:
    """Status, headers and body, without what counts requests and seconds, and unpacked where gzip is taken."""
    asked = RequestFactory().generic(method, path).environ | {"HTTP_HOST": "localhost"} | environ
    asked["PATH_INFO"] = unquote_to_bytes(path.partition("?")[0]).decode("latin-1")  # as servers give it
    told: list[Any] = []
    parts = handler(asked, lambda status, headers: told.extend((status, headers)))
    body = b"".join(parts)
    if hasattr(parts, "close"):
        parts.close()
    status, pairs = told
    headers = dict(pairs)
    assert len(headers) == len(pairs), "a header that is told twice"
    if "RateLimit" in headers:
        headers["RateLimit"] = re.sub("=[0-9]+", "", headers["RateLimit"])
    if environ.get("HTTP_ACCEPT_ENCODING") == "gzip":  # padded at random: never twice the same, nor always shorter
        headers.pop("Content-Length", None)
        headers["ETag"] = headers.get("ETag", "").removeprefix("W/")
        if headers.pop("Content-Encoding", None):
            body = gzip.decompress(body)
    return status, headers, body


def agreed(path: str, **given: Any) -> tuple[str, dict[str, str], bytes]:
    """The answer, which is the same both ways."""
    short, whole = ask(Handler(), path, **given), ask(WSGIHandler(), path, **given)
    assert short == whole
    return short


HEADERS: list[dict[str, str]] = [
    {},
    {"HTTP_ACCEPT_ENCODING": "gzip"},
    {
        "HTTP_ACCEPT_ENCODING": "gzip, br",
        "HTTP_ACCEPT_LANGUAGE": "id",
        "HTTP_COOKIE": "sessionid=1; django_language=id; csrftoken=bad!",
    },
    {"HTTP_IF_NONE_MATCH": "*"},
    {"HTTP_ORIGIN": "https://example.org", "HTTP_ACCEPT": "text/html", "HTTP_RANGE": "bytes=0-9"},
]


@pytest.mark.parametrize("route", ROUTES)
def test_every_address_of_the_api_is_answered_alike(world, route):
    handler = Handler()
    for headers in HEADERS:
        address = address_of(route, world)
        short = ask(handler, address, **headers)
        assert short == ask(WSGIHandler(), address, **headers)
        assert short[0] in ("200 OK", "304 Not Modified")
    if "/api/v1/" in address:
        others = [path for path in passed if path != "/api/v1/"]  # by which the middleware was asked
        assert others == [address] * len(HEADERS) * (address != "/api/v1/"), "both went through the middleware"


def test_the_middleware_is_asked_once_for_each_way_to_reach_the_site(world):
    handler = Handler()
    for slug in ADDRESSES.values():
        for host in ("localhost", "127.0.0.1", "localhost:8000"):
            ask(handler, f"/api/v1/cases/{slug}/", HTTP_HOST=host)
    assert passed == ["/api/v1/"] * 3
    assert get_urlconf() is None


def test_a_site_that_lies_under_a_path_is_answered_alike(world):
    agreed("/api/v1/systems/aplikasi-lapor/", SCRIPT_NAME="/record")
    assert passed.count("/record/api/v1/systems/aplikasi-lapor/") == 2


def test_an_export_leaves_as_it_is_read(world):
    environ = RequestFactory().get("/api/v1/export/documents.ndjson").environ | {"HTTP_HOST": "localhost"}
    parts = Handler()(environ, lambda status, headers: None)
    assert parts.streaming
    assert next(iter(parts))
    parts.close()


def test_the_log_hears_of_a_refusal_either_way(world, caplog):
    for path, host in (("/api/v1/cases/nobody/", "localhost"), ("/api/v1/cases/", "evil.example")):
        heard = []
        for handler in (Handler(), WSGIHandler()):
            caplog.clear()
            ask(handler, path, HTTP_HOST=host)
            heard.append([(record.name, record.levelname, record.getMessage()) for record in caplog.records])
        assert heard[0] == heard[1] != []


REFUSED = [
    "/api/v1/cases/no-such-case/",
    "/api/v1/cases/cctv-kota-contoh",
    "/api/v1/cases//",
    "/api/v1/case/",
    "/api/v1",
    "/api/v1//cases/",
    "/api/v1/../admin/",
    "/api/v1/claims/not-an-id/",
    "/api/v1/revisions/99/",
    "/api/v1/revisions/%D9%A5/",
    "/api/v1/cases/CCTV-Kota-Contoh/",
    "/api/v1/cases/%00/",
    "/api/v1/cases/%ff/",
    "/api/v1/cases/a%2Fb/",
    "/api/v1/cases/a%0Ab/",
    "/api/v1/cases/?as_of=2019",
    "/api/v1/cases/?lang=id",
    "/api/",
    "/cases/cctv-kota-contoh/",
]


@pytest.mark.parametrize("path", REFUSED)
def test_what_is_refused_or_elsewhere_is_answered_alike(world, path):
    agreed(path)
    agreed(path, HTTP_ACCEPT_LANGUAGE="en")


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "POST", "DELETE", "BREW"])
def test_other_methods_are_answered_alike(world, method):
    agreed("/api/v1/cases/cctv-kota-contoh/", method=method)


def test_what_moved_or_left_is_answered_alike(world, published):
    world.system.slug = "lapor"
    world.system.save()
    published(world.system)
    published(withdraw(world.collaboration, "error"))
    assert agreed("/api/v1/systems/aplikasi-lapor/")[0] == "308 Permanent Redirect"
    assert agreed("/api/v1/collaborations/kota-pintar/")[0] == "410 Gone"


def test_a_host_that_is_not_ours_is_refused_alike_and_every_time(world):
    handler = Handler()
    for host in ("evil.example", "localhost@evil.example", "", "localhost:x"):
        assert agreed("/api/v1/cases/", HTTP_HOST=host)[0] == "400 Bad Request"
        for _time in range(2):
            assert ask(handler, "/api/v1/cases/", HTTP_HOST=host)[0] == "400 Bad Request"
    assert ask(handler, "/api/v1/cases/", HTTP_HOST="localhost")[0] == "200 OK"


def test_in_production_an_unsafe_way_is_sent_to_the_safe_one(world, settings):
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 60
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    handler, path = Handler(), "/api/v1/cases/cctv-kota-contoh/"
    ways = [{}, {"HTTP_X_FORWARDED_PROTO": "http"}, {"HTTP_X_FORWARDED_PROTO": ""}, {"HTTP_X_FORWARDED_PROTO": "https"}]
    for given in [*ways, {"wsgi.url_scheme": "https"}]:
        for _time in range(2):
            short = ask(handler, path, **given)
            assert short == ask(WSGIHandler(), path, **given)
    assert short[0] == "200 OK"
    assert short[1]["Strict-Transport-Security"].startswith("max-age=60")
    assert passed.count(path) == 2 * 5 + 2 * 3, "of ours, only the three unsafe ways are long ones"
    status, headers, _body = ask(handler, path)
    assert (status, headers["Location"]) == ("301 Moved Permanently", f"https://localhost{path}")


def test_fair_use_is_counted_once(world, settings):
    settings.CASEDB_API_PER_MINUTE = 3
    handler = Handler()
    statuses = [ask(handler, "/api/v1/cases/cctv-kota-contoh/", REMOTE_ADDR="192.0.2.7")[0] for _time in range(4)]
    assert statuses == ["200 OK"] * 3 + ["429 Too Many Requests"]


@contextmanager
def failing(cause: Exception | None) -> Iterator[None]:
    """Every query fails."""

    def fail(*_query: Any) -> Any:
        raise OperationalError("the database gave up") from cause

    with connection.execute_wrapper(fail):
        yield


def test_what_fails_or_takes_too_long_is_told_alike_and_counted_once(world, settings):
    settings.CASEDB_API_PER_MINUTE = 2  # for each way, and each failure
    for cause, status in ((None, "500 Internal Server Error"), (QueryCanceled(), "503 Service Unavailable")):
        with failing(cause):
            assert agreed("/api/v1/cases/cctv-kota-contoh/", REMOTE_ADDR=f"192.0.2.{len(status)}")[0] == status
