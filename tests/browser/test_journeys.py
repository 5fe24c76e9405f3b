"""Eight journeys of a tired reader on a phone, each with its clicks counted, with script and without."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE
from tests.public.conftest import CASE

pytestmark = pytest.mark.browser
BANDUNG = "CCTV dan jasa internet Bandung Smart City"


class Reader:
    """Somebody on a page; every click is counted."""

    def __init__(self, page: Page, start: str) -> None:
        self.page, self.clicks = page, 0
        page.goto(start)

    def click(self, what: Locator) -> None:
        what.click()
        self.clicks += 1

    def sees(self, what: Locator) -> None:
        expect(what).to_be_in_viewport()


@pytest.fixture(params=[True, False], ids=["with-script", "without-script"])
def reader(request: Any, visit: Any) -> Any:
    """`reader(path)` opens a page on a phone."""
    page = visit(viewport=PHONE, java_script_enabled=request.param).page
    return lambda start: Reader(page, start)


def test_the_words_of_the_bandung_matter_take_two_clicks(reader):
    walk = reader("/")
    walk.click(walk.page.get_by_role("main").get_by_role("link", name=BANDUNG).first)
    walk.sees(walk.page.locator(".headline blockquote.open"))
    walk.click(walk.page.locator(".headline details.words > summary"))
    expect(walk.page.locator(".headline figure.quote").first).to_contain_text("Potensi Hubungan Patron")
    assert walk.clicks <= 2


def test_the_same_words_are_reached_by_keyboard(visit):
    page = visit(viewport=PHONE).page
    page.goto("/")
    link = page.get_by_role("main").get_by_role("link", name=BANDUNG).first
    for _key in range(60):
        if link.evaluate("element => element === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    summary = page.locator(".headline details.words > summary")
    expect(summary).to_be_visible()
    for _key in range(60):
        if summary.evaluate("element => element === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".headline figure.quote").first).to_be_visible()


def test_with_whom_telkom_is_connected_and_since_when_takes_two_clicks(reader):
    walk = reader("/")
    field = walk.page.locator("main input[type=search]").first
    field.fill("PT Telkom")
    field.press("Enter")
    walk.clicks += 1
    walk.click(walk.page.locator('main a[href="/actors/pt-telkom/"]').first)
    expect(walk.page.locator("#ties .since").filter(has_text="2017").first).to_be_visible()
    assert walk.clicks <= 2


def test_two_cities_are_compared_with_four_clicks(reader):
    walk = reader("/compare/")
    for city in ("Kota Bekasi", "Kota Semarang"):
        walk.click(walk.page.locator("label.choice").filter(has_text=city).locator("input"))
    walk.click(walk.page.get_by_role("button", name="Bandingkan"))
    walk.sees(walk.page.locator("#partner"))
    assert walk.clicks <= 4


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_following_takes_one_click(browser, site, script):
    context = browser.new_context(base_url=site, viewport=PHONE, java_script_enabled=script, locale="id-ID")
    walk = Reader(context.new_page(), CASE)  # its form sets a cookie against forgery
    walk.click(walk.page.locator(".do").get_by_role("link", name="Ikuti"))
    expect(walk.page.get_by_role("main")).to_contain_text(BANDUNG)
    expect(walk.page.locator("main input[type=email]")).to_be_visible()
    assert walk.clicks <= 1
    context.close()


def test_the_sheet_takes_one_click(reader):
    walk = reader(CASE)
    walk.click(walk.page.locator(".do").get_by_role("link", name="Cetak"))
    expect(walk.page.locator("main.sheet h1")).to_have_text(BANDUNG)
    assert walk.clicks <= 1


def test_whatsapp_is_one_click_away_and_says_who_says_it(reader):
    walk = reader(CASE)
    link = walk.page.locator(".do").get_by_role("link", name="WhatsApp")
    expect(link).to_be_visible()
    address = link.get_attribute("href")
    assert address.startswith("https://wa.me/?text=")
    assert "menurut" in address
