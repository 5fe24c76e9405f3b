"""A reader reports a mistake in a real browser: with and without script, on a phone and on a desktop."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from playwright.sync_api import expect

from cases.models import Submission
from tests.browser.conftest import DESKTOP, PHONE
from tests.public.conftest import CASE

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def _nobody_has_reported_yet():
    cache.clear()


@pytest.fixture
def reader(browser, site):
    """A browser of one's own. The form sets a cookie, so it is not held to having none."""
    contexts = []

    def opened(**options):
        contexts.append(browser.new_context(base_url=site, **options))
        return contexts[-1].new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_a_reader_reports_a_mistake_and_reads_what_becomes_of_it(reader, size, script):
    page = reader(viewport=size, java_script_enabled=script)
    page.goto(f"/en{CASE}")
    assert page.context.cookies() == []
    page.get_by_role("link", name="Report a mistake or send a response").click()
    expect(page.get_by_label("Which page is it about?")).to_have_value(CASE)
    expect(page.get_by_label("Leave this field empty")).not_to_be_in_viewport()
    page.get_by_label("How can we reach you?").fill("saya@contoh.id")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was sent yet")
    expect(page.get_by_label("How can we reach you?")).to_have_value("saya@contoh.id")
    page.get_by_label("A mistake in the record").check()
    page.get_by_label("What is wrong, or what do you want to say?").fill("Angkanya keliru.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your report")
    sent = Submission.objects.get()
    assert (sent.path, sent.kind, sent.contact) == (CASE, "mistake", "saya@contoh.id")
    assert str(sent.reference) in page.url
    Submission.objects.update(state="declined", answer="Sumbernya memang begitu.")
    page.reload()
    expect(page.get_by_text("Sumbernya memang begitu.")).to_be_visible()
    page.get_by_role("link", name="Indonesia", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Laporan Anda")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["", "/en"], ids=["id", "en"])
def test_form_answer_and_error_pages_break_no_rule_and_fit_a_narrow_window(reader, language, scheme):
    page = reader(viewport={"width": 320, "height": 740}, color_scheme=scheme)
    sent = Submission.objects.create(kind="mistake", path=CASE, statement="Salah.", state="declined", answer="Tidak.")
    addresses = ["/report/", f"/report/?about={CASE}", f"/report/{sent.reference}/", "/about/"]
    for path in [*addresses, "/cases/nothing/", "/cases/?nonsense=1", "/report/?about=/nowhere/at/all/", "invalid"]:
        if path == "invalid":
            page.goto(f"{language}/report/")
            page.locator("form.report button").click()
            expect(page.get_by_role("alert")).to_be_visible()
        else:
            page.goto(language + path)
        result = Axe().run(page)
        assert len(result.response["passes"]) > 10
        assert result.violations_count == 0, (path, result.generate_report())
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        small = page.eval_on_selector_all(
            ".report button, .report label.choice",
            "all => all.filter(e => e.getBoundingClientRect().height < 44).length",
        )
        assert small == 0, path


def test_the_form_can_be_sent_by_keyboard_alone_and_the_trap_is_not_on_the_way(reader):
    page = reader(viewport=DESKTOP)
    page.goto("/en/report/")
    page.get_by_label("A mistake in the record").focus()
    page.keyboard.press("Space")
    passed = []
    for _each in range(6):
        page.keyboard.press("Tab")
        passed.append(page.evaluate("document.activeElement.name || document.activeElement.type"))
        if passed[-1] == "statement":
            page.keyboard.type("Angkanya keliru.")
    assert passed == ["path", "statement", "file", "source_url", "contact", "submit"]
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/en/report/[0-9a-f-]{36}/"))


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_somebody_who_is_named_replies_with_a_file_and_gets_a_day_and_a_number(reader, script, tmp_path, settings):
    settings.CASEDB_FILES_DIR = tmp_path / "files"
    letter, web = tmp_path / "surat.pdf", tmp_path / "surat.html"
    letter.write_bytes(b"%PDF-1.4\n")
    web.write_text("<html>")
    page = reader(viewport=PHONE, java_script_enabled=script)
    page.goto(f"/en{CASE}")
    page.locator("#named").get_by_role("link", name="Reply: Yana Mulyana").click()
    expect(page.get_by_role("main")).to_contain_text("You reply as, or for, Yana Mulyana.")
    expect(page.get_by_label("A response: I am")).to_be_checked()
    expect(page.get_by_label("Which page is it about?")).to_have_value(CASE)
    page.get_by_label("What is wrong, or what do you want to say?").fill("Saya membantah.")
    page.get_by_label("A file").set_input_files(web)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("please choose it again")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("You reply as, or for, Yana Mulyana.")
    page.get_by_label("A file").set_input_files(letter)
    page.get_by_role("button", name="Send").click()
    sent = Submission.objects.get()
    assert (sent.kind, sent.who, sent.file_name) == ("response", "yana-mulyana", "surat.pdf")
    expect(page.get_by_text(sent.spoken_number)).to_be_visible()
    expect(page.get_by_text("We answer by")).to_be_visible()
