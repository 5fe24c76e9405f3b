"""Pages of search are counted with the API: who asks too much is told so, in the language of the page."""

import pytest
from django.core.cache import cache

from tests.public.conftest import read, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _three_a_minute(settings, time_machine):
    settings.CASEDB_API_PER_MINUTE = 3
    time_machine.move_to("2026-11-01T00:00:10Z", tick=False)
    cache.clear()
    yield
    cache.clear()


def test_page_feed_and_suggestions_share_the_limit_of_the_api(client):
    for address in ("/search/?q=suap", "/en/search/atom.xml", "/api/v1/suggest/?q=su"):
        assert client.get(address).status_code == 200
    for address in (
        "/search/",
        "/en/search/?q=suap",
        "/search/atom.xml",
        "/search/?unknown=1",
        "/api/v1/suggest/?q=su",
    ):
        response = client.get(address)
        assert (response.status_code, response.headers["Retry-After"]) == (429, "50"), address


def test_the_page_says_when_to_go_on_in_both_languages(client):
    for _number in range(3):
        client.get("/api/v1/search/?q=suap")
    page = text_of(read(client, "/en/search/?q=suap", 429))
    assert "Too many searches" in page
    assert "Please go on in 50 seconds." in page
    assert 'href="/search/?q=suap"' in read(client, "/en/search/?q=suap", 429), "the way to the other language"
    assert '<html lang="id">' in read(client, "/search/?q=suap", 429)


def test_other_pages_and_other_readers_are_not_held_up(client, time_machine):
    for _number in range(9):
        last = client.get("/search/")
    assert last.status_code == 429
    assert client.get("/").status_code == client.get("/changes/atom.xml").status_code == 200
    assert client.get("/search/", REMOTE_ADDR="192.0.2.7").status_code == 200
    time_machine.shift(60)
    assert client.get("/search/").status_code == 200
