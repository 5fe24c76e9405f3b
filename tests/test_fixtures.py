"""The dossiers in the repository: they load, publish and verify, and say no more than their sources."""

import json
import re
from pathlib import Path

import msgspec
import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from cases.claim_kinds.stage import Stage
from cases.claim_kinds.transfer import Transfer
from cases.documents.claims import PublishedClaim
from cases.documents.types import parse_document
from cases.dossiers.load import check, dossier_files
from cases.dossiers.quotes_lock import LOCK_NAME, write
from cases.dossiers.seed import seed
from cases.models import Case, Claim, Record, Revision, RevisionBody
from cases.publication.audit.verify import verify
from cases.publication.fairness import LEGAL_WORDS
from cases.publication.ledger import current_document
from sources.models import Capture, Excerpt, Source
from tests.dossiers.samples import row_counts
from tests.seeding import seed_fixtures
from tests.shared import taken_back

FIXTURES = Path(__file__).parent.parent / "fixtures"
HEDGES = re.compile(r"potensi|potential|calon|prospective", re.IGNORECASE)


@pytest.fixture(scope="module")
def seeded(django_db_setup, django_db_blocker):
    """The record of the repository, seeded from the lock alone."""
    with taken_back(django_db_blocker):
        yield seed_fixtures()


@pytest.fixture
def record(seeded, django_db_blocker):
    with taken_back(django_db_blocker):
        yield seeded


@pytest.fixture
def case_000(record) -> Case:
    """The case of document 000."""
    [capture] = Capture.objects.filter(file_name__startswith="000_")
    return Case.objects.get(claims__said_by_source=capture.source, claims__lead=1)


def public_claims() -> list[PublishedClaim]:
    documents = [current_document(row.object_id) for row in Record.objects.current()]
    return [claim for document in documents for claim in document.claims]


def test_every_dossier_is_loaded_and_the_record_is_whole(record):
    assert len(record.loaded) == len(dossier_files(FIXTURES))
    assert list(verify()) == []
    assert Revision.objects.count() == len(record.published)


def test_the_record_verifies_against_the_documents(record, documents):
    assert list(verify(documents)) == []


def test_the_dossiers_are_right_about_the_documents(record, documents):
    assert check(dossier_files(FIXTURES), documents=documents).bundles


def test_the_lock_is_what_the_documents_give(record, documents, tmp_path):
    """Not only right where it speaks: it holds every quote of the dossiers, and no other."""
    write(tmp_path / LOCK_NAME, check(dossier_files(FIXTURES), documents=documents).quotes)
    assert (tmp_path / LOCK_NAME).read_text() == (FIXTURES / LOCK_NAME).read_text(), (
        "write it anew: manage.py verify --documents DIR --lock"
    )


def test_a_second_seeding_changes_no_table(record):
    before = row_counts()
    assert seed(FIXTURES).loaded == []
    assert row_counts() == before


def test_two_people_stand_behind_every_dossier(record):
    assert set(User.objects.values_list("username", flat=True)) == {"desk", "second-reader"}
    assert not Revision.objects.filter(publication__reviewer=None).exists()


def test_nobody_in_the_record_has_a_legal_status(record):
    assert not Stage.objects.exists()
    assert not Claim.objects.filter(kind="stage").exists()
    for claim in public_claims():
        assert not any(LEGAL_WORDS.search(text) for text in (claim.statement.id, claim.statement.en))
        assert not claim.parties_in("defendant")
        assert not claim.parties_in("accused") or claim.standing in ("potential", "alleged")


def test_an_amount_without_a_currency_in_the_source_has_none(record, case_000):
    cash = Transfer.objects.get(claim__subject=case_000, amount="2500000000")
    assert (cash.as_stated, cash.currency, cash.kind) == ("2.5 milyar", "", "")
    [claim] = [claim for claim in public_claims() if claim.id == str(cash.claim_id)]
    assert claim.detail.currency is None
    assert {"payer", "recipient", "currency"} <= set(claim.unknowns)
    assert claim.conflicts, "bribe in one language, money in the other"
    for transfer in Transfer.objects.exclude(amount="").filter(currency=""):
        assert transfer.claim.unknowns.filter(property="currency").exists()


def test_nobody_is_named_as_having_paid_or_received(record, case_000):
    for claim in case_000.claims.filter(kind="transfer"):
        assert {(party.part, party.who) for party in claim.parties.all()} == {("recipient", None)}


def test_what_document_000_calls_potential_stays_potential(record, case_000):
    grave = case_000.claims.filter(kind="transfer") | case_000.claims.filter(aspect="patron_client")
    assert grave.count() >= 4
    assert set(grave.values_list("standing", flat=True)) == {"potential"}


def test_no_claim_is_firmer_than_the_words_that_carry_it(record):
    """A claim whose every supporting quote hedges is potential; nothing is decided, for no instrument is at hand."""
    for claim in Claim.objects.prefetch_related("citations__excerpt"):
        words = [c.excerpt.exact for c in claim.citations.all() if c.relation == "supports"]
        if all(re.search(r"\bberpotensi\b|\bPotensi\b|\bcalon (patron|klien)\b", text) for text in words):
            assert claim.standing == "potential", claim.key
    assert not Claim.objects.filter(standing="decided").exists()


def test_a_flat_word_beside_a_hedge_is_said_as_a_conflict_of_strength(record, case_000):
    assert case_000.conflicts.filter(kind="strength").exists()
    for conflict in case_000.conflicts.filter(kind="strength"):
        assert conflict.claim.standing == "potential"


def test_no_title_or_address_of_the_case_names_an_offence(record, case_000):
    offence = re.compile("suap|bribe|korup|corrupt|gratifi|patron", re.IGNORECASE)
    for text in (case_000.title_id, case_000.title_en, case_000.slug):
        assert not offence.search(text)


def test_every_public_claim_has_words_behind_it_and_a_speaker(record):
    claims = public_claims()
    assert len(claims) >= 40
    for claim in claims:
        assert claim.supporting_excerpts
        assert len(json.loads(msgspec.json.encode(claim.said_by))) == 1
        assert claim.statement.id
        assert claim.statement.en


def test_a_study_known_only_through_another_keeps_its_own_voice(record):
    for source in Source.objects.filter(captures=None):
        assert source.known_through.exists()
        assert not Excerpt.objects.filter(capture__source=source).exists()
        for claim in source.says.all():
            assert claim.relays.exists(), f"{claim.key} is relayed by the work in which we read it"


def test_no_quote_touches_a_hidden_name(record):
    for excerpt in Excerpt.objects.select_related("capture").prefetch_related("capture__private_spans"):
        left, right = excerpt.start - len(excerpt.prefix), excerpt.end + len(excerpt.suffix)
        assert not any(left < end and start < right for start, end in excerpt.capture.private)


def test_every_sentence_of_the_documents_is_quoted_or_left_out_for_a_reason(record, documents, capsys):
    call_command("coverage", documents=documents)
    assert capsys.readouterr().out.count("unexplained: 0") == 5


def test_the_delicate_sentence_gives_each_person_their_own_office(record, case_000):
    """Offices are set apart by semicolons: nobody can read that the mayor headed the transport service."""
    claim = case_000.claims.get(key="potential-patron-client-relation")
    for text, unnamed in ((claim.statement_id, "yang tidak disebut namanya"), (claim.statement_en, "not named")):
        named = [part for part in text.split(";") if "Yana Mulyana" in part]
        assert len(named) == 1
        assert not re.search("Perhubungan|Transportation", named[0])
        assert re.search(rf"(Perhubungan|Transportation)[^;]*{unnamed}", text)
        assert re.search("(Komunikasi dan Informatika|Communication and Informatics)[^;]*”, Khairur Rijal", text)


def test_the_headlines_keep_their_hedge_and_name_nobody(record, case_000):
    headline = case_000.claims.get(lead=1)
    assert "potensi" in headline.statement_id
    assert "potential" in headline.statement_en
    named = [party.who.specific for party in headline.parties.all() if party.who]
    assert not {getattr(who, "actor_kind", "") for who in named} & {"person", "company"}


def test_nobody_with_a_page_is_accused_and_judged_is_not_accused(record, case_000):
    assert not Claim.objects.filter(parties__part="accused", parties__who__isnull=False).exists()
    judged = case_000.claims.get(key="acts-and-democracy-in-bandung")
    assert [party.part for party in judged.parties.filter(who__slug="yana-mulyana")] == ["criticised"]
    assert case_000.unknowns.get(property="proceedings").reason == "not_searched"


def test_whoever_the_cases_name_as_answerable_was_asked_or_not(record):
    for document in (parse_document(body.document) for body in RevisionBody.objects.all()):
        for claim in document.claims if document.kind == "case" else ():
            answerable = set(document.answerable_in(claim))
            assert answerable <= set(document.replies_to(claim))
            for reply in document.replies_to(claim).values():
                assert reply.state == "not_asked", "nobody was asked so far; whoever asks changes the dossier"


def test_what_is_not_held_in_full_is_never_called_silent(record, case_000):
    assert not case_000.unknowns.filter(reason="not_in_source").exists(), "we hold two paragraphs of it"
