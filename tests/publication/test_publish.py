"""Publishing: together or not at all, with every reason at once, by two people where it concerns anyone."""

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, connection, transaction

from cases.documents.types import parse_document
from cases.models import Draft, Record, RecordClaim, Revision, RevisionBody
from cases.publication.acts import Act, reinstate, withdraw
from cases.publication.audit.verify import verify
from cases.publication.errors import NotPublishableError
from cases.publication.ledger import current_document
from cases.publication.publish import publish
from tests.factories import (
    PUBLISHED,
    both,
    everything_named_by,
    hide,
    make_actor,
    make_capture,
    make_case,
    make_claim,
    make_excerpt,
    make_transfer,
)

pytestmark = pytest.mark.django_db


def public(item, curator: User, reviewer: User) -> list[Revision]:
    return publish(everything_named_by(item), by=curator, reviewer=reviewer, reason=both("Terbit"))


def refusal(*items, by: User, reviewer: User | None = None, reason=PUBLISHED) -> str:
    with pytest.raises(NotPublishableError) as caught:
        publish(items, by=by, reviewer=reviewer, reason=reason)
    assert Revision.objects.count() == Record.objects.count() or Revision.objects.exists()
    return str(caught.value)


def test_a_published_case_and_its_source_stand_in_the_record(curator, reviewer):
    case = make_case()
    revisions = public(case, curator, reviewer)
    assert [(r.seq, r.kind, r.version, r.action) for r in revisions] == [
        (1, "case", 1, "publish"),
        (2, "source", 1, "publish"),
    ]
    assert {r.batch for r in revisions} == {1}
    document = current_document(case.id)
    assert document.title.id == "CCTV Kota Contoh"
    assert document.claims[0].citations[0].excerpt == document.excerpts[0].id
    assert list(verify()) == []


def test_what_has_not_changed_is_not_published_again(curator, reviewer):
    case = make_case()
    public(case, curator, reviewer)
    assert "Nothing has changed" in refusal(case, by=curator, reviewer=reviewer)


def test_a_correction_keeps_the_earlier_version(curator, reviewer):
    case = make_case()
    public(case, curator, reviewer)
    make_claim(case, make_excerpt("bekerja sama dengan PT Misal", case.claims.get().citations.get().excerpt.capture))
    publish([case], by=curator, reviewer=reviewer, reason=both("Satu pernyataan ditambah"))
    versions = list(Record.objects.filter(object_id=case.id).order_by("version"))
    assert [(v.version, v.since_seq, v.until_seq) for v in versions] == [(1, 1, 3), (2, 3, None)]
    assert list(verify()) == []


def test_a_withdrawn_case_leaves_the_current_record_and_keeps_its_history(curator, reviewer):
    case = make_case()
    public(case, curator, reviewer)
    publish([withdraw(case, "error")], by=curator, reviewer=reviewer, reason=both("Keliru"))
    assert not Record.objects.current().filter(object_id=case.id).exists()
    assert Record.objects.as_of(2).filter(object_id=case.id).exists()
    gone = parse_document(RevisionBody.objects.get(pk=3).document)
    assert gone.withdrawn.reason == "error"
    assert gone.claims == ()
    assert list(verify()) == []


def test_a_withdrawn_case_can_be_reinstated_but_not_simply_published(curator, reviewer):
    case = make_case()
    public(case, curator, reviewer)
    publish([withdraw(case, "error")], by=curator, reviewer=reviewer, reason=both("Keliru"))
    assert "Reinstate it" in refusal(case, by=curator, reviewer=reviewer)
    publish([reinstate(case)], by=curator, reviewer=reviewer, reason=both("Ternyata benar"))
    assert Record.objects.current().get(object_id=case.id).version == 3
    assert list(verify()) == []


def test_a_case_cannot_go_out_before_the_actor_it_names(curator, reviewer):
    case = make_case()
    make_claim(case, parties=[("partner", make_actor("PT Belum Terbit"))])
    assert "PT Belum Terbit, which is not public" in refusal(case, by=curator, reviewer=reviewer)


def test_an_actor_whom_a_public_case_names_cannot_be_withdrawn_before_it(curator, reviewer):
    case, actor = make_case(), make_actor()
    make_claim(case, parties=[("partner", actor)])
    public(case, curator, reviewer)
    assert "still named by" in refusal(withdraw(actor, "error"), by=curator, reviewer=reviewer)
    publish([withdraw(actor, "error"), withdraw(case, "error")], by=curator, reviewer=reviewer, reason=both("Keduanya"))
    assert list(verify()) == []


def test_a_changed_title_corrects_every_document_that_embeds_it(curator, reviewer):
    case, actor = make_case(), make_actor("PT Lama")
    make_claim(case, parties=[("partner", actor)])
    public(case, curator, reviewer)
    actor.title_id = actor.title_en = "PT Baru"
    actor.save()
    case.title_id = "Judul yang belum terbit"
    case.save()
    revisions = publish([actor], by=curator, reviewer=reviewer, reason=both("Nama diperbaiki"))
    assert [(r.kind, r.action, r.cause) for r in revisions] == [
        ("actor", "correct", None),
        ("case", "correct", revisions[0].seq),
    ]
    document = current_document(case.id)
    assert "PT Baru" in str(document)
    assert "PT Lama" not in str(document)
    assert document.title.id == "CCTV Kota Contoh", "unpublished work must not slip out with it"
    assert list(verify()) == []


def test_an_unpublished_title_does_not_slip_out_through_another_document(curator, reviewer):
    case, actor = make_case(), make_actor("PT Terbit")
    make_claim(case, parties=[("partner", actor)])
    public(case, curator, reviewer)
    actor.title_id = "PT Rahasia Meja"
    actor.save()
    make_claim(case)
    publish(everything_named_by(case), by=curator, reviewer=reviewer, reason=both("Satu lagi"))
    assert "Rahasia" not in RevisionBody.objects.order_by("-pk").first().document


def test_a_case_needs_a_second_person(curator, reviewer):
    items = everything_named_by(make_case())
    assert "a second person must review it" in refusal(*items, by=curator)
    assert "somebody else" in refusal(*items, by=curator, reviewer=curator)
    Draft.objects.create(object_kind="case", object_id=items[0].id, dossier="-", origin="admin", by=reviewer)
    assert "has changed CCTV Kota Contoh since" in refusal(*items, by=curator, reviewer=reviewer)


def test_an_actor_who_is_no_person_needs_no_second_person(curator):
    assert publish([make_actor()], by=curator, reason=both("Terbit"))


def test_every_reason_is_listed_at_once(curator):
    case = make_case(title="Tersangka CCTV")
    case.claims.update(lead=None, stale_language="en")
    case.claims.get().citations.all().delete()
    reasons = refusal(case, by=curator, reason=both(" "))
    for part in (
        "Say why",
        "second person",
        "lead is required",
        "excerpt that supports",
        "not yet checked",
        "legal status",
    ):
        assert part in reasons


@pytest.mark.parametrize("words", ["tersangka", "convicted", "Terdakwa"])
def test_no_statement_calls_anyone_a_suspect_without_a_dated_stage(curator, reviewer, words):
    case = make_case()
    case.claims.update(statement_en=f"He is a {words}.", statement_id="Kalimat.")
    assert "needs a dated legal stage" in refusal(*everything_named_by(case), by=curator, reviewer=reviewer)


@pytest.mark.parametrize("secret", ["3174012345678901", "0812-3456-7890", "warga@contoh.id"])
def test_private_data_is_never_published(curator, reviewer, secret):
    case = make_case()
    case.claims.update(statement_id=f"Hubungi {secret}.")
    assert "must not be published" in refusal(*everything_named_by(case), by=curator, reviewer=reviewer)


def test_an_accused_party_is_never_above_alleged(curator, reviewer):
    case = make_case()
    make_claim(case, parties=[("accused", "seorang pejabat")], standing="stated")
    assert "alleged at most" in refusal(*everything_named_by(case), by=curator, reviewer=reviewer)


def test_an_empty_side_that_a_reader_asks_about_is_a_blocker(curator, reviewer):
    case = make_case()
    claim = make_claim(case, kind="transfer", standing="potential")
    claim.transfer = type(claim).transfer.related.related_model.objects.create(claim=claim, kind="bribe")
    reasons = refusal(*everything_named_by(case), by=curator, reviewer=reviewer)
    for name in ("payer", "recipient", "amount", "date"):
        assert f"“{name}” is empty" in reasons


def test_words_that_touch_a_private_person_are_a_blocker(curator, reviewer):
    case, capture = make_case(), make_capture()
    make_claim(case, make_excerpt("Seorang warga, Bu Melati", capture))
    hide(capture, "Bu Melati")
    assert "private person" in refusal(*everything_named_by(case), by=curator, reviewer=reviewer)


def test_a_changed_value_needs_its_citation_confirmed(curator, reviewer):
    case = make_case()
    claim = case.claims.get()
    public(case, curator, reviewer)
    claim.start = "2019"
    claim.save()
    reasons = refusal(case, by=curator, reviewer=reviewer)
    code = reasons.split("confirm with ")[1].split(".")[0]
    claim.citations.update(confirmed=code)
    assert publish([case], by=curator, reviewer=reviewer, reason=both("Tahun diperbaiki"))


def test_a_slug_is_never_reused(curator, reviewer):
    case = make_case()
    public(case, curator, reviewer)
    old = case.slug
    case.slug = "alamat-baru"
    case.save()
    publish([case], by=curator, reviewer=reviewer, reason=both("Alamat diperbaiki"))
    other = make_case(slug=old)
    assert "never reused" in refusal(*everything_named_by(other), by=curator, reviewer=reviewer)


def test_a_refused_set_writes_nothing(curator, reviewer):
    good, bad = make_actor(), make_case()
    bad.claims.update(lead=None)
    refusal(good, Act(bad), by=curator, reviewer=reviewer)
    assert not Revision.objects.exists()
    assert not Record.objects.exists()
    assert not RecordClaim.objects.exists()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cases_revision SET version = 9",
        "DELETE FROM cases_revision",
        "UPDATE cases_revisionbody SET document = '{}'",
        "DELETE FROM cases_revisionbody",
        "UPDATE cases_publication SET reviewer_id = NULL",
        "DELETE FROM cases_publication",
        "UPDATE sources_excerpt SET exact = 'lain'",
        "UPDATE sources_capture SET text = 'lain'",
    ],
)
def test_the_database_refuses_to_change_the_ledger(curator, reviewer, statement):
    public(make_case(), curator, reviewer)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_decided_needs_the_instrument_itself(curator, reviewer):
    case = make_case()
    make_claim(case, standing="decided")
    assert "the ruling, regulation or contract itself" in refusal(
        *everything_named_by(case), by=curator, reviewer=reviewer
    )


def test_a_transfer_is_a_bribe_only_where_its_words_say_so(curator, reviewer):
    case = make_case()
    make_transfer(case, kind="bribe")
    assert "uses the word “bribe”" in refusal(*everything_named_by(case), by=curator, reviewer=reviewer)


def test_a_correction_that_only_followed_a_title_does_not_hide_the_reviewers_own_edits(curator, reviewer):
    case, actor = make_case(), make_actor("PT Lama")
    make_claim(case, parties=[("partner", actor)])
    public(case, curator, reviewer)
    Draft.objects.create(object_kind="case", object_id=case.id, dossier="-", origin="admin", by=reviewer)
    actor.title_id = "PT Baru"
    actor.save()
    third = User.objects.create_user("a-third-person")
    publish([actor], by=curator, reviewer=third, reason=both("Nama diperbaiki"))
    make_claim(case)
    items = everything_named_by(case)
    assert "has changed CCTV Kota Contoh since" in refusal(*items, by=curator, reviewer=reviewer)


def test_a_disputed_date_is_found_by_any_side(curator, reviewer):
    case = make_case()
    claim = make_claim(case, kind="event")
    conflict = case.conflicts.create(
        key="when", kind="within_source", claim=claim, property="start", explanation_id="-", explanation_en="-"
    )
    for value in ("2020-02", "2021", "menjelang pemilu"):
        conflict.sides.create(value=value, excerpt=claim.citations.get().excerpt)
    public(case, curator, reviewer)
    row = RecordClaim.objects.get(object_id=claim.id)
    assert (row.start_key, row.end_key) == ("2020-02-01", "2021-12-31")
