"""The page of a system or place is short on a phone, and says what it is before anything else."""

import pytest

from cases.models import Record

pytestmark = pytest.mark.browser
SCREEN = {"width": 360, "height": 640}
SCREENS_FOLDED = 9
MEASURE = """() => ({height: document.documentElement.scrollHeight, width: document.documentElement.scrollWidth,
    quotation: document.querySelector(".headline blockquote.open")?.getBoundingClientRect().bottom ?? 0,
    first: document.querySelector("main h2, main .card")?.getBoundingClientRect().top ?? 0})"""


@pytest.mark.parametrize("folder", ["systems", "places"])
def test_every_page_is_short_and_begins_with_what_it_is(visit, site, folder):
    page = visit(viewport=SCREEN).page
    slugs = list(Record.objects.current().filter(kind=folder[:-1]).values_list("slug", flat=True))
    late = {}
    for slug in slugs:
        page.goto(f"/{folder}/{slug}/")
        told = page.evaluate(MEASURE)
        is_short = told["height"] <= SCREENS_FOLDED * SCREEN["height"] and told["width"] <= SCREEN["width"]
        if not is_short or told["quotation"] > SCREEN["height"]:
            late[slug] = told
    assert len(slugs) > 20
    assert not late
