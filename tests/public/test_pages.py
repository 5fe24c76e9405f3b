"""Every page in both languages: it opens, says what it is, and carries nothing but itself."""

import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser

import pytest
from django.test import Client

from cases.models import Record, RecordClaim, RecordLink
from tests.public.conftest import CASE, LANGUAGES, one_of_each, paths, read, text_of

pytestmark = pytest.mark.usefixtures("seeded")


class Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def named(self, name: str) -> list[dict[str, str | None]]:
        return [attrs for tag, attrs in self.found if tag == name]


ELSEWHERE = (("/en", "/claims/"), ("", "/excerpts/"))
"""What test_evidence.py opens and reads: every claim in English, every excerpt in Indonesian."""


def test_every_page_of_the_record_opens_in_both_languages(client):
    for path in paths():
        for language in LANGUAGES:
            if not any(language == opened and path.startswith(folder) for opened, folder in ELSEWHERE):
                read(client, language + path)


def test_a_page_has_one_heading_landmarks_and_a_language(client):
    for path in one_of_each():
        for prefix, language in (("", "id"), ("/en", "en")):
            tags = Tags(read(client, prefix + path))
            assert [len(tags.named(name)) for name in ("h1", "main", "header", "footer", "nav")][:2] == [1, 1], path
            assert tags.named("html")[0]["lang"] == language
            assert any(meta.get("name") == "description" and meta["content"] for meta in tags.named("meta"))
            assert tags.named("a")[0]["href"] == "#main"
            ids = [attrs["id"] for _tag, attrs in tags.found if "id" in attrs]
            assert len(ids) == len(set(ids)), path


def test_no_page_holds_a_script_a_style_or_a_foreign_address(client):
    for path in one_of_each():
        for language in LANGUAGES:
            page = read(client, language + path)
            tags = Tags(page)
            scripts = [
                tag for tag in tags.named("script") if tag != {"type": "application/ld+json"}
            ]  # data, not a script
            for script in scripts:  # a module of ours, which blocks nothing and is not needed
                assert script["type"] == "module"
                assert (script["src"] or "").startswith("/static/")
            assert "<script>" not in page
            assert not tags.named("style")
            assert all((image["src"] or "").endswith("/v/1/qr.svg") for image in tags.named("img"))
            for tag, attrs in tags.found:
                assert [name for name in attrs if name == "style" or name.startswith("on")] == [], (path, tag)
                if tag == "link" and attrs["rel"] == "stylesheet":
                    assert (attrs["href"] or "").startswith("/static/")


def test_a_page_sets_no_cookie_and_never_looks_at_a_session(client):
    client.cookies["sessionid"] = "a" * 32
    client.cookies["django_language"] = "en"
    for path in one_of_each():
        response = client.get(path)
        assert not response.cookies
        assert "Cookie" not in response.headers.get("Vary", "")
        assert response.headers["Content-Language"] == "id"
        assert "script-src 'self'" in response.headers["Content-Security-Policy"]
        assert "unsafe" not in response.headers["Content-Security-Policy"]


def test_a_page_names_its_address_in_both_languages(client):
    page = read(client, f"/en{CASE}")
    assert f'<link rel="canonical" href="http://testserver/en{CASE}">' in page
    assert f'<link rel="alternate" hreflang="id" href="http://testserver{CASE}">' in page
    assert f'<link rel="alternate" hreflang="en" href="http://testserver/en{CASE}">' in page
    assert f'hreflang="x-default" href="http://testserver{CASE}"' in page


def test_the_switch_of_language_keeps_the_page_and_its_question(client):
    assert 'href="/en/actors/?place=bandung&amp;q=kota" lang="en"' in read(client, "/actors/?q=kota&place=bandung")
    assert 'href="/actors/?place=bandung" lang="id"' in read(client, "/en/actors/?place=bandung")


def test_links_stay_in_the_language_of_the_page(client):
    for path in one_of_each():
        for attrs in Tags(read(client, f"/en{path}")).named("a"):
            href = attrs["href"] or ""
            ours = ("/en/", "http://testserver/en/", "#", "/api/v1/", "/schemas/", "/api/mirror.py")
            assert href.startswith((*ours, "https://")) or attrs.get("hreflang") == "id", (path, href)


def test_the_words_of_the_frame_follow_the_language(client):
    assert "Kata-kata persisnya" in read(client, CASE)
    assert "The exact words" in read(client, f"/en{CASE}")
    assert "suggested as possible" in read(client, f"/en{CASE}")


def test_the_front_page_tells_statements_with_their_words_places_topics_and_changes(client):
    page = read(client, "/en/")
    text = text_of(page)
    for words in ("penyusunan uang tunai senilai 2.5 milyar", "sekitar 1.409"):
        assert words in text
    assert text.index("suggested as possible · according to [") < text.index("Where")
    cities = re.findall(r'<li><a href="/en/places/([^/]+)/">[^<]*</a> <b>(\d+)</b></li>', page)
    assert len(cities) == 8
    assert [int(count) for _slug, count in cities] == sorted((int(count) for _slug, count in cities), reverse=True)
    assert {"bekasi", "bandung", "semarang"} <= {slug for slug, _count in cities[:5]}
    assert "bali" not in dict(cities)
    assert len(re.findall(r'<a href="/en/topics/[^/]+/">', page)) == 8
    assert "not the date of what happened" in text


def test_the_map_has_every_province_and_counts_what_lies_there(client):
    for path in ("/", "/en/", "/places/", "/en/places/"):
        drawing = re.search(r"<svg viewBox=.*?</svg>", read(client, path), re.DOTALL)[0]
        root = ET.fromstring(drawing)
        assert len(root.findall("g")) + len(root.findall("a")) == 38
        assert all(float(rect.get("x")) + 20.6 <= 360 for rect in root.iter("rect"))
        assert all(each.find("title").text for each in root)
        assert root.get("aria-label").startswith(("Map of the 38", "Peta"))
        assert len(root.findall("a")) == int(re.search(r" (\d+) ", root.get("aria-label").replace("38", "", 1))[1])
    west_java = next(each for each in ET.fromstring(drawing) if each.get("href") == "/en/places/jawa-barat/")
    records = Record.objects.current().filter(kind__in=["case", "collaboration", "system"])
    below = Record.objects.current().filter(kind="place", slug__in=["jawa-barat", "bandung", "bekasi"])
    lying = RecordLink.objects.current().filter(part="place", claim_id=None, record__in=records)
    count = lying.filter(target__in=[str(row.object_id) for row in below]).values("record").distinct().count()
    assert west_java.findall("text")[1].text == str(count)


def test_robots_may_read_everything_but_the_desk_and_searches(client):
    lines = read(client, "/robots.txt").splitlines()
    assert "Disallow: /admin/" in lines
    assert "Sitemap: http://testserver/sitemap.xml" in lines


def test_the_sitemap_names_every_current_record_in_both_languages(client):
    xml = read(client, "/sitemap.xml")
    for prefix in LANGUAGES:
        assert f"<loc>http://testserver{prefix}{CASE}</loc>" in xml
    assert re.search(r'hreflang="en" href="http://testserver/en/places/bandung/"', xml)


def test_head_is_answered_like_get(client: Client):
    assert client.head("/").status_code == 200


def test_an_actor_is_told_in_the_words_of_the_source_with_what_is_unknown_and_disputed(client):
    page = read(client, "/en/actors/yana-mulyana/")
    told = text_of(page[page.index('id="named-in"') :])
    assert "here: patron (aktor penyedia)" in told
    assert "Not in the part we hold: acts meant" in told
    assert re.search("The source is inconsistent: .+ · .+", told)
    assert "Right of reply: Yana Mulyana" in told
    anchors = re.findall(rf'href="/en{CASE}#(conflict-[^"]+)"', page)
    case = read(client, f"/en{CASE}")
    assert anchors
    assert all(f'id="{anchor}"' in case for anchor in anchors)


def test_what_rests_on_an_excerpt_is_told_with_what_is_unknown_and_disputed(client):
    claim = RecordClaim.objects.current().get(kind="transfer", amount_hundredths=250_000_000_000)
    excerpt = RecordLink.objects.filter(claim_id=claim.object_id, part="excerpt").order_by("target").first()
    page = read(client, f"/en/excerpts/{excerpt.target}/")
    told = text_of(page[page.index(f"/en/claims/{claim.object_id}/") :].split("</li>", 1)[0])
    assert "The source is inconsistent: Indonesian text: " in told
    assert "Not in the part we hold:" in told
    assert f'href="/en{CASE}#conflict-' in page


@pytest.mark.usefixtures("seeded")
def test_a_place_is_not_said_to_stand_in_no_place(client):
    crumb = text_of(read(client, "/places/bekasi/").split('<p class="crumb">')[1].split("</p>")[0])
    assert "Tempat" in crumb
    assert "tempat tidak disebut" not in crumb
