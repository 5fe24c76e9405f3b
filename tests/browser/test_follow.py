"""A reader follows a case by e-mail and ends it in a real browser: with and without script, on phone and desktop."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import expect

from cases.models import Subscription
from tests.browser.conftest import DESKTOP, PHONE
from tests.public.conftest import CASE

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def _nobody_has_asked_yet():
    cache.clear()


@pytest.fixture
def reader(browser, site, settings):
    """A browser of one's own. The form sets a cookie, so it is not held to having none."""
    settings.CASEDB_SITE_URL = site
    contexts = []

    def opened(**options):
        contexts.append(browser.new_context(base_url=site, **options))
        return contexts[-1].new_page()

    yield opened
    for context in contexts:
        context.close()


def check(page, path):
    result = Axe().run(page)
    assert result.violations_count == 0, (path, result.generate_report())
    width = page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width, path


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_a_reader_follows_a_case_and_ends_it(reader, size, script, tmp_path):
    page = reader(viewport=size, java_script_enabled=script)
    page.goto(f"/en{CASE}")
    page.locator("a.follow").first.evaluate("link => link.closest('details')?.setAttribute('open', '')")
    page.locator("a.follow").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Follow what changes")
    expect(page.get_by_label("Leave this field empty")).not_to_be_in_viewport()
    page.screenshot(path=tmp_path / "follow.png", full_page=True)
    page.get_by_role("button", name="Follow by e-mail").click()
    expect(page.get_by_role("alert")).to_contain_text("Write your e-mail address.")
    page.get_by_label("Your e-mail address").fill("pembaca@contoh.id")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Now open your mail")
    page.goto(re.search(r"http\S+/confirm/\S+", mail.outbox[0].body)[0])
    assert Subscription.objects.get().confirmed_at is None
    page.get_by_role("button", name="Yes, write to me").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You follow this now")
    assert Subscription.objects.get().confirmed_at
    page.goto(re.search(r"http\S+/end/\S+", mail.outbox[0].body)[0])
    page.get_by_role("button", name="End them and erase my address").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("No more mails")
    assert not Subscription.objects.exists()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["", "/en"], ids=["id", "en"])
def test_its_pages_break_no_rule_and_fit_a_narrow_window(reader, language, scheme):
    page = reader(viewport={"width": 320, "height": 740}, color_scheme=scheme)
    page.goto(f"{language}/follow/?of={CASE}")
    check(page, "form")
    page.locator("form.report button").click()
    expect(page.get_by_role("alert")).to_be_visible()
    check(page, "refused")
    page.locator("[name=address]").fill("pembaca@contoh.id")
    page.locator("form.report button").click()
    page.wait_for_url("**/asked/")
    check(page, "asked")
    for kind in ("confirm", "end"):
        page.goto(re.search(rf"http\S+/{kind}/\S+", mail.outbox[0].body)[0])
        check(page, kind)
        page.locator("form.report button").click()
        expect(page.locator("form.report")).to_have_count(0)
        check(page, f"{kind} done")
    page.reload()
    page.goto(page.url)
    check(page, "unknown")
