"""Ways around the rules of publication that must lead nowhere."""

import pytest
from django.core.exceptions import ValidationError

from cases.models import Case, Record, RecordClaim, Revision, RevisionBody
from cases.publication.acts import Act, reinstate, withdraw
from cases.publication.audit.verify import verify
from cases.publication.errors import NotPublishableError
from cases.publication.ledger import current_document
from cases.publication.plan import PublicationPlan
from cases.publication.publish import publish
from sources.models import Capture, Excerpt
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
    make_place,
    make_public,
    make_source,
)

pytestmark = pytest.mark.django_db


def refusal(*acts, by, reviewer=None, reason=PUBLISHED) -> str:
    before = Revision.objects.count()
    with pytest.raises(NotPublishableError) as caught:
        publish(acts, by=by, reviewer=reviewer, reason=reason)
    assert Revision.objects.count() == before
    return str(caught.value)


def test_one_thing_stands_in_a_set_once(curator):
    actor = make_actor()
    assert "more than once" in refusal(actor, actor, by=curator)
    assert "more than once" in refusal(actor, withdraw(actor, "error"), by=curator)


def test_what_was_never_saved_does_not_go_out(curator):
    actor = make_actor("PT Tersimpan")
    actor.title_id = "PT Belum Disimpan"
    publish([actor], by=curator, reason=both("Terbit"))
    assert current_document(actor.id).title.id == "PT Tersimpan"


def test_what_was_saved_since_does_go_out(curator):
    actor = make_actor("PT Lama")
    type(actor).objects.filter(pk=actor.pk).update(title_id="PT Baru")
    publish([actor], by=curator, reason=both("Terbit"))
    assert current_document(actor.id).title.id == "PT Baru"


def test_what_was_deleted_since_is_refused_with_a_reason(curator):
    actor, place = make_actor(), make_place()
    type(actor).objects.filter(pk=actor.pk).delete()
    assert "no longer among the working papers" in refusal(actor, place, by=curator)


def test_a_new_name_that_goes_into_a_public_case_needs_a_second_person(curator, reviewer):
    case, actor = make_case(), make_actor("PT Misal")
    make_claim(case, parties=[("partner", actor)])
    make_public(case, by=curator, reviewer=reviewer)
    actor.title_id = "PT Misal yang korup"
    actor.save()
    assert "a second person must review it" in refusal(actor, by=curator)
    assert [r.kind for r in publish([actor], by=curator, reviewer=reviewer, reason=both("Nama"))] == ["actor", "case"]


def test_a_new_title_of_a_work_reaches_a_case_through_the_work_that_tells_of_it_by_two_people_only(curator, reviewer):
    told, case = make_source(title="Karya"), make_case()
    told.known_through.add(make_capture().source)
    case.claims.get().relays.create(source=told)
    make_public(case, by=curator, reviewer=reviewer)
    [through] = told.known_through.all()
    through.title = "Judul baru"
    through.save()
    assert "a second person must review it" in refusal(through, by=curator)
    assert {r.kind for r in publish([through], by=curator, reviewer=reviewer, reason=both("Judul"))} == {
        "source",
        "case",
    }
    assert "Judul baru" in RevisionBody.objects.get(revision__object_id=case.id, revision__version=2).document
    assert list(verify()) == []


def test_a_case_that_goes_out_with_the_new_title_names_it_also_through_a_work_that_only_follows(curator, reviewer):
    told, case = make_source(title="Karya"), make_case()
    through = make_capture().source
    told.known_through.add(through)
    case.claims.get().relays.create(source=told)
    make_public(case, by=curator, reviewer=reviewer)
    make_claim(case)
    through.title = "Judul baru"
    through.save()
    items = [through, *everything_named_by(case)]
    written = publish(items, by=curator, reviewer=reviewer, reason=both("Judul"))
    assert [(r.kind, r.cause is None) for r in written[len(items) :]] == [("source", False), ("case", False)]
    [source] = [each for each in current_document(case.id).sources if each.slug == told.slug]
    assert source.known_through[0].title == "Judul baru"
    assert list(verify()) == []


@pytest.mark.parametrize("way", ["withdrawn and reinstated", "taken out and put back"])
def test_a_changed_value_needs_its_citation_confirmed_also_after_a_detour(curator, reviewer, way):
    case = make_case(claims=2)
    make_public(case, by=curator, reviewer=reviewer)
    claim = case.claims.last()
    kept = {"by": curator, "reviewer": reviewer, "reason": both("Alasan")}
    if way == "withdrawn and reinstated":
        publish([withdraw(case, "error")], **kept)
        back = reinstate(case)
    else:
        Case.objects.get(pk=case.pk).claims.filter(pk=claim.pk).update(subject=make_case())
        publish([case], **kept)
        case.claims.model.objects.filter(pk=claim.pk).update(subject=case)
        back = Act(case)
    type(claim).objects.filter(pk=claim.pk).update(start="2019")
    said = refusal(back, **kept)
    assert "A value changed while its excerpt did not" in said
    claim.citations.update(confirmed=said.split("confirm with ")[1].split(".")[0])
    assert publish([back], **kept)


def test_works_known_through_each_other_do_not_run_in_circles(curator, reviewer):
    one, other, case = make_source(), make_source(), make_case()
    one.known_through.add(other, one)
    other.known_through.add(one)
    case.claims.get().relays.create(source=one)
    published = make_public(case, by=curator, reviewer=reviewer)
    assert {str(one.id), str(other.id)} <= {str(revision.object_id) for revision in published}
    assert list(verify()) == []


def test_a_set_that_withdraws_what_it_names_is_refused_and_can_be_completed_no_further(curator, reviewer):
    case, actor = make_case(), make_actor()
    make_claim(case, parties=[("partner", actor)])
    make_public(case, by=curator, reviewer=reviewer)
    make_claim(case)
    acts = [Act(case), withdraw(actor, "error")]
    assert PublicationPlan.completed(acts).acts
    assert "which is not public" in refusal(*acts, by=curator, reviewer=reviewer)


@pytest.mark.parametrize("name", ["Bu Melati", "bu MELATI", "Bu\nMelati"])
@pytest.mark.parametrize("field", ["statement_id", "statement_en", "date_as_stated"])
def test_a_private_name_stands_nowhere_in_what_is_published(curator, reviewer, field, name):
    case = make_case()
    hide(case.claims.get().citations.get().excerpt.capture, "Bu Melati")
    case.claims.update(**{field: f"Menurut {name}, begitu."})
    said = refusal(*everything_named_by(case), by=curator, reviewer=reviewer)
    assert "It holds the name of a private person." in said
    assert "Melati" not in said.split("It holds")[1]


def test_a_private_name_stands_in_no_public_reason(curator, reviewer):
    case = make_case()
    hide(case.claims.get().citations.get().excerpt.capture, "Bu Melati")
    said = refusal(*everything_named_by(case), by=curator, reviewer=reviewer, reason=both("Atas permintaan Bu Melati"))
    assert "The public reason holds the name of a private person." in said


def test_the_second_place_of_a_private_name_is_found_even_when_nobody_marked_it(curator, reviewer):
    capture = make_capture(text="Bu Melati berkata. Lalu Bu Melati menerima bantuan.")
    hide(capture, "Bu Melati")
    case = make_case()
    make_claim(case, make_excerpt("Lalu Bu Melati menerima", capture))
    assert "name of a private person" in refusal(*everything_named_by(case), by=curator, reviewer=reviewer)


def test_a_word_that_only_contains_a_private_name_is_no_name(curator, reviewer):
    case = make_case()
    hide(case.claims.get().citations.get().excerpt.capture, "Bu Melati")
    case.claims.update(statement_id="Kebun Bu Melatiwangi dan sabu Melati.")
    assert publish(everything_named_by(case), by=curator, reviewer=reviewer, reason=both("Terbit"))


def test_a_text_that_is_not_the_captured_one_is_a_blocker_and_no_crash(curator, reviewer, tmp_path, settings):
    settings.CASEDB_DOCUMENTS = str(tmp_path)
    case = make_case()
    capture = Capture.objects.create(source=make_source(), text_sha256="a" * 64, text_length=100, file_name="teks.txt")
    (tmp_path / "teks.txt").write_text("Teks lain.")
    excerpt = Excerpt.objects.create(capture=capture, exact="Teks", start=0, end=4)
    make_claim(case, excerpt)
    assert "does not have the SHA-256" in refusal(*everything_named_by(case), by=curator, reviewer=reviewer)


def test_a_title_of_our_own_may_be_as_long_as_its_column(curator, reviewer):
    case = make_case()
    source = case.claims.get().said_by_source
    type(source).objects.filter(pk=source.pk).update(title="", title_given_id="x" * 500, title_given_en="y" * 500)
    make_public(case, by=curator, reviewer=reviewer)
    assert len(Record.objects.get(kind="source").title_id) == 502


@pytest.mark.parametrize("value", ["2022-13", "2022", "akhir 2022", "2022-02-30"])
def test_a_date_in_dispute_may_be_said_in_any_words(curator, reviewer, value):
    case = make_case()
    claim = case.claims.get()
    conflict = case.conflicts.create(
        key="when", kind="slip", claim=claim, property="start", explanation_id="a", explanation_en="a"
    )
    for said in (value, "2021"):
        conflict.sides.create(value=said, excerpt=claim.citations.get().excerpt)
    make_public(case, by=curator, reviewer=reviewer)
    assert RecordClaim.objects.get().start_key[:4] in ("2021", "2022")
    assert list(verify()) == []


def test_no_two_sets_have_the_same_time_even_when_the_clock_goes_back(curator, time_machine):
    time_machine.move_to("2026-11-02T10:00:00+07:00", tick=False)
    publish([make_actor()], by=curator, reason=both("Satu"))
    publish([make_actor(), make_place()], by=curator, reason=both("Dua"))
    time_machine.move_to("2026-11-01T10:00:00+07:00", tick=False)
    publish([make_actor()], by=curator, reason=both("Tiga"))
    times = list(Revision.objects.values_list("recorded_at", flat=True))
    assert times == sorted(times)
    assert [len(set(times[:n])) for n in (1, 2, 3, 4)] == [1, 2, 2, 3]
    assert list(verify()) == []


def test_a_date_that_is_none_is_said_by_the_form_and_no_crash():
    claim = make_claim(make_case())
    claim.start, claim.end = "2022-13", "2021"
    with pytest.raises(ValidationError, match="2022-13"):
        claim.full_clean()
