"""After a redaction: no public byte, no paper of the desk and no column of the record holds the words.

What the words were the name of answers 410 at its id and, at each slug that it had, like what never was.
"""

import hashlib
import json
from typing import Any

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from cases.dossiers.drafts import note
from cases.models import Actor, Draft, PublicationRequest, Record, RetiredSlug, Revision, RevisionBody, Submission
from cases.publication.acts import merge, reinstate, withdraw
from cases.publication.audit.verify import verify
from cases.publication.errors import NotPublishableError
from cases.publication.ledger import current_document
from cases.publication.publish import publish
from cases.publication.redact import redact
from cases.publication.replay import replay
from cases.publication.working_history import reports_waiting_with
from sources.intake import queue
from sources.models import IncomingFile
from tests import doors
from tests.factories import both, everything_named_by, make_actor, make_case, make_place
from tests.publication.test_replay import record_rows
from tests.test_doors import make_world, read

pytestmark = pytest.mark.django_db
WORDS = "Bu Kenanga"
WHY = {"reason": both("Menyangkut warga biasa"), "reason_code": "private_person"}


@pytest.fixture
def people(curator, reviewer) -> dict[str, Any]:
    return {"by": curator, "reviewer": reviewer}


@pytest.fixture
def person(people) -> Actor:
    """Public under two slugs, one after the other, in a draft as well; a case named them until it was corrected."""
    person, case = make_actor(WORDS, slug="ibu-k", actor_kind="person"), make_case()
    case.claims.update(said_by_source=None, said_by_actor=person)
    publish(everything_named_by(case), reason=both("Terbit"), **people)
    note(person, by=people["by"])
    person.slug = "bu-kenanga"
    person.save()
    publish([person], reason=both("Alamat"), **people)
    case.claims.get().delete()
    case.claims.set([*make_case().claims.all()])
    publish(everything_named_by(case), reason=both("Tanpa nama"), **people)
    return person


def erase(person: Actor, people: dict[str, Any]) -> list[Revision]:
    return redact(WORDS, first=[withdraw(person, "private_person")], **WHY, **people)


def whole() -> None:
    assert list(verify()) == []
    before = record_rows()
    replay()
    assert record_rows() == before


def test_every_body_of_what_the_words_named_is_erased_and_its_place_in_the_log_stays(person, people):
    before = list(Revision.objects.filter(object_id=person.id).values_list("seq", "commitment"))
    written = erase(person, people)
    assert {row.redacts for row in written} > {seq for seq, _commitment in before}, "and what named it"
    left = RevisionBody.objects.filter(revision__object_id=person.id)
    assert {body.revision.action for body in left} == {"redact"}
    assert not Record.objects.filter(object_id=person.id).exists()
    for text in RevisionBody.objects.values_list("document", flat=True):
        assert "kenanga" not in text.lower()
        assert "ibu-k" not in text
    assert not Draft.objects.filter(object_id=person.id).exists()
    assert set(before) <= set(Revision.objects.values_list("seq", "commitment"))
    whole()


@pytest.mark.parametrize("door", ["/actors/{}/", "/en/actors/{}/", "/api/v1/actors/{}/"])
def test_its_id_answers_410_and_its_slugs_like_what_never_was(client, person, people, door):
    erase(person, people)
    status, body = read(client, door.format(person.id))
    assert status == 410
    assert "enanga" not in body
    if "/api/" in door:
        told = json.loads(body)["withdrawn"]
        assert (told["title"], told["reason_code"]) == ({"id": "[dihapus]", "en": "[erased]"}, "private_person")
        assert told["reason"] == {"id": "Menyangkut warga biasa", "en": "Menyangkut warga biasa"}
    for slug in ("bu-kenanga", "ibu-k"):
        unknown = "z" * len(slug)
        known, absent = (read(client, door.format(each)) for each in (slug, unknown))
        assert known[0] == absent[0] == 404
        assert known[1].replace(slug, "").replace(slug.replace("-", " "), "") == absent[1].replace(unknown, "")


@pytest.mark.parametrize("door", ["/actors/{}/v/1/", "/api/v1/actors/{}/?version=1"])
def test_its_versions_are_erased_at_the_id_and_unknown_at_the_slugs(client, person, people, door):
    erase(person, people)
    assert read(client, door.format(person.id))[0] == 410
    assert {read(client, door.format(slug))[0] for slug in ("bu-kenanga", "ibu-k")} == {404}


def test_its_slugs_are_barred_by_a_mark_that_says_nothing(person, people):
    erase(person, people)
    Actor.objects.filter(pk=person.pk).update(slug="x")
    marks = set(RetiredSlug.objects.values_list("digest", flat=True))
    plain = {hashlib.sha256(text.encode()).hexdigest() for text in ("bu-kenanga", "actor/bu-kenanga", "ibu-k")}
    assert len(marks) == 2
    assert not marks & plain
    for slug in ("bu-kenanga", "ibu-k"):
        with pytest.raises(NotPublishableError, match="slugs are never reused"):
            publish([make_actor(slug=slug)], reason=both("Terbit"), **people)
    assert publish([make_place(slug="ibu-k")], reason=both("Terbit"), **people), (
        "the address of another kind is another"
    )


def test_the_key_alone_knows_what_is_barred(person, people, settings):
    erase(person, people)
    Actor.objects.filter(pk=person.pk).update(slug="x")
    settings.CASEDB_SLUG_KEY = "another key, as long as one has to be"
    assert publish([make_actor(slug="ibu-k")], reason=both("Terbit"), **people)


def test_it_comes_back_under_another_name_only(person, people):
    erase(person, people)
    with pytest.raises(NotPublishableError, match="slugs are never reused"):
        publish([reinstate(person)], reason=both("Kembali"), **people)
    person.slug, person.title_id, person.title_en = "warga-a", "Warga A", "Resident A"
    person.save()
    publish([reinstate(person)], reason=both("Kembali"), **people)
    assert current_document(person.id).slug == "warga-a"
    whole()


def test_an_erased_slug_of_what_still_stands_is_barred_and_its_present_one_is_its_own(people):
    actor = make_actor("PT Misal", slug="rumah-bu-kenanga")
    publish([actor], reason=both("Terbit"), **people)
    actor.slug = "pt-misal"
    actor.save()
    redact(WORDS, first=[actor], **WHY, **people)
    actor.title_en = "PT Misal Ltd"
    actor.save()
    publish([actor], reason=both("Nama"), **people)
    actor.slug = "rumah-bu-kenanga"
    actor.save()
    with pytest.raises(NotPublishableError, match="slugs are never reused"):
        publish([actor], reason=both("Kembali"), **people)
    whole()


def test_what_was_withdrawn_keeps_its_name_where_only_its_words_were_erased(client, people):
    case = make_case("Perkara", slug="perkara")
    case.claims.update(statement_id="Bu Kenanga melihatnya.", statement_en="Seen.")
    publish(everything_named_by(case), reason=both("Terbit"), **people)
    redact(WORDS, first=[withdraw(case, "error")], **WHY, **people)
    assert read(client, "/cases/perkara/")[0] == read(client, f"/cases/{case.id}/")[0] == 410
    other = make_case("Lain", slug="perkara-lain")
    type(case).objects.filter(pk=case.pk).update(slug="x")
    type(other).objects.filter(pk=other.pk).update(slug="perkara")
    other.refresh_from_db()
    with pytest.raises(NotPublishableError, match="slugs are never reused"):
        publish(everything_named_by(other), reason=both("Terbit"), **people)
    type(other).objects.filter(pk=other.pk).update(slug="y")
    case.claims.update(statement_id="Seorang warga melihatnya.")
    type(case).objects.filter(pk=case.pk).update(slug="perkara")
    assert publish([reinstate(case)], reason=both("Kembali"), **people)
    whole()


def test_words_of_a_public_reason_alone_go_without_a_correction(people):
    actor, gone = make_actor("PT Misal"), make_actor("PT Lalu", slug="pt-lalu")
    publish([actor, gone], reason=both("Atas permintaan Bu Kenanga"), **people)
    publish([withdraw(gone, "error")], reason=both("Kata Bu Kenanga keliru"), **people)
    redact(WORDS, **WHY, **people)
    assert not any("Kenanga" in text for text in RevisionBody.objects.values_list("document", flat=True))
    assert current_document(actor.id).title.id == "PT Misal"
    last = RevisionBody.objects.filter(revision__object_id=gone.id).order_by("pk").last()
    assert json.loads(last.document)["slug"] == "pt-lalu"
    whole()


def test_a_name_that_became_part_of_another_goes_from_the_survivor_too(client, people):
    old, new = make_actor(WORDS, slug="bu-kenanga", actor_kind="person"), make_actor("Warga A", slug="warga-a")
    publish([old, new], reason=both("Terbit"), **people)
    publish([merge(old, into=new)], reason=both("Satu orang"), **people)
    redact(WORDS, **WHY, **people)
    assert not any("enanga" in text for text in RevisionBody.objects.values_list("document", flat=True))
    assert [(part.id, part.title.en) for part in current_document(new.id).merged_from] == [(str(old.id), "[erased]")]
    assert client.get(f"/actors/{old.id}/").status_code == 308
    assert read(client, "/actors/bu-kenanga/")[0] == read(client, "/api/v1/actors/bu-kenanga/")[0] == 404
    new.title_en = "Resident A"
    new.save()
    publish([new], reason=both("Nama"), **people)
    whole()


def test_a_survivor_that_bore_the_words_is_named_by_its_id_in_what_became_part_of_it(people):
    old, new = make_actor("Warga A", slug="warga-a"), make_actor(WORDS, slug="bu-kenanga")
    publish([old, new], reason=both("Terbit"), **people)
    publish([merge(old, into=new)], reason=both("Satu orang"), **people)
    new.slug, new.title_id, new.title_en = "warga-b", "Warga B", "Resident B"
    new.save()
    redact(WORDS, first=[new], **WHY, **people)
    assert not any("enanga" in text for text in RevisionBody.objects.values_list("document", flat=True))
    last = json.loads(RevisionBody.objects.filter(revision__object_id=old.id).order_by("pk").last().document)
    assert (last["slug"], last["merged"]["into"]["path"]) == ("warga-a", f"/actors/{new.id}/")
    whole()


def test_no_door_gives_a_byte_of_what_was_erased(client, people):
    """Pages, feeds, lists, exports, search and history, at every route that there is."""
    world = make_world("kanarihapus")
    subjects = [world.items[kind] for kind in ("case", "collaboration", "system")]
    publish(everything_named_by(*subjects), reason=both("Terbit"), **people)
    assert any(world.word in read(client, address)[1] for address in ("/changes/atom.xml", "/changes/"))
    redact(world.word, first=[withdraw(item, "court_order") for item in world.items.values()], **WHY, **people)
    for table in (doors.current(world), doors.history(world), doors.codes(world)):
        for route, addresses in table.items():
            for address in addresses:
                status, body = read(client, address)
                asked = (address, f"q={world.word}", f'"{world.word}"', f"“{world.word}”")
                for each in asked:
                    body = body.replace(each, "")
                if world.word not in address:
                    assert world.word not in body, address
                elif "<slug:slug>" in route or "<str:name>" in route:
                    assert status == (404 if f"/{world.word}" in address else 410), address
    assert f"/changes/{Revision.objects.filter(redacts=None).last().batch}/" in read(client, "/changes/atom.xml")[1]
    whole()


class TestPapersOfTheDesk:
    @pytest.fixture
    def erased(self, person, people):
        """What the desk holds is written before, read after."""
        yield lambda: erase(person, people)
        assert holding(WORDS.lower()) == {"cases_subject"}, "the working copy is the desk's to correct"

    @pytest.mark.parametrize(
        "dossier",
        [
            "title: Kata Bu Kenanga",
            "statement: Seorang warga, Bu\n  Kenanga, melihatnya.",
            "parties:\n- who: actors/bu-kenanga",
            'note: "Bu\\\n  \\ Kenanga"',
            "url: https://contoh.id/bu%20kenanga.html",
        ],
    )
    def test_a_draft_goes_however_yaml_writes_the_words(self, curator, erased, dossier):
        other = make_actor("PT Lain")
        Draft.objects.create(object_kind="actor", object_id=other.id, dossier=dossier, by=curator)
        Draft.objects.create(object_kind="actor", object_id=other.id, dossier="x: Kebun Kenanga", by=curator)
        erased()
        assert [draft.dossier for draft in Draft.objects.filter(object_id=other.id)] == ["x: Kebun Kenanga"]

    @pytest.mark.parametrize("name", ["reason_id", "reason_en", "answer"])
    @pytest.mark.parametrize("state", ["open", "published"])
    def test_a_request_to_publish_goes_with_its_items(self, curator, person, erased, name, state):
        kept = PublicationRequest.objects.create(reason_id="Terbit", reason_en="Published", by=curator)
        texts = {"reason_id": "Terbit", "reason_en": "Published"} | {name: "Atas permintaan bu kenanga"}
        request = PublicationRequest.objects.create(by=curator, state=state, **texts)
        request.items.create(subject=person, action="withdraw", withdrawal_reason="error")
        erased()
        assert list(PublicationRequest.objects.all()) == [kept]

    def test_the_log_of_the_admin_goes(self, curator, person, erased):
        kind = ContentType.objects.get_for_model(Actor)
        entries = [(person.id, "Nama lama"), (make_actor().id, WORDS), (make_actor("PT Lain").id, "PT Lain")]
        for key, text in entries:
            LogEntry.objects.create(
                user=curator, content_type=kind, object_id=str(key), object_repr=text, action_flag=CHANGE
            )
        erased()
        assert list(LogEntry.objects.values_list("object_repr", flat=True)) == ["PT Lain"]

    def test_a_decided_report_is_emptied_and_a_waiting_one_can_still_be_answered(self, person, people):
        texts = {"kind": "privacy", "statement": "Saya Bu Kenanga.", "contact": "kenanga@contoh.id"}
        texts |= {"path": "/actors/bu-kenanga/", "answer": "Untuk Bu Kenanga"}
        of_her = {"kind": "response", "path": "/", "who": "bu-kenanga", "decided_at": timezone.now()}
        named = Submission.objects.create(file="0" * 32, file_name="surat.pdf", file_size=1, **of_her)
        for decided_at in (timezone.now(), None):
            Submission.objects.create(decided_at=decided_at, **texts)
        other = Submission.objects.create(kind="mistake", path="/", statement="Salah.", decided_at=timezone.now())
        erase(person, people)
        decided, waiting = Submission.objects.exclude(pk__in=[other.pk, named.pk]).order_by("pk")
        assert (decided.statement, decided.contact, decided.answer, decided.path) == ("", "", "", "/")
        assert decided.erased_at is not None
        assert waiting.statement == "Saya Bu Kenanga."
        assert reports_waiting_with(WORDS) == 1
        named.refresh_from_db()
        assert (named.who, named.file, named.file_name) == ("", "", "")
        other.refresh_from_db()
        assert other.statement == "Salah."


def holding(words: str) -> set[str]:
    """The tables that hold the words in any column, with hyphens or spaces between them."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            text = str(cursor.fetchall()).lower()
            if words in text or words.replace(" ", "-") in text:
                found.add(table)
    return found


def test_a_file_on_the_table_goes_with_the_words_and_others_stay(
    person, people, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.CASEDB_FILES_DIR = tmp_path / "files"
    texts = {"a.txt": f"Menurut {WORDS}, tidak.", "b.txt": "Tidak menyebut siapa pun."}
    for name, text in texts.items():
        queue.read(queue.bring_in(SimpleUploadedFile(name, text.encode()), people["by"]))
    with django_capture_on_commit_callbacks(execute=True):
        erase(person, people)
    stays = IncomingFile.objects.get()
    assert stays.file_name == "b.txt"
    assert [each.name for each in (tmp_path / "files").iterdir()] == [stays.file]
