"""Every page of the desk on which a curator or reviewer works: no fault that axe finds, nothing outside the window."""

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from playwright.sync_api import expect

from cases.admin.groups import REVIEWERS
from cases.models import Case, PublicationItem, PublicationRequest, Submission
from sources.intake import queue
from sources.models import Excerpt
from tests.admin.test_page_images import kept, scan
from tests.browser.conftest import DESKTOP
from tests.factories import make_case
from tests.second_corpus import FOLDER

pytestmark = pytest.mark.browser
SMALL_PHONE = {"width": 360, "height": 640}
RULING = FOLDER / "files/01-putusan-12-pid-sus-tpk-2031-pn-mrw.pdf"
# Axe's own preloading breaks the policy of the page; the empty head of the first column of an inline is the admin's own
RULES = {"preload": False, "rules": {"empty-table-header": {"enabled": False}}}
WORDS = "Menetapkan Terdakwa tetap ditahan"


@pytest.fixture
def case(live_server: Any, settings: Any, tmp_path: Path) -> Case:
    settings.CASEDB_FILES_DIR = tmp_path / "files"
    settings.CASEDB_DESK_INDEX_DIR = tmp_path / "names"
    return make_case("Papan digital")


def pages_of(case: Case, user: Any) -> dict[str, str]:
    """The address of each page, with something on it."""
    ruling, image = kept(RULING.read_bytes()), scan()
    start, words = ruling.text.index(WORDS), "Saksi Melati"
    claim = reverse("admin:sources_capture_claim", args=[ruling.pk])
    doubtful = reverse("admin:sources_capture_claim", args=[image.pk])
    excerpt = Excerpt.objects.filter(capture=case.claims.get().citations.get().excerpt.capture_id).first()
    for name in ("satu.txt", "dua.txt"):
        incoming = queue.bring_in(SimpleUploadedFile(name, f"NIK: 9971041708780003; {name}".encode()), user)
    queue.read(incoming)
    request = PublicationRequest.objects.create(reason_id="Baru", reason_en="New", by=user)
    PublicationItem.objects.create(request=request, subject=case)
    Submission.objects.create(kind="mistake", path="/cases/papan-digital/", statement="Angkanya keliru.")
    return {
        "index": "/admin/",
        "intake": reverse("admin:sources_intake"),
        "incoming": reverse("admin:sources_incoming", args=[incoming.pk]),
        "reader": reverse("admin:sources_capture_read", args=[ruling.pk]),
        "claim": f"{claim}?start={start}&end={start + len(WORDS)}",
        "doubtful": f"{doubtful}?start={image.text.index(words)}&end={image.text.index(words) + len(words)}",
        "excerpt": reverse("admin:sources_excerpt_change", args=[excerpt.pk]),
        "request": reverse("admin:cases_publicationrequest_change", args=[request.pk]),
        "search": reverse("admin:sources_capture_search") + "?q=Terdakwa",
        "submissions": reverse("admin:cases_submission_changelist"),
    }


@pytest.mark.parametrize("size", [SMALL_PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("language", ["id-ID", "en-GB"])
def test_no_page_of_the_desk_breaks_a_rule_of_accessibility(desk, case, django_user_model, language, size):
    page = desk("a-reviewer", REVIEWERS, locale=language, viewport=size)
    found = {}
    for name, path in pages_of(case, django_user_model.objects.get(username="a-reviewer")).items():
        page.goto(path, wait_until="networkidle")  # no image is still being drawn when the page is left
        if name in ("claim", "doubtful"):
            expect(page.locator("#claim_check .blocked, #claim_check .clear")).to_be_visible()
        page.eval_on_selector_all("details", "all => all.forEach(each => { each.open = true })")
        result = Axe().run(page, options=RULES)
        assert len(result.response["passes"]) > 10  # it did look
        if result.violations_count:
            found[name] = result.generate_report()
        if (width := page.evaluate("document.documentElement.scrollWidth")) > size["width"]:
            found[f"{name}, width"] = str(width)
    assert found == {}, "\n".join(f"{name}: {report}" for name, report in found.items())
