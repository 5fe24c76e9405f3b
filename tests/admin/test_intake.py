"""Bringing in a source at the desk: from a file to a copy with its original, and never half of it."""

import hashlib
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from cases.models import Draft
from sources.intake import files
from sources.models import Capture, IncomingFile, Source
from tests.admin.pages import filled, words
from tests.factories import make_excerpt, make_source
from tests.sources.intake.made import upload, word

pytestmark = pytest.mark.django_db
INTAKE = "/admin/sources/source/intake/"
TEXT = "Siaran pers.\nNIK: 9971041708780003;\nTerdakwa hadir. Hubungi humas@kejari.test.\n"


@pytest.fixture(autouse=True)
def _files_of_this_test(settings: Any, tmp_path: Path) -> None:
    settings.CASEDB_FILES_DIR = tmp_path / "files"


def bring(desk: Any, *uploads: Any) -> Any:
    return desk.post(INTAKE, {"uploads": list(uploads)}, follow=True)


def page_of(incoming: IncomingFile) -> str:
    return f"{INTAKE}{incoming.pk}/"


def keep(desk: Any, **changes: Any) -> Any:
    url = page_of(IncomingFile.objects.get())
    return desk.post(url, filled(desk, url, "intake_form", **changes) | {"keep": "yes"}, follow=True)


def kept_files(settings: Any) -> list[str]:
    folder = Path(settings.CASEDB_FILES_DIR)
    return [each.name for each in folder.iterdir()] if folder.exists() else []


def test_one_text_file_becomes_a_source_with_a_copy_and_its_original(desk, settings):
    shown = words(bring(desk, upload(TEXT.encode(), "siaran pers.txt")))
    assert "SHA-256" in shown
    assert "9971041708780003 (16 digits: the number of an identity card (NIK))" in shown
    response = keep(desk, **{"source-source_kind": "report", "source-title": "Siaran pers"})
    assert "The file is kept as a copy of Siaran pers 2 stretches are hidden." in words(response)
    capture = Capture.objects.get()
    assert capture.text == TEXT
    assert (capture.file_name, capture.media_type, capture.extractor) == ("siaran pers.txt", "text/plain", "plain-text")
    assert capture.page_map == [0]
    assert files.path_of(capture.file).read_bytes() == TEXT.encode()
    assert capture.file_sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert {TEXT[start:end] for start, end in capture.private} == {"9971041708780003", "humas@kejari.test"}
    assert capture.source.slug == "siaran-pers"
    assert Draft.objects.filter(object_id=capture.source_id).exists()
    assert not IncomingFile.objects.exists()
    assert kept_files(settings) == [capture.file]


def test_only_what_stays_ticked_is_hidden(desk):
    bring(desk, upload(TEXT.encode(), "a.txt"))
    keep(desk, private=[], **{"source-source_kind": "report"})
    assert Capture.objects.get().private == []


def test_a_file_may_be_another_copy_of_a_source_that_is_here(desk):
    source = make_source(title="Sudah ada")
    bring(desk, upload(b"Salinan baru.", "a.txt"))
    keep(desk, existing=source.pk)
    assert Capture.objects.get().source == source
    assert Source.objects.count() == 1


def test_the_article_or_all_that_a_reader_sees_of_a_page(desk):
    article = "<p>Kejaksaan menetapkan kepala dinas sebagai tersangka pada hari Kamis di Marawangi.</p>" * 4
    page = f"<html><head><title>Berita</title></head><body><nav>Menu utama</nav><article><h1>Berita</h1>{article}"
    bring(desk, upload(f"{page}</article></body></html>".encode(), "berita.html"))
    response = keep(desk, reading="1", **{"source-source_kind": "news"})
    assert "Only the article" not in words(response)
    capture = Capture.objects.get()
    assert capture.extractor == "trafilatura"
    assert "Menu utama" not in capture.text
    assert "Kejaksaan menetapkan" in capture.text


def test_what_a_word_file_says_of_itself_is_shown_before_it_is_kept(desk):
    shown = words(bring(desk, upload(word("Isi.", title="Siaran", author="Budi"), "a.docx")))
    assert "Author Budi" in shown
    assert not Capture.objects.exists()


def test_a_form_that_is_refused_keeps_the_file_and_what_was_typed(desk):
    bring(desk, upload(b"Satu.", "a.txt"))
    response = keep(desk, **{"source-title": "Judul yang diketik", "source-source_kind": ""})
    assert "Please correct the errors below" in words(response)
    assert 'value="Judul yang diketik"' in response.content.decode()
    assert IncomingFile.objects.get().state == "ready"
    assert not Source.objects.exists()


def test_the_same_text_is_not_kept_twice_for_one_source(desk):
    source = make_source()
    for _twice in range(2):
        bring(desk, upload(b"Satu.", "a.txt"))
        response = keep(desk, existing=source.pk)
    assert "This text is a copy of this source already." in words(response)
    assert "We hold this file already" in words(response)
    assert IncomingFile.objects.count() == 1
    keep(desk, existing=make_source().pk)
    assert Capture.objects.count() == 2, "two sources may hold equal text"


def test_many_files_wait_for_the_worker_and_one_bad_one_stops_none(desk):
    texts = [upload(f"Teks {number}.".encode(), f"{number}.txt") for number in range(3)]
    shown = words(bring(desk, *texts, upload(b"MZ\x00\x01\x02", "program.exe")))
    assert "program.exe : It is none of the kinds that we read" in shown
    assert shown.count("waiting to be read") == 3
    call_command("intake")
    assert {each.state for each in IncomingFile.objects.all()} == {"ready"}
    assert words(desk.get(INTAKE)).count("read: look at it and keep it") == 3


def test_a_file_that_lies_on_the_table_is_not_put_there_twice(desk, settings):
    for _double_click in range(2):
        bring(desk, upload(b"Satu.", "a.txt"))
    assert IncomingFile.objects.count() == len(kept_files(settings)) == 1


def test_a_file_kept_in_another_window_is_said_to_be_gone(desk):
    bring(desk, upload(b"Satu.", "a.txt"))
    url = page_of(IncomingFile.objects.get())
    data = filled(desk, url, "intake_form", **{"source-source_kind": "report"})
    desk.post(url, data)
    assert "was kept or thrown away already" in words(desk.post(url, data, follow=True))
    assert Capture.objects.count() == 1


def test_what_is_thrown_away_leaves_no_bytes(desk, settings, django_capture_on_commit_callbacks):
    bring(desk, upload(b"Satu.", "a.txt"))
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(page_of(IncomingFile.objects.get()), {"discard": "yes"})
    assert not IncomingFile.objects.exists()
    assert kept_files(settings) == []


def test_the_original_is_for_curators_only_and_goes_with_its_copy(
    desk, client, settings, django_capture_on_commit_callbacks
):
    bring(desk, upload(b"<p>Halaman</p>", "a.html"))
    keep(desk)
    capture = Capture.objects.get()
    change = f"/admin/sources/capture/{capture.pk}/change/"
    address = re.search(r'href="(/admin/sources/capture/[^"]*/file/)"', desk.get(change).content.decode())[1]
    response = desk.get(address)
    assert b"".join(response) == b"<p>Halaman</p>"
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")
    assert client.get(address).status_code == 302
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(f"/admin/sources/capture/{capture.pk}/delete/", {"post": "yes"})
    assert kept_files(settings) == []


def test_who_may_not_add_sources_brings_in_none(desk, curator, client):
    curator.groups.clear()
    assert desk.get(INTAKE).status_code == 403
    assert desk.post(INTAKE, {"uploads": [upload(b"Satu.", "a.txt")]}).status_code == 403
    assert client.get(INTAKE).status_code == 302
    assert not IncomingFile.objects.exists()


def test_words_are_quoted_from_a_kept_file(desk):
    bring(desk, upload(TEXT.encode(), "a.txt"))
    keep(desk, **{"source-source_kind": "report"})
    excerpt = make_excerpt("Terdakwa hadir.", Capture.objects.get())
    assert "humas" not in excerpt.suffix
    assert "0003" not in excerpt.prefix


def test_the_list_of_sources_leads_to_the_table(desk):
    assert f'href="{INTAKE}"' in desk.get("/admin/sources/source/").content.decode()
    assert "Word (DOCX): at most 20 MB" in words(desk.get(INTAKE))
