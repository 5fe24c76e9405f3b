"""One way through Django: whatever the API is asked, every middleware sees it."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client

from tests.api.test_headers import ROUTES, address_of, body

pytestmark = pytest.mark.django_db

seen: list[str] = []


def request_id(get_response: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    """A middleware as a deployment adds one: an id for each request, logged and sent back."""

    def middleware(request: HttpRequest) -> Any:
        seen.append(uuid.uuid4().hex)
        response = get_response(request)
        response.headers["X-Request-Id"] = seen[-1]
        return response

    return middleware


@pytest.fixture(autouse=True)
def _with_ids(settings: Any) -> None:
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.request_id"]
    seen.clear()


def test_fifty_requests_have_fifty_ids(world):
    client = Client(SERVER_NAME="localhost")
    ids = [client.get("/api/v1/cases/cctv-kota-contoh/").headers["X-Request-Id"] for _time in range(50)]
    assert ids == seen
    assert len(set(ids)) == 50


@pytest.mark.parametrize("route", ROUTES)
def test_a_request_for_any_url_has_an_id(world, route):
    address = address_of(route, world)
    client = Client(SERVER_NAME="localhost")
    requests = [(client.get, {}), (client.head, {}), (client.options, {}), (client.get, {"If-None-Match": "*"})]
    for method, headers in requests:
        response = method(address, headers=headers)
        body(response)
        assert response.headers["X-Request-Id"] == seen[-1]
    assert len(set(seen)) == 4
