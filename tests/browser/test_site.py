"""The site in a real browser: the journalist's walk, and what must hold of every page."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.public.conftest import one_of_each

pytestmark = pytest.mark.browser

ERRORS = ["/cases/nothing/", "/cases/?nonsense=1"]


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_a_journalist_walks_from_a_word_to_the_source_behind_it_and_cites_it(visit, size, script):
    page = visit(viewport=size, java_script_enabled=script).page
    page.goto("/")
    page.locator("#q").fill("uang tunai")
    page.get_by_role("search").get_by_role("button").click()
    page.get_by_role("link", name="CCTV dan jasa internet Bandung Smart City").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("CCTV dan jasa internet Bandung Smart City")
    claim = page.get_by_role("article").filter(has_text="senilai 2,5 miliar").first
    expect(claim.get_by_text("disebut sebagai kemungkinan", exact=True)).to_be_visible()
    expect(claim.get_by_role("link", name="abstrak skripsi atau tesis").first).to_be_visible()
    expect(claim.get_by_text("cash bribes").first).to_be_visible()
    words = claim.get_by_text("calon patron yaitu mendapatkan penyusunan uang tunai").first
    expect(words).not_to_be_visible()
    claim.get_by_text("Kata-kata persisnya").click()
    expect(words).to_be_visible()
    claim.get_by_role("link", name="Buka kutipan ini").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kata-kata persisnya")
    page.get_by_text("Cara memeriksanya sendiri").click()
    expect(page.get_by_text("8624814fcfcfaf4732e7362886c72b3b9d6d5124031a62f25125a2ebc1aaf7d5").first).to_be_visible()
    page.locator("#cite-fold > summary").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="BibTeX").click()
    assert "Ringkasan penelitian" in download.value.path().read_text(encoding="utf-8")
    page.get_by_role("main").get_by_role("link", name="Ringkasan penelitian").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ringkasan penelitian")
    page.get_by_role("link", name="English", exact=True).click()
    expect(page.get_by_role("heading", name="What we quote, in its order")).to_be_visible()


def test_the_same_walk_by_keyboard_alone(visit):
    page = visit(viewport=DESKTOP).page
    page.goto("/")

    def tab_to(words: str) -> None:
        for _step in range(80):
            page.keyboard.press("Tab")
            if words in page.evaluate("document.activeElement.innerText || document.activeElement.id"):
                assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
                return
        raise AssertionError(f"{words} was not reached")

    tab_to("q")
    page.keyboard.type("uang tunai")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    tab_to("CCTV dan jasa internet Bandung")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/**")
    tab_to("Kata-kata persisnya")
    page.keyboard.press("Enter")
    tab_to("Buka kutipan ini")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kata-kata persisnya")


def test_the_menu_opens_without_script_on_a_phone_and_stands_open_on_a_desktop(visit):
    phone = visit(viewport=PHONE, java_script_enabled=False).page
    phone.goto("/")
    link = phone.get_by_role("navigation").get_by_role("link", name="Perubahan")
    expect(link).not_to_be_visible()
    phone.get_by_text("Menu", exact=True).click()
    link.click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Perubahan")
    desktop = visit(viewport=DESKTOP).page
    desktop.goto("/")
    expect(desktop.get_by_role("navigation").get_by_role("link", name="Perubahan")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["", "/en"], ids=["id", "en"])
def test_no_page_breaks_a_rule_of_accessibility(visit, language, scheme):
    page = visit(viewport=PHONE, color_scheme=scheme).page
    found = {}
    for path in one_of_each():
        page.goto(language + path)
        page.eval_on_selector_all("details", "all => all.forEach(each => { each.open = true })")
        result = Axe().run(page)
        assert len(result.response["passes"]) > 10  # it did look
        if result.violations_count:
            found[path] = result.generate_report()
    assert found == {}


def test_error_pages_break_no_rule_of_accessibility(browser, site):
    page = browser.new_page(base_url=site)
    for path in ERRORS:
        page.goto(path)
        result = Axe().run(page)
        assert result.violations_count == 0, result.generate_report()
    page.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_is_wider_than_the_window_and_every_target_is_large_enough(visit, width):
    page = visit(viewport={"width": width, "height": 800}).page
    for path in one_of_each():
        for language in ("", "/en"):
            page.goto(language + path)
            page.eval_on_selector_all("details", "all => all.forEach(each => { each.open = true })")
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, (language + path, wide)
            small = page.eval_on_selector_all("button, input, select, summary, nav a, .top a", SMALL)
            assert small == [], (language + path, small)
            assert page.evaluate(SQUEEZED) == [], language + path


SMALL = """all => all.filter(each => each.checkVisibility())
    .map(each => [each.textContent || each.name, each.getBoundingClientRect().height])
    .filter(([name, height]) => height < 24)"""


# Ordinary words that stand on more lines than there are words: a box became too narrow for them
SQUEEZED = """() => {
    const walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT), found = [];
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        const words = node.data.split(/[\\s\\-–]+/).filter(Boolean);
        if (!words.length || words.some(each => each.length > 14) || !node.parentElement.checkVisibility()) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        const lines = new Set([...range.getClientRects()].map(each => Math.round(each.top)));
        if (lines.size > words.length + 1) found.push([node.data.trim().slice(0, 60), lines.size]);
    }
    return found;
}"""


def test_the_keyboard_reaches_the_content_first_and_focus_can_be_seen(visit):
    page = visit(viewport=DESKTOP).page
    page.goto("/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Langsung ke isi")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#q")).to_be_focused()
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert outline == "3px"


def test_print_shows_the_words_without_opening_them(visit):
    page = visit(viewport=DESKTOP).page
    page.goto("/cases/cctv-dan-jasa-internet-bandung-smart-city/")
    words = page.get_by_text("calon patron yaitu mendapatkan penyusunan uang tunai").first
    expect(words).not_to_be_visible()
    page.emulate_media(media="print")
    expect(words).to_be_visible()
    expect(page.get_by_role("button").first).not_to_be_visible()


def test_text_set_wider_apart_is_neither_cut_nor_wider_than_the_window(visit):
    page = visit(viewport={"width": 320, "height": 800}, bypass_csp=True).page
    for path in one_of_each():
        page.goto(path)
        page.add_style_tag(content=WIDE)
        page.eval_on_selector_all("details", "all => all.forEach(each => { each.open = true })")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        assert page.eval_on_selector_all("main *, header *", CUT) == [], path


WIDE = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
    p { margin-bottom: 2em !important }"""
CUT = """all => all.filter(each => ["hidden", "clip"].includes(getComputedStyle(each).overflowX)
    && each.scrollWidth > each.clientWidth + 1).map(each => each.outerHTML.slice(0, 120))"""


def test_a_link_to_a_statement_opens_the_group_that_holds_it(visit):
    page = visit(viewport=PHONE).page
    page.goto("/systems/jaki/")
    hidden = page.locator("details.group article").last
    anchor = hidden.get_attribute("id")
    expect(hidden).not_to_be_visible()
    page.goto(f"/systems/jaki/v/1/#{anchor}")
    expect(page.locator(f"[id='{anchor}']")).to_be_in_viewport()
