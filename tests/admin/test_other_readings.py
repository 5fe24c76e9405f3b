"""Other copies of the same file at the desk: misreadings put right, by name, and a file read again in another way."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User

from cases.admin.groups import ADMINISTRATORS, desk_groups
from cases.dossiers.dump import dump_text
from cases.dossiers.load import check, save
from cases.models import Draft, SourceSection
from sources.intake import files
from sources.models import Capture, Excerpt, IncomingFile, PrivateSpan, Source
from sources.page_checks import check_of
from tests.admin.conftest import at_the_desk
from tests.admin.pages import words
from tests.admin.test_page_images import hide, kept, png, sha256_of
from tests.factories import make_actor, make_source
from tests.sources.intake.pdf_writer import show, write

pytestmark = pytest.mark.django_db
TEXT = "BERITA ACARA\nSaksi Rina rnelihat uang tunai\nRp5O juta di rumah.\n"
RIGHT = "BERITA ACARA\nSaksi Rina melihat uang tunai\nRp50 juta di rumah.\n"
HTML = (
    b"<html><body><nav>Beranda Olahraga</nav><article><h1>Judul</h1><p>" + b"Isi berita kota. " * 60 + b"</p></article>"
)
HTML += b"</body></html>"


@pytest.fixture(autouse=True)
def _files_of_this_test(settings: Any, tmp_path: Path) -> None:
    settings.CASEDB_FILES_DIR = tmp_path / "files"


def scan(text: str = TEXT) -> Capture:
    name, sha256, size = files.store([png()])
    return Capture.objects.create(
        source=make_source(),
        text=text,
        text_sha256=sha256_of(text),
        text_length=len(text),
        file_name="berita-acara.png",
        media_type="image/png",
        file=name,
        file_sha256=sha256,
        file_size=size,
        extractor="tesseract",
        extractor_version="5.3.0 ind+eng",
        page_map=[0, text.index("Saksi")],
    )


def keep_other(desk: Any, incoming: IncomingFile, capture: Capture) -> Any:
    """Keep the second reading of a file as a copy of the same source."""
    given = {"reading": "1", "existing": str(capture.source_id), "keep": "1"}
    return desk.post(f"/admin/sources/source/intake/{incoming.pk}/", given)


def address(capture: Capture, act: str = "correct") -> str:
    return f"/admin/sources/capture/{capture.pk}/{act}/"


def test_the_corrections_are_shown_before_anything_is_kept(desk):
    capture = scan()
    shown = words(desk.get(address(capture)))
    assert "A machine read this text." in shown
    looked = desk.post(address(capture), {"text": RIGHT, "look": "1"})
    assert "2 corrections" in words(looked)
    assert "<del>rnelihat</del>" in looked.content.decode()
    assert "<ins>Rp50</ins>" in looked.content.decode()
    assert Capture.objects.get() == capture


def test_a_corrected_text_is_a_new_copy_that_says_what_was_put_right_and_by_whom(desk, curator):
    capture = scan()
    hide(capture, "Rina")
    SourceSection.objects.create(
        capture=capture,
        start=capture.text.index("Saksi"),
        title="Saksi Rina rnelihat",
        role="witness_testimony",
        said_by_actor=make_actor(),
    )
    excerpt = Excerpt.objects.create(capture=capture, exact="BERITA ACARA", start=0, end=12)
    response = desk.post(address(capture), {"text": RIGHT.replace("\n", "\r\n"), "keep": "1"}, follow=True)
    made = Capture.objects.exclude(pk=capture.pk).get()
    assert response.redirect_chain[-1][0] == f"/admin/sources/capture/{made.pk}/read/"
    assert (made.text, made.corrects, made.corrected_by) == (RIGHT, capture, "a-curator")
    assert [(each["was"], each["now"]) for each in made.corrections] == [("rnelihat", "melihat"), ("Rp5O", "Rp50")]
    assert [RIGHT[start:end] for start, end in made.private] == ["Rina"]
    assert made.page_map == [0, RIGHT.index("Saksi")]
    section = made.sections.get()
    assert (section.start, section.title) == (RIGHT.index("Saksi"), "Saksi Rina melihat")
    assert capture.sections.get().title == "Saksi Rina rnelihat"
    assert excerpt.capture_id == capture.pk
    assert files.path_of(made.file).read_bytes() == files.path_of(capture.file).read_bytes()
    assert Draft.objects.filter(object_id=capture.source_id, by=curator).count() == 1
    page = words(desk.get(f"/admin/sources/capture/{made.pk}/change/"))
    assert "By a-curator, of the copy" in page
    assert "rnelihat → melihat" in page
    assert "Misreadings in it were put right in a newer copy" in words(desk.get(address(capture, "read")))


def test_words_of_a_corrected_copy_still_want_an_eye(desk):
    capture = scan()
    desk.post(address(capture), {"text": RIGHT, "keep": "1"})
    made = Capture.objects.exclude(pk=capture.pk).get()
    start = RIGHT.index("melihat")
    check = check_of(Excerpt.objects.create(capture=made, exact="melihat", start=start, end=start + 7))
    assert (check.state, check.waits) == ("doubtful", True)


def test_the_file_of_a_corrected_copy_is_its_own(desk):
    capture = scan()
    desk.post(address(capture), {"text": RIGHT, "keep": "1"})
    made = Capture.objects.exclude(pk=capture.pk).get()
    assert made.file != capture.file
    assert desk.get(f"/admin/sources/capture/{made.pk}/pages/1.webp").status_code == 200


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (TEXT, "Nothing is corrected yet"),
        ("Lain sama sekali.", "another text and not a correction"),
        ("", "This field is required"),
        (RIGHT + "\0", "U+0000 NUL"),
        ("x" * 5_300_000, "at most"),
    ],
)
def test_what_is_no_correction_comes_back_with_a_sentence_and_all_that_was_typed(desk, text, sentence, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 20_000_000
    capture = scan()
    response = desk.post(address(capture), {"text": text, "keep": "1"})
    assert response.status_code == 422
    assert sentence in words(response)
    if len(text) < 100 and "\0" not in text:
        assert response.context["form"]["text"].value() == text
    assert Capture.objects.get() == capture


def test_a_text_that_the_source_has_already_is_not_kept_twice(desk):
    capture = scan()
    for _time in range(2):
        response = desk.post(address(capture), {"text": RIGHT, "keep": "1"})
    assert "This text is a copy of this source already." in words(response)
    assert Capture.objects.count() == 2
    assert len([each for each in Path(files.path_of(capture.file)).parent.iterdir() if each.is_file()]) == 2


def test_only_what_a_machine_read_can_be_corrected(desk):
    capture = kept(write([[show(72, 760, "Saksi melihat uang tunai")]]))
    assert desk.get(address(capture)).status_code == 404


@pytest.mark.parametrize("act", ["correct", "again"])
def test_administrators_make_no_copies(act):
    administrator = User.objects.create_user("an-administrator", is_staff=True)
    administrator.groups.set([desk_groups()[ADMINISTRATORS]])
    assert at_the_desk(administrator).post(address(scan(), act), {"text": RIGHT}).status_code == 403


@pytest.mark.parametrize("act", ["correct", "again"])
def test_who_may_not_see_hidden_names_makes_no_other_copy(act):
    capture = scan()
    hide(capture, "Rina")
    user = User.objects.create_user("a-reader", is_staff=True)
    may = Permission.objects.filter(codename__in=["add_capture", "view_capture", "add_source", "view_source"])
    user.user_permissions.set(may)
    assert at_the_desk(user).post(address(capture, act), {"text": RIGHT, "keep": "1"}).status_code == 403
    assert Capture.objects.count() == 1
    assert not IncomingFile.objects.exists()


def test_a_web_page_read_again_offers_its_other_reading_for_the_same_source(desk):
    capture = kept(HTML, "text/html", file_name="berita.html")
    response = desk.post(address(capture, "again"), follow=True)
    shown = words(response)
    assert "We hold this file already" in shown
    assert "Only the article" in shown
    form = response.context["form"]
    assert form["existing"].initial == capture.source_id
    incoming = IncomingFile.objects.get()
    kept_again = desk.post(
        f"/admin/sources/source/intake/{incoming.pk}/",
        {"reading": "1", "existing": str(capture.source_id), "keep": "1"},
    )
    assert kept_again.status_code == 302
    newer = Capture.objects.exclude(pk=capture.pk).get()
    assert (newer.source, newer.extractor) == (capture.source, "trafilatura")
    assert "Beranda" in capture.text
    assert "Beranda" not in newer.text


def test_pages_read_in_columns_can_be_read_line_by_line_and_every_line_wants_an_eye(desk):
    left = [show(72, 740 - 14 * n, f"Kolom kiri berisi kalimat {n} yang panjang") for n in range(12)]
    right = [show(330, 740 - 14 * n, f"Kolom kanan memuat kalimat {n} yang lain") for n in range(12)]
    capture = kept(write([left + right]), file_name="kolom.pdf")
    response = desk.post(address(capture, "again"), follow=True)
    assert "Line by line across the page" in words(response)
    usual, across = response.context["form"].readings
    assert usual.text.index("kiri berisi kalimat 11") < usual.text.index("Kolom kanan memuat kalimat 0")
    assert "Kolom kiri berisi kalimat 0 yang panjang Kolom kanan memuat kalimat 0" in across.text
    incoming = IncomingFile.objects.get()
    desk.post(
        f"/admin/sources/source/intake/{incoming.pk}/",
        {"reading": "1", "existing": str(capture.source_id), "keep": "1"},
    )
    newer = Capture.objects.exclude(pk=capture.pk).get()
    for exact, state in (
        ("Kolom kiri berisi kalimat 3", "true"),
        ("kalimat 3 yang panjang Kolom kanan memuat", "doubtful"),
        ("kalimat 3 yang lain\nKolom kiri berisi kalimat 4", "doubtful"),
    ):
        start = newer.text.index(exact)
        excerpt = Excerpt.objects.create(capture=newer, exact=exact, start=start, end=start + len(exact))
        assert check_of(excerpt).state == state, exact


def test_names_that_were_hidden_are_proposed_again(desk):
    capture = kept(HTML.replace(b"Isi berita", b"Rina Melati berita", 1), "text/html", file_name="berita.html")
    hide(capture, "Rina Melati")
    response = desk.post(address(capture, "again"), follow=True)
    assert "Rina Melati (hidden in another copy of this file)" in words(response)
    assert all(
        value in response.context["form"].fields["private"].initial
        for value, _label in response.context["form"].fields["private"].choices
    )


def test_a_file_that_is_gone_cannot_be_read_again(desk):
    capture = scan()
    files.remove(capture.file)
    response = desk.post(address(capture, "again"), follow=True)
    assert "Its bytes are not at hand any more." in words(response)
    assert not IncomingFile.objects.exists()


def test_reading_again_is_asked_for_by_post_only(desk):
    assert desk.get(address(scan(), "again")).status_code == 405


def test_a_dossier_carries_the_corrections(desk, curator, tmp_path):
    capture = scan()
    desk.post(address(capture), {"text": RIGHT, "keep": "1"})
    made = Capture.objects.exclude(pk=capture.pk).get()
    dossier = {f"sources/{capture.source.slug}.yaml": dump_text(Source.objects.get())}
    before = [(each.pk, each.corrects_id, each.corrections, each.corrected_by) for each in Capture.objects.all()]
    PrivateSpan.objects.all().delete()
    Capture.objects.filter(pk=made.pk).delete()
    Capture.objects.all().delete()
    save(check(dossier), by={"": curator}, origin="import")
    after = [(each.pk, each.corrects_id, each.corrections, each.corrected_by) for each in Capture.objects.all()]
    assert after == before
    assert dump_text(Source.objects.get()) == next(iter(dossier.values()))
