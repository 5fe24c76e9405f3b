"""A tired reader on a phone: the words, who says them and how weak the source is on the first screen, all in six."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from cases.models import Record
from cases.public.presenters.replies import replies
from cases.record.lookup import find_document
from tests import second_corpus
from tests.browser.conftest import DESKTOP

pytestmark = pytest.mark.browser
SCREEN = {"width": 360, "height": 640}
SCREENS_FOLDED = 6
ENDS = """() => Object.fromEntries(Object.entries({
    quotation: ".headline blockquote.open", speaker: ".headline .how", source: ".box dd", reply: ".box .reply-state",
    actions: ".aside .do"}).map(([name, selector]) => {
        const found = document.querySelector(selector);
        return [name, found && found.getBoundingClientRect().bottom];
    }))"""
FULL_TITLES = """() => [...document.querySelectorAll("cite")].filter(each => each.checkVisibility())
    .map(each => [each.textContent, each.getBoundingClientRect().top])"""


@pytest.fixture
def records(site) -> dict[str, bool]:
    """The addresses of every case and collaboration, the invented verdict among them; whether somebody may reply."""
    second_corpus.load()
    rows = Record.objects.current().filter(kind__in=["case", "collaboration"])
    found = {f"/{row.kind}s/{row.slug}/": bool(replies(find_document(row.kind, row.slug).document)) for row in rows}
    assert {True, False} == set(found.values())
    return found


@pytest.mark.parametrize("language", ["", "/en"], ids=["id", "en"])
def test_the_first_screens_hold_what_a_reader_came_for(visit, records, language):
    page = visit(viewport=SCREEN, java_script_enabled=False).page
    reader = visit(viewport=SCREEN).page
    assert len(records) == 12
    for path, may_reply in records.items():
        page.goto(language + path)
        reader.goto(language + path)
        ends = reader.evaluate(ENDS)
        for name in ("quotation", "speaker", "source"):
            assert ends[name] <= SCREEN["height"], (path, name, ends)
        assert (ends["reply"] is not None) == may_reply, path
        assert not may_reply or ends["reply"] <= SCREEN["height"], (path, ends)
        assert ends["actions"] <= 2 * SCREEN["height"], (path, ends)
        height = reader.evaluate("document.documentElement.scrollHeight")
        assert height <= SCREENS_FOLDED * SCREEN["height"], (path, height)
        assert reader.evaluate("document.documentElement.scrollWidth") <= SCREEN["width"], path
        assert page.locator(".headline blockquote.open").is_visible()
        tops: dict[str, float] = {}
        for title, top in reader.evaluate(FULL_TITLES):
            assert abs(top - tops.get(title, -1e6)) > SCREEN["height"], (path, title)
            tops[title] = top


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_verdict_breaks_no_rule_of_accessibility(visit, records, scheme):
    for size in (SCREEN, DESKTOP):
        page = visit(viewport=size, color_scheme=scheme).page
        page.goto("/cases/papan-informasi-digital-marawangi/")
        page.eval_on_selector_all("details", "all => all.forEach(each => { each.open = true })")
        result = Axe().run(page)
        assert result.violations_count == 0, result.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_the_standing_of_a_quote_is_a_shape_in_forced_colours_too(visit, records):
    page = visit(viewport=SCREEN, forced_colors="active").page
    styles = {}
    for path in ("/cases/cctv-dan-jasa-internet-bandung-smart-city/", "/cases/papan-informasi-digital-marawangi/"):
        page.goto(path)
        headline = page.locator(".headline blockquote.open")
        styles[path] = headline.evaluate("each => getComputedStyle(each).borderLeftStyle")
    assert list(styles.values()) == ["dotted", "double"]
