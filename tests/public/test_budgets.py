"""What a page costs a reader with an expensive data plan, and the database behind it."""

import gzip
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Record
from tests.public.conftest import CASE, one_of_each
from tests.public.test_pages import Tags

pytestmark = pytest.mark.usefixtures("seeded")

TYPICAL = 14_000
FIRST_VIEW = 40_000
QUERIES = {
    "/": 13,
    CASE: 4,
    "/collaborations/bekasi-telkom-smart-city/": 4,
    "/systems/jaki/": 6,
    "/actors/yana-mulyana/": 11,
    "/places/bandung/": 4,
    "/sources/ringkasan-relasi-kuasa-bisnis-bandung-smart-city/": 8,
    "/cases/": 4,
    "/topics/": 2,
    f"{CASE}v/1/sheet/": 7,
    f"{CASE}history/": 4,
}
"""At most so many for a page, whether it shows one statement or two hundred; one of them is that of the ETag."""


def wire(client, path: str) -> bytes:
    response = client.get(path, headers={"accept-encoding": "gzip"})
    assert response.status_code == 200, path
    assert response.headers["Content-Encoding"] == "gzip", path
    return response.content


def static(name: str) -> int:
    return len(gzip.compress((Path(settings.BASE_DIR) / "static" / name).read_bytes()))


def test_a_typical_case_is_small(client):
    for language in ("", "/en"):
        assert len(wire(client, language + CASE)) <= TYPICAL


def test_the_first_view_of_any_page_is_light(client):
    largest = [f"/systems/{slug}/" for slug in ("jaki", "bekasi-smart-city")]
    largest += [f"/sources/{row.slug}/" for row in Record.objects.current().filter(kind="source")]
    for path in one_of_each() + largest:
        page = wire(client, f"/en{path}")
        tags = Tags(gzip.decompress(page).decode())
        scripts = [tag["src"].rsplit("/", 1)[1] for tag in tags.named("script") if "src" in tag]
        assert len(page) + static("casedb.css") + sum(static(name) for name in scripts) <= FIRST_VIEW, path
        assert 2 + len(scripts) + len(tags.named("img")) <= 6, path


@pytest.mark.parametrize("path", QUERIES)
def test_a_page_asks_the_database_so_often_and_no_more(client, path):
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    assert len(asked) <= QUERIES[path], [query["sql"][:200] for query in asked]
