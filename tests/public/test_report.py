"""A report: who may send what, what is filed, and what its sender and nobody else can read of it."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from cases.models import Submission
from cases.public.report.views import REPORT_LIMIT
from tests.factories import make_case
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


def test_files_and_large_bodies_are_refused_unread(client):
    assert client.post("/report/", GOOD).status_code == 400  # multipart
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
