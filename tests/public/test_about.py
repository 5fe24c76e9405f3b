"""About: who runs this, and one statement opened down to its characters; empty names are told to the operator."""

import html

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from cases.models import Record, RecordClaim
from cases.record.lookup import document_of_revision
from tests.factories import make_case
from tests.public.conftest import read, text_of

pytestmark = pytest.mark.django_db


def test_a_copy_without_names_says_so(client):
    page = text_of(read(client, "/en/about/"))
    assert "This copy has not named its operator." in page
    assert "has not said how to reach its operator" in page
    assert "belum menyebut pengelolanya" in read(client, "/about/")


def test_a_deployment_shows_its_names_and_deadlines(client, settings):
    settings.CASEDB_OPERATOR = "Yayasan <b>Contoh</b>"
    settings.CASEDB_CONTACT = "redaksi@contoh.id"
    settings.CASEDB_TAKEDOWN_CONTACT = "hukum@contoh.id"
    settings.CASEDB_CORRECTION_DAYS, settings.CASEDB_REPLY_DAYS, settings.CASEDB_SUBMISSION_DAYS = 3, 5, 90
    page = read(client, "/en/about/")
    assert "<strong>Yayasan &lt;b&gt;Contoh&lt;/b&gt;</strong>" in page
    assert 'href="mailto:redaksi@contoh.id"' in page
    assert 'href="mailto:hukum@contoh.id"' in page
    words = text_of(page)
    assert "has not named" not in words
    assert "within 3 days" in words
    assert "within 5 days" in words
    assert "90 days after we have decided" in words


def test_the_walk_from_a_sentence_to_its_words_is_one_of_the_record(client, published):
    case = make_case("Perkara Contoh")
    published(case)
    document = document_of_revision(Record.objects.current().get(kind="case").since_seq).document
    excerpt = document.excerpts[0]
    page = read(client, "/en/about/")
    assert f'href="/en/claims/{document.lead[0]}/"' in page
    assert f'href="/en/excerpts/{excerpt.id}/"' in page
    assert excerpt.text_sha256 in page
    assert excerpt.exact in html.unescape(page)
    assert f"character {excerpt.start} up to character {excerpt.end}" in text_of(page)


def test_an_empty_record_has_no_example(client):
    assert not RecordClaim.objects.exists()
    assert "One statement of the record" not in read(client, "/en/about/")


def test_deploying_without_names_is_complained_of_by_name(settings):
    settings.CASEDB_OPERATOR, settings.CASEDB_CONTACT = "", " "
    ids = {message.id: message.msg for message in run_checks(include_deployment_checks=True)}
    assert "CASEDB_OPERATOR" in ids["casedb.E001"]
    assert "CASEDB_CONTACT" in ids["casedb.E002"]
    with pytest.raises(SystemCheckError, match="CASEDB_OPERATOR is empty"):
        call_command("check", deploy=True)
    settings.CASEDB_OPERATOR, settings.CASEDB_CONTACT = "Yayasan Contoh", "redaksi@contoh.id"
    settings.CASEDB_PROXIES = 1
    assert not {m.id for m in run_checks(include_deployment_checks=True) if (m.id or "").startswith("casedb.")}
    assert not [m for m in run_checks() if (m.id or "").startswith("casedb.")]
