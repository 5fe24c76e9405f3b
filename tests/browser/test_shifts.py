"""Nothing that was shown moves while a page opens, on a slow line too, and a page asks for little."""

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.request import Request, urlopen

import pytest

from tests.browser.conftest import DESKTOP, PHONE
from tests.public.conftest import CASE, one_of_each

pytestmark = pytest.mark.browser

# Chromium also tells of a space that ended a line while the rest of it was under way; nobody sees that.
SHIFTS = """() => new Promise(resolve => {
    const moved = [], seen = each => each.node && (each.node.nodeType !== 3 || each.node.textContent.trim());
    new PerformanceObserver(list => {
        for (const entry of list.getEntries())
            for (const each of entry.sources.filter(seen))
                moved.push([(each.node.outerHTML || each.node.textContent).slice(0, 120),
                    JSON.stringify(each.previousRect), JSON.stringify(each.currentRect)].join(" "));
    }).observe({type: "layout-shift", buffered: true});
    setTimeout(() => resolve(moved), 100);
})"""
PIECE, PAUSE = 400, 0.03  # bytes, seconds: about 13 kB/s
FORMS = ["/", "/cases/", "/actors/", "/search/?q=telkom", "/compare/", "/report/", CASE]


def test_nothing_moves_while_a_page_opens_and_little_is_asked_for(visit):
    opened = visit(viewport=PHONE)
    page, asked = opened.page, []
    page.on("request", lambda request: asked.append(request.url))
    for path in one_of_each():
        asked.clear()
        page.goto(path, wait_until="networkidle")
        assert page.evaluate(SHIFTS) == [], path
        assert len([url for url in asked if not url.startswith("data:")]) <= 6, (path, asked)


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_nothing_moves_when_a_page_arrives_in_pieces(browser, slow_site, size):
    page = browser.new_context(base_url=slow_site, viewport=size).new_page()
    for path in FORMS:
        page.goto(path, wait_until="networkidle")
        assert page.evaluate(SHIFTS) == [], path
    page.context.close()


def test_a_badge_is_as_high_before_its_word_arrives(visit):
    page = visit(viewport=PHONE).page
    page.goto(CASE)
    full, empty = page.evaluate("""() => {
        const badge = document.querySelector(".standing"), height = () => badge.getBoundingClientRect().height;
        const full = height();
        badge.textContent = "";
        return [full, height()];
    }""")
    assert empty == full


@pytest.fixture
def slow_site(site: str) -> Iterator[str]:
    """The address of the site behind a line that lets each page through in small pieces."""

    class Line(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            with urlopen(Request(site + self.path)) as answer:
                body = answer.read()
                self.send_response(answer.status)
                self.send_header("Content-Type", answer.headers["Content-Type"])
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            piece, pause = (PIECE, PAUSE) if b"<!DOCTYPE html>" in body[:20] else (len(body), 0)
            for start in range(0, len(body), piece):
                self.wfile.write(body[start : start + piece])
                self.wfile.flush()
                time.sleep(pause)

        def log_message(self, *_: object) -> None:
            """Nothing is written of each request."""

    with ThreadingHTTPServer(("localhost", 0), Line) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()
