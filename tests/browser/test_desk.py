"""The desk in a real browser: two people log in and publish, and no page complains."""

import time
from base64 import b32decode

import pytest
from django_otp.oath import TOTP
from playwright.sync_api import expect

from cases.admin.groups import CURATORS, REVIEWERS
from cases.models import Case
from cases.record.lookup import find_document
from sources.models import Source
from tests.browser.conftest import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("site")]


def test_a_reviewer_sets_up_a_second_factor(desk, settings):
    page = desk("a-reviewer", REVIEWERS)
    settings.DEVELOPMENT = False
    page.goto("/admin/cases/case/")
    picture = page.get_by_alt_text("QR code for the authenticator app")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.naturalWidth") > 100
    totp = TOTP(b32decode(page.locator("code").inner_text()))
    totp.time = time.time()
    page.get_by_label("Code").fill(f"{totp.token():06d}")
    page.get_by_role("button", name="Set up").click()
    expect(page.locator("li code")).to_have_count(10)
    backup = page.locator("li code").first.inner_text()
    page.get_by_role("link", name="I have written them down").click()
    page.get_by_role("button", name="Log out").click()
    page.goto("/admin/")
    page.get_by_label("Username").fill("a-reviewer")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.get_by_label("Code").fill(backup)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="The desk")).to_be_visible()


def test_two_people_publish_a_correction(desk):
    case = Case.objects.get(slug="cctv-dan-jasa-internet-bandung-smart-city")
    change = f"/admin/cases/case/{case.pk}/change/"
    page = desk("a-curator", CURATORS)
    page.goto(change)
    page.get_by_label("Title (English)").fill("CCTV and internet in Bandung")
    page.get_by_role("button", name="Save and continue editing").click()
    page.get_by_role("link", name="Submit for publication").click()
    page.get_by_label("Public reason (Indonesian)").fill("Judul diperjelas")
    page.get_by_label("Public reason (English)").fill("A clearer title")
    page.get_by_role("button", name="Submit", exact=True).click()
    expect(page.get_by_text("Waiting for a second person")).to_be_visible()
    request = page.url

    page = desk("a-reviewer", REVIEWERS)
    page.goto(request)
    expect(page.locator("ins")).to_have_text("+   en: CCTV and internet in Bandung")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("published.")).to_be_visible()
    assert find_document("case", case.slug).document.titles.en == "CCTV and internet in Bandung"


def test_an_excerpt_is_chosen_by_its_words_in_a_new_row(desk):
    page = desk("a-curator", CURATORS)
    page.goto(
        f"/admin/cases/claim/{Case.objects.get(slug='cctv-dan-jasa-internet-bandung-smart-city').claims.first().pk}/change/"
    )
    page.get_by_text("Add another Citation").click()
    page.locator("#citations-group .dynamic-citations").last.locator(".select2-selection").click()
    page.keyboard.type("uang tunai")
    option = page.locator(".select2-results__option", has_text="uang tunai").first
    expect(option).to_be_visible()
    option.click()
    expect(page.locator("#citations-group .select2-selection__rendered").last).to_contain_text("uang tunai")


def test_a_source_tells_of_itself_in_words_chosen_in_a_new_row(desk):
    source = Source.objects.filter(captures__excerpts__isnull=False).first()
    page = desk("a-curator", CURATORS)
    page.goto(f"/admin/sources/source/{source.pk}/change/")
    before = page.locator("#statements-group .dynamic-statements").count()
    page.get_by_text("Add another Statement about a source").click()
    row = page.locator(f"#statements-{before}")
    row.get_by_label("Key").fill("something-new")
    row.get_by_label("What it tells").select_option("scope")
    row.get_by_label("Statement (Indonesian)").fill("Hanya satu kota yang diteliti.")
    row.locator(".field-supports .select2-selection").click()
    page.keyboard.type("kota")
    option = page.locator(".select2-results__option", has_text="“").first
    expect(option).to_be_visible()
    option.click()
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    assert source.statements.get(key="something-new").citations.get().relation == "supports"


def test_what_is_typed_survives_a_lost_session_and_leaving_asks_first(desk):
    case = Case.objects.get(slug="cctv-dan-jasa-internet-bandung-smart-city")
    change = f"/admin/cases/case/{case.pk}/change/"
    page = desk("a-curator", CURATORS)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(change)
    with page.expect_response(lambda response: response.status == 204):
        page.get_by_label("Title (English)").press_sequentially("New: ")  # the cursor stands before what is there
    page.context.clear_cookies()
    page.goto(change)
    assert asked == ["beforeunload"]
    page.get_by_label("Username").fill("a-curator")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.locator("#unsaved")).to_contain_text("You have unsaved text of")
    page.get_by_role("button", name="Take it up").click()
    expect(page.get_by_label("Title (English)")).to_have_value(f"New: {case.title_en}")
    page.get_by_role("button", name="Save and continue editing").dblclick()
    expect(page.locator(".success")).to_contain_text("was changed successfully")
    expect(page.locator("#unsaved")).to_have_count(0)
    case.refresh_from_db()
    assert case.title_en.startswith("New: ")


def test_a_form_that_is_only_opened_is_not_kept_as_typed(desk):
    page = desk("a-curator", CURATORS)
    claim = Case.objects.get(slug="cctv-dan-jasa-internet-bandung-smart-city").claims.first()
    posted: list[str] = []
    page.on("request", lambda request: posted.append(request.url) if request.method == "POST" else None)
    page.goto(f"/admin/cases/claim/{claim.pk}/change/", wait_until="networkidle")
    page.wait_for_timeout(2500)  # what is typed is kept after a second and a half
    assert posted == []


def test_two_people_who_edit_one_title_see_both_texts(desk):
    case = Case.objects.get(slug="cctv-dan-jasa-internet-bandung-smart-city")
    change = f"/admin/cases/case/{case.pk}/change/"
    first, second = desk("a-curator", CURATORS), desk("a-reviewer", REVIEWERS)
    for page, title in ((first, "Her title"), (second, "His title")):
        page.goto(change)
        page.get_by_label("Title (English)").fill(title)
    second.get_by_role("button", name="Save and continue editing").click()
    expect(second.locator(".success")).to_contain_text("was changed successfully")
    first.get_by_role("button", name="Save and continue editing").click()
    expect(first.locator("#differences")).to_contain_text("Last changed by a-reviewer")
    expect(first.get_by_label("Title (English)")).to_have_value("Her title")
    first.get_by_label("What stands now: His title").check()
    first.get_by_role("button", name="Save and continue editing").click()
    expect(first.get_by_label("Title (English)")).to_have_value("His title")
