"""A report: who may send what, what is filed, and what its sender and nobody else can read of it."""

import io
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from cases.models import Submission
from cases.public.report.views import REPORT_LIMIT
from sources.intake import files
from sources.intake.attachments import ATTACHMENT_MAX_BYTES
from tests.admin.test_hostile_files import archive
from tests.factories import make_actor, make_case, make_claim
from tests.public.conftest import read, text_of

pytestmark = pytest.mark.django_db
GOOD = {"kind": "mistake", "path": "/", "statement": "Angkanya keliru.", "source_url": "", "contact": "", "website": ""}
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(autouse=True)
def _nobody_has_reported_yet():
    cache.clear()


def send(client, address="/en/report/", **fields):
    text = "&".join(f"{name}={value}" for name, value in (GOOD | fields).items())
    return client.post(address, text, content_type=FORM)


def test_what_is_sent_is_filed_and_its_state_can_be_read_at_an_address_of_its_own(client):
    answer = send(client, contact="nama%40contoh.id")
    sent = Submission.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/en/report/{sent.reference}/")
    assert (sent.kind, sent.statement, sent.contact) == ("mistake", "Angkanya keliru.", "nama@contoh.id")
    page = read(client, f"/en/report/{sent.reference}/")
    assert str(sent.reference) in page
    assert "Received." in text_of(page)
    assert "keliru" not in page
    assert "contoh.id" not in page
    assert 'content="noindex"' in page


@pytest.mark.parametrize(
    ("state", "shown"), [("reading", "Being read."), ("acted", "Acted on."), ("declined", "Declined.")]
)
def test_its_sender_reads_the_state_and_the_answer_but_never_the_note(client, state, shown):
    fields = {"state": state, "answer": "Sumbernya memang begitu.", "note": "Catatan dalam."}
    sent = Submission.objects.create(kind="mistake", path="/", statement="Salah.", **fields)
    page = text_of(read(client, f"/en/report/{sent.reference}/"))
    assert shown in page
    assert "Sumbernya memang begitu." in page
    assert "Catatan" not in page


def test_nothing_of_a_report_is_public(client):
    send(client, statement="kanarilaporan")
    for path in ("/", "/changes/", "/search/?q=kanarilaporan", "/report/", "/sitemap.xml", "/api/v1/changes/"):
        page = client.get(path).content.decode()
        for echo in ("q=kanarilaporan", "q%3Dkanarilaporan", 'value="kanarilaporan"'):
            page = page.replace(echo, "")
        assert page.count("kanarilaporan") <= 3
        assert str(Submission.objects.get().reference) not in page


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"kind": ""}, "kind"),
        ({"kind": "praise"}, "kind"),
        ({"statement": "  "}, "statement"),
        ({"statement": "x" * 5001}, "statement"),
        ({"source_url": "javascript:alert(1)"}, "source_url"),
        ({"source_url": "https://x.id/" + "y" * 500}, "source_url"),
        ({"contact": "x" * 201}, "contact"),
        ({"path": "/nowhere/at/all/"}, "path"),
        ({"path": "/admin/"}, "path"),
        ({"path": "//evil.example/"}, "path"),
        ({"path": "https://evil.example/cases/"}, "path"),
        ({"path": "https://[broken/"}, "path"),
        ({"website": "https://spam.example"}, "website"),
        ({"statement": "a%00b"}, "statement"),
    ],
)
def test_bad_input_is_told_at_its_field_and_nothing_is_lost(client, fields, field):
    answer = send(client, **({"statement": "Kata-kata saya.", "contact": "saya"} | fields))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="{field}-error"' in page
    assert re.search(rf'aria-describedby="[^"]*{field}-error"', page)
    assert not Submission.objects.exists()
    if field != "statement":
        assert "Kata-kata saya." in page
    if field != "contact":
        assert 'value="saya"' in page


def test_a_source_alone_is_enough(client):
    assert send(client, statement="", source_url="https://contoh.id/putusan").status_code == 303


def test_an_address_in_full_and_in_english_becomes_the_path_of_the_page(client, published):
    case = make_case("Perkara Contoh")
    published(case)
    send(client, path=f"https://testserver/en/cases/{case.slug}/?as_of=2026-01-01")
    assert Submission.objects.get().path == f"/cases/{case.slug}/"


def test_the_form_is_prefilled_with_the_page_that_it_was_opened_on(client, published):
    case = make_case("Perkara Contoh")
    published(case)
    footer = read(client, f"/en/cases/{case.slug}/")
    assert f'href="/en/report/?about=%2Fcases%2F{case.slug}%2F"' in footer
    form = read(client, f"/en/report/?about=%2Fcases%2F{case.slug}%2F")
    assert f'value="/cases/{case.slug}/"' in form
    assert text_of(form).count("About: ") == 1
    claim = case.claims.get()
    assert claim.statement_en in text_of(read(client, f"/en/report/?about=/claims/{claim.id}/"))


def test_a_page_that_is_none_cannot_be_reported_on(client):
    for about in ("/nowhere/at/all/", "/admin/", "javascript:alert(1)", "//evil.example/", "/%00"):
        page = client.get(f"/en/report/?about={about}")
        assert page.status_code == 400, about
    read(client, "/report/?abuot=/", 400)


def test_a_form_without_its_token_is_given_back_with_what_was_written():
    strict = Client(enforce_csrf_checks=True)
    answer = send(strict, statement="Kata-kata saya.")
    assert answer.status_code == 403
    assert "Kata-kata saya." in answer.content.decode()
    assert "please send it again" in answer.content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', answer.content.decode())
    assert token
    assert send(strict, csrfmiddlewaretoken=token[1]).status_code == 303


def test_a_cookie_comes_with_the_form_and_with_nothing_else(client):
    assert not client.get("/about/").cookies
    assert not client.get("/report/00000000-0000-4000-8000-000000000000/").cookies
    answer = client.get("/report/")
    cookie = answer.cookies["csrftoken"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", "")
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_large_bodies_and_other_types_are_refused_unread(client):
    too_large = b"--x\r\n" + b"x" * (2 * ATTACHMENT_MAX_BYTES + 100_000)
    answer = client.post("/en/report/", too_large, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 400
    assert "The file is too large: at most 10 MB are taken." in answer.content.decode()
    assert client.post("/report/", "{}", content_type="application/json").status_code == 400
    assert send(client, statement="x" * 100_000).status_code == 400
    assert not Submission.objects.exists()


def test_the_longest_report_in_the_widest_letters_is_taken(client):
    assert send(client, statement="%F0%9F%98%80" * 5000, contact="%F0%9F%98%80" * 200).status_code == 303


def test_too_many_reports_are_told_when_to_try_again_and_lose_nothing(client):
    for _each in range(REPORT_LIMIT.capacity):
        assert send(client).status_code == 303
    answer = send(client, statement="Yang keenam.")
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= REPORT_LIMIT.refill_seconds
    assert "Yang keenam." in answer.content.decode()
    assert "in 10 minutes" in answer.content.decode()
    assert send(Client(REMOTE_ADDR="203.0.113.9")).status_code == 303
    assert Submission.objects.count() == REPORT_LIMIT.capacity + 1


def test_other_methods_are_refused_and_the_allowed_ones_named(client):
    answer = client.options("/report/")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, POST")
    reference = Submission.objects.create(kind="mistake", path="/", statement="x").reference
    assert client.post(f"/report/{reference}/").status_code == 405


def test_words_are_erased_once_the_decision_is_old_and_not_before(client, capsys, settings):
    settings.CASEDB_SUBMISSION_DAYS = 30
    words = {"kind": "mistake", "path": "/", "statement": "Salah.", "contact": "saya", "answer": "Sudah."}
    now = timezone.now()
    old = Submission.objects.create(**words, state="acted", decided_at=now - timedelta(days=31))
    new = Submission.objects.create(**words, state="acted", decided_at=now - timedelta(days=29))
    waiting = Submission.objects.create(**words)
    Submission.objects.filter(pk=waiting.pk).update(at=now - timedelta(days=99))
    call_command("purge_submissions")
    said = capsys.readouterr().out
    assert "Erased the words of 1 reports." in said
    assert "1 reports are older" in said
    for sent in (old, new, waiting):
        sent.refresh_from_db()
    assert (old.statement, old.contact, old.answer) == ("", "", "Sudah.")
    assert new.statement == waiting.statement == "Salah."
    assert "were erased on" in read(client, f"/en/report/{old.reference}/")
    call_command("purge_submissions")
    assert "of 0 reports" in capsys.readouterr().out


def test_every_page_of_the_site_may_be_reported_the_guide_included(client, db):
    for path in ("/api/", "/en/api/", "/about/", "/"):
        assert client.get("/report/", {"about": path}).status_code == 200, path
    assert client.get("/report/", {"about": "/api/v1/cases/"}).status_code == 400


class TestReplies:
    @pytest.fixture
    def case(self, published):
        person, case = make_actor("Bu Kenanga"), make_case("Perkara Contoh")
        make_claim(case, parties=[("accused", person)], standing="alleged")
        published(case)
        return case

    @pytest.mark.parametrize("folder", ["cases", "claims", "actors"])
    def test_beside_a_name_a_link_opens_a_reply_with_all_that_is_known(self, client, case, folder, settings):
        settings.CASEDB_REPLY_DAYS = 14
        slug = case.claims.get(parties__part="accused").parties.get().who.slug
        claim = case.claims.get(parties__part="accused")
        path = {"cases": f"/cases/{case.slug}/", "claims": f"/claims/{claim.id}/", "actors": f"/actors/{slug}/"}[folder]
        address = f"/en/report/?about={path}&amp;who={slug}"
        assert f'href="{address}"' in read(client, f"/en{path}")
        form = read(client, address.replace("&amp;", "&"))
        assert "You reply as, or for, Bu Kenanga." in text_of(form)
        assert re.search(r'value="response"[^>]*checked', form)
        assert f'value="{path}"' in form
        due = timezone.localdate() + timedelta(days=14)
        assert f"we answer by {due.day} {due:%B %Y}." in text_of(form)

    @pytest.mark.parametrize("who", ["kenanga", "perkara-contoh", "../x", "x" * 300, "<b>"])
    def test_somebody_whom_the_page_does_not_name_is_no_one_to_reply_for(self, client, case, who):
        page = read(client, f"/en/report/?about=/cases/{case.slug}/&who={who}", 400)
        assert "who" in text_of(page)
        read(client, "/en/report/?who=bu-kenanga", 400)

    def test_a_reply_is_filed_with_whom_it_is_for_a_day_and_a_number_to_say(self, client, case):
        slug = case.claims.get(parties__part="accused").parties.get().who.slug
        answer = send(client, kind="response", path=f"/cases/{case.slug}/", who=slug)
        sent = Submission.objects.get()
        assert (sent.who, sent.answer_by) == (slug, timezone.localdate() + timedelta(days=14))
        page = text_of(read(client, answer.headers["Location"]))
        assert f"Number{sent.number[:4]} {sent.number[4:]} Say it" in page
        assert f"We answer by{sent.answer_by.day} {sent.answer_by:%B %Y}" in page
        assert "Kenanga" not in page

    def test_the_day_is_the_one_in_jakarta_and_stays_as_it_was_promised(self, client, case, settings, monkeypatch):
        late = timezone.datetime(2026, 12, 31, 18, tzinfo=timezone.get_fixed_timezone(0))  # 1 January in Jakarta
        monkeypatch.setattr(timezone, "now", lambda: late)
        address = send(client, kind="response", path="/").headers["Location"]
        assert Submission.objects.get().answer_by == date(2027, 1, 15)
        settings.CASEDB_REPLY_DAYS = 90
        assert "15 January 2027" in read(client, address)

    def test_one_whom_the_page_does_not_name_is_told_at_the_page_and_may_send_it_about_none(self, client, case):
        fields = {"kind": "response", "who": "nobody", "path": f"/cases/{case.slug}/"}
        answer = send(client, **fields)
        assert answer.status_code == 422
        assert "names nobody called “nobody”" in text_of(answer.content.decode())
        assert send(client, **fields | {"path": ""}).status_code == 303
        assert Submission.objects.get().who == ""

    def test_what_is_no_response_is_of_nobody(self, client, case):
        slug = case.claims.get(parties__part="accused").parties.get().who.slug
        send(client, kind="mistake", path=f"/cases/{case.slug}/", who=slug)
        assert Submission.objects.get().who == ""

    def test_each_has_a_number_of_its_own(self, monkeypatch):
        numbers = iter(["12345678", "12345678", "12345678", "87654321"])
        monkeypatch.setattr("cases.models.workflow.random_number", lambda: next(numbers))
        Submission.objects.create(kind="mistake", path="/", number=Submission.objects.free_number())
        assert Submission.objects.free_number() == "87654321"


PDF_BYTES = b"%PDF-1.4\n1 0 obj\n"
PNG_BYTES = b"\x89PNG\r\n\x1a\n" + b"\0" * 64
WORD_BYTES = archive(("word/document.xml", b"<w/>"), ("[Content_Types].xml", b"<t/>"))
BOMB = archive(("word/document.xml", b"\0" * 50_000_000), ("[Content_Types].xml", b"<t/>"))


class TestFiles:
    @pytest.fixture(autouse=True)
    def folder(self, settings: Any, tmp_path: Path) -> Path:
        settings.CASEDB_FILES_DIR = tmp_path / "files"
        return tmp_path / "files"

    def send(self, client, data: bytes, name: str, **fields: str):
        return client.post("/en/report/", GOOD | fields | {"file": SimpleUploadedFile(name, data)})

    def kept(self, folder: Path) -> list[bytes]:
        return [each.read_bytes() for each in folder.iterdir()] if folder.exists() else []

    @pytest.mark.parametrize(
        ("data", "name", "kept_as"),
        [
            (PDF_BYTES, "surat kuasa.pdf", "surat kuasa.pdf"),
            (PNG_BYTES, "FOTO.PNG", "FOTO.PNG"),
            (WORD_BYTES, "surat.docx", "surat.docx"),
            ("Kami membantah.".encode("utf-16"), "surat.txt", "surat.txt"),
            (b"#!/bin/sh\nrm -rf /\n", "run.sh", "run.sh.txt"),
            (PDF_BYTES, "../../etc/cron.d/x.pdf", "x.pdf"),
            (PDF_BYTES, "surat\u202efdp.exe", "suratfdp.exe.pdf"),
            (PDF_BYTES, "x" * 300 + ".pdf", "x" * 96 + ".pdf"),
            (PDF_BYTES, ".pdf", "file.pdf"),
        ],
    )
    def test_one_file_is_kept_under_a_random_name_for_the_desk_only(self, client, folder, data, name, kept_as):
        answer = self.send(client, data, name)
        assert answer.status_code == 303, text_of(answer.content.decode())
        sent = Submission.objects.get()
        assert (sent.file_name, sent.file_size) == (kept_as, len(data))
        assert files.path_of(sent.file).read_bytes() == data
        page = read(client, answer.headers["Location"])
        assert "received with it" in page
        assert kept_as not in page
        assert sent.file not in page

    @pytest.mark.parametrize(
        ("data", "name", "told"),
        [
            (b"#!/bin/sh\nrm -rf /\n", "surat.pdf", "Its name says PDF, but it is text."),
            (b"<html><script>alert(1)</script></html>", "surat.html", "It is HTML."),
            (b"MZ" + bytes(range(32)) * 90, "surat.exe", "We take PDF, Word (DOCX), JPEG, PNG and plain text."),
            (BOMB, "surat.docx", "It unfolds to far more than a document holds"),
            (archive(("a.txt", b"a")), "surat.zip", "It is an archive, not a Word file."),
            (b"a" * 5000 + b"\0" + b"a" * 5000, "surat.txt", "It holds a NUL character"),
            (PDF_BYTES + WORD_BYTES, "surat.pdf", "It is two files in one"),
            (b"", "surat.pdf", "empty"),
            (PDF_BYTES + b"x" * ATTACHMENT_MAX_BYTES, "surat.pdf", "It has 11 MB; a file may have 10 MB."),
        ],
        ids=["script-as-pdf", "html", "program", "bomb", "archive", "nul", "two-in-one", "empty", "11-mb"],
    )
    def test_a_hostile_file_is_told_in_a_sentence_and_nothing_is_half_made(self, client, folder, data, name, told):
        answer = self.send(client, data, name, statement="Kata-kata saya.")
        page = text_of(answer.content.decode())
        assert answer.status_code == 422
        assert told in page
        assert "Kata-kata saya." in page
        assert "please choose it again" in page
        assert self.kept(folder) == []
        assert not Submission.objects.exists()

    def test_another_mistake_in_the_form_keeps_nothing_of_the_file_and_says_so(self, client, folder):
        page = self.send(client, PDF_BYTES, "surat.pdf", kind="").content.decode()
        assert "please choose it again" in page
        assert self.kept(folder) == []
        assert "please choose it again" not in send(client, kind="").content.decode()

    def test_a_file_goes_when_the_row_cannot_be_stored(self, client, folder, monkeypatch):
        client.raise_request_exception = False

        def broken(self: Submission, **_options: object) -> None:
            raise OSError("full")

        monkeypatch.setattr(Submission, "save", broken)
        assert self.send(client, PDF_BYTES, "surat.pdf").status_code == 500
        assert self.kept(folder) == []

    def test_each_file_counts_also_one_that_is_refused(self, client, folder):
        for _each in range(REPORT_LIMIT.capacity):
            assert self.send(client, b"<html>", "x.html").status_code == 422
        answer = self.send(client, PDF_BYTES, "surat.pdf", statement="Kata-kata saya.")
        assert answer.status_code == 429
        assert "Kata-kata saya." in answer.content.decode()
        assert self.kept(folder) == []

    def test_it_is_erased_with_the_words(self, client, folder, django_capture_on_commit_callbacks):
        self.send(client, PDF_BYTES, "surat.pdf")
        assert len(self.kept(folder)) == 1
        Submission.objects.update(state="acted", decided_at=timezone.now() - timedelta(days=999))
        with django_capture_on_commit_callbacks(execute=True):
            call_command("purge_submissions", stdout=io.StringIO())
        sent = Submission.objects.get()
        assert (sent.file, sent.file_name, sent.file_size, sent.statement) == ("", "", 0, "")
        assert self.kept(folder) == []
