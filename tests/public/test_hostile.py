"""Text from anywhere is shown as text, whatever it tries to be."""

import re

import pytest

from tests.factories import both, make_actor, make_capture, make_case, make_claim, make_excerpt, make_place, make_source
from tests.public.conftest import read

OWN_SCRIPT = re.compile(r'<script type="module" src="/static/(?:suggest|share)\.js"></script>')
SCRIPT, IMAGE, TURN = "<script>alert(1)</script>", '"><svg onload=alert(1)>', "aman\u202egnabec"
HOSTILE = f"{SCRIPT} {IMAGE} *{SCRIPT}* {TURN}"

pytestmark = pytest.mark.django_db


@pytest.fixture
def hostile(published):
    """A case, actor, place and source whose every text is an attempt."""
    source = make_source(title=HOSTILE, authors=HOSTILE, institution=HOSTILE)
    capture = make_capture(source, text=f"Ia menulis {HOSTILE} di sini.")
    excerpt = make_excerpt(HOSTILE, capture, locator_id=HOSTILE[:200], locator_en=HOSTILE[:200])
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
        date_as_stated=HOSTILE[:200],
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
            page = OWN_SCRIPT.sub("", read(client, language + path, status))
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
