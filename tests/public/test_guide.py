"""The page about the API says what is so. Its programs are run in tests/browser/test_guide.py."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings as configured

from cases.api import export_filters
from cases.api.export_views import MAX_SQLITE_DOCUMENTS
from cases.api.root import openapi_text
from cases.documents.cards import CARD_MAX_BYTES
from cases.exports.files import UNFILTERED_FILES
from tests.factories import make_case
from tests.public.conftest import read, text_of

pytestmark = pytest.mark.django_db

HOSTS = {"SERVER_NAME": "127.0.0.1"}


def test_its_programs_ask_this_site_for_a_record_that_stands(client, published):
    published(make_case("Perkara Contoh", slug="perkara-contoh"))
    for address in ("/api/", "/en/api/"):
        page = client.get(address, **HOSTS).content.decode()
        assert "http://127.0.0.1/api/v1/cases/perkara-contoh/" in page
        assert page.count('<pre class="program"') == 13


def test_an_empty_record_has_no_program_that_would_fail(client):
    page = read(client, "/en/api/")
    assert "Nothing has been published here yet" in page
    assert page.count('<pre class="program"') == 4
    assert "subject=" not in page


def test_its_limits_are_those_of_the_api(client, settings):
    settings.CASEDB_API_PER_MINUTE = 77
    words = text_of(read(client, "/en/api/"))
    parameters = json.loads(openapi_text())["paths"]["/api/v1/cases/"]["get"]["parameters"]
    limit = next(each["schema"] for each in parameters if each["name"] == "limit")
    include = next(each["description"] for each in parameters if each["name"] == "include")
    assert f"limit is {limit['default']} unless you ask for up to {limit['maximum']}" in words
    assert include.endswith("at most 50.")
    assert "up to 50." in words
    assert f"up to {MAX_SQLITE_DOCUMENTS:,} records" in words
    assert "77 requests a minute" in words
    assert f"a card of at most {CARD_MAX_BYTES:,} bytes" in words


def test_it_says_what_a_card_leaves_out_and_whose_counts_it_tells(client):
    for address in ("/api/", "/en/api/"):
        page = read(client, address)
        for name in ("left_out", "parties.who.title", "conflicts", "counts", "claims/?actor=", "subject"):
            assert f"<code>{name}</code>" in page
    assert "In cards conflicts is a number" in text_of(read(client, "/en/api/"))
    components = json.loads(openapi_text())["components"]["schemas"]
    assert "A number here; in documents a list." in components["claim_card"]["properties"]["conflicts"]["description"]
    assert "`claims/?actor=`" in components["subject_card"]["properties"]["counts"]["description"]
    for name in ("subject_card", "source_card", "claim_card", "excerpt_card"):
        said = components[name]["properties"]["left_out"]["description"]
        assert f"at most {CARD_MAX_BYTES:,} bytes" in said


def test_what_it_says_of_filters_of_files_is_so(client):
    more = set(export_filters.ExportedRecords.base_filters) - set(export_filters.BY_KIND["case"].base_filters)
    assert more == {"kind", "actor_kind", "system_kind", "place_kind", "source_kind"}
    documented = Path(configured.BASE_DIR, "docs/exports.md").read_text(encoding="utf-8")
    [row] = [line for line in documented.splitlines() if line.startswith("| `documents.ndjson`")]
    assert set(re.findall(r"`([a-z_]+)`", row)) == more
    for address in ("/api/", "/en/api/"):
        page = read(client, address)
        assert {name for name in more if f"<code>{name}</code>" in page} == more
        assert all(f"<code>{name}</code>" in page for name in (*UNFILTERED_FILES, "as_of", "licence", "record_license"))
        assert "<code>/api/v1/claims/?actor=</code>" in page


def test_it_is_a_page_in_two_languages_and_all_around_it_stays_for_machines(client):
    assert client.get("/api/")["Content-Language"] == "id"
    assert "Untuk program (API)" in read(client, "/api/")
    assert client.post("/api/")["Content-Type"].startswith("text/html")
    assert "Access-Control-Allow-Origin" not in client.get("/api/").headers
    for address in ("/api/v2/", "/api/x/", "/api/v1/x/"):
        assert client.get(address)["Content-Type"] == "application/problem+json"
    assert client.get("/api/v1/").json()["documentation"] == "/api/"


def test_the_mirror_client_is_given_as_it_is_tested(client):
    response = client.get("/api/mirror.py")
    assert response.content == (configured.BASE_DIR / "docs/examples/mirror.py").read_bytes()
    assert response["Content-Disposition"] == 'attachment; filename="mirror.py"'
    assert response["Access-Control-Allow-Origin"] == "*"
