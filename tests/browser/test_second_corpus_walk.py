"""From a file on the table to a saved claim, in a real browser: six kinds of document of the second corpus.

A curator chooses the file, keeps one reading of it, types words of it in the reader, and fills in what they need.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import Locator, Page, expect

from cases.admin.groups import CURATORS
from cases.models import Actor, Claim
from sources.models import Capture, Excerpt, PageCheck
from tests import second_corpus
from tests.browser.conftest import DESKTOP
from tests.factories import make_actor, make_case

pytestmark = pytest.mark.browser
expect.set_options(timeout=20_000)
CASE = "Papan informasi digital"


@cache
def dossier(path: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((second_corpus.DOSSIERS / f"{path}.yaml").read_text(encoding="utf-8"))
    return found


@dataclass(frozen=True)
class Walk:
    """One fact of the key in one of its documents, entered by a curator who reads the desk in one language."""

    fact: str
    locale: str
    entries: int
    reading: int = 0

    @property
    def file(self) -> Path:
        return second_corpus.FOLDER / "files" / second_corpus.facts()[self.fact]["file"]

    @property
    def quote(self) -> str:
        return str(second_corpus.facts()[self.fact]["quote"])

    @property
    def claim(self) -> dict[str, Any]:
        """The claim that the dossiers make of the fact."""
        [path] = second_corpus.PATHS[self.fact]
        folder, _slash, key = path.rpartition("/")
        return next(each for each in dossier(folder)["claims"] if each["key"] == key)

    @property
    def is_scan(self) -> bool:
        return "scan" in self.file.name

    @property
    def source(self) -> dict[str, Any]:
        """What the dossiers say of the document."""
        return dossier(f"sources/{self.claim['cites'][0]['source']}")

    @property
    def before(self) -> list[str]:
        """The words just before the quote, in the text of the corpus."""
        [text] = second_corpus.TEXTS.glob(f"{self.file.stem.removesuffix('-scan')}*")
        return words_before(text.read_text(encoding="utf-8"), self.claim["cites"][0]["at"])


def words_before(text: str, at: int) -> list[str]:
    return re.findall(r"\w+", text[:at])[-3:]


# With how many entries each may take, from the words to the saved claim
WALKS = {
    "press release (DOCX)": Walk("A-059", "en-GB", 13),
    "news page (HTML)": Walk("A-054", "id-ID", 16, reading=1),
    "letter (scan)": Walk("A-062", "en-GB", 12),
    "list of contracts (CSV)": Walk("A-064", "id-ID", 13),
    "brief (English PDF)": Walk("A-065", "en-GB", 14),
    "tender page (HTML)": Walk("A-051", "id-ID", 11),
}


class Hand:
    """What a curator does on the page, counted: each field that is filled, pick, click and key."""

    def __init__(self, page: Page) -> None:
        self.page, self.entries = page, 0

    def fill(self, box: Locator, text: str) -> None:
        if box.input_value() != text:
            box.fill(text)
            self.entries += 1

    def select(self, box: Locator, value: str) -> None:
        if box.input_value() != value:
            box.select_option(value)
            self.entries += 1

    def check(self, box: Locator) -> None:
        if not box.is_checked():
            box.check()
            self.entries += 1

    def click(self, what: Locator) -> None:
        what.click()
        self.entries += 1

    def press(self, keys: str) -> None:
        self.page.keyboard.press(keys)
        self.entries += 1

    def choose(self, box: Locator, name: str) -> None:
        """Find somebody by name in a box, unless they stand there already or are offered beside it."""
        if box.input_value() == name:
            return
        offered = box.locator("xpath=ancestor::*[@class='value']").get_by_role("button", name=name)
        if offered.is_visible():
            return self.click(offered)
        box.fill(name)
        option = self.page.get_by_role("option", name=name)
        expect(option).to_have_count(1)
        option.click()
        self.entries += 2


def title_of(path: str) -> str:
    return str(dossier(path)["title"]["id"])


def make_actors(claim: dict[str, Any]) -> None:
    """Put into the record whom the claim names."""
    named = [claim["said_by"].get("actor"), *(party.get("who") for party in claim["parties"])]
    for path in dict.fromkeys(filter(None, named)):
        make_actor(title_of(path), slug=path.rpartition("/")[2], actor_kind=dossier(path)["actor_kind"])


def bring_in(page: Page, walk: Walk) -> Capture:
    """Choose the file, choose its reading, say what the source is, and keep the copy."""
    page.goto(reverse("admin:sources_intake"))
    page.locator("#id_uploads").set_input_files(walk.file)
    page.get_by_role("button", name=gettext("Bring in"), exact=True).click()
    expect(page.locator(".field-reading")).to_be_visible()
    expect(page.locator("#id_source-title")).not_to_have_value("")
    page.locator("input[name=reading]").nth(walk.reading).check()
    page.locator("#id_source-source_kind").select_option(walk.source["kind"])
    page.locator("#id_source-language").select_option(walk.source["language"])
    for name in ("published", "publisher", "institution"):
        page.locator(f"#id_source-{name}").fill(walk.source.get(name, ""))
    page.locator("#id_source-authors").fill("\n".join(walk.source.get("authors", [])))
    page.get_by_role("button", name=gettext("Keep this copy")).click()
    expect(page.locator(".success")).to_contain_text(gettext("The file is kept as a copy of"))
    return Capture.objects.get(file_name=walk.file.name)


def type_words(hand: Hand, walk: Walk) -> None:
    """Type words of the document, and let the form of their claim open."""
    hand.fill(hand.page.locator("#find"), walk.quote)
    hand.press("Enter")
    expect(hand.page.locator("#claim_form")).to_be_visible()
    expect(hand.page.locator(".kinds [aria-current]")).to_be_visible()
    page = str(gettext("page %(page)s") % {"page": 1})
    has_pages = hand.page.locator("#page").count() > 0
    assert (page in hand.page.locator(".claim-place").inner_text()) == has_pages


def fill_in(hand: Hand, walk: Walk) -> None:
    """Make of the form what the dossiers have, changing only what was not proposed."""
    page, claim = hand.page, walk.claim
    kind = page.locator(f".kinds [data-kind={claim['kind']}]")
    if not kind.get_attribute("aria-current"):
        if not kind.is_visible():
            hand.click(page.locator(".kinds summary"))
        hand.click(kind)
        expect(kind).to_have_attribute("aria-current", "true")
    hand.choose(page.locator("#id_subject"), CASE)
    hand.check(page.locator(f"input[name=standing][value={claim['standing']}]"))
    for name, value in claim.get(claim["kind"], {}).items():
        box = page.locator(f"[name=n-{name}]")
        if name == "as_stated":
            continue  # it is taken from the words
        (hand.select if box.evaluate("box => box.tagName") == "SELECT" else hand.fill)(box, value)
    for party in claim["parties"]:
        put_party(hand, party)
    hand.fill(page.locator("#id_start"), claim["start"])
    sticks_out = "form => [...form.querySelectorAll('.claim-scroll')].some(pane => pane.scrollWidth > pane.clientWidth)"
    assert not page.locator("#claim_form").evaluate(sticks_out), "no field stands outside the form"
    expect(page.locator(".on-page")).to_have_count(int(walk.is_scan))
    if walk.is_scan:
        hand.check(page.locator(".on-page input"))
    if path := claim["said_by"].get("actor"):
        hand.choose(page.locator("#id_said_by_actor"), title_of(path))
    with page.expect_response(lambda answer: claim["statement"]["id"] in (answer.request.post_data or "")):
        hand.fill(page.locator("#id_statement_id"), claim["statement"]["id"])
    expect(page.locator("#claim_check")).not_to_contain_text(gettext("It cannot be saved yet; what you type is kept."))


def put_party(hand: Hand, party: dict[str, Any]) -> None:
    rows = hand.page.locator(".party")
    row = rows.filter(has=hand.page.locator(f"input[type=hidden][name$=-part][value={party['part']}]"))
    if not row.count():  # nobody stands there by the kind: in a row to spare, as what is chosen
        summary = hand.page.locator("details.spare > summary")
        row = rows.filter(has=hand.page.locator("select[name$=-part]")).first
        if not row.is_visible():
            hand.click(summary)
        hand.select(row.locator("select[name$=-part]"), party["part"])
    if "who" in party:
        hand.choose(row.locator(".who input[type=text]"), title_of(party["who"]))
    else:
        hand.fill(row.locator("[name$=as_stated]"), party["as_stated"])


def stands_as_the_key_has_it(claim: Claim, walk: Walk, capture: Capture) -> None:
    wanted = walk.claim
    assert (claim.kind, claim.standing, str(claim.start)) == (wanted["kind"], wanted["standing"], wanted["start"])
    assert claim.statement_id == wanted["statement"]["id"]
    for name, value in wanted.get(claim.kind, {}).items():
        assert getattr(claim.detail, name) == value, name
    stood = {(party.part, party.who.slug if party.who else party.as_stated) for party in claim.parties.all()}
    assert stood == {
        (party["part"], party["who"].rpartition("/")[2] if "who" in party else party["as_stated"])
        for party in wanted["parties"]
    }
    if path := wanted["said_by"].get("actor"):
        assert claim.said_by_actor == Actor.objects.get(title_id=title_of(path))
    else:
        assert claim.said_by_source == capture.source
    stands_on_its_words(claim.citations.get().excerpt, walk, capture)


def stands_on_its_words(excerpt: Excerpt, walk: Walk, capture: Capture) -> None:
    source, wanted = capture.source, walk.source
    assert excerpt.capture == capture
    assert (source.source_kind, str(source.published or "")) == (wanted["kind"], wanted.get("published", ""))
    assert (source.language, source.publisher) == (wanted["language"], wanted.get("publisher", ""))
    assert excerpt.exact == capture.text[excerpt.start : excerpt.end]
    assert " ".join(excerpt.exact.split()) == walk.quote
    assert words_before(capture.text, excerpt.start) == walk.before
    check = PageCheck.objects.filter(excerpt=excerpt).first()
    if walk.is_scan:
        assert (check.state, check.by.username) == ("doubtful", "a-curator")
    elif walk.file.suffix == ".pdf":
        assert (check.state, check.by) == ("true", None)
    else:
        assert check is None


@pytest.mark.parametrize("name", WALKS)
def test_a_file_becomes_a_claim(desk: Any, settings: Any, tmp_path: Path, name: str) -> None:
    walk = WALKS[name]
    settings.CASEDB_FILES_DIR, settings.CASEDB_DESK_INDEX_DIR = tmp_path / "files", tmp_path / "names"
    make_actors(walk.claim)
    case = make_case(CASE, claims=0)
    page = desk("a-curator", CURATORS, viewport=DESKTOP, locale=walk.locale)
    page.set_default_timeout(20_000)
    refused: list[str] = []
    page.on("response", lambda answer: refused.append(answer.url) if answer.status >= 400 else None)
    with translation.override(walk.locale[:2]):
        capture = bring_in(page, walk)
        page.get_by_role("link", name=gettext("Read"), exact=True).click()
        expect(page.locator("#reader_text")).to_be_visible()
        hand = Hand(page)
        type_words(hand, walk)
        fill_in(hand, walk)
        hand.press("Control+Enter")
        expect(page.locator(".success")).to_contain_text(gettext("Saved:"))
    stands_as_the_key_has_it(Claim.objects.get(subject=case), walk, capture)
    assert hand.entries <= walk.entries
    assert refused == []
