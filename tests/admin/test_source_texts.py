"""Search in the texts of all copies, for the desk only, and the page on which one is read."""

import re
import uuid
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.admin import desk_texts
from cases.admin.private_index import writer_lock
from cases.search.index.engine import SearchIndex
from sources.models import Capture, Excerpt
from tests.admin.conftest import at_the_desk
from tests.admin.pages import Form, refusals, words
from tests.factories import hide, make_capture, make_excerpt, make_source
from tests.sources.test_captures import make_unkept_capture

pytestmark = pytest.mark.django_db
SEARCH = "/admin/sources/capture/search/"
ADD = "/admin/sources/excerpt/add/?read=1"


def found(client, text):
    """The links of the hits, and their words."""
    html = client.get(SEARCH, {"q": text}).content.decode()
    hits = re.findall(r'<li>\s*<a href="([^"]+)">.*?<blockquote[^>]*>(.*?)</blockquote>', html, re.DOTALL)
    return {link: re.sub("(?s)<mark>(.*?)</mark>", r"*\1*", quote) for link, quote in hits}


def read_address(capture, start, end):
    return f"{reverse('admin:sources_capture_read', args=[capture.pk])}?at={start}-{end}#at"


def test_words_are_found_by_their_stem_in_every_copy_and_each_hit_leads_to_its_place(desk):
    capture, other = make_capture(text="Pejabat itu menyuap panitia."), make_capture(text="Tidak ada uang suap.")
    make_capture(text="Hal lain.")
    hits = found(desk, "penyuapan")
    assert hits.keys() == {read_address(capture, 12, 19), read_address(other, 15, 19)}
    assert "*menyuap* panitia" in hits[read_address(capture, 12, 19)]


def test_a_sum_a_phrase_a_source_and_what_is_left_out_narrow_it(desk):
    capture = make_capture(make_source(slug="putusan"), text="Uang pengganti Rp684.500.000,00 tunai dari penyedia.")
    make_capture(text="Uang tunai dari rekening, bukan pengganti.")
    for query in ("684,5 juta", '"uang pengganti"', "pengganti -rekening", "tunai source:putusan"):
        assert [link.split("?")[0] for link in found(desk, query)] == [
            reverse("admin:sources_capture_read", args=[capture.pk])
        ], query


def test_a_hit_leads_to_where_the_words_stand_together(desk):
    text = "Uang itu diganti. " + "Lain hal. " * 30 + "\fTerdakwa membayar uang\npengganti. Selesai."
    capture = make_capture(text=text)
    start = text.index("uang\n")
    [(address, quote)] = found(desk, "uang pengganti").items()
    assert address == read_address(capture, start, start + len("uang pengganti"))
    assert "membayar *uang\npengganti*. Selesai" in quote
    assert "page 2" in words(desk.get(SEARCH, {"q": "uang pengganti"}))


def test_words_at_any_place_of_a_long_text_are_found_once(desk):
    filler = "Kalimat pengisi halaman ini. " * 100
    text = f"{filler}Mobil dinas terbakar.{filler}\fHalaman dua: kebun binatang.{filler}"
    capture = make_capture(text=text)
    for query in ("mobil terbakar", "kebun binatang", '"binatang kalimat"'):
        assert len(found(desk, query)) == 1, query
    start = text.index("kebun")
    assert list(found(desk, "kebun binatang")) == [read_address(capture, start, start + 14)]
    assert "page 2" in words(desk.get(SEARCH, {"q": "kebun binatang"}))
    row = desk_texts.ROW_CHARS
    make_capture(text="x " * (row // 2 - 3) + "memperlihatkan bukti")
    assert len(found(desk, '"memperlihatkan bukti"')) == 1
    assert not found(desk, "lihatkan*")


def test_texts_in_the_folder_of_documents_are_searched_as_soon_as_they_are_there(desk, settings, tmp_path):
    settings.CASEDB_DOCUMENTS = str(tmp_path)
    capture = make_unkept_capture()
    assert found(desk, "café") == {}
    (tmp_path / "teks.txt").write_bytes("Teks café yang tidak disimpan.\r\nBaris kedua. 😀".encode())
    assert list(found(desk, "café")) == [read_address(capture, 5, 9)]
    (tmp_path / "teks.txt").write_bytes(b"Teks lain")
    assert found(desk, "café") == {}, "a text with another hash is not shown"


def test_what_is_private_is_in_no_hit_and_in_no_word_of_the_index(desk):
    capture = make_capture()
    assert list(found(desk, "melati"))
    hide(capture, "Bu Melati")
    assert found(desk, "melati") == {}
    assert "Seorang *warga*, █████████, mengetahui" in next(iter(found(desk, "warga").values()))
    kept = SearchIndex(desk_texts._folder()).reader.word_frequencies()
    assert "warga" in kept
    assert "melati" not in kept


def permission(codename):
    return Permission.objects.filter(codename=codename)


class TestWhatIsCommitted:
    @pytest.fixture
    def desk(self, committed):
        return at_the_desk(User.objects.create_superuser("a-superuser"))

    def test_a_new_copy_is_found_and_a_deleted_one_leaves_no_file(self, desk, settings):
        capture = make_capture(text="Kanarirahasia terbang.")
        assert len(found(desk, "kanarirahasia")) == 1
        make_capture(text="Kanarirahasia kedua.")
        assert len(found(desk, "kanarirahasia")) == 2
        capture.delete()
        assert not list(Path(settings.CASEDB_DESK_TEXT_DIR).glob("format-*")), "gone when it is committed"
        assert len(found(desk, "kanarirahasia")) == 1

    def test_a_name_that_is_hidden_leaves_no_file(self, desk, settings):
        capture = make_capture()
        assert found(desk, "melati")
        hide(capture, "Bu Melati")
        assert not list(Path(settings.CASEDB_DESK_TEXT_DIR).glob("format-*"))


def test_many_copies_are_indexed_a_part_at_a_time_and_it_is_said(desk, monkeypatch):
    monkeypatch.setattr(desk_texts, "MAX_INDEXED_CHARS", 10)
    for number in range(3):
        make_capture(text=f"Naskah nomor {number} tentang pompa air yang rusak.")
    assert "2 copies are not searchable yet" in words(desk.get(SEARCH, {"q": "pompa"}))
    desk.get(SEARCH, {"q": "pompa"})
    assert len(found(desk, "pompa")) == 3
    assert "not searchable" not in words(desk.get(SEARCH, {"q": "pompa"}))


def test_more_than_is_shown_is_said(desk, monkeypatch):
    monkeypatch.setattr(desk_texts, "MAX_TEXT_HITS", 2)
    for number in range(3):
        make_capture(text=f"Pompa {number}.")
    assert "The best 2 places; 3 stretches of text match." in words(desk.get(SEARCH, {"q": "pompa"}))


def test_a_search_that_is_not_understood_or_finds_nothing_says_so(desk, settings, tmp_path):
    make_capture()
    assert refusals(desk.get(SEARCH, {"q": "kind:galaxy"}))["q"].startswith("“galaxy” is not a value")
    assert "No text that is kept here has these words together." in words(desk.get(SEARCH, {"q": "zebra"}))
    assert refusals(desk.get(SEARCH, {"q": " "}))["q"] == "This field is required."
    (tmp_path / "file").touch()
    settings.CASEDB_DESK_TEXT_DIR = tmp_path / "file"
    assert "cannot be kept" in refusals(desk.get(SEARCH, {"q": "pompa"}))["q"]


def test_while_another_process_writes_it_what_is_there_is_searched(desk, settings):
    make_capture(text="Pompa satu.")
    assert len(found(desk, "pompa")) == 1
    make_capture(text="Pompa dua.")
    with writer_lock(Path(settings.CASEDB_DESK_TEXT_DIR)):
        response = desk.get(SEARCH, {"q": "pompa"})
        assert "1 copy is not searchable yet" in words(response)
    assert len(found(desk, "pompa")) == 2


@pytest.mark.parametrize(("name", "text"), [("meta.json", "{"), ("indexed.json", "{")])
def test_a_damaged_index_is_made_anew(desk, settings, name, text):
    make_capture(text="Pompa satu.")
    assert found(desk, "pompa")
    [file] = Path(settings.CASEDB_DESK_TEXT_DIR).rglob(name)
    file.write_text(text)
    assert len(found(desk, "pompa")) == 1


def test_a_search_costs_as_few_queries_for_many_copies(desk):
    def queries():
        found(desk, "pompa")
        with CaptureQueriesContext(connection) as context:
            assert found(desk, "pompa")
        return len([each for each in context if '"sources_' in each["sql"]])

    make_capture(text="Pompa.")
    few = queries()
    for _number in range(20):
        make_capture(text="Pompa lagi.")
    assert queries() == few


def test_only_the_desk_may_search_and_read(client, desk):
    capture = make_capture(text="Kanarirahasia terbang.")
    assert found(desk, "kanarirahasia")
    stranger = Client()
    stranger.force_login(User.objects.create_user("staff-without-rights", is_staff=True))
    for address in (f"{SEARCH}?q=kanarirahasia", reverse("admin:sources_capture_read", args=[capture.pk])):
        response = client.get(address)
        assert (response.status_code, "/admin/login/" in response["Location"]) == (302, True)
        assert stranger.get(address).status_code == 403
    for path in ("/api/v1/search/", "/api/v1/suggest/", "/search/", "/en/search/"):
        assert "terbang" not in client.get(path, {"q": "kanarirahasia"}).content.decode()


def test_no_public_door_knows_of_the_index():
    """Nothing below or beside the desk names its folder or its module; only the settings say where it is."""
    root = Path(configured.BASE_DIR)
    paths = [path for app in ("casedb", "cases", "sources") for path in (root / app).rglob("*.py")]
    naming = {
        str(path.relative_to(root)) for path in paths if re.search("desk_texts|CASEDB_DESK_TEXT_DIR", path.read_text())
    }
    assert naming == {"casedb/settings.py", "cases/admin/source_texts.py", "cases/admin/desk_texts.py"}


class TestReading:
    def page(self, client, capture, at=""):
        return client.get(reverse("admin:sources_capture_read", args=[capture.pk]), {"at": at} if at else {})

    def test_the_text_is_read_by_pages_with_what_is_quoted_and_what_was_looked_for(self, desk):
        capture = make_capture(text="Halaman satu: uang tunai.\fHalaman dua: <b>uang</b> suap.")
        excerpt = make_excerpt("uang tunai", capture)
        start = capture.text.index("suap")
        html = self.page(desk, capture, f"{start}-{start + 4}").content.decode()
        quoted = reverse("admin:sources_excerpt_change", args=[excerpt.pk])
        assert f'<a class="quoted" href="{quoted}">uang tunai</a>' in html
        assert '&lt;b&gt;uang&lt;/b&gt; <mark id="at">suap</mark>' in html
        assert re.findall(r'<h2 id="page-(\d)-title"[^>]*>page \d</h2>', html) == ["1", "2"]

    def test_words_that_are_looked_for_over_quotes_and_pages_have_one_target(self, desk):
        capture = make_capture(text="Satu dua tiga empat lima enam.\fTujuh delapan.")
        make_excerpt("dua tiga empat", capture)
        make_excerpt("tiga empat lima", capture)
        html = self.page(desk, capture, "9-38").content.decode()
        assert html.count('id="at"') == 1
        shown = re.findall(r'<div class="reader-page"[^>]*>(.*?)</div>', html, re.DOTALL)
        assert re.sub("<.*?>", "", "".join(shown)) == capture.text
        assert "".join(re.findall(r"<mark.*?>(.*?)</mark>", html, re.DOTALL)) == capture.text[9:38]

    def test_what_is_private_is_shown_only_to_who_may_see_it(self, desk):
        capture = make_capture()
        hide(capture, "Bu Melati")
        assert "Bu Melati" in words(self.page(desk, capture))
        user = User.objects.create_user("reader", is_staff=True)
        user.user_permissions.set(permission("view_capture"))
        page = words(self.page(at_the_desk(user), capture, "0-500"))
        assert "Seorang warga, █████████, mengetahui" in page
        assert "Melati" not in page
        assert "Quote from it" not in page, "who may not add excerpts has no form for them"

    def test_words_are_quoted_from_the_page(self, desk):
        capture = make_capture()
        data = Form(self.page(desk, capture).content.decode(), "excerpt_form").data
        response = desk.post(ADD, data | {"exact": "uang\r\ntunai senilai  2.5 milyar"})
        excerpt = Excerpt.objects.get()
        assert excerpt.exact == "uang tunai senilai 2.5 milyar"
        assert response["Location"] == read_address(capture, excerpt.start, excerpt.end), "back to the text"
        refused = desk.post(ADD, data | {"exact": "uang tunai"})
        assert "in 2 places" in refusals(refused)["after"]
        assert "uang tunai</textarea>" in refused.content.decode()

    @pytest.mark.parametrize("at", ["x", "1-x", "-5", "1" * 20])
    def test_a_place_that_is_none_is_refused(self, desk, at):
        assert self.page(desk, make_capture(), at).status_code == 400

    def test_a_place_beyond_the_text_shows_the_text(self, desk):
        assert "Pemerintah Kota Contoh" in words(self.page(desk, make_capture(), "99999-100000"))

    def test_a_copy_without_a_text_says_so_and_an_unknown_one_is_missing(self, desk):
        capture = Capture.objects.create(source=make_source(), text_sha256="1" * 64, text_length=9)
        assert "The text is not kept here" in words(self.page(desk, capture))
        assert desk.get(f"/admin/sources/capture/{uuid.uuid4()}/read/").status_code == 404

    def test_three_hundred_pages_cost_as_few_queries_as_one(self, desk):
        def queries(capture):
            with CaptureQueriesContext(connection) as context:
                self.page(desk, capture)
            return len([each for each in context if '"sources_' in each["sql"]])

        short = make_capture(text="Satu halaman.")
        long = make_capture(text="\f".join(f"Halaman {number} kata." for number in range(300)))
        for number in range(0, 300, 10):
            make_excerpt(f"Halaman {number} kata", long)
        assert queries(short) == queries(long)
