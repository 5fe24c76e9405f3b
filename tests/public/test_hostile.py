"""Text from anywhere is shown as text, whatever it tries to be."""

import html
import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from typing import Any

import pytest

from cases.public.rendering import BIDI_CONTROLS
from tests.factories import both, make_actor, make_capture, make_case, make_claim, make_excerpt, make_place, make_source
from tests.public.conftest import read
from tests.public.hostile_queries import NOT_TEXT, QUERIES

OWN_SCRIPT = re.compile(
    r'<script type="module" src="/static/(?:suggest|share)\.js"></script>'
    r'|<script type="application/ld\+json">[^<>&]*</script>'
)
# Drawn by us, the strip of statements by standing and the map: their text is read below like any other
OWN_STRIP = re.compile(r'<svg viewBox="0 0 (?:328 (?:8|10)" role="img"|360 210" role="group")')
SCRIPT, IMAGE, TURN = "<script>alert(1)</script>", '"><svg onload=alert(1)>', "aman\u202egnabec"
ATOM_TAGS = {
    f"{{http://www.w3.org/2005/Atom}}{name}"
    for name in ("feed", "title", "subtitle", "link", "id", "updated", "author", "name", "entry", "summary")
}
HARMLESS_ADDRESS = r"/(?!/)|http://testserver/|https://creativecommons\.org/|[#?]|data:,$|$"
HOSTILE = f"{SCRIPT} {IMAGE} *{SCRIPT}*"
# Our own texts hold no character that turns a line around; the words of a source stay as they stand
QUOTED = f"{HOSTILE} {TURN}"

pytestmark = pytest.mark.django_db


@pytest.fixture
def hostile(published):
    """A case, actor, place and source whose every text is an attempt."""
    source = make_source(title=HOSTILE, authors=HOSTILE, institution=HOSTILE)
    capture = make_capture(source, text=f"Ia menulis {QUOTED} di sini.")
    excerpt = make_excerpt(QUOTED, capture, locator_id=HOSTILE[:200], locator_en=HOSTILE[:200])
    other = make_excerpt("Ia menulis", capture)
    actor, place = make_actor(HOSTILE), make_place(HOSTILE)
    case = make_case(HOSTILE, claims=0)
    case.places.add(place)
    claim = make_claim(
        case,
        excerpt,
        [("partner", actor), ("payer", actor), ("named", HOSTILE)],
        lead=1,
        statement_id=HOSTILE,
        statement_en=HOSTILE,
        date_as_stated=QUOTED[:200],
    )
    told = {"explanation_id": HOSTILE, "explanation_en": HOSTILE}
    conflict = case.conflicts.create(key="c", claim=claim, property="wording", kind="between_sources", **told)
    for words, value in ((excerpt, HOSTILE), (other, IMAGE)):
        conflict.sides.create(value=value, excerpt=words)
    note = {"note_id": HOSTILE[:200], "note_en": HOSTILE[:200]}
    claim.unknowns.create(subject=case, property="amount", reason="searched_not_found", searched_on="2026", **note)
    case.responses.create(who=actor, key="r", state="asked_by_source", **note).excerpts.add(excerpt)
    published(case, reason=both(HOSTILE))
    pages = [f"/cases/{case.slug}/", f"/actors/{actor.slug}/", f"/places/{place.slug}/", f"/sources/{source.slug}/"]
    pages += [f"/cases/{case.slug}/v/1/", f"/claims/{claim.id}/", f"/excerpts/{excerpt.id}/"]
    return [*pages, "/", "/cases/", "/sources/", "/changes/", "/search/?q=alert", "/cases/nothing-here/"]


def test_no_text_becomes_markup_or_turns_the_line_around(client, hostile):
    for path in hostile:
        status = 404 if "nothing" in path else 200
        for language in ("", "/en"):
            page = OWN_STRIP.sub("", OWN_SCRIPT.sub("", read(client, language + path, status)))
            assert [text for text in ("<script", "<svg", "\u202e") if text in page] == [], path


def test_a_control_character_is_shown_by_its_name(client, hostile):
    assert "[U+202E RIGHT-TO-LEFT OVERRIDE]" in read(client, hostile[0])


def test_what_was_asked_for_is_escaped_too(client):
    page = OWN_SCRIPT.sub("", read(client, f"/search/?q={SCRIPT}"))
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    page = read(client, f"/cases/?{SCRIPT}=1", 400)
    assert "<script" not in page
    assert "&lt;script&gt;" in page


class Tags(HTMLParser):
    """The tags of a page, with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))


def check_page(page: str, asked: str) -> None:
    """Nothing of what was asked became markup, runs, or turns a line around."""
    assert not re.search(r"<[^>]{2}", asked.replace("mark>", "")) or asked not in page
    for tag, attributes in Tags(page).tags:
        assert tag not in ("iframe", "img", "style", "object", "embed")
        assert tag != "script" or attributes.get("src", "").startswith("/static/"), attributes
        assert not [name for name in attributes if name.startswith("on") or name == "autofocus"]
        for name in ("href", "src", "action"):
            assert re.match(HARMLESS_ADDRESS, attributes.get(name, "")), (tag, attributes)
    assert all("<" not in marked for marked in re.findall("<mark>(.*?)</mark>", page, re.DOTALL))
    assert page.count("<mark>") == page.count("</mark>")
    assert not [control for control in BIDI_CONTROLS if control in page]


def check_answer(answer: dict[str, Any]) -> None:
    for result in answer["results"]:
        for text in filter(None, result["highlights"].values()):
            assert "<" not in re.sub("</?mark>", "", text)


def check_refusal(page: str, problem: dict[str, Any]) -> None:
    """Both say in a sentence what is wrong, and with which parameter."""
    told = re.search("<h1>.*?</h1>\\s*<p>(.*?)</p>", page, re.DOTALL)
    assert told
    assert re.search(r"\w.*[.?]$", html.unescape(told[1]), re.DOTALL), told[1]
    assert re.search(r"\w.*[.?]$", problem["detail"], re.DOTALL), problem
    assert problem["parameter"] == "q"


def test_there_are_no_fewer_hostile_queries_than_there_were():
    assert len({text for texts in QUERIES.values() for text in texts}) + len(NOT_TEXT) > 630


@pytest.mark.usefixtures("seeded")
@pytest.mark.parametrize("kind", QUERIES)
def test_no_query_breaks_the_page_the_feed_the_api_or_the_suggestions(client, kind):
    for text in dict.fromkeys(QUERIES[kind]):
        query = {"q": text}
        page, feed = client.get("/en/search/", query), client.get("/search/atom.xml", query)
        answer, suggested = client.get("/api/v1/search/", query), client.get("/api/v1/suggest/", query)
        statuses = {each.status_code for each in (page, feed, answer)}
        if not text.strip():  # a form without words asks for everything; a parameter without a value is refused
            assert (page.status_code, feed.status_code, answer.status_code) == (200, 200, 400)
            continue
        assert statuses in ({200}, {400}), (text, statuses)
        assert suggested.status_code in (200, 400), text
        check_page(page.content.decode(), text)
        if statuses == {400}:
            check_refusal(page.content.decode(), answer.json())
        else:
            check_answer(answer.json())
            assert {child.tag for child in ET.fromstring(feed.content).iter()} <= ATOM_TAGS, text


@pytest.mark.parametrize("raw", NOT_TEXT)
def test_what_is_not_text_is_refused_with_a_sentence(client, raw):
    for address in ("/en/search/", "/search/atom.xml", "/api/v1/search/", "/api/v1/suggest/"):
        response = client.get(f"{address}?q={raw}")
        assert response.status_code == 400, address
        assert re.search(r"A NUL byte is not text\.|The address is not UTF-8\.", response.content.decode())
