"""The curator's eye: doubtful words are compared with their page before they go out, and the reviewer sees by whom."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from cases.dossiers.dump import dump_text
from cases.dossiers.load import check, save
from cases.publication.checks import page_faults
from cases.publication.requests import submit, usual_act
from sources.intake.files import path_of
from sources.intake.truth import load
from sources.models import Capture, Excerpt, PageCheck, Source, SourceStatement, SourceStatementExcerpt
from sources.page_checks import check_of
from tests.admin.pages import filled, words
from tests.admin.test_page_images import kept, scan
from tests.factories import both, make_excerpt, make_source
from tests.sources.intake.pdf_writer import show, write

pytestmark = pytest.mark.django_db
ADD = "/admin/sources/excerpt/add/"
TITLE = "Direktori Putusan"
WAITS = "Nobody has compared the words with the page"


def page(number: int, *lines: str) -> list[str]:
    drawn = [show(72, 800, TITLE, size=8), show(72, 30, f"Halaman {number} dari 2", size=8)]
    return drawn + [show(72, 740 - 14 * place, line) for place, line in enumerate(lines)]


PDF = write(
    [
        page(1, "Saksi menerangkan bahwa terdakwa menerima", "uang tunai dari penyedia dan"),
        page(2, "menyimpannya di rumah.", "Saksi kedua tidak tahu."),
    ]
)


@pytest.fixture(autouse=True)
def _files_of_this_test(settings: Any, tmp_path: Path) -> None:
    settings.CASEDB_FILES_DIR = tmp_path / "files"


def quote(desk: Any, capture: Any, exact: str, **given: str) -> Any:
    data = filled(desk, ADD, "excerpt_form", capture=capture.pk, exact=exact, locator_id="h. 1", locator_en="p. 1")
    return desk.post(ADD, data | given, follow=True)


def change(excerpt: Excerpt) -> str:
    return f"/admin/sources/excerpt/{excerpt.pk}/change/"


def test_words_that_follow_each_other_on_the_page_need_no_eye(desk):
    quote(desk, kept(PDF), "terdakwa menerima")
    excerpt = Excerpt.objects.get()
    assert (excerpt.page_check.state, excerpt.page_check.waits) == ("true", False)
    shown = desk.get(change(excerpt)).content.decode()
    assert 'name="compared"' not in shown
    assert "<rect " in shown
    assert f"/admin/sources/capture/{excerpt.capture_id}/pages/1.webp" in shown
    assert list(page_faults(excerpt)) == []


def with_a_footer_between() -> Any:
    """A copy whose second line its geometry takes for a footer."""
    lines = [show(72, 740, "Saksi menerima"), show(72, 726, "Halaman ini"), show(72, 712, "uang tunai")]
    capture = kept(write([lines]))
    layout = load(capture.layout)
    roles = ("body", "footer", "body")
    stretches = tuple(each._replace(role=role) for each, role in zip(layout.stretches, roles, strict=True))
    same = ("text", "text_sha256", "text_length", "media_type", "extractor", "page_map")
    return Capture.objects.create(
        source=make_source(),
        layout=msgspec.json.encode(replace(layout, stretches=stretches)),
        **{name: getattr(capture, name) for name in same},
    )


def test_words_that_no_page_holds_in_this_order_are_refused(desk):
    response = quote(desk, with_a_footer_between(), "Saksi menerima Halaman ini uang tunai")
    assert "These words do not follow each other on the page" in words(response)
    assert "A header, footer or watermark stands inside." in words(response)
    assert not Excerpt.objects.exists()


def test_doubtful_words_wait_until_somebody_compared_them(desk, curator):
    assert "They cannot go out until somebody" in words(quote(desk, scan(), "Saksi Melati"))
    excerpt = Excerpt.objects.get()
    assert excerpt.page_check.doubts == ["machine"]
    [fault] = page_faults(excerpt)
    assert fault.startswith(WAITS)
    assert "read by machine" in fault
    shown = desk.get(change(excerpt))
    assert f"{WAITS} yet." in words(shown)
    assert "/pages/1.webp" in shown.content.decode()
    desk.post(change(excerpt), filled(desk, change(excerpt), "excerpt_form", compared="on"))
    check = PageCheck.objects.get()
    assert (check.by, check.waits) == (curator, False)
    assert list(page_faults(Excerpt.objects.get())) == []
    again = desk.get(change(excerpt))
    assert "Compared with the page by a-curator" in words(again)
    assert 'name="compared"' not in again.content.decode()


def test_saving_without_the_tick_confirms_nothing(desk):
    quote(desk, scan(), "Saksi Melati")
    excerpt = Excerpt.objects.get()
    desk.post(change(excerpt), filled(desk, change(excerpt), "excerpt_form"))
    assert PageCheck.objects.get().waits


def test_who_sees_the_page_beside_the_form_says_so_at_once(desk, curator):
    quote(desk, scan(), "Saksi Melati", seen_on_page="on")
    assert PageCheck.objects.get().by == curator


def test_a_file_that_is_not_at_hand_is_said_and_pasted_words_are_not_asked_about(desk):
    capture = scan()
    path_of(capture.file).unlink()
    quote(desk, capture, "Saksi Melati")
    assert "Compare the words with the original." in words(desk.get(change(Excerpt.objects.get())))
    pasted = make_excerpt()
    assert check_of(pasted) is None
    assert list(page_faults(pasted)) == []


def test_an_excerpt_that_nobody_judged_is_judged_before_it_goes_out():
    capture = scan()
    excerpt = Excerpt.objects.create(capture=capture, exact="Saksi Melati", start=0, end=12)
    assert next(page_faults(excerpt)).startswith(WAITS)
    assert not PageCheck.objects.exists()


def stated(excerpt: Excerpt) -> Source:
    """The source of an excerpt, which tells of itself by it."""
    source = excerpt.capture.source
    sentence = {"statement_id": "Surat saksi.", "statement_en": "A letter."}
    statement = SourceStatement.objects.create(source=source, key="aim", aspect="aim", **sentence)
    SourceStatementExcerpt.objects.create(statement=statement, excerpt=excerpt)
    return source


def test_the_reviewer_sees_which_words_are_doubtful_and_who_looked(desk, review, curator):
    quote(desk, scan(), "Saksi Melati")
    excerpt = Excerpt.objects.get()
    source = stated(excerpt)
    address = f"/admin/cases/publicationrequest/add/?item=source:{source.pk}"
    assert WAITS in words(desk.get(address))
    excerpt.page_check.confirm(curator)
    assert WAITS not in words(desk.get(address))
    held = submit([usual_act(source)], by=curator, reason=both("Terbit"))
    shown = words(review.get(f"/admin/cases/publicationrequest/{held.pk}/change/"))
    assert "Words whose order on the page is doubtful “Saksi Melati”" in shown
    assert "The text of this page was read by machine. Compared with the page by a-curator" in shown


def test_a_dossier_carries_who_compared_the_words(desk, curator, tmp_path):
    (tmp_path / "surat.txt").write_text("Saksi Melati")
    quote(desk, scan(file_name="surat.txt"), "Saksi Melati")
    excerpt = Excerpt.objects.get()
    source = stated(excerpt)
    waiting = dump_text(source)
    assert "state: doubtful" in waiting
    PageCheck.objects.update(by=curator, at=datetime(2026, 11, 1, tzinfo=UTC))
    compared = dump_text(Source.objects.get())
    PageCheck.objects.all().delete()
    for text, by in ((waiting, None), (compared, curator)):
        batch = check({f"sources/{source.slug}.yaml": text}, documents=tmp_path)
        assert batch.faults == []
        save(batch, by={"": curator}, origin="import")
        assert PageCheck.objects.get().by == by
    assert dump_text(Source.objects.get()) == compared
