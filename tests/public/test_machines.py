"""robots.txt, sitemaps, schema.org, Open Graph."""

import html
import json
import re
from datetime import date

import pytest

from cases.models import RecordClaim, RecordExcerpt
from cases.public.views import machines
from tests.factories import make_case
from tests.public.conftest import CASE, LANGUAGES, one_of_each, read

THING = {"name", "url", "description"}
WORK = THING | {
    *("inLanguage", "version", "dateModified", "license", "isAccessibleForFree", "isPartOf", "isBasedOn", "publisher"),
    *("citation", "datePublished", "text"),
}
SCHEMA_ORG = {
    "Report": WORK,
    "WebPage": WORK | {"mainEntity"},
    "Claim": WORK | {"appearance"},
    "Quotation": WORK,
    "CreativeWork": WORK,
    "WebSite": WORK | {"potentialAction"},
    "Dataset": WORK | {"distribution"},
    "DataDownload": WORK | {"encodingFormat", "contentUrl"},
    "Organization": THING,
    "SearchAction": THING | {"target", "query-input"},
    "EntryPoint": THING | {"urlTemplate"},
}
"""The properties that schema.org has for each type, as far as we use them. `query-input` is of Google's making."""


def nodes(value):
    if isinstance(value, list):
        for one in value:
            yield from nodes(one)
    elif isinstance(value, dict):
        yield value
        yield from nodes(list(value.values()))


def data_of(page: str) -> dict:
    [block] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    told = json.loads(block)
    assert told.pop("@context") == "https://schema.org"
    return told


def metadata_of(page: str) -> list[tuple[str, str]]:
    found = re.findall(r'<meta name="((?:DC|citation)[^"]*)" content="([^"]*)">', page)
    return [(name, html.unescape(content)) for name, content in found]


@pytest.mark.usefixtures("seeded")
class TestOfTheRecord:
    def test_every_page_of_a_record_names_its_description_for_machines(self, client):
        for prefix in LANGUAGES:
            page = read(client, prefix + CASE)
            address = f"{prefix}{CASE}record.jsonld"
            assert f'<link rel="alternate" type="application/ld+json" href="{address}">' in page
            response = client.get(address)
            assert response.headers["Content-Type"] == "application/ld+json; charset=utf-8"
            told = json.loads(response.content)
            assert (told["@type"], told["url"]) == ("Report", f"http://testserver{prefix}{CASE}")
            assert told["inLanguage"] == ("en" if prefix else "id")
            assert told["isBasedOn"]

    def test_it_repeats_no_statement_and_names_no_person(self, client):
        statements = RecordClaim.objects.current().values_list("object_id", flat=True)
        assert statements
        told = client.get(f"/en{CASE}record.jsonld").content.decode()
        document = client.get(f"/api/v1{CASE}").json()
        for claim in document["claims"]:
            assert claim["statement"]["en"] not in told
        people = [p["who"]["title"]["id"] for c in document["claims"] for p in c["parties"] if p["who"]]
        people = [name for name in people if name not in document["title"]["id"]]
        assert people
        assert not [name for name in people if name in re.sub(r'"name": "[^"]*",\n *"url": "[^"]*/sources/', "", told)]

    def test_it_says_only_what_schema_org_has_words_for(self, client):
        addresses = [f"{CASE}record.jsonld", "/sources/ringkasan-relasi-kuasa-bisnis-bandung-smart-city/record.jsonld"]
        for address in [*addresses, "/site.jsonld"]:
            told = json.loads(read(client, address))
            assert told.pop("@context") == "https://schema.org"
            for node in nodes(told):
                kind = node.get("@type")
                assert set(node) - {"@type", "@id", "@graph"} <= SCHEMA_ORG.get(kind, set()), (address, node)

    def test_the_head_of_a_record_holds_the_same_description(self, client):
        for path in (CASE, "/sources/urban-tekno-politik-jaki-bst/", "/places/bandung/"):
            told = json.loads(read(client, f"/en{path}record.jsonld"))
            told.pop("@context")
            assert data_of(read(client, f"/en{path}")) == told
        for path in (f"{CASE}?as_of={date.today()}", f"{CASE}history/"):
            assert "ld+json" not in read(client, path).replace('rel="alternate" type="application/ld+json"', "")

    def test_the_head_of_a_claim_states_nothing_that_its_speaker_does_not(self, client):
        for row in RecordClaim.objects.current().filter(standing__in=["alleged", "potential"])[:8]:
            page = read(client, f"/en/claims/{row.object_id}/")
            told, statement = data_of(page), json.loads(row.card)["statement"]["en"].removesuffix(".")
            for node in nodes(told):
                assert set(node) - {"@type", "@id"} <= SCHEMA_ORG.get(node.get("@type"), {"@id"}), node
            claim = told["mainEntity"]
            assert claim["@type"] == "Claim"
            for said in (claim["text"], told["name"]):
                assert re.match(f"(Latest step known here: .*)?According to .*: {re.escape(statement)} [(]", said)
                assert re.search(r" [(](alleged|suggested as possible)", said)
            assert all(node["@type"] == "Quotation" for node in told["citation"])
            names = dict(metadata_of(page))
            assert names["DC.type"] == "webpage"
            assert re.match(r"\[(alleged|said to be potential)\] ", names["DC.title"])
            assert "/v/1/#claim-" in names["DC.identifier"]

    def test_words_without_the_statements_that_rest_on_them_are_in_no_head(self, client):
        for key in RecordExcerpt.objects.current().values_list("object_id", flat=True)[:5]:
            page = read(client, f"/en/excerpts/{key}/")
            head = html.unescape(page[: page.index("</head>")])
            assert client.get(f"/api/v1/excerpts/{key}/").json()["exact"] not in head
            assert data_of(page)["citation"][0]["@type"] == "CreativeWork"

    def test_zotero_takes_a_source_as_the_work_that_it_is(self, client):
        told = metadata_of(read(client, "/sources/urban-tekno-politik-jaki-bst/"))
        assert told[0] == ("DC.type", "journalArticle")
        assert ("DC.creator", "Hendry Joveto") in told
        assert ("DC.creator", "Irwansyah") in told
        assert dict(metadata_of(read(client, CASE)))["DC.type"] == "webpage"
        assert not [name for name, _content in told if name == "citation_title"]

    def test_the_site_describes_itself_and_its_data(self, client, settings):
        assert 'href="/en/site.jsonld"' in read(client, "/en/")
        website, data = json.loads(read(client, "/en/site.jsonld"))["@graph"]
        assert (website["@type"], data["@type"]) == ("WebSite", "Dataset")
        assert website["url"] == "http://testserver/en/"
        assert "publisher" not in website
        settings.CASEDB_OPERATOR = "Yayasan Contoh"
        assert json.loads(read(client, "/site.jsonld"))["@graph"][0]["publisher"]["name"] == "Yayasan Contoh"

    def test_a_shared_link_says_what_it_is_how_firmly_and_who_says_so(self, client):
        page = read(client, f"/en{CASE}")
        title = re.search(r'property="og:title" content="([^"]+)"', page)
        said = re.search(r'name="description" property="og:description" content="([^"]+)"', page)
        assert title
        assert said
        assert title[1].startswith("CCTV")
        assert said[1].startswith("According to [")
        assert re.search(r" \(suggested as possible(; [^()]*)?\)$", said[1])
        assert f'property="og:url" content="http://testserver/en{CASE}"' in page
        assert 'property="og:locale" content="en_GB"' in page

    def test_every_page_has_one_of_each_open_graph_property(self, client):
        for path in one_of_each():
            page = read(client, path)
            for name in ("title", "type", "url", "description", "locale", "site_name"):
                assert page.count(f'property="og:{name}"') == 1, (path, name)

    def test_an_id_leads_to_the_address_with_a_name(self, client):
        key = client.get(f"/api/v1{CASE}").json()["id"]
        response = client.get(f"/en/cases/{key}/record.jsonld")
        assert (response.status_code, response.headers["Location"]) == (308, f"/en{CASE}record.jsonld")

    def test_reports_and_searches_are_not_for_robots(self, client):
        lines = read(client, "/robots.txt").splitlines()
        for path in ("/search/", "/en/search/", "/report/", "/en/report/", "/admin/"):
            assert f"Disallow: {path}" in lines


@pytest.mark.django_db
def test_many_records_get_an_index_of_sitemaps_and_each_stands_in_one(client, published, monkeypatch):
    cases = [make_case(f"Perkara {number}") for number in range(5)]
    published(*cases)
    whole = re.findall(r"<loc>(.*?)</loc>", read(client, "/sitemap.xml"))
    monkeypatch.setattr(machines, "MAX_RECORDS_IN_SITEMAP", 2)
    parts = re.findall(r"<sitemap><loc>http://testserver(.*?)</loc>", read(client, "/sitemap.xml"))
    assert len(parts) > 2
    found = [address for part in parts for address in re.findall(r"<loc>(.*?)</loc>", read(client, part))]
    assert sorted(found) == sorted(whole)
    assert f"http://testserver/en/cases/{cases[0].slug}/" in found
    read(client, f"/sitemap-{len(parts) + 1}.xml", 404)
    assert "<lastmod>" in read(client, parts[-1])
