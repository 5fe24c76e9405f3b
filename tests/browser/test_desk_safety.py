"""What two browsers, the back button, a double click and a lost session do to what is typed: nothing is lost."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Page, expect

from cases.admin.groups import CURATORS, REVIEWERS
from cases.models import Case, Claim
from sources.models import Capture
from tests.browser.conftest import log_in_again
from tests.factories import make_capture, make_case, make_source

pytestmark = pytest.mark.browser
TEXT = "Halaman satu. Taman kota itu luas dan terang. Warga memakainya setiap hari."
WORDS = "Taman kota itu luas dan terang."
SENTENCE = "One plain sentence"


@pytest.fixture
def case(live_server: Any, settings: Any, tmp_path: Path) -> Case:
    settings.CASEDB_DESK_INDEX_DIR = tmp_path / "names"
    return make_case("Papan digital")


@pytest.fixture
def capture(live_server: Any) -> Capture:
    return make_capture(make_source(title="Catatan taman"), TEXT)


def save(page: Page) -> None:
    page.get_by_role("button", name="Save and continue editing").click()


def edit(page: Page, address: str, label: str, text: str) -> Any:
    page.goto(address)
    box = page.get_by_label(label, exact=True)
    box.fill(text)
    return box


@pytest.mark.parametrize("takes_theirs", [True, False], ids=["theirs", "her own"])
@pytest.mark.parametrize("edited", ["claim", "source"])
def test_two_browsers_edit_one_row_and_the_later_takes_either_text(desk, case, edited, takes_theirs):
    if edited == "claim":
        row: Any = case.claims.first()
        address, label, field = f"/admin/cases/claim/{row.pk}/change/", "Statement (English):", "statement_en"
    else:
        row = make_source(title="Catatan taman")
        address, label, field = f"/admin/sources/source/{row.pk}/change/", "Title:", "title"
    first, second = desk("a-curator", CURATORS), desk("a-reviewer", REVIEWERS)
    edit(first, address, label, "Her text")
    edit(second, address, label, "His text")
    save(second)
    expect(second.locator(".success")).to_contain_text("was changed successfully")
    save(first)
    both = first.locator("#differences")
    expect(both).to_contain_text("Her text")
    expect(both).to_contain_text("His text")
    row.refresh_from_db()
    assert getattr(row, field) == "His text", "nothing is saved before she has chosen"
    first.get_by_label("What stands now: His text" if takes_theirs else "Yours: Her text").check()
    save(first)
    expect(first.locator("#differences")).to_have_count(0)
    row.refresh_from_db()
    assert getattr(row, field) == ("His text" if takes_theirs else "Her text")


def test_the_back_button_after_a_save_undoes_nothing(desk, case):
    page = desk("a-curator", CURATORS)
    change = f"/admin/cases/case/{case.pk}/change/"
    edit(page, change, "Title (English):", "Saved first")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".success")).to_contain_text("was changed successfully")
    Case.objects.filter(pk=case.pk).update(title_en="Changed meanwhile")
    page.go_back()
    page.get_by_label("Title (English):", exact=True).fill("Typed after going back")
    save(page)
    expect(page.locator("#differences, .success").first).to_be_visible()
    case.refresh_from_db()
    if page.locator("#differences").count():
        assert case.title_en == "Changed meanwhile"
    else:  # the browser asked for the page again, and showed what stands
        assert case.title_en == "Typed after going back"


def open_claim(page: Page, capture: Capture, case: Case) -> None:
    """The form of a description on the words, filled but for its sentence."""
    start = TEXT.index(WORDS)
    address = reverse("admin:sources_capture_claim", args=[capture.pk])
    page.goto(f"{address}?start={start}&end={start + len(WORDS)}&kind=description")
    page.get_by_label("It is about", exact=True).fill(case.title_en)
    page.get_by_role("option", name=case.title_en).first.click()
    page.get_by_label("said flatly").check()
    checked(page)


def checked(page: Page) -> None:
    """Wait until the server has told what speaks against the form: all threads of a test share one transaction."""
    expect(page.locator("#claim_check .blocked, #claim_check .clear")).to_be_visible()
    page.wait_for_load_state("networkidle")


def written(case: Case) -> list[str]:
    return [*Claim.objects.filter(subject=case, citations__excerpt__exact=WORDS).values_list("statement_id", flat=True)]


def test_a_double_click_on_save_makes_one_claim(desk, case, capture):
    page = desk("a-curator", CURATORS)
    open_claim(page, capture, case)
    page.get_by_label(SENTENCE).fill("Taman itu luas.")
    page.get_by_role("button", name="Save Ctrl Enter").dblclick()
    expect(page.locator(".success")).to_contain_text("Saved:")
    assert written(case) == ["Taman itu luas."]
    expect(page.locator("#unsaved")).to_have_count(0)


def test_the_back_button_after_a_claim_is_saved_writes_nothing_twice(desk, case, capture):
    page = desk("a-curator", CURATORS)
    open_claim(page, capture, case)
    page.get_by_label(SENTENCE).fill("Taman itu luas.")
    form = page.locator("#claim_form").evaluate("form => [...new FormData(form)]")
    page.get_by_role("button", name="Save Ctrl Enter").click()
    expect(page.locator(".success")).to_contain_text("Saved:")
    page.go_back()
    expect(page.locator("#claim_form")).to_be_visible()
    # as a browser does that shows the form of before, with all that was typed
    page.evaluate(
        """pairs => {
          const form = document.querySelector("#claim_form");
          const token = form.elements.csrfmiddlewaretoken.value;
          form.replaceChildren(...pairs.map(([name, value]) => Object.assign(document.createElement("input"),
            { type: "hidden", name, value: name === "csrfmiddlewaretoken" ? token : value })));
          form.submit();
        }""",
        form,
    )
    expect(page.locator(".messagelist")).to_contain_text("Nothing was written twice")
    assert written(case) == ["Taman itu luas."]


def test_a_session_that_is_lost_at_save_loses_no_claim(desk, case, capture):
    page = desk("a-curator", CURATORS)
    open_claim(page, capture, case)
    page.wait_for_timeout(1000)  # what was chosen is checked
    page.wait_for_load_state("networkidle")
    Session.objects.all().delete()
    page.get_by_label(SENTENCE).fill("Taman itu luas.")
    page.get_by_role("button", name="Save Ctrl Enter").click()
    log_in_again(page, "a-curator")
    expect(page.locator("#unsaved")).to_contain_text("You have unsaved text of")
    page.get_by_role("button", name="Take it up").click()
    expect(page.get_by_label(SENTENCE)).to_have_value("Taman itu luas.")
    expect(page.get_by_label("It is about", exact=True)).to_have_value(case.title_en)
    checked(page)
    assert written(case) == []
    page.get_by_role("button", name="Save Ctrl Enter").click()
    expect(page.locator(".success")).to_contain_text("Saved:")
    assert written(case) == ["Taman itu luas."]


def test_a_session_that_is_lost_at_save_loses_no_change(desk, case):
    page = desk("a-curator", CURATORS)
    change = f"/admin/cases/case/{case.pk}/change/"
    edit(page, change, "Title (English):", "Typed before the session was lost")
    Session.objects.all().delete()
    save(page)
    log_in_again(page, "a-curator")
    page.get_by_role("button", name="Take it up").click()
    expect(page.get_by_label("Title (English):", exact=True)).to_have_value("Typed before the session was lost")
    save(page)
    expect(page.locator(".success")).to_contain_text("was changed successfully")
    case.refresh_from_db()
    assert case.title_en == "Typed before the session was lost"


def test_what_was_sent_is_not_offered_to_somebody_else(desk, case):
    page = desk("a-curator", CURATORS)
    desk("a-reviewer", REVIEWERS)
    change = f"/admin/cases/case/{case.pk}/change/"
    edit(page, change, "Title (English):", "Hers alone")
    Session.objects.all().delete()
    save(page)
    log_in_again(page, "a-reviewer")
    expect(page.get_by_label("Title (English):", exact=True)).to_have_value(case.title_en)
    expect(page.locator("#unsaved")).to_have_count(0)
