"""The reader in a real browser, on a ruling that was really taken in: words are selected and become claims."""

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from cases.admin.groups import CURATORS, desk_groups
from cases.models import Case, Claim, ReadingPlace
from sources.intake import queue
from sources.intake.forms import KeepForm
from sources.models import Capture
from tests.browser.conftest import DESKTOP, PHONE
from tests.factories import make_actor, make_source

pytestmark = pytest.mark.browser
expect.set_options(timeout=20_000)
RULING = Path(__file__).parent.parent / "second_corpus/files/01-putusan-12-pid-sus-tpk-2031-pn-mrw.pdf"
PASSWORD = "a passphrase for this test only"
PENALTY = (
    "Menghukum Terdakwa membayar uang pengganti sebesar Rp684.500.000,00 "
    "(enam ratus delapan puluh empat juta lima ratus ribu rupiah)"
)


@pytest.fixture
def curator(transactional_db: None) -> User:
    user = User.objects.create_user("a-curator", password=PASSWORD, is_staff=True)
    user.groups.set([desk_groups()[CURATORS]])
    return user


@pytest.fixture
def ruling(curator: User, settings: Any, tmp_path: Path) -> Capture:
    settings.CASEDB_FILES_DIR = tmp_path / "files"
    settings.CASEDB_DESK_INDEX_DIR = tmp_path / "names"
    incoming = queue.bring_in(SimpleUploadedFile(RULING.name, RULING.read_bytes()), curator)
    queue.read(incoming)
    incoming.refresh_from_db()
    source = make_source(source_kind="court_ruling", title="Putusan 12/Pid.Sus-TPK/2031/PN Mrw")
    return queue.keep(incoming, source, KeepForm(incoming).readings[0], [])


@pytest.fixture
def reader(browser: Browser, live_server: Any, ruling: Capture, settings: Any) -> Any:
    """`reader(**options)` opens the ruling as the curator; what the browser complains about is collected."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    complaints: list[str] = []
    contexts = []

    def open_reader(**options: Any) -> Page:
        contexts.append(browser.new_context(base_url=live_server.url, **{"locale": "en-GB"} | options))
        page: Page = contexts[-1].new_page()
        page.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(reverse("admin:login") + "?next=" + reverse("admin:sources_capture_read", args=[ruling.pk]))
        page.locator("#id_username").fill("a-curator")
        page.locator("#id_password").fill(PASSWORD)
        page.keyboard.press("Enter")
        expect(page.locator("#reader_text")).to_be_visible()
        return page

    yield open_reader
    for context in contexts:
        for page in context.pages:
            page.wait_for_timeout(500)  # what was just asked of the server is answered while its database is there
        context.close()
    assert complaints == []


# Puts the caret before some words, or returns where they begin and end on the screen
FIND = """words => {
  const text = document.querySelector("#reader_text");
  const pages = [...text.querySelectorAll(".reader-page")];
  const flat = string => string.replace(/\\s+/g, " ");
  for (const page of pages) {
    const walk = document.createTreeWalker(page, NodeFilter.SHOW_TEXT);
    const places = [];
    let all = "";
    for (let node = walk.nextNode(); node; node = walk.nextNode())
      for (let at = 0; at < node.data.length; at += 1) {
        const sign = /\\s/.test(node.data[at]) ? " " : node.data[at];
        if (sign === " " && all.endsWith(" ")) continue;
        all += sign; places.push([node, at]);
      }
    const start = all.indexOf(flat(words));
    if (start < 0) continue;
    const [first, last] = [places[start], places[start + flat(words).length - 1]];
    const range = document.createRange();
    range.setStart(...first);
    range.setEnd(last[0], last[1] + 1);
    first[0].parentElement.scrollIntoView({ block: "center" });
    text.focus();
    getSelection().collapse(...first);
    const rects = [...range.getClientRects()].filter(rect => rect.width > 1);
    text.scrollTop += rects[0].top - text.getBoundingClientRect().top - 100;
    const now = [...range.getClientRects()].filter(rect => rect.width > 1);
    const [from, to] = [now[0], now.at(-1)];
    return [from.left + 1, from.top + from.height / 2, to.right - 1, to.top + to.height / 2, flat(words).length];
  }
}"""


def drag_over(page: Page, words: str) -> None:
    left, top, right, bottom, _length = page.evaluate(FIND, words)
    page.mouse.move(left, top)
    page.mouse.down()
    page.mouse.move(right, bottom, steps=5)
    page.mouse.up()


def select_by_keys(page: Page, words: str) -> None:
    """Set the caret before the words, and go over them with Shift and the arrow; then Enter."""
    length = page.evaluate(FIND, words)[4]
    for _character in range(length):
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")


def choose(page: Page, box: str, name: str) -> None:
    page.get_by_label(box, exact=True).fill(name)
    option = page.get_by_role("option", name=name)
    expect(option).to_have_count(1)
    option.click()


def quotation(page: Page) -> str:
    expect(page.locator("#quotation")).to_be_visible()
    return " ".join(page.locator("#quotation").inner_text().split())


def test_words_selected_by_mouse_become_a_penalty(reader, ruling):
    case = Case.objects.create(slug="papan", title_id="Papan digital", title_en="Digital boards")
    make_actor("Baskoro Wirasenda", actor_kind="person")
    page = reader(viewport=DESKTOP)
    drag_over(page, PENALTY)
    assert quotation(page) == PENALTY
    expect(page.locator(".kinds [aria-current]")).to_have_text("penalty")
    choose(page, "It is about", "Digital boards")
    page.get_by_label("One plain sentence").fill("Baskoro Wirasenda dihukum membayar uang pengganti Rp684.500.000.")
    page.get_by_label("on record in the ruling").check()
    expect(page.get_by_label("Kind of penalty")).to_have_value("compensation")
    expect(page.get_by_label("Currency", exact=True)).to_have_value("IDR")
    page.get_by_label("Amount", exact=True).fill("684,5 juta")
    choose(page, "Defendant", "Baskoro Wirasenda")
    expect(page.locator("#claim_check")).to_contain_text("It can be saved as a draft.")
    expect(page.locator('[data-for="id_n-amount"]')).to_contain_text("684,500,000")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".success")).to_contain_text("Saved:")
    claim = Claim.objects.get(subject=case)
    assert (claim.penalty.amount, claim.penalty.as_stated) == ("684500000", "Rp684.500.000,00")
    assert " ".join(claim.citations.get().excerpt.exact.split()) == PENALTY
    assert claim.statement_is_proposed is False


TRANSFER = (
    "saksi melihat saksi Marlina menyerahkan tas kertas berwarna cokelat kepada Terdakwa, dan bahwa di dalam mobil "
    "Terdakwa menghitung isinya sejumlah Rp250.000.000,00"
)


def test_a_transfer_of_a_known_case_and_known_actors_takes_at_most_ten_entries(reader, ruling):
    """An entry is a drag, a key or click, a typed field, or a pick."""
    Case.objects.create(slug="papan", title_id="Papan digital", title_en="Digital boards")
    defendant = make_actor("Baskoro Wirasenda", actor_kind="person")
    make_actor("Marlina Tjokrowati", actor_kind="person")
    ruling.source.names.create(words="Terdakwa", who=defendant, reason="Identitas Terdakwa pada halaman 1")
    page = reader(viewport=DESKTOP)
    entries = 0
    drag_over(page, TRANSFER)
    assert quotation(page) == TRANSFER
    entries += 1
    if page.locator(".kinds [aria-current]").inner_text() != "transfer":
        page.locator(".kinds a", has_text="transfer").first.click()
        expect(page.locator(".kinds [aria-current]")).to_have_text("transfer")
        entries += 1
    choose(page, "It is about", "Digital boards")
    entries += 2
    page.get_by_label("One plain sentence").fill(
        "Saksi melihat Marlina menyerahkan tas kertas kepada Baskoro Wirasenda, yang menghitung isinya Rp250.000.000."
    )
    entries += 1
    for box, name in (("Payer", "Marlina Tjokrowati"), ("Recipient", "Baskoro Wirasenda")):
        row = page.locator(".party", has=page.get_by_label(box, exact=True))
        offered = row.get_by_role("button", name=name)
        if offered.is_visible():
            offered.click()
            entries += 1
        elif page.get_by_label(box, exact=True).input_value() != name:
            choose(page, box, name)
            entries += 2
    for label, reason in (("nature", "not_in_source"), ("date", "not_in_source")):
        gap = page.get_by_label(f"Why “{label}” is empty")
        if gap.is_visible():
            gap.select_option(reason)
            entries += 1
    expect(page.locator("#claim_check")).to_contain_text("Nothing stands against publishing it.")
    page.keyboard.press("Control+Enter")
    entries += 1
    expect(page.locator(".success")).to_contain_text("Saved:")
    claim = Claim.objects.get(kind="transfer")
    assert (claim.transfer.amount, claim.transfer.currency) == ("250000000", "IDR")
    assert {party.part for party in claim.parties.all()} == {"payer", "recipient"}
    assert entries <= 10, entries


def test_words_are_selected_and_saved_by_keys_alone(reader, ruling):
    page = reader(viewport=DESKTOP)
    words = "Membebankan kepada Terdakwa membayar biaya perkara"
    select_by_keys(page, words)
    assert quotation(page) == words
    page.keyboard.press("Enter")  # in the box for the sentence it is a line end, and nothing is sent
    page.get_by_label("It is about", exact=True).focus()
    page.keyboard.type("Tidak ada yang bernama ini")
    page.keyboard.press("Enter")
    expect(page.locator("#claim_form")).to_be_visible()
    assert not Claim.objects.exists()
    page.keyboard.press("Escape")
    expect(page.locator("#reader_text")).to_be_focused()


def test_a_second_passage_keeps_what_was_typed(reader):
    page = reader(viewport=DESKTOP)
    drag_over(page, "Menetapkan Terdakwa tetap ditahan")
    page.get_by_label("One plain sentence").fill("Terdakwa tetap ditahan.")
    page.evaluate(FIND, "uang tunai sejumlah")
    for _character in range(len("uang tunai sejumlah")):
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("+")
    expect(page.locator("#quotation")).to_contain_text("[…] uang tunai sejumlah")
    expect(page.get_by_label("One plain sentence")).to_have_value("Terdakwa tetap ditahan.")


def test_the_place_is_kept_and_the_reader_opens_there_again(reader, curator):
    page = reader(viewport=DESKTOP)
    with page.expect_response(lambda response: response.status == 204 and response.url.endswith("/place/")):
        page.get_by_label("Page", exact=True).select_option("5")
    assert ReadingPlace.objects.get(by=curator).page == 5
    page.reload()
    expect(page.get_by_label("Page", exact=True)).to_have_value("5")


def test_what_is_typed_survives_a_lost_session(reader, ruling):
    page = reader(viewport=DESKTOP)
    page.on("dialog", lambda dialog: dialog.accept())
    drag_over(page, "Menetapkan Terdakwa tetap ditahan")
    with page.expect_response(lambda response: "tetap ditahan." in (response.request.post_data or "")):
        page.get_by_label("One plain sentence").fill("Terdakwa tetap ditahan.")
    page.context.clear_cookies()
    page.goto(reverse("admin:sources_capture_claim", args=[ruling.pk]))
    page.locator("#id_username").fill("a-curator")
    page.locator("#id_password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Take it up").click()
    expect(page.get_by_label("One plain sentence")).to_have_value("Terdakwa tetap ditahan.")


@pytest.mark.parametrize("options", [{"viewport": DESKTOP}, {"viewport": PHONE}], ids=["desktop", "phone"])
def test_the_reader_has_no_accessibility_faults(reader, options):
    page = reader(**options)
    drag_over(page, "Menetapkan Terdakwa tetap ditahan")
    expect(page.locator("#claim_check")).to_contain_text("against publishing")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing stands outside the window"
