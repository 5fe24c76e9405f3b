"""An embed in the page of another site."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from cases.models import RecordClaim
from tests.browser.conftest import PHONE

pytestmark = pytest.mark.browser


@pytest.fixture
def newsroom() -> Iterator[tuple[str, dict[str, str]]]:
    """A site of another origin, and the pages that it serves."""
    pages: dict[str, str] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(pages.get(self.path, "").encode())

        def log_message(self, *_args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}", pages
    server.shutdown()
    server.server_close()


def embeds() -> list[str]:
    claim = RecordClaim.objects.current().filter(kind="tie", standing="potential")[0]
    words = claim.record.links.filter(claim_id=claim.object_id, part="excerpt")[0].target
    return [f"/claims/{claim.object_id}/", f"/excerpts/{words}/"]


def test_a_statement_opens_in_the_frame_of_another_site_and_its_links_leave_the_frame(browser, site, newsroom):
    other, pages = newsroom
    page = browser.new_page(viewport=PHONE)
    for path in embeds():
        page.goto(f"{site}/en{path}")
        page.get_by_text("Embed in another site").click()
        pages["/"] = f"<title>News</title>{page.locator('#embed code').inner_text()}"
        page.goto(other)
        frame = page.frame_locator("iframe")
        expect(frame.get_by_text("suggested as possible").first).to_be_visible()
        expect(frame.get_by_text("terkait program dari Bandung").first).to_be_visible()
        with page.context.expect_page() as opened:
            frame.get_by_role("link", name="in CaseDB").click()
        expect(opened.value).to_have_url(f"{site}/en{path}")
        opened.value.close()
    pages["/"] = f'<title>News</title><iframe src="{site}/en{embeds()[0]}"></iframe>'
    page.goto(other)
    expect(page.frame_locator("iframe").get_by_role("heading", level=1)).to_have_count(0)
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_embed_breaks_no_rule_of_accessibility_and_is_as_narrow_as_its_frame(visit, scheme):
    page = visit(viewport={"width": 280, "height": 400}, color_scheme=scheme).page
    for path in embeds():
        for language in ("", "/en"):
            page.goto(f"{language}{path}embed/")
            result = Axe().run(page)
            assert result.violations_count == 0, result.generate_report()
            assert page.evaluate("document.documentElement.scrollWidth") <= 280
