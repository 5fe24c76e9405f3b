"""`verify` sees what somebody with the database's password did: every column, every row, every rule."""

import json
import secrets
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, models, transaction

from cases.claim_kinds.stage import Stage
from cases.documents.schemas import json_schema
from cases.documents.types import canonical_json
from cases.models import Case, Publication, Record, RecordClaim, RecordExcerpt, RecordLink, Revision, RevisionBody
from cases.models.ledger import commitment
from cases.publication import triggers
from cases.publication.acts import reinstate, withdraw
from cases.publication.audit.revisions import ledger_is_consistent
from cases.publication.audit.verify import record_equals_replay, verify
from cases.publication.publish import publish
from cases.publication.replay import replay
from sources.models import Capture, Excerpt, ExcerptTranslation
from tests.documents.words import places_of_words, replace_words
from tests.factories import (
    MONEY,
    both,
    hide,
    make_actor,
    make_case,
    make_claim,
    make_excerpt,
    make_figure,
    make_place,
    make_public,
    make_source,
    make_transfer,
)
from tests.shared import taken_back
from tests.tampering import settle, triggers_off

TABLES = (Record, RecordClaim, RecordExcerpt, RecordLink)


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker) -> Iterator[uuid.UUID]:
    """A record that is made once for all tests of this module, in a transaction that is taken back after them."""
    with taken_back(django_db_blocker):
        yield make_a_record().pk


@pytest.fixture
def case(made, django_db_blocker) -> Iterator[Case]:
    with taken_back(django_db_blocker):
        yield Case.objects.get(pk=made)


def make_a_record() -> Case:
    """A public case with something in every table, corrected once; another one was withdrawn and came back."""
    curator, reviewer = User.objects.create_user("a-curator"), User.objects.create_user("a-reviewer")
    place, person = make_place(), make_actor("Budi Contoh", actor_kind="person")
    case = make_case()
    case.places.add(place)
    case.topics = ["cctv"]
    case.save()
    told = make_source()
    make_transfer(case)
    make_figure(case)
    Stage.objects.create(claim=make_claim(case, kind="stage", start="2023-04-14"), stage="verdict", outcome="acquitted")
    claim = make_claim(case, parties=[("partner", make_actor()), ("named", person)], topics=["procurement"])
    told.known_through.add(claim.said_by_source)
    claim.relays.create(source=told)
    claim.places.add(place)
    other = make_case("Kasus lain")
    make_public(case, other, by=curator, reviewer=reviewer)
    make_claim(case)
    make_public(case, by=curator, reviewer=reviewer)
    publish([withdraw(other, "error")], by=curator, reviewer=reviewer, reason=both("Keliru"))
    publish([reinstate(other)], by=curator, reviewer=reviewer, reason=both("Ternyata benar"))
    assert list(verify()) == []
    return case


def faults_after(change: Callable[[], Any], audit: Callable[[], Any] = verify) -> list[str]:
    """What `verify`, or one part of it, says after a change, which is then taken back."""
    with transaction.atomic():
        with triggers_off():
            change()
        found = list(audit())
        settle()
        transaction.set_rollback(True)
    return found


def another(field: models.Field, value: Any) -> Any:
    """Another value that the column can hold."""
    if isinstance(field, models.ForeignKey):
        return Record.objects.exclude(pk=value).order_by("pk").values_list("pk", flat=True)[0]
    if isinstance(field, models.UUIDField):
        return uuid.uuid4()
    if isinstance(field, models.DateTimeField):
        return value + timedelta(seconds=1)
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.IntegerField):
        return 30_000 if value is None else value + 1000
    if field.name == "action":
        return "correct" if value != "correct" else "publish"
    return "0" * 64 if field.name == "commitment" else "x" if value != "x" else "y"


def columns(model: type[models.Model]) -> list[models.Field]:
    """Every column but the key by which the table itself numbers its rows."""
    return [field for field in model._meta.concrete_fields if not field.primary_key]


@pytest.mark.parametrize("model", TABLES)
def test_every_column_of_the_record_follows_from_documents_and_their_seq(case, model):
    row = model.objects.order_by("-pk").first()
    assert columns(model)
    unnoticed = []
    for field in columns(model):
        changed = {field.attname: another(field, getattr(row, field.attname))}
        found = faults_after(lambda c=changed: model.objects.filter(pk=row.pk).update(**c), record_equals_replay)
        if not any(model.__name__ in fault for fault in found):
            unnoticed.append(field.attname)
    assert unnoticed == []


@pytest.mark.parametrize("model", TABLES)
def test_a_missing_or_added_row_of_the_record_is_reported(case, model):
    row = model.objects.filter(until_seq=None).order_by("pk").last()
    found = faults_after(lambda: model.objects.filter(pk=row.pk).delete(), record_equals_replay)
    assert any(model.__name__ in fault for fault in found)

    def add_a_twin() -> None:
        twin = model.objects.get(pk=row.pk)
        twin.pk, twin.until_seq = None, 9999
        if model is Record:
            twin.since_seq = 9998
        twin.save()

    assert any(model.__name__ in fault for fault in faults_after(add_a_twin, record_equals_replay))


def test_every_column_of_the_ledger_is_held_by_its_document_or_its_neighbours(case):
    unnoticed = []
    for revision in Revision.objects.filter(seq__in=[1, 2, Revision.objects.count()]):
        for field in columns(Revision):
            value = another(field, getattr(revision, field.attname))
            changed = {field.attname: value}
            found = faults_after(
                lambda r=revision, c=changed: Revision.objects.filter(pk=r.pk).update(**c), ledger_is_consistent
            )
            if not any(f"revision {revision.seq}" in fault for fault in found):
                unnoticed.append((field.attname, revision.seq))
    assert unnoticed == []


@pytest.mark.parametrize("part", ["salt", "document"])
def test_a_changed_body_does_not_match_its_commitment(case, part):
    body = RevisionBody.objects.get(pk=1)
    changed = {"salt": secrets.token_hex(16), "document": body.document.replace("title", "judul")}[part]
    found = faults_after(lambda: RevisionBody.objects.filter(pk=1).update(**{part: changed}))
    assert "revision 1: the commitment does not match salt and document" in found


@pytest.mark.parametrize("salt", ["", "zz", "é" * 10, "0" * 31])
def test_a_broken_salt_is_a_fault_and_no_crash(case, salt):
    found = faults_after(lambda: RevisionBody.objects.filter(pk=1).update(salt=salt))
    assert "revision 1: the commitment does not match salt and document" in found


def forged(text: str) -> Callable[[], None]:
    """A body and a commitment that fit each other, as somebody could write who knows how."""

    def change() -> None:
        salt = secrets.token_hex(16)
        RevisionBody.objects.filter(pk=1).update(document=text, salt=salt)
        Revision.objects.filter(pk=1).update(commitment=commitment(salt, text))

    return change


@pytest.mark.parametrize("text", ["", "no json", "[]", "null", '"x"', '{"b":1, "a":2}', "[" * 3000, '{"a":1e400}'])
def test_a_forged_body_that_is_no_document_is_a_fault_and_no_crash(case, text):
    assert "revision 1: its document is not canonical JSON" in faults_after(forged(text))


@pytest.mark.parametrize(
    "text", ["{}", '{"kind":"case"}', '{"claims":7,"id":"x","kind":"case","version":{"number":1}}']
)
def test_a_forged_document_of_another_form_is_a_fault_and_no_crash(case, text):
    assert any(fault.startswith("revision 1: its document has not the form") for fault in faults_after(forged(text)))


def test_a_forged_document_differs_from_the_record(case):
    document = json.loads(RevisionBody.objects.get(pk=1).document)
    document["title"]["id"] = "Kasus suap"
    found = faults_after(forged(canonical_json(document)))
    assert "revision 1: its Record differs from what its document gives (run replay)" in found


def test_a_missing_body_is_reported(case):
    assert "revision 1: its body is missing and no redaction names it" in faults_after(
        lambda: RevisionBody.objects.filter(pk=1).delete()
    )


def test_a_revision_cannot_be_called_redacted_to_hide_a_missing_body(case):
    def change() -> None:
        RevisionBody.objects.filter(pk=1).delete()
        Revision.objects.filter(pk=2).update(redacts=1)

    found = faults_after(change)
    assert "revision 1: its body is missing and no redaction names it" in found
    assert "revision 2: only a redaction names what it erases" in found


def delete_revision(seq: int) -> None:
    for model in (RevisionBody, Publication, Revision):
        model.objects.filter(pk=seq).delete()


def test_a_gap_in_the_ledger_is_reported(case):
    assert "revision 3: the seq has a gap before it" in faults_after(lambda: delete_revision(2))
    assert "revision 2: the seq has a gap before it" in faults_after(lambda: delete_revision(1))


def test_a_time_that_goes_back_is_reported(case):
    last = Revision.objects.last()
    found = faults_after(
        lambda: Revision.objects.filter(pk=last.seq).update(recorded_at=last.recorded_at - timedelta(days=1))
    )
    assert f"revision {last.seq}: recorded before the one in front of it" in found


def test_a_set_that_was_torn_apart_is_reported(case):
    assert any(
        "its batch 2 does not follow" in f for f in faults_after(lambda: Revision.objects.filter(pk=2).update(batch=2))
    )


@pytest.mark.parametrize("reader", ["nobody", "the same person"])
def test_a_case_that_no_second_person_read_is_reported(case, reader):
    row = Publication.objects.filter(revision__kind="case").first()
    who = None if reader == "nobody" else row.by
    found = faults_after(lambda: Publication.objects.filter(pk=row.pk).update(reviewer=who), ledger_is_consistent)
    assert f"revision {row.pk}: it concerns a case or a person and no second person reviewed it" in found


def test_a_revision_that_nobody_published_is_reported(case):
    found = faults_after(lambda: Publication.objects.filter(pk=2).delete())
    assert "revision 2: nobody is noted as having published it" in found


@pytest.mark.parametrize(
    "name", [f"{table}_no_update" for table in triggers.NO_UPDATE] + [f"{t}_no_delete" for t in triggers.APPEND_ONLY]
)
def test_a_missing_trigger_is_reported(case, name):
    table = name.rsplit("_no_", 1)[0]
    settle()
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if connection.vendor == "postgresql" else ""))
    assert list(verify()) == [f"trigger {name} is missing"]


def test_a_disabled_trigger_is_reported(case):
    if connection.vendor == "postgresql":
        settle()
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE cases_revision DISABLE TRIGGER cases_revision_no_update")
        assert list(verify()) == ["trigger cases_revision_no_update is missing"]


def test_changed_words_of_an_excerpt_are_reported(case):
    row = Excerpt.objects.filter(exact=MONEY).first()
    found = faults_after(lambda: Excerpt.objects.filter(pk=row.pk).update(exact=MONEY.replace("2.5", "9.5")))
    assert any("The words do not stand at this place of the capture." in fault for fault in found)
    assert any("is not what our own excerpt says" in fault for fault in found)


def test_a_changed_context_of_an_excerpt_is_reported(case):
    row = Excerpt.objects.filter(exact=MONEY).first()
    found = faults_after(lambda: Excerpt.objects.filter(pk=row.pk).update(prefix="Tidak ada "))
    assert any("The context differs from the capture." in fault for fault in found)


@pytest.mark.parametrize("fields", [{"text": "Teks lain."}, {"text_sha256": "0" * 64}, {"text_length": 7}])
def test_a_changed_capture_is_reported(case, fields):
    row = Excerpt.objects.filter(exact=MONEY).first()
    found = faults_after(lambda: Capture.objects.filter(pk=row.capture_id).update(**fields))
    assert any(fault.startswith(f"capture {row.capture.source.slug}:") for fault in found)


def test_a_text_that_no_copy_has_is_reported(case):
    row = Excerpt.objects.filter(exact=MONEY).first()
    found = faults_after(lambda: Capture.objects.filter(pk=row.capture_id).update(text="", text_sha256="0" * 64))
    assert any("no copy has the text that it names" in fault for fault in found)


@pytest.mark.parametrize("name", ["senilai", "Adanya", "itu berpotensi"])
def test_a_private_span_over_or_beside_an_excerpt_is_reported(case, name):
    capture = Excerpt.objects.filter(exact=MONEY).first().capture
    found = faults_after(lambda: hide(capture, name))
    assert any("touch the name of a private person" in fault for fault in found), "in the working copy"
    assert any("touches a private span" in fault for fault in found), "in public"


def test_a_private_name_anywhere_in_a_public_document_is_reported(case):
    claim = case.claims.first()
    claim.statement_id = "Menurut bu  melati, ada uang."
    claim.save()
    by, reviewer = User.objects.order_by("pk")
    publish([case], by=by, reviewer=reviewer, reason=both("Kalimat diperbaiki"))
    assert list(verify()) == []
    found = faults_after(lambda: hide(claim.citations.first().excerpt.capture, "Bu Melati"))
    assert any("it holds the name of a private person" in fault for fault in found)
    assert not any("Melati" in fault for fault in found), "and the fault does not repeat it"


def test_a_translation_that_names_a_private_person_is_reported(case):
    excerpt = Excerpt.objects.filter(exact=MONEY).first()
    hide(excerpt.capture, "Bu Melati")
    found = faults_after(
        lambda: ExcerptTranslation.objects.create(
            excerpt=excerpt, language="en", by="curator", text="cash, said Bu Melati"
        )
    )
    assert any("The translation holds the name of a private person." in fault for fault in found)


def test_a_translation_by_the_source_that_is_not_its_own_is_reported(case):
    excerpt = Excerpt.objects.filter(exact=MONEY).first()
    found = faults_after(
        lambda: ExcerptTranslation.objects.create(excerpt=excerpt, language="en", by="source", text="much cash")
    )
    assert any("word for word" in fault for fault in found)


def test_a_rule_broken_in_public_is_reported(case):
    """As if somebody had published past the blockers."""
    assert any("A lead is required" in fault for fault in faults_after(forged_current(case, {"lead": []})))


def forged_current(case: Case, fields: dict[str, Any]) -> Callable[[], None]:
    def change() -> None:
        own = Record.objects.current().get(object_id=case.id)
        text = canonical_json(json.loads(RevisionBody.objects.get(pk=own.since_seq).document) | fields)
        salt = secrets.token_hex(16)
        RevisionBody.objects.filter(pk=own.since_seq).update(document=text, salt=salt)
        Revision.objects.filter(pk=own.since_seq).update(commitment=commitment(salt, text))

    return change


def test_a_word_of_a_later_version_is_told_and_stops_neither_the_audit_nor_a_replay(case):
    own = Record.objects.current().get(object_id=case.id)
    places = places_of_words(json_schema("case"))
    document = json.loads(RevisionBody.objects.get(pk=own.since_seq).document)
    found = {place for place in places if replace_words(json.loads(json.dumps(document)), place, "x")}
    assert {place[-1] for place in found} >= {"kind", "part", "standing", "relation", "reason", "stage", "*"}
    for place in found:
        changed = json.loads(json.dumps(document))
        replace_words(changed, place, "a_new_word")
        told = faults_after(forged_current(case, changed))
        assert any(fault.startswith(f"case/{case.slug}: $.") and "a_new_word" in fault for fault in told), place
        assert not any("Error" in fault for fault in told), place
        with transaction.atomic():
            with triggers_off():
                forged_current(case, changed)()
            replay()
            transaction.set_rollback(True)


def test_a_property_and_a_field_of_a_later_version_are_told(case):
    unknown = {
        "claim": None,
        "property": "motive",
        "reason": "not_in_source",
        "note": None,
        "excerpt": None,
        "searched_on": None,
    }
    told = faults_after(forged_current(case, {"unknowns": [unknown]}))
    assert any("“motive” is not a property that we know" in fault for fault in told)
    told = faults_after(forged_current(case, {"mood": "dark"}))
    assert any("mood" in fault for fault in told)


def test_a_public_document_that_names_what_is_not_public_is_reported(case):
    nobody = {
        "id": str(uuid.uuid4()),
        "kind": "place",
        "slug": "x",
        "path": "/places/x/",
        "title": {"id": "X", "en": "X"},
    }
    found = faults_after(forged_current(case, {"places": [nobody]}))
    assert any(f"it names {nobody['id']}, which is not public" in fault for fault in found)


def test_a_public_document_that_uses_an_old_title_is_reported(case):
    [place] = json.loads(
        RevisionBody.objects.get(pk=Record.objects.current().get(object_id=case.id).since_seq).document
    )["places"]
    found = faults_after(forged_current(case, {"places": [place | {"title": {"id": "Lama", "en": "Old"}}]}))
    assert any("by an old title or slug" in fault for fault in found)


def test_an_audit_writes_nothing(case):
    with connection.execute_wrapper(refuse_to_write):
        assert list(verify()) == []


def refuse_to_write(execute, sql, params, many, context):
    assert sql.lstrip().upper().startswith(("SELECT", "SAVEPOINT", "RELEASE", "DECLARE", "FETCH", "CLOSE")), sql
    return execute(sql, params, many, context)


@pytest.mark.django_db
def test_an_empty_record_is_whole():
    assert list(verify()) == []
    make_excerpt()
    assert list(verify()) == []
