"""A scan in a real browser: what the machine misread is put right beside the image of its page, and kept by name."""

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from playwright.sync_api import Browser, expect

from sources.intake import queue
from sources.intake.forms import KeepForm
from sources.models import Capture
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_reader import PASSWORD, curator  # noqa: F401 - a fixture
from tests.factories import make_source

pytestmark = pytest.mark.browser
SCAN = Path(__file__).parent.parent / "second_corpus/files/06-surat-sanggahan-scan.pdf"


@pytest.fixture
def scan(curator: Any, settings: Any, tmp_path: Path) -> Capture:  # noqa: F811
    settings.CASEDB_FILES_DIR = tmp_path / "files"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    incoming = queue.bring_in(SimpleUploadedFile(SCAN.name, SCAN.read_bytes()), curator)
    queue.read(incoming)
    incoming.refresh_from_db()
    return queue.keep(incoming, make_source(title="Surat sanggahan"), KeepForm(incoming).readings[0], [])


@pytest.mark.parametrize(("screen", "locale"), [(DESKTOP, "en-GB"), (PHONE, "id-ID")])
def test_a_misreading_is_put_right_beside_the_image_of_its_page(
    browser: Browser, live_server: Any, scan: Capture, screen: Any, locale: str
) -> None:
    context = browser.new_context(base_url=live_server.url, viewport=screen, locale=locale)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto(f"{reverse('admin:login')}?next={reverse('admin:sources_capture_read', args=[scan.pk])}")
    page.locator("#id_username").fill("a-curator")
    page.locator("#id_password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.locator(f"a[href$='/capture/{scan.pk}/correct/']").click()
    expect(page.locator(".correct-panes img").first).to_be_visible()
    field = page.locator("textarea[name=text]")
    words = field.input_value().split()
    misread = next(word for word in words if len(word) > 7 and words.count(word) == 1)
    field.fill(field.input_value().replace(misread, f"{misread}lah"))
    page.locator("input[name=look]").click()
    expect(page.locator("ins")).to_have_text(f"{misread}lah".strip(".,"), use_inner_text=True)
    assert complaints == []
    assert Axe().run(page).response["violations"] == []
    complaints.clear()  # the checker itself sets styles
    page.locator("input[name=keep]").click()
    expect(page.locator("#reader_text")).to_contain_text(f"{misread}lah")
    made = Capture.objects.exclude(pk=scan.pk).get()
    assert (made.corrects_id, made.corrected_by) == (scan.pk, "a-curator")
    page.goto(f"/admin/sources/capture/{made.pk}/change/", wait_until="networkidle")
    expect(page.locator(".field-corrected")).to_contain_text(f"{misread} → {misread}lah".replace(",", ""))
    context.close()
    assert complaints == []
