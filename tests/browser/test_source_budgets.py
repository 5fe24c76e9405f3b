"""What a source is, and where its original can be read, stands on the first screen of a phone; the page is short."""

import pytest

from cases.models import Record, RecordExcerpt
from tests import second_corpus

pytestmark = pytest.mark.browser
SCREEN = {"width": 360, "height": 640}
SCREENS_FOLDED = 9
MEASURE = """() => ({
    original: document.querySelector(".box dd")?.getBoundingClientRect().bottom ?? 0,
    height: document.documentElement.scrollHeight, width: document.documentElement.scrollWidth})"""


def test_the_original_stands_on_the_first_screen_and_the_page_is_short(visit, site):
    second_corpus.load()
    page = visit(viewport=SCREEN).page
    slugs = list(Record.objects.current().filter(kind="source").values_list("slug", flat=True))
    found = {}
    for slug in slugs:
        page.goto(f"/sources/{slug}/")
        found[slug] = page.evaluate(MEASURE)
    late = {slug: told for slug, told in found.items() if not fits(told) or not told["original"]}
    assert len(found) > 40
    assert not late


def test_the_page_of_an_excerpt_is_short(visit, site):
    page = visit(viewport=SCREEN).page
    keys = RecordExcerpt.objects.current().values_list("object_id", flat=True)
    most = sorted(set(keys), key=list(keys).count)[-3:]
    for key in most:
        page.goto(f"/excerpts/{key}/")
        assert fits(page.evaluate(MEASURE)), key


def fits(told: dict[str, float]) -> bool:
    is_short = told["height"] <= SCREENS_FOLDED * SCREEN["height"]
    return is_short and told["original"] <= SCREEN["height"] and told["width"] <= SCREEN["width"]
