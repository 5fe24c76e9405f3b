"""The list under the search box, in a real browser: what kind each is, by keyboard, and nothing moves."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_suggestions_tell_their_kind_and_are_chosen_by_keyboard(site: str, page: Page):
    page.goto(f"{site}/en/search/")
    below = page.locator("form.search + *")
    box = page.get_by_role("combobox")
    top = below.evaluate("node => node.getBoundingClientRect().top")
    box.press_sequentially("yana mul")
    option = page.get_by_role("option", name="Yana Mulyana actor · person", exact=True)
    expect(option).to_be_visible()
    assert below.evaluate("node => node.getBoundingClientRect().top") == top
    box.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    box.press("Enter")
    expect(page).to_have_url(re.compile("/en/actors/yana-mulyana/$"))


def test_what_a_suggestion_says_is_text_and_never_markup(site: str, page: Page):
    page.route(
        "**/api/v1/suggest/*",
        lambda route: route.fulfill(
            json={"results": [{"text": "<b>x</b>", "kind": "case", "path": "/cases/x/", "detail": "<i>y</i>"}]}
        ),
    )
    page.goto(f"{site}/search/")
    page.get_by_role("combobox").press_sequentially("xy")
    expect(page.get_by_role("option")).to_have_text("<b>x</b> kasus · <i>y</i>")
