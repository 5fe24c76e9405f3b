"""Redaction: words that must not be read at all are in no body, no derived row and no working history."""

import pytest

from cases.models import Draft, Record, RecordClaim, Revision, RevisionBody
from cases.publication.acts import withdraw
from cases.publication.audit.verify import verify
from cases.publication.errors import NotPublishableError
from cases.publication.ledger import current_document
from cases.publication.publish import publish
from cases.publication.redact import redact
from cases.publication.replay import replay
from tests.factories import both, everything_named_by, make_actor, make_case
from tests.publication.test_replay import record_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(curator, reviewer):
    return {"by": curator, "reviewer": reviewer}


@pytest.fixture
def case(people):
    """Published twice with a name that must go."""
    case = make_case()
    claim = case.claims.get()
    claim.statement_id, claim.statement_en = "Bu Kenanga melihatnya.", "Bu Kenanga saw it."
    claim.save()
    publish(everything_named_by(case), reason=both("Terbit"), **people)
    case.title_en = "Another title"
    case.save()
    publish([case], reason=both("Judul"), **people)
    Draft.objects.create(object_kind="case", object_id=case.id, dossier="x: Bu Kenanga", by=people["by"])
    Draft.objects.create(object_kind="case", object_id=case.id, dossier="x: y", by=people["by"])
    claim.statement_id, claim.statement_en = "Seorang warga melihatnya.", "A resident saw it."
    claim.save()
    return case


def erase(case, people, **given):
    asked = (
        {"first": [case], "reason": both("Menyangkut warga biasa"), "reason_code": "private_person"} | people | given
    )
    return redact("bu kenanga", **asked)


def whole():
    assert list(verify()) == []
    before = record_rows()
    replay()
    assert record_rows() == before


def test_the_words_are_nowhere_and_their_places_in_the_log_stay(case, people):
    commitments = dict(Revision.objects.values_list("seq", "commitment"))
    written = erase(case, people)
    assert [(r.action, r.redacts) for r in written] == [("correct", None), ("redact", 1), ("redact", 3)]
    assert not any("Kenanga" in text for text in RevisionBody.objects.values_list("document", flat=True))
    for model in (Record, RecordClaim):
        assert not model.objects.filter(since_seq__in=[1, 3]).exists()
        assert not model.objects.filter(folded__contains="kenanga").exists()
    assert [draft.dossier for draft in Draft.objects.all()] == ["x: y"]
    assert {seq: c for seq, c in Revision.objects.values_list("seq", "commitment") if seq in commitments} == commitments
    whole()


def test_what_readers_see_stays_as_it_was_corrected(case, people):
    erase(case, people)
    document = current_document(case.id)
    assert document.claims[0].statement.en == "A resident saw it."
    assert (document.version.action, document.version.reason_code) == ("redact", "private_person")
    assert Record.objects.current().filter(object_id=case.id).count() == 1


def test_what_is_still_read_is_not_erased(case, people):
    before = Revision.objects.count()
    with pytest.raises(NotPublishableError, match="Correct or withdraw it first"):
        erase(case, people, first=[])
    assert (Revision.objects.count(), RevisionBody.objects.count()) == (before, before)


def test_a_withdrawn_thing_stays_withdrawn(case, people):
    publish([withdraw(case, "error")], reason=both("Keliru"), **people)
    erase(case, people, first=[])
    assert current_document(case.id) is None
    assert not Record.objects.current().filter(object_id=case.id).exists()
    assert not any("Kenanga" in text for text in RevisionBody.objects.values_list("document", flat=True))
    whole()


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"reviewer": None}, "A second person"),
        ({"reason": both("Bu Kenanga memintanya")}, "without the words themselves"),
        ({"reason_code": "because"}, "reason from the list"),
    ],
)
def test_a_redaction_is_refused_with_a_reason(case, people, given, message):
    before = Revision.objects.count()
    with pytest.raises(NotPublishableError, match=message):
        erase(case, people, **given)
    assert Revision.objects.count() == RevisionBody.objects.count() == before


def test_nobody_agrees_to_a_redaction_of_their_own(case, people):
    with pytest.raises(NotPublishableError, match="A second person must agree to a redaction"):
        erase(case, people, reviewer=people["by"])
    publish([case], reason=both("Tanpa nama"), **people)
    with pytest.raises(NotPublishableError, match="A second person must agree to a redaction"):
        erase(case, people, first=[], reviewer=people["by"])
    assert not Revision.objects.filter(action="redact").exists()


def test_words_that_stood_in_an_address_only_are_erased_too(people):
    case = make_case("Perkara", slug="rumah-bu-kenanga")
    publish(everything_named_by(case), reason=both("Terbit"), **people)
    case.slug = "perkara"
    case.save()
    publish([case], reason=both("Tanpa nama"), **people)
    (erased,) = redact("Bu Kenanga", reason=both("Menyangkut warga biasa"), reason_code="private_person", **people)
    assert not RevisionBody.objects.filter(pk=erased.redacts).exists()
    assert not any("kenanga" in text for text in RevisionBody.objects.values_list("document", flat=True))
    whole()


def test_words_that_nobody_published_are_said_to_be_nowhere(people):
    publish([make_actor()], reason=both("Terbit"), **people)
    with pytest.raises(NotPublishableError, match="Nothing that is no longer read"):
        redact("Bu Tiada", reason=both("Diminta"), reason_code="error", **people)
