"""The printed sheet: one page of A4 that can be read at one metre, in black and white, with a code."""

import io
import re

import pypdfium2
import pytest

from tests.browser.conftest import DESKTOP, PHONE
from tests.public.conftest import CASE

pytestmark = pytest.mark.browser

PATHS = (CASE, "/collaborations/bekasi-telkom-smart-city/", "/actors/yana-mulyana/")
# The smallest type of each part, in points
POINTS = {"h1": 24, ".statement": 16, "blockquote p": 14, "*": 11}
SIZES = """all => all.filter(each => each.checkVisibility()
        && [...each.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
    .map(each => parseFloat(getComputedStyle(each).fontSize) * .75)"""
COLOURS = """all => [...new Set(all.map(each => getComputedStyle(each)).flatMap(of => [of.color, of.borderColor]))]
    .flatMap(each => each.match(/rgba?\\([^)]*\\)/g) || [])"""


@pytest.mark.parametrize("language", ["", "/en"], ids=["id", "en"])
def test_a_sheet_is_one_page_of_a4_to_be_read_at_one_metre_in_black_and_white(visit, language):
    page = visit(viewport=DESKTOP, color_scheme="dark").page
    for path in PATHS:
        page.goto(f"{language}{path}v/1/sheet/")
        assert page.locator("img.qr").evaluate("each => each.complete && each.naturalWidth") > 0
        paper = pypdfium2.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True)))
        assert len(paper) == 1, path
        assert [round(side) for side in paper[0].get_size()] == [595, 842], path
        page.emulate_media(media="print")
        for selector, points in POINTS.items():
            sizes = page.eval_on_selector_all(f"main {selector}", SIZES)
            assert min(sizes) >= points - 0.01, (path, selector)
        colours = page.eval_on_selector_all("main, main *", COLOURS)
        assert [colour for colour in colours if len(set(re.findall(r"\d+", colour)[:3])) > 1] == []
        page.emulate_media(media="null")


def test_it_is_one_tap_from_the_page_and_fits_a_phone(visit):
    page = visit(viewport=PHONE).page
    for path in PATHS:
        page.goto(path)
        page.locator(".do").get_by_role("link", name="Cetak").click()
        page.wait_for_url("**/v/1/sheet/")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
        assert page.locator(".address").inner_text().endswith(path)
