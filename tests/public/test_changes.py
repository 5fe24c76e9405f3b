"""The list of changes, set by set, and the feeds that follow it."""

import re
import xml.etree.ElementTree as ET

import pytest

from cases.models import Revision, RevisionBody
from cases.publication.acts import withdraw
from cases.publication.publish import publish
from tests.factories import both, make_case, make_place
from tests.public.conftest import read, text_of

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def entries(client, address: str) -> list[dict[str, str]]:
    response = client.get(address)
    assert response.status_code == 200, address
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    root = ET.fromstring(response.content)
    found = [{child.tag.removeprefix(ATOM): child.text or "" for child in each} for each in root.iter(f"{ATOM}entry")]
    for each, entry in zip(found, root.iter(f"{ATOM}entry"), strict=True):
        link = entry.find(f"{ATOM}link")
        assert link is not None
        each["link"] = link.attrib["href"]
    return found


@pytest.fixture
def corrected(published):
    """A case that was published in a place and then corrected."""
    case = make_case("Perkara Contoh", slug="perkara-contoh")
    case.places.set([make_place("Kota Contoh", slug="kota-contoh")])
    published(case, reason=both("Terbit perdana"))
    claim = case.claims.get()
    claim.statement_en = "The city bought <b>seven</b> cameras."
    claim.statement_id = "Kota membeli <b>tujuh</b> kamera."
    claim.save()
    published(case, reason=both("Jumlah kamera diperbaiki"))
    return case


def test_one_set_is_one_entry_with_its_reason_and_its_members(client, corrected):
    page = read(client, "/en/changes/")
    headings = re.findall(r'<h2><a href="/en/changes/(\d+)/">([^<]+)</a></h2>', page)
    first = Revision.objects.filter(action="correct").get().seq
    assert headings == [(str(first), "Jumlah kamera diperbaiki"), ("1", "Terbit perdana")]
    assert f"{first - 1} changes published together, no. 1 to {first - 1}" in text_of(page)
    assert f'href="/en/changes/{first}/#seq-{first}">what changed</a>' in page


def test_a_set_shows_what_its_corrections_changed_word_by_word_and_escaped(client, corrected):
    seq = Revision.objects.get(action="correct").seq
    page = read(client, f"/en/changes/{seq}/")
    assert "<ins>" in page
    assert "<del>" in page
    assert "<b>seven</b>" not in page
    assert "seven" in page
    assert "tujuh" in read(client, f"/changes/{seq}/")


def test_any_number_of_a_set_leads_to_the_set_and_no_other_number_does(client, corrected):
    response = client.get("/en/changes/2/")
    assert (response.status_code, response.headers["Location"]) == (308, "/en/changes/1/")
    read(client, "/changes/999/", 404)
    read(client, "/changes/1/?after=x", 400)


def test_a_withdrawal_is_told_with_its_reason(client, corrected, curator, reviewer):
    publish(
        [withdraw(corrected, "court_order")], by=curator, reviewer=reviewer, reason=both("Atas perintah pengadilan.")
    )
    seq = Revision.objects.latest("seq").seq
    page = text_of(read(client, f"/en/changes/{seq}/"))
    assert "withdrawn (court order): Perkara Contoh" in page
    assert "Atas perintah pengadilan." in page


def test_of_an_erased_version_nothing_is_told_but_that_it_was(client, corrected):
    first = Revision.objects.get(kind="case", version=1)
    last = Revision.objects.latest("seq")
    fields = {"object_id": first.object_id, "kind": "case", "version": 99, "recorded_at": last.recorded_at}
    redact = {"action": "redact", "redacts": first.seq, "commitment": "0" * 64}
    Revision.objects.create(seq=last.seq + 1, batch=last.seq + 1, **fields, **redact)
    RevisionBody.objects.filter(pk=first.seq).delete()
    page = read(client, "/en/changes/1/")
    assert "published: case. The words of this version were erased." in text_of(page)
    assert "Perkara Contoh" not in page
    oldest = entries(client, "/en/cases/perkara-contoh/atom.xml")[-1]
    assert (oldest["title"], oldest["summary"]) == ("Published: case", "The words of this version were erased.")
    assert "The words of this set were erased." in read(client, f"/en/changes/{last.seq + 1}/")


def test_the_feed_of_all_changes_has_one_entry_for_each_set(client, corrected):
    found = entries(client, "/en/changes/atom.xml")
    assert [entry["title"] for entry in found] == ["Jumlah kamera diperbaiki", "Terbit perdana"]
    assert "Corrected: Perkara Contoh" in found[0]["summary"]
    assert found[1]["link"] == "http://testserver/en/changes/1/"
    assert len({entry["id"] for entry in found}) == 2
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", entry["id"]) for entry in found)


def test_ids_of_entries_are_the_same_in_both_languages_and_at_every_host(client, corrected, settings):
    settings.ALLOWED_HOSTS = ["*"]
    for address in ("/changes/atom.xml", "/cases/perkara-contoh/atom.xml"):
        here = [entry["id"] for entry in entries(client, address)]
        there = ET.fromstring(client.get(f"/en{address}", headers={"host": "other.example"}).content)
        assert [each.findtext(f"{ATOM}id") for each in there.iter(f"{ATOM}entry")] == here


def test_a_record_has_a_feed_of_its_versions_that_outlives_its_withdrawal(client, corrected, curator, reviewer):
    address = "/en/cases/perkara-contoh/atom.xml"
    assert f'href="{address}"' in read(client, "/en/cases/perkara-contoh/")
    assert [entry["title"] for entry in entries(client, address)] == [
        "Corrected: Perkara Contoh",
        "Published: Perkara Contoh",
    ]
    publish([withdraw(corrected, "error")], by=curator, reviewer=reviewer, reason=both("Keliru"))
    newest = entries(client, address)[0]
    assert (newest["title"], newest["summary"]) == ("Withdrawn: Perkara Contoh", "Keliru")
    assert client.get(address).headers["X-Robots-Tag"] == "noindex"


def test_the_feed_of_a_place_tells_what_changed_in_it_and_nowhere_else(client, corrected, published):
    published(make_case("Perkara Lain", slug="perkara-lain"))
    titles = [entry["title"] for entry in entries(client, "/en/places/kota-contoh/atom.xml")]
    assert titles == ["Corrected: Perkara Contoh", "Published: Kota Contoh", "Published: Perkara Contoh"]


def test_there_is_no_feed_of_what_is_not_there(client, corrected):
    read(client, "/cases/tidak-ada/atom.xml", 404)
    make_case("Rancangan", slug="rancangan")
    read(client, "/cases/rancangan/atom.xml", 404)
