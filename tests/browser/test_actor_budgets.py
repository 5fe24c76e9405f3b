"""A reader on a phone sees who an actor is said to be, since when and in which words, before scrolling."""

import pytest

from cases.models import Record
from tests import second_corpus

pytestmark = pytest.mark.browser
SCREEN = {"width": 360, "height": 640}
SCREENS_FOLDED = 9
MEASURE = """() => ({
    since: document.querySelector(".heading .since")?.getBoundingClientRect().bottom,
    quotation: document.querySelector(".headline blockquote.open")?.getBoundingClientRect().bottom,
    height: document.documentElement.scrollHeight, width: document.documentElement.scrollWidth})"""


def test_who_since_when_and_the_words_stand_on_the_first_screen(visit, site):
    second_corpus.load()
    page = visit(viewport=SCREEN).page
    slugs = list(Record.objects.current().filter(kind="actor").values_list("slug", flat=True))
    assert "pt-telkom" in slugs
    found = {}
    for slug in slugs:
        page.goto(f"/actors/{slug}/")
        found[slug] = page.evaluate(MEASURE)
    assert any(told["quotation"] for told in found.values())
    late = {
        slug: told
        for slug, told in found.items()
        if max(told["since"] or 0, told["quotation"] or 0) > SCREEN["height"]
        or told["height"] > SCREENS_FOLDED * SCREEN["height"]
        or told["width"] > SCREEN["width"]
    }
    assert not late
