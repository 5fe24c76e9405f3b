"""Every feed names its author, says when it changed, and is not sent again to who has it."""

import xml.etree.ElementTree as ET
from datetime import UTC, datetime, timedelta

import pytest
from django.utils.http import http_date, parse_http_date

from cases.public import feeds
from cases.publication import hooks
from tests.factories import both, make_case, make_place

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = ["/changes/atom.xml", "/cases/perkara/atom.xml", "/places/kota/atom.xml", "/search/atom.xml?q=perkara"]
FEEDS += ["/en/search/atom.xml", "/en/changes/atom.xml"]


@pytest.fixture
def search_root(settings, tmp_path):
    settings.CASEDB_SEARCH_DIR = tmp_path / "search"


@pytest.fixture
def case(search_root, published):
    case = make_case("Perkara", slug="perkara")
    case.places.set([make_place("Kota", slug="kota")])
    published(case)
    hooks.run_after_commit()
    return case


def newest(feed: ET.Element) -> datetime:
    return max(datetime.fromisoformat(each.text or "") for each in feed.iterfind(f"{ATOM}entry/{ATOM}updated"))


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_names_its_author_and_was_modified_with_its_newest_entry(client, case, address):
    response = client.get(address)
    feed = ET.fromstring(response.content)
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "CaseDB"
    assert response.headers["Last-Modified"] == http_date(newest(feed).timestamp())
    assert response.headers["ETag"].startswith('W/"')


@pytest.mark.parametrize("address", FEEDS)
def test_who_has_a_feed_is_not_sent_it_again_until_something_changes(client, case, published, time_machine, address):
    first = client.get(address)
    tag, modified = {"if-none-match": first.headers["ETag"]}, {"if-modified-since": first.headers["Last-Modified"]}
    earlier = {"if-modified-since": http_date(parse_http_date(first.headers["Last-Modified"]) - 1)}
    for headers in (tag, modified, tag | earlier):
        for method in (client.get, client.head):
            response = method(address, headers=headers)
            assert (response.status_code, response.content) == (304, b""), headers
            assert response.headers["ETag"] == first.headers["ETag"]
    for headers in (earlier, {"if-none-match": 'W/"another"'} | modified, {"if-modified-since": "yesterday"}):
        assert client.get(address, headers=headers).content == first.content, headers
    time_machine.move_to(datetime.now(UTC) + timedelta(seconds=2))
    case.title_id = case.title_en = "Perkara lain"
    case.save()
    published(case, reason=both("Judul diperbaiki"))
    hooks.run_after_commit()
    for headers in (tag, modified):
        response = client.get(address, headers=headers)
        assert response.status_code == 200
        assert response.headers["ETag"] != first.headers["ETag"]
        assert response.headers["Last-Modified"] != first.headers["Last-Modified"]


def test_a_feed_without_entries_is_as_old_as_can_be(client, search_root):
    response = client.get("/search/atom.xml")
    assert response.headers["Last-Modified"] == http_date(feeds.EPOCH.timestamp())
    assert client.get("/search/atom.xml", headers={"if-none-match": response.headers["ETag"]}).status_code == 304


def test_a_refused_search_is_refused_whatever_the_client_has(client, case):
    modified = {"if-modified-since": client.get("/search/atom.xml").headers["Last-Modified"], "if-none-match": "*"}
    assert client.get("/search/atom.xml?q=*", headers=modified).status_code == 400


def test_a_feed_replaces_what_xml_cannot_hold(client, search_root, published):
    published(make_case("Perkara"), reason=both("Terbit\x0bperdana"))
    for address, held in (
        ("/search/atom.xml?q=perkara\x01", "perkara\ufffd"),
        ("/changes/atom.xml", "Terbit\ufffdperdana"),
    ):
        response = client.get(address)
        assert response.status_code == 200
        assert held in "".join(ET.fromstring(response.content).itertext())
