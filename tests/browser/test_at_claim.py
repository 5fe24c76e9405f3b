"""What a reader can do at a statement, with the clicks counted from the page of the record."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.public.conftest import CASE

pytestmark = pytest.mark.browser
SENTENCE = "senilai 2,5 miliar"


def statement(page):
    return page.locator("#said article").filter(has_text=SENTENCE).first


def test_a_citable_sentence_is_copied_with_two_clicks(visit):
    opened = visit(viewport=PHONE)
    opened.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = opened.page
    page.goto(f"/en{CASE}")
    claim = page.locator("#said article").first
    claim.get_by_text("Copy, cite, report").click()
    claim.get_by_role("button", name="Copy").click()
    expect(claim.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    path = claim.get_by_role("link", name="Cite, share").get_attribute("href").removesuffix("#use")
    assert copied.startswith("According to ")
    assert claim.locator(".statement").inner_text().removesuffix(".") in copied
    assert "(suggested as possible" in copied
    assert copied.endswith(f"\n{opened.site}{path}")


def test_without_script_the_same_words_stand_in_the_fold_to_be_selected(visit):
    page = visit(viewport=PHONE, java_script_enabled=False).page
    page.goto(CASE)
    words = statement(page).locator(".copy")
    expect(words).not_to_be_visible()
    statement(page).locator("details.take > summary").click()
    expect(words).to_be_visible()
    expect(words).to_contain_text("disebut sebagai kemungkinan")
    expect(statement(page).locator(".take button")).not_to_be_visible()
    page.goto(statement(page).locator(".take a").first.get_attribute("href"))
    expect(page.locator("#use .copy")).to_contain_text(SENTENCE)


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_a_statement_is_reported_with_two_clicks(browser, site, script):
    context = browser.new_context(base_url=site, viewport=PHONE, java_script_enabled=script)
    page = context.new_page()
    page.goto(f"/en{CASE}")
    claim = page.locator("#said article").first
    said = claim.locator(".statement").inner_text()
    claim.get_by_text("Copy, cite, report").click()
    claim.get_by_role("link", name="Report").click()
    expect(page.get_by_role("main")).to_contain_text(said)
    context.close()
